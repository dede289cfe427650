"""Who asks: nobody needs a key to read what is published, and a key that is not known is refused."""

from django.utils.translation import gettext as _
from rest_framework import authentication, exceptions


class PartnerKey(authentication.BaseAuthentication):
    """``Authorization: Bearer …``. No key has been issued yet, so every key is unknown."""

    def authenticate(self, request):
        if "Authorization" not in request.headers:
            return None
        raise exceptions.AuthenticationFailed(
            _("Khóa không hợp lệ; hãy bỏ tiêu đề Authorization để đọc không cần khóa.")
        )

    def authenticate_header(self, request) -> str:
        return 'Bearer realm="registry"'
