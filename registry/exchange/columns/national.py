"""The table by which officers type projects into the national investment system: one row a project, by its number.

Officers type it in: its columns stand in the order of the certificate.
"""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext_lazy as _

from registry.models import Certificate, Project, Stake
from registry.vocabulary.milestone import MilestoneKind, Reality
from registry.vocabulary.project import InvestmentForm, ProjectStatus
from registry.vocabulary.publication import Publication

from .shape import DAY, JOINT, NUMBER, TEXT, WHOLE, WORD, Column, Of, Table

project, stake, certificate = Of(Project), Of(Stake), Of(Certificate)


def _of_project(name: str) -> Callable[[Mapping], object]:
    return lambda row: row["project"][name]


def _named(name: str) -> Callable[[Mapping], object]:
    """The name of a record, or the words of a day, that a project names."""
    key = "label" if name.endswith("_on") else "name"
    return lambda row: row["project"][name] and row["project"][name][key]


def _of_investors(key: str) -> Callable[[Mapping], str]:
    return lambda row: JOINT.join(str(each[key] or "") for each in row["project"]["investors"])


def _countries(row: Mapping) -> str:
    return JOINT.join(row["countries"].get(each["country"], "") for each in row["project"]["investors"])


def _of_last(name: str) -> Callable[[Mapping], object]:
    """A column of the last certificate that states it."""
    return lambda row: row["last"][name]


def _sector(row: Mapping) -> str | None:
    sector = row["project"]["sector"]
    return sector and f"{sector['code']} {sector['name']}"


def _milestones(row: Mapping) -> str:
    return JOINT.join(
        f"{MilestoneKind(each['kind']).label} ({Reality(each['reality']).label}): "
        f"{each['date']['label'] if each['date'] else '–'}"
        for each in row["project"]["milestones"]
    )


NATIONAL = Table("he-thong-quoc-gia", (
    Column("irc_code", project.label("irc_code"), TEXT, _of_project("irc_code")),
    Column("name", _("tên dự án"), TEXT, _of_project("name")),
    Column("investors", _("nhà đầu tư"), TEXT, _of_investors("name")),
    Column("countries", _("quốc tịch nhà đầu tư"), TEXT, _countries),
    Column("share_percent", stake.label("share_percent"), TEXT, _of_investors("share_percent")),
    Column("enterprise", project.label("enterprise"), TEXT, _named("enterprise")),
    Column("tax_code", _("mã số thuế"), TEXT,
           lambda row: row["project"]["enterprise"] and row["project"]["enterprise"]["tax_code"]),
    Column("registrar", _("cơ quan cấp"), TEXT, _named("registrar")),
    Column("licensed_on", _("ngày cấp lần đầu"), TEXT, _named("licensed_on")),
    Column("amendments", _("số lần điều chỉnh"), WHOLE, _of_last("step")),
    Column("amended_on", _("ngày điều chỉnh gần nhất"), TEXT, _of_last("amended_on")),
    Column("total_usd", certificate.label("total_usd"), NUMBER, _of_last("total_usd")),
    Column("total_vnd", certificate.label("total_vnd"), NUMBER, _of_last("total_vnd")),
    Column("contributed_usd", certificate.label("contributed_usd"), NUMBER, _of_last("contributed_usd")),
    Column("mobilised_usd", certificate.label("mobilised_usd"), NUMBER, _of_last("mobilised_usd")),
    Column("contribute_by", certificate.label("contribute_by"), DAY, _of_last("contribute_by")),
    Column("registered_usd", _("vốn đăng ký theo sổ vốn (USD)"), NUMBER,
           lambda row: row["project"]["capital"]["registered_usd"]),
    Column("form", project.label("form"), WORD, _of_project("form"), InvestmentForm),
    Column("objective", project.label("objective"), TEXT, _of_project("objective")),
    Column("sector", _("ngành VSIC"), TEXT, _sector),
    Column("zone", project.label("zone"), TEXT, _named("zone")),
    Column("place", _("xã, phường"), TEXT, _named("place")),
    Column("address", project.label("address"), TEXT, _of_project("address")),
    Column("land_area_ha", project.label("land_area_ha"), NUMBER, _of_project("land_area_ha")),
    Column("planned_workers", project.label("planned_workers"), WHOLE, _of_project("planned_workers")),
    Column("expires_on", _("ngày hết hạn"), TEXT, _named("expires_on")),
    Column("milestones", _("tiến độ thực hiện"), TEXT, _milestones),
    Column("status", project.label("status"), WORD, _of_project("status"), ProjectStatus),
    Column("publication", _("tình trạng công bố"), WORD, _of_project("publication"), Publication),
    Column("code", _("mã trong sổ đăng ký"), TEXT, _of_project("code")),
))
