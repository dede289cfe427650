"""What a request that went wrong gets: a page for people, a problem for programs. None of them reads the database."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from registry.vocabulary.errors import RuleBroken
from registry.web.problems import refuse


class BadRequest(RuleBroken):
    code = "bad-request"
    message = _("Không đọc được yêu cầu này; hãy kiểm tra lại địa chỉ rồi thử lại.")


class Forbidden(RuleBroken):
    code = "forbidden"
    message = _("Trang này không dành cho bạn; nếu bạn là cán bộ, hãy đăng nhập rồi thử lại.")


class NoSuchPage(RuleBroken):
    code = "not-found"
    message = _("Địa chỉ có thể gõ nhầm, hoặc hồ sơ chưa từng công bố. Hãy kiểm tra lại, hoặc tìm trong danh sách.")


class RegisterFailed(RuleBroken):
    code = "internal-error"
    message = _("Sổ đăng ký gặp lỗi, không phải do bạn; chưa có gì bị thay đổi. Hãy thử lại sau ít phút, và gửi mã "
                "yêu cầu bên dưới cho cán bộ nếu lỗi còn lặp lại.")


def bad_request(request: HttpRequest, exception=None) -> HttpResponse:
    return refuse(request, BadRequest(), status=400)


def forbidden(request: HttpRequest, exception=None) -> HttpResponse:
    return refuse(request, Forbidden(), status=403)


def not_found(request: HttpRequest, exception=None) -> HttpResponse:
    return refuse(request, NoSuchPage(), status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return refuse(request, RegisterFailed(), status=500)
