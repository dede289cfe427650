"""The keyset cursor: no row twice, no row missed, and nobody writes a cursor but us."""

import random
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from django.http import QueryDict

from registry.actions.sums import make_sums_anew
from registry.models import CapitalEntry, Investor, Project
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.period import VagueDay
from registry.vocabulary.project import ProjectStatus
from registry.vocabulary.publication import Publication
from registry.web import cursor
from registry.web.filters import InvestorFilters
from registry.web.listing import LISTINGS, page_of
from registry.web.order import words
from registry.web.problems import BadParameters
from registry.web.project_filters import ProjectFilters
from tests import build

TODAY = date(2026, 11, 22)
MOMENT = datetime(2026, 11, 22, 3, 4, 5, 678901, tzinfo=UTC)


def page(path: str, query: str, at: str | None = None):
    asked = QueryDict(query, mutable=True)
    if at:
        asked["cursor"] = at
    listing = LISTINGS[path]
    found = listing.filters(asked, listing.rows(), today=TODAY)
    found.check()
    return page_of(found)


def all_pages(path: str, query: str, between=lambda: None) -> list[int]:
    """The keys of every page, one after another; ``between`` happens after each page."""
    keys, at = [], None
    for _turn in range(3000):
        here = page(path, query, at)
        keys += here.keys
        if here.cursor is None:
            return keys
        at = here.cursor
        between()
    raise AssertionError("the pages do not end")


def bulk_investors(count: int, *, name="Nhà đầu tư", updated_at=MOMENT) -> list[int]:
    made = [
        Investor(code=f"INV-{900_000 + number + Investor.objects.count()}", name=name, updated_at=updated_at,
                 publication=Publication.PUBLISHED)
        for number in range(count)
    ]
    for each in made:
        each.indexed()
    return [each.pk for each in Investor.objects.bulk_create(made)]


class TestTheText:
    @pytest.mark.parametrize("value", [
        None, True, False, 0, -7, 2**62, "", "Điện tử", date(2023, 10, 31), MOMENT, Decimal("-1600000000.00"), b"",
        b"\x00\x22\xff", datetime(2023, 1, 1, tzinfo=timezone(timedelta(hours=7))),
    ])
    def test_every_type_comes_back(self, value):
        values, pk = cursor.read(cursor.write([value, "x"], 42, "bound"), "bound")
        assert values == [value, "x"]
        assert [type(each) for each in values] == [type(value), str]
        assert pk == 42

    def test_bytes_of_postgresql_come_back_as_bytes(self):
        assert cursor.read(cursor.write([memoryview(b"\x22")], 1, ""), "") == ([b"\x22"], 1)

    def test_the_same_row_has_the_same_cursor_at_any_time(self):
        assert cursor.write([MOMENT], 5, "bound") == cursor.write([MOMENT], 5, "bound")

    def test_whoever_changes_a_letter_is_told(self):
        text = cursor.write([MOMENT, b"\x22"], 42, "bound")
        assert text.isascii()
        for place in range(len(text)):
            changed = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1:]
            with pytest.raises(BadParameters):
                cursor.read(changed, "bound")

    @pytest.mark.parametrize("text", ["x", ":", "eyJ9:abc", ".", "Điện tử", "a" * 400, "W10:", "\ud800"])
    def test_what_is_not_ours_is_told(self, text):
        with pytest.raises(BadParameters) as caught:
            cursor.read(text, "bound")
        assert [(name, str(message)) for name, message in caught.value.errors] == [
            ("cursor", "Con trỏ không đọc được; hãy dùng nguyên địa chỉ ở “next” hoặc bắt đầu lại từ trang đầu."),
        ]

    def test_another_list_is_told(self):
        with pytest.raises(BadParameters) as caught:
            cursor.read(cursor.write([], 42, "bound"), "other")
        assert [(name, str(message)) for name, message in caught.value.errors] == [
            ("cursor", "Con trỏ thuộc một danh sách khác; hãy giữ nguyên bộ lọc và thứ tự, hoặc bắt đầu lại."),
        ]


@pytest.mark.django_db
class TestWhatItIsBoundTo:
    def bound(self, query: str, path="investors") -> str:
        listing = LISTINGS[path]
        return cursor.fingerprint(listing.filters(QueryDict(query), listing.rows(), today=TODAY))

    def test_filters_and_order_in_any_order_and_nothing_of_the_page(self):
        first = self.bound("country=KR&country=JP&ordering=-name&page_size=7")
        assert first == self.bound("ordering=-name&country=JP&country=KR&count=true&cursor=x&parent_country=")
        assert first != self.bound("country=KR&ordering=-name")
        assert first != self.bound("country=KR&country=JP&ordering=name")
        assert first != self.bound("parent_country=KR&parent_country=JP&ordering=-name")

    def test_the_list(self):
        assert self.bound("") != self.bound("", "enterprises")
        assert self.bound("ordering=name", "registrars") != self.bound("ordering=name", "countries")

    @pytest.mark.parametrize("path, query", [
        ("investors", "search=nhà"), ("investors", "ordering=name"), ("investors", "country=KR"),
        ("investors", "updated_after=2020-01-01"), ("enterprises", ""),
    ])
    def test_a_cursor_of_another_list_is_refused(self, path, query):
        bulk_investors(2)
        at = page("investors", "page_size=1").cursor
        with pytest.raises(BadParameters):
            page(path, query, at)

    def test_the_page_size_may_change_on_the_way(self):
        keys = bulk_investors(7)
        first = page("investors", "page_size=2")
        assert first.keys + page("investors", "page_size=500", first.cursor).keys == keys


@pytest.fixture
def projects(db) -> list[Project]:
    """Thirty projects of which many share a name, a day, a moment and a capital, or have none."""
    dice = random.Random(20261122)
    days = [None, None, date(2010, 1, 1), date(2023, 5, 31), date(2023, 6, 1)]
    source = build.make_source()
    made = []
    for number in range(30):
        project = Project(
            code=f"BN-9{dice.choice('abz')}{number:03}", name=dice.choice(["Đá", "Da", "An", "nhà máy", "Nhà máy 2"]),
            status=ProjectStatus.OPERATING, publication=Publication.PUBLISHED,
            updated_at=MOMENT + timedelta(microseconds=dice.randrange(3)),
        )
        day = dice.choice(days)
        project.licensed_on = day and VagueDay.exact(day)
        project.indexed()
        made.append(project)
    Project.objects.bulk_create(made)
    CapitalEntry.objects.bulk_create([
        CapitalEntry(
            code=f"{project.code}-1", number=1, project=project, kind=CapitalKind.NEW, counts_as=CapitalKind.NEW,
            amount_usd=dice.choice([Decimal("0.01"), Decimal("5.00"), Decimal("9000000000000000.00")]),
            counts_on=date(2023, 1, 1), recorded_at=MOMENT, updated_at=MOMENT, source=source,
        )
        for project in made if dice.random() < 0.6
    ])
    make_sums_anew()
    return list(Project.objects.with_registered(as_of=TODAY).order_by("pk"))


VALUE_OF = {
    "code": lambda project: project.code.encode(),
    "name": lambda project: bytes(project.name_sort),
    "updated_at": lambda project: project.updated_at,
    "licensed_on": lambda project: project.licensed_latest,
    "registered_usd": lambda project: project.registered_usd,
}


def in_python(projects: list[Project], word: str) -> list[int]:
    """The keys in this order as plain Python puts them: nulls last both ways, equal ones by key."""
    value_of = VALUE_OF[word.removeprefix("-")]
    stated = [each for each in projects if value_of(each) is not None]
    stated.sort(key=value_of, reverse=word.startswith("-"))  # stable, also in reverse
    return [each.pk for each in [*stated, *(each for each in projects if value_of(each) is None)]]


class TestPages:
    def test_the_fixture_has_many_equal_values(self, projects):
        for word, value_of in VALUE_OF.items():
            values = [value_of(project) for project in projects]
            assert (len(set(values)) == 30) is (word == "code")
        assert sum(project.licensed_latest is None for project in projects) > 3

    @pytest.mark.parametrize("word", words(ProjectFilters.ORDERS))
    def test_every_order_in_pages_of_one_to_seven_is_the_whole_order(self, projects, word):
        expected = in_python(projects, word)
        assert len(expected) == 30
        for size in range(1, 8):
            assert all_pages("projects", f"ordering={word}&page_size={size}") == expected, size

    def test_by_rank(self, projects):
        expected = all_pages("projects", "search=da&page_size=500")
        names = [project.name for key in expected for project in projects if project.pk == key]
        assert names == sorted(names, key=lambda name: name != "Da")
        assert set(names) == {"Đá", "Da"}
        for size in range(1, 8):
            assert all_pages("projects", f"search=da&page_size={size}") == expected

    def test_without_an_order_by_key(self, projects):
        assert all_pages("projects", "page_size=4") == [project.pk for project in projects]

    def test_the_last_page_has_no_cursor(self, projects):
        assert page("projects", "page_size=30").cursor is None
        assert page("projects", "page_size=29").cursor is not None

    def test_the_count_is_of_the_whole_list(self, projects):
        first = page("projects", "page_size=4&count=true")
        assert (len(first.keys), first.count) == (4, 30)
        assert page("projects", "page_size=4&count=true", first.cursor).count == 30
        assert page("projects", "page_size=4").count is None

    @pytest.mark.parametrize("query", ["", "ordering=updated_at", "ordering=-updated_at", "ordering=name"])
    def test_2800_rows_of_one_moment(self, db, query):
        keys = bulk_investors(2800)
        assert all_pages("investors", f"{query}&page_size=300") == keys

    @pytest.mark.parametrize("word", words(InvestorFilters.ORDERS))
    def test_rows_that_stood_still_appear_once_while_others_come(self, db, word):
        stood = bulk_investors(20, name="Mận") + bulk_investors(20, name="Mơ", updated_at=MOMENT + timedelta(1))

        def newcomers():
            bulk_investors(1, name="An", updated_at=MOMENT - timedelta(1))
            bulk_investors(1, name="Mận")

        seen = all_pages("investors", f"ordering={word}&page_size=3", newcomers)
        assert [key for key in seen if key in stood] == (
            stood if not word.startswith("-") else
            sorted(stood, reverse=True) if word == "-code" else [*stood[20:], *stood[:20]]
        )
        assert len(seen) == len(set(seen))
