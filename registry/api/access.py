"""Who asks, and how much they may: nobody needs a key to read what is published; a partner's key raises the quota.

A key comes in the Authorization header alone. It is in no address, no log and no error page, and an answer never says
it again.
"""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables
from rest_framework import authentication, exceptions

from registry.actions.partner import is_secret_of, mark_used
from registry.actions.quota import Quota, counted_key, counted_network, take
from registry.models import ApiKey
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.partner import TOKEN, KeyState, read_token
from registry.vocabulary.visibility import Visibility
from registry.web.client import address_of, counted_address

BEARER = "bearer "


class KeyRefused(RuleBroken):
    """A key that opens nothing. Only who holds the secret is told more than that it is not known."""

    code = "authentication-failed"

    def __init__(self, message):
        self.message = message
        super().__init__()


class KeyInAddress(RuleBroken):
    code = "key-in-address"
    message = gettext_lazy("Không đặt khóa trong địa chỉ: địa chỉ nằm lại trong nhật ký của nhiều máy. Hãy gửi khóa "
                           "trong tiêu đề Authorization, và báo sổ đăng ký đổi khóa này.")


class PartnerKey(authentication.BaseAuthentication):
    """``Authorization: Bearer bnf_<id>.<secret>``."""

    @sensitive_variables()
    def authenticate(self, request):
        if "Authorization" not in request.headers:
            return None
        header = request.headers["Authorization"]
        token = header[len(BEARER):].strip() if header[: len(BEARER)].lower() == BEARER else ""
        try:
            return None, key_of(token, address_of(request))
        except KeyRefused as error:
            raise exceptions.AuthenticationFailed(str(error)) from None

    def authenticate_header(self, request) -> str:
        return 'Bearer realm="registry"'


@sensitive_variables()
def key_of(token: str, address: str) -> ApiKey:
    """The key in use that a token is. One query. Raises KeyRefused."""
    key_id, secret = read_token(token) or ("", "")
    key = ApiKey.objects.using("default").select_related("partner").filter(code=key_id).first() if key_id else None
    if not is_secret_of(key, secret):
        raise KeyRefused(_("Khóa không hợp lệ; hãy bỏ tiêu đề Authorization để đọc không cần khóa."))
    now = timezone.now()
    if key.state != KeyState.ISSUED:
        raise KeyRefused(_("Khóa này đã bị vô hiệu hóa; hãy xin khóa mới."))
    if key.is_over(timezone.localdate(now)):
        raise KeyRefused(_("Khóa này đã hết hạn ngày %(day)s; hãy xin khóa mới.") % {
            "day": f"{key.expires_on:%d/%m/%Y}"})
    if not key.works_from(address):
        raise KeyRefused(_("Khóa này không dùng được từ địa chỉ mạng %(address)s.") % {"address": address})
    mark_used(key=key, secret=secret, minute=int(now.timestamp()) // 60)
    return key


def check_no_key_in(request: HttpRequest) -> None:
    """Raises KeyInAddress."""
    if TOKEN.search(request.META.get("QUERY_STRING", "")) or TOKEN.search(request.path):
        raise KeyInAddress()


def reader_of(key: ApiKey | None) -> str:
    """Whose fields a request is shown."""
    return Visibility.PUBLIC if key is None else Visibility(key.scope)


def take_quota(request: HttpRequest, key: ApiKey | None) -> Quota:
    """Count a request: for its key, else for the network from which it comes."""
    who, plan = whose(request, key)
    return take(who, settings.API_RATES[plan], at=timezone.localtime())


def whose(request: HttpRequest, key: ApiKey | None) -> tuple[str, str]:
    """Under what a request is counted, and by which plan."""
    if key is None:
        return counted_network(counted_address(request)), "anonymous"
    return counted_key(key), key.partner.plan


def with_quota(response, quota: Quota | None):
    """Say what is left, in the headers of the IETF's draft."""
    if quota is None or not quota.lefts:
        return response
    response["RateLimit-Policy"] = ", ".join(f'"{left.rate.name}";q={left.rate.count};w={left.rate.seconds}'
                                             for left in quota.lefts)
    response["RateLimit"] = ", ".join(f'"{left.rate.name}";r={left.remaining};t={left.resets_in}'
                                      for left in quota.lefts)
    return response
