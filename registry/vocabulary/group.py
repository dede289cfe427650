"""What tables of statistics are grouped by, in words."""

from django.utils.translation import gettext_lazy as _

GROUP_NAMES = {
    "year": _("năm quyết định"), "quarter": _("quý quyết định"), "month": _("tháng quyết định"),
    "country": _("quốc gia"), "sector": _("ngành"), "section": _("ngành cấp 1"), "zone": _("khu công nghiệp"),
    "place": _("địa bàn"), "form": _("hình thức đầu tư"), "status": _("tình trạng"), "investor": _("nhà đầu tư"),
    "registrar": _("cơ quan đăng ký đầu tư"), "former_province": _("tỉnh cũ"),
}
