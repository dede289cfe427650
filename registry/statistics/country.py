"""Capital of one country, by the registered investor's and by the ultimate parent's."""

from datetime import date

from django.db.models import Count, Q, Sum

from registry.models import CapitalEntry, Country
from registry.models.capital import MEASURES, ZERO, CapitalEntryQuerySet
from registry.vocabulary.capital import CountryOf

from .capital import CapitalRow
from .groups import group, with_lead
from .ledger import still_counting


def capital_of_country(country: Country, *, as_of: date) -> dict[str, CapitalRow]:
    """The row that ``capital_by("country")`` has for this country, under each word of ``CountryOf``; zeros where
    there is nothing. Two queries."""
    entries = _keyed(CapitalEntry.objects.as_of(as_of), country)
    sums = entries.aggregate(**{
        f"{word}_{name}": Sum("amount_usd", filter=which & Q(**{word: country.code}), default=ZERO)
        for word in CountryOf.values for name, which in MEASURES.items()
    })
    starting = still_counting(entries.starting().standing(as_of=as_of), as_of=as_of)
    counts = starting.aggregate(**{
        f"{word}_projects": Count("pk", filter=Q(**{word: country.code})) for word in CountryOf.values
    })
    return {
        word: CapitalRow(
            key=country.code, name=country.name, name_en=country.name_en or None, projects=counts[f"{word}_projects"],
            **{name: sums[f"{word}_{name}"] for name in MEASURES},
        )
        for word in CountryOf.values
    }


def _keyed(entries: CapitalEntryQuerySet, country: Country) -> CapitalEntryQuerySet:
    """The entries that stand under the country in one way or the other, the key of each way annotated."""
    keys = {word: group("country", country_of=word).key for word in CountryOf.values}
    return with_lead(entries).annotate(**keys).filter(Q(*[(word, country.code) for word in keys], _connector=Q.OR))
