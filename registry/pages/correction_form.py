"""The form in which a reader reports an error: of which page, in whose words, and that a person has filled it.

The public's pages set no cookies, so the form has no CSRF cookie either: it carries a token that this site signed,
with the page that it is about, the moment it was given, and a mark of its own. A report changes nothing of whoever is
signed in, so there is nothing that another site could make a visitor do in his name; the token keeps other sites'
forms out all the same, tells how long the reader took, and one token makes one report.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from rest_framework.throttling import SimpleRateThrottle

from registry.models import NOUNS
from registry.web.languages import parted
from registry.web.permanent import Gone, Moved, find

from .addresses import WITH_PAGE

# A person takes longer to write a sentence, and does not leave a form open for days.
LEAST_SECONDS = 3
VALID_SECONDS = 24 * 60 * 60
FEWEST_LETTERS, MOST_LETTERS = 10, 4000
LONGEST_ADDRESS = 500
OF_CORRECTIONS = ("correction", "correction-new")

signer = signing.TimestampSigner(salt="corrections")


@dataclass(frozen=True)
class About:
    """The page that a report is about: its Vietnamese address; kind and code where it is a record's."""

    address: str
    kind: str = ""
    code: str = ""


def about_of(address: str) -> About:
    """The page of ours at an address, in whichever language it was read. Raises Http404 where the public has none."""
    where = urlsplit(address)
    if where.scheme or where.netloc or len(address) > LONGEST_ADDRESS:
        raise Http404
    path, query = where.path, where.query
    path = parted(path)[1]
    try:
        with translation.override(settings.LANGUAGE_CODE):
            page = resolve(path)
    except Resolver404 as error:
        raise Http404 from error
    if page.namespace != "pages" or page.url_name in OF_CORRECTIONS:
        raise Http404
    if page.url_name not in WITH_PAGE:
        return About(f"{path}?{query}" if query else path)
    try:
        record = find(NOUNS[page.url_name].objects.all(), page.kwargs["code"])
    except (Gone, Moved) as error:
        raise Http404 from error
    return About(path, record.KIND, record.code)


class CorrectionForm(forms.Form):
    """``website`` is for programs that fill in whatever they find: people do not see it."""

    words = forms.CharField(
        label=_("Điều gì sai, và đúng ra là gì"), min_length=FEWEST_LETTERS, max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("Nêu con số hay chữ bị sai, giá trị đúng, và tài liệu chứng minh nếu có."),
        error_messages={"required": _("Hãy nêu điều gì sai."),
                        "min_length": _("Hãy nêu rõ hơn: ít nhất %(limit_value)d ký tự.")},
    )
    contact = forms.CharField(
        label=_("Cách liên hệ với bạn (không bắt buộc)"), required=False, max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "email"}),
        help_text=_("Thư điện tử hoặc số điện thoại, nếu cán bộ được phép hỏi lại. Chỉ cán bộ thấy, không bao giờ "
                    "công khai."),
    )
    website = forms.CharField(
        label=_("Để trống ô này"), required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    token = forms.CharField(widget=forms.HiddenInput, max_length=1000)

    def __init__(self, *args, about: About, **kwargs):
        self.about = about
        super().__init__(*args, **kwargs)
        self.key = ""

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Ô này phải để trống: nó dành cho chương trình tự điền."))
        return ""

    def clean_token(self) -> str:
        """Keep the mark of the form as ``key``."""
        token = self.cleaned_data["token"]
        try:
            address, _space, key = signer.unsign(token, max_age=VALID_SECONDS).rpartition(" ")
        except signing.BadSignature as error:
            raise forms.ValidationError(TOO_OLD) from error
        if address != self.about.address:
            raise forms.ValidationError(TOO_OLD)
        if _is_too_young(token):
            raise forms.ValidationError(_("Bạn gửi nhanh quá nên sổ đăng ký ngờ là chương trình tự điền. Hãy chờ vài "
                                          "giây rồi gửi lại."), code="too-fast")
        self.key = key
        return token

    def renewed(self) -> str:
        """The token with which the form goes on: its own while it holds, else a new one."""
        errors = self.errors.as_data().get("token", [])
        return self.data["token"] if all(error.code == "too-fast" for error in errors) else token_for(self.about)


TOO_OLD = _("Biểu mẫu đã mở quá lâu. Nội dung bạn nhập còn nguyên: hãy chờ vài giây rồi gửi lại.")


def token_for(about: About) -> str:
    return signer.sign(f"{about.address} {uuid4().hex}")


def _is_too_young(token: str) -> bool:
    try:
        signer.unsign(token, max_age=LEAST_SECONDS)
    except signing.SignatureExpired:
        return False
    return True


class CorrectionRate(SimpleRateThrottle):
    """So many reports from one address: ``CORRECTIONS_RATE``."""

    scope = "corrections"

    def get_rate(self) -> str | None:
        return settings.CORRECTIONS_RATE

    def get_cache_key(self, request: HttpRequest, view) -> str:
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}
