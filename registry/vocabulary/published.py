"""Words of tables that are frozen: what is asked of one, and its numbers."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date

import orjson
from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.vocabulary.a_iv_1 import BY_KEY, COUNTED, RULES, FormColumn, Unit
from registry.vocabulary.capital import Basis, CountryOf
from registry.vocabulary.report import Quarter


class FigureKind(models.TextChoices):
    """Which table: capital as of a day, what was decided in a period, or an official form."""

    CAPITAL = "capital", _("vốn theo nhóm, tính đến một ngày")
    FLOWS = "flows", _("cấp mới, điều chỉnh và góp vốn, mua cổ phần trong kỳ")
    AGENCY = "agency", _("biểu của Cục Đầu tư nước ngoài: trong kỳ, cùng kỳ năm trước, còn hiệu lực")
    HEADING = "heading", _("báo cáo nhanh (Phụ lục I)")
    A_IV_1 = "a-iv-1", _("biểu A.IV.1 của một quý")


# Their rows are lines of a form, and a cell may be blank; those of the others are keys of a group and add up.
SHEETS = (FigureKind.HEADING, FigureKind.A_IV_1)
# They are of the whole province, or A.IV.1 of one registrar, and count a joint venture once.
OFFICIAL = (FigureKind.AGENCY, *SHEETS)
HEADING_COLUMNS = ("before", "this")
HEADING_LINES = {
    "realised_usd": _("Vốn thực hiện"), "total_usd": _("Vốn đăng ký"), "new_usd": _("Đăng ký cấp mới"),
    "adjusted_usd": _("Đăng ký tăng thêm"), "share_purchase_usd": _("Góp vốn, mua cổ phần"),
    "new_projects": _("Dự án cấp mới"), "adjusted_times": _("Lượt điều chỉnh vốn"),
    "share_purchase_times": _("Lượt góp vốn, mua cổ phần"), "in_force": _("Dự án còn hiệu lực"),
    "registered_usd": _("Vốn đăng ký lũy kế"), "countries": _("Số quốc gia, vùng lãnh thổ"),
}
NUMBERS = {
    FigureKind.CAPITAL: ("projects", "registered_usd", "confirmed_usd", "realised_usd", "share_purchase_usd"),
    FigureKind.FLOWS: ("new_projects", "new_usd", "adjusted_times", "adjusted_usd", "share_purchase_times",
                       "share_purchase_usd", "total_usd"),
    FigureKind.AGENCY: ("new_projects", "new_usd", "adjusted_times", "adjusted_usd", "share_purchase_times",
                        "share_purchase_usd", "total_usd", "before_usd", "in_force", "registered_usd"),
    FigureKind.HEADING: HEADING_COLUMNS,
    FigureKind.A_IV_1: tuple(FormColumn.values),
}


def is_count(kind: str, key: str | None, column: str) -> bool:
    """Whether a cell holds a whole number; else an amount with two places."""
    if kind == FigureKind.A_IV_1:
        return BY_KEY[key].unit in COUNTED
    return not (key if kind == FigureKind.HEADING else column).endswith("_usd")


def unit_of(kind: str, key: str) -> str:
    """In what the line of a form is told: dollars are whole, where the printed form has millions."""
    if kind == FigureKind.A_IV_1:
        unit = BY_KEY[key].unit
        return "USD" if unit == Unit.USD else str(Unit(unit).label)
    return "USD" if key.endswith("_usd") else ""


@dataclass(frozen=True)
class Asked:
    """What a table was asked by. ``first`` and ``last`` are the period's days, of capital ``last`` alone: as of it.
    ``by`` is empty of a form, whose lines are its own."""

    kind: str
    by: str
    last: date
    first: date | None = None
    known_on: date | None = None
    basis: str = Basis.LEAD
    country_of: str = CountryOf.REGISTRATION
    former_province: str = ""
    registrar: str = ""
    rules: int = RULES  # of the form A.IV.1

    @property
    def quarter(self) -> Quarter:
        """Of the form A.IV.1."""
        return Quarter.of(self.last)

    def as_plain(self) -> dict[str, str | int | None]:
        """By the names that the API has for them."""
        plain = {"known_on": self.known_on and self.known_on.isoformat()}
        if self.kind == FigureKind.A_IV_1:
            return {**plain, "year": self.quarter.year, "quarter": self.quarter.number,
                    "registrar": self.registrar or None, **({"rules": self.rules} if self.rules > 1 else {})}
        if self.kind not in SHEETS:
            plain["by"] = self.by
        if self.kind == FigureKind.CAPITAL:
            plain |= {"as_of": self.last.isoformat(), "basis": self.basis, "country_of": self.country_of}
        else:
            plain |= {"from": self.first.isoformat(), "to": self.last.isoformat()}
        if self.kind in OFFICIAL:
            return plain
        return {**plain, "former_province": self.former_province or None, "registrar": self.registrar or None}

    def as_known_today(self) -> "Asked":
        return replace(self, known_on=None)


def asked_of(kind: str, plain: dict[str, str | int | None]) -> Asked:
    """What ``as_plain`` told."""
    words = {name: plain.get(name) or "" for name in ("by", "former_province", "registrar")}
    words |= {name: plain[name] for name in ("basis", "country_of") if name in plain}
    known_on = plain["known_on"] and date.fromisoformat(plain["known_on"])
    if kind == FigureKind.A_IV_1:
        return of_quarter(Quarter(plain["year"], plain["quarter"]), known_on=known_on, registrar=words["registrar"],
                          rules=plain.get("rules", 1))
    days = {"last": plain.get("as_of") or plain.get("to"), "first": plain.get("from")}
    return Asked(kind=kind, known_on=known_on, **words,
                 **{name: day and date.fromisoformat(day) for name, day in days.items()})


def of_quarter(
    quarter: Quarter, *, known_on: date | None = None, registrar: str = "", rules: int = RULES,
) -> Asked:
    """The form A.IV.1 of a quarter."""
    days = quarter.period
    return Asked(FigureKind.A_IV_1, "", last=days.last, first=days.start, known_on=known_on, registrar=registrar,
                 rules=rules)


def canonical(table: dict) -> bytes:
    """The bytes of a table: JSON in UTF-8, keys in order, no spaces."""
    return orjson.dumps(table, option=orjson.OPT_SORT_KEYS)


def checksum_of(table: dict) -> str:
    """The SHA-256 of those bytes."""
    return hashlib.sha256(canonical(table)).hexdigest()
