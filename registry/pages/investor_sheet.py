"""Everything that an investor's page says, read in a fixed number of queries."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from registry.models import CapitalEntry, Country, Engagement, Investor, Opportunity, Statement
from registry.models.investor import InvestorQuerySet
from registry.models.statement import SUBJECTS
from registry.statistics.capital import CapitalRow
from registry.statistics.investor import InvestorCapital, Member, capital_of_investor, group_of_investor
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.investor import INDIVIDUAL

from .cells import Said
from .chart import Bar, year_bars_of
from .day import AskedDay
from .notes import Note, Notes
from .projects_of import MOST, ProjectsOf, in_order
from .some import Some, some
from .stated import StatedLine
from .told import ConflictLine, Told

MOST_STATEMENTS = 200


@dataclass(frozen=True)
class YearLine:
    """One year on both bases: the projects that the investor leads, and its share of all that it holds."""

    lead: Bar
    shared: Bar

    @property
    def label(self) -> str | None:
        return self.lead.label


@dataclass(frozen=True)
class Group:
    """``members`` are the first MOST of ``count``; the sums are of all of them, under their leads. ``top`` is the code
    of the parent of all."""

    members: tuple[Member, ...]
    count: int
    top: str
    countries: list[Country]
    registered_usd: Decimal
    confirmed_usd: Decimal

    @property
    def has_more(self) -> bool:
        return self.count > len(self.members)


@dataclass(frozen=True)
class Purchase:
    """A purchase of shares that no reversal has undone."""

    entry: CapitalEntry
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Sheet:
    """An investor, its capital as of a day. Lists are cut at MOST, and say so. ``zero`` is where bars begin;
    ``missing`` names what is not recorded. ``group`` is None where it has neither parent nor subsidiaries.
    ``rows_query`` leads to the rows behind its capital, and lacks the number and the basis; ``years_query`` to those of
    the projects that it leads, ``shares_query`` to its parts of all that it holds; both lack the number and the
    year."""

    investor: Investor
    rows_query: str
    years_query: str
    shares_query: str
    capital: InvestorCapital
    years: list[YearLine]
    zero: str
    most: CapitalRow | None
    projects: ProjectsOf
    group: Group | None
    purchases: Some
    engagements: Some
    opportunities: Some
    conflicts: list[ConflictLine]
    statements: list[StatedLine]
    more_statements: bool
    notes: Notes
    missing: list[str]

    @property
    def lead(self) -> CapitalRow:
        return self.capital.lead.total

    @property
    def country_conflict(self) -> int | None:
        """The number of the conflict about its country; None where sources do not disagree."""
        return next((each.number for each in self.conflicts if each.first.statement.attribute == "home_country"), None)

    @property
    def cited_name(self) -> Said | None:
        """What a citation calls a natural person; None where the name may be told."""
        return Said(str(INDIVIDUAL)) if self.investor.is_person else None

    @property
    def shared(self) -> CapitalRow:
        return self.capital.shared.total


def with_sheet(investors: InvestorQuerySet) -> InvestorQuerySet:
    """The investors with what their page shows. One query."""
    return investors.select_related("country", "parent_country", "parent__parent")


def sheet_of(investor: Investor, day: AskedDay) -> Sheet:
    """The sheet of an investor from ``with_sheet``. At most fourteen more queries."""
    capital = capital_of_investor(investor, as_of=day.as_of)
    lead, shared = year_bars_of([capital.lead, capital.shared])
    stated = some(Statement.objects.public().filter(investor=investor).select_related("source", *SUBJECTS)
                  .order_by("attribute", "pk"), MOST_STATEMENTS)
    notes = Notes()
    told = Told(stated.rows, notes)
    return Sheet(
        investor=investor, rows_query=day.within(f"by=investor&key={investor.code}"), capital=capital,
        years=[YearLine(*pair) for pair in zip(lead.bars, shared.bars, strict=True)], zero=lead.zero,
        years_query=day.within(f"by=year&lead={investor.code}"),
        shares_query=day.within(f"by=investor&key={investor.code}&basis=share&investor={investor.code}"),
        most=lead.most if lead.most and lead.most.registered_usd else shared.most,
        projects=_projects(investor, capital, day), group=_group(investor, day),
        purchases=_purchases(investor, stated.rows, notes, day),
        engagements=some(Engagement.objects.public().filter(investor=investor).order_by("-code"), MOST),
        opportunities=some(Opportunity.objects.public().filter(investor=investor).order_by("-code"), MOST),
        conflicts=told.conflicts(), statements=told.lines(stated.rows), more_statements=stated.more, notes=notes,
        missing=_missing(investor),
    )


def _purchases(investor: Investor, statements: list[Statement], notes: Notes, day: AskedDay) -> Some:
    entries = CapitalEntry.objects.public().filter(buyer=investor, kind=CapitalKind.SHARE_PURCHASE)
    rows = entries.standing().as_of(day.as_of).select_related("project", "enterprise", "source", "certificate__source")
    found = some(rows.in_ledger_order(), MOST)
    return Some([Purchase(each, notes.of_entry(each, statements)) for each in found.rows], found.more)


def _projects(investor: Investor, capital: InvestorCapital, day: AskedDay) -> ProjectsOf:
    """All in which it has a stake, those with most capital first. One query."""
    return ProjectsOf(projects=in_order(capital.projects[:MOST], day.as_of), count=len(capital.projects), total=None,
                      query=day.within(f"investor={investor.code}"))


def _group(investor: Investor, day: AskedDay) -> Group | None:
    members = group_of_investor(investor, as_of=day.as_of)
    if not members:
        return None
    countries = {each.investor.country.pk: each.investor.country for each in members if each.investor.country}
    return Group(
        members=members[:MOST], count=len(members), countries=list(countries.values()),
        top=next((each.investor.code for each in members if each.investor.known_parent() is None), investor.code),
        registered_usd=sum(each.registered_usd for each in members),
        confirmed_usd=sum(each.confirmed_usd for each in members),
    )


def _missing(investor: Investor) -> list[str]:
    """What the facts list names in one line, because nobody has recorded it."""
    if investor.is_person:
        return [] if investor.country else [str(_("quốc tịch"))]
    recorded = {
        _("tên bản ngữ"): investor.name_native,
        _("nước đăng ký"): investor.country,
        _("công ty mẹ"): investor.known_parent(),
        _("nước của công ty mẹ cao nhất"): investor.parent_country,
    }
    return [str(label) for label, value in recorded.items() if not value]
