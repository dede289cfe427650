"""The list of possible duplicates of a noun: both sides of each pair, and the way to merge them."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from registry.models import DistinctPair, Enterprise, Investor
from registry.statistics.duplicates import Candidate

from .address import address_of, list_of
from .work.likely import likely_duplicates

PAIRS = 50


@dataclass(frozen=True)
class Pair:
    """Two records that may be one; ``url`` begins the merge that keeps the one with more projects, else the older,
    ``distinct`` says that they are two."""

    candidate: Candidate
    one: Investor | Enterprise
    other: Investor | Enterprise
    url: str
    distinct: str

    @property
    def sides(self) -> tuple:
        return self.one, self.other


class FindsDuplicates:
    """Mix into the ModelAdmin of a noun whose records can be merged."""

    finds_duplicates = True

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_duplicates"
        return [path("duplicates/", self.admin_site.admin_view(self.duplicates_view), name=name), *super().get_urls()]

    def duplicates_view(self, request):
        page = Paginator(likely_duplicates(self.model), PAIRS).get_page(request.GET.get("p"))
        return TemplateResponse(request, "admin/registry/duplicates.html", {
            **self.admin_site.each_context(request), "opts": self.opts, "page": page, "media": self.media,
            "title": _("%(nouns)s có thể trùng") % {"nouns": capfirst(self.opts.verbose_name_plural)},
            "pairs": pairs_of(self.model, list(page.object_list)),
            "told_apart": DistinctPair.objects.standing(self.model.KIND).count(),
            "told_apart_url": list_of(DistinctPair, kind__exact=self.model.KIND, stands__exact=1),
        })


def pairs_of(model, found: list[Candidate]) -> list[Pair]:
    """The records of these candidates, with the number of their projects. One query."""
    projects = (Count("stakes", filter=Q(stakes__until_certificate=None)) if model is Investor else Count("projects"))
    rows = model.objects.annotate(project_count=projects)
    if model is Investor:
        rows = rows.select_related("country")
    there = rows.in_bulk({key for each in found for key in (each.one, each.other)})
    return [_pair(each, there[each.one], there[each.other]) for each in found]


def _pair(candidate: Candidate, one, other) -> Pair:
    kept, gone = (other, one) if _weight(other) > _weight(one) else (one, other)
    return Pair(candidate, one, other, f"{address_of(kept, 'merge')}?with={gone.code}",
                f"{address_of(one, 'distinct')}?with={other.code}")


def _weight(record) -> tuple:
    return record.is_public(), record.project_count
