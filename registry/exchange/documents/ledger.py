"""Ledger entries, certificates and milestones as nested plain data."""

from collections import defaultdict

from registry.models import (
    CapitalEntry,
    Certificate,
    Enterprise,
    Investor,
    Milestone,
    Project,
    Registrar,
    Source,
    Statement,
)
from registry.models.asked import Among, asked
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.certificate import CertificateKind, Outcome
from registry.vocabulary.investor import INDIVIDUAL
from registry.vocabulary.milestone import MilestoneKind, Reality

from .reading import Reading, seen
from .shape import (
    CITED,
    DAY,
    HEAD,
    ISO_DAY,
    MAYBE_ISO_DAY,
    MAYBE_MONEY,
    MAYBE_TEXT,
    MAYBE_WHOLE,
    MOMENT,
    MONEY,
    REF,
    TEXT,
    WHOLE,
    WRITTEN,
    YES_NO,
    Context,
    Document,
    cited,
    day,
    head,
    iso,
    many,
    money,
    ref,
    shape,
    text,
    words,
    written,
)


@asked
def accepted_into_entries(for_staff: bool):
    accepted = seen(Statement, for_staff=for_staff).filter(Among("promoted_code"), promoted_kind=CapitalEntry.KIND)
    return accepted.order_by("pk").values_list("promoted_code", "pk")


def statements_behind(rows: list, context: Context) -> dict[str, list[int]]:
    """The ids of the statements that were accepted into each entry. One query."""
    found = defaultdict(list)
    for code, key in accepted_into_entries([row.code for row in rows], context.for_staff):
        found[code].append(key)
    return found


def build_entry(record: CapitalEntry, context: Context, statements: dict[str, list[int]]) -> dict:
    buyer = record.buyer
    return {
        "code": record.code,
        "url": context.url("capital-entries", record.code),
        "updated_at": record.updated_at,
        "project": ref(record.project, context),
        "enterprise": ref(record.enterprise, context),
        "kind": record.kind,
        "counts_as": record.counts_as,
        "amount_usd": money(record.amount_usd),
        "expected_price_usd": money(record.expected_price_usd),
        "written": written(record.written_amount, record.written_currency),
        "rate_as_printed": text(record.rate_as_printed),
        "decided_on": day(record.decided_on),
        "counts_on": iso(record.counts_on),
        "recorded_at": record.recorded_at,
        "confirmed": record.confirmed,
        "confirmed_usd": money(record.confirmed_usd),
        "certificate": record.certificate.code if context.sees(record.certificate) else None,
        "source": cited(record.source, context),
        "buyer": {"code": buyer.code, "name": str(INDIVIDUAL) if buyer.is_person else buyer.name}
        if context.sees(buyer) else None,
        "reverses": record.reverses.code if record.reverses else None,
        "reversed_by": record.reversed_by.code if record.reversed_by else None,
        "statements": statements.get(record.code, []),
    }


CAPITAL_ENTRY = Document(
    kind=CapitalEntry.KIND, path="capital-entries", build=build_entry, extras=statements_behind,
    reads=Reading(
        CapitalEntry, "code updated_at kind counts_as amount_usd expected_price_usd written_amount written_currency "
        "rate_as_printed decided_on counts_on recorded_at confirmed confirmed_part_usd",
        project=Reading(Project, "code name"), enterprise=Reading(Enterprise, "code name"),
        certificate=Reading(Certificate, "code", project=Reading(Project, "code")), source=Reading(Source, "code name"),
        buyer=Reading(Investor, "code name"), reverses=Reading(CapitalEntry, "code"),
        reversed_by=Reading(CapitalEntry, "code"),
    ),
    schema=shape(
        code=TEXT, url=HEAD["url"], updated_at=MOMENT, project=REF, enterprise=REF, kind=words(CapitalKind),
        counts_as=words(CapitalKind), amount_usd=MONEY, expected_price_usd=MAYBE_MONEY, written=WRITTEN,
        rate_as_printed=MAYBE_TEXT, decided_on=DAY, counts_on=ISO_DAY, recorded_at=MOMENT, confirmed=YES_NO,
        confirmed_usd=MONEY, certificate=MAYBE_TEXT, source=CITED, buyer=REF, reverses=MAYBE_TEXT,
        reversed_by=MAYBE_TEXT, statements=many(WHOLE),
    ),
)


def build_certificate(record: Certificate, context: Context, extras) -> dict:
    return {
        **head(record, "certificates", context),
        "project": ref(record.project, context),
        "kind": record.kind,
        "step": record.step,
        "outcome": record.outcome,
        "registrar": ref(record.registrar, context),
        "received_on": iso(record.received_on),
        "decided_on": day(record.decided_on),
        "changes": text(record.changes),
        "total_usd": money(record.total_usd),
        "total_vnd": written(record.total_vnd, "VND"),
        "rate_as_printed": text(record.rate_as_printed),
        "contributed_usd": money(record.contributed_usd),
        "mobilised_usd": money(record.mobilised_usd),
        "contribute_by": iso(record.contribute_by),
        "source": cited(record.source, context),
    }


CERTIFICATE = Document(
    kind=Certificate.KIND, path="certificates", build=build_certificate,
    reads=Reading(
        Certificate, "code version updated_at kind step outcome received_on decided_on changes total_usd total_vnd "
        "rate_as_printed contributed_usd mobilised_usd contribute_by", project=Reading(Project, "code name"),
        registrar=Reading(Registrar, "code name"), source=Reading(Source, "code name"),
    ),
    schema=shape(
        **HEAD, project=REF, kind=words(CertificateKind), step=MAYBE_WHOLE, outcome=words(Outcome), registrar=REF,
        received_on=MAYBE_ISO_DAY, decided_on=DAY, changes=MAYBE_TEXT, total_usd=MAYBE_MONEY,
        total_vnd=WRITTEN, rate_as_printed=MAYBE_TEXT,
        contributed_usd=MAYBE_MONEY, mobilised_usd=MAYBE_MONEY, contribute_by=MAYBE_ISO_DAY, source=CITED,
    ),
)


def build_milestone(record: Milestone, context: Context, extras) -> dict:
    return {
        **head(record, "milestones", context),
        "project": ref(record.project, context),
        "kind": record.kind,
        "reality": record.reality,
        "date": day(record.happened_on),
        "words": text(record.words),
        "source": cited(record.source, context),
    }


MILESTONE = Document(
    kind=Milestone.KIND, path="milestones", build=build_milestone,
    reads=Reading(Milestone, "code version updated_at kind reality happened_on words",
                  project=Reading(Project, "code name"), source=Reading(Source, "code name")),
    schema=shape(**HEAD, project=REF, kind=words(MilestoneKind), reality=words(Reality), date=DAY, words=MAYBE_TEXT,
                 source=CITED),
)
