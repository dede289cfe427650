"""The site's map for search engines: every public page in its languages, in parts that stay small."""

from datetime import datetime

from django.contrib.sitemaps import Sitemap, views
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

from registry.vocabulary.language import tag_of
from registry.web.languages import address_in, languages_of
from registry.web.listing import LISTINGS
from registry.web.revision import by_revision

from .search import PATHS

# Records in one part; each has an address in every language. The protocol allows 50,000 addresses.
RECORDS_A_PART = 5000

FIXED = ("home", *PATHS, "map", "statistics", "quality", "data")


class InItsLanguages(Sitemap):
    """Each item in every language in which it stands, naming the others. Django's own way reads all items to find one
    part of them."""

    limit = RECORDS_A_PART

    def address(self, item) -> str:
        """The path of an item's page in Vietnamese."""
        raise NotImplementedError

    def changed(self, item) -> datetime | None:
        return None

    def get_latest_lastmod(self) -> datetime | None:
        return None

    def get_urls(self, page=1, site=None, protocol=None) -> list[dict]:
        base = f"{self.get_protocol(protocol)}://{self.get_domain(site)}"
        items = list(self.paginator.page(page).object_list)
        with translation.override("vi"):
            addresses = [self.address(item) for item in items]
        return [
            {"item": item, "location": base + address_in(language, address), "lastmod": self.changed(item),
             "priority": "", "alternates": [
                 {"lang_code": tag_of(other), "location": base + address_in(other, address)}
                 for other in languages_of(address)]}
            for item, address in zip(items, addresses, strict=True) for language in languages_of(address)
        ]


class FixedPages(InItsLanguages):
    """The first page, the lists, and the pages that are no record."""

    def items(self) -> list[str]:
        return list(FIXED)

    def address(self, item: str) -> str:
        return reverse(f"pages:{item}")


class RecordPages(InItsLanguages):
    """The public records of one kind, in the order in which they came."""

    path = ""

    def items(self) -> QuerySet:
        return LISTINGS[self.path].rows().order_by("pk").values_list("code", "updated_at")

    def address(self, item: tuple[str, datetime]) -> str:
        return reverse(f"pages:{LISTINGS[self.path].kind}", args=[item[0]])

    def changed(self, item: tuple[str, datetime]) -> datetime:
        return item[1]

    def get_latest_lastmod(self) -> datetime | None:
        return LISTINGS[self.path].rows().aggregate(last=Max("updated_at"))["last"]


SECTIONS = {"pages": FixedPages} | {path: type(path, (RecordPages,), {"path": path}) for path in PATHS}


@by_revision
def sitemap_index(request: HttpRequest) -> HttpResponse:
    return views.index(request, SECTIONS, sitemap_url_name="sitemap-part")


@by_revision
def sitemap_part(request: HttpRequest, section: str) -> HttpResponse:
    """``?p=2`` is the second part of a section."""
    return views.sitemap(request, SECTIONS, section=section)
