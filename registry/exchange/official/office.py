"""Who draws a table up, and who signs it: names of places and authorities come from dated rows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps

from django.utils import translation

from registry.models import AdministrativeUnit, Registrar
from registry.vocabulary.place import UnitKind, UnitLevel
from registry.vocabulary.zone import FormerProvince

NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
RANKS = ("Tỉnh", "Thành phố")
PEOPLES_COMMITTEE = "ỦY BAN NHÂN DÂN"


def in_vietnamese(make: Callable) -> Callable:
    """What an office prints is in Vietnamese, whoever asks for it."""

    @wraps(make)
    def made(*args, **kwargs):
        with translation.override("vi"):
            return make(*args, **kwargs)

    return made


@dataclass(frozen=True)
class Office:
    """``lines`` stand on the left of the head; ``place`` is the province with its rank, ``short`` without."""

    lines: tuple[str, ...]
    place: str
    short: str


def office_of(registrar: Registrar | None, *, on: date) -> Office:
    """Who draws up a table of the province, or of one registrar, as they were called on that day. One query."""
    units = AdministrativeUnit.objects.in_force(on).filter(level=UnitLevel.PROVINCE)
    unit = units.exclude(former_province=FormerProvince.BAC_GIANG).order_by("code").first()
    place = unit.name if unit else str(UnitKind.PROVINCE.label)
    committee = f"{PEOPLES_COMMITTEE} {place.upper()}"
    return Office((committee, registrar.name.upper()) if registrar else (committee,), place, _without_rank(place))


def _without_rank(place: str) -> str:
    for rank in RANKS:
        place = place.removeprefix(f"{rank} ")
    return place


def signing(office: Office) -> tuple[tuple[str, str], ...]:
    """Who signs: the day is left open, for it is the paper's."""
    return (("NGƯỜI LẬP BIỂU", "(ký, ghi rõ họ tên)"),
            (f"{office.short}, ngày … tháng … năm …\nTHỦ TRƯỞNG CƠ QUAN", "(ký, ghi rõ họ tên, đóng dấu)"))
