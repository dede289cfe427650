"""A table as the register knew it at a change: the entries that it had, under what projects stood under then."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import orjson
from django.db.models import Case, CharField, Count, Exists, F, FilteredRelation, OuterRef, Q, Sum, Value, When

from registry.models import CapitalEntry, Change, Investor, Register
from registry.models.capital import MEASURES, ZERO, CapitalEntryQuerySet, amount_of
from registry.vocabulary.capital import ADJUSTING, STARTING, Basis, CapitalKind, CountryOf
from registry.vocabulary.money import split
from registry.vocabulary.published import NUMBERS, Asked, FigureKind

from .by_project import BOUGHT
from .by_time import MonthOf
from .flows import COLUMNS
from .groups import TIMES
from .ledger import HUNDRED, adding_up

Numbers = dict[str, int | Decimal]
Rows = dict[str | None, Numbers]

OF_INVESTORS = ("country", "investor")
SHARE_OF = {"investor": 0, "country": 1, "parent_country": 2}


@dataclass(frozen=True)
class Known:
    """What the register had: ``change`` is the last change of an act, ``last_entry`` the key of its last entry then.
    Whether projects are told as they stood at another change is ``stands_at``."""

    change: int
    last_entry: int
    stands_at: int


def known_at(change: int) -> Known:
    """What was known at a change. Entries have their keys in the order in which they were written. Two queries."""
    posted = Change.objects.filter(kind=CapitalEntry.KIND, before__isnull=True, after__isnull=False, seq__lte=change)
    last = posted.order_by("-seq").values_list("after", flat=True).first()
    return Known(change=change, last_entry=last["id"] if last else 0, stands_at=change)


def known_now() -> Known:
    """All that is known. Two queries."""
    head = Register.objects.values_list("head", flat=True).get(pk=1)
    last = CapitalEntry.objects.order_by("-pk").values_list("pk", flat=True).first()
    return Known(change=head, last_entry=last or 0, stands_at=head)


def column_of(asked: Asked) -> str:
    """What of a project the group is."""
    return "parent_country" if asked.by == "country" and asked.country_of == CountryOf.PARENT else asked.by


def rows_of(asked: Asked, known: Known) -> Rows:
    """The numbers of each key of the group. Rows add up. Queries: two to five."""
    if asked.kind == FigureKind.FLOWS:
        return {key: row for key, row in _flows(asked, known).items() if any(row.values())}
    return {key: row for key, row in _capital(asked, known).items()
            if asked.by not in OF_INVESTORS or any(row.values())}


def added_up(asked: Asked, rows: Rows) -> Numbers:
    """The total of all rows, zeros where there are none."""
    return {name: sum((row[name] for row in rows.values()), _nothing(name)) for name in NUMBERS[asked.kind]}


def counted(asked: Asked, known: Known) -> CapitalEntryQuerySet:
    """The entries that a table is made of, each with its project as it stood as ``own``."""
    entries = CapitalEntry.objects.filter(pk__lte=known.last_entry).known_on(asked.known_on)
    return of_scope(asked, known, ranged(asked, entries))


def ranged(asked: Asked, entries: CapitalEntryQuerySet) -> CapitalEntryQuerySet:
    """Those that count by the day, or were decided in the period."""
    if asked.kind == FigureKind.CAPITAL:
        return entries.as_of(asked.last)
    return entries.within(asked.first, asked.last).filter(
        counts_as__in=[kind for kinds in COLUMNS for kind in kinds])


def of_scope(asked: Asked, known: Known, entries: CapitalEntryQuerySet) -> CapitalEntryQuerySet:
    """Those of the projects that were asked for, each project as it stood joined as ``own``."""
    change = known.stands_at
    ended_later = Q(project__as_known__seq_until__isnull=True) | Q(project__as_known__seq_until__gt=change)
    entries = entries.order_by().annotate(own=FilteredRelation(
        "project__as_known", condition=Q(project__as_known__seq_from__lte=change) & ended_later))
    scope = {name: value for name in ("former_province", "registrar") if (value := getattr(asked, name))}
    return entries.filter(own__is_public=True, **{f"own__{name}": value for name, value in scope.items()}
                          ) if scope else entries


def _standing(asked: Asked, known: Known) -> Q:
    """That no reversal, known by then, has undone an entry."""
    undone = CapitalEntry.objects.filter(reverses=OuterRef("pk"), pk__lte=known.last_entry).known_on(asked.known_on)
    return ~Q(kind=CapitalKind.REVERSAL) & ~Exists(
        undone.as_of(asked.last) if asked.kind == FigureKind.CAPITAL else undone)


def key_of(asked: Asked):
    """The expression of an entry's key where it has no buyer."""
    if asked.by in TIMES:
        return Case(When(decided_latest__isnull=False, then=MonthOf(F("counts_on"))), output_field=CharField(null=True))
    return F(f"own__{column_of(asked)}")


def _capital(asked: Asked, known: Known) -> Rows:
    entries = counted(asked, known)
    begun = Q(kind__in=STARTING) & _standing(asked, known)
    if asked.by not in TIMES:
        begun &= Q(own__ended_on__isnull=True) | Q(own__ended_on__gt=asked.last)
    own = entries.exclude(BOUGHT) if asked.by in OF_INVESTORS else entries
    found: Rows = defaultdict(lambda: _empty(asked))
    for key, projects, *amounts in own.values_list(key_of(asked)).annotate(times=Count("pk", filter=begun), **{
            f"total_{name}": Sum(amount_of(name), filter=which, default=ZERO) for name, which in MEASURES.items()}):
        row = found[_time(asked, key)]
        row["projects"] += projects
        for name, amount in zip(MEASURES, amounts, strict=True):
            row[name] += amount
    for key, _entry, _kind, _counts_as, amount, _stands in bought(asked, known, entries):
        found[key]["share_purchase_usd"] += amount
    if asked.basis == Basis.SHARE and asked.by in OF_INVESTORS:
        _by_share(asked, entries, found)
    return found


def _time(asked: Asked, month: str | None) -> str | None:
    return TIMES[asked.by](date.fromisoformat(f"{month}-01")) if asked.by in TIMES and month else month


def _by_share(asked: Asked, entries: CapitalEntryQuerySet, found: Rows) -> None:
    """Give the money of each project to its holders, to the cent, instead of to its lead."""
    measures = [name for name in MEASURES if name != "share_purchase_usd"]
    for row in found.values():
        row.update(dict.fromkeys(measures, ZERO))
    rest = entries.exclude(counts_as=CapitalKind.SHARE_PURCHASE)
    rows = rest.values_list("project_id", "own__shares").annotate(**{
        f"total_{name}": Sum(amount_of(name), filter=MEASURES[name], default=ZERO) for name in measures})
    for _project, shares, *amounts in rows:
        holders = holders_of(asked, shares)
        for name, amount in zip(measures, amounts, strict=True):
            for (key, _share), part in zip(holders, split(amount, [share for _key, share in holders]), strict=True):
                found[key][name] += part


def holders_of(asked: Asked, shares: str | None) -> list[tuple[str | None, Decimal]]:
    """Who holds how much of a project, in percent that add up to 100."""
    place = SHARE_OF[column_of(asked)]
    held = [(holder[place], holder[3] and Decimal(holder[3])) for holder in orjson.loads(shares or "[]")]
    return adding_up(held) if held else [(None, HUNDRED)]


def _flows(asked: Asked, known: Known) -> Rows:
    entries = counted(asked, known)
    own = entries.exclude(BOUGHT) if asked.by in OF_INVESTORS else entries
    found: Rows = defaultdict(lambda: _empty(asked))
    rows = own.values_list(key_of(asked), "counts_as", "kind").annotate(
        total=Sum("amount_usd"), times=Count("pk", filter=_standing(asked, known)))
    bought_too = ((key, counts_as, kind, amount, int(stands))
                  for key, _entry, kind, counts_as, amount, stands in bought(asked, known, entries))
    for key, counts_as, _kind, amount, times in (*rows, *bought_too):
        row = found[key]
        column = flow_column_of(counts_as)
        row[f"{column}_usd"] += amount
        row["total_usd"] += amount
        row[f"{column}_projects" if column == "new" else f"{column}_times"] += times
    return found


def flow_column_of(counts_as: str) -> str:
    """The column of the table of flows into which an entry of this kind goes."""
    return "adjusted" if counts_as in ADJUSTING else "new" if counts_as == CapitalKind.NEW else "share_purchase"


Bought = tuple[str | None, int, str, str, Decimal, bool]


def bought(asked: Asked, known: Known, entries: CapitalEntryQuerySet) -> list[Bought]:
    """What has a buyer, each under the key of the buyer as known then; none in a group that is not of investors."""
    if asked.by not in OF_INVESTORS:
        return []
    stands = Case(When(_standing(asked, known), then=Value(True)), default=Value(False))
    rows = list(entries.filter(BOUGHT).annotate(stands=stands).order_by("pk").values_list(
        "pk", "code", "kind", "counts_as", "amount_usd", "stands", "buyer_id"))
    buyers = _first_after(CapitalEntry.KIND, known.stands_at, (row[1] for row in rows))
    found = [(buyers[code]["buyer_id"] if code in buyers else buyer, *row) for *row, buyer in rows for code in [row[1]]]
    keys = _investor_keys(asked, known.stands_at, {buyer for buyer, *_row in found})
    return [(keys.get(buyer), entry, kind, counts_as, amount, stands)
            for buyer, entry, _code, kind, counts_as, amount, stands in found]


def _first_after(kind: str, change: int, codes: Iterable[str]) -> dict[str, dict]:
    """What the records were before the first change after this one."""
    wanted, found = set(codes), {}
    changes = Change.objects.filter(kind=kind, seq__gt=change, before__isnull=False).order_by("seq")
    for code, before in changes.values_list("code", "before").iterator() if wanted else ():
        if code in wanted:
            found.setdefault(code, before)
    return found


def _investor_keys(asked: Asked, change: int, keys: set[int | None]) -> dict[int, str | None]:
    """The key of each of these investors in the group, as known at a change; also of those that are gone since."""
    column = column_of(asked)
    path = "code" if column == "investor" else f"{column}__code"
    rows = Investor.objects.filter(pk__in=keys) if len(keys) < 1000 else Investor.objects.all()
    found = dict(rows.values_list("pk", path)) if keys else {}
    countries = None
    later = Change.objects.filter(kind=Investor.KIND, seq__gt=change, before__isnull=False).order_by("-seq")
    for before in later.values_list("before", flat=True).iterator() if keys else ():
        if before["id"] in keys:
            if column == "investor":
                found[before["id"]] = before["code"]
            else:
                countries = _codes_of_countries() if countries is None else countries
                found[before["id"]] = countries.get(before[f"{column}_id"])
    return found


def _codes_of_countries() -> dict[int, str]:
    country = Investor._meta.get_field("country").related_model
    return dict(country.objects.values_list("pk", "code"))


def _nothing(name: str) -> int | Decimal:
    return ZERO if name.endswith("_usd") else 0


def _empty(asked: Asked) -> Numbers:
    return {name: _nothing(name) for name in NUMBERS[asked.kind]}
