"""Who mirrors the register, and the keys with which they ask."""

from datetime import date
from ipaddress import ip_address, ip_network

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models.base import NounQuerySet, Versioned
from registry.models.fields import one_of
from registry.vocabulary.partner import KeyState, Plan, Scope


class StaffOnlyQuerySet(NounQuerySet):
    def public(self):
        """The public does not learn who asks."""
        return self.none()


class ApiKeyQuerySet(StaffOnlyQuerySet):
    def to_approve(self):
        """The keys that wait for a second person."""
        return self.filter(state=KeyState.ASKED)

    def ending(self, by: date):
        """The keys in use that end by this day."""
        return self.filter(state=KeyState.ISSUED, expires_on__lte=by)


class Partner(Versioned):
    """An organisation that reads the register by program (đối tác khai thác API), with the plan of its quota.

    ``contact`` is a person's: it stands in this row alone, never in the change log.
    """

    KIND = "partner"
    PERSONAL = ("contact",)

    code = models.CharField(_("mã"), max_length=20, unique=True)
    name = models.CharField(_("tên"), max_length=300, unique=True)
    contact = models.CharField(_("người liên hệ"), max_length=300, blank=True, default="",
                               help_text=_("Tên, thư điện tử: để báo khi khóa sắp hết hạn hay bị lộ."))
    plan = models.CharField(_("gói hạn mức"), max_length=10, choices=Plan, default=Plan.BASIC)

    objects = StaffOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("đối tác API")
        verbose_name_plural = _("đối tác API")
        constraints = [one_of("partner", "plan", Plan)]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def is_public(self) -> bool:
        return False


def check_addresses(values: list) -> None:
    """Raises ValidationError for what is no network address."""
    for value in values if isinstance(values, list) else [values]:
        try:
            ip_network(value, strict=False)
        except ValueError as error:
            raise ValidationError(_("“%(value)s” không phải là địa chỉ mạng; hãy viết như 203.0.113.7 hoặc "
                                    "203.0.113.0/24."), params={"value": value}) from error


class ApiKey(Versioned):
    """A key of a partner (khóa truy cập). ``code`` is the part that may be shown; of the secret only ``digest`` is
    kept, an HMAC under the pepper ``pepper``, in this row alone, and only once the key is issued.

    ``expires_on`` is the last day on which it works. ``addresses`` are the networks from which it works, any where
    there are none. A key that ``replaces`` another lets that one work until ``overlap_until`` once it is issued.
    """

    KIND = "api-key"
    # A secret's digest is nobody's to read in a history, and a pepper may change without a deed.
    PERSONAL = ("digest", "pepper")

    code = models.CharField(_("mã khóa"), max_length=12, unique=True)
    partner = models.ForeignKey(Partner, models.PROTECT, verbose_name=_("đối tác"), related_name="keys")
    purpose = models.CharField(_("dùng vào việc gì"), max_length=200)
    scope = models.CharField(_("phạm vi"), max_length=10, choices=Scope, default=Scope.PUBLIC)
    expires_on = models.DateField(_("dùng đến hết ngày"))
    addresses = models.JSONField(_("chỉ dùng từ các địa chỉ mạng"), blank=True, default=list,
                                 validators=[check_addresses])
    state = models.CharField(_("tình trạng"), max_length=10, choices=KeyState, default=KeyState.ASKED)
    replaces = models.ForeignKey("self", models.PROTECT, verbose_name=_("thay cho khóa"), null=True, blank=True,
                                 related_name="replacements")
    overlap_until = models.DateField(_("khóa cũ dùng đến hết ngày"), null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True, default="", editable=False)
    pepper = models.CharField(max_length=20, blank=True, default="", editable=False)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("khóa API")
        verbose_name_plural = _("khóa API")
        constraints = [
            one_of("api_key", "scope", Scope),
            one_of("api_key", "state", KeyState),
            models.CheckConstraint(
                name="api_key_has_secret_once_issued",
                condition=(Q(state__in=[KeyState.ISSUED, KeyState.REVOKED]) & ~Q(digest="") & ~Q(pepper=""))
                | (~Q(state=KeyState.ISSUED) & Q(digest="") & Q(pepper="")),
                violation_error_message=_("Chỉ khóa đã lấy mới có phần bí mật."),
            ),
            models.CheckConstraint(
                name="api_key_overlaps_what_it_replaces",
                condition=Q(replaces=None, overlap_until=None) | Q(replaces__isnull=False, overlap_until__isnull=False),
                violation_error_message=_("Khóa thay cho khóa khác phải nói khóa cũ dùng đến ngày nào."),
            ),
        ]

    def __str__(self) -> str:
        return f"bnf_{self.code}"

    def is_public(self) -> bool:
        return False

    def is_over(self, today: date) -> bool:
        return today > self.expires_on

    def works_from(self, address: str) -> bool:
        """Whether it may be used from this address."""
        if not self.addresses:
            return True
        try:
            asked = ip_address(address)
        except ValueError:
            return False
        asked = getattr(asked, "ipv4_mapped", None) or asked
        return any(asked in ip_network(each, strict=False) for each in self.addresses)
