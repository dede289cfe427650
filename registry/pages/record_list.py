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
from registry.statistics.capital import CapitalRow, Registered, capital_by, registered_of
from registry.web.belonging import projects_under
from registry.web.project_filters import ProjectFilters

from .addresses import page_of_record
from .asked import Asked, Chip, Remedies, chips, remedies
from .cells import Cell, Names, Said, cell_of, name_of
from .facets import Facet, facets_of, labels_of
from .list_form import Choice, Group, Head, group, hidden, orders, sizes, sorting
from .shelves import Shelf

OFFERED = ("name", "-updated_at", "code")
EXAMPLE = _("Ví dụ 2025-12-31.")


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
    """One page of a list. Capital is as of ``today``; ``sum`` is of the projects under all records of the list, each
    once, None where the noun has no capital."""

    today: date
    asked: Asked
    heads: list[Head]
    rows: list[Row]
    sum: Registered | None
    chips: list[Chip]
    remedies: Remedies | None
    facets: list[Facet]
    groups: list[Group]
    orders: list[Choice]
    sizes: list[Choice]
    hidden: list[tuple[str, str]]

    @property
    def visible(self) -> set[str]:
        """The names of the filters that have a control."""
        typed = {each.name for group in self.groups for each in group.inputs}
        return {"search", "ordering", "page_size", *(facet.name for facet in self.facets), *typed}


def read_list(shelf: Shelf, asked: Asked, request: HttpRequest, today: date) -> RecordList:
    """A fixed number of queries for each noun, and one for each parameter of codes that is no facet; where nothing was
    found, those of ``remedies``."""
    listing = shelf.listing
    context = Context(base=request.build_absolute_uri("/api/v1/"), as_of=today)
    documents = DOCUMENTS[listing.kind].load(asked.page.keys, context)
    facets = facets_of(listing, asked)
    groups = [group(asked, label, inputs, help=EXAMPLE) for label, inputs in shelf.ranges]
    visible = {"search", *(name for _label, inputs in shelf.ranges for name in inputs)}
    return RecordList(
        today=today, asked=asked, heads=_heads(shelf, asked), rows=_rows(shelf, documents, today),
        sum=registered_of(projects_under(asked.found.qs), as_of=today) if shelf.groups else None,
        chips=chips(asked, labels_of(facets)), remedies=None if documents else remedies(asked), facets=facets,
        groups=groups, orders=orders(asked, OFFERED), sizes=sizes(asked),
        hidden=hidden(asked, visible, {facet.name for facet in facets}),
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
