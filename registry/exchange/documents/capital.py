"""The sums of projects' capital, as a document tells them."""

from datetime import date

from django.db.models import Sum

from registry.models import CapitalEntry, CapitalSum, Statement
from registry.models.asked import Among, asked
from registry.models.capital import MEASURES
from registry.vocabulary.money import hundredths_written

INTENDED = "intended_usd"
CAPITAL = ("registered_usd", "confirmed_usd", INTENDED, "realised_usd", "share_purchase_usd")
NOTHING = "0.00"


@asked
def kept_sums(as_of: date):
    return CapitalSum.objects.as_of(as_of).filter(Among("owner")).values_list("owner", *MEASURES)


@asked
def ledger_sums(as_of: date, known_on: date | None):
    entries = CapitalEntry.objects.filter(Among("project")).as_of(as_of).known_on(known_on)
    return entries.order_by().values("project").with_measures().values_list("project", *MEASURES)


@asked
def intended_sums(as_of: date, known_on: date | None):
    plans = Statement.objects.filter(Among("project")).intended(as_of=as_of, known_on=known_on)
    return plans.order_by().values("project").annotate(total=Sum("amount_usd")).values_list("project", "total")


def capital_of(projects: list[int], *, as_of: date, known_on: date | None) -> dict[int, dict[str, str]]:
    """Each sum of each project: what is kept of it, else what its ledger says. Two queries, a third where the ledger is
    asked."""
    kept = {} if known_on else {key: map(hundredths_written, sums) for key, *sums in kept_sums(projects, as_of)}
    others = [key for key in projects if key not in kept]
    kept |= {key: map(str, sums) for key, *sums in ledger_sums(others, as_of, known_on)} if others else {}
    intended = {key: str(sum_) for key, sum_ in intended_sums(projects, as_of, known_on)}
    none = (NOTHING,) * len(MEASURES)
    found = {}
    for key in projects:
        registered, confirmed, realised, purchased = kept.get(key, none)
        sums = (registered, confirmed, intended.get(key, NOTHING), realised, purchased)
        found[key] = dict(zip(CAPITAL, sums, strict=True))
    return found
