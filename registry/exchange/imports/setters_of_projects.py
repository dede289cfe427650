"""What columns of a project set that are like no other's: its zone, its sector, its land."""

from collections.abc import Callable
from dataclasses import dataclass

from registry.models import Sector
from registry.models.rows import relate

from .cells import Row
from .headings import comparable
from .matching import OUTSIDE, NoSuch, NotThisName, Several
from .setters import Ref, Setter


class ZoneOrOutside(Ref):
    """A zone, or none for what stands outside of all."""

    def read(self, row: Row, present):
        if comparable(row.text("zone.name")) in OUTSIDE and not row.text("zone.code"):
            return None
        return super().read(row, present)


@dataclass(frozen=True)
class OneSector(Setter):
    """The sector by version and code, by its code alone, or by its name."""

    find: Callable = None

    def read(self, row: Row, present):
        version = row.text("sector.version")
        at = next((name for name in self.names[1:] if row.text(name)), None)
        if at is None:
            return None
        word = row.text(at)
        try:
            found = self.find(f"{version}-{word}" if version and at != "sector.name" else word)
            self._check_rest(row, at, found, present.sector if present else None)
            return found
        except NoSuch as error:
            row.fail(at, error)
        except Several as several:
            return row.pick(self.attr, several)
        return None

    @staticmethod
    def _check_rest(row: Row, used: str, found: Sector, before: Sector | None) -> None:
        """What else the row says of the sector must be true of it, or of the one that it replaces."""
        for at, attr in (("sector.section", "section"), ("sector.name", "name")):
            if at == used:
                continue
            said = comparable(row.text(at))
            known = {comparable(getattr(each, attr)) for each in (found, before) if each} | {comparable(found.name_en)}
            if said and said not in known and not (at == "sector.name" and said in comparable(found.fia_label)):
                row.fail(at, NotThisName(code=found.code, name=getattr(found, attr), text=row.text(at)))

    def put(self, record, value) -> None:
        relate(record, sector=value)

    def columns(self, value) -> dict:
        return {"sector_id": value and value.pk}


class Area(Setter):
    """The area of land, in hectares or in square metres."""

    def read(self, row: Row, present):
        metres = row.decimal("land_area_m2")
        return row.decimal("land_area_ha") if metres is None else metres / 10_000
