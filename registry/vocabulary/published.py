"""Words of tables that are frozen: what is asked of one, and its numbers."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date

import orjson
from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.vocabulary.capital import Basis, CountryOf


class FigureKind(models.TextChoices):
    """Which table: capital as of a day, or what was decided in a period."""

    CAPITAL = "capital", _("vốn theo nhóm, tính đến một ngày")
    FLOWS = "flows", _("cấp mới, điều chỉnh và góp vốn, mua cổ phần trong kỳ")


NUMBERS = {
    FigureKind.CAPITAL: ("projects", "registered_usd", "confirmed_usd", "realised_usd", "share_purchase_usd"),
    FigureKind.FLOWS: ("new_projects", "new_usd", "adjusted_times", "adjusted_usd", "share_purchase_times",
                       "share_purchase_usd", "total_usd"),
}


@dataclass(frozen=True)
class Asked:
    """What a table was asked by. ``first`` and ``last`` are the period's days, of capital ``last`` alone: as of it."""

    kind: str
    by: str
    last: date
    first: date | None = None
    known_on: date | None = None
    basis: str = Basis.LEAD
    country_of: str = CountryOf.REGISTRATION
    former_province: str = ""
    registrar: str = ""

    def as_plain(self) -> dict[str, str | None]:
        """By the names that the API has for them."""
        days = ({"as_of": self.last.isoformat()} if self.kind == FigureKind.CAPITAL
                else {"from": self.first.isoformat(), "to": self.last.isoformat()})
        how = {"basis": self.basis, "country_of": self.country_of} if self.kind == FigureKind.CAPITAL else {}
        return {"by": self.by, **days, "known_on": self.known_on and self.known_on.isoformat(), **how,
                "former_province": self.former_province or None, "registrar": self.registrar or None}

    def as_known_today(self) -> "Asked":
        return replace(self, known_on=None)


def asked_of(kind: str, plain: dict[str, str | None]) -> Asked:
    """What ``as_plain`` told."""
    days = {"last": plain.get("as_of") or plain.get("to"), "first": plain.get("from"), "known_on": plain["known_on"]}
    words = {name: plain[name] for name in ("by", "basis", "country_of") if name in plain}
    return Asked(kind=kind, **words, **{name: day and date.fromisoformat(day) for name, day in days.items()},
                 former_province=plain["former_province"] or "", registrar=plain["registrar"] or "")


def canonical(table: dict) -> bytes:
    """The bytes of a table: JSON in UTF-8, keys in order, no spaces."""
    return orjson.dumps(table, option=orjson.OPT_SORT_KEYS)


def checksum_of(table: dict) -> str:
    """The SHA-256 of those bytes."""
    return hashlib.sha256(canonical(table)).hexdigest()
