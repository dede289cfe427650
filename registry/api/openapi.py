"""The OpenAPI 3.1 schema, made from what the API really uses: filter sets, documents and statistics."""

from collections.abc import Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registry.exchange.copies import copies_of
from registry.exchange.documents import DOCUMENTS
from registry.exchange.documents.a_iv_1 import form_schema
from registry.exchange.documents.cell import ROWS
from registry.exchange.documents.coverage import NOT_COMPARED, STATED
from registry.exchange.documents.indicator import INDICATOR
from registry.exchange.documents.nested import part_schema
from registry.exchange.documents.published import PUBLICATION, PUBLICATION_IN_FULL
from registry.exchange.documents.shape import (
    MAYBE_ISO_DAY,
    MAYBE_TEXT,
    MOMENT,
    TEXT,
    WHOLE,
    many,
    maybe,
    shape,
    words,
)
from registry.exchange.documents.statistics import CAPITAL_TABLE, FLOW_TABLE
from registry.vocabulary.change import Verb
from registry.vocabulary.definition import DEFINED
from registry.vocabulary.visibility import Visibility
from registry.web.cell import CapitalCell, FlowCell
from registry.web.files import API_FORMS, api_forms
from registry.web.indicator_filters import IndicatorParameters
from registry.web.listing import LISTINGS
from registry.web.period_filters import CoverageParameters, FormParameters
from registry.web.statistics_filters import CapitalParameters, FlowParameters

from .base import detail_parameters
from .changes import FeedParameters
from .components import reference, shared
from .deprecated import DEPRECATED, with_deprecated
from .dumps import DUMP
from .examples import examples, with_examples
from .key import KEY
from .openapi_parameters import parameters_of, shaping_of

VERSION = "1.0"

MAYBE_URI = {"type": ["string", "null"], "format": "uri"}

PROBLEM = shape(
    type={"type": "string", "format": "uri-reference"}, title=TEXT, status=WHOLE, detail=TEXT, code=TEXT,
    errors=many(shape(pointer=TEXT, message=TEXT)), request_id=TEXT,
)
# Told by the change feed alone, so not required.
PROBLEM = {**PROBLEM, "properties": {**PROBLEM["properties"], "dump": {
    **MAYBE_URI, "description": "the dump to start from again"}}}
EVENT = shape(
    seq=WHOLE, at=MOMENT, kind=TEXT, code=TEXT, verb=words(Verb), url={"type": "string", "format": "uri"},
    record=maybe({"type": "object", "description": "the record's present public form"}), merged_into=MAYBE_TEXT,
)

CODE = {"name": "code", "in": "path", "required": True, "schema": TEXT}
HEADERS = {
    "ETag": _("Thẻ mạnh; gửi lại trong If-None-Match."),
    "RateLimit-Policy": _("Hạn mức: q yêu cầu trong w giây."),
    "RateLimit": _("Còn r yêu cầu, bắt đầu lại sau t giây."),
}

# Headers of one status, or of lists alone.
LINK = {"Link": _("Trang sau: <địa chỉ>; rel=\"next\". Không có ở trang cuối.")}
OF_STATUS = {
    "301": {"Location": _("Địa chỉ của bản ghi đã gộp vào.")},
    "304": {"ETag": HEADERS["ETag"]},
    "401": {"WWW-Authenticate": _("Cách gửi khóa: Bearer.")},
    "429": {"Retry-After": _("Số giây phải chờ.")},
}

ERRORS = {
    "400": _("Một tham số sai hoặc không có; “errors” nêu từng tham số và cách sửa."),
    "401": _("Khóa không biết, hết hạn, bị vô hiệu hóa, hoặc gửi từ địa chỉ mạng khác."),
    "405": _("API chỉ để đọc."),
    "429": _("Đã vượt hạn mức; Retry-After nêu số giây phải chờ."),
    "500": _("Lỗi của sổ đăng ký; hãy gửi “request_id” cho cán bộ."),
}


def schema(base: str) -> dict:
    """The schema of the API that is served at ``base``; each figure has its definition there."""
    return shared(schema_in_full(base))


def schema_in_full(base: str) -> dict:
    """The same, with everything where it belongs and nothing referred to but records."""
    return with_deprecated(with_examples(defined({
        "openapi": "3.1.0",
        "info": {
            "title": str(_("Sổ đăng ký FDI Bắc Ninh")), "version": VERSION,
            "description": str(_(
                "Mọi con số đều có ngày và nguồn, không có gì bị mất, và mọi tổng số đều hỏi được tính đến một ngày "
                "bất kỳ. Đọc dữ liệu đã công bố không cần khóa. API chỉ thêm, không bớt."
            )) + " " + str(_(
                "Địa chỉ dài quá (414) và tiêu đề dài quá (431) có thể bị máy chủ từ chối trước khi đến API, không kèm "
                "tài liệu lỗi."
            )),
        },
        "servers": [{"url": base.rstrip("/")}],
        "paths": _paths(),
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {"partner": {
                "type": "http", "scheme": "bearer", "bearerFormat": "bnf_<id>.<secret>",
                "description": str(_("Khóa của đối tác; không có khóa vẫn đọc được, với hạn mức thấp hơn.")),
            }},
        },
        "security": [{}, {"partner": []}],
    }), examples(base, get_language())), DEPRECATED)


def defined(part):
    """The same part of the schema, in which each property that is defined says so."""
    if isinstance(part, list):
        return [defined(each) for each in part]
    if not isinstance(part, dict):
        return part
    found = {name: defined(each) for name, each in part.items()}
    if found.get("type") == "object" and "properties" in found:
        found["properties"] = {name: _with_definition(name, each) for name, each in found["properties"].items()}
    return found


def _with_definition(name: str, each: dict) -> dict:
    if name not in DEFINED:
        return each
    unit = each.get("description")
    return {**each, "description": f"{DEFINED[name].text} ({unit})" if unit else str(DEFINED[name].text)}


def _schemas() -> dict:
    """The records as the public sees them, the same in part (``fields``, ``expand``), and what goes wrong."""
    whole = {_title(kind): {**each.schema_for(Visibility.PUBLIC), "x-kind": kind, "x-copies": copies_of(each.path)}
             for kind, each in DOCUMENTS.items()}
    parts = {_part(kind): part_schema(kind, Visibility.PUBLIC, lambda other: _reference(_part(other)))
             for kind in DOCUMENTS}
    return {**whole, **parts, "Key": KEY, "Problem": PROBLEM}


def _paths() -> dict:
    paths = {
        "/": _path(_("Các danh sách theo tên"), [], {"type": "object"}),
        "/openapi.json": _path(_("Lược đồ OpenAPI 3.1"), [], {"type": "object"}),
    }
    for path, listing in LISTINGS.items():
        several, one = listing.model._meta.verbose_name_plural, listing.model._meta.verbose_name
        of_one = [CODE, *parameters_of(detail_parameters(path)), *shaping_of(listing.kind)]
        answer = {"anyOf": [_reference(_title(listing.kind)), _reference(_part(listing.kind))]}
        paths[f"/{path}/"] = _with_files(path, _path(
            _("Danh sách: %(noun)s") % {"noun": several}, [*parameters_of(listing.filters), *shaping_of(listing.kind)],
            _page(answer)))
        paths[f"/{path}/{{code}}/"] = _path(_("Theo mã: %(noun)s") % {"noun": one}, of_one, answer,
                                           one=True, gone=True, moves=True)
    return paths | {
        "/statistics/capital/": _path(_("Tổng vốn theo nhóm, tính đến một ngày"), parameters_of(CapitalParameters),
                                      CAPITAL_TABLE),
        "/statistics/flows/": _path(_("Vốn của một kỳ, theo bảng của Cục Đầu tư nước ngoài"),
                                    parameters_of(FlowParameters), FLOW_TABLE),
        "/statistics/capital/rows/": _path(_("Các dòng làm nên một con số của bảng vốn"), parameters_of(CapitalCell),
                                           ROWS),
        "/statistics/flows/rows/": _path(_("Các dòng làm nên một con số của bảng một kỳ"), parameters_of(FlowCell),
                                         ROWS),
        "/statistics/a-iv-1/": _path(_("Biểu A.IV.1 của một quý: đầu tư nước ngoài trên địa bàn tỉnh"),
                                     parameters_of(FormParameters), form_schema()),
        "/statistics/coverage/": _path(_("Số nguồn nêu, bên cạnh số mà sổ đăng ký tính được"),
                                       parameters_of(CoverageParameters),
                                       _page(STATED, as_of=MAYBE_ISO_DAY, known_on=MAYBE_ISO_DAY,
                                             not_compared=many(NOT_COMPARED))),
        "/statistics/indicators/": _path(_("Chỉ tiêu của tỉnh mà các nguồn nêu: mỗi giá trị một dòng"),
                                         parameters_of(IndicatorParameters), _page(INDICATOR)),
        "/publications/": _path(_("Các bảng số đã công bố, bảng mới nhất trước"), [], _page(PUBLICATION)),
        "/publications/{code}/": _path(_("Một bảng đã công bố, và những gì nay đã khác"), [CODE], PUBLICATION_IN_FULL,
                                       one=True, gone=True),
        "/key/": _path(_("Khóa đang dùng: hạn mức, đã dùng, hạn dùng"), [], _reference("Key"), needs_key=True),
        "/changes/": _path(_("Các thay đổi, theo thứ tự ghi sổ"), parameters_of(FeedParameters), _feed(), gone=True),
        "/dumps/": _path(_("Các bản xuất toàn bộ dữ liệu đã công bố: địa chỉ, số byte, SHA-256, số dòng"), [],
                         _page(DUMP)),
    }


def _path(summary: str, parameters: list[dict], answer: dict, *, one: bool = False, gone: bool = False,
          moves: bool = False, needs_key: bool = False) -> dict:
    """``one``: of a record that may not be there; ``gone``: of what may not be there any more; ``moves``: of what may
    have been merged."""
    responses = {
        "200": {
            "description": str(_("Câu trả lời")), "content": {"application/json": {"schema": answer}},
            "headers": _headers(HEADERS),
        },
        "304": {"description": str(_("Chưa có gì thay đổi từ thẻ đã gửi."))},
        **{status: _problem(text) for status, text in ERRORS.items()},
    }
    if one:
        responses["404"] = _problem(_("Không có địa chỉ này, hoặc bản ghi chưa từng công bố."))
    if gone:
        responses["410"] = _problem(_("Đã gỡ, kèm lý do; hoặc một số nằm sau thay đổi cuối cùng."))
    if moves:
        responses["301"] = {"description": str(_("Bản ghi đã gộp vào bản ghi khác."))}
    for status in responses.keys() & OF_STATUS.keys():
        responses[status]["headers"] = _headers(OF_STATUS[status])
    security = {"security": [{"partner": []}]} if needs_key else {}
    return {"get": {"summary": str(summary), "parameters": parameters, "responses": responses, **security}}


def _headers(texts: Mapping[str, str]) -> dict:
    return {name: {"schema": TEXT, "description": str(text)} for name, text in texts.items()}


def _with_files(path: str, described: dict) -> dict:
    """A list that also answers as a file, whole, with its length and its digest."""
    described["get"]["parameters"].append({
        "name": "format", "in": "query", "required": False,
        "description": str(_("cả danh sách thành một tệp, không theo trang")),
        "schema": {"type": "string", "enum": api_forms(path)},
    })
    good = described["get"]["responses"]["200"]
    good["content"] |= {API_FORMS[form].partition(";")[0]: {"schema": {"type": "string"}} for form in api_forms(path)}
    good["headers"] |= _headers(LINK | {"Repr-Digest": _("SHA-256 của tệp (RFC 9530)")})
    return described


def _problem(description: str) -> dict:
    return {"description": str(description),
            "content": {"application/problem+json": {"schema": _reference("Problem")}}}


def _page(item: dict, **more: dict) -> dict:
    page = shape(results=many(item), next=MAYBE_URI, **more)
    return {**page, "properties": {**page["properties"], "count": WHOLE}}


def _feed() -> dict:
    return shape(results=many(EVENT), next=MAYBE_URI, head=WHOLE)


def _reference(name: str) -> dict:
    return reference("schemas", name)


def _part(kind: str) -> str:
    return f"{_title(kind)}Part"


def _title(kind: str) -> str:
    return "".join(word.capitalize() for word in kind.split("-"))
