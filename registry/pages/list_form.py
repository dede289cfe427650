"""The form above a list, and the headings that sort it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from registry.templatetags.register_format import lang_here, name_here

from .asked import NOT_FILTERS, Asked

ORDERS = {
    "-registered_usd": _("Vốn, lớn trước"),
    "registered_usd": _("Vốn, nhỏ trước"),
    "-licensed_on": _("Ngày cấp, mới trước"),
    "licensed_on": _("Ngày cấp, cũ trước"),
    "name": _("Tên, A đến Y"),
    "-name": _("Tên, Y đến A"),
    "code": _("Mã, nhỏ trước"),
    "-code": _("Mã, lớn trước"),
    "updated_at": _("Cập nhật, cũ trước"),
    "-updated_at": _("Cập nhật, mới trước"),
}


@dataclass(frozen=True)
class Choice:
    """One option of a select."""

    value: str
    label: str
    lang: str = ""
    chosen: bool = False


@dataclass(frozen=True)
class Head:
    """One heading of a table; ``query`` sorts by it (empty: it does not sort), ``sorted`` says how it stands now."""

    label: str
    query: str = ""
    sorted: str = ""
    is_number: bool = False


def records(rows: Iterable, chosen: list[str]) -> list[Choice]:
    """One option for each record. One query."""
    return [
        Choice(value=row.code, label=name_here(row), lang=lang_here(row), chosen=row.code in chosen[:1])
        for row in rows
    ]


def words(choices: Iterable[tuple[str, str]], chosen: list[str]) -> list[Choice]:
    """One option for each word of a closed list."""
    return [Choice(value=value, label=label, chosen=value in chosen[:1]) for value, label in choices]


def orders(asked: Asked, offered: tuple[str, ...]) -> list[Choice]:
    """The orders that the form offers, and the one in force."""
    now = asked.found.data.get("ordering", "")
    without = _("Khớp nhất") if "search" in asked.found.data else _("Mặc định")
    return [Choice(value="", label=without, chosen=not now)] + [
        Choice(value=word, label=ORDERS[word], chosen=word == now)
        for word in (*offered, *([now] if now and now not in offered else []))
    ]


def hidden(asked: Asked, visible: tuple[str, ...]) -> list[tuple[str, str]]:
    """The filters in force that the form has no control for, and further values of one that it has."""
    return [
        (name, value)
        for name in asked.found.data if name not in NOT_FILTERS
        for position, value in enumerate(asked.found.data.getlist(name))
        if name not in visible or position
    ]


def sorting(asked: Asked, label: str, first: str, *, is_number: bool = False) -> Head:
    """A heading that sorts, at first by ``first``, and turns the order round when it is asked for again."""
    now, name = asked.found.data.get("ordering", ""), first.removeprefix("-")
    other = name if first.startswith("-") else f"-{name}"
    stands = "" if now.removeprefix("-") != name else "descending" if now.startswith("-") else "ascending"
    return Head(label, asked.query_with(ordering=other if now == first else first), stands, is_number)
