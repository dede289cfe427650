"""What officers call the columns of their lists of projects."""

from django.utils.translation import gettext_lazy as _

ALSO = {
    "code": ("mã dự án trong sổ", "mã sổ đăng ký"),
    "irc_code": ("mã dự án", "số GCNĐKĐT", "số GCN", "mã số GCNĐKĐT", "số giấy chứng nhận", "GCNĐKĐT",
                 "số giấy chứng nhận đăng ký đầu tư", "số GPĐT", "số GCNĐT", "số giấy CNĐKĐT", "số giấy CNĐT", "IRC",
                 "IRC code", "IRC No.", "IRC number"),
    "name": ("tên dự án", "dự án", "tên dự án đầu tư", "project", "project name"),
    "objective": ("mục tiêu dự án", "mục tiêu, quy mô", "mục tiêu, quy mô dự án"),
    "address": ("địa chỉ thực hiện dự án", "địa điểm thực hiện dự án", "địa điểm", "địa điểm thực hiện",
                "địa chỉ dự án", "location"),
    "enterprise.name": ("tổ chức kinh tế", "tổ chức kinh tế thực hiện dự án", "tên doanh nghiệp", "doanh nghiệp",
                        "tên công ty", "công ty", "doanh nghiệp thực hiện dự án", "enterprise"),
    "enterprise.tax_code": ("mã số thuế", "mã số doanh nghiệp", "MST", "MSDN", "tax code"),
    "registrar.name": ("cơ quan cấp", "cơ quan đăng ký đầu tư", "cơ quan cấp phép", "cơ quan cấp GCN", "nơi cấp",
                       "registrar"),
    "investors.name": ("nhà đầu tư", "tên nhà đầu tư", "nhà đầu tư nước ngoài", "chủ đầu tư", "tên chủ đầu tư", "NĐT",
                       "investor", "investors", "investor name"),
    "investors.country": ("quốc tịch", "quốc gia", "nước", "nước đầu tư", "quốc gia, vùng lãnh thổ", "nationality",
                          "quốc tịch nhà đầu tư", "quốc tịch NĐT", "quốc gia đầu tư", "nước đăng ký", "đối tác",
                          "country"),
    "investors.share_percent": ("tỷ lệ góp vốn", "tỷ lệ góp vốn (%)", "tỷ lệ vốn góp (%)"),
    "zone.name": ("KCN", "khu công nghiệp", "tên KCN", "KCN, CCN", "khu, cụm công nghiệp", "CCN", "trong KCN",
                  "thuộc KCN", "industrial park", "industrial zone", "zone"),
    "place.name": ("địa bàn", "xã, phường", "xã", "phường", "place"),
    "sector.name": ("ngành", "ngành nghề", "lĩnh vực", "ngành chính", "ngành, lĩnh vực", "lĩnh vực đầu tư", "sector"),
    "sector.code": ("mã ngành", "mã VSIC", "VSIC"),
    "form": ("hình thức",),
    "status": ("tình trạng hoạt động", "hiện trạng", "tình trạng dự án", "tình hình hoạt động"),
    "land_area_ha": ("diện tích", "diện tích đất", "diện tích (ha)", "diện tích sử dụng đất (ha)"),
    "planned_workers": ("lao động", "số lao động", "số lao động dự kiến", "lao động (người)", "số lượng lao động"),
    "capital.registered_usd": (
        "vốn đăng ký (USD)", "vốn đầu tư (USD)", "tổng vốn đầu tư (USD)", "tổng vốn đăng ký (USD)", "vốn (USD)",
        "vốn đầu tư đăng ký (USD)", "tổng vốn đầu tư đăng ký (USD)", "registered capital (USD)",
        "total investment capital (USD)", "investment capital (USD)", "total investment (USD)", "registered_usd",
    ),
    "registered_million_usd": ("vốn đầu tư (triệu USD)", "tổng vốn đầu tư (triệu USD)", "vốn (triệu USD)",
                               "vốn đăng ký (tr. USD)", "tổng vốn đăng ký (triệu USD)",
                               "vốn đầu tư đăng ký (triệu USD)", "tổng vốn đầu tư đăng ký (triệu USD)",
                               "vốn đầu tư (tr. USD)", "investment capital (million USD)"),
    "registered_vnd": ("vốn đầu tư (VND)", "vốn đăng ký (VNĐ)", "vốn đầu tư (VNĐ)", "vốn đăng ký (đồng)", "vốn (VND)",
                       "vốn đầu tư (đồng)", "tổng vốn đầu tư (VND)", "tổng vốn đầu tư (VNĐ)", "tổng vốn đầu tư (đồng)",
                       "vốn (đồng)"),
    "registered_million_vnd": ("vốn đầu tư (triệu đồng)", "tổng vốn đầu tư (triệu đồng)", "vốn đăng ký (triệu VND)",
                               "vốn (triệu đồng)", "vốn (triệu VND)"),
    "registered_billion_vnd": ("vốn đầu tư (tỷ đồng)", "tổng vốn đầu tư (tỷ đồng)", "vốn đăng ký (tỷ VND)",
                               "vốn (tỷ đồng)", "vốn (tỷ VND)"),
    "capital": ("vốn đầu tư", "vốn", "tổng vốn đầu tư", "tổng vốn đăng ký", "vốn đầu tư đăng ký"),
    "licensed_on": ("ngày cấp", "ngày cấp GCNĐKĐT", "ngày cấp GCNĐT", "ngày cấp phép", "ngày cấp GCN", "ngày cấp mới",
                    "cấp lần đầu", "licensed on", "date of issue", "issue date"),
    "expires_on": ("thời hạn đến", "hết hạn"),
    "amended_on": ("điều chỉnh lần cuối", "ngày điều chỉnh", "ngày điều chỉnh gần nhất", "điều chỉnh gần nhất",
                   "ngày cấp điều chỉnh", "ngày điều chỉnh cuối", "last amendment"),
    "stt": ("TT", "số TT", "số thứ tự", "No."),
    "land_area_m2": ("diện tích (m2)", "diện tích đất m2"),
    "rate_as_printed": ("tỷ giá",),
    "note": ("ghi chú khác", "notes"),
}

EXTRA = {
    "stt": _("STT"),
    "licensed_on": _("ngày cấp lần đầu"),
    "expires_on": _("ngày hết hạn"),
    "amended_on": _("ngày điều chỉnh lần cuối"),
    "registered_million_usd": _("vốn đăng ký (triệu USD)"),
    "registered_vnd": _("vốn đăng ký (VND)"),
    "registered_million_vnd": _("vốn đăng ký (triệu đồng)"),
    "registered_billion_vnd": _("vốn đăng ký (tỷ đồng)"),
    "capital": _("vốn đăng ký"),
    "rate_as_printed": _("tỷ giá như in"),
    "land_area_m2": _("diện tích đất (m²)"),
    "investor_kind": _("loại nhà đầu tư"),
    "note": _("ghi chú"),
}

# Of each column with the registered total: its currency, and the power of ten of its unit.
AMOUNTS = {
    "capital.registered_usd": ("USD", 0), "registered_million_usd": ("USD", 6), "registered_vnd": ("VND", 0),
    "registered_million_vnd": ("VND", 6), "registered_billion_vnd": ("VND", 9),
}

# What a part of a list adds up above or below its projects.
SUMS = frozenset({*AMOUNTS, "capital", "land_area_ha", "land_area_m2", "planned_workers"})

# Read together with others.
OWN = frozenset({
    "investors.code", "investors.name", "investors.country", "investors.share_percent", "investors.lead",
    "enterprise.code", "enterprise.name", "enterprise.tax_code", "capital.registered_usd", "capital.as_of",
    "capital.known_on",
})

# What projects one after another may have in common, in one merged cell.
SHARED = frozenset({
    "investors.code", "investors.name", "investors.country", "enterprise.code", "enterprise.name",
    "enterprise.tax_code", "zone.code", "zone.name", "place.code", "place.name", "registrar.code", "registrar.name",
})
