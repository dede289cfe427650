"""Companies' quarterly reports: received, amended, accepted into the ledger, returned, taken back.

An accepted report posts the disbursement of its quarter, and by hand nothing else does. A cumulative total that the
company states and that is not the ledger's is a conflict: see ``report_conflict``.
"""

from datetime import date

from django.db.models import Max
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.models import CapitalEntry, OperatingReport, Project, Source
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.period import VagueDay
from registry.vocabulary.publication import Publication
from registry.vocabulary.report import (
    CONTRIBUTED,
    EDITABLE,
    FIRST_YEAR,
    LAST_YEAR,
    Quarter,
    QuarterNumber,
    ReportState,
)
from registry.vocabulary.statement import SourceKind

from . import capital
from .bulk import create_many
from .contribution import contributors_of, settle_contributions
from .record import NotPublished, amend, create
from .report_conflict import follow
from .two_persons import OwnChange, check_second_person
from .writing import Writing


class QuarterNotOver(RuleBroken):
    code = "quarter-not-over"
    message = gettext_lazy("%(quarter)s chưa kết thúc; báo cáo quý chỉ nhận sau ngày cuối quý. Hãy kiểm tra quý và "
                           "năm.")


class QuarterBeforeLicence(RuleBroken):
    code = "quarter-before-licence"
    message = gettext_lazy("%(quarter)s kết thúc trước ngày dự án %(project)s được cấp phép (%(licensed)s). Hãy kiểm "
                           "tra quý, năm và dự án.")


class QuarterReported(RuleBroken):
    code = "quarter-reported"
    message = gettext_lazy("Dự án %(project)s đã có báo cáo %(quarter)s (%(code)s, %(state)s). Hãy sửa báo cáo đó.")


class NothingRealisedStated(RuleBroken):
    code = "nothing-realised-stated"
    message = gettext_lazy("Hãy ghi vốn thực hiện trong quý, hoặc các phần của nó; quý không có thì ghi 0.")


class AcceptedStands(RuleBroken):
    code = "accepted-stands"
    message = gettext_lazy("%(code)s đã tiếp nhận và đã ghi vào sổ vốn nên không sửa, không gỡ được. Hãy rút tiếp nhận "
                           "trước.")


class AcceptedAlready(RuleBroken):
    code = "accepted-already"
    message = gettext_lazy("%(code)s đã được tiếp nhận; sổ vốn đã ghi phần vốn thực hiện của nó.")


class OwnReport(OwnChange):
    code = "own-report"
    message = gettext_lazy("%(code)s: bạn là người đã nhập hoặc sửa báo cáo này, nên không tự tiếp nhận được. Hãy nhờ "
                           "người khác tiếp nhận.")


class NotWaiting(RuleBroken):
    code = "not-waiting"
    message = gettext_lazy("Chỉ tiếp nhận hoặc trả lại được báo cáo đang chờ; %(code)s hiện là “%(state)s”.")


class NotAccepted(RuleBroken):
    code = "not-accepted"
    message = gettext_lazy("%(code)s chưa được tiếp nhận (%(state)s).")


class WithdrawnReport(RuleBroken):
    code = "withdrawn-report"
    message = gettext_lazy("%(code)s đã bị gỡ. Hãy nhập báo cáo của quý ấy thành báo cáo mới.")


def receive(*, act: Writing, project: Project, year: int, quarter: int, **stated) -> OperatingReport:
    """Record what a company reports of a quarter; return the report, which waits to be accepted.

    ``stated`` are its columns; ``realised_usd`` may be left out where its parts are there. Raises QuarterNotOver,
    QuarterBeforeLicence, QuarterReported, NothingRealisedStated, NotPublished, InvalidRecord.
    """
    if not project.is_public():
        raise NotPublished(code=project.code, field="project")
    report = OperatingReport(project=project, year=year, quarter=quarter, **stated)
    _settle(report)
    _check_quarter(report, act.on)
    check_licensed(report)
    last = project.reports.aggregate(last=Max("number", default=0))["last"]
    report.number, report.code = last + 1, f"{project.code}-{last + 1}"
    return create(act=act, record=report)


def amend_report(*, act: Writing, record: OperatingReport, version: int | None = None, **changes) -> OperatingReport:
    """Write anew what a report says that is not accepted; one that was returned waits again.

    Raises AcceptedStands, WithdrawnReport, and what ``receive`` and ``amend`` raise.
    """
    _check_editable(record)
    if record.state == ReportState.RETURNED and any(getattr(record, name) != new for name, new in changes.items()):
        changes["state"] = ReportState.WAITING.value
    changed = OperatingReport.objects.get(pk=record.pk)
    for name, value in changes.items():
        setattr(changed, name, value)
    _settle(changed)
    _check_quarter(changed, act.on)
    if (changed.year, changed.quarter) != (record.year, record.quarter):
        check_licensed(changed)
    settled = {name: getattr(changed, name) for name in (*CONTRIBUTED, "realised_usd")}
    return amend(act=act, record=record, version=version, **changes | settled)


def accept(*, act: Writing, report: OperatingReport) -> OperatingReport:
    """Take a report in (tiếp nhận): post its disbursement, dated by its quarter. Return it.

    Without a source of its own the report becomes one, of which the public sees the title. Raises AcceptedAlready,
    NotWaiting, QuarterNotOver, OwnReport, and what the ledger raises; nothing is written then.
    """
    if report.state == ReportState.ACCEPTED:
        raise AcceptedAlready(code=report.code)
    check_waiting(report)
    _check_over(report.of_quarter, act.on)
    check_second_person(act=act, record=report, refusal=OwnReport)
    entry, source = None, report.source
    if report.realised_usd:
        source = source or _made_source(act, report)
        entry = capital.enter(act=act, project=report.project, kind=CapitalKind.DISBURSEMENT, source=source,
                              amount_usd=report.realised_usd, decided_on=days_of(report), note=note_of(report))
    amend(act=act, record=report, state=ReportState.ACCEPTED.value, entry=entry, source=source)
    follow(act=act, projects=[report.project])
    return report


def return_(*, act: Writing, report: OperatingReport) -> OperatingReport:
    """Ask the company to mend it (trả lại); the reason is the act's. Raises NotWaiting."""
    check_waiting(report)
    return amend(act=act, record=report, state=ReportState.RETURNED.value)


def take_back(*, act: Writing, report: OperatingReport, note: str = "") -> OperatingReport:
    """Undo the acceptance of a report (rút tiếp nhận): its disbursement is reversed, and it waits again.

    Raises NotAccepted.
    """
    if report.state != ReportState.ACCEPTED:
        raise NotAccepted(code=report.code, state=report.get_state_display())
    _take_back(act, report, note)
    follow(act=act, projects=[report.project])
    return report


def take_back_all(*, act: Writing, project: Project, note: str) -> None:
    """Undo the acceptance of every report of a project."""
    for report in project.reports.accepted().select_related("entry"):
        if report.entry:
            report.entry.project = project
        _take_back(act, report, note)
    follow(act=act, projects=[project])


def withdraw_report(*, act: Writing, report: OperatingReport) -> OperatingReport:
    """Take away a report that should not be there (gỡ); the reason is the act's. Raises AcceptedStands,
    WithdrawnReport."""
    _check_editable(report)
    return amend(act=act, record=report, state=ReportState.WITHDRAWN.value)


def check_licensed(report: OperatingReport) -> None:
    """Raises QuarterBeforeLicence."""
    licensed = report.project.licensed_on
    if not (FIRST_YEAR <= (report.year or 0) <= LAST_YEAR and report.quarter in QuarterNumber.values and licensed):
        return
    if report.of_quarter.period.last < licensed.earliest:
        raise QuarterBeforeLicence(quarter=capfirst(str(report.of_quarter)), project=report.project.code,
                                   licensed=licensed.label, field="quarter")


def check_waiting(report: OperatingReport) -> None:
    """Raises NotWaiting."""
    if report.state != ReportState.WAITING:
        raise NotWaiting(code=report.code, state=report.get_state_display())


def days_of(report: OperatingReport) -> VagueDay:
    """The days of its quarter, until the project's end where that came within: the entry counts from the last."""
    days, ended = report.of_quarter.days, report.project.ended_on
    return VagueDay(days.earliest, ended.latest) if ended and ended.latest in report.of_quarter.period else days


def note_of(report: OperatingReport) -> str:
    """What the entry says of the report that it comes from."""
    return _("Báo cáo %(quarter)s, %(code)s") % {"quarter": report.of_quarter, "code": report.code}


def entry_of(report: OperatingReport) -> CapitalEntry:
    """The entry that accepting the report posts, not written."""
    return CapitalEntry(project=report.project, kind=CapitalKind.DISBURSEMENT.value, amount_usd=report.realised_usd,
                        decided_on=days_of(report), source=report.source, note=note_of(report))


def _take_back(act: Writing, report: OperatingReport, note: str) -> None:
    if report.entry:
        capital.mirror(act=act, entry=report.entry, note=note)
    amend(act=act, record=report, state=ReportState.WAITING.value, entry=None)


def _made_source(act: Writing, report: OperatingReport) -> Source:
    """The report itself as a source; the register words its title, so that it needs no second person."""
    received = report.received_on
    source = Source(
        kind=SourceKind.REPORT.value, published_on=received and VagueDay.exact(received),
        name=_("Báo cáo tình hình hoạt động %(quarter)s của dự án %(code)s") % {
            "quarter": report.of_quarter, "code": report.project.code},
        publication=Publication.PUBLISHED.value,
    )
    create_many(act=act, records=[source])
    return source


def _settle(report: OperatingReport) -> None:
    """What is left out and adds up from what is stated: both sides' contributions from those of their investors, the
    total from its parts. Raises NothingRealisedStated, and what ``settle_contributions`` raises."""
    settle_contributions(report, contributors_of(report.contributed))
    if report.realised_usd is None:
        report.realised_usd = report.parts_usd
    if report.realised_usd is None:
        raise NothingRealisedStated(field="realised_usd")


def _check_quarter(report: OperatingReport, on: date) -> None:
    if not (FIRST_YEAR <= (report.year or 0) <= LAST_YEAR and report.quarter in QuarterNumber.values):
        return  # the columns' own rules say so
    _check_over(report.of_quarter, on)
    other = OperatingReport.objects.standing().of(report.of_quarter).filter(project=report.project)
    other = other.exclude(pk=report.pk).first()
    if other:
        raise QuarterReported(project=report.project.code, quarter=report.of_quarter, code=other.code,
                              state=other.get_state_display(), field="quarter")


def _check_over(quarter: Quarter, on: date) -> None:
    if quarter.period.last >= on:
        raise QuarterNotOver(quarter=capfirst(str(quarter)), field="quarter")


def _check_editable(report: OperatingReport) -> None:
    if report.state == ReportState.ACCEPTED:
        raise AcceptedStands(code=report.code)
    if report.state not in EDITABLE:
        raise WithdrawnReport(code=report.code)
