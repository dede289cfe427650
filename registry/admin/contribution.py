"""What each investor paid in during a quarter: typed or pasted as lines, shown as a table beside its investors."""

import re
from collections.abc import Iterable, Mapping

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.actions.contribution import contributors_of, side_of
from registry.models import OperatingReport
from registry.templatetags.register_format import amount
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.money import format_amount
from registry.vocabulary.report import CONTRIBUTED, PAID_IN, Contribution
from registry.vocabulary.typed import read_amount_in

from .fields import ReadField
from .panel import Cell, Panel, Row, link

PARTED = re.compile(r"[;\t]")  # as typed, and as pasted from a sheet


class LineTooLong(RuleBroken):
    code = "line-too-long"
    message = gettext_lazy("Dòng “%(line)s” có quá nhiều phần. Mỗi dòng một nhà đầu tư: mã; bằng tiền; bằng máy móc; "
                           "bằng tài sản khác.")


class ContributionsField(ReadField):
    """A line for each investor: its code, what it paid in cash, in machinery, in other assets. Gives what a report
    keeps. A line without an amount says nothing. ``names`` are shown behind the codes of these investors."""

    widget = forms.Textarea
    says = gettext_lazy("Mỗi dòng một nhà đầu tư: mã; bằng tiền; bằng máy móc, thiết bị; bằng tài sản khác (USD). "
                        "Ví dụ: INV-000001; 2 triệu; 500.000. Dán được từ Excel. Nhà đầu tư không góp thì để trống số.")
    names: Mapping[str, str] = {}

    def read(self, text: str) -> list[dict]:
        lines = (_read_line(line) for line in text.splitlines() if line.strip(" ;\t"))
        return [each.as_plain() for each in lines if each.amounts]

    def to_python(self, value) -> list[dict]:
        return super().to_python(value) or []

    def show(self, value: Iterable[dict]) -> str:
        return "\n".join(self._line(Contribution.of_plain(each)) for each in value)

    def begin(self, codes: Iterable[str]) -> str:
        """The lines to fill for these investors."""
        return "\n".join(self._line(Contribution(code)) for code in codes)

    def _line(self, contribution: Contribution) -> str:
        name = self.names.get(contribution.investor, "").replace(";", ",")
        parts = [f"{contribution.investor} {name}".strip()]
        for part in (getattr(contribution, name) for name in PAID_IN):
            parts.append("" if part is None else format_amount(part, "", "vi").strip())
        return "; ".join(parts).rstrip()

    def widget_attrs(self, widget) -> dict:
        return {"rows": 4, "class": "vLargeTextField", "autocomplete": "off"}


def _read_line(line: str) -> Contribution:
    who, *typed = (part.strip() for part in PARTED.split(line))
    if any(typed[len(PAID_IN):]):
        raise LineTooLong(line=line.strip())
    amounts = [read_amount_in("USD", each) if each else None for each in typed[:len(PAID_IN)]]
    return Contribution(who.split(maxsplit=1)[0] if who else "", *amounts)


def contributions_panel(report: OperatingReport) -> Panel:
    """Who paid in what, each with its side, and their sums. One query."""
    investors = contributors_of(report.contributed)
    rows = []
    for each in report.contributed:
        investor = investors.get(each.investor)
        side = side_of(investor) if investor else None
        rows.append(Row([
            link(investor, f"{investor.code} {investor.name}") if investor else Cell(each.investor),
            Cell(str(SIDES[side]) if side else ""), *(
                Cell("" if part is None else amount(part)) for part in (getattr(each, name) for name in PAID_IN)),
            Cell(amount(each.usd))]))
    return Panel(
        title=_("Vốn góp theo nhà đầu tư"), numbers=(2, 3, 4, 5), rows=rows,
        empty=_("Báo cáo chưa nêu từng nhà đầu tư góp bao nhiêu."),
        columns=[_("Nhà đầu tư"), _("Phía"), _("Bằng tiền (USD)"), _("Bằng máy móc, thiết bị (USD)"),
                 _("Bằng tài sản khác (USD)"), capfirst(_("cộng (USD)"))],
    )


SIDES = dict(zip(CONTRIBUTED, (gettext_lazy("Việt Nam"), gettext_lazy("nước ngoài")), strict=True))
