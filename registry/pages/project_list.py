"""The list of projects as its page shows it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from registry.models import Country, Project, Stake, Zone
from registry.statistics.capital import CapitalTotals, capital_totals
from registry.vocabulary.project import InvestmentForm, ProjectStatus
from registry.vocabulary.zone import FormerProvince
from registry.web.listing import LISTINGS

from .asked import Asked, Chip, ask, chips
from .list_form import Choice, Head, hidden, orders, records, sorting, words

VISIBLE = ("search", "zone", "country", "status", "ordering")

OFFERED = ("-registered_usd", "-licensed_on", "name", "code")

# What ``has`` and ``missing`` ask for.
FIELDS = {
    "name_en": _("tên tiếng Anh"), "objective": _("mục tiêu"), "objective_en": _("mục tiêu (tiếng Anh)"),
    "address": _("địa chỉ"), "irc_code": _("mã số dự án"), "enterprise": _("tổ chức kinh tế thực hiện dự án"),
    "registrar": _("cơ quan đăng ký đầu tư"), "zone": _("khu công nghiệp"), "place": _("địa bàn"),
    "sector": _("ngành chính"), "form": _("hình thức đầu tư"), "land_area_ha": _("diện tích đất (ha)"),
    "planned_workers": _("lao động dự kiến"), "licensed_on": _("ngày cấp lần đầu"), "expires_on": _("ngày hết hạn"),
    "ended_on": _("ngày chấm dứt"), "tax_code": _("mã số thuế"), "investors": _("nhà đầu tư"),
    "country": _("quốc gia của nhà đầu tư"), "capital": _("bút toán vốn"), "milestones": _("mốc tiến độ"),
    "certificates": _("giấy chứng nhận đăng ký đầu tư"), "sources": _("nguồn"),
}


@dataclass(frozen=True)
class ProjectList:
    """One page of the list; ``totals`` are of the whole list, as of ``as_of``."""

    today: date
    as_of: date
    known_on: date | None
    asked: Asked
    projects: list[Project]
    totals: CapitalTotals
    chips: list[Chip]
    zones: list[Choice]
    countries: list[Choice]
    statuses: list[Choice]
    orders: list[Choice]
    hidden: list[tuple[str, str]]
    heads: list[Head]
    visible: tuple[str, ...] = VISIBLE


def read_list(given: QueryDict, today: date) -> ProjectList:
    """Ten queries, and one for each parameter of codes."""
    asked = ask(LISTINGS["projects"], given, today=today)
    found, data = asked.found, asked.found.data
    as_of, known_on = found.as_of_day, found.known_on_day
    zones = records(_zones_in_use(data.getlist("zone")), data.getlist("zone"))
    countries = records(_countries_in_use(data.getlist("country")), data.getlist("country"))
    labels = {
        "zone": {each.value: each.label for each in zones},
        "country": {each.value: each.label for each in countries},
        "status": dict(ProjectStatus.choices), "form": dict(InvestmentForm.choices),
        "former_province": dict(FormerProvince.choices), "has": FIELDS, "missing": FIELDS,
    }
    return ProjectList(
        today=today, as_of=as_of, known_on=known_on, asked=asked,
        projects=_projects(asked.page.keys, as_of=as_of, known_on=known_on),
        totals=capital_totals(as_of=as_of, known_on=known_on, projects=found.qs),
        chips=chips(asked, labels), zones=zones, countries=countries,
        statuses=words(ProjectStatus.choices, data.getlist("status")), orders=orders(asked, OFFERED),
        hidden=hidden(asked, VISIBLE), heads=_heads(asked),
    )


def _projects(keys: list[int], *, as_of: date, known_on: date | None) -> list[Project]:
    """The projects of these keys, in their order, with what a row shows. Two queries."""
    stakes = Prefetch("stakes", Stake.objects.select_related("investor__country"))
    rows = Project.objects.filter(pk__in=keys).with_capital(as_of=as_of, known_on=known_on)
    rows = rows.select_related("enterprise", "zone").prefetch_related(stakes)
    by_key = {project.pk: project for project in rows}
    return [by_key[key] for key in keys if key in by_key]


def _zones_in_use(chosen: list[str]):
    used = Q(pk__in=Project.objects.public().values("zone")) | Q(code__in=chosen)
    return Zone.objects.public().filter(used).order_by("name_sort", "pk")


def _countries_in_use(chosen: list[str]):
    leads = Stake.objects.current().filter(lead=True, project__in=Project.objects.public())
    used = Q(pk__in=leads.values("investor__country")) | Q(code__in=chosen)
    return Country.objects.filter(used).order_by("name_sort", "pk")


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
