"""What zones are compared by, row by row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.models import Zone
from registry.statistics.capital import CapitalRow
from registry.templatetags.register_format import in_its_language, lang_here, name_here, number, sentence
from registry.templatetags.register_format import unit as unit_words
from registry.vocabulary.period import VagueDay
from registry.vocabulary.zone import OBSERVATION_UNIT, ObservationKind

from .cells import in_vietnamese
from .notes import Note, Notes
from .observed import Observed, observed_groups

# What is observed of all zones of a place, never of one.
OF_PLACES = (
    ObservationKind.ZONES, ObservationKind.TOTAL_AREA, ObservationKind.CLUSTERS, ObservationKind.CLUSTER_WORKERS,
    ObservationKind.INFRASTRUCTURE_PROJECTS,
)
MOST_NOTES = 4


@dataclass(frozen=True)
class Cell:
    """What is known of one zone; nothing where ``texts`` and ``figure`` are empty. ``day`` and ``method`` are those of
    an observation; ``dayless``: its source states none; ``at_odds``: other values for that time stand on the zone's
    page."""

    zone: Zone
    texts: tuple[str, ...] = ()
    figure: CapitalRow | None = None
    is_number: bool = False
    day: VagueDay | date | None = None
    dayless: bool = False
    method: str = ""
    notes: tuple[Note, ...] = ()
    at_odds: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.texts and self.figure is None

    @property
    def is_stated_day(self) -> bool:
        return isinstance(self.day, VagueDay)

    @property
    def many_notes(self) -> bool:
        return len(self.notes) > MOST_NOTES


@dataclass(frozen=True)
class Row:
    label: str
    cells: list[Cell] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return all(cell.is_empty for cell in self.cells)


def rows_of(zones: list[Zone], totals: Mapping[int, CapitalRow], notes: Notes, today: date) -> list[Row]:
    """Every row, also those of which nothing is known. ``totals`` has the capital inside each zone. Reads what
    ``with_sheet`` fetches; no query."""
    recorded = {zone.pk: tuple(note for source in zone.sources.all() for note in notes.of(source)) for zone in zones}
    rows = [
        Row(sentence(str(label)), [_recorded(zone, value(zone), is_number, recorded[zone.pk]) for zone in zones])
        for label, is_number, value in RECORDED
    ]
    seen = {zone.pk: {group.newest.observation.attribute: group.newest
                      for group in observed_groups(zone.observations.all(), notes)} for zone in zones}
    for kind in ObservationKind:
        if kind not in OF_PLACES:
            label = f"{sentence(str(kind.label))} ({unit_words(OBSERVATION_UNIT[kind])})"
            rows.append(Row(label, [_seen(zone, seen[zone.pk].get(kind)) for zone in zones]))
    rows.append(Row(_("Dự án còn hiệu lực"), [_projects(zone, totals[zone.pk], today) for zone in zones]))
    rows.append(Row(_("Vốn đăng ký (USD)"), [_capital(zone, totals[zone.pk], today) for zone in zones]))
    rows.append(Row(_("Nơi liên hệ"), [_recorded(zone, _marked(zone.contact), False, ()) for zone in zones]))
    return rows


def _marked(*texts: str) -> tuple[str, ...]:
    """Texts of records, each marked as Vietnamese on an English page."""
    said = [in_vietnamese(text) for text in texts if text]
    return tuple(in_its_language(each.text, each.lang) for each in said)


def _number(value) -> tuple[str, ...]:
    return () if value is None else (number(value),)


# What stands in a zone's record: its label, whether it is a number, and how it is told.
RECORDED = (
    (gettext_lazy("loại"), False, lambda zone: (sentence(str(zone.get_kind_display())),)),
    (gettext_lazy("địa bàn"), False,
     lambda zone: tuple(in_its_language(name_here(each), lang_here(each)) for each in zone.communes.all())),
    (gettext_lazy("nhà đầu tư hạ tầng"), False, lambda zone: _marked(zone.developer)),
    (gettext_lazy("năm thành lập"), True, lambda zone: (str(zone.established_year),) if zone.established_year else ()),
    (gettext_lazy("diện tích (ha)"), True, lambda zone: _number(zone.area_ha)),
    (gettext_lazy("đất công nghiệp cho thuê (ha)"), True, lambda zone: _number(zone.leasable_ha)),
)


def _recorded(zone: Zone, texts: tuple[str, ...], is_number: bool, notes: tuple[Note, ...]) -> Cell:
    return Cell(zone, texts=texts, is_number=is_number, notes=notes if texts and is_number else ())


def _seen(zone: Zone, observed: Observed | None) -> Cell:
    if observed is None:
        return Cell(zone)
    seen = observed.observation
    return Cell(zone, texts=(observed.amount,), is_number=True, day=seen.observed_on, dayless=seen.observed_on is None,
                method=seen.method, notes=observed.notes, at_odds=observed.at_odds)


def _projects(zone: Zone, total: CapitalRow, today: date) -> Cell:
    if not total.projects:
        return Cell(zone)
    return Cell(zone, texts=(number(total.projects),), is_number=True, day=today)


def _capital(zone: Zone, total: CapitalRow, today: date) -> Cell:
    return Cell(zone, figure=total, is_number=True, day=today) if total.registered_usd else Cell(zone)
