"""Everything that a country's page says, read in a fixed number of queries."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registry.models import Country, Investor, Project, Stake, Statement
from registry.models.statement import SUBJECTS
from registry.statistics.capital import CapitalRow
from registry.statistics.country import capital_of_country
from registry.statistics.coverage import Stated, coverage
from registry.templatetags.register_format import name_here
from registry.vocabulary.capital import CountryOf
from registry.vocabulary.publication import Publication
from registry.vocabulary.statement import SubjectKind

from .day import AskedDay
from .notes import Note, Notes
from .projects_of import ProjectsOf, projects_of
from .stated import StatedLine, Value, country_codes, valued
from .told import ConflictLine, Told, names_of

MOST_INVESTORS = 25
MOST_STATEMENTS = 200

IN_PROVINCE = "_in_province"


@dataclass(frozen=True)
class CoverageLine:
    """A stated figure beside the register's own. ``scope``: what the source speaks of; ``reason``: why they differ."""

    stated: Stated
    told: Value
    held: Value
    scope: str
    reason: str
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class CapitalLine:
    """The country's capital by one way of telling an investor's country; ``query`` lists its projects, ``rows_query``
    leads to the rows behind its numbers."""

    label: str
    row: CapitalRow
    query: str
    rows_query: str


@dataclass(frozen=True)
class InvestorLine:
    """An investor that is the country's by registration, by its ultimate parent, or both."""

    investor: Investor
    by_registration: bool
    by_parent: bool
    projects: int


@dataclass(frozen=True)
class Sheet:
    """A country, its capital as of a day. ``projects`` are those whose lead is registered there. Lists are cut at
    their MOST, and ``more_…`` says so. ``statements`` are about the country itself, ``homes`` name it as an investor's
    country."""

    country: Country
    coverage: list[CoverageLine]
    capital: list[CapitalLine]
    investors: list[InvestorLine]
    more_investors: bool
    projects: ProjectsOf
    conflicts: list[ConflictLine]
    statements: list[StatedLine]
    homes: list[StatedLine]
    more_statements: bool
    notes: Notes

    @property
    def registered(self) -> CapitalRow:
        return self.capital[0].row

    @property
    def is_empty(self) -> bool:
        return not (self.coverage or self.investors or self.projects.count or self.statements or self.homes
                    or any(line.row.projects or line.row.registered_usd or line.row.share_purchase_usd
                           for line in self.capital))


def sheet_of(country: Country, day: AskedDay) -> Sheet:
    """At most twelve queries."""
    stated, more_statements = _statements(country)
    investors = _investors(country)
    notes = Notes()
    told = Told(stated, notes, names_of(each for each in investors if each.is_person))
    figures = coverage(today=day.today, until=day.as_of if day.is_other else None,
                       about=Q(subject_kind=SubjectKind.COUNTRY, country=country))
    covered = [_coverage_line(each, country, notes) for each in figures]
    rows = Project.objects.public().led_from([country.code])
    return Sheet(
        country=country, coverage=covered, capital=_capital(country, day),
        investors=[_investor_line(each, country) for each in investors[:MOST_INVESTORS]],
        more_investors=len(investors) > MOST_INVESTORS,
        projects=projects_of(rows, day.within(f"country={country.code}"), day.as_of), conflicts=told.conflicts(),
        statements=told.lines(each for each in stated if each.country_id == country.pk),
        homes=told.lines(each for each in stated if each.country_id != country.pk),
        more_statements=more_statements, notes=notes,
    )


def _statements(country: Country) -> tuple[list[Statement], bool]:
    """What public sources say about the country, and where they name it as an investor's; and whether there is more."""
    code = country.code
    named = Q(attribute="home_country") & (
        Q(value=code) | Q(value__startswith=f"{code}; ") | Q(value__contains=f"; {code}")
    )
    rows = Statement.objects.public().filter(Q(country=country) | named).select_related("source", *SUBJECTS)
    found = list(rows.order_by("pk")[:MOST_STATEMENTS + 1])
    # SQLite's LIKE takes "us" for "US".
    shown = [each for each in found[:MOST_STATEMENTS] if each.country_id == country.pk or code in country_codes([each])]
    return shown, len(found) > MOST_STATEMENTS


def _investors(country: Country) -> list[Investor]:
    """Its investors, by registration or by parent, those with most projects first; one more than are shown."""
    # A join and not project__in: the list of published projects would be read for each investor.
    held = Stake.objects.current().filter(investor=OuterRef("pk"), project__publication=Publication.PUBLISHED)
    count = held.order_by().values("investor").annotate(count=Count("pk")).values("count")
    rows = Investor.objects.public().filter(Q(country=country) | Q(parent_country=country))
    return list(rows.annotate(held=Coalesce(Subquery(count), 0))
                .order_by("-held", "name_sort", "pk")[:MOST_INVESTORS + 1])


def _investor_line(investor: Investor, country: Country) -> InvestorLine:
    return InvestorLine(investor=investor, by_registration=investor.country_id == country.pk,
                        by_parent=investor.parent_country_id == country.pk, projects=investor.held)


def _capital(country: Country, day: AskedDay) -> list[CapitalLine]:
    rows = capital_of_country(country, as_of=day.as_of)
    return [
        CapitalLine(str(CountryOf(word).label), rows[word], day.within(f"{name}={country.code}"),
                    day.within(f"by=country&key={country.code}&country_of={word}"))
        for word, name in ((CountryOf.REGISTRATION, "country"), (CountryOf.PARENT, "parent_country"))
    ]


def _coverage_line(stated: Stated, country: Country, notes: Notes) -> CoverageLine:
    statement = stated.statement
    vietnamese, english = stated.reason
    return CoverageLine(
        stated=stated, told=valued(statement.value, statement.unit), held=valued(str(stated.computed), stated.unit),
        scope=_scope(statement, country), reason=vietnamese if get_language() == "vi" else english or vietnamese,
        notes=notes.of_statement(statement),
    )


def _scope(statement: Statement, country: Country) -> str:
    """What a figure about a country speaks of: in the province, or where the source does not say."""
    if statement.attribute.endswith(IN_PROVINCE):
        return _("Đầu tư từ %(country)s tại tỉnh, theo địa giới khi nguồn công bố") % {"country": name_here(country)}
    return _("Đầu tư từ %(country)s; nguồn không nói rõ tại tỉnh hay cả nước") % {"country": name_here(country)}
