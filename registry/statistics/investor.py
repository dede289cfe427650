"""Capital of one investor over time: of the projects that it leads, and by its share in all that it holds."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Case, Count, F, When
from django.db.models.functions import ExtractYear

from registry.models import CapitalEntry, Investor, Stake
from registry.models.capital import ZERO
from registry.vocabulary.money import split
from registry.vocabulary.publication import Publication

from .capital import CapitalTable
from .groups import with_lead
from .ledger import adding_up
from .rows import CapitalRow, added_up

MEASURES = ("registered_usd", "confirmed_usd")
Sums = dict[str | None, dict[str, Decimal]]

# The year of decision; null where nobody stated the day.
YEAR = ExtractYear(Case(When(decided_latest__isnull=False, then=F("counts_on"))))


@dataclass(frozen=True)
class InvestorCapital:
    """Registered capital of an investor's published projects by year of decision, on two bases.

    ``lead``: all capital of the projects whose lead it is; ``shared``: its part of every project in which it has a
    stake, to the cent, so that the rows add up to what the statistics by share have for it. Of the measures only
    registered capital and its confirmed part are summed. ``projects`` are the keys of all that it holds, those with
    most capital first; ``led`` counts those that it leads.
    """

    lead: CapitalTable
    shared: CapitalTable
    projects: tuple[int, ...]
    led: int

    @property
    def bases_agree(self) -> bool:
        """Whether both bases give the same amounts in every year."""
        one, other = ({row.key: row.registered_usd for row in table.rows if row.registered_usd}
                      for table in (self.lead, self.shared))
        return one == other


def capital_of_investor(investor: Investor, *, as_of: date) -> InvestorCapital:
    """Empty tables where it holds nothing. Two queries."""
    holders = _holders(investor)
    held = {project: _years(rows) for project, rows in _sums(investor, as_of).items()}
    lead: Sums = defaultdict(lambda: defaultdict(lambda: ZERO))
    shared: Sums = defaultdict(lambda: defaultdict(lambda: ZERO))
    led = {project for project, stakes in holders.items()
           if any(holder == investor.pk and is_lead for holder, _share, is_lead in stakes)}
    for project, years in held.items():
        shares = adding_up([(key, share) for key, share, _lead in holders[project]])
        for measure in MEASURES:
            for year, amount, part in _parts(years, measure, shares, investor.pk):
                shared[year][measure] += part
                if project in led:
                    lead[year][measure] += amount
    total = {project: sum((row["registered_usd"] for _year, row in held.get(project, ())), ZERO) for project in holders}
    return InvestorCapital(
        lead=_table(lead, as_of), shared=_table(shared, as_of),
        projects=tuple(sorted(holders, key=lambda project: (-total[project], project))), led=len(led),
    )


def _holders(investor: Investor) -> dict[int, list[tuple[int, Decimal | None, bool]]]:
    """Who holds how much of each of its published projects, and whether as lead."""
    own = Stake.objects.current().filter(investor=investor, project__publication=Publication.PUBLISHED)
    held = Stake.objects.current().filter(project__in=own.values("project"))
    found = defaultdict(list)
    for project, *stake in held.order_by("project", "position").values_list(
        "project", "investor", "share_percent", "lead"
    ):
        found[project].append(tuple(stake))
    return found


def _sums(investor: Investor, as_of: date) -> dict[int, list[dict]]:
    own = Stake.objects.current().filter(investor=investor, project__publication=Publication.PUBLISHED)
    entries = CapitalEntry.objects.as_of(as_of).filter(project__in=own.values("project"))
    found = defaultdict(list)
    for row in entries.order_by().values("project", year=YEAR).with_measures():
        found[row["project"]].append(row)
    return found


def _years(rows: list[dict]) -> list[tuple[str | None, dict]]:
    """In their order, what has no day last."""
    ordered = sorted(rows, key=lambda row: (row["year"] is None, row["year"] or 0))
    return [(row["year"] and str(row["year"]), row) for row in ordered]


def _table(sums: Sums, as_of: date) -> CapitalTable:
    zeros = dict.fromkeys(("realised_usd", "share_purchase_usd"), ZERO)
    rows = [CapitalRow(key=year, name=year, name_en=year, projects=0, **zeros, **measures)
            for year, measures in sorted(sums.items(), key=lambda each: (each[0] is None, each[0] or ""))]
    return CapitalTable(by="year", as_of=as_of, known_on=None, rows=tuple(rows), total=added_up(rows))


def _parts(
    years: list[tuple[str | None, dict]], measure: str, shares: list[tuple[int | None, Decimal]], key: int
) -> Iterator[tuple[str | None, Decimal, Decimal]]:
    """Each year with its amount and this holder's part of it. The sum up to each year is split, not the year's own
    amount: so the parts add up to the holder's part of the whole, to the cent."""
    places = [place for place, (holder, _share) in enumerate(shares) if holder == key]
    so_far = part_so_far = ZERO
    for year, row in years:
        so_far += row[measure]
        parts = [so_far] if len(shares) == 1 else split(so_far, [share for _holder, share in shares])
        part = sum((parts[place] for place in places), ZERO)
        yield year, row[measure], part - part_so_far
        part_so_far = part


@dataclass(frozen=True)
class Member:
    """An organisation of a group: how many published projects it holds, and what those that it leads have registered.
    Unit: US dollars, two places; ``confirmed_usd`` is the part that rests on a certificate or a decision."""

    investor: Investor
    projects: int
    registered_usd: Decimal
    confirmed_usd: Decimal


def group_of_investor(investor: Investor, *, as_of: date) -> tuple[Member, ...]:
    """The public organisations of its group, itself too, those with most capital first; a project has one lead, so
    they add up. Empty where it has neither parent nor subsidiaries. One query, two more where there is a group."""
    members = list(Investor.objects.public().of_group(investor).select_related("country", "parent")
                   .order_by("name_sort", "pk"))
    if investor.is_person or len(members) < 2:
        return ()
    keys = [each.pk for each in members]
    stakes = Stake.objects.current().filter(investor__in=keys, project__publication=Publication.PUBLISHED)
    counts = dict(stakes.order_by().values_list("investor").annotate(Count("pk")))
    entries = with_lead(CapitalEntry.objects.as_of(as_of)).filter(lead__investor__in=keys).order_by()
    sums = {row["holder"]: row for row in entries.values(holder=F("lead__investor")).with_measures()}
    found = [
        Member(investor=each, projects=counts.get(each.pk, 0),
               **{name: sums.get(each.pk, {}).get(name, ZERO) for name in MEASURES})
        for each in members
    ]
    return tuple(sorted(found, key=lambda each: -each.registered_usd))
