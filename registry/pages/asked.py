"""What a reader asked of a list: unlike the API, a page ignores what it does not know and keeps what is valid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registry.models import Investor
from registry.templatetags.register_format import name_here
from registry.vocabulary.investor import INDIVIDUAL
from registry.vocabulary.money import format_amount
from registry.web.files import form_in
from registry.web.filters import RecordFilters
from registry.web.listing import Listing, Page, page_of
from registry.web.parameters import NONE, AmountField, CodesField, IsoDayField, Parameters, SeveralField
from registry.web.problems import BadParameters

NOT_RECORDED = _("chưa ghi nhận")

# Parameters of the page itself: they narrow nothing.
NOT_FILTERS = ("cursor", "page_size", "count", "ordering")


@dataclass(frozen=True)
class Asked:
    """``found`` holds the valid parameters, ``errors`` the message of each wrong one, ``given`` the words as typed.
    ``form`` is the form of file that was asked for, None for a page."""

    found: RecordFilters
    page: Page
    errors: dict[str, str]
    given: QueryDict
    form: str | None

    @property
    def next_query(self) -> str:
        """The query of the next page; empty on the last one."""
        return self.query_with(cursor=self.page.cursor) if self.page.cursor else ""

    @property
    def first_query(self) -> str:
        """The query of the first page."""
        return self.query_with()

    @property
    def is_first(self) -> bool:
        return "cursor" not in self.found.data

    def query_with(self, **changes: str | None) -> str:
        """The query with these parameters replaced (None: left out), from its first page on."""
        query = self.found.data.copy()
        query.pop("cursor", None)
        for name, value in changes.items():
            query.pop(name, None)
            if value is not None:
                query[name] = value
        return query.urlencode()


@dataclass(frozen=True)
class Chip:
    """One filter in force: its parameter in words, its value in words, and the query without it."""

    name: str
    label: str
    value: str
    query: str


def ask(listing: Listing, given: QueryDict, *, today: date) -> Asked:
    """Read the parameters; what is wrong is dropped and named. Queries: those of ``page_of`` with the count, and one
    for each parameter of codes."""
    data = known(listing.filters, given)
    found, errors = _checked(listing, data, today)
    form, form_errors = form_of(given)
    errors |= form_errors
    if errors:
        data = _valid(found, data, errors)
        found, _nothing = _checked(listing, data, today)
    try:
        page = page_of(found, counted=True)
    except BadParameters as error:
        errors |= _texts(error.errors)
        found, _nothing = _checked(listing, _without(data, _texts(error.errors)), today)
        page = page_of(found, counted=True)
    return Asked(found=found, page=page, errors=errors, given=given, form=form)


def form_of(given: QueryDict, *, also: Sequence[str] = ()) -> tuple[str | None, dict[str, str]]:
    """The form of file asked for, and what is wrong with it; ``also`` are forms that only this page has."""
    try:
        return form_in(given, also=also), {}
    except BadParameters as error:
        return None, _texts(error.errors)


def _checked(listing: Listing, data: QueryDict, today: date) -> tuple[RecordFilters, dict[str, str]]:
    found = listing.filters(data, queryset=listing.rows(), today=today, strict=False)
    return found, _texts(found.errors_found())


def chips(asked: Asked, labels: dict[str, dict[str, str]]) -> list[Chip]:
    """Every filter in force, in the order of the address. ``labels`` names values of a parameter; a code without
    a label is looked up: one query a parameter."""
    found = []
    for name in asked.found.data:
        if name in NOT_FILTERS:
            continue
        field = asked.found.form.fields[name]
        values = list(dict.fromkeys(asked.found.data.getlist(name)))
        words = labels.get(name) or {}
        if isinstance(field, CodesField) and not words.keys() >= set(values) - {NONE}:
            words = _names(field.model, values)
        found += [
            Chip(name=name, label=str(asked.found.filters[name].label), value=_shown(field, value, words),
                 query=_query_without(asked.found.data, name, value))
            for value in values
        ]
    return found


@dataclass(frozen=True)
class Remedy:
    """What to do about a filter (``label``): with ``query`` the list has ``count`` rows."""

    label: str
    count: int
    query: str


@dataclass(frozen=True)
class Remedies:
    """The ways out of a list in which nothing was found, the most helpful first: which filters to take off, and where
    taking off one does not help, which to keep alone."""

    off: list[Remedy]
    alone: list[Remedy]


def remedies(asked: Asked) -> Remedies:
    """One or two queries for each filter in force."""
    names = [name for name in asked.found.data if name not in NOT_FILTERS]
    off = _helpful(asked, {name: [name] for name in names})
    alone = {name: [other for other in names if other != name] for name in names} if not off else {}
    return Remedies(off=off, alone=_helpful(asked, alone))


def _helpful(asked: Asked, without: dict[str, list[str]]) -> list[Remedy]:
    found = asked.found
    ways = [
        Remedy(str(found.filters[name].label), found.rows_but_for(*others).count(),
               asked.query_with(**dict.fromkeys(others)))
        for name, others in without.items()
    ]
    return sorted((way for way in ways if way.count), key=lambda way: -way.count)


def known(filters: type[Parameters], given: QueryDict) -> QueryDict:
    """The parameters that these filters know, without empty values."""
    kept = QueryDict(mutable=True)
    for name, values in given.lists():
        said = [value for value in values if value.strip()]
        if name in filters.base_filters and said:
            kept.setlist(name, said)
    return kept


def _valid(found: RecordFilters, data: QueryDict, errors) -> QueryDict:
    """The parameters without what is wrong; of one that takes several values the right ones stay."""
    kept = _without(data, errors)
    for name in errors:
        field = found.form.fields.get(name)
        values = field.valid_among(data.getlist(name)) if isinstance(field, SeveralField) else []
        if values:
            kept.setlist(name, values)
    return kept


def _without(data: QueryDict, names) -> QueryDict:
    kept = data.copy()
    for name in names:
        kept.pop(name, None)
    return kept


def _query_without(data: QueryDict, name: str, value: str) -> str:
    kept = _without(data, ("cursor",))
    kept.setlist(name, [other for other in data.getlist(name) if other != value])
    return kept.urlencode()


def _texts(errors) -> dict[str, str]:
    return {name: str(message) for name, message in errors}


def _names(model, codes: list[str]) -> dict[str, str]:
    """The names of these records as the public may see them."""
    rows = model.objects.public().filter(code__in=codes)
    if model is Investor:
        return {row.code: f"{row.code} ({INDIVIDUAL})" if row.is_person else row.name for row in rows}
    return {row.code: name_here(row) for row in rows}


def _shown(field, value: str, words: dict[str, str]) -> str:
    if value in words:
        return str(words[value])
    if isinstance(field, SeveralField) and field.is_none(value):
        return str(NOT_RECORDED)
    if isinstance(field, AmountField):
        return format_amount(field.clean(value), "USD", get_language())
    if isinstance(field, IsoDayField):
        return date_format(field.clean(value))
    return value
