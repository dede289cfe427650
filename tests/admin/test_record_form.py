"""Plain nouns are written by their forms: one act, one change, by this officer, through this door."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from registry.admin.address import address_of
from registry.models import Act, Change, Country, Enterprise, Investor, Opportunity, Sector, Source, Zone
from registry.vocabulary.period import VagueDay, read_day
from registry.vocabulary.promotion import OpportunityKind
from registry.vocabulary.publication import Publication
from registry.vocabulary.role import Role
from tests import build
from tests.admin.clerk import Form, errors_of, words_of
from tests.unchanged import everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def unchanged():
    """Nothing of the register is written by the test."""
    before = everything()
    yield
    assert everything() == before


def last_act() -> tuple[Act, list[Change]]:
    act = Act.objects.latest("id")
    return act, list(act.changes.all())


def test_a_new_record_is_one_act_with_one_change(clerk):
    acts = Act.objects.count()

    answer = clerk.saves(Investor, name="Hana Micron", kind="organisation", reason="theo công văn 12")

    investor = Investor.objects.get(name="Hana Micron")
    assert answer.status_code == 302
    assert (investor.code, investor.publication, investor.version) == ("INV-000001", Publication.DRAFT, 1)
    act, [change] = last_act()
    assert Act.objects.count() == acts + 1
    assert (act.by, act.door, act.reason, change.kind, change.code, change.verb) == (
        clerk.user, "admin", "theo công văn 12", "investor", "INV-000001", "created")


def test_without_a_reason_the_history_says_what_was_done(clerk):
    clerk.saves(Investor, name="Hana Micron", kind="organisation")
    assert last_act()[0].reason == "Nhập mới"

    clerk.saves(Investor.objects.get(name="Hana Micron"), name="Hana Micron Vina", name_en="Hana Micron Vina")
    act, [change] = last_act()
    assert act.reason == "Sửa: tên, tên tiếng Anh"
    assert (change.verb, change.before["name"], change.after["name"]) == ("updated", "Hana Micron", "Hana Micron Vina")


def test_every_kind_of_field_is_read(clerk):
    zone, sector = build.make_zone(), Sector.objects.get(code="2018-26")
    clerk.saves(Opportunity, kind=OpportunityKind.CALL, name="Khu logistics", expected_usd="1,6 tỷ",
                land_area_ha="1.234,5", zone=zone.pk, sector=sector.pk, objective="một\r\nhai")

    made = Opportunity.objects.get()
    assert (made.expected_usd, made.land_area_ha, made.zone, made.sector, made.objective) == (
        Decimal("1600000000.00"), Decimal("1234.5"), zone, sector, "một\nhai")

    _url, fields = clerk.opens(made)
    assert (fields["expected_usd"], fields["land_area_ha"]) == (["1.600.000.000"], ["1.234,5"])


@pytest.mark.parametrize("typed, day", [
    ("03/04/2025", read_day("03/04/2025")), ("cuối tháng 10/2023", read_day("cuối tháng 10/2023")),
    ("quý I/2025", read_day("quý I/2025")), ("", None),
])
def test_a_day_is_read_as_officers_write_it(clerk, typed, day):
    clerk.saves(Source, kind="article", name="Bài báo", published_on=typed)
    assert Source.objects.get(name="Bài báo").published_on == day


def test_a_day_whose_words_cannot_be_read_stays_when_something_else_is_changed(clerk):
    day = VagueDay(read_day("9/2023").earliest, read_day("9/2023").latest, "sau rằm tháng tám")
    source = build.make_source(published_on=day)

    assert clerk.saves(source, publisher="Báo Bắc Ninh").status_code == 302

    source.refresh_from_db()
    assert (source.published_on, source.publisher) == (day, "Báo Bắc Ninh")


def test_a_zone_s_communes_are_found_by_name_and_kept_as_a_list(clerk):
    zone, place = build.make_zone(), build.make_place()
    clerk.saves(zone, communes=[place.pk], latitude="21.1834", area_ha="655,5")

    zone.refresh_from_db()
    assert (list(zone.communes.all()), zone.latitude, zone.area_ha) == ([place], 21.1834, Decimal("655.5"))
    act, [change] = last_act()
    assert change.after["communes"] == [place.code]
    assert "xã, phường" in act.reason


def test_other_names_are_one_a_line(clerk):
    clerk.saves(build.make_country(), aliases="Xứ Thử\r\n\r\n Thử quốc ")
    assert Country.objects.get(code="ZZ").aliases == ["Xứ Thử", "Thử quốc"]


def test_a_natural_code_is_asked_for_once(clerk):
    clerk.saves(Zone, code="kcn-moi", kind="industrial_park", name="KCN Mới", province="bac-ninh")
    zone = Zone.objects.get(code="kcn-moi")

    _url, fields = clerk.opens(zone)
    assert "code" not in fields
    clerk.saves(zone, code="kcn-khac", name="KCN Mới II")
    zone.refresh_from_db()
    assert (zone.code, zone.name) == ("kcn-moi", "KCN Mới II")


def test_a_tax_code_may_be_typed_with_spaces(clerk):
    clerk.saves(Enterprise, name="Samsung", tax_code="2300 325 764")
    assert Enterprise.objects.get().tax_code == "2300325764"


def test_publication_and_version_cannot_be_typed(clerk):
    investor = build.make_investor(publication=Publication.DRAFT)
    clerk.saves(investor, name="Amkor", publication="published", updated_at="2020-01-01", code="INV-999999")
    investor.refresh_from_db()
    assert (investor.publication, investor.name, investor.code) == (Publication.DRAFT, "Amkor", "INV-000001")


def test_a_project_is_neither_moved_on_nor_ended_by_its_form(clerk):
    project = build.make_project(status="building")
    clerk.saves(project, status="terminated", ended_on="01/01/2024", address="Yên Phong")
    project.refresh_from_db()
    assert (project.status, project.ended_on, project.address) == ("building", None, "Yên Phong")


@pytest.mark.parametrize("changes, field, words", [
    ({"published_on": "hôm nọ"}, "published_on", "Không đọc được thời gian “hôm nọ”"),
    ({"published_on": "31/02/2023"}, "published_on", "không tồn tại"),
    ({"kind": ""}, "kind", "Hãy điền mục này."),
    ({"url": "báo"}, "url", "Hãy ghi một địa chỉ đúng"),
])
def test_what_cannot_be_read_is_said_at_the_field_and_nothing_is_written(clerk, unchanged, changes, field, words):
    answer = clerk.saves(Source, **{"kind": "article", "name": "Bài báo", "publisher": "Báo Bắc Ninh"} | changes)

    assert answer.status_code == 200
    assert list(errors_of(answer)) == [field]
    assert words in errors_of(answer)[field][0]
    assert words in words_of(answer)
    kept = clerk_fields(answer, "source_form")
    assert (kept["publisher"], kept[field]) == (["Báo Bắc Ninh"], [changes[field]] if changes[field] else [""])


@pytest.mark.parametrize("typed", ["1.6 tỷ", "1,600", "1.6", "nhiều", "1.000 tỷ đồng"])
def test_an_amount_that_could_be_another_is_refused_with_the_way_to_write_it(clerk, unchanged, typed):
    answer = clerk.saves(Opportunity, kind="call", name="Khu logistics", expected_usd=typed)

    assert list(errors_of(answer)) == ["expected_usd"]
    assert clerk_fields(answer, "opportunity_form")["expected_usd"] == [typed]


def test_a_broken_rule_of_the_register_is_said_at_its_field(clerk, unchanged):
    answer = clerk.saves(Enterprise, name="Samsung", tax_code="2300325765")
    assert "sai chữ số kiểm tra" in errors_of(answer)["tax_code"][0]


def test_a_rule_of_the_whole_is_said_on_top(clerk):
    place = build.make_place()
    answer = clerk.saves(place, in_force_from="02/01/2025", in_force_until="01/01/2025")
    assert errors_of(answer) == {"__all__": ["Ngày hết hiệu lực không được trước ngày có hiệu lực."]}


def test_a_form_sent_twice_is_one_act(clerk):
    url, fields = clerk.opens(Enterprise)
    first = clerk.sends(url, fields, name="Samsung", tax_code="2300325764")
    before = everything()

    second = clerk.sends(url, fields, name="Samsung", tax_code="2300325764")

    assert everything() == before
    made = Enterprise.objects.get()
    assert (first.status_code, second.status_code) == (302, 302)
    assert second.url == f"/admin/registry/enterprise/{made.pk}/change/"
    assert "Việc này đã được ghi." in words_of(clerk.client.get(second.url))


def test_a_change_sent_twice_is_one_act(clerk):
    url, fields = clerk.opens(build.make_investor(name="Amkor"))
    clerk.sends(url, fields, name="Amkor Technology")
    before = everything()

    assert clerk.sends(url, fields, name="Amkor Technology").status_code == 302
    assert everything() == before


@pytest.mark.parametrize("key", ["", "\0", "không phải khóa"])
def test_a_form_without_its_key_is_no_form_that_was_sent(clerk, key):
    build.make_investor()
    answer = clerk.saves(Investor, name="A", kind="organisation", key=key)
    assert answer.status_code == (302 if key == "không phải khóa" else 200)


def test_save_and_continue_and_another_and_a_popup_go_on_as_ever(clerk):
    url, fields = clerk.opens(Investor)
    answer = clerk.sends(url, fields, name="A", kind="organisation", _continue="1")
    assert answer.url == f"/admin/registry/investor/{Investor.objects.get().pk}/change/"

    answer = clerk.saves(Investor, name="B", kind="organisation", _addanother="1")
    assert answer.url == "/admin/registry/investor/add/"

    url, fields = clerk.opens(Investor, _popup="1")
    answer = clerk.sends(url, fields, name="C", kind="organisation")
    assert answer.status_code == 200
    assert "data-popup-response" in answer.content.decode()


def test_a_new_record_begins_with_what_its_address_says(clerk):
    zone = build.make_zone()
    _url, fields = clerk.opens(Opportunity, zone=zone.pk)
    assert fields["zone"] == [str(zone.pk)]


def clerk_fields(answer, form_id: str) -> dict:
    return Form(answer.content.decode(), form_id).fields


def test_no_form_opens_the_page_of_a_new_project_beside_itself(clerk):
    """It leads to the project that it made and not back to the form."""
    html = clerk.client.get(reverse("admin:registry_engagement_add")).content.decode()
    assert 'id="add_id_investor"' in html
    assert 'id="add_id_project"' not in html


def test_who_only_reads_is_told_days_and_numbers_as_elsewhere(client):
    project = build.make_project(land_area_ha=Decimal("3.5"), enterprise=build.make_enterprise(name="Công ty Hoa Sen"))
    entry = build.make_entry(project, Decimal("5000.00"))
    client.force_login(build.make_officer("xem", Role.READER))
    words = words_of(client.get(address_of(project)))
    assert "None" not in words and "Ngày cấp lần đầu: –" in words
    assert "Diện tích đất (ha): 3,5 " in words and "3,5000" not in words
    assert f'<a href="{address_of(project.enterprise)}">' in client.get(address_of(project)).content.decode()
    licensed = build.make_project(licensed_on=VagueDay(date(2023, 10, 1), date(2023, 10, 31), "tháng 10/2023"))
    assert "Ngày cấp lần đầu: tháng 10/2023" in words_of(client.get(address_of(licensed)))
    assert "3,5 " in words_of(client.get(address_of(project, "print")))
    assert "Số tiền (USD): 5.000 " in words_of(client.get(address_of(entry)))
