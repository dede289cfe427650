"""What a request that went wrong gets: a page for people, a problem for programs. None of them reads the database."""

import logging

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from registry.vocabulary.errors import RuleBroken
from registry.web.problems import refuse

logger = logging.getLogger(__name__)

LAST_RESORT = """<!doctype html>
<html lang="vi">
<head><meta charset="utf-8"><title>Lỗi của sổ đăng ký – The register failed</title></head>
<body><main><h1>Lỗi của sổ đăng ký – The register failed</h1><p>Mã yêu cầu – Request: {request_id}</p></main></body>
</html>
"""


class BadRequest(RuleBroken):
    code = "bad-request"
    message = _("Không đọc được yêu cầu này; hãy kiểm tra lại địa chỉ rồi thử lại.")


class Forbidden(RuleBroken):
    code = "forbidden"
    message = _("Trang này không dành cho bạn; nếu bạn là cán bộ, hãy đăng nhập rồi thử lại.")


class FormRefused(RuleBroken):
    code = "form-refused"
    message = _("Biểu mẫu này đã mở quá lâu, hoặc trình duyệt không gửi cookie; chưa có gì được ghi. Hãy quay lại "
                "trang trước, tải lại rồi gửi lần nữa.")


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


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without its token. ``reason`` is Django's, for developers only."""
    return refuse(request, FormRefused(), status=403)


def not_found(request: HttpRequest, exception=None) -> HttpResponse:
    return refuse(request, NoSuchPage(), status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Also where the page of an error cannot be made: then a few words without a template."""
    try:
        return refuse(request, RegisterFailed(), status=500)
    except Exception:
        logger.exception("The page of an error failed, request %s", request.id)
        return HttpResponse(LAST_RESORT.format(request_id=request.id), status=500)
