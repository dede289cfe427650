"""Capital of one record's projects by group, as its page shows it: the largest groups, the others as one."""

from dataclasses import dataclass
from urllib.parse import urlencode

from registry.statistics.capital import CapitalTable
from registry.statistics.rows import CapitalRow, added_up
from registry.templatetags.register_format import in_its_language
from registry.web.names import called
from registry.web.parameters import NONE

from .addresses import page_of_record
from .chart import Bar, bars_of

MOST_GROUPS = 10


@dataclass(frozen=True)
class GroupLine:
    """One group; ``bar.label`` is None for what has no value, and ``name`` is empty then. ``address`` is its page,
    ``query`` lists the projects."""

    bar: Bar
    name: str
    address: str
    query: str


@dataclass(frozen=True)
class Groups:
    """A table by one group: at most MOST_GROUPS lines and that of no value. ``rest`` sums ``more`` further groups.

    ``query`` is the query of the statistics that give all of them, ``rest_query`` that of the rows behind ``rest``.
    """

    table: CapitalTable
    lines: tuple[GroupLine, ...]
    zero: str
    rest: CapitalRow | None
    more: int
    query: str

    @property
    def rest_query(self) -> str:
        shown = [("but", key or NONE) for line in self.lines for key in line.bar.keys]
        return f"{self.query}&{urlencode(shown)}"


def groups_of(table: CapitalTable, within: str) -> Groups:
    """``within`` is the query that lists the projects of the table. No query."""
    named = [row for row in table.rows if row.key is not None]
    nameless = [row for row in table.rows if row.key is None and (row.projects or row.registered_usd)]
    shown, rest = named[:MOST_GROUPS], named[MOST_GROUPS:]
    bars = bars_of([(row.key, row) for row in (*shown, *nameless)])
    return Groups(
        table=table, lines=tuple(_line(bar, table.by, within) for bar in bars.bars), zero=bars.zero,
        rest=added_up(rest) if rest else None, more=len(rest), query=f"by={table.by}&{within}",
    )


def _line(bar: Bar, by: str, within: str) -> GroupLine:
    """What the register does not name in public leads nowhere."""
    if bar.label is None:
        return GroupLine(bar, name="", address="", query="")
    is_named = bar.row.name != bar.row.key
    address, query = (page_of_record(by, bar.label), f"{within}&{by}={bar.label}") if is_named else ("", "")
    return GroupLine(bar, name=in_its_language(*called(bar.row, by)), address=address, query=query)
