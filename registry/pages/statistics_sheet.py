"""A table of capital as the page of statistics shows it: the finding, the lines with their bars, where each leads."""

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from registry.statistics.capital import CapitalTable
from registry.statistics.groups import TIMES
from registry.statistics.rows import CapitalRow, added_up
from registry.templatetags.register_format import in_its_language, sentence, vague_day
from registry.vocabulary.capital import CountryOf
from registry.vocabulary.group import GROUP_NAMES
from registry.vocabulary.period import read_day
from registry.vocabulary.vsic import is_converted
from registry.web.names import called
from registry.web.parameters import NONE
from registry.web.statistics_filters import FORMER

from .chart import Bar, Step, bars_of, steps_of
from .statistics_asked import AskedStatistics

# So many lines of a table stand on the page of all tables; the others are one line there.
MOST_LINES = 15
MOST_LINES_OF = {"investor": 10}
HUNDRED = Decimal(100)

NOUNS = GROUP_NAMES
# Groups whose keys a reader knows, and meets in files.
KNOWN_KEYS = ("country", "sector", "section", "place", "investor", "registrar")
# By what the list of projects filters a group, and what it misses where there is no value. Periods of decision have no
# filter: one project has entries in several.
FILTERS = {
    "sector": "sector", "section": "sector", "zone": "zone", "place": "place", "form": "form", "status": "status",
    "investor": "investor", "registrar": "registrar", "former_province": "former_province",
}
MISSING = {"section": "sector", "investor": "investors"}

Shown = tuple[str | None, CapitalRow | None]


@dataclass(frozen=True)
class Finding:
    """What a table says first. ``kind``: "most" (``name`` has the most), "missing" (more has no value than any group
    has), "none" (no registered capital). ``percent`` of the total is None where a share would say nothing."""

    kind: str
    name: str = ""
    amount_usd: Decimal = Decimal(0)
    percent: Decimal | None = None


@dataclass(frozen=True)
class Line:
    """One line. ``name`` is empty for what has no value; ``query`` leads to the projects, empty where no filter finds
    them; ``rows_query`` to the rows behind its numbers, each of which adds its name; ``rest`` says how many groups this
    line sums, 0 for one group; ``steps`` draw a line of time. ``is_left_over``: a section that the version asked for
    does not have."""

    bar: Bar
    rows_query: str
    name: str = ""
    code: str = ""
    query: str = ""
    rest: int = 0
    steps: tuple[Step, ...] = ()
    is_left_over: bool = False


@dataclass(frozen=True)
class Sheet:
    """One table. ``query`` is that of its own address, where no line is left out; ``cited_query`` the one that gives
    these figures again on any later day; ``rows_query`` leads to the rows behind the total. ``is_whole``: it stands at
    its own address."""

    table: CapitalTable
    noun: str
    finding: Finding
    lines: tuple[Line, ...]
    zero: str
    query: str
    cited_query: str
    rows_query: str
    is_whole: bool

    @property
    def is_of_time(self) -> bool:
        return self.table.by in TIMES

    @property
    def is_short(self) -> bool:
        """Whether some groups are summed in one line."""
        return any(line.rest for line in self.lines)


def sheet_of(table: CapitalTable, asked: AskedStatistics, *, whole: bool) -> Sheet:
    """``whole``: with every line, else those that the page of all tables has. No query."""
    most = None if whole else MOST_LINES_OF.get(table.by, MOST_LINES)
    shown, rest = _within(table, most)
    bars = bars_of(shown)
    lines, zero = [_line(bar, table.by, asked) for bar in bars.bars], bars.zero
    if table.by in TIMES:
        drawn, zero = steps_of([row for _key, row in shown])
        lines = [replace(line, steps=steps) for line, steps in zip(lines, drawn, strict=True)]
    others = asked.rows_query(table.by, but=[key for key, _row in shown]) if rest else ""
    if rest and table.by in TIMES:
        lines.insert(0, _sum_of(rest, others, name=f"{rest[0].key}–{rest[-1].key}"))
    elif rest:
        lines.insert(most, _sum_of(rest, others))
    days = {"as_of": table.as_of.isoformat(), "known_on": (table.known_on or asked.found.today).isoformat()}
    return Sheet(
        table=table, noun=NOUNS[table.by], finding=_finding(table), lines=tuple(lines), zero=zero,
        query=asked.query_with(by=table.by), cited_query=asked.query_with(by=table.by, **days),
        rows_query=asked.rows_query(table.by), is_whole=whole,
    )


def _within(table: CapitalTable, most: int | None) -> tuple[list[Shown], list[CapitalRow]]:
    """The rows to show with their keys, and those to be summed. Years stand without gaps, and of them the last ones."""
    named = [row for row in table.rows if row.key is not None]
    missing = [(None, row) for row in table.rows if row.key is None]
    if table.by == "year" and named:
        first, last = int(named[0].key), int(named[-1].key)
        begin = first if most is None else max(first, last - most + 1)
        rows = {int(row.key): row for row in named}
        years = [(str(year), rows.get(year)) for year in range(begin, last + 1)]
        return [*years, *missing], [row for row in named if int(row.key) < begin]
    pairs = [(row.key, row) for row in named]
    return [*pairs[:most], *missing], named[len(pairs[:most]):]


def _sum_of(rows: list[CapitalRow], rows_query: str, name: str = "") -> Line:
    return Line(bar=Bar(label=None, row=added_up(rows, kind=type(rows[0]))), rows_query=rows_query, name=name,
                rest=len(rows))


def _line(bar: Bar, by: str, asked: AskedStatistics) -> Line:
    rows_query = asked.rows_query(by, key=bar.label)
    if bar.label is None:
        return Line(bar=bar, rows_query=rows_query, query=_missing_query(by, asked))
    if by in TIMES:
        return Line(bar=bar, rows_query=rows_query, name=time_name(bar.label))
    row, vsic = bar.row, asked.found.vsic_asked() if by == "section" else ""
    is_filter = row.name != row.key and not vsic
    return Line(
        bar=bar, rows_query=rows_query, name=_name_of(row, by), code=row.key if by in KNOWN_KEYS else "",
        query=asked.projects_query(_filter_of(by, asked), row.key) if is_filter else "",
        is_left_over=bool(vsic) and not is_converted(vsic, row.key),
    )


def _name_of(row: CapitalRow, by: str) -> str:
    """A group's name with a capital, marked where its language is not the page's."""
    name, language = called(row, by)
    return in_its_language(sentence(name), language)


def time_name(key: str) -> str:
    """"2023", "quý II/2023", "tháng 5/2023"."""
    return key if len(key) == 4 else sentence(vague_day(read_day(key)))


def _filter_of(by: str, asked: AskedStatistics) -> str:
    if by == "country":
        return "country" if asked.found.country_asked() == CountryOf.REGISTRATION else "parent_country"
    return FILTERS[by]


def _missing_query(by: str, asked: AskedStatistics) -> str:
    if by in TIMES or by == "status":
        return ""
    if by == FORMER:
        return asked.projects_query(by, NONE)
    return asked.projects_query("missing", MISSING.get(by) or _filter_of(by, asked))


def _finding(table: CapitalTable) -> Finding:
    most = max((row for row in table.rows if row.key is not None and row.registered_usd > 0), default=None,
               key=lambda row: row.registered_usd)
    missing = next((row for row in table.rows if row.key is None and row.registered_usd > 0), None)
    if missing and (most is None or table.by not in TIMES and missing.registered_usd > most.registered_usd):
        return Finding("missing", amount_usd=missing.registered_usd, percent=_percent(missing, table.total))
    if most is None:
        return Finding("none")
    if table.by in TIMES:
        name = most.key if table.by == "year" else time_name(most.key)
        return Finding("most", name=name, amount_usd=most.registered_usd)
    return Finding("most", name=_name_of(most, table.by), amount_usd=most.registered_usd,
                   percent=_percent(most, table.total))


def _percent(row: CapitalRow, total: CapitalRow) -> Decimal | None:
    """The share of registered capital in whole percents; what is not all is never 100, what is something never 0."""
    if not 0 < row.registered_usd <= total.registered_usd:
        return None
    if row.registered_usd == total.registered_usd:
        return HUNDRED
    share = (row.registered_usd / total.registered_usd * HUNDRED).quantize(Decimal(1), ROUND_HALF_UP)
    return min(max(share, Decimal(1)), HUNDRED - 1)
