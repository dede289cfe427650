"""A list of records of any noun as its page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from registry.exchange.columns import FIELDS
from registry.exchange.columns.shape import NUMBER, WHOLE, Field
from registry.exchange.documents import DOCUMENTS, Context
from registry.models import Project
from registry.statistics.capital import CapitalRow, capital_by
from registry.web.listing import Listing
from registry.web.parameters import CodesField
from registry.web.project_filters import ProjectFilters

from .addresses import page_of_record
from .asked import Asked, Chip, ask, chips
from .cells import Cell, Names, Said, cell_of, name_of
from .list_form import Choice, Head, hidden, orders, records, sorting, words
from .shelves import Shelf

OFFERED = ("name", "-updated_at", "code")


@dataclass(frozen=True)
class Select:
    """A filter that the form offers."""

    name: str
    label: str
    choices: list[Choice]


@dataclass(frozen=True)
class Row:
    """One record; ``capital`` is None where its noun has none, or where no project of it counts."""

    code: str
    name: Said
    address: str
    cells: tuple[Cell, ...]
    capital: CapitalRow | None


@dataclass(frozen=True)
class RecordList:
    """One page of a list. Capital is as of ``today``."""

    today: date
    asked: Asked
    heads: list[Head]
    rows: list[Row]
    chips: list[Chip]
    selects: list[Select]
    orders: list[Choice]
    hidden: list[tuple[str, str]]
    visible: tuple[str, ...]


def read_list(shelf: Shelf, request: HttpRequest, today: date) -> RecordList:
    """A fixed number of queries for each noun, and one for each parameter of codes."""
    listing = shelf.listing
    asked = ask(listing, request.GET, today=today)
    context = Context(base=request.build_absolute_uri("/api/v1/"), as_of=today)
    documents = DOCUMENTS[listing.kind].load(asked.page.keys, context)
    selects = [_select(listing, name, asked) for name in shelf.choose]
    labels = {select.name: {each.value: each.label for each in select.choices} for select in selects}
    visible = ("search", *shelf.choose, "ordering")
    return RecordList(
        today=today, asked=asked, heads=_heads(shelf, asked), rows=_rows(shelf, documents, today),
        chips=chips(asked, labels), selects=selects, orders=orders(asked, OFFERED), hidden=hidden(asked, visible),
        visible=visible,
    )


def _rows(shelf: Shelf, documents: list[dict], today: date) -> list[Row]:
    fields = _shown(shelf)
    names, capital = Names(fields, documents), capital_of(shelf, documents, today)
    return [
        Row(
            code=document["code"], name=name_of(document), address=page_of_record(shelf.listing.kind, document["code"]),
            cells=tuple(cell_of(field, document, names) for field in fields), capital=capital.get(document["code"]),
        )
        for document in documents
    ]


def capital_of(shelf: Shelf, documents: list[dict], today: date) -> Mapping[str, CapitalRow]:
    """The capital of the projects of these records, by code; empty where the noun has none. Only the projects of these
    records are read."""
    if not shelf.groups or not documents:
        return {}
    of_these = MultiValueDict({shelf.projects_by: [document["code"] for document in documents]})
    projects = ProjectFilters(of_these, Project.objects.public(), today=today).qs
    tables = [capital_by(group, as_of=today, projects=projects) for group in shelf.groups]
    return {_code_of(table.by, row.key): row for table in tables for row in table.rows if row.key}


def _code_of(group: str, key: str) -> str:
    """A section's key in the statistics is its letter, in the list of sectors it has the version too."""
    return f"2018-{key}" if group == "section" and "-" not in key else key


def _shown(shelf: Shelf) -> tuple[Field, ...]:
    return FIELDS[shelf.path].listed()


def _heads(shelf: Shelf, asked: Asked) -> list[Head]:
    capital = [Head(_("Dự án"), is_number=True), Head(_("Vốn đăng ký (USD)"), is_number=True)] if shelf.groups else []
    return [
        sorting(asked, _("Tên"), "name"),
        *(Head(field.label, is_number=field.kind in (NUMBER, WHOLE)) for field in _shown(shelf)),
        *capital,
    ]


def _select(listing: Listing, name: str, asked: Asked) -> Select:
    """A filter with its values: the words of its closed list, or the records that the list names."""
    filter_, chosen = asked.found.filters[name], asked.found.data.getlist(name)
    field = asked.found.form.fields[name]
    if isinstance(field, CodesField):
        used = field.model.objects.public().filter(pk__in=listing.rows().values(name))
        return Select(name, filter_.label, records(used.order_by("name_sort", "pk"), chosen))
    labels = {each.name: each.words for each in FIELDS[listing.path].fields}[name]
    choices = labels.choices if labels else [(word, word) for word in field.words]
    return Select(name, filter_.label, words(choices, chosen))
