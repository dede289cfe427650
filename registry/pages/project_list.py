"""The list of projects as its page shows it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from registry.models import Project, Stake
from registry.statistics.capital import Registered, registered_of
from registry.statistics.first_day import first_day
from registry.web.listing import LISTINGS

from .asked import Asked, Chip, Remedies, chips, remedies
from .facets import Facet, facets_of, labels_of
from .list_form import Choice, Group, Head, group, hidden, orders, sizes, sorting

IN_GROUPS = frozenset({"registered_usd_min", "registered_usd_max", "licensed_after", "licensed_before", "has",
                       "missing", "as_of", "known_on"})

OFFERED = ("-registered_usd", "-licensed_on", "name", "code")

# What ``has`` and ``missing`` ask for.
FIELDS = {
    "name_en": _("tên tiếng Anh"), "objective": _("mục tiêu"), "objective_en": _("mục tiêu (tiếng Anh)"),
    "address": _("địa chỉ"), "irc_code": _("mã số dự án"), "former_irc_codes": _("mã số dự án trước đây"),
    "enterprise": _("tổ chức kinh tế thực hiện dự án"),
    "registrar": _("cơ quan đăng ký đầu tư"), "zone": _("khu công nghiệp"), "place": _("địa bàn"),
    "sector": _("ngành chính"), "form": _("hình thức đầu tư"), "land_area_ha": _("diện tích đất (ha)"),
    "planned_workers": _("lao động dự kiến"), "licensed_on": _("ngày cấp lần đầu"), "expires_on": _("ngày hết hạn"),
    "ended_on": _("ngày chấm dứt"), "tax_code": _("mã số thuế"), "investors": _("nhà đầu tư"),
    "country": _("quốc gia của nhà đầu tư"), "capital": _("bút toán vốn"), "milestones": _("mốc tiến độ"),
    "certificates": _("giấy chứng nhận đăng ký đầu tư"), "sources": _("nguồn"),
}


@dataclass(frozen=True)
class ProjectList:
    """One page of the list; ``sum`` is of the whole list, as of ``as_of``. ``begins`` is the day from which any capital
    of it counts, read only where none counts yet."""

    today: date
    as_of: date
    known_on: date | None
    asked: Asked
    projects: list[Project]
    sum: Registered
    begins: date | None
    chips: list[Chip]
    remedies: Remedies | None
    facets: list[Facet]
    groups: list[Group]
    orders: list[Choice]
    sizes: list[Choice]
    hidden: list[tuple[str, str]]
    heads: list[Head]

    @property
    def visible(self) -> set[str]:
        """The names of the filters that have a control."""
        return {"search", "ordering", "page_size", *(facet.name for facet in self.facets), *IN_GROUPS}


def read_list(asked: Asked, today: date) -> ProjectList:
    """Queries: those of ``count_values``, five, one for each parameter of codes that is no facet; where nothing was
    found, those of ``remedies``."""
    found = asked.found
    as_of, known_on = found.as_of_day, found.known_on_day
    facets = facets_of(LISTINGS["projects"], asked)
    boxes = {facet.name for facet in facets}
    total = registered_of(found.qs, count=asked.page.count, as_of=as_of, known_on=known_on)
    is_empty = asked.page.count and not total.registered_usd
    return ProjectList(
        today=today, as_of=as_of, known_on=known_on, asked=asked,
        projects=_projects(asked.page.keys, as_of=as_of, known_on=known_on), sum=total,
        begins=first_day(known_on=known_on, projects=found.qs) if is_empty else None,
        chips=chips(asked, {**labels_of(facets), "has": FIELDS, "missing": FIELDS}),
        remedies=None if asked.page.count else remedies(asked),
        facets=facets, groups=_groups(asked), orders=orders(asked, OFFERED), sizes=sizes(asked),
        hidden=hidden(asked, IN_GROUPS | {"search"}, boxes), heads=_heads(asked),
    )


def _groups(asked: Asked) -> list[Group]:
    return [
        group(asked, _("Vốn đăng ký (USD)"), {"registered_usd_min": _("Từ"), "registered_usd_max": _("Đến")},
              help=_("Ví dụ 1600000 hay 1600000.50.")),
        group(asked, _("Ngày cấp lần đầu"), {"licensed_after": _("Từ ngày"), "licensed_before": _("Đến ngày")},
              help=_("Ví dụ 2025-12-31.")),
        group(asked, _("Đã ghi nhận, chưa ghi nhận"),
              selects={"has": (_("Dự án có"), FIELDS), "missing": (_("Dự án chưa có"), FIELDS)}),
        group(asked, _("Tính vốn đến ngày"),
              {"as_of": _("Tính đến ngày"), "known_on": _("Theo số liệu đã ghi nhận đến ngày")},
              help=_("Để trống là hôm nay. Ví dụ 2025-12-31.")),
    ]


def _projects(keys: list[int], *, as_of: date, known_on: date | None) -> list[Project]:
    """The projects of these keys, in their order, with what a row shows. Two queries."""
    stakes = Prefetch("stakes", Stake.objects.select_related("investor__country"))
    rows = Project.objects.filter(pk__in=keys).with_capital(as_of=as_of, known_on=known_on)
    rows = rows.select_related("enterprise", "zone").prefetch_related(stakes)
    by_key = {project.pk: project for project in rows}
    return [by_key[key] for key in keys if key in by_key]


def _heads(asked: Asked) -> list[Head]:
    """The headings; one that sorts turns the order round when it is asked for again."""
    return [
        sorting(asked, _("Tên dự án"), "name"),
        Head(_("Nhà đầu tư")),
        Head(_("Khu")),
        Head(_("Tình trạng")),
        sorting(asked, _("Vốn đăng ký (USD)"), "-registered_usd", is_number=True),
        sorting(asked, _("Ngày cấp"), "-licensed_on"),
    ]
