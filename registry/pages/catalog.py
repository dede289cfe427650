"""The data as programs find it: a catalogue in DCAT, and one data set in the words of search engines."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import orjson
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registry.exchange.dump.publish import rights
from registry.statistics.changelog import last_changed
from registry.vocabulary.language import WHOLE
from registry.web.files import FORMS
from registry.web.listing import LISTINGS
from registry.web.revision import by_revision

from .search import PATHS as WITH_PAGES
from .shelves import SHELVES, TITLES

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#", "dcterms": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
CONTINUOUSLY = "http://publications.europa.eu/resource/authority/frequency/CONT"
LEADS = {shelf.path: shelf.lead for shelf in SHELVES}
Words = Callable[[], str]


@dataclass(frozen=True)
class Offered:
    """One data set: ``page`` names its page, empty where only the API has it; ``api`` is its path there."""

    path: str
    title: Words
    description: Words
    page: str
    api: str


def offered() -> list[Offered]:
    """Every list, those with a page and files of their own first, then what is computed of them."""
    paths = [*WITH_PAGES, *(path for path in LISTINGS if path not in WITH_PAGES)]
    lists = [Offered(path, lambda path=path: str(TITLES[path]), lambda path=path: str(LEADS.get(path, TITLES[path])),
                     f"pages:{path}" if path in WITH_PAGES else "", f"{path}/") for path in paths]
    return [
        *lists,
        Offered("dumps", lambda: _("Bản xuất toàn bộ"), lambda: _(
            "Mọi hồ sơ đã công bố thành tệp CSV và NDJSON, kèm lược đồ, số dòng và SHA-256 của từng tệp."
        ), "", "dumps/"),
        Offered("statistics", lambda: _("Thống kê vốn"), lambda: _(
            "Vốn đăng ký, vốn thực hiện và số dự án theo năm, quốc gia, ngành, khu công nghiệp, tính đến một ngày "
            "bất kỳ."
        ), "pages:statistics", "statistics/capital/?by=year"),
        Offered("flows", lambda: _("Vốn đầu tư của một kỳ"), lambda: _(
            "Vốn cấp mới, điều chỉnh, góp vốn mua cổ phần của một kỳ bất kỳ, theo bảng của Cục Đầu tư nước ngoài."
        ), "pages:flows", "statistics/flows/?by=section&from=2026-01-01&to=2026-06-30"),
        Offered("indicators", lambda: _("Chỉ tiêu kinh tế và thu hút đầu tư"), lambda: _(
            "GRDP, xuất khẩu, ngân sách, PCI, lao động của tỉnh thành từng chuỗi; mỗi giá trị có ngày và nguồn."
        ), "pages:indicators", "statistics/indicators/"),
        Offered("publications", lambda: _("Số liệu đã công bố"), lambda: _(
            "Các bảng thống kê đã chốt đúng như khi công bố, kèm mã kiểm và mọi chỗ nay đã khác."
        ), "pages:publications", "publications/"),
        Offered("quality", lambda: _("Nguồn nêu so với sổ đăng ký"), lambda: _(
            "Con số các nguồn nêu, đặt cạnh con số sổ đăng ký tính được đến cùng ngày."
        ), "pages:quality", "statistics/coverage/"),
    ]


def dataset(request: HttpRequest, changed: datetime | None) -> dict:
    """The register's data as one Dataset of schema.org, with the files of its projects and its API."""
    page = request.build_absolute_uri(reverse("pages:data"))
    return {
        "@type": "Dataset", "@id": f"{page}#dataset", "url": page, "name": title(), "description": summary(),
        "inLanguage": get_language(), "isAccessibleForFree": True, "dateModified": changed and changed.isoformat(),
        "spatialCoverage": {"@type": "Place", "name": "Bắc Ninh, Việt Nam"},
        "creator": {"@type": "Organization", "name": title(), "url": request.build_absolute_uri(reverse("pages:home"))},
        "usageInfo": f"{page}#licence",
        "includedInDataCatalog": {"@type": "DataCatalog", "name": title(), "url": catalog_address(request)},
        "distribution": [*files_of(request, reverse("pages:projects")), {
            "@type": "DataDownload", "encodingFormat": "application/json",
            "contentUrl": request.build_absolute_uri("/api/v1/projects/"),
        }],
    }


def files_of(request: HttpRequest, address: str) -> list[dict]:
    """The files of a page's address, which may have a query."""
    return [
        {"@type": "DataDownload", "encodingFormat": _media_type(form), "contentUrl": _file(request, address, form)}
        for form in FORMS
    ]


def title() -> str:
    return _("Sổ đăng ký dự án FDI Bắc Ninh")


def summary() -> str:
    return _("Dự án đầu tư trực tiếp nước ngoài tại Bắc Ninh: nhà đầu tư, vốn, khu công nghiệp, ngành, mốc tiến độ. "
             "Mỗi con số có ngày và nguồn; mọi tổng số đều hỏi được tính đến một ngày bất kỳ.")


def catalog_address(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("catalog"))


@by_revision
def catalog(request: HttpRequest) -> HttpResponse:
    """DCAT 3 as JSON-LD, its texts in both languages."""
    service = request.build_absolute_uri("/api/v1/")
    with translation.override("vi"):
        home, page = (request.build_absolute_uri(reverse(name)) for name in ("pages:home", "pages:data"))
        sets = [_dataset(request, each, service) for each in offered()]
    changed = last_changed()
    body = {
        "@context": CONTEXT, "@id": catalog_address(request), "@type": "dcat:Catalog",
        "dcterms:title": _in_both(title), "dcterms:description": _in_both(summary), "dcterms:rights": _in_both(rights),
        "dcterms:language": list(WHOLE), "dcterms:publisher": {"@type": "foaf:Agent", "foaf:name": _in_both(title)},
        "foaf:homepage": {"@id": home}, "dcat:landingPage": {"@id": page},
        **({"dcterms:modified": {"@type": "xsd:dateTime", "@value": changed.isoformat()}} if changed else {}),
        "dcat:dataset": sets,
        "dcat:service": [{
            "@id": service, "@type": "dcat:DataService", "dcterms:title": "API v1",
            "dcat:endpointURL": {"@id": service},
            "dcat:endpointDescription": {"@id": f"{service}openapi.json"},
            "dcat:servesDataset": [{"@id": each["@id"]} for each in sets],
        }],
    }
    return HttpResponse(orjson.dumps(body), content_type="application/ld+json")


def _dataset(request: HttpRequest, each: Offered, service: str) -> dict:
    address = reverse(each.page) if each.page else ""
    page = request.build_absolute_uri(address or reverse("pages:data"))
    api = request.build_absolute_uri(f"/api/v1/{each.api}")
    files = [
        {"@type": "dcat:Distribution", "dcterms:title": form.upper(),
         "dcat:accessURL": {"@id": page}, "dcat:downloadURL": {"@id": _file(request, address, form)},
         "dcat:mediaType": {"@id": MEDIA_TYPES + _media_type(form)}}
        for form in FORMS if address
    ]
    return {
        "@id": f"{api.partition('?')[0]}#dataset", "@type": "dcat:Dataset", "dcterms:identifier": each.path,
        "dcterms:title": _in_both(each.title), "dcterms:description": _in_both(each.description),
        "dcterms:spatial": {"@type": "dcterms:Location", "dcterms:title": "Bắc Ninh, Việt Nam"},
        "dcterms:accrualPeriodicity": {"@id": CONTINUOUSLY}, "dcat:landingPage": {"@id": page},
        "dcat:distribution": [*files, {
            "@type": "dcat:Distribution", "dcterms:title": "API", "dcat:accessURL": {"@id": api},
            "dcat:accessService": {"@id": service}, "dcat:mediaType": {"@id": MEDIA_TYPES + FORMS["json"]},
        }],
    }


def _in_both(words: Words) -> list[dict]:
    found = []
    for language in WHOLE:
        with translation.override(language):
            found.append({"@language": language, "@value": words()})
    return found


def _file(request: HttpRequest, address: str, form: str) -> str:
    return request.build_absolute_uri(f"{address}{'&' if '?' in address else '?'}format={form}")


def _media_type(form: str) -> str:
    return FORMS[form].partition(";")[0]
