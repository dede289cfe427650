"""The form beside a list, and the headings that sort it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from registry.web.listing import DEFAULT_PAGE

from .asked import NOT_FILTERS, Asked

SIZES = (25, 50, 100)

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
class Input:
    """One text of the form as it was typed, with what is wrong with it."""

    name: str
    label: str
    value: str
    error: str


@dataclass(frozen=True)
class Select:
    """One list to choose from, with what is wrong with the choice."""

    name: str
    label: str
    choices: list[Choice]
    error: str = ""


@dataclass(frozen=True)
class Group:
    """Inputs and selects that belong together; ``is_open`` where any of them is in force or wrong."""

    label: str
    help: str
    inputs: list[Input]
    selects: list[Select]
    is_open: bool


@dataclass(frozen=True)
class Head:
    """One heading of a table; ``query`` sorts by it (empty: it does not sort), ``sorted`` says how it stands now."""

    label: str
    query: str = ""
    sorted: str = ""
    is_number: bool = False


def words(choices: Iterable[tuple[str, str]], chosen: list[str]) -> list[Choice]:
    """One option for each word of a closed list."""
    return [Choice(value=value, label=label, chosen=value in chosen[:1]) for value, label in choices]


def group(asked: Asked, label: str, inputs: dict[str, str] | None = None, *, help: str = "",
          selects: dict[str, tuple[str, dict[str, str]]] | None = None) -> Group:
    """A group of filters, each by its name with its label; a select also with its words."""
    typed = [Input(name, said, asked.given.get(name, ""), asked.errors.get(name, ""))
             for name, said in (inputs or {}).items()]
    chosen = [
        Select(name, said, [Choice("", _("Không lọc")), *words(choices.items(), asked.found.data.getlist(name))],
               asked.errors.get(name, ""))
        for name, (said, choices) in (selects or {}).items()
    ]
    names = [each.name for each in (*typed, *chosen)]
    return Group(label, help, typed, chosen, any(name in asked.found.data or name in asked.errors for name in names))


def sizes(asked: Asked) -> list[Choice]:
    """How many rows a page may have; a number of the address's own stands among them."""
    now = asked.found.form.cleaned_data["page_size"] or DEFAULT_PAGE
    return [Choice(str(size), str(size), chosen=size == now) for size in sorted({*SIZES, now})]


def orders(asked: Asked, offered: tuple[str, ...]) -> list[Choice]:
    """The orders that the form offers, and the one in force."""
    now = asked.found.data.get("ordering", "")
    without = _("Khớp nhất") if "search" in asked.found.data else _("Mặc định")
    return [Choice(value="", label=without, chosen=not now)] + [
        Choice(value=word, label=ORDERS[word], chosen=word == now)
        for word in (*offered, *([now] if now and now not in offered else []))
    ]


def hidden(asked: Asked, visible: Collection[str], boxes: Collection[str] = ()) -> list[tuple[str, str]]:
    """The filters in force that the form has no control for, and further values of one that shows a single one."""
    return [
        (name, value)
        for name in asked.found.data if name not in NOT_FILTERS and name not in boxes
        for position, value in enumerate(asked.found.data.getlist(name))
        if name not in visible or position
    ]


def sorting(asked: Asked, label: str, first: str, *, is_number: bool = False) -> Head:
    """A heading that sorts, at first by ``first``, and turns the order round when it is asked for again."""
    now, name = asked.found.data.get("ordering", ""), first.removeprefix("-")
    other = name if first.startswith("-") else f"-{name}"
    stands = "" if now.removeprefix("-") != name else "descending" if now.startswith("-") else "ascending"
    return Head(label, asked.query_with(ordering=other if now == first else first), stands, is_number)
