"""Lists and autocomplete: found by folded name and by code, in a fixed number of queries."""

import pytest
from django.urls import reverse

from registry.actions.capital import reverse as reverse_entry
from registry.actions.statement import oppose
from registry.models import Engagement, ImportBatch, Opportunity, Policy, Registrar
from registry.vocabulary.investor import InvestorKind
from tests import build
from tests.admin.clerk import words_of

pytestmark = pytest.mark.django_db

TWENTY = 20


def a_conflict(act):
    source = build.make_source(act=act)
    one, other = (build.make_statement(act=act, source=source) for _number in range(2))
    return oppose(act=act, one=one, other=other, why="khác nhau")


MAKERS = {
    "project": lambda act: build.make_project(act=act, zone=build.make_zone(act=act), capital_usd=1000),
    "investor": lambda act: build.make_investor(act=act),
    "enterprise": lambda act: build.make_enterprise(act=act),
    "zone": lambda act: build.make_zone(act=act, parent=build.make_zone(act=act)),
    "zoneobservation": lambda act: build.make_observation(act=act),
    "source": lambda act: build.make_source(act=act),
    "statement": lambda act: build.make_statement(act=act),
    "conflict": a_conflict,
    "certificate": lambda act: build.make_certificate(build.make_project(act=act), act=act),
    "capitalentry": lambda act: build.make_project(act=act, capital_usd=1000),
    "formfigure": lambda act: build.make_form_figure(
        act=act, registrar=build.make(Registrar, act=act, name="Ban quản lý")),
    "distinctpair": lambda act: build.make_distinct_pair(act=act),
    "importbatch": lambda act: build.make(ImportBatch, act=act, table="projects", file_name="a.xlsx",
                                          sha256=f"{next(build.numbers):064}"),
    "milestone": lambda act: build.make_milestone(build.make_project(act=act), act=act),
    "policy": lambda act: build.make(Policy, act=act, name="Nghị quyết"),
    "engagement": lambda act: build.make(Engagement, act=act, kind="visit", name="Chuyến thăm",
                                         project=build.make_project(act=act)),
    "opportunity": lambda act: build.make(Opportunity, act=act, kind="call", name="Lời kêu gọi",
                                          zone=build.make_zone(act=act)),
}


def made(name: str, count: int) -> None:
    with build.act() as act:
        for _number in range(count):
            MAKERS[name](act)


@pytest.mark.parametrize("name", MAKERS)
def test_a_list_asks_as_much_for_twenty_rows_as_for_one(clerk, name):
    url = reverse(f"admin:registry_{name}_changelist")
    made(name, 1)
    clerk.queries(url)
    first = clerk.queries(url)
    made(name, TWENTY - 1)
    assert clerk.queries(url) == first
    assert first <= 16


def test_a_project_s_form_asks_as_much_for_much_as_for_little(clerk):
    project = build.make_project(capital_usd=1000)
    build.make_certificate(project)
    build.make_milestone(project, source=build.make_source())
    build.make_statement(subject_kind="project", subject=project, subject_name=project.name)
    url = reverse("admin:registry_project_change", args=[project.pk])
    clerk.queries(url)
    first = clerk.queries(url)
    for _number in range(6):
        build.make_entry(project, 5)
        build.make_milestone(project, source=build.make_source())
        build.make_statement(subject_kind="project", subject=project, subject_name=project.name)
    assert clerk.queries(url) == first
    history = reverse("admin:registry_project_history", args=[project.pk])
    before = clerk.queries(history)
    build.make_entry(project, 5)
    assert clerk.queries(history) == before


def found(clerk, model: str, field: str, term: str) -> list[str]:
    answer = clerk.client.get(reverse("admin:autocomplete"), {
        "app_label": "registry", "model_name": model, "field_name": field, "term": term})
    assert answer.status_code == 200
    return [each["text"] for each in answer.json()["results"]]


def test_autocomplete_finds_by_folded_name_and_by_code(clerk):
    assert {"yen-phong-1 KCN Yên Phong (I)", "yen-phong-2c KCN Yên Phong II-C"} <= set(
        found(clerk, "project", "zone", "yen phong"))
    assert found(clerk, "project", "zone", "yen-phong-2c")[0] == "yen-phong-2c KCN Yên Phong II-C"
    assert all("Quế Võ" in name for name in found(clerk, "project", "zone", "que vo"))
    assert found(clerk, "project", "sector", "2018-26")[0].startswith("2018-26 ")


def test_a_code_comes_first(clerk):
    build.make_enterprise(name="Aaa INV-000001")
    build.make_investor(name="Zzz")
    investor = build.make_investor(name="Aaa INV-000001")
    assert found(clerk, "stake", "investor", "INV-000001") == ["INV-000001 Zzz", f"{investor.code} Aaa INV-000001"]


def test_officers_find_a_natural_person_by_name(clerk):
    build.make_investor(name="Kim Min-su", kind=InvestorKind.PERSON)
    build.make_investor(name="Kim Long")
    assert found(clerk, "stake", "investor", "Kim") == ["INV-000002 Kim Long", "INV-000001 Kim Min-su"]


def test_a_search_of_too_many_words_is_refused_in_words(clerk):
    answer = clerk.client.get(reverse("admin:registry_project_changelist"),
                              {"q": " ".join(f"tu{number}" for number in range(30))})
    assert "Câu tìm kiếm có 30 từ khác nhau" in words_of(answer)


def test_an_empty_list_says_what_to_do(clerk):
    answer = clerk.client.get(reverse("admin:registry_milestone_changelist"), {"q": "zzz"})
    assert "Hãy bỏ bớt bộ lọc" in words_of(answer)


def test_a_list_shows_the_state_at_a_glance(clerk):
    build.make_project(name="Nhà máy", capital_usd=1_600_000_000, zone=build.make_zone(name="KCN Yên Phong"))
    words = words_of(clerk.client.get(reverse("admin:registry_project_changelist")))
    for shown in ("BN-000001", "Nhà máy", "KCN Yên Phong", "đang hoạt động", "1.600.000.000", "đã công bố"):
        assert shown in words


def test_the_ledger_below_a_project_runs_up_its_total_and_says_what_was_reversed(clerk):
    project = build.make_project(capital_usd=1000)
    entry = build.make_entry(project, 500)
    with build.act() as act:
        reversal = reverse_entry(act=act, entry=entry)
    words = words_of(clerk.client.get(reverse("admin:registry_project_change", args=[project.pk])))
    assert "Vốn đăng ký sau đó (USD)" in words
    assert f"{entry.code} đã đảo bằng {reversal.code} điều chỉnh tăng 15/05/2023 500 1.500" in words
    assert f"{reversal.code} đảo {entry.code} bút toán đảo 15/05/2023 -500 1.000" in words


def test_the_ledger_below_a_project_says_what_of_an_entry_is_confirmed(clerk):
    project = build.make_project(capital_usd=1000, source=build.make_source(kind="decision"))
    build.make_entry(project, -400, kind="decrease")
    words = words_of(clerk.client.get(reverse("admin:registry_project_change", args=[project.pk])))
    assert words.count("trong đó theo giấy chứng nhận -400 USD") == 1


def test_what_the_public_may_see_has_a_link_to_its_page(clerk):
    project, draft = build.make_project(), build.make_project(publication="draft")
    milestone = build.make_milestone(project)

    def page(record):
        return clerk.client.get(reverse(f"admin:registry_{record._meta.model_name}_change", args=[record.pk]))

    assert f'href="/projects/{project.code}/"' in page(project).content.decode()
    assert f'href="/projects/{project.code}/"' in page(milestone).content.decode()
    assert "Xem trang công khai" not in words_of(page(draft))


