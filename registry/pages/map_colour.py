"""By what the map's circles are coloured: how sure their capital is, how full the zone is, or what is made there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.models import Sector, Zone, ZoneObservation
from registry.statistics.zone_sectors import main_sectors
from registry.templatetags.register_format import lang_here, name_here
from registry.vocabulary.zone import ObservationKind

from .observed import amount_of, newest_first

SURE, OCCUPANCY, SECTOR = "sure", "occupancy", "sector"
COLOURS = {
    SURE: gettext_lazy("vốn trên giấy chứng nhận hay theo báo chí"),
    OCCUPANCY: gettext_lazy("tỷ lệ lấp đầy"),
    SECTOR: gettext_lazy("ngành nhiều vốn nhất"),
}
UNKNOWN = "unknown"
TONES = {
    SURE: {},
    OCCUPANCY: {
        "low": gettext_lazy("lấp đầy dưới 50 %"), "half": gettext_lazy("lấp đầy từ 50 % đến dưới 80 %"),
        "full": gettext_lazy("lấp đầy từ 80 %"), UNKNOWN: gettext_lazy("chưa nguồn nào nêu tỷ lệ lấp đầy"),
    },
    SECTOR: {
        "electronics": gettext_lazy("điện tử, máy vi tính, quang học (ngành 26)"),
        "making": gettext_lazy("chế biến, chế tạo khác"), "other": gettext_lazy("ngành khác"),
        UNKNOWN: gettext_lazy("chưa có vốn ở ngành nào"),
    },
}
HALF, FULL = 50, 80
ELECTRONICS, MAKING = "26", "C"


@dataclass(frozen=True)
class Tint:
    """How one zone is coloured: ``tone`` of ``TONES``, and what it is in words; ``lang`` where these are not in the
    page's language. ``observation`` is what it rests on, None where it is computed or nothing is known."""

    tone: str
    told: str = ""
    lang: str = ""
    observation: ZoneObservation | None = None


@dataclass(frozen=True)
class Colouring:
    """``tints`` by the codes of zones; empty where the circles say how sure their capital is."""

    word: str
    tones: dict[str, str]
    tints: dict[str, Tint]

    @property
    def label(self) -> str:
        return str(COLOURS[self.word])

    def of(self, zone: Zone) -> Tint | None:
        return self.tints.get(zone.code, Tint(UNKNOWN)) if self.tones else None


PLAIN = Colouring(SURE, {}, {})


def colouring(word: str, zones: Iterable[Zone], *, today: date) -> Colouring:
    """One query for occupancy, two for sectors, none else."""
    read = {OCCUPANCY: _by_occupancy, SECTOR: _by_sector}.get(word)
    return Colouring(word, TONES[word], read(list(zones), today) if read else {})


def _by_occupancy(zones: list[Zone], today: date) -> dict[str, Tint]:
    """The newest value of each zone that a public source gives."""
    codes = {zone.pk: zone.code for zone in zones}
    rows = ZoneObservation.objects.public().filter(attribute=ObservationKind.OCCUPANCY, zone__in=codes)
    tints: dict[str, Tint] = {}
    for each in sorted(rows.select_related("source"), key=newest_first):
        tone = "low" if each.value < HALF else "half" if each.value < FULL else "full"
        told = _("lấp đầy %(amount)s %%") % {"amount": amount_of(each)}
        tints.setdefault(codes[each.zone_id], Tint(tone, told, observation=each))
    return tints


def _by_sector(zones: list[Zone], today: date) -> dict[str, Tint]:
    found = main_sectors(as_of=today)
    sectors = {sector.code: sector for sector in Sector.objects.filter(code__in=set(found.values()))}
    return {zone: _of_sector(sectors[code]) for zone, code in found.items()}


def _of_sector(sector: Sector) -> Tint:
    division = sector.code.partition("-")[2]
    tone = "electronics" if division[:2] == ELECTRONICS else "making" if sector.section == MAKING else "other"
    return Tint(tone, name_here(sector), lang_here(sector))
