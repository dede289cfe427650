"""The rows behind one number: by what they are asked for, and page by page.

A number's address is that of its table with the line (``key``, or ``but``) and the number in it (``of``).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.utils.translation import gettext_lazy as _

from registry.exchange.documents import Context
from registry.exchange.documents.cell import entry_rows, part_rows
from registry.models.capital import ZERO, CapitalEntryQuerySet
from registry.statistics.cell import (
    COUNTED,
    OF_CAPITAL,
    OF_FLOWS,
    TIMES_OF_FLOW,
    Lines,
    NoSuchTime,
    Part,
    Told,
    capital_entries,
    flow_entries,
    is_in_parts,
    no_times,
    parts_of,
    told_of,
    unknown_among,
)
from registry.statistics.flows import FLOW_GROUPS, PeriodBackwards, PeriodInFuture

from . import cursor
from .listing import DEFAULT_PAGE
from .parameters import NONE, IsoDay, Parameters, Several, Text, Whole, Word
from .problems import BadParameters
from .statistics_filters import CAPITAL_GROUPS, CapitalFilters, FlowsOf

CHUNK = 500  # rows in memory at a time
MOST_TIMES = 60  # each is two sums more of every entry
NOT_OF_NUMBER = {"of", "key", "but", "decided_in", "cursor", "page_size"}


@dataclass(frozen=True)
class RowPage:
    """One page of the rows as documents, how many there are in all and their sum, and the cursor behind this page
    (None: the last)."""

    told: Told
    rows: list[dict]
    cursor: str | None


class OfNumber(Parameters):
    """What a number's rows are asked by beside the parameters of its table."""

    key = Several(label=_("dòng của bảng"), method="unused")
    but = Several(label=_("mọi dòng trừ"), method="unused")
    page_size = Whole(label=_("số dòng mỗi trang"), least=1, most=500, method="unused")
    cursor = Text(label=_("con trỏ"), method="unused")

    def errors_found(self):
        found = super().errors_found()
        values = self.form.cleaned_data
        if values.get("key") and values.get("but"):
            found.append(("but", _("Hãy chọn các dòng bằng key, hoặc mọi dòng trừ một số bằng but.")))
        by, keys = values.get("by"), [key for key in values.get("key") or () if key != NONE]
        if by and (unknown := unknown_among(by, keys, vsic=values.get("vsic") or "")):
            found.append(("key", _("Bảng không có dòng “%(key)s”.") % {"key": unknown[0]}))
        try:
            self.begins_after()
        except BadParameters as error:
            found += error.errors
        return found

    def begins_after(self) -> tuple[list, int] | None:
        """Where the page before ended. Raises BadParameters for a cursor that is not of these rows."""
        given = self.form.cleaned_data.get("cursor")
        return cursor.read(given, cursor.fingerprint(self)) if given else None

    @property
    def lines(self) -> Lines:
        return Lines(self._keys("key"), self._keys("but"))

    def _keys(self, name: str) -> tuple[str | None, ...]:
        return tuple(None if key == NONE else key for key in self.form.cleaned_data[name])

    @property
    def of(self) -> str:
        return self.form.cleaned_data["of"]

    @property
    def by(self) -> str:
        return self.form.cleaned_data["by"]

    @property
    def is_count(self) -> bool:
        """Whether the number is that of the rows; else it is their sum."""
        return self.of == COUNTED or self.of in TIMES_OF_FLOW

    @property
    def in_parts(self) -> bool:
        """Whether the rows are parts of projects, not entries."""
        return False

    def entries(self) -> CapitalEntryQuerySet:
        raise NotImplementedError

    def parts(self) -> list[Part]:
        raise NotImplementedError

    def table_query(self) -> str:
        """The query of the table that the number is in."""
        query = self.data.copy()
        for name in NOT_OF_NUMBER:
            query.pop(name, None)
        return query.urlencode()


class CapitalCell(OfNumber, CapitalFilters):
    """A number of a table of capital, which is told as of the end of a day."""

    by = Word(words=CAPITAL_GROUPS, required=True, label=_("nhóm theo"), method="unused")
    of = Word(words=OF_CAPITAL, required=True, label=_("con số"), method="unused")
    decided_in = Several(label=_("chỉ phần quyết định trong năm, quý hay tháng này; none: không rõ ngày"),
                         method="unused")
    page_size, cursor = OfNumber.base_filters["page_size"], OfNumber.base_filters["cursor"]

    def errors_found(self):
        found = super().errors_found()
        times = self.form.cleaned_data.get("decided_in") or ()
        if wrong := no_times([key for key in times if key != NONE]):
            found.append(("decided_in", str(NoSuchTime(key=wrong[0]))))
        if len(times) > MOST_TIMES:
            found.append(("decided_in", _("Hãy chọn nhiều nhất %(most)s năm, quý hay tháng.") % {"most": MOST_TIMES}))
        return found

    @property
    def of_day(self) -> date:
        return self.as_of_day

    @property
    def times(self) -> Lines:
        """The times in which the part of the number was decided that is asked for; all of it where none is named."""
        return Lines(self._keys("decided_in"))

    @property
    def in_parts(self) -> bool:
        return is_in_parts(self.by, self.of, self.lines, self.basis_asked())

    def entries(self) -> CapitalEntryQuerySet:
        return capital_entries(self.by, self.of, self.lines, vsic=self.vsic_asked(), **self._scope())

    def parts(self) -> list[Part]:
        return parts_of(self.by, self.of, self.lines, **self._scope())

    def _scope(self) -> dict:
        return {"as_of": self.as_of_day, "known_on": self.known_on_day, "country_of": self.country_asked(),
                "projects": self.projects(), "decided_in": self.times}


class _FlowCell(OfNumber, FlowsOf):
    """A number of a table of flows, which is told of a period."""

    by = Word(words=FLOW_GROUPS, required=True, label=_("nhóm theo"), method="unused")
    of = Word(words=OF_FLOWS, required=True, label=_("con số"), method="unused")
    known_on = IsoDay(label=_("theo số liệu đã ghi nhận đến ngày"), method="unused")

    def errors_found(self):
        found = super().errors_found()
        first, last = (self.form.cleaned_data.get(name) for name in ("from", "to"))
        if first and last and first > last:
            error = PeriodBackwards(first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}")
            found.append(("from", str(error)))
        if first and first > self.today:
            found.append(("from", str(PeriodInFuture(first=f"{first:%d/%m/%Y}", today=f"{self.today:%d/%m/%Y}"))))
        return found

    @property
    def of_day(self) -> date:
        return self.form.cleaned_data["to"]

    @property
    def known_on_day(self) -> date | None:
        return self.form.cleaned_data["known_on"]

    def entries(self) -> CapitalEntryQuerySet:
        values = self.form.cleaned_data
        return flow_entries(self.by, self.of, self.lines, first=values["from"], last=values["to"],
                            known_on=values["known_on"], country_of=self.country_asked(), projects=self.projects())


# Made by a call, because ``from`` is a word of Python's.
FlowCell = type("FlowCell", (_FlowCell,), {
    "__doc__": _FlowCell.__doc__,
    "__module__": __name__,
    "from": IsoDay(required=True, label=_("từ ngày"), method="unused"),
    "to": IsoDay(required=True, label=_("đến hết ngày"), method="unused"),
})


def page_of_rows(asked: OfNumber, context: Context) -> RowPage:
    """One page of checked parameters, the newest entries first, of parts the largest. Raises BadParameters for a cursor
    that is not of these rows. Three queries; of parts those of ``parts_of`` and one."""
    values = asked.form.cleaned_data
    size, bound_to = values["page_size"] or DEFAULT_PAGE, cursor.fingerprint(asked)
    after = asked.begins_after()
    if asked.in_parts:
        return _page_of_parts(asked.parts(), size, after, bound_to, context)
    entries = asked.entries()
    told = told_of(entries, asked.of)
    if after:
        [day], key = after
        entries = cursor.after(entries.filter(counts_on__lte=day), [("counts_on", True)], [day], key)
    found = list(entries.order_by("-counts_on", "pk").values_list("counts_on", "pk")[:size + 1])
    following = cursor.write([found[size - 1][0]], found[size - 1][1], bound_to) if len(found) > size else None
    return RowPage(told, entry_rows([key for _day, key in found[:size]], context, of=asked.of), following)


def _page_of_parts(parts: list[Part], size: int, after, bound_to: str, context: Context) -> RowPage:
    told, start = told_of_parts(parts), 0
    if after:
        projects = [part.project for part in parts]
        if after[1] not in projects:
            raise BadParameters([("cursor", _("Số liệu đã đổi; hãy bắt đầu lại từ trang đầu."))])
        start = projects.index(after[1]) + 1
    here = parts[start:start + size]
    following = cursor.write([], here[-1].project, bound_to) if len(parts) > start + size else None
    return RowPage(told, part_rows(here, context), following)


def told_of_parts(parts: list[Part]) -> Told:
    return Told(len(parts), sum((part.part_usd for part in parts), ZERO))


def all_rows(asked: OfNumber, context: Context) -> tuple[Told, Iterator[dict]]:
    """Every row of checked parameters, in the order of the pages, some in memory at a time."""
    if asked.in_parts:
        parts = asked.parts()
        return told_of_parts(parts), _chunks(parts, part_rows, context)
    entries = asked.entries()
    keys = list(entries.order_by("-counts_on", "pk").values_list("pk", flat=True))
    return told_of(entries, asked.of), _chunks(keys, partial(entry_rows, of=asked.of), context)


def _chunks(rows: list, load, context: Context) -> Iterator[dict]:
    for start in range(0, len(rows), CHUNK):
        yield from load(rows[start:start + CHUNK], context)
