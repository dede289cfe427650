"""What a page tells search engines and other programs of itself: a sentence, things of schema.org, its feed."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from registry.models import Country, Investor, Project, PublishedFigure, Source
from registry.templatetags.register_format import lang_here, name_here, number, sentence, usd_short, vietnamese
from registry.web.listing import LISTINGS

from . import catalog
from .cells import name_of_record
from .feed import FOLLOWED
from .investor_sheet import Sheet as InvestorSheet
from .projects_of import ProjectsOf
from .sector_sheet import Sheet as SectorSheet
from .shelves import TITLES, Shelf
from .zone_sheet import Sheet as ZoneSheet

PROMISE = gettext_lazy("Mỗi con số có ngày và nguồn.")


@dataclass(frozen=True)
class About:
    """``title`` without the site's name; ``feed`` is the address of the page's own feed, empty where it has none."""

    title: str
    description: str
    schema: tuple[dict, ...] = field(default=())
    feed: str = ""


def of_site(request: HttpRequest) -> About:
    """The first page, from which a search engine may search."""
    title = _("Sổ đăng ký dự án FDI Bắc Ninh")
    search = request.build_absolute_uri(reverse("pages:search"))
    site = {
        "@type": "WebSite", "name": title, "url": request.build_absolute_uri(reverse("pages:home")),
        "inLanguage": get_language(),
        "potentialAction": {
            "@type": "SearchAction", "query-input": "required name=q",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{q}}"},
        },
    }
    return About(title, _("Dự án đầu tư trực tiếp nước ngoài tại Bắc Ninh: ai đầu tư, bao nhiêu vốn, ở đâu, "
                          "đã đến bước nào. Mỗi con số có ngày và nguồn."), (site,))


def of_data(request: HttpRequest, changed: datetime | None) -> About:
    return About(_("Dữ liệu của sổ đăng ký"), _(
        "Tải dữ liệu về các dự án FDI tại Bắc Ninh (CSV, Excel, JSON, API): là gì, không là gì, mỗi con số nghĩa là "
        "gì, vừa thay đổi gì, trích dẫn ra sao."
    ), (catalog.dataset(request, changed),))


def of_statistics(request: HttpRequest, title: str, tables: list[tuple[str, str]], as_of: date) -> About:
    """``tables`` are the name and the query of each table, which has files of its own."""
    page = request.build_absolute_uri(request.path)
    said = _("Mỗi con số là tổng các bút toán được tính đến hết ngày %(day)s.") % {"day": date_format(as_of)}
    things = tuple(
        {"@type": "Dataset", "name": f"{title}: {name}" if len(tables) > 1 else title, "url": f"{page}?{query}",
         "description": said, "isAccessibleForFree": True, "inLanguage": get_language(),
         "temporalCoverage": f"../{as_of.isoformat()}",
         "spatialCoverage": {"@type": "Place", "name": "Bắc Ninh, Việt Nam"},
         "isPartOf": {"@id": f"{request.build_absolute_uri(reverse('pages:data'))}#dataset"},
         "creator": {"@type": "Organization", "name": catalog.title()},
         "distribution": catalog.files_of(request, f"{request.path}?{query}")}
        for name, query in tables
    )
    return About(title, _("Vốn đăng ký, vốn thực hiện và số dự án FDI tại Bắc Ninh theo năm, quốc gia, ngành và khu "
                          "công nghiệp, tính đến một ngày bất kỳ; mỗi bảng có tệp và cách trích dẫn."), things)


def of_flows(title: str) -> About:
    return About(title, _(
        "Vốn FDI cấp mới, điều chỉnh, góp vốn mua cổ phần tại Bắc Ninh của một tháng, quý, năm hay hai ngày bất kỳ, "
        "theo bảng của Cục Đầu tư nước ngoài, so cùng kỳ năm trước; tải Excel, CSV."))


def of_indicators(title: str) -> About:
    return About(title, _(
        "GRDP, xuất khẩu, ngân sách, PCI, PGI, lao động, tỷ lệ lấp đầy, vốn FDI của Bắc Ninh và Bắc Giang trước và sau "
        "ngày sáp nhập, theo từng thời kỳ; mỗi giá trị có nguồn. Tải CSV, Excel, JSON."))
def of_rows(title: str) -> About:
    return About(title, _("Các bút toán vốn làm nên một con số trong bảng thống kê của Sổ đăng ký FDI Bắc Ninh: ngày, "
                          "loại, dự án, nguồn và số tiền; tải CSV, Excel, JSON."))


def of_list(request: HttpRequest, shelf: Shelf) -> About:
    return About(str(shelf.title), str(shelf.lead), (_trail(request, shelf.path),))


def of_projects(request: HttpRequest) -> About:
    return About(str(TITLES["projects"]), _("Mọi dự án đầu tư trực tiếp nước ngoài mà sổ đăng ký đã ghi nhận."),
                 (_trail(request, "projects"),))


def of_map() -> About:
    return About(_("Bản đồ khu công nghiệp"), _("Các khu công nghiệp của Bắc Ninh trên bản đồ, theo vốn đăng ký của "
                                               "các dự án trong khu, và cùng số liệu ấy trong một bảng."))


def of_quality() -> About:
    return About(_("Chất lượng dữ liệu"), _("Trang này nói thẳng: nguồn nêu bao nhiêu mà sổ đăng ký có bấy nhiêu, các "
                                            "nguồn mâu thuẫn ở đâu, và hồ sơ còn thiếu gì."))


def of_project(request: HttpRequest, project: Project) -> About:
    company = project.enterprise if project.enterprise and project.enterprise.is_public() else None
    zone = project.zone if project.zone and project.zone.is_public() else None
    said = _said(
        company and not lang_here(company) and name_here(company), zone and name_here(zone),
        project.get_status_display(),
        project.registered_usd and _("vốn đăng ký %(amount)s") % {"amount": usd_short(project.registered_usd)},
    )
    return _of_record(request, "projects", project, said)


def of_zone(request: HttpRequest, sheet: ZoneSheet) -> About:
    zone, seen = sheet.zone, sheet.occupancy
    said = _said(
        zone.get_kind_display(), zone.area_ha is not None and f"{number(zone.area_ha)} ha",
        seen and _("tỷ lệ lấp đầy %(percent)s %%") % {"percent": seen.amount}, *_projects(sheet.tenants),
    )
    place = {
        "@type": "Place", "name": zone.name, "url": _address(request, "zones", zone.code), "identifier": zone.code,
        "address": {"@type": "PostalAddress", "addressRegion": zone.get_province_display(), "addressCountry": "VN"},
    }
    if zone.name_en:
        place["alternateName"] = zone.name_en
    if zone.latitude is not None:
        place["geo"] = {"@type": "GeoCoordinates", "latitude": zone.latitude, "longitude": zone.longitude}
    if zone.parent and zone.parent.is_public():
        place["containedInPlace"] = {"@type": "Place", "name": zone.parent.name,
                                     "url": _address(request, "zones", zone.parent.code)}
    return _of_record(request, "zones", zone, said, place)


def of_country(request: HttpRequest, country: Country) -> About:
    said = _("Đầu tư từ %(country)s tại Bắc Ninh: nguồn nêu gì, và sổ đăng ký ghi nhận gì.")
    return _of_record(request, "countries", country, said % {"country": name_here(country)})


def of_source(request: HttpRequest, source: Source) -> About:
    said = _("Nguồn %(code)s: những gì nguồn nêu, và những gì trong sổ đăng ký dựa vào đó.") % {"code": source.code}
    return _of_record(request, "sources", source, said)


def of_investor(request: HttpRequest, sheet: InvestorSheet) -> About:
    """An organisation is one of schema.org; a natural person is nobody."""
    investor = sheet.investor
    things = () if investor.is_person else (_organisation(request, investor),)
    return _of_record(request, "investors", investor, _said(TITLES["investors"], *_projects(sheet.projects)), *things)


def of_sector(request: HttpRequest, sheet: SectorSheet) -> About:
    return _of_record(request, "sectors", sheet.sector, _said(TITLES["sectors"], *_projects(sheet.projects)))


def of_comparison() -> About:
    return About(_("So sánh khu công nghiệp"), _(
        "Tối đa bốn khu công nghiệp của Bắc Ninh đặt cạnh nhau: đất, giá, hạ tầng, dự án; mỗi con số kèm ngày và nguồn."
    ))


def of_publications() -> About:
    return About(_("Số liệu đã công bố"), _(
        "Các bảng thống kê đã chốt đúng như khi công bố, kèm mã kiểm, và mọi chỗ nay đã khác cùng bút toán làm cho "
        "khác."
    ))


def of_publication(figure: PublishedFigure) -> About:
    title = vietnamese(figure.title, figure.title_en)
    return About(strip_tags(title), _(
        "Bảng %(code)s của %(office)s: từng con số như khi công bố ngày %(day)s, và chỗ nào nay đã khác, vì sao."
    ) % {"code": figure.code, "office": name_here(figure.office), "day": date_format(localdate(figure.frozen_at))})


def of_record(request: HttpRequest, shelf: Shelf, record) -> About:
    """A record on the page that serves its noun."""
    return _of_record(request, shelf.path, record, str(shelf.title))


def _of_record(request: HttpRequest, path: str, record, said: str, *things: dict) -> About:
    name = name_of_record(record)
    return About(
        title=name, description=f"{name}. {sentence(said).removesuffix('.')}. {PROMISE}",
        schema=(*things, _trail(request, path, name)), feed=_feed_of(path, record.code),
    )


def _organisation(request: HttpRequest, investor: Investor) -> dict:
    found = {"@type": "Organization", "identifier": investor.code, "name": investor.name,
             "url": _address(request, "investors", investor.code)}
    if others := [name for name in (investor.name_en, investor.name_native) if name and name != investor.name]:
        found["alternateName"] = others
    if investor.country:
        found["address"] = {"@type": "PostalAddress", "addressCountry": investor.country.code}
    return found


def _trail(request: HttpRequest, path: str, name: str = "") -> dict:
    """Where the page stands: register, list, record."""
    steps = [(_("Sổ đăng ký FDI Bắc Ninh"), reverse("pages:home")), (str(TITLES[path]), reverse(f"pages:{path}"))]
    if name:
        steps.append((name, request.path))
    return {"@type": "BreadcrumbList", "itemListElement": [
        {"@type": "ListItem", "position": place, "name": label, "item": request.build_absolute_uri(address)}
        for place, (label, address) in enumerate(steps, 1)
    ]}


def _projects(held: ProjectsOf) -> tuple[str, ...]:
    if not held.count:
        return ()
    count = ngettext("%(count)s dự án", "%(count)s dự án", held.count) % {"count": number(held.count)}
    if held.total is None:
        return (count,)
    return (count, _("vốn đăng ký %(amount)s") % {"amount": usd_short(held.total.registered_usd)})


def _address(request: HttpRequest, path: str, code: str) -> str:
    return request.build_absolute_uri(reverse(f"pages:{LISTINGS[path].kind}", args=[code]))


def _feed_of(path: str, code: str) -> str:
    return reverse(f"pages:{LISTINGS[path].kind}-feed", args=[code]) if path in FOLLOWED else ""


def _said(*words) -> str:
    return ", ".join(str(word) for word in words if word)
