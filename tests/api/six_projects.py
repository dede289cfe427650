"""Six projects of which each filter finds some and not others."""

from datetime import UTC, date, datetime
from decimal import Decimal

from registry.actions.project import end
from registry.actions.writing import Writing
from registry.models import AdministrativeUnit, Country, Investor, Project, Registrar, Sector, Zone
from registry.vocabulary.period import VagueDay
from tests import build
from tests.api.furniture import tax_codes

MAY_2023 = VagueDay(date(2023, 5, 1), date(2023, 5, 31), "tháng 5/2023")
IN_2024 = datetime(2024, 1, 10, 2, tzinfo=UTC)
IN_2025 = datetime(2025, 1, 10, 2, tzinfo=UTC)


def make_six() -> dict[str, Project]:
    """The projects by their letter. A grew by 900.00 in June 2024, which was recorded in January 2025."""
    with build.act(at=IN_2024) as act:
        made = five(act)
    with build.act(at=IN_2025) as act:
        build.make_entry(made["A"], 900, act=act, decided_on=date(2024, 6, 1))
        build.make_milestone(made["A"], act=act)
        made["F"] = build.make_project(act=act, name="Ở nơi khác", investors=[investor("An Khang", act=act)],
                                       place=AdministrativeUnit.objects.get(code="07210"), status="not_started")
    return made


def investor(name: str, country: str | None = None, parent: str | None = None, **more) -> Investor:
    return build.make_investor(
        name=name, country=country and Country.objects.get(code=country),
        parent_country=parent and Country.objects.get(code=parent), **more,
    )


def five(act: Writing) -> dict[str, Project]:
    zone = {code: Zone.objects.get(code=code) for code in
            ("thuan-thanh-3", "thuan-thanh-3c", "quang-chau", "yen-phong-2c")}
    sector = {code: Sector.objects.get(code=code) for code in ("2018-26", "2018-10", "2018-C", "2025-K")}
    place = {code: AdministrativeUnit.objects.get(code=code) for code in ("09193", "07210")}
    registrar = {code: Registrar.objects.get(code=code) for code in ("REG-000001", "REG-000003")}
    codes = tax_codes()
    korean, japanese = investor("Kim Cương", "KR", "KR", act=act), investor("Nhật Quang", "JP", "US", act=act)
    a = build.make_project(
        act=act, name="Nhà máy A", name_en="Plant A", objective="linh kiện", objective_en="parts", address="Lô 1",
        enterprise=build.make_enterprise(act=act, name="Công ty A", tax_code=next(codes)), zone=zone["thuan-thanh-3c"],
        sector=sector["2018-26"], place=place["09193"], registrar=registrar["REG-000003"], investors=[korean],
        irc_code="2301111111", former_irc_codes="12/GP-KCN; 212000000001", status="operating", form="wholly_foreign",
        licensed_on=MAY_2023,
        expires_on=VagueDay.exact(date(2073, 5, 31)), land_area_ha=Decimal("12.5"), planned_workers=0,
        capital_usd=100, decided_on=MAY_2023,
    )
    b = build.make_project(
        act=act, name="Nhà máy B", enterprise=build.make_enterprise(act=act, name="Công ty B", tax_code=next(codes)),
        zone=zone["thuan-thanh-3"], sector=sector["2018-10"], place=place["07210"], registrar=registrar["REG-000001"],
        investors=[japanese, korean], irc_code="2302222222", status="building", form="joint_venture",
        licensed_on=VagueDay.exact(date(2020, 1, 15)), capital_usd="250.50", decided_on=date(2020, 1, 15),
    )
    c = build.make_project(act=act, name="Dự án C", enterprise=build.make_enterprise(act=act, name="Công ty C"),
                           zone=zone["quang-chau"], sector=sector["2025-K"], investors=[], status="proposed")
    d = build.make_project(act=act, name="Dự án D", investors=[korean], status="suspended", capital_usd=100,
                           licensed_on=VagueDay.exact(date(2023, 5, 31)), decided_on=date(2023, 5, 31))
    e = build.make_project(act=act, name="Dự án E", zone=zone["yen-phong-2c"], sector=sector["2018-C"],
                           form="joint_venture", investors=[investor("Việt Hoa", "CN", None, act=act)])
    build.make_certificate(e, act=act, amount_usd=Decimal(40), decided_on=date(2023, 6, 1))
    end(act=act, project=e, status="terminated", ended_on=VagueDay.exact(date(2024, 1, 1)),
        source=build.make_source(act=act))
    return dict(zip("ABCDE", (a, b, c, d, e), strict=True))
