"""A register with many rows of every noun, each with everything that it can refer to.

Written in bulk, as loaders do: hundreds of records one by one would take longer than all the tests.
"""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from itertools import count, islice

from stdnum.vn import mst

from registry.actions.bulk import create_many, open_many
from registry.actions.writing import Writing
from registry.models import (
    AdministrativeUnit,
    CapitalEntry,
    Certificate,
    Conflict,
    Country,
    Engagement,
    Enterprise,
    Investor,
    Milestone,
    Opportunity,
    Policy,
    Project,
    Registrar,
    Sector,
    Source,
    Stake,
    Statement,
    Zone,
    ZoneObservation,
)
from registry.vocabulary.period import VagueDay
from tests.build import published

ROWS = 22
QUARTER = VagueDay(date(2024, 1, 1), date(2024, 3, 31), "quý I/2024")
PERSON = "Nguyễn Thị Zwêng"


def tax_codes() -> Iterator[str]:
    """Tax codes of ten digits; where the check digit would be 10 there is none."""
    for stem in map(str, count(230_000_001)):
        digit = mst.calc_check_digit(stem)
        if len(digit) == 1:
            yield stem + digit


def many(act: Writing, make: Callable[[int], object]) -> list:
    records = [make(number) for number in range(ROWS)]
    create_many(act=act, records=records)
    return records


def furnish(act: Writing) -> None:
    """So many rows of every noun that the reference lists leave short."""
    sources = many(act, lambda number: Source(**published(
        kind="decision", name=f"Quyết định số {number}", name_en="Decision", number=f"{number}/QĐ",
        publisher="Sở Tài chính", url="https://example.org/", published_on=QUARTER, known_from="in ở trang 1",
    )))
    investors, persons = parties(act)
    projects = all_projects(act, sources, investors, persons)
    ledger(act, projects, sources, investors)
    stated(act, projects, sources, investors)
    promotion(act, projects, sources, investors)


def parties(act: Writing) -> tuple[list[Investor], list[Investor]]:
    korea, japan = Country.objects.get(code="KR"), Country.objects.get(code="JP")
    parents = many(act, lambda number: Investor(**published(name=f"Tập đoàn số {number}", name_native="본사")))
    investors = many(act, lambda number: Investor(**published(
        name=f"Nhà đầu tư số {number}", name_en="Investor", country=korea, parent=parents[number],
        parent_country=japan,
    )))
    persons = many(act, lambda number: Investor(**published(name=f"{PERSON} {number}", kind="person", country=japan)))
    return investors, persons


def all_projects(act: Writing, sources, investors, persons) -> list[Project]:
    registrars = many(act, lambda number: Registrar(
        name=f"Ban quản lý số {number}", basis="Quyết định", in_force_from=date(2020, 1, 1)
    ))
    codes = list(islice(tax_codes(), ROWS))
    enterprises = many(act, lambda number: Enterprise(**published(
        name=f"Công ty số {number}", name_en="Company", tax_code=codes[number], activity="sản xuất linh kiện",
    )))
    zone, place = Zone.objects.get(code="yen-phong-2c"), AdministrativeUnit.objects.get(code="27-2025")
    sector = Sector.objects.get(code="2018-26")
    made = []
    for number in range(ROWS):
        project = Project(**published(
            name=f"Nhà máy số {number}", name_en="Plant", objective="linh kiện", objective_en="parts", zone=zone,
            place=place, sector=sector, address=f"Lô {number}", enterprise=enterprises[number],
            registrar=registrars[number], source=sources[number], irc_code=f"23{number:08}", form="joint_venture",
            status="operating", land_area_ha=Decimal("12.50"), planned_workers=1000, licensed_on=QUARTER,
            expires_on=VagueDay.exact(date(2070, 1, 1)),
        ))
        stakes = [
            Stake(project=project, investor=investors[number], position=1, lead=True, share_percent=Decimal(60)),
            Stake(project=project, investor=persons[number], position=2, share_percent=Decimal(40)),
        ]
        made.append((project, stakes))
    open_many(act=act, projects=made)
    return [project for project, _stakes in made]


def ledger(act: Writing, projects, sources, investors) -> None:
    certificates = many(act, lambda number: Certificate(**published(
        code=f"{projects[number].code}-1", number=1, project=projects[number], kind="first_issue", outcome="granted",
        registrar=projects[number].registrar, received_on=date(2024, 1, 2), decided_on=QUARTER, changes="cấp mới",
        total_usd=Decimal("1000000.01"), total_vnd=Decimal(25_000_000_000), rate_as_printed="25.000",
        contributed_usd=Decimal(300_000), mobilised_usd=Decimal("700000.01"), contribute_by=date(2025, 1, 1),
        source=sources[number],
    )))

    def entries(position: int, kind: str, amount: str, **more) -> list[CapitalEntry]:
        return many(act, lambda number: CapitalEntry(**{
            "code": f"{projects[number].code}-{position}", "number": position, "project": projects[number],
            "kind": kind, "counts_as": kind, "amount_usd": Decimal(amount), "decided_on": QUARTER,
            "counts_on": QUARTER.latest, "recorded_at": act.at, "source": sources[number], "confirmed": True,
            "certificate": certificates[number],
        } | {name: each[number] if isinstance(each, list) else each for name, each in more.items()}))

    entries(1, "new", "1000000.01", written_amount=Decimal(25_000_000_000), written_currency="VND",
            rate_as_printed="25.000")
    wrong = entries(2, "increase", "5.00")
    entries(3, "reversal", "-5.00", counts_as="increase", reverses=wrong)
    entries(4, "share_purchase", "7.00", buyer=investors, expected_price_usd=Decimal("8.50"))
    many(act, lambda number: Milestone(
        code=f"{projects[number].code}-1", number=1, project=projects[number], kind="ground_breaking",
        reality="actual", happened_on=QUARTER, words="khởi công", source=sources[number],
    ))


def stated(act: Writing, projects, sources, investors) -> None:
    def statements(**fields) -> list[Statement]:
        return many(act, lambda number: Statement(**{
            "source": sources[number], "locator": "đoạn 1", "subject_kind": "project", "subject_name": "Nhà máy",
            "project": projects[number], "attribute": "total_investment_capital", "kind": "reported", "unit": "USD",
            "qualifier": "about", "date": QUARTER, "period_words": "quý I/2024", "recorded_at": act.at,
        } | fields))

    one, other = statements(value="1", review="accepted"), statements(value="2", review="disputed")
    for statement, project in zip(one, projects, strict=True):
        statement.promoted_kind, statement.promoted_code = CapitalEntry.KIND, f"{project.code}-1"
    Statement.objects.bulk_update(one, ["promoted_kind", "promoted_code"])
    Conflict.objects.bulk_create([
        Conflict(first=first, second=second, why="khác nhau", state="confirmed", updated_at=act.at)
        for first, second in zip(one, other, strict=True)
    ])
    many(act, lambda number: Statement(
        source=sources[number], subject_kind="investor", subject_name="Nhà đầu tư", investor=investors[number],
        attribute="home_country", kind="reported", value="KR", recorded_at=act.at,
    ))
    many(act, lambda number: ZoneObservation(
        code=f"yen-phong-2c-{100 + number}", number=100 + number, zone=projects[number].zone, attribute="occupancy",
        value=Decimal(80), value_high=Decimal(90), qualifier="about", observed_on=QUARTER, method="đã cho thuê",
        source=sources[number],
    ))


def promotion(act: Writing, projects, sources, investors) -> None:
    many(act, lambda number: Policy(**published(
        name=f"Chính sách số {number}", number="1/NQ", issuer="HĐND", issued_on=QUARTER, summary="hỗ trợ",
        source=sources[number],
    )))
    many(act, lambda number: Engagement(**published(
        kind="visit", name=f"Chuyến thăm số {number}", held_on=QUARTER, parties="hai bên", outcome="tốt",
        project=projects[number], investor=investors[number], source=sources[number],
    )))
    many(act, lambda number: Opportunity(**published(
        kind="call", name=f"Kêu gọi số {number}", objective="trung tâm dữ liệu", expected_usd=Decimal(10),
        land_area_ha=Decimal("1.5"), sector=projects[number].sector, zone=projects[number].zone,
        place=projects[number].place, investor=investors[number], source=sources[number],
    )))
