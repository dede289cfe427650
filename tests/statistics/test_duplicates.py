"""Which records may be one and the same, without comparing each with each."""

import time

import pytest

from registry.actions import distinct
from registry.actions.record import withdraw
from registry.models import Enterprise, Investor
from registry.statistics import duplicates
from registry.statistics.duplicates import candidates, repeated
from registry.vocabulary.investor import InvestorKind
from registry.vocabulary.party import bare_words
from tests import build

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name, words", [
    ("Công ty TNHH Samsung Electronics Việt Nam", ("electronics", "samsung", "vietnam")),
    ("SAMSUNG ELECTRONICS VIETNAM CO., LTD.", ("electronics", "samsung", "vietnam")),
    ("Công ty Cổ phần Hàn Quốc", ("han", "quoc")),
    ("Công ty TNHH", ("cong", "tnhh", "ty")),
    ("앰코", ("앰코",)),
    ("–", ()),
])
def test_what_is_left_of_a_name(name, words):
    assert bare_words(name) == words


def pairs(model) -> list[tuple[str, str, int]]:
    codes = dict(model.objects.values_list("pk", "code"))
    return [(codes[each.one], codes[each.other], each.likeness) for each in candidates(model)]


class TestInvestors:
    def like(self, *names: str | dict) -> list[int]:
        for name in names:
            build.make_investor(**({"name": name} if isinstance(name, str) else name))
        return [likeness for _one, _other, likeness in pairs(Investor)]

    @pytest.mark.parametrize("one, other", [
        ("Amkor Technology", "AMKOR TECHNOLOGY, INC."),
        ("Công ty TNHH Goertek", "Goertek Co., Ltd"),
        ("Tập đoàn Điện tử Hồng Hải", "Tap doan dien tu Hong Hai"),
        ("Technology Amkor", "Amkor Technology"),
    ])
    def test_the_same_name(self, one, other):
        assert self.like(one, other) == [100]

    def test_a_letter_apart(self):
        likeness, = self.like("Amkor Technology", "Amcor Technology")
        assert 88 <= likeness < 100

    @pytest.mark.parametrize("one, other", [
        ("Samsung Display", "Samsung Electronics"),
        ("Foxconn Bắc Giang 1", "Foxconn Bắc Giang 2"),
        ("Luxshare", "Goertek"),
    ])
    def test_two_that_are_two(self, one, other):
        assert self.like(one, other) == []

    def test_another_name_of_the_record(self):
        assert self.like({"name": "Hồng Hải", "name_en": "Foxconn"}, "Foxconn") == [100]

    def test_a_person_is_no_company(self):
        assert self.like({"name": "Kim Ho", "kind": "person"}, {"name": "Kim Ho"}) == []
        assert self.like({"name": "Kim Ho", "kind": "person"}) == [100]

    def test_none(self):
        assert candidates(Investor) == []


class TestEnterprises:
    def test_one_tax_code_comes_first(self):
        first = build.make_enterprise(name="Goertek Vina")
        second = build.make_enterprise(name="Goertek Vina")
        head = build.make_enterprise(name="Canon", tax_code="0100109106")
        branch = build.make_enterprise(name="Chi nhánh Quế Võ", tax_code="0100109106001")
        assert pairs(Enterprise) == [(head.code, branch.code, 0), (first.code, second.code, 100)]


class TestRepeated:
    """What the desk counts, without comparing names."""

    def test_the_very_name_in_whatever_case_but_no_persons(self):
        first, *later = (build.make_investor(name=name) for name in ("Hoa Sen", "HOA SEN", "hoa  sen.", "Hoa Sên"))
        build.make_investor(name="–")
        build.make_investor(name="…")
        for _time in range(2):
            build.make_investor(kind=InvestorKind.PERSON, name="Nguyễn Văn A")
        build.make_investor(kind=InvestorKind.PERSON, name="Hoa Sen")
        assert list(repeated(Investor).order_by("pk")) == later[:2]
        assert {first.pk, later[0].pk} in [{each.one, each.other} for each in candidates(Investor)]

    @pytest.mark.parametrize("model", [Investor, Enterprise])
    def test_none_that_was_withdrawn(self, model):
        make = build.make_investor if model is Investor else build.make_enterprise
        one, other = make(name="Hoa Sen"), make(name="Hoa Sen")
        assert pairs(model) and list(repeated(model)) == [other]
        with build.act() as act:
            withdraw(act=act, record=one, reason="nhập nhầm")
        assert not pairs(model) and not repeated(model).exists()

    def test_a_branch_of_a_recorded_tax_code(self):
        head = build.make_enterprise(name="Canon", tax_code="0100109106")
        branch = build.make_enterprise(name="Chi nhánh Quế Võ", tax_code="0100109106001")
        build.make_enterprise(name="Khác", tax_code=None)
        assert list(repeated(Enterprise)) == [branch]
        with build.act() as act:
            distinct.tell_apart(act=act, one=branch, other=head)
        assert not repeated(Enterprise).exists()

    def test_none_that_was_found_to_be_two(self):
        one, other = build.make_enterprise(name="Hoa Sen"), build.make_enterprise(name="Hoa Sen")
        assert list(repeated(Enterprise)) == [other]
        with build.act() as act:
            distinct.tell_apart(act=act, one=other, other=one)
        assert not repeated(Enterprise).exists()
        third = build.make_enterprise(name="Hoa Sen")
        assert list(repeated(Enterprise)) == [third]


def test_the_same_queries_however_many(django_assert_num_queries):
    for number in (1, 20):
        for _ in range(number):
            build.make_investor()
        with django_assert_num_queries(2):
            candidates(Investor)


def test_many_thousand_names_are_not_compared_each_with_each(monkeypatch):
    """60,000 names of four words out of a few thousand: under fifty comparisons a name, and seconds, not hours."""
    words = [f"{a}{b}{c}a" for a in "bcdfghklmn" for b in "aeiou" for c in "bcdghklmnprstvx"]
    forms = [
        duplicates._Form(key, (text,), " ".join(sorted((words[key % 743], words[key * 7 % 750], text))), frozenset())
        for key in range(60_000) for text in [f"{words[key % 750]}{key // 750}"]
    ]
    began = time.perf_counter()
    compared = sum(1 for _ in duplicates._compared(forms))
    assert compared < 50 * len(forms)
    assert time.perf_counter() - began < 30
