"""The OpenAPI 3.1 schema, made from what the API really uses: filter sets, documents and statistics."""

from django.utils.translation import gettext_lazy as _

from registry.exchange.copies import copies_of
from registry.exchange.documents import DOCUMENTS
from registry.exchange.documents.coverage import STATED
from registry.exchange.documents.shape import (
    ISO_DAY,
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
from registry.vocabulary.visibility import Visibility
from registry.web.files import API_FORMS, api_forms
from registry.web.listing import LISTINGS
from registry.web.order import words as order_words
from registry.web.parameters import (
    NONE,
    AmountField,
    IsoDayField,
    MomentField,
    SeveralField,
    WholeField,
    WordField,
    WordsField,
    YesField,
)
from registry.web.statistics_filters import CapitalParameters, FlowParameters

from .base import detail_parameters
from .changes import FeedParameters
from .dumps import DUMP

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

ERRORS = {
    "400": _("Một tham số sai hoặc không có; “errors” nêu từng tham số và cách sửa."),
    "401": _("Đã gửi một khóa mà sổ đăng ký không biết."),
    "405": _("API chỉ để đọc."),
    "429": _("Đã vượt hạn mức; Retry-After nêu số giây phải chờ."),
    "500": _("Lỗi của sổ đăng ký; hãy gửi “request_id” cho cán bộ."),
}


def schema(base: str) -> dict:
    """The schema of the API that is served at ``base``."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": str(_("Sổ đăng ký FDI Bắc Ninh")), "version": VERSION,
            "description": str(_(
                "Mọi con số đều có ngày và nguồn, không có gì bị mất, và mọi tổng số đều hỏi được tính đến một ngày "
                "bất kỳ. Đọc dữ liệu đã công bố không cần khóa. API chỉ thêm, không bớt."
            )),
        },
        "servers": [{"url": base.rstrip("/")}],
        "paths": _paths(),
        "components": {
            "schemas": {**{_title(kind): {**each.schema_for(Visibility.PUBLIC), "x-kind": kind,
                                          "x-copies": copies_of(each.path)} for kind, each in DOCUMENTS.items()},
                        "Problem": PROBLEM},
            "securitySchemes": {"partner": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"partner": []}],
    }


def _paths() -> dict:
    paths = {
        "/": _path(_("Các danh sách theo tên"), [], {"type": "object"}),
        "/openapi.json": _path(_("Lược đồ OpenAPI 3.1"), [], {"type": "object"}),
    }
    for path, listing in LISTINGS.items():
        several, one = listing.model._meta.verbose_name_plural, listing.model._meta.verbose_name
        of_one = [CODE, *_parameters(detail_parameters(path))]
        paths[f"/{path}/"] = _with_files(path, _path(
            _("Danh sách: %(noun)s") % {"noun": several}, _parameters(listing.filters), _page(_named(listing.kind))))
        paths[f"/{path}/{{code}}/"] = _path(_("Theo mã: %(noun)s") % {"noun": one}, of_one, _named(listing.kind),
                                            gone=True)
    return paths | {
        "/statistics/capital/": _path(_("Tổng vốn theo nhóm, tính đến một ngày"), _parameters(CapitalParameters),
                                      CAPITAL_TABLE),
        "/statistics/flows/": _path(_("Vốn của một kỳ, theo bảng của Cục Đầu tư nước ngoài"),
                                    _parameters(FlowParameters), FLOW_TABLE),
        "/statistics/coverage/": _path(_("Số nguồn nêu, bên cạnh số mà sổ đăng ký tính được"), [], _page(STATED)),
        "/changes/": _path(_("Các thay đổi, theo thứ tự ghi sổ"), _parameters(FeedParameters), _feed(), gone=True),
        "/dumps/": _path(_("Các bản xuất toàn bộ dữ liệu đã công bố: địa chỉ, số byte, SHA-256, số dòng"), [],
                         _page(DUMP)),
    }


def _path(summary: str, parameters: list[dict], answer: dict, *, gone: bool = False) -> dict:
    responses = {
        "200": {
            "description": str(_("Câu trả lời")), "content": {"application/json": {"schema": answer}},
            "headers": {"ETag": {"schema": TEXT, "description": str(_("Thẻ mạnh; gửi lại trong If-None-Match."))}},
        },
        "304": {"description": str(_("Chưa có gì thay đổi từ thẻ đã gửi."))},
        **{status: _problem(text) for status, text in ERRORS.items()},
    }
    if gone:
        responses |= {"404": _problem(_("Không có địa chỉ này, hoặc bản ghi chưa từng công bố.")),
                      "410": _problem(_("Đã gỡ, kèm lý do; hoặc một số nằm sau thay đổi cuối cùng."))}
    return {"get": {"summary": str(summary), "parameters": parameters, "responses": responses}}


def _with_files(path: str, described: dict) -> dict:
    """A list that also answers as a file, whole, with its length and its digest."""
    described["get"]["parameters"].append({
        "name": "format", "in": "query", "required": False,
        "description": str(_("cả danh sách thành một tệp, không theo trang")),
        "schema": {"type": "string", "enum": api_forms(path)},
    })
    good = described["get"]["responses"]["200"]
    good["content"] |= {API_FORMS[form].partition(";")[0]: {"schema": {"type": "string"}} for form in api_forms(path)}
    good["headers"]["Repr-Digest"] = {"schema": TEXT, "description": str(_("SHA-256 của tệp (RFC 9530)"))}
    return described


def _problem(description: str) -> dict:
    reference = {"$ref": "#/components/schemas/Problem"}
    return {"description": str(description), "content": {"application/problem+json": {"schema": reference}}}


def _page(item: dict) -> dict:
    page = shape(results=many(item), next=MAYBE_URI)
    return {**page, "properties": {**page["properties"], "count": WHOLE}}


def _feed() -> dict:
    return shape(results=many(EVENT), next=MAYBE_URI, head=WHOLE)


def _named(kind: str) -> dict:
    return {"$ref": f"#/components/schemas/{_title(kind)}"}


def _title(kind: str) -> str:
    return "".join(word.capitalize() for word in kind.split("-"))


def _parameters(filters) -> list[dict]:
    return [
        {
            "name": name, "in": "query", "description": _described(each), "required": each.field.required,
            **({"explode": True} if isinstance(each.field, SeveralField) else {}),
            "schema": _schema_of(name, each.field, filters),
        }
        for name, each in filters.base_filters.items()
    ]


def _described(parameter) -> str:
    if getattr(parameter.field, "or_none", False):
        return str(_("%(label)s; none: chưa ghi nhận") % {"label": parameter.label})
    return str(parameter.label)


def _schema_of(name: str, field, filters) -> dict:
    match field:
        case WordsField():
            words_taken = [*field.words, NONE] if field.or_none else field.words
            return {"type": "array", "items": {"type": "string", "enum": words_taken}}
        case SeveralField():
            return {"type": "array", "items": TEXT}
        case WordField():
            return {"type": "string", "enum": field.words}
        case IsoDayField():
            return ISO_DAY
        case MomentField():
            return MOMENT
        case WholeField():
            return {"type": "integer", "minimum": field.least, "maximum": field.most}
        case AmountField():
            return {"type": "string", "pattern": r"^-?\d+(\.\d{1,2})?$"}
        case YesField():
            return {"type": "string", "enum": ["true", "false"]}
    return {"type": "string", "enum": order_words(filters.ORDERS)} if name == "ordering" else TEXT
