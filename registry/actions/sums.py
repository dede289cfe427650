"""The sums beside the ledger: an act that touched what they are made of writes them before it ends.

What a project had added to the months is taken out and what it adds now is put in, so that one certificate costs a few
rows and not a reading of the ledger.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db import connection

from registry.models import AdministrativeUnit, CapitalEntry, Investor, Project, Sector, Stake, Zone
from registry.models.rows import in_chunks
from registry.models.sums import ADDED, CapitalAdded, CapitalKnown, CapitalMonth, CapitalSum
from registry.statistics.contribution import (
    COLUMNS,
    PLACE,
    PLACE_KNOWN,
    Own,
    Sums,
    kept,
    made,
    rows_known,
    rows_of,
    spread,
)
from registry.vocabulary.publication import Publication

# By these columns of a record the sums are made; what else changes leaves them as they are.
MADE_OF = {
    Project.KIND: ("publication", "form", "status", "registrar_id", "zone_id", "sector_id", "place_id", "ended_latest",
                   "stakes"),
    CapitalEntry.KIND: ("buyer_id",),
    Investor.KIND: ("country_id", "parent_country_id"),
    Zone.KIND: ("former_province",),
    AdministrativeUnit.KIND: ("former_province",),
    Sector.KIND: ("vsic_version", "section"),
}


class Touched:
    """The projects, and the purchases without one, of which an act has changed what the sums are made of."""

    def __init__(self):
        self._owners: set[int] = set()
        self._others: dict[str, set[int]] = defaultdict(set)

    def note(self, kind: str, before: Mapping | None, after: Mapping | None) -> None:
        """Take a change of a record; its states as the log keeps them."""
        columns = MADE_OF.get(kind)
        if not columns:
            return
        if after is None:  # nothing else that is deleted has projects or entries left
            if kind == Project.KIND and before is not None:
                self._owners.add(before["id"])
            return
        if before is not None and all(before.get(name) == after.get(name) for name in columns):
            return
        if kind == Project.KIND:
            if before is not None or after["publication"] == Publication.PUBLISHED:  # a new draft has no sums
                self._owners.add(after["id"])
        elif kind == CapitalEntry.KIND:
            self._owners.add(after["project_id"] or -after["id"])
        elif before is not None:
            self._others[kind].add(after["id"])

    def owners(self) -> list[int]:
        """In their order. Two queries for five hundred investors that were touched, one for each other noun."""
        found = set(self._owners)
        for some in in_chunks(self._others[Investor.KIND]):
            held = Stake.objects.current().filter(investor__in=some)
            found.update(held.values_list("project_id", flat=True))
            bought = CapitalEntry.objects.filter(buyer__in=some).values_list("project_id", "pk")
            found.update(project or -key for project, key in bought)
        for column, kind in (("zone", Zone.KIND), ("place", AdministrativeUnit.KIND), ("sector", Sector.KIND)):
            for some in in_chunks(self._others[kind]):
                found.update(Project.objects.filter(**{f"{column}__in": some}).values_list("pk", flat=True))
        return sorted(found)


def keep_sums(owners: Iterable[int]) -> None:
    """Bring the sums of these owners up to the ledger. At most twelve queries for every five hundred of them."""
    moved: Sums = defaultdict(dict)
    for some in in_chunks(owners):
        was, now = kept(some), made(some)
        differ = [owner for owner in some if was.get(owner) != now.get(owner)]
        for owner in differ:
            for row, sign in ((was.get(owner), -1), (now.get(owner), 1)):
                if row:
                    spread(row, sign, moved)
        _delete([owner for owner in differ if owner in was])
        _insert([now[owner] for owner in differ if owner in now])
    _add(CapitalMonth, PLACE, rows_of(moved))
    _add(CapitalKnown, PLACE_KNOWN, rows_known(moved))


def make_sums_anew() -> None:
    """All of them from the ledger alone: for a register that was filled without acts."""
    CapitalSum.objects.all().delete()
    CapitalAdded.objects.all().delete()
    CapitalMonth.objects.all().delete()
    CapitalKnown.objects.all().delete()
    keep_sums(all_owners())


def all_owners() -> list[int]:
    """Every project, and every purchase without one."""
    alone = CapitalEntry.objects.filter(project=None).values_list("pk", flat=True)
    return [*(-key for key in alone), *Project.objects.order_by("pk").values_list("pk", flat=True)]


def _delete(owners: list[int]) -> None:
    if owners:
        CapitalSum.objects.filter(owner__in=owners).delete()
        CapitalAdded.objects.filter(owner__in=owners).delete()


def _insert(rows: list[Own]) -> None:
    _write(f"INSERT INTO {CapitalSum._meta.db_table} ({', '.join(COLUMNS)}) VALUES ({_places(COLUMNS)})",
           [row[:-1] for row in rows])
    _write(f"INSERT INTO {CapitalAdded._meta.db_table} (owner, months) VALUES (%s, %s)",
           [(row.owner, row.months) for row in rows])


def _add(model: type[CapitalMonth | CapitalKnown], place: tuple[str, ...], rows: Iterable[tuple]) -> None:
    """Add to the rows of the months, and make those that are not there."""
    table, columns = model._meta.db_table, (*place, *ADDED)
    added = ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in ADDED)
    _write(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({_places(columns)}) "
           f"ON CONFLICT ({', '.join(place)}) DO UPDATE SET {added}", list(rows))


def _places(columns) -> str:
    return ", ".join(["%s"] * len(columns))


def _write(statement: str, rows: list[tuple]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)
