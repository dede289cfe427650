"""Capital of one country, by the registered investor's and by the ultimate parent's."""

from datetime import date

from registry.models import Country
from registry.vocabulary.capital import CountryOf

from .by_project import sums_by_group
from .capital import NOTHING, row_of
from .groups import group
from .rows import CapitalRow


def capital_of_country(country: Country, *, as_of: date) -> dict[str, CapitalRow]:
    """The row that ``capital_by("country")`` has for this country, under each word of ``CountryOf``; zeros where
    there is nothing. Two queries."""
    groups = {word: group("country", country_of=word) for word in CountryOf.values}
    found = sums_by_group(groups, as_of=as_of)
    names = country.name, country.name_en or None
    return {word: row_of(country.code, names, rows.get(country.code, NOTHING)) for word, rows in found.items()}
