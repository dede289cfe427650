"""Capital of one country, by the registered investor's and by the ultimate parent's."""

from datetime import date

from django.db.models import Q

from registry.models import CapitalEntry, Country, Investor, Stake
from registry.models.capital import MEASURES, ZERO
from registry.vocabulary.capital import CountryOf

from .by_project import Summed, sums_by_project
from .groups import group
from .rows import CapitalRow


def capital_of_country(country: Country, *, as_of: date) -> dict[str, CapitalRow]:
    """The row that ``capital_by("country")`` has for this country, under each word of ``CountryOf``; zeros where
    there is nothing. Three queries."""
    own = Investor.objects.filter(Q(country=country) | Q(parent_country=country)).values("pk")
    led = Stake.objects.current().filter(lead=True, investor__in=own).values("project")
    entries = CapitalEntry.objects.as_of(as_of).filter(Q(project__in=led) | Q(buyer__in=own))
    groups = {word: group("country", country_of=word) for word in CountryOf.values}
    found = sums_by_project(entries, groups, as_of=as_of, known_on=None)
    return {word: _row(country, rows.get(country.code)) for word, rows in found.items()}


def _row(country: Country, summed: Summed | None) -> CapitalRow:
    """Of what else was read, a purchase of the country's in a project of another, it has its part alone."""
    sums = summed.measures if summed else dict.fromkeys(MEASURES, ZERO)
    return CapitalRow(key=country.code, name=country.name, name_en=country.name_en or None,
                      projects=summed.projects if summed else 0, **sums)
