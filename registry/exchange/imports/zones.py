"""Zones, and what is observed about them, as tables."""

from functools import cached_property
from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from registry.actions.zone import observation_rules_broken
from registry.models import AdministrativeUnit, Source, Zone, ZoneObservation
from registry.vocabulary.batch import Fate
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.statement import Qualifier
from registry.vocabulary.zone import OBSERVATION_UNIT, PERCENT, FormerProvince, ObservationKind, Province, ZoneKind

from .cells import Missing, Row, as_decimal, as_percent
from .headings import comparable
from .holders import parted
from .matching import NoSuch
from .present import NEW, Present
from .repeats import Repeats, waiting
from .setters import Plain, Setter, decimal, ref, stated, text, whole, word
from .table import Table, shown
from .words import NotInList, spellings

PERCENT_BELOW_ONE = _("Tỷ lệ dưới 1 %. Nếu ô của Excel ở dạng phần trăm, hãy đổi sang dạng số và ghi 87 thay cho 0,87.")
# What a row says again of an observation.
OBSERVATION_KEY = ("zone_id", "place_id", "attribute", "value", "observed_earliest", "observed_latest")


class Zones(Table):
    """A new zone brings its own code, which its address keeps."""

    name = "zones"
    model = Zone
    required = ("code", "name", "kind")
    related = ("parent",)
    own = frozenset({"communes.code", "sources.code"})
    extra = {"stt": "STT"}
    also = {"name": ("tên khu", "tên KCN", "khu công nghiệp"), "kind": ("loại khu",), "stt": ("TT",)}

    @cached_property
    def setters(self) -> tuple[Setter, ...]:
        register = self.register
        return (
            text("name"), text("name_en"), word("kind", ZoneKind, ""),
            ref("parent", lambda word_: register.zones.one(word_, Zone._meta.verbose_name), "parent"),
            word("province", Province, Province.BAC_NINH.value), word("former_province", FormerProvince),
            text("developer"), whole("established_year"), decimal("area_ha"), decimal("leasable_ha"),
            text("communes_before"), Plain(("position.latitude",), "latitude", _degrees, None),
            Plain(("position.longitude",), "longitude", _degrees, None), text("position.basis", "position_basis"),
            text("investment"), text("summary"), text("contact"),
        )

    def find(self, rows: list[Row]) -> None:
        """A code that nobody has is the code of a new zone."""
        super().find(rows)
        for row in rows:
            if row.index not in self.targets and row.problems and row.problems[-1].code == "unknown-code":
                row.problems.pop()

    def plan(self, row: Row):
        if row.problems or row.index in self.targets:
            return super().plan(row)
        return self._make(row)

    def complete(self, row: Row, zone: Zone) -> dict:
        zone.code = row.needed("code")
        related = {
            "communes": self._all(row, "communes.code", self.register.places, AdministrativeUnit),
            "sources": self._all(row, "sources.code", self.register.sources, Source),
        }
        return {"makes": (zone,), "related": related}

    def _refuse_computed(self, row: Row, present: Present) -> None:
        """Of a new zone the names of communes and sources follow from their codes, and so does "approximate"."""
        if present.documents is not NEW:
            super()._refuse_computed(row, present)

    @staticmethod
    def _all(row: Row, name: str, records, model) -> list:
        found = []
        for code in parted(row, name):
            if record := records.code(code):
                found.append(record)
            else:
                row.fail(name, NoSuch(noun=model._meta.verbose_name, text=code))
        return found


class ZoneOrPlace(RuleBroken):
    code = "zone-or-place"
    message = _("Mỗi dòng là số liệu của một khu công nghiệp hoặc của một địa bàn: hãy ghi một trong hai.")


def _observed(name: str) -> Plain:
    """A number; of what is observed in percent with its sign too."""
    def read(row: Row, column: str):
        said = comparable(row.text("attribute"))
        in_percent = any(said in spellings(kind) for kind, unit in OBSERVATION_UNIT.items() if unit == PERCENT)
        return row.read(column, as_percent if in_percent else as_decimal, row.heading.plain)

    return Plain((name,), name, read, None)


class Observations(Table):
    """What was observed; a new row waits in the batch until it is published, and rests on the file without a source of
    its own."""

    name = "zone-observations"
    model = ZoneObservation
    required = ("attribute", "value")
    related = ("zone", "place", "source")
    own = frozenset({"unit"})
    extra = {"stt": "STT", "date": _("ngày")}
    also = {"zone.name": ("KCN", "khu công nghiệp", "tên KCN", "zone"), "place.name": ("địa bàn",),
            "attribute": ("chỉ tiêu", "loại số liệu"), "date": ("ngày quan sát", "thời điểm"), "stt": ("TT",)}

    @cached_property
    def setters(self) -> tuple[Setter, ...]:
        register = self.register
        return (
            ref("zone", lambda word_: register.zones.one(word_, Zone._meta.verbose_name), "zone"),
            ref("place", register.place, "place"), word("attribute", ObservationKind, ""), _observed("value"),
            _observed("value_high"), word("qualifier", Qualifier, ""), stated("date", "observed_on"), text("method"),
            ref("source", lambda word_: register.sources.one(word_, Source._meta.verbose_name), "source",
                title="title"),
        )

    def prepare(self, rows: list[Row]) -> None:
        super().prepare(rows)
        self.repeats = Repeats()
        if any(row.value("code") is None for row in rows):
            for *key, code in ZoneObservation.objects.order_by("pk").values_list(*OBSERVATION_KEY, "code"):
                self.repeats.add(tuple(key), code)
            for key, where in waiting(ZoneObservation, OBSERVATION_KEY):
                self.repeats.add(key, where)

    def complete(self, row: Row, observation: ZoneObservation) -> dict:
        for name in self.required:
            row.needed(name)
        if bool(observation.zone) == bool(observation.place) and not (row.problems or row.is_conflict):
            row.fail("zone.code" if row.has("zone.code") else "zone.name", ZoneOrPlace())
        if not hasattr(observation, "source"):
            observation.source = self.source
        if not (row.problems or row.is_conflict) and self.repeats.settles(
                row, attrgetter(*OBSERVATION_KEY)(observation), lambda: self._said(observation)):
            return {}
        return {"proposed": (observation,)}

    def check(self, row: Row, observation: ZoneObservation, before=None) -> None:
        unit = row.text("unit")
        wanted = OBSERVATION_UNIT.get(observation.attribute)
        if unit and wanted and unit != wanted:
            row.fail("unit", NotInList(text=unit, words=wanted))
        if observation.value is None:
            row.fail("value", Missing(label=self.labels["value"]))
        elif wanted == PERCENT and 0 < observation.value < 1:
            row.notes.append(str(PERCENT_BELOW_ONE))
        for broken in observation_rules_broken(observation, on=self.today):
            row.fail(self.column_of(row, broken.field), broken)

    @staticmethod
    def _said(observation: ZoneObservation) -> str:
        of, day = observation.zone or observation.place, observation.observed_on
        return (f"{of.name}: {observation.get_attribute_display()} {shown(observation, 'value')}"
                f"{f', {day.label}' if day else ''}")

    def called(self, row: Row, observation) -> str:
        of = observation.zone or observation.place
        return f"{of.name}: {observation.get_attribute_display()}" if of else ""

    def planned(self, row: Row, fate: str, **parts):
        """A new observation is no record yet."""
        fate = self.repeats.fate(row, fate)
        if fate == Fate.NEW and not parts.get("proposed"):
            fate = Fate.ERROR
        return super().planned(row, fate, **parts)


def _degrees(row: Row, name: str) -> float | None:
    number = row.decimal(name)
    return None if number is None else float(number)
