"""The capital ledger at the officers' door: read, entered and reversed, never edited."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.models import CapitalEntry, Project
from registry.models.capital import ZERO
from registry.templatetags.register_format import amount
from registry.vocabulary.capital import REGISTERED
from registry.vocabulary.role import Deed

from .address import address_of
from .named import code_of, day_of
from .panel import Button, Cell, Panel, Row, buttons_of, link
from .record import RecordAdmin


class CapitalEntryAdmin(RecordAdmin):
    writable = False
    fieldsets = (
        (None, {"fields": ["code", "project", "enterprise", "kind", "counts_as", "amount_usd", "expected_price_usd"]}),
        (_("Như văn bản in"), {"fields": ["written_amount", "written_currency", "rate_as_printed"]}),
        (_("Ngày"), {"fields": ["decided", "counts_on", "recorded_at"]}),
        (_("Căn cứ"), {"fields": ["certificate", "source", "confirmed", "confirmed_part_usd", "buyer", "reverses",
                                  "note"]}),
    )
    list_display = ("code", "owner", "kind", "dollars", "decided", "counts_on", "rests_on", "from_source")
    list_filter = ("kind", "confirmed", "counts_on")
    list_select_related = ("project", "enterprise", "source")
    ordering = ("-recorded_at", "-pk")

    from_source = code_of("source", _("Nguồn"))
    decided = day_of("decided_on", _("Ngày quyết định"))

    @admin.display(description=_("Dự án, tổ chức kinh tế"))
    def owner(self, record):
        return record.project or record.enterprise

    @admin.display(description=_("Số tiền (USD)"), ordering="amount_usd")
    def dollars(self, record):
        return amount(record.amount_usd)

    @admin.display(description=_("Căn cứ"), ordering="confirmed")
    def rests_on(self, record):
        return _("giấy chứng nhận") if record.confirmed else _("nguồn nêu")

    def title_of(self, record) -> str:
        return f"{record.code}: {record.get_kind_display()} {amount(record.amount_usd)} USD"


def ledger_panel(model_admin, project: Project) -> Panel:
    """Every entry in the order in which it counts, with the registered total after it."""
    entries = project.entries.select_related("source", "certificate", "reverses", "reversed_by", "report")
    rows, total = [], ZERO
    for entry in entries.in_ledger_order():
        total += entry.amount_usd if entry.counts_as in REGISTERED else ZERO
        rows.append(_line(entry, total))
    return Panel(
        title=_("Sổ vốn"), numbers=(3, 4), works=buttons_of(model_admin, project, "entry"),
        columns=[_("Bút toán"), _("Loại"), _("Tính từ ngày"), _("Số tiền (USD)"), _("Vốn đăng ký sau đó (USD)"),
                 _("Căn cứ")],
        empty=_("Chưa có bút toán nào: dự án chưa tính vào tổng vốn nào."), rows=rows,
    )


def _line(entry: CapitalEntry, total) -> Row:
    reversal = getattr(entry, "reversed_by", None)
    note = ""
    if reversal:
        note = _("đã đảo bằng %(code)s") % {"code": reversal.code}
    elif entry.reverses:
        note = _("đảo %(code)s") % {"code": entry.reverses.code}
    report = getattr(entry, "report", None)
    if report:
        note = _("theo báo cáo quý %(code)s") % {"code": report.code}
    if entry.confirmed_part_usd is not None:
        part = _("trong đó theo giấy chứng nhận %(part)s USD") % {"part": amount(entry.confirmed_part_usd)}
        note = f"{note}; {part}" if note else part
    may_reverse = not (reversal or entry.reverses or report)
    return Row(
        [
            link(entry, entry.code), Cell(entry.get_kind_display()), Cell(f"{entry.counts_on:%d/%m/%Y}"),
            Cell(amount(entry.amount_usd)), Cell(amount(total)),
            link(entry.certificate or entry.source, (entry.certificate or entry.source).code),
        ],
        note=note, buttons=[Button(_("Đảo"), address_of(entry, "reverse"), Deed.POST)] if may_reverse else (),
    )
