"""The ledger: every entry by itself, and what the entries of a project make together."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, F, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.actions.capital import day_it_counts
from registry.models import CapitalEntry, Change, Source
from registry.models.capital import MEASURES
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.publication import Publication

from .problem import CHUNK, Problem

PROJECT = "project"


def entries() -> Iterator[Problem]:
    """Each entry by itself: the day from which it counts, whether it is confirmed, what it reverses."""
    rows = CapitalEntry.objects.order_by("pk")
    for entry in rows.filter(reverses__isnull=True).select_related("source").iterator(chunk_size=CHUNK):
        for what in _wrong_with_entry(entry):
            yield Problem(entry.KIND, entry.code, str(what))
    reversals = rows.filter(reverses__isnull=False).select_related("project", "source", "reverses")
    for entry in reversals.iterator(chunk_size=CHUNK):
        for what in _wrong_with_reversal(entry):
            yield Problem(entry.KIND, entry.code, str(what))


def _wrong_with_reversal(entry: CapitalEntry) -> Iterator[str]:
    undone = entry.reverses
    if undone.kind == CapitalKind.REVERSAL:
        yield _("đảo một bút toán đảo, %(code)s") % {"code": undone.code}
    for name, wanted in (
        ("counts_as", undone.kind), ("amount_usd", -undone.amount_usd), ("project_id", undone.project_id),
        ("enterprise_id", undone.enterprise_id), ("confirmed", undone.confirmed),
    ):
        if getattr(entry, name) != wanted:
            yield (_("không khớp với %(code)s mà nó đảo: %(column)s phải là %(wanted)s")
                   % {"code": undone.code, "column": name, "wanted": wanted})
    if entry.counts_on not in (undone.counts_on, _day(entry, entry.source)):
        yield _("tính từ ngày %(day)s, không phải ngày của bút toán gốc hay của chính nó") % {"day": entry.counts_on}
    if entry.counts_on != undone.counts_on and _after_the_end(entry):
        yield _("tính từ ngày %(day)s, sau khi dự án chấm dứt") % {"day": entry.counts_on}


def _wrong_with_entry(entry: CapitalEntry) -> Iterator[str]:
    """The day and whether it is confirmed rest on the source as it was when the entry was made."""
    if entry.counts_on != _day(entry, entry.source) and entry.counts_on not in {
        _day(entry, source) for source in _ever(entry.source)
    }:
        yield (_("tính từ ngày %(day)s, nhưng phải là %(wanted)s")
               % {"day": entry.counts_on, "wanted": _day(entry, entry.source)})
    if entry.confirmed != _confirms(entry, entry.source) and entry.confirmed not in {
        _confirms(entry, source) for source in _ever(entry.source)
    }:
        yield _("ghi sai việc có dựa trên giấy chứng nhận hoặc quyết định hay không")


def _day(entry: CapitalEntry, source: Source | None) -> date:
    return day_it_counts(entry.decided_on, source, timezone.localdate(entry.recorded_at))


def _confirms(entry: CapitalEntry, source: Source | None) -> bool:
    return entry.certificate_id is not None or bool(source and source.confirms)


def _after_the_end(entry: CapitalEntry) -> bool:
    ended = entry.project.ended_latest if entry.project else None
    return ended is not None and entry.counts_on > ended


def _ever(source: Source | None) -> Iterator[Source]:
    """The source as it has been at any time."""
    states = Change.objects.filter(kind=Source.KIND, code=source.code, after__isnull=False) if source else ()
    for change in states:
        latest = change.after["published_latest"] and date.fromisoformat(change.after["published_latest"])
        yield Source(kind=change.after["kind"], published_earliest=latest, published_latest=latest)


def projects() -> Iterator[Problem]:
    """What the entries of one project make together."""
    by_project = CapitalEntry.objects.filter(project__isnull=False).order_by().values_list("project__code")
    standing = CapitalEntry.objects.standing()
    starts = standing.starting().order_by().values_list("project__code").annotate(count=Count("pk"))
    for code, count in starts.filter(count__gt=1).iterator(chunk_size=CHUNK):
        yield Problem(PROJECT, code, _("có %(count)s bút toán cấp mới hoặc đầu kỳ còn hiệu lực") % {"count": count})
    totals = by_project.filter(MEASURES["registered_usd"]).annotate(total=Sum("amount_usd"))
    for code, total in totals.filter(total__lt=0).iterator(chunk_size=CHUNK):
        yield Problem(PROJECT, code, _("vốn đăng ký âm: %(total)s USD") % {"total": total})
    late = standing.filter(counts_on__gt=F("project__ended_latest"))
    for code, day in late.values_list("code", "counts_on").iterator(chunk_size=CHUNK):
        yield Problem(CapitalEntry.KIND, code, _("tính từ ngày %(day)s, sau khi dự án chấm dứt") % {"day": day})
    unseen = standing.filter(Q(project__isnull=False) & ~Q(project__publication=Publication.PUBLISHED))
    for code in unseen.values_list("code", flat=True).iterator(chunk_size=CHUNK):
        yield Problem(CapitalEntry.KIND, code, str(_("còn hiệu lực, dù dự án không công bố")))
