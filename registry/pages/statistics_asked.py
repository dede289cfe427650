"""What a reader asked of the statistics: what is valid is kept, what is wrong is named, what is unknown is ignored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, QueryDict

from registry.models import Project
from registry.statistics.capital import CapitalTable
from registry.web.parameters import NONE
from registry.web.statistics_filters import CapitalFilters

from .asked import form_of, known

# The tables of the page on which no group is chosen.
OVERVIEW = ("year", "country", "sector", "zone", "investor")

# The form of one table's drawing.
PICTURE = "svg"


@dataclass(frozen=True)
class AskedStatistics:
    """``found`` holds the valid parameters, ``errors`` the message of each wrong one, ``given`` the words as typed.

    ``form`` is the form of file asked for, None for the page.
    """

    found: CapitalFilters
    errors: dict[str, str]
    given: QueryDict
    form: str | None

    @property
    def by(self) -> str:
        """The group of the one table, empty where several are shown."""
        return self.found.form.cleaned_data["by"]

    def tables(self) -> list[CapitalTable]:
        return self.found.tables([self.by] if self.by else OVERVIEW)

    def hidden(self) -> list[tuple[str, str]]:
        """The filters of projects in force, for which the form has no control."""
        return [(name, value) for name in self.found.filtering() for value in self.found.data.getlist(name)]

    def query_with(self, **changes: str | None) -> str:
        """The query with these parameters replaced (None: left out)."""
        query = self.found.data.copy()
        for name, value in changes.items():
            query.pop(name, None)
            if value is not None:
                query[name] = value
        return query.urlencode()

    def rows_query(self, by: str, *, key: str | None = "", but: Sequence[str | None] = ()) -> str:
        """The query, without the number, of the rows behind one line of a table: of a key (None: what is not stated),
        of all but some, or of the total."""
        query = self.found.data.copy()
        query["by"] = by
        if key != "":
            query["key"] = key or NONE
        if but:
            query.setlist("but", [each or NONE for each in but])
        return query.urlencode()

    def projects_query(self, name: str, value: str) -> str:
        """The query of the list of projects that this filter finds among those asked for, as of the same days."""
        query = QueryDict(mutable=True)
        query[name] = value
        for kept in ("as_of", "known_on", *self.found.filtering()):
            if kept != name and kept in self.found.data:
                query.setlist(kept, self.found.data.getlist(kept))
        return query.urlencode()


def ask_statistics(request: HttpRequest, *, today: date) -> AskedStatistics:
    """Read the parameters. Queries: one for each parameter of codes."""
    data = known(CapitalFilters, request.GET)
    found = _filters(data, today)
    errors = {name: str(message) for name, message in found.errors_found()}
    if errors:
        data = data.copy()
        for name in errors:
            data.pop(name, None)
        found = _filters(data, today)
        found.form.full_clean()
    form, form_errors = form_of(request.GET, also=(PICTURE,) if found.form.cleaned_data.get("by") else ())
    return AskedStatistics(found=found, errors=errors | form_errors, given=request.GET, form=form)


def _filters(data: QueryDict, today: date) -> CapitalFilters:
    return CapitalFilters(data, Project.objects.public(), today=today, strict=False)
