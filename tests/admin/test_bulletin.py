"""The bulletin: its sentences, and that the rows behind a number come to that number."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from registry.actions.capital import reverse
from registry.exchange.official.bulletin import paragraphs
from registry.models import Registrar
from registry.statistics.bulletin import MonthInFuture, bulletin
from registry.statistics.log import KnownInFuture
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.certificate import CertificateKind
from registry.vocabulary.period import VagueDay
from tests import build

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)
COUNTS = r'href="(/admin/bulletin/rows/[^"]+)">(\d+) (?:dự án|lượt)'


@pytest.fixture
def worked(client):
    """A board. August 2026: new 12.5 and 3 million, up 5, down 4.42, bought 0.7, one ended of 2; in July new 1, up 6,
    which was reversed; elsewhere new 100."""
    client.force_login(build.make_officer())
    board = build.make(Registrar, name="Ban Quản lý các khu công nghiệp")
    build.make_project(capital_usd=100_000_000, decided_on=date(2026, 8, 1))
    big = build.make_project(name="SYN Bo mạch", capital_usd=12_500_000, decided_on=date(2026, 8, 3), registrar=board)
    build.make_project(name="SYN Khuôn", capital_usd=3_000_000, decided_on=date(2026, 8, 31), registrar=board)
    old = build.make_project(capital_usd=9_000_000, decided_on=date(2020, 1, 1), registrar=board)
    build.make_certificate(old, kind=CertificateKind.AMENDMENT, step=1, amount_usd=Decimal(5_000_000),
                           decided_on=date(2026, 8, 5))
    build.make_certificate(old, kind=CertificateKind.AMENDMENT, step=2, decided_on=date(2026, 8, 6))
    build.make_entry(old, -4_420_000, kind=CapitalKind.DECREASE, decided_on=date(2026, 8, 7))
    build.make_entry(big, 700_000, kind=CapitalKind.SHARE_PURCHASE, decided_on=date(2026, 8, 8))
    ends = build.make_project(capital_usd=2_000_000, decided_on=date(2021, 1, 1), registrar=board)
    build.make_certificate(ends, kind=CertificateKind.TERMINATION, decided_on=date(2026, 8, 9))
    build.make_project(capital_usd=1_000_000, decided_on=date(2026, 7, 1), registrar=board)
    wrong = build.make_entry(old, 6_000_000, decided_on=date(2026, 7, 2))
    with build.act() as act:
        reverse(act=act, entry=wrong)
    return board


def page(client, board, **asked):
    return client.get("/admin/bulletin/", {"year": 2026, "month": 8, "registrar": board.code} | asked)


def text(answer) -> str:
    shown = answer.content.decode().split('class="bulletin"')[1]
    return " ".join(re.sub(r"<[^>]+>", "", shown.split(">", 1)[1]).split())


def test_the_text_is_ready_to_paste(client, worked):
    told = text(page(client, worked))
    assert ("Tháng 8/2026, Ban Quản lý các khu công nghiệp cấp mới 2 dự án FDI, vốn đăng ký 15,5 triệu USD; điều chỉnh "
            "3 lượt giấy chứng nhận, trong đó 1 lượt tăng vốn 5 triệu USD, 1 lượt giảm vốn 4,42 triệu USD; 1 lượt góp "
            "vốn, mua cổ phần, giá trị 700.000 USD; 1 dự án chấm dứt hoạt động, vốn đăng ký 2 triệu USD.") in told
    assert "Từ đầu quý đến hết tháng 8/2026, Ban Quản lý các khu công nghiệp cấp mới 3 dự án FDI" in told
    assert "Lũy kế từ đầu năm 2026 đến hết tháng 8/2026" in told
    assert "SYN Bo mạch, cấp mới 12,5 triệu USD; SYN Khuôn, cấp mới 3 triệu USD; " in told
    assert "Đến hết ngày 31/08/2026 có 4 dự án FDI còn hiệu lực, tổng vốn đăng ký 26,08 triệu USD." in told


def test_the_rows_behind_each_number_come_to_it(client, worked):
    links = re.findall(COUNTS, page(client, worked).content.decode())
    assert len(links) == 18
    for address, times in links:
        answer = client.get(address.replace("&amp;", "&"))
        assert answer.status_code == 200
        assert answer.context["times"] == int(times), address
        if "usd" in answer.context:
            assert answer.context["usd"] == sum((each.amount_usd for each in answer.context["entries"]), Decimal(0))


def test_the_whole_province(client, worked):
    assert "toàn tỉnh cấp mới 3 dự án FDI, vốn đăng ký 115,5 triệu USD" in text(page(client, worked, registrar=""))


def test_what_undoes_an_earlier_period_is_said_so(client, worked):
    wrong = build.make_entry(build.make_project(capital_usd=1, decided_on=date(2020, 1, 1)), 8_000_000,
                             decided_on=date(2025, 3, 1))
    with build.act() as act:
        reverse(act=act, entry=wrong, decided_on=VagueDay.exact(date(2026, 2, 20)))
    told = text(client.get("/admin/bulletin/", {"year": 2026, "month": 2, "registrar": ""}))
    assert "0 lượt tăng vốn (sau khi trừ phần hủy của kỳ trước: -8 triệu USD), 0 lượt giảm vốn 0 USD" in told


def test_a_month_that_goes_on_says_so(worked):
    running = bulletin(2026, 8, today=date(2026, 8, 10))
    assert (running.in_force, running.counted_to) == (4, date(2026, 8, 10))
    told = " ".join("".join(part.text for part in parts) for parts in paragraphs(running, lambda *_of: ""))
    assert "Đến hết ngày 10/08/2026 có 4 dự án FDI" in told
    assert "Tháng 8/2026 chưa kết thúc: số liệu đến hết ngày 10/08/2026." in told


def test_a_month_that_has_not_begun(client, worked):
    with pytest.raises(MonthInFuture, match="12/2026"):
        bulletin(2026, 12, today=TODAY)
    assert page(client, worked, year=2199).status_code == 400
    assert page(client, worked, month=13).status_code == 400
    assert client.get("/admin/bulletin/").status_code == 200


def recorded_late(board):
    """Of August: on 10 September new 3 million are recorded, on 20 September an amendment of 1.5 million; on
    5 October the 3 million are reversed."""
    def at(month: int, day: int):
        return build.act(at=datetime(2026, month, day, 3, tzinfo=UTC))

    with at(9, 10) as act:
        late = build.make_project(act=act, name="SYN Đến muộn", capital_usd=3_000_000, decided_on=date(2026, 8, 12),
                                  registrar=board)
    with at(9, 20) as act:
        build.make_certificate(late, act=act, kind=CertificateKind.AMENDMENT, step=1, amount_usd=Decimal(1_500_000),
                               decided_on=date(2026, 8, 20))
    with at(10, 5) as act:
        reverse(act=act, entry=late.entries.get(kind=CapitalKind.NEW))


@pytest.mark.parametrize("as_known", [False, True])
def test_a_project_that_ended_without_capital_left_has_ended(client, worked, as_known):
    known_on = {"known_on": timezone.localdate().isoformat()} if as_known else {}
    empty = build.make_project(name="SYN Đã rút hết", capital_usd=4_000_000, decided_on=date(2021, 1, 1),
                               registrar=worked)
    build.make_entry(empty, -4_000_000, kind=CapitalKind.DECREASE, decided_on=date(2026, 8, 1))
    build.make_certificate(empty, kind=CertificateKind.TERMINATION, decided_on=date(2026, 8, 20))
    told = text(page(client, worked, **known_on))
    assert "2 dự án chấm dứt hoạt động, vốn đăng ký 2 triệu USD" in told
    rows = client.get("/admin/bulletin/rows/", {"year": 2026, "month": 8, "registrar": worked.code, "of": "ended",
                                                "within": "month"} | known_on).content.decode()
    assert "2 lượt" in rows and "SYN Đã rút hết" in rows and "20/08/2026" in rows


@pytest.mark.parametrize(("known_on", "new", "usd", "amended", "up_usd", "in_force", "registered"), [
    ("2026-09-09", 0, 0, 0, 0, 0, 0),
    ("2026-09-10", 1, 3_000_000, 0, 0, 1, 3_000_000),
    ("2026-09-19", 1, 3_000_000, 0, 0, 1, 3_000_000),
    ("2026-09-20", 1, 3_000_000, 1, 1_500_000, 1, 4_500_000),
    ("2026-10-04", 1, 3_000_000, 1, 1_500_000, 1, 4_500_000),
    ("2026-10-05", 0, 0, 1, 1_500_000, 0, 1_500_000),
])
def test_as_known_on_a_day(known_on, new, usd, amended, up_usd, in_force, registered):
    board = build.make(Registrar, name="Ban Quản lý các khu công nghiệp")
    recorded_late(board)
    found = bulletin(2026, 8, today=TODAY, registrar=board, known_on=date.fromisoformat(known_on))
    month = found.stretches[0]
    assert (month.told["new"].times, month.told["new"].usd) == (new, usd)
    assert (month.amended, month.told["up"].times, month.told["up"].usd) == (amended, amended, up_usd)
    assert (found.in_force, found.registered_usd) == (in_force, registered)
    assert [each.usd for each in found.largest] == ([usd + up_usd] if usd + up_usd else [])


def test_today_known_is_what_is_told_without_a_day(client, worked):
    with build.act() as act:
        written = act.on
    now, then = (bulletin(2026, 8, today=written, registrar=worked, known_on=day) for day in (None, written))
    assert (now.stretches, now.largest) == (then.stretches, then.largest)
    assert (now.in_force, now.registered_usd) == (then.in_force, then.registered_usd)


def test_a_page_as_known_on_a_day_names_it_and_opens_its_rows(client):
    client.force_login(build.make_officer())
    board = build.make(Registrar, name="Ban Quản lý các khu công nghiệp")
    recorded_late(board)
    answer = page(client, board, known_on="2026-10-04")
    assert "cấp mới 1 dự án FDI, vốn đăng ký 3 triệu USD; điều chỉnh 1 lượt" in text(answer)
    assert "Theo số liệu đã ghi nhận đến hết ngày 04/10/2026." in text(answer)
    for address, times in re.findall(COUNTS, answer.content.decode()):
        rows = client.get(address.replace("&amp;", "&"))
        assert rows.context["times"] == int(times), address
        assert "row-note" not in rows.content.decode()  # the reversal came a day later
    assert page(client, board, known_on="2199-01-01").status_code == 400


def test_the_future_is_not_known(worked):
    with pytest.raises(KnownInFuture, match="28/11/2026"):
        bulletin(2026, 8, today=TODAY, known_on=date(2026, 11, 28))
