"""A project's page: certificates, reversals, persons, what is gone and what never was."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from registry.actions import capital, statement
from registry.actions.certificate import withdraw_certificate
from registry.actions.project import StakeGiven, withdraw_project
from registry.models import AdministrativeUnit, Certificate, Change, Country, Project, Sector
from registry.vocabulary.certificate import CertificateKind
from registry.vocabulary.change import Verb
from registry.vocabulary.investor import InvestorKind
from registry.vocabulary.milestone import Reality
from registry.vocabulary.money import Money
from registry.vocabulary.period import VagueDay
from registry.vocabulary.statement import SourceKind
from tests import build

pytestmark = pytest.mark.django_db


def address(project) -> str:
    return f"/projects/{project.code}/"


class TestLedger:
    def test_a_certificate_is_solid_and_named(self, reader):
        project = build.make_project()
        build.make_certificate(project, decided_on=date(2023, 6, 1), amount_usd=Decimal("5000000"),
                               irc_code="1234567890", written=Money(Decimal("120000000000"), "VND"))
        html, words = reader.html(address(project)), reader.words(address(project))
        assert "figure-press" not in html
        assert "Mã số dự án (GCNĐKĐT) 1234567890" in words
        assert "01/06/2023 thực tế Cấp lần đầu: 5 triệu USD" in words
        assert "01/06/2023 Cấp mới" in words
        assert "như in: 120.000.000.000 đồng" in words
        assert f"Cấp lần đầu, giấy chứng nhận đăng ký đầu tư {project.code}-1, 01/06/2023" in words
        assert "Trong đó trên giấy chứng nhận: 5.000.000 USD" in words

    def test_former_numbers_stand_beside_the_present_one(self, reader):
        project = build.make_project(irc_code="12/GP-KCN")
        assert "Mã số trước đây" not in reader.words(address(project))
        for number in ("212043000123", "5421840814"):
            build.make_certificate(Project.objects.get(pk=project.pk), kind=CertificateKind.EXCHANGE, irc_code=number)
        words = reader.words(address(project))
        assert "Mã số dự án (GCNĐKĐT) 5421840814 Mã số trước đây 12/GP-KCN; 212043000123" in words
        assert "Former IRC codes 12/GP-KCN; 212043000123" in reader.words(f"/en{address(project)}")

    def test_a_reversed_entry_is_struck_beside_its_reversal(self, reader):
        project = build.make_project(capital_usd="5000000")
        wrong = build.make_entry(project, "3000000")
        with build.act() as act:
            capital.reverse(act=act, entry=wrong, note="Nhập nhầm")
        html, words = reader.html(address(project)), reader.words(address(project))
        assert html.count("<s>") == 1
        assert f'<a href="#{wrong.code}">đảo {wrong.code}</a>' in html
        assert f'<a href="#{project.code}-3">đã được đảo bằng {project.code}-3</a>' in html
        assert "Nhập nhầm" not in words  # a note is the officers'
        assert "-3.000.000" in words
        assert "Vốn đăng ký 5.000.000 USD" in words

    def test_a_withdrawn_certificate_of_the_end_is_no_source_any_more(self, reader):
        project = build.make_project(capital_usd="5000000")
        decision = build.make_source(kind="decision", name="Quyết định thu hồi 12")
        ended = build.make_certificate(project, kind=CertificateKind.REVOCATION, decided_on=date(2024, 7, 10),
                                       source=decision)
        words = reader.words(address(project))
        assert "Quyết định thu hồi 12" in words and f"{ended.code}, 10/07/2024" in words
        with build.act() as act:
            withdraw_certificate(act=act, certificate=Certificate.objects.get(pk=ended.pk), reason="Ghi nhầm")
        html, words = reader.html(address(project)), reader.words(address(project))
        assert "Quyết định thu hồi 12" not in words and f"{ended.code}, 10/07/2024" not in words
        assert "thu hồi gcnđkđt" not in words.lower()
        assert "Vốn đăng ký 5.000.000 USD" in words and "đang hoạt động" in words.lower()
        assert html.count("<s>") == 1  # the ledger keeps both

    def test_an_entry_that_is_confirmed_in_part_says_so(self, reader):
        project = build.make_project(capital_usd=70)
        build.make_entry(project, 50, source=build.make_source(kind="decision"))
        build.make_entry(project, -90, kind="decrease")
        words = reader.words(address(project))
        assert words.count("tính theo giấy chứng nhận:") == 1
        assert "tính theo giấy chứng nhận: -20" in words and "Trong đó trên giấy chứng nhận: 30 USD" in words

    def test_what_is_realised_has_a_sum_of_its_own(self, reader):
        project = build.make_project(capital_usd="5000000")
        build.make_entry(project, "1200000", kind="disbursement")
        words = reader.words(address(project))
        assert "Vốn đăng ký 5.000.000 Vốn thực hiện 1.200.000" in words


class TestStory:
    def test_steps_of_certificates_and_plans(self, reader):
        project = build.make_project(capital_usd="5000000", decided_on=date(2021, 1, 1))
        build.make_certificate(project, kind=CertificateKind.AMENDMENT, step=2, decided_on=date(2022, 2, 2),
                               amount_usd=Decimal("-1000000"))
        build.make_milestone(project, reality=Reality.PLANNED,
                             happened_on=VagueDay(date(2027, 1, 1), date(2027, 3, 31)))
        words = reader.words(address(project))
        assert "02/02/2022 thực tế Điều chỉnh lần thứ 2: -1 triệu USD" in words
        assert "quý I/2027 kế hoạch Khởi công" in words
        assert "first quarter of 2027 planned Ground-breaking" in reader.words(f"/en{address(project)}")

    def test_nothing_yet(self, reader):
        words = reader.words(address(build.make_project()))
        assert "Chưa nguồn nào nêu mốc tiến độ của dự án này." in words
        assert "Chưa có nội dung nguồn nêu nào về dự án này trong sổ." in words
        assert "Chưa ghi nhận nguồn nào cho dự án này." in words


class TestPledges:
    def section(self, reader, project) -> str:
        words = reader.words(address(project))
        return words.partition("Kế hoạch và thực tế của từng mốc")[2].partition("Sổ vốn")[0]

    @pytest.mark.parametrize(("planned", "actual", "verdict"), [
        (VagueDay(date(2023, 1, 1), date(2023, 3, 31)), date(2023, 4, 10), "chậm ít nhất 10 ngày"),
        (VagueDay(date(2023, 1, 1), date(2023, 3, 31)), date(2023, 3, 31), "kịp kế hoạch"),
        (date(2023, 2, 1), VagueDay(date(2023, 1, 1), date(2023, 12, 31)), "chưa đủ rõ để nói sớm hay muộn"),
        (date(2023, 2, 1), None, "đã quá ngày kế hoạch, chưa nguồn nào nêu đã xong"),
        (date(2199, 2, 1), None, "chưa đến ngày kế hoạch"),
    ])
    def test_a_plan_beside_what_happened(self, reader, planned, actual, verdict):
        project = build.make_project()
        build.make_milestone(project, reality=Reality.PLANNED, happened_on=planned)
        if actual:
            build.make_milestone(project, happened_on=actual)
        assert verdict in self.section(reader, project)

    def test_what_nobody_planned_is_not_judged(self, reader):
        project = build.make_project()
        build.make_milestone(project)
        assert self.section(reader, project) == ""


class TestNeighbours:
    def test_of_the_same_zone_investor_and_sector(self, reader):
        zone, sector = build.make_zone(), Sector.objects.get(code="2018-26")
        investor = build.make_investor()
        project = build.make_project(zone=zone, investors=[investor], sector=sector)
        build.make_project(name="Cùng khu", zone=zone)
        build.make_project(name="Cùng chủ", investors=[investor])
        build.make_project(name="Cùng nghề", sector=sector)
        build.make_project(name="Cùng khu, kín", zone=zone, publication="draft")
        words, html = reader.words(address(project)), reader.html(address(project))
        assert "Dự án cùng khu Cùng khu Xem trong danh sách" in words
        assert "Dự án cùng nhà đầu tư chính Cùng chủ Xem trong danh sách" in words
        assert "Dự án cùng ngành Cùng nghề Xem trong danh sách" in words
        for query in (f"zone={zone.code}", f"investor={investor.code}", "sector=2018-26"):
            assert f'href="/projects/?{query}"' in html

    def test_an_unpublished_zone_has_none(self, reader):
        zone = build.make_zone(publication="draft")
        project = build.make_project(zone=zone)
        build.make_project(zone=zone)
        assert "Dự án cùng khu" not in reader.words(address(project))


class TestDrawing:
    def test_each_entry_begins_where_the_sum_stood(self, reader):
        project = build.make_project(capital_usd="8000000")
        assert "column-" not in reader.html(address(project))
        build.make_entry(project, "2000000")
        build.make_entry(project, "-5000000", kind="decrease")
        build.make_entry(project, "1000000", kind="disbursement")
        html = reader.html(address(project))
        bars = re.findall(r'<rect class="([^"]+)" x="([^"]+)" y="\d+" width="([^"]+)"', html)
        assert bars == [
            ("column", "0.00%", "79.20%"), ("column", "79.20%", "19.80%"), ("column column-falls", "49.50%", "49.50%"),
            ("column column-share column-share-certificate", "0.00%", "9.90%"),
        ]


class TestWhere:
    def test_of_its_zone_else_of_its_commune(self, reader):
        zone = build.make_zone(latitude=21.1, longitude=106.0, position_basis="tâm xã")
        assert "Vị trí Vị trí của khu, tâm xã." in reader.words(address(build.make_project(zone=zone)))
        place = AdministrativeUnit.objects.get(code="09325")
        assert "Vị trí Gần đúng: tâm của xã, phường." in reader.words(address(build.make_project(place=place)))
        assert 'class="map-here"' not in reader.html(address(build.make_project()))

    def test_when_it_was_last_touched_and_by_what_source(self, reader):
        source = build.make_source(published_on=VagueDay.exact(date(2024, 3, 1)))
        project = build.make_project(capital_usd="1", source=source)
        words = reader.words(address(project))
        assert f"Cập nhật lần cuối {timezone.localdate():%d/%m/%Y} . Nguồn mới nhất công bố 01/03/2024." in words


class TestWhoMayBeNamed:
    def test_a_natural_person_is_not(self, reader):
        person = build.make_investor(name="Kim Min-su", kind=InvestorKind.PERSON,
                                     country=Country.objects.get(code="KR"))
        project = build.make_project(investors=[StakeGiven(person, share_percent=Decimal("60"))])
        build.make_statement(subject=project, attribute="investor", value="Ông Kim Min-su", unit="")
        build.make_statement(subject_kind="investor", subject=person, subject_name="Kim Min-su",
                             attribute="home_country", value="KR", unit="")
        html, words = reader.html(address(project)), reader.words(address(project))
        assert "Kim" not in html
        assert "Nhà đầu tư nhà đầu tư cá nhân Hàn Quốc" in words
        assert "Tỷ lệ góp vốn nhà đầu tư cá nhân: 60 %" in words
        assert "Ông nhà đầu tư cá nhân" in words

    def test_unpublished_records_are_not(self, reader):
        hidden = {"publication": "draft"}
        project = build.make_project(
            investors=[build.make_investor(name="Nhà đầu tư Kín", **hidden)],
            enterprise=build.make_enterprise(name="Công ty Kín", tax_code="0100109106", **hidden),
            zone=build.make_zone(name="KCN Kín", **hidden), capital_usd="1",
            source=build.make_source(name="Nguồn Kín", **hidden),
        )
        html = reader.html(address(project))
        assert "Kín" not in html and "0100109106" not in html
        assert "nguồn không công khai" in html

    def test_what_an_unpublished_source_states_is_not_shown(self, reader):
        project = build.make_project()
        build.make_statement(subject=project, attribute="distinction", value="Bí mật", unit="",
                             source=build.make_source(publication="draft"))
        assert "Bí mật" not in reader.html(address(project))


class TestConflicts:
    def test_a_dismissed_conflict_is_gone(self, reader):
        project = build.make_project()
        one, other = (build.make_statement(subject=project, value=value) for value in ("1600", "1700"))
        with build.act() as act:
            conflict = statement.oppose(act=act, one=one, other=other, why="Hai số khác nhau")
        assert "Hai số khác nhau" in reader.html(address(project))
        with build.act() as act:
            statement.dismiss(act=act, conflict=conflict, outcome="Hai thời điểm")
        assert 'id="conflicts"' not in reader.html(address(project))

    def test_a_statement_of_a_decision_is_solid(self, reader):
        project = build.make_project()
        build.make_statement(subject=project, source=build.make_source(kind=SourceKind.DECISION))
        assert 'figure-certificate"><span class="visually-hidden">trên giấy chứng nhận: </span>1,6 tỷ USD' in (
            reader.html(address(project)))


class TestGone:
    def test_withdrawn_answers_410_with_the_reason_and_no_name(self, reader):
        project = build.make_project(name="Nhà máy Bí Mật")
        with build.act() as act:
            withdraw_project(act=act, project=project, reason="Ghi trùng với dự án khác")
        html = reader.html(address(project), status=410)
        assert f"Hồ sơ {project.code} đã gỡ khỏi sổ đăng ký" in html
        assert "Ghi trùng với dự án khác" in html
        assert "Bí Mật" not in html
        english = reader.html(f"/en{address(project)}", status=410)
        assert '<span lang="vi">Ghi trùng với dự án khác</span>' in english
        assert f"Record {project.code} was withdrawn from the register" in english

    @pytest.mark.parametrize("publication", ["draft", "in_review"])
    def test_never_published_answers_404(self, reader, publication):
        project = build.make_project(name="Nhà máy Bí Mật", publication=publication)
        assert "Bí Mật" not in reader.html(address(project), status=404)

    def test_unknown_answers_404(self, reader):
        assert "Lỗi 404" in reader.words("/projects/BN-999999/", status=404)
        assert "Error 404" in reader.words("/en/projects/BN-999999/", status=404)

    def test_merged_answers_with_the_other_address(self, reader):
        left = build.make_project()
        with build.act() as act:
            act.append(kind="project", code="BN-777777", verb=Verb.MERGED, feed_verb=Verb.MERGED, before=None,
                       after=None, merged_into=left.code)
        assert Change.objects.filter(merged_into=left.code).exists()
        answer = reader.open("/en/projects/BN-777777/")
        assert (answer.status_code, answer["Location"]) == (301, f"/en/projects/{left.code}/")
        asked = "as_of=2024-12-31&q=%C4%90%C3%B4ng"
        assert reader.open(f"/en/projects/BN-777777/?{asked}")["Location"] == f"/en/projects/{left.code}/?{asked}"
        assert reader.open("/countries/us/?format=csv")["Location"] == "/countries/US/?format=csv"


def test_same_queries_for_one_of_each_and_for_twenty(reader):
    zone = build.make_zone()
    project = build.make_project(zone=zone, capital_usd="1000000000")
    build.make_project(zone=zone)

    def add():
        build.make_entry(project, "1000000")
        build.make_milestone(project)
        build.make_certificate(project, kind=CertificateKind.CORRECTION)
        build.make_statement(subject=project, attribute="home_country", value="KR", unit="")

    add()
    one = reader.queries(address(project))
    for _ in range(19):
        add()
    assert reader.queries(address(project)) == one <= 15
