"""Sources and statements as nested plain data."""

from collections import defaultdict

from registry.models import Conflict, Source, Statement
from registry.models.asked import Among, asked
from registry.models.statement import SUBJECTS
from registry.vocabulary.investor import INDIVIDUAL
from registry.vocabulary.milestone import Reality
from registry.vocabulary.statement import Qualifier, Review, SourceKind, StatementKind

from .reading import Reading
from .shape import (
    DAY,
    HEAD,
    MAYBE_TEXT,
    SUBJECT,
    TEXT,
    WHOLE,
    Context,
    Document,
    day,
    head,
    many,
    maybe,
    shape,
    text,
    words,
)


@asked
def standing_conflicts():
    return Conflict.objects.of_statements().standing().filter(Among("first") | Among("second")).order_by().values_list(
        "first", "second")


def rivals_of(rows: list, context: Context) -> dict[int, list[int]]:
    """The other statements of the open and confirmed conflicts of each, by its number. One query."""
    found = defaultdict(list)
    for first, second in standing_conflicts([row.pk for row in rows]):
        found[first].append(second)
        found[second].append(first)
    return found


def subject_of(record: Statement, context: Context) -> dict:
    """The record it speaks of; the words as printed where the register has none that is public. Never a natural
    person's name."""
    subject = record.subject
    seen = context.sees(subject)
    name = subject.name if seen else record.subject_name
    if getattr(subject, "is_person", False):
        name = str(INDIVIDUAL)
    return {"kind": record.subject_kind, "code": subject.code if seen else None, "name": name}


def promoted_to(record: Statement, context: Context) -> dict | None:
    """What was made of it; null where that belongs to a subject that the reader may not see."""
    if not record.promoted_kind or not (record.subject is None or context.sees(record.subject)):
        return None
    return {"kind": record.promoted_kind, "code": record.promoted_code}


def build_statement(record: Statement, context: Context, rivals: dict[int, list[int]]) -> dict:
    return {
        "id": record.pk,
        **head(record, "statements", context),
        "reference": record.reference,
        "source": record.source.code,
        "locator": text(record.locator),
        "subject": subject_of(record, context),
        "attribute": record.attribute,
        "kind": record.kind,
        "value": record.value,
        "unit": record.unit,
        "qualifier": record.qualifier,
        "date": day(record.date),
        "period_words": text(record.period_words),
        "reality": record.reality,
        "review": record.review,
        "conflicts_with": sorted(rivals[record.pk]),
        "promoted_to": promoted_to(record, context),
    }


STATEMENT = Document(
    kind=Statement.KIND, path="statements", build=build_statement, extras=rivals_of,
    reads=Reading(
        Statement, "pk version updated_at reference locator subject_kind subject_name attribute kind value unit "
        "qualifier date period_words reality review promoted_kind promoted_code",
        source=Reading(Source, "code"),
        **{name: Reading(Statement._meta.get_field(name).related_model, "code name") for name in SUBJECTS},
    ),
    schema=shape(
        id=WHOLE, **HEAD, reference=MAYBE_TEXT, source=TEXT, locator=MAYBE_TEXT, subject=SUBJECT, attribute=TEXT,
        kind=words(StatementKind), value=TEXT, unit=TEXT, qualifier=words(Qualifier, nullable=True), date=DAY,
        period_words=MAYBE_TEXT, reality=words(Reality), review=words(Review), conflicts_with=many(WHOLE),
        promoted_to=maybe(shape(kind=TEXT, code=TEXT)),
    ),
)


def build_source(record: Source, context: Context, extras) -> dict:
    return {
        **head(record, "sources", context),
        "kind": record.kind,
        "title": record.name,
        "title_en": text(record.name_en),
        "number": text(record.number),
        "publisher": text(record.publisher),
        "web_address": text(record.url),
        "published_on": day(record.published_on),
        "known_from": text(record.known_from),
    }


SOURCE = Document(
    kind=Source.KIND, path="sources", build=build_source,
    reads=Reading(Source, "code version updated_at kind name name_en number publisher url published_on known_from"),
    schema=shape(
        **HEAD, kind=words(SourceKind), title=TEXT, title_en=MAYBE_TEXT, number=MAYBE_TEXT, publisher=MAYBE_TEXT,
        web_address=MAYBE_TEXT, published_on=DAY, known_from=MAYBE_TEXT,
    ),
)
