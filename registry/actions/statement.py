"""Statements: written down, accepted into the record, disputed; and the conflicts between them."""

from django.utils.translation import gettext_lazy as _

from registry.models import CapitalEntry, Conflict, Project, Source, Statement
from registry.models.statement import SUBJECTS
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.milestone import Reality
from registry.vocabulary.money import in_usd
from registry.vocabulary.period import VagueDay
from registry.vocabulary.statement import (
    CAPITAL_ATTRIBUTES,
    LASTING_ATTRIBUTES,
    SINGLE_VALUED,
    STANDING,
    ConflictState,
    Review,
)

from . import capital
from .record import amend, create, touch
from .writing import Writing


class NotItsSubject(RuleBroken):
    code = "not-its-subject"
    message = _("Nội dung %(statement)s nói về %(subject)s, không thể ghi nhận vào %(record)s.")


class NoCapitalStated(RuleBroken):
    code = "no-capital-stated"
    message = _("Nội dung %(statement)s không nêu số vốn bằng USD của một dự án trong sổ, "
                "nên không ghi thành số dư đầu kỳ được.")


class SettledAlready(RuleBroken):
    code = "settled-already"
    message = _("Mâu thuẫn số %(conflict)s đã kết thúc: %(state)s.")


class NotOneOfThem(RuleBroken):
    code = "not-one-of-them"
    message = _("Nội dung %(statement)s không thuộc mâu thuẫn số %(conflict)s.")


def state(
    *, act: Writing, source: Source, subject_kind: str, subject_name: str, attribute: str, kind: str,
    subject=None, value: str = "", unit: str = "", qualifier: str | None = None, date: VagueDay | None = None,
    period_words: str = "", reality: str = Reality.ACTUAL, locator: str = "", reference: str | None = None,
    note: str = "",
) -> Statement:
    """Write down what a source says, letter for letter; return it, open for review. Its project moves on with it.

    ``subject`` is the record it speaks of, None where the register has none.
    """
    statement = create(act=act, record=Statement(
        source=source, subject_kind=subject_kind, subject_name=subject_name,
        **({subject_kind: subject} if subject_kind in SUBJECTS else {}),
        attribute=attribute, kind=kind, value=value, unit=unit,
        amount_usd=in_usd(value, unit) if attribute in CAPITAL_ATTRIBUTES else None,
        qualifier=qualifier, date=date, period_words=period_words, reality=reality, locator=locator,
        reference=reference, note=note, recorded_at=act.at,
    ))
    _touch_projects(act, statement.project)
    return statement


def accept(*, act: Writing, statement: Statement, into=None) -> Statement:
    """Accept a statement into the record (ghi nhận vào hồ sơ); ``into`` is what was made of it.

    What a source says of a project goes into it or into what belongs to it: raises NotItsSubject otherwise. The entry
    that rested on the statement before is told too.
    """
    owner = into if isinstance(into, Project) else getattr(into, "project", None)
    if owner is not None and statement.project_id and owner.pk != statement.project_id:
        raise NotItsSubject(statement=statement.pk, subject=statement.subject_name, record=into.code)
    if isinstance(into, CapitalEntry):
        act.tell(into)
    if statement.promoted_kind == CapitalEntry.KIND:
        act.tell(CapitalEntry.objects.get(code=statement.promoted_code))
    _touch_projects(act, statement.project)
    return amend(act=act, record=statement, review=Review.ACCEPTED,
                 promoted_kind=into.KIND if into else "", promoted_code=into.code if into else "")


def accept_as_opening(*, act: Writing, statement: Statement) -> Statement:
    """Post the total that a source reports of a project as its opening (số dư đầu kỳ), and accept it into that.

    Raises NoCapitalStated, and what the ledger raises.
    """
    if statement.project is None or statement.amount_usd is None:
        raise NoCapitalStated(statement=statement.pk)
    opening = capital.enter(
        act=act, project=statement.project, kind=CapitalKind.OPENING, amount_usd=statement.amount_usd,
        decided_on=statement.date, source=statement.source,
    )
    return accept(act=act, statement=statement, into=opening)


def correct(*, act: Writing, statement: Statement, version: int, **changes) -> Statement:
    """Mend how a statement was copied from its source, in the version that the officer saw; its capital follows its
    value, and its project moves on with it, also the one of which it spoke before. Raises what amend does."""
    now = {name: changes.get(name, getattr(statement, name)) for name in ("attribute", "value", "unit")}
    amount_usd = in_usd(now["value"], now["unit"]) if now["attribute"] in CAPITAL_ATTRIBUTES else None
    seen, spoke_of = statement.version, statement.project
    amend(act=act, record=statement, version=version, amount_usd=amount_usd, **changes)
    if statement.version != seen:
        _touch_projects(act, spoke_of, statement.project)
    return statement


def review(*, act: Writing, statement: Statement, as_: str, note: str = "") -> Statement:
    """Dispute, supersede or reject a statement; it stays. Its project moves on with it: what it intends changes."""
    seen = statement.version
    amend(act=act, record=statement, review=as_, note=note or statement.note)
    if statement.version != seen:
        _touch_projects(act, statement.project)
    return statement


def conflicting_with(statement: Statement) -> list[Statement]:
    """The statements that the rule finds at odds with this one, in order of id: same subject, an attribute
    that has one value, another value, overlapping periods. A list, because periods are compared here."""
    if statement.attribute not in SINGLE_VALUED or not statement.value:
        return []
    rivals = Statement.objects.filter(
        attribute=statement.attribute, subject_kind=statement.subject_kind, reality=statement.reality,
        **(
            {statement.subject_kind: statement.subject} if statement.subject
            else {"subject_name": statement.subject_name}
        ),
    ).exclude(pk=statement.pk).exclude(value="").exclude(value=statement.value, unit=statement.unit)
    rivals = rivals.select_related("source").order_by("pk")
    return [rival for rival in rivals if _speak_of_one_time(statement, rival)]


def propose_conflicts(*, act: Writing, statement: Statement) -> list[Conflict]:
    """Write the conflicts that the rule finds and nobody has recorded; return the new ones."""
    return [
        oppose(act=act, one=statement, other=rival, why=str(_("Hai nguồn nêu giá trị khác nhau.")), found_by_rule=True)
        for rival in conflicting_with(statement)
        if not Conflict.objects.filter(**_pair(statement, rival)).exists()
    ]


def oppose(*, act: Writing, one: Statement, other: Statement, why: str, found_by_rule: bool = False) -> Conflict:
    """Record that two statements cannot both hold; both change with it."""
    for statement in (one, other):
        touch(act=act, record=statement)
    return create(act=act, record=Conflict(**_pair(one, other), why=why, found_by_rule=found_by_rule))


def confirm(*, act: Writing, conflict: Conflict, outcome: str = "") -> Conflict:
    """Confirm a conflict: its two statements stand as disputed until it is resolved, the difference of a report until
    the ledger agrees."""
    for statement in conflict.statements:
        review(act=act, statement=statement, as_=Review.DISPUTED)
    return amend(act=act, record=conflict, state=ConflictState.CONFIRMED, outcome=outcome)


def settle(*, act: Writing, conflict: Conflict, holds: Statement | None, others_as: str, outcome: str) -> Conflict:
    """Resolve a conflict (giải quyết): which of its statements holds, None where neither does, and what becomes of what
    does not hold. Both stay; the one that holds is open for acceptance, or accepted where it was before.

    Raises SettledAlready, NotOneOfThem.
    """
    if conflict.state not in STANDING:
        raise SettledAlready(conflict=conflict.code, state=conflict.get_state_display())
    if holds is not None and holds.pk not in (conflict.first_id, conflict.second_id):
        raise NotOneOfThem(statement=holds.code, conflict=conflict.code)
    for statement in conflict.statements:
        holding = Review.ACCEPTED if statement.promoted_code else Review.OPEN
        review(act=act, statement=statement, as_=holding if statement == holds else others_as)
    return amend(act=act, record=conflict, state=ConflictState.RESOLVED, outcome=outcome)


def dismiss(*, act: Writing, conflict: Conflict, outcome: str) -> Conflict:
    """Say that it is no conflict, and why."""
    for statement in conflict.statements:
        touch(act=act, record=statement)
    return amend(act=act, record=conflict, state=ConflictState.DISMISSED, outcome=outcome)


def _touch_projects(act: Writing, *projects: Project | None) -> None:
    """A project's sources and intended capital change with what is said of it."""
    for project in projects:
        if project is not None:
            touch(act=act, record=project)


def _speak_of_one_time(one: Statement, other: Statement) -> bool:
    if one.attribute in LASTING_ATTRIBUTES:
        return True
    first, second = one.date or one.source.published_on, other.date or other.source.published_on
    return bool(first and second and first.earliest <= second.latest and second.earliest <= first.latest)


def _pair(one: Statement, other: Statement) -> dict:
    first, second = sorted((one, other), key=lambda statement: statement.pk)
    return {"first": first, "second": second}
