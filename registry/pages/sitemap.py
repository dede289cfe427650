"""The site's map for search engines: every public page in its languages, in parts that stay small."""

from collections.abc import Iterator
from datetime import datetime

from django.contrib.sitemaps import Sitemap, views
from django.core.paginator import InvalidPage
from django.db.models import Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import escape

from registry.vocabulary.language import tag_of
from registry.web.languages import address_in, languages_of
from registry.web.listing import LISTINGS
from registry.web.revision import by_revision

from .search import PATHS

# Records in one part; each has an address in every language. The protocol allows 50,000 addresses.
RECORDS_A_PART = 5000

HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
"""

FIXED = ("home", *PATHS, "zone-comparison", "map", "statistics", "flows", "publications", "quality", "data")


class InItsLanguages(Sitemap):
    """Each item in every language in which it stands, naming the others."""

    limit = RECORDS_A_PART

    def address(self, item) -> str:
        """The path of an item's page in Vietnamese."""
        raise NotImplementedError

    def changed(self, item) -> datetime | None:
        return None

    def get_latest_lastmod(self) -> datetime | None:
        return None

    def urls(self, part: str, base: str) -> Iterator[str]:
        """The elements of one part. Raises InvalidPage where there is no such part."""
        items = list(self.paginator.page(part).object_list)
        with translation.override("vi"):
            addresses = [self.address(item) for item in items]
        for item, address in zip(items, addresses, strict=True):
            places = {each: escape(base + address_in(each, address)) for each in languages_of(address)}
            links = "".join(f'<xhtml:link rel="alternate" hreflang="{tag_of(each)}" href="{place}"/>'
                            for each, place in places.items())
            changed = self.changed(item)
            day = f"<lastmod>{timezone.localdate(changed)}</lastmod>" if changed else ""
            for place in places.values():
                yield f"<url><loc>{place}</loc>{day}{links}</url>\n"


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
@views.x_robots_tag
def sitemap_part(request: HttpRequest, section: str) -> HttpResponse:
    """``?p=2`` is the second part of a section. Written as text: a template takes seconds for what this takes
    hundredths."""
    if section not in SECTIONS:
        raise Http404
    try:
        urls = "".join(SECTIONS[section]().urls(request.GET.get("p", "1"), request.build_absolute_uri("/")[:-1]))
    except InvalidPage as error:
        raise Http404 from error
    return HttpResponse(f"{HEAD}{urls}</urlset>\n", content_type="application/xml")
