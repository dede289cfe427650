"""The ledger's only writers: enter and reverse."""

from datetime import date, datetime
from decimal import Decimal

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.models import CapitalEntry, Certificate, Enterprise, Investor, OperatingReport, Project, Source
from registry.models.capital import MEASURES
from registry.vocabulary.capital import REGISTERED, STARTING, CapitalKind, confirmed_part
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.money import Money, format_bare
from registry.vocabulary.period import VagueDay

from .ending import closing_of
from .record import NotPublished, touch, validate
from .report_conflict import follow
from .writing import Writing


class AfterTheEnd(RuleBroken):
    code = "after-the-end"
    message = _("Bút toán tính từ ngày %(day)s, sau ngày dự án %(code)s chấm dứt (%(ended)s). "
                "Hãy kiểm tra ngày quyết định hoặc ngày chấm dứt.")


class NotYet(RuleBroken):
    code = "not-yet"
    message = _("Ngày quyết định %(day)s còn ở tương lai; sổ vốn chỉ ghi việc đã xảy ra. "
                "Hãy ghi kế hoạch thành nội dung nguồn nêu.")


class AlreadyStarted(RuleBroken):
    code = "already-started"
    message = _("Dự án %(code)s đã có %(kind)s (%(entry)s). Hãy đảo bút toán đó trước, hoặc ghi điều chỉnh tăng, giảm.")


class BelowZero(RuleBroken):
    code = "below-zero"
    message = _("Giảm %(amount)s USD sẽ đưa vốn đăng ký của %(code)s xuống dưới 0 (hiện là %(registered)s USD). "
                "Hãy kiểm tra số tiền, hoặc đảo bút toán giảm trước.")


class ReversalOfReversal(RuleBroken):
    code = "reversal-of-reversal"
    message = _("%(code)s là bút toán đảo; không đảo một bút toán đảo. Hãy ghi lại bút toán gốc.")


class AlreadyReversed(RuleBroken):
    code = "already-reversed"
    message = _("%(code)s đã được đảo bằng %(reversal)s.")


class RestsOnReport(RuleBroken):
    code = "rests-on-report"
    message = _("%(code)s do báo cáo %(report)s ghi. Hãy rút tiếp nhận báo cáo đó; sổ vốn tự đảo bút toán.")


class ClosesTheProject(RuleBroken):
    code = "closes-the-project"
    message = _("%(code)s đưa vốn của dự án %(project)s về 0 khi dự án chấm dứt, không đảo riêng được. Nếu chấm dứt là "
                "ghi nhầm, hãy gỡ giấy chứng nhận chấm dứt, hoặc dùng việc “Hủy việc chấm dứt” ở dự án: sổ vốn tự đảo "
                "bút toán này.")


class ReversalTooEarly(RuleBroken):
    code = "reversal-too-early"
    message = _("%(code)s tính từ ngày %(counts_on)s; quyết định đảo không thể có hiệu lực sớm hơn (%(day)s). "
                "Để trống ngày nếu bút toán sai ngay từ đầu.")


def enter(
    *, act: Writing, kind: str, amount_usd: Decimal, project: Project | None = None,
    enterprise: Enterprise | None = None, decided_on: VagueDay | None = None, source: Source | None = None,
    certificate: Certificate | None = None, written: Money | None = None, rate_as_printed: str = "",
    buyer: Investor | None = None, expected_price_usd: Decimal | None = None, note: str = "",
    recorded_at: datetime | None = None,
) -> CapitalEntry:
    """Post one entry; return it. The ledger has no drafts: its project is published.

    ``decided_on`` is None where no document states the day. Loaders may give an earlier ``recorded_at``.
    Raises NotPublished, NotYet, AfterTheEnd, AlreadyStarted, BelowZero, InvalidRecord; nothing is
    written then.
    """
    recorded_at = recorded_at or act.at
    entry = CapitalEntry(
        project=project, enterprise=enterprise, kind=kind, counts_as=kind, amount_usd=amount_usd,
        decided_on=decided_on, source=source, certificate=certificate,
        written_amount=written and written.amount, written_currency=written.currency if written else "",
        rate_as_printed=rate_as_printed, buyer=buyer, expected_price_usd=expected_price_usd, note=note,
        confirmed=certificate is not None or bool(source and source.confirms),
        recorded_at=recorded_at, updated_at=act.at,
        counts_on=day_it_counts(decided_on, source, timezone.localdate(recorded_at)),
    )
    if owner := project or enterprise:
        _check_owner_takes(owner, entry)
    if project:
        _check_project_takes(project, entry)
    return _post(act, entry)


def reverse(*, act: Writing, entry: CapitalEntry, decided_on: VagueDay | None = None, note: str = "") -> CapitalEntry:
    """Undo one entry with its mirror image; return the new entry.

    By default it takes the days of the entry it reverses (the mistake never was); only a dated legal
    decision gives it a later day. Raises ReversalOfReversal, AlreadyReversed, RestsOnReport, ClosesTheProject,
    BelowZero, ReversalTooEarly, NotYet, AfterTheEnd; nothing is written then.
    """
    _check_reversible(entry)
    if report := OperatingReport.objects.filter(entry=entry).first():
        raise RestsOnReport(code=entry.code, report=report.code)
    if entry.project and entry.project.ended_on and entry == closing_of(entry.project):
        raise ClosesTheProject(code=entry.code, project=entry.project.code)
    if entry.project and entry.counts_as in REGISTERED:
        check_above_zero(entry.project, -entry.amount_usd)
    reversal = mirror(act=act, entry=entry, decided_on=decided_on, note=note)
    if entry.project and entry.counts_as == CapitalKind.DISBURSEMENT:
        follow(act=act, projects=[entry.project])
    return reversal


def mirror(*, act: Writing, entry: CapitalEntry, decided_on: VagueDay | None = None, note: str = "") -> CapitalEntry:
    """Reverse one of several entries, where the caller answers for the total; otherwise as ``reverse``."""
    _check_reversible(entry)
    counts_on = entry.counts_on
    if decided_on:
        counts_on = day_it_counts(decided_on, None, act.on)
        _check_day_of_reversal(act, entry, decided_on, counts_on)
    act.tell(entry)
    return _post(act, CapitalEntry(
        project=entry.project, enterprise=entry.enterprise, kind=CapitalKind.REVERSAL, counts_as=entry.counts_as,
        amount_usd=-entry.amount_usd, decided_on=decided_on or entry.decided_on, counts_on=counts_on,
        expected_price_usd=entry.expected_price_usd, source=entry.source, certificate=entry.certificate,
        confirmed=entry.confirmed, buyer=entry.buyer, reverses=entry, note=note,
        recorded_at=act.at, updated_at=act.at,
    ))


def hold_confirmed(entry: CapitalEntry, *, registered: Decimal, confirmed: Decimal) -> None:
    """Keep how much of an entry counts as confirmed, where all or nothing of it would leave the confirmed sum of its
    project below 0 or above the registered one. The sums are those over all entries of the project before it; a
    reversal by itself takes back what counted of its entry."""
    entry.confirmed_part_usd = None
    if entry.counts_as not in REGISTERED:
        return
    whole = entry.confirmed_usd
    part = confirmed_part(entry.amount_usd, -entry.reverses.confirmed_usd if entry.reverses else whole,
                          registered=registered, confirmed=confirmed)
    if part != whole:
        entry.confirmed_part_usd = part


def day_it_counts(decided_on: VagueDay | None, source: Source | None, recorded_on: date) -> date:
    """The latest day it can mean, else the latest of its source's publication, else its recording; never
    later than its recording."""
    stated = decided_on or (source and source.published_on)
    return min(stated.latest, recorded_on) if stated else recorded_on


def check_above_zero(project: Project, change: Decimal) -> None:
    """Raises BelowZero where this change would leave less than nothing registered."""
    registered = project.entries.filter(MEASURES["registered_usd"]).total_usd()
    if registered + change < 0:
        raise BelowZero(amount=format_bare(-change), code=project.code, registered=format_bare(registered),
                        field="amount_usd")


def check_before_the_end(project: Project, counts_on: date, ended_on: VagueDay | None) -> None:
    """Raises AfterTheEnd where an entry of the project would count later than its end."""
    if ended_on and counts_on > ended_on.latest:
        raise AfterTheEnd(day=f"{counts_on:%d/%m/%Y}", code=project.code, ended=ended_on.label, field="decided_on")


def check_has_been(day: VagueDay, on: date) -> None:
    """Raises NotYet where the day cannot have come by ``on``."""
    if day.earliest > on:
        raise NotYet(day=day.label, field="decided_on")


def _check_owner_takes(owner: Project | Enterprise, entry: CapitalEntry) -> None:
    if not owner.is_public():
        raise NotPublished(code=owner.code)
    if entry.decided_on:
        check_has_been(entry.decided_on, timezone.localdate(entry.recorded_at))


def _check_project_takes(project: Project, entry: CapitalEntry) -> None:
    check_before_the_end(project, entry.counts_on, project.ended_on)
    if entry.kind in STARTING:
        started = project.entries.starting().standing().first()
        if started:
            raise AlreadyStarted(code=project.code, kind=started.get_kind_display(), entry=started.code, field="kind")
    if entry.kind == CapitalKind.DECREASE:
        check_above_zero(project, entry.amount_usd)


def _check_reversible(entry: CapitalEntry) -> None:
    if entry.kind == CapitalKind.REVERSAL:
        raise ReversalOfReversal(code=entry.code)
    done = CapitalEntry.objects.filter(reverses=entry).first()
    if done:
        raise AlreadyReversed(code=entry.code, reversal=done.code)


def _check_day_of_reversal(act: Writing, entry: CapitalEntry, decided_on: VagueDay, counts_on: date) -> None:
    check_has_been(decided_on, act.on)
    if counts_on < entry.counts_on:
        raise ReversalTooEarly(code=entry.code, counts_on=f"{entry.counts_on:%d/%m/%Y}", day=decided_on.label,
                               field="decided_on")
    if entry.project:
        check_before_the_end(entry.project, counts_on, entry.project.ended_on)


def _post(act: Writing, entry: CapitalEntry) -> CapitalEntry:
    owner = entry.project or entry.enterprise
    if owner:
        there = owner.entries.filter(project=entry.project).measures(last=Max("number", default=0))
        hold_confirmed(entry, registered=there["registered_usd"], confirmed=there["confirmed_usd"])
        entry.number = there["last"] + 1
        entry.code = f"{owner.code}-{entry.number}"
    validate(entry)
    entry.save(force_insert=True)
    act.created(entry)
    if owner:
        touch(act=act, record=owner)
    return entry
