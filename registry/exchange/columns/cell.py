"""The rows behind one number of a table, as a file."""

from django.utils.translation import gettext_lazy as _

from registry.models import CapitalEntry
from registry.vocabulary.capital import CapitalKind

from .shape import CODE_AND_NAME, MOMENT, NUMBER, Field, Fields, Of

entry = Of(CapitalEntry)
CELL_ROWS = Fields("rows", (
    entry.text("code"),
    entry.ref("project"),
    entry.ref("enterprise"),
    entry.words("kind", CapitalKind),
    entry.words("counts_as", CapitalKind),
    entry.stated_day("decided_on", _("ngày quyết định")),
    entry.day("counts_on"),
    Field("recorded_at", entry.label("recorded_at"), MOMENT),
    entry.number("amount_usd"),
    Field("whole_usd", _("cả dự án hoặc cả bút toán (USD)"), NUMBER),
    Field("share_percent", _("tỷ lệ góp vốn (%)"), NUMBER),
    Field("buyer", entry.label("buyer"), parts=CODE_AND_NAME, to="investor"),
    entry.text("certificate"),
    entry.cited(),
    entry.text("reverses"),
    Field("reversed_by", _("đã được đảo bằng")),
)).table()
