"""Every error of the API as application/problem+json."""

from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions

from registry.exchange.dump.shelf import DESCRIPTOR, latest_name
from registry.exchange.files import TooMuchForExcel
from registry.statistics.a_iv_1 import QuarterInFuture
from registry.statistics.flows import PeriodBackwards, PeriodInFuture
from registry.vocabulary.errors import RuleBroken
from registry.web.permanent import Gone
from registry.web.problems import BadParameters, Problem, Unreadable, problem_json, problem_of_rule

from .access import KeyInAddress


class BeyondHead(RuleBroken):
    code = "after-beyond-head"
    message = gettext_lazy("Số %(after)s nằm sau thay đổi cuối cùng (%(head)s): sổ đăng ký đã được khôi phục từ bản "
                           "sao lưu. Hãy tải lại toàn bộ: từ bản xuất nêu ở “dump”, hoặc từ đầu (after=0).")


STATUS = {Gone: 410, BeyondHead: 410}

# Every code that the API sends, with its status and what it means: ``type`` leads to it on the page of the API.
PROBLEMS = (
    (400, BadParameters.code, gettext_lazy("Một tham số sai hoặc không có; “errors” nêu từng tham số và cách sửa.")),
    (400, PeriodBackwards.code, gettext_lazy("Ngày đầu của kỳ sau ngày cuối.")),
    (400, PeriodInFuture.code, gettext_lazy("Kỳ bắt đầu sau hôm nay.")),
    (400, QuarterInFuture.code, gettext_lazy("Quý bắt đầu sau hôm nay.")),
    (400, TooMuchForExcel.code, gettext_lazy("Danh sách dài hơn mức một tệp Excel chứa được; hãy lấy format=csv.")),
    (400, Unreadable.code, gettext_lazy("Địa chỉ quá dài; có ký tự NUL trong địa chỉ, tiêu đề hay cookie; hoặc một "
                                        "tham số không phải là chữ theo UTF-8.")),
    (400, "bad-request", gettext_lazy("Yêu cầu không đọc được: tên máy chủ lạ, quá nhiều tham số.")),
    (400, KeyInAddress.code, gettext_lazy("Khóa nằm trong địa chỉ; hãy gửi trong tiêu đề Authorization và đổi khóa.")),
    (401, "authentication-failed",
     gettext_lazy("Khóa không biết, hết hạn, bị vô hiệu hóa, hoặc gửi từ địa chỉ mạng khác.")),
    (401, "not-authenticated", gettext_lazy("Địa chỉ này cần khóa.")),
    (404, "not-found", gettext_lazy("Không có địa chỉ này, hoặc bản ghi chưa từng công bố.")),
    (405, "method-not-allowed", gettext_lazy("API chỉ để đọc.")),
    (410, Gone.code, gettext_lazy("Bản ghi đã gỡ; “detail” nêu lý do.")),
    (410, BeyondHead.code, gettext_lazy("Số thay đổi nằm sau thay đổi cuối cùng: hãy tải lại từ bản xuất nêu ở “dump”, "
                                     "hoặc từ đầu.")),
    (429, "throttled", gettext_lazy("Đã vượt hạn mức; Retry-After nêu số giây phải chờ.")),
    (500, "internal-error", gettext_lazy("Lỗi của sổ đăng ký; hãy gửi “request_id” cho cán bộ.")),
)


def problem_of(error: Exception, context: dict) -> HttpResponse | None:
    """The answer to an error raised in a view; None for what is nobody's rule (a fault of ours: 500)."""
    request = context["request"]._request
    if isinstance(error, BeyondHead):
        problem = problem_of_rule(error, STATUS[BeyondHead])
        return problem_json(request, replace(problem, more={"dump": where_to_start(request)}))
    if isinstance(error, RuleBroken):
        return problem_json(request, problem_of_rule(error, STATUS.get(type(error), 400)))
    if isinstance(error, Http404):
        return problem_json(request, Problem(404, "not-found", _("Không có bản ghi này trong sổ đăng ký.")))
    if isinstance(error, PermissionDenied):
        return problem_json(request, Problem(403, "forbidden", _("Không được phép.")))
    if isinstance(error, exceptions.APIException):
        return _of_framework(request, error)
    return None


def where_to_start(request) -> str | None:
    """The newest dump; null while there is none."""
    latest = latest_name()
    return request.build_absolute_uri(reverse("dump-file", args=[latest, DESCRIPTOR])) if latest else None


def _of_framework(request, error: exceptions.APIException) -> HttpResponse:
    response = problem_json(request, Problem(error.status_code, error.default_code.replace("_", "-"),
                                             _detail_of(error)))
    if isinstance(error, exceptions.Throttled) and error.wait is not None:
        response["Retry-After"] = str(int(error.wait) + 1)
    if isinstance(error, exceptions.MethodNotAllowed):
        response["Allow"] = "GET, HEAD, OPTIONS"
    if getattr(error, "auth_header", None):
        response["WWW-Authenticate"] = error.auth_header
    return response


def _detail_of(error: exceptions.APIException) -> str:
    match error:
        case exceptions.Throttled():
            return _("Đã vượt hạn mức; hãy thử lại sau số giây ghi ở Retry-After.")
        case exceptions.MethodNotAllowed():
            return _("API chỉ để đọc: dùng GET, HEAD hoặc OPTIONS.")
        case _:
            return str(error.detail)
