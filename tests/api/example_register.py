"""One record of each noun with everything that it can say, all synthetic, written at one moment: what the examples of
the API are made of."""

from datetime import UTC, date, datetime
from decimal import Decimal

from registry.actions import record, statement
from registry.actions.project import StakeGiven
from registry.models import Engagement, Opportunity, Policy, Project, Source, Statement
from registry.vocabulary.period import VagueDay
from registry.vocabulary.published import Asked, FigureKind
from tests import build
from tests.build import published

NOW = datetime(2026, 11, 27, 2, 30, tzinfo=UTC)
QUARTER = VagueDay(date(2024, 1, 1), date(2024, 3, 31), "quý I/2024")
GRANTED = VagueDay.exact(date(2024, 3, 15))
WARD = {"code": "SYN99", "official_code": "99999", "name": "Phường SYN Hoa Sen"}


def write_examples() -> None:
    with build.act(at=NOW, reason="Ví dụ của API") as act:
        source = build.make_source(
            act=act, code="SRC-SYN001", kind="decision", name="Quyết định SYN về dự án Hoa Sen",
            name_en="SYN decision on Hoa Sen", number="1/QĐ-SYN", publisher="Sở Tài chính",
            url="https://example.org/syn-1", published_on=GRANTED, known_from="in ở trang 1")
        place, sector = build.make_place(act=act, **WARD), build.make_sector(act=act, code="2018-SYN", vsic_code="SYN")
        country = build.make_country(act=act)
        zone = build.make_zone(act=act, code="syn-hoa-sen", name="KCN SYN Hoa Sen", name_en="SYN Hoa Sen IP",
                               area_ha=Decimal("150.5"))
        office = build.make_registrar(act=act, code="REG-SYN001", name="Ban quản lý SYN")
        parent = build.make_investor(act=act, code="INV-SYN001", name="SYN Lotus Holdings", country=country)
        investor = build.make_investor(act=act, code="INV-SYN002", name="SYN Lotus Electronics", country=country,
                                       parent=parent, parent_country=country)
        enterprise = build.make_enterprise(act=act, code="ENT-SYN001", name="Công ty TNHH SYN Hoa Sen",
                                           name_en="SYN Hoa Sen Co., Ltd.", activity="sản xuất linh kiện điện tử")
        project = build.make_project(
            act=act, code="SYN-000001", name="Nhà máy SYN Hoa Sen", name_en="SYN Hoa Sen plant", source=source,
            irc_code="5400000001", former_irc_codes="212000000001",
            investors=[StakeGiven(investor, Decimal(60), lead=True), StakeGiven(parent, Decimal(40))], zone=zone,
            objective="sản xuất linh kiện điện tử", objective_en="electronic components", address="Lô SYN-1",
            enterprise=enterprise, registrar=office, place=place, sector=sector, form="joint_venture",
            licensed_on=GRANTED, expires_on=VagueDay.exact(date(2074, 3, 15)), land_area_ha=Decimal("12.5"),
            planned_workers=1000)
        _beside(act, project, source, investor)
    build.freeze(Asked(FigureKind.FLOWS, "zone", date(2024, 3, 31), date(2024, 1, 1)), office=office,
                 title="Bảng SYN của quý I năm 2024")
    with build.act(at=NOW, reason="Ví dụ của API") as act:
        record.amend(act=act, record=enterprise, name="Công ty TNHH SYN Hoa Sen Việt Nam")
        hidden = build.make_source(act=act, code="SRC-SYN002", name="SYN ghi nhầm")
    with build.act(at=NOW, reason="Ví dụ của API") as act:
        record.withdraw(act=act, record=hidden, reason="Ghi nhầm")


def _beside(act, project: Project, source: Source, investor) -> None:
    """What a project has beside it: certificate, ledger, milestones, statements; and what promotes it."""
    build.make_certificate(project, act=act, decided_on=GRANTED, registrar=project.registrar,
                           amount_usd=Decimal(100_000_000), source=source)
    build.make_milestone(project, act=act, happened_on=QUARTER, words="khởi công", source=source)
    first, second = (_statement(
        act, number, source, subject_kind="project", project=project, subject_name=project.name, value=value,
        attribute="total_investment_capital", kind="reported", unit="USD million", qualifier="about",
    ) for number, value in ((900_001, "100"), (900_002, "120")))
    statement.oppose(act=act, one=first, other=second, why="Hai số khác nhau")
    _statement(act, 900_003, source, subject_kind="place", place=project.place, subject_name=project.place.name,
               attribute="fdi_projects", kind="statistic", value="2", unit="projects")
    build.make_observation(act=act, zone=project.zone, source=source, observed_on=QUARTER, method="đã cho thuê",
                           qualifier="about", value_high=Decimal(90))
    build.make(Policy, act=act, **published(
        code="POL-SYN001", name="Chính sách SYN", number="1/NQ-SYN", issuer="HĐND tỉnh", issued_on=QUARTER,
        summary="hỗ trợ đào tạo", source=source))
    build.make(Engagement, act=act, **published(
        code="ENG-SYN001", kind="visit", name="Chuyến thăm SYN", held_on=QUARTER, parties="hai bên",
        outcome="ghi nhớ", project=project, investor=investor, source=source))
    build.make(Opportunity, act=act, **published(
        code="OPP-SYN001", kind="call", name="Kêu gọi SYN", objective="trung tâm dữ liệu",
        expected_usd=Decimal(10_000_000), land_area_ha=Decimal("1.5"), sector=project.sector, zone=project.zone,
        place=project.place, investor=investor, source=source))


def _statement(act, number: int, source: Source, **fields) -> Statement:
    """One with this number: on PostgreSQL another test may have taken it from the sequence."""
    return build.make(Statement, act=act, pk=number, source=source, locator="đoạn 1", date=GRANTED,
                      reference=f"SYN-{number % 10}", recorded_at=act.at, **fields)


# Which record of each noun is the example.
CODES = {
    "project": "SYN-000001", "investor": "INV-SYN002", "enterprise": "ENT-SYN001", "registrar": "REG-SYN001",
    "zone": "syn-hoa-sen", "zone-observation": "syn-hoa-sen-1", "sector": "2018-SYN", "country": "ZZ",
    "place": "SYN99", "certificate": "SYN-000001-1", "capital-entry": "SYN-000001-1", "milestone": "SYN-000001-1",
    "source": "SRC-SYN001", "statement": "900001", "policy": "POL-SYN001", "engagement": "ENG-SYN001",
    "opportunity": "OPP-SYN001",
}
