"""Search over real rows: what is found, and what comes first."""

import importlib

import pytest
from django.apps import apps

from registry.models import Country, Project, Zone
from registry.vocabulary.vietnamese import search_words
from tests import build

pytestmark = pytest.mark.django_db


def found(query: str, noun=Project) -> list[str]:
    return sorted(noun.objects.matching(search_words(query)).values_list("name", flat=True))


@pytest.mark.parametrize("query", [
    "dien tu", "Điện tử", "ĐIỆN TỬ", "điện  tử", "tu dien", "die tu", "linh kiện điện tử",
    "\u0111i\u00ea\u0323n t\u01b0\u0309",
])
def test_marks_case_order_and_ends_of_words_do_not_matter(query):
    build.make_project(name="Nhà máy linh kiện Điện tử")
    build.make_project(name="Nhà máy thiết bị")

    assert found(query) == ["Nhà máy linh kiện Điện tử"]


def test_former_project_numbers_find_a_project():
    project = build.make_project(irc_code="12/GP-KCN")
    build.make_certificate(project, kind="exchange", irc_code="5421840814")

    for number in ("12/GP-KCN", "5421840814"):
        assert found(number) == [project.name]


def test_the_migration_finds_the_projects_that_have_some():
    project = build.make_project(irc_code="5421840814")
    version = project.version
    Project.objects.filter(pk=project.pk).update(former_irc_codes="212043000123")
    assert found("212043000123") == []

    importlib.import_module("registry.migrations.0036_search_by_former_numbers").search_by_former_numbers(apps, None)

    assert found("212043000123") == [project.name]
    assert Project.objects.get(pk=project.pk).version == version


def test_every_word_must_occur():
    build.make_project(name="Nhà máy điện tử")

    assert found("điện tử dệt") == []
    assert found("iện tử") == []


def test_a_zone_is_found_by_either_name_of_its_kind():
    build.make_zone(name="KCN Thuận Hưng")
    build.make_zone(name="Khu công nghiệp Hưng Thuận")

    both = ["KCN Thuận Hưng", "Khu công nghiệp Hưng Thuận"]
    assert found("kcn thuận hưng", Zone) == both
    assert found("khu cong nghiep thuan hung", Zone) == both


@pytest.mark.parametrize("query", ["II-C", "IIC", "2C", "2-C", "iic", "ii-c"])
def test_numerals_are_found_either_way(query):
    build.make_project(name="Nhà máy ở khu II-C")
    build.make_project(name="Nhà máy ở khu III")

    assert found(query) == ["Nhà máy ở khu II-C"]


@pytest.mark.parametrize("query", ["3", "III", "iii"])
def test_a_number_is_found_by_its_roman_numeral(query):
    build.make_project(name="Nhà máy III")
    build.make_project(name="Nhà máy 13")

    assert found(query) == ["Nhà máy III"]


def test_the_syllable_vi_is_no_six():
    build.make_project(name="Nhà máy vi mạch")
    build.make_project(name="Nhà máy số 6")

    assert found("vi mạch") == ["Nhà máy vi mạch"]
    assert found("6") == ["Nhà máy số 6"]


def test_exact_marks_come_first_then_words_then_parts():
    for name in ("Nhà máy bắn dấn", "Nhà máy bán dẫn", "Nhà máy bàndê dândê"):
        build.make_project(name=name)
    words = search_words("bán dẫn")

    ranked = Project.objects.matching(words).ranked(words).order_by("rank").values_list("rank", "name")

    assert list(ranked) == [(0, "Nhà máy bán dẫn"), (1, "Nhà máy bắn dấn"), (2, "Nhà máy bàndê dândê")]


def test_the_two_ways_to_place_a_tone_are_both_exact():
    build.make_project(name="Nhà máy Hòa Phát")
    words = search_words("Hoà")

    assert [row.rank for row in Project.objects.matching(words).ranked(words)] == [0]


def test_a_project_is_found_by_its_investor_enterprise_zone_and_objective():
    project = build.make_project(
        name="Nhà máy", investors=[build.make_investor(name="Hanwha Vision")], objective="lắp ráp máy ảnh",
        enterprise=build.make_enterprise(name="Công ty Ánh Sáng", tax_code="2301195652"),
        zone=build.make_zone(name="KCN Đại Đồng"),
    )

    for query in ("hanwha", "lap rap", "anh sang", "2301195652", "dai dong", project.code):
        assert found(query) == ["Nhà máy"], query


def test_a_natural_person_is_not_found_by_name():
    person = build.make_investor(kind="person", name="Nguyễn Văn Kín")
    build.make_project(name="Nhà máy", investors=[person])

    assert found("kín") == []
    assert found(person.code) == ["Nhà máy"]


def test_what_hangs_on_a_project_is_found_by_its_words():
    entry = build.make_entry(build.make_project(name="Nhà máy điện tử"), 5)

    assert list(type(entry).objects.matching(search_words("dien tu"))) == [entry]
    assert list(type(entry).objects.matching(search_words("det may"))) == []


def test_a_country_is_found_by_what_the_press_calls_it():
    build.make_country(name="Nước thử nghiệm", aliases=["Xứ Sương Mù"])

    assert found("suong mu", Country) == ["Nước thử nghiệm"]
