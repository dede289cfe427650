"""Capital of one country, by the registered investor's and by the ultimate parent's."""

from datetime import date

from registry.models import Country
from registry.models.capital import MEASURES, ZERO
from registry.vocabulary.capital import CountryOf

from .by_project import Summed, sums_by_group
from .groups import group
from .rows import CapitalRow


def capital_of_country(country: Country, *, as_of: date) -> dict[str, CapitalRow]:
    """The row that ``capital_by("country")`` has for this country, under each word of ``CountryOf``; zeros where
    there is nothing. Two queries."""
    groups = {word: group("country", country_of=word) for word in CountryOf.values}
    found = sums_by_group(groups, as_of=as_of)
    return {word: _row(country, rows.get(country.code)) for word, rows in found.items()}


def _row(country: Country, summed: Summed | None) -> CapitalRow:
    sums = summed.measures if summed else dict.fromkeys(MEASURES, ZERO)
    return CapitalRow(key=country.code, name=country.name, name_en=country.name_en or None,
                      projects=summed.projects if summed else 0, **sums)
