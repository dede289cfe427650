"""The list of projects as its page shows it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from registry.models import Country, Project, Stake, Zone
from registry.statistics.capital import CapitalTotals, capital_totals
from registry.templatetags.register_format import lang_here, name_here
from registry.vocabulary.project import InvestmentForm, ProjectStatus
from registry.vocabulary.zone import FormerProvince
from registry.web.listing import LISTINGS

from .asked import NOT_FILTERS, Asked, Chip, ask, chips

VISIBLE = ("search", "zone", "country", "status", "ordering")

ORDERS = {
    "-registered_usd": _("Vốn, lớn trước"),
    "registered_usd": _("Vốn, nhỏ trước"),
    "-licensed_on": _("Ngày cấp, mới trước"),
    "licensed_on": _("Ngày cấp, cũ trước"),
    "name": _("Tên, A đến Y"),
    "-name": _("Tên, Y đến A"),
    "code": _("Mã, nhỏ trước"),
    "-code": _("Mã, lớn trước"),
    "updated_at": _("Cập nhật, cũ trước"),
    "-updated_at": _("Cập nhật, mới trước"),
}
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
class Choice:
    """One option of a select."""

    value: str
    label: str
    lang: str = ""
    chosen: bool = False


@dataclass(frozen=True)
class Head:
    """One heading of the table; ``query`` sorts by it (empty: it does not sort), ``sorted`` says how it stands now."""

    label: str
    query: str = ""
    sorted: str = ""
    is_number: bool = False


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
    zones = _choices(_zones_in_use(data.getlist("zone")), data.getlist("zone"))
    countries = _choices(_countries_in_use(data.getlist("country")), data.getlist("country"))
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
        statuses=_words(ProjectStatus.choices, data.getlist("status")), orders=_orders(asked), hidden=_hidden(asked),
        heads=_heads(asked),
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


def _choices(rows, chosen: list[str]) -> list[Choice]:
    return [
        Choice(value=row.code, label=name_here(row), lang=lang_here(row), chosen=row.code in chosen[:1])
        for row in rows
    ]


def _words(choices, chosen: list[str]) -> list[Choice]:
    return [Choice(value=value, label=label, chosen=value in chosen[:1]) for value, label in choices]


def _orders(asked: Asked) -> list[Choice]:
    """The orders that the form offers, and the one in force."""
    now = asked.found.data.get("ordering", "")
    offered = [*OFFERED, *([now] if now and now not in OFFERED else [])]
    without = _("Khớp nhất") if "search" in asked.found.data else _("Mặc định")
    return [Choice(value="", label=without, chosen=not now)] + [
        Choice(value=word, label=ORDERS[word], chosen=word == now) for word in offered
    ]


def _hidden(asked: Asked) -> list[tuple[str, str]]:
    """The filters in force that the form has no control for, and further values of one that it has."""
    return [
        (name, value)
        for name in asked.found.data if name not in NOT_FILTERS
        for position, value in enumerate(asked.found.data.getlist(name))
        if name not in VISIBLE or position
    ]


def _heads(asked: Asked) -> list[Head]:
    """The headings; one that sorts turns the order round when it is asked for again."""
    return [
        _sorting(asked, _("Tên dự án"), "name"),
        Head(_("Nhà đầu tư")),
        Head(_("Khu")),
        Head(_("Tình trạng")),
        _sorting(asked, _("Vốn đăng ký (USD)"), "-registered_usd", is_number=True),
        _sorting(asked, _("Ngày cấp"), "-licensed_on"),
    ]


def _sorting(asked: Asked, label: str, first: str, *, is_number: bool = False) -> Head:
    now, name = asked.found.data.get("ordering", ""), first.removeprefix("-")
    other = name if first.startswith("-") else f"-{name}"
    stands = "" if now.removeprefix("-") != name else "descending" if now.startswith("-") else "ascending"
    return Head(label, asked.query_with(ordering=other if now == first else first), stands, is_number)
