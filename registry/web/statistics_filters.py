"""What statistics are asked by: the same parameters for the page, its files and the API."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from registry.statistics.capital import CapitalTable, capital_tables
from registry.statistics.flows import FLOW_GROUPS
from registry.statistics.groups import GROUPS, TIMES
from registry.statistics.scope import of_former_provinces
from registry.vocabulary.capital import Basis, CountryOf
from registry.vocabulary.vsic import Vsic
from registry.vocabulary.zone import FormerProvince

from .parameters import NONE, IsoDay, Parameters, Word, Words
from .project_filters import ProjectFilters

CAPITAL_GROUPS = ("country", *GROUPS, *TIMES)

# What says how to sum and which number, not which projects.
NOT_FILTERS = {"by", "as_of", "known_on", "basis", "country_of", "vsic", "of", "key", "but", "decided_in", "cursor",
               "page_size"}


FORMER = "former_province"


def named_or_none(words: Iterable[str]) -> list[str | None]:
    """The values of a filter, None for ``none``."""
    return [None if word == NONE else word for word in words]


class CapitalFilters(ProjectFilters):
    """The group, the days, the basis, and every filter of projects."""

    ordering = page_size = count = cursor = None

    by = Word(words=CAPITAL_GROUPS, label=_("nhóm theo"), method="unused")
    basis = Word(words=Basis.values, label=_("cách tính liên doanh"), method="unused")
    country_of = Word(words=CountryOf.values, label=_("nước của ai"), method="unused")
    vsic = Word(words=Vsic.values, label=_("ngành cấp 1 theo phiên bản VSIC"), method="unused")

    def filtering(self) -> list[str]:
        """The filters of projects in force."""
        return [name for name in self.data
                if name in self.filters and name not in NOT_FILTERS and any(self.data.getlist(name))]

    def projects(self):
        """The filtered projects; None where nothing was filtered, so that what has no project counts too. Where only
        former provinces are asked for, all that the ledger has of them."""
        filtering = self.filtering()
        if filtering == [FORMER]:
            return of_former_provinces(named_or_none(self.form.cleaned_data[FORMER]))
        return self.qs if filtering else None

    def basis_asked(self) -> str:
        return self.form.cleaned_data["basis"] or Basis.LEAD

    def country_asked(self) -> str:
        return self.form.cleaned_data["country_of"] or CountryOf.REGISTRATION

    def vsic_asked(self) -> str:
        """The version in which sections are told; empty as each is coded."""
        return self.form.cleaned_data["vsic"]

    def table(self, by: str) -> CapitalTable:
        """Capital by one group, as checked parameters ask for it. Queries: those of ``capital_by``."""
        [table] = self.tables([by])
        return table

    def tables(self, groups: Sequence[str]) -> list[CapitalTable]:
        """The same for several groups at once. Queries: those of ``capital_tables``."""
        return capital_tables(groups, as_of=self.as_of_day, known_on=self.known_on_day, basis=self.basis_asked(),
                              country_of=self.country_asked(), vsic=self.vsic_asked(),
                              projects=self.projects())


class CapitalParameters(CapitalFilters):
    """One table: ``by`` is required."""

    by = Word(words=CAPITAL_GROUPS, required=True, label=_("nhóm theo"), method="unused")


class FlowsOf(Parameters):
    """Whose flows: within former provinces, and whose country they stand under."""

    country_of = Word(words=CountryOf.values, label=_("nước của ai"), method="unused")
    former_province = Words(words=FormerProvince.values, or_none=True, label=_("tỉnh cũ"), method="unused")

    def projects(self):
        """What the ledger has of the former provinces asked for; None where none is asked for."""
        words = self.form.cleaned_data.get(FORMER)
        return of_former_provinces(named_or_none(words)) if words else None

    def country_asked(self) -> str:
        return self.form.cleaned_data.get("country_of") or CountryOf.REGISTRATION


# Made by a call, because ``from`` is a word of Python's.
FlowParameters = type("FlowParameters", (FlowsOf,), {
    "__doc__": "``from`` and ``to`` are required and included.",
    "__module__": __name__,
    "by": Word(words=FLOW_GROUPS, required=True, label=_("nhóm theo"), method="unused"),
    "from": IsoDay(required=True, label=_("từ ngày"), method="unused"),
    "to": IsoDay(required=True, label=_("đến hết ngày"), method="unused"),
    "known_on": IsoDay(label=_("theo số liệu đã ghi nhận đến ngày"), method="unused"),
})
