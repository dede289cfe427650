"""The nouns that one list serves, and which of them one page serves too."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registry.web.listing import LISTINGS, Listing


@dataclass(frozen=True)
class Shelf:
    """A noun's place on the site.

    ``ranges`` are the filters by days that the form offers beside its facets, under their heading. ``groups`` are the
    words of the statistics under which its records have capital, and ``projects_by`` the filter of projects that means
    one of its records. ``own_page`` is set where a page by hand tells of a record.
    """

    path: str
    title: str
    lead: str
    ranges: tuple[tuple[str, dict[str, str]], ...] = ()
    groups: tuple[str, ...] = ()
    projects_by: str = ""
    own_page: bool = False

    @property
    def listing(self) -> Listing:
        return LISTINGS[self.path]

    @property
    def list_name(self) -> str:
        return f"pages:{self.path}"

    @property
    def page_name(self) -> str:
        return f"pages:{self.listing.kind}"


SHELVES = (
    Shelf("investors", pgettext_lazy("list", "Nhà đầu tư"),
          _("Tổ chức và cá nhân đầu tư vào Bắc Ninh, với nước đăng ký và nước của công ty mẹ cao nhất."),
          groups=("investor",), projects_by="investor", own_page=True),
    Shelf("zones", pgettext_lazy("list", "Khu công nghiệp"),
          _("Khu công nghiệp, cụm công nghiệp và khu công nghệ thông tin tập trung mà sổ đăng ký biết."),
          groups=("zone",), projects_by="zone", own_page=True),
    Shelf("sectors", pgettext_lazy("list", "Ngành kinh tế"),
          _("Ngành theo Hệ thống ngành kinh tế Việt Nam (VSIC), bản 2018 và bản 2025."),
          groups=("sector", "section"), projects_by="sector", own_page=True),
    Shelf("countries", pgettext_lazy("list", "Quốc gia, vùng lãnh thổ"),
          _("Nước đăng ký của nhà đầu tư chính: sổ đăng ký có bao nhiêu dự án, bao nhiêu vốn của mỗi nước."),
          groups=("country",), projects_by="country", own_page=True),
    Shelf("sources", pgettext_lazy("list", "Nguồn"),
          _("Bài báo, giấy chứng nhận, quyết định, báo cáo: mọi con số trong sổ đều dẫn về đây."),
          ranges=((_("Ngày công bố"), {"published_after": _("Từ ngày"), "published_before": _("Đến ngày")}),),
          own_page=True),
    Shelf("policies", pgettext_lazy("list", "Chính sách"),
          _("Chính sách, kế hoạch và nghị quyết liên quan đến đầu tư mà các nguồn nêu.")),
    Shelf("engagements", pgettext_lazy("list", "Hoạt động xúc tiến"),
          _("Buổi làm việc, chuyến thăm, lễ và kiểm tra mà các nguồn nêu.")),
    Shelf("opportunities", pgettext_lazy("list", "Cơ hội đầu tư"),
          _("Dự án kêu gọi đầu tư và nhà đầu tư đang quan tâm.")),
)

# What each list is called, those without a page of their own too.
TITLES = {
    "projects": pgettext_lazy("list", "Dự án"),
    **{shelf.path: shelf.title for shelf in SHELVES},
    "enterprises": pgettext_lazy("list", "Tổ chức kinh tế thực hiện dự án"),
    "registrars": pgettext_lazy("list", "Cơ quan đăng ký đầu tư"),
    "zone-observations": pgettext_lazy("list", "Số liệu quan sát khu công nghiệp"),
    "places": pgettext_lazy("list", "Đơn vị hành chính"),
    "certificates": pgettext_lazy("list", "Giấy chứng nhận đăng ký đầu tư"),
    "capital-entries": pgettext_lazy("list", "Bút toán vốn"),
    "milestones": pgettext_lazy("list", "Mốc tiến độ"),
    "statements": pgettext_lazy("list", "Nội dung nguồn nêu"),
}
