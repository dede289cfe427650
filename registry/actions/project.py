"""What happens to a project as a whole: opened, its stakes set, ended, withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from registry.models import CapitalEntry, Certificate, Investor, Project, Source, Stake
from registry.models.account import may_publish_alone
from registry.models.capital import MEASURES
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.change import Verb
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.money import format_bare
from registry.vocabulary.period import VagueDay
from registry.vocabulary.publication import Publication

from . import capital
from .ending import certificate_that_ended, closing_of, status_before_end
from .record import NotPublished, amend, create, reindex_projects, touch, validate, withdraw
from .report import take_back_all
from .writing import Writing

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class StakeGiven:
    """One investor's part, as an officer states it; the first of a list is the lead unless one says so."""

    investor: Investor
    share_percent: Decimal | None = None
    lead: bool = False
    contributed_usd: Decimal | None = None


class SharesOverHundred(RuleBroken):
    code = "shares-over-hundred"
    message = _("Tổng tỷ lệ góp vốn là %(total)s %%, vượt quá 100 %%. Hãy sửa tỷ lệ của từng nhà đầu tư.")


class TwoLeads(RuleBroken):
    code = "two-leads"
    message = _("Một dự án chỉ có một nhà đầu tư chính; hãy để một dòng được đánh dấu.")


class EndedAlready(RuleBroken):
    code = "ended-already"
    message = _("Dự án %(code)s đã kết thúc ngày %(ended)s.")


class NotEnded(RuleBroken):
    code = "not-ended"
    message = _("Dự án %(code)s không ở tình trạng chấm dứt; không có gì để hủy.")


class EndedByCertificate(RuleBroken):
    code = "ended-by-certificate"
    message = _("Dự án %(code)s chấm dứt theo giấy chứng nhận %(certificate)s. Hãy gỡ giấy đó: việc chấm dứt được hủy "
                "cùng lúc.")


class DuplicateOfItself(RuleBroken):
    code = "duplicate-of-itself"
    message = _("%(code)s không trùng với chính nó; hãy chọn dự án còn lại.")


def written_investors(act: Writing, stakes: Sequence[StakeGiven]) -> list[StakeGiven]:
    """The same stakes, with investors that are new written down: seen at once where this officer publishes alone,
    otherwise waiting for review."""
    state = Publication.PUBLISHED if act.by and may_publish_alone(act.by) else Publication.IN_REVIEW
    return [
        each if each.investor.pk else replace(each, investor=create(act=act, record=_as(each.investor, state)))
        for each in stakes
    ]


def open_project(*, act: Writing, project: Project, stakes: Sequence[StakeGiven] = ()) -> Project:
    """Write a new project with its investors. Raises InvalidRecord, SharesOverHundred, TwoLeads."""
    check_shares(stakes)
    stakes = written_investors(act, stakes)
    create(act=act, record=project)
    if stakes:
        _write_stakes(project, stakes, since=None)
    return project


def set_stakes(
    *, act: Writing, project: Project, stakes: Sequence[StakeGiven], certificate: Certificate | None = None
) -> Project:
    """Replace the current stakes; with a certificate the old ones are kept as ended by it."""
    check_shares(stakes)
    stakes = written_investors(act, stakes)
    touch(act=act, record=project)
    if certificate:
        project.stakes.current().update(until_certificate=certificate)
    else:
        project.stakes.current().delete()
    _write_stakes(project, stakes, since=certificate)
    return project


def end(
    *, act: Writing, project: Project, status: str, ended_on: VagueDay, certificate: Certificate | None = None,
    source: Source | None = None,
) -> CapitalEntry | None:
    """End a project (chấm dứt, thu hồi, hết hạn): status, day, and the decrease that takes its registered
    capital to zero, which is returned (None where there was none). Raises EndedAlready, NotYet, and
    AfterTheEnd where an entry that stands counts later."""
    if project.ended_on:
        raise EndedAlready(code=project.code, ended=project.ended_on.label)
    capital.check_has_been(ended_on, act.on)
    last = project.entries.standing().aggregate(last=Max("counts_on"))["last"]
    if last:
        capital.check_before_the_end(project, last, ended_on)
    registered = project.entries.filter(MEASURES["registered_usd"]).total_usd()
    closing = None
    if registered:
        closing = capital.enter(
            act=act, project=project, kind=CapitalKind.DECREASE, amount_usd=-registered, decided_on=ended_on,
            certificate=certificate, source=source,
        )
    amend(act=act, record=project, status=status, ended_on=ended_on)
    return closing


def undo_end(*, act: Writing, project: Project, reason: str) -> CapitalEntry | None:
    """Take back the end of a project that ended by a source (hủy việc chấm dứt): return the reversal of its closing
    decrease, None where none stands. Raises NotEnded, EndedByCertificate."""
    if certificate := certificate_that_ended(project):
        raise EndedByCertificate(code=project.code, certificate=certificate.code)
    return take_back_end(act=act, project=project, note=reason)


def take_back_end(*, act: Writing, project: Project, note: str) -> CapitalEntry | None:
    """As ``undo_end``, where the caller answers for the certificate. The project is again what it was before."""
    if not project.ended_on:
        raise NotEnded(code=project.code)
    closing, status = closing_of(project), status_before_end(project)
    reversal = capital.mirror(act=act, entry=closing, note=note) if closing else None
    amend(act=act, record=project, status=status, ended_on=None)
    return reversal


def withdraw_project(
    *, act: Writing, project: Project, reason: str, duplicate_of: Project | None = None
) -> Project:
    """Take a project out of the public's sight, and its capital out of the totals by reversals; its reports wait to be
    accepted again. Where it was another one recorded twice (``duplicate_of``), its address leads there, and partners
    are told that it was merged.

    Raises NotPublished, DuplicateOfItself.
    """
    if duplicate_of is not None:
        if duplicate_of.pk == project.pk:
            raise DuplicateOfItself(field="duplicate_of", code=project.code)
        if not duplicate_of.is_public():
            raise NotPublished(field="duplicate_of", code=duplicate_of.code)
        act.see(project, verb=Verb.MERGED, merged_into=duplicate_of.code)
    take_back_all(act=act, project=project, note=reason)
    for entry in project.entries.standing().order_by("-pk"):  # each goes back to what was before it
        entry.project = project
        capital.mirror(act=act, entry=entry, note=reason)
    return withdraw(act=act, record=project, reason=reason)


def check_shares(stakes: Sequence[StakeGiven]) -> None:
    """Raises SharesOverHundred, TwoLeads."""
    if sum(stake.lead for stake in stakes) > 1:
        raise TwoLeads(field="lead")
    total = sum((stake.share_percent or Decimal(0) for stake in stakes), Decimal(0))
    if total > HUNDRED:
        raise SharesOverHundred(total=format_bare(total), field="share_percent")


def _as(record, publication: str):
    record.publication = publication
    return record


def _write_stakes(project: Project, stakes: Sequence[StakeGiven], *, since: Certificate | None) -> None:
    lead = next((given for given in stakes if given.lead), stakes[0] if stakes else None)
    for position, given in enumerate(stakes, start=1):
        stake = Stake(
            project=project, investor=given.investor, position=position, lead=given is lead,
            share_percent=given.share_percent, contributed_usd=given.contributed_usd, since_certificate=since,
        )
        validate(stake)
        stake.save(force_insert=True)
    reindex_projects(pk=project.pk)
