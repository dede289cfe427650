"""Parameters: each kind of field takes what it should, and names the remedy for what it should not."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.http import QueryDict

from registry.models import Investor, Project, Zone
from registry.vocabulary.publication import Publication
from registry.web.filters import InvestorFilters, RecordFilters
from registry.web.listing import LISTINGS
from registry.web.parameters import (
    AmountField,
    CodesField,
    IsoDayField,
    KnownField,
    MomentField,
    SearchField,
    SeveralField,
    WholeField,
    WordField,
    WordsField,
    YesField,
)
from registry.web.problems import BadParameters
from registry.web.project_filters import ProjectNumbersField, SectorWordsField
from tests import build

TODAY = date(2026, 11, 22)


def message_of(field: forms.Field, value) -> str:
    with pytest.raises(forms.ValidationError) as caught:
        field.clean(value)
    return " ".join(caught.value.messages)


def errors_of(filters, query: str, **given) -> list[tuple[str, str]]:
    with pytest.raises(BadParameters) as caught:
        filters(QueryDict(query), today=TODAY, **given).check()
    return [(name, str(message)) for name, message in caught.value.errors]


class TestDays:
    def test_iso(self):
        assert IsoDayField().clean("2025-12-31") == date(2025, 12, 31)
        assert IsoDayField().clean(" 1900-01-01 ") == date(1900, 1, 1)
        assert IsoDayField(required=False).clean("") is None

    @pytest.mark.parametrize("text", [
        "31/12/2025", "2025-02-30", "2025-13-01", "20251231", "2025-W01-1", "2025-1-1", "hôm nay", "0", "2025",
        "٢٠٢٥-١٢-٣١", "2025-12-31T00:00:00",
    ])
    def test_any_other_form_is_refused(self, text):
        assert message_of(IsoDayField(), text) == f"“{text}” không phải là một ngày; hãy viết như 2025-12-31."

    @pytest.mark.parametrize("text", ["1899-12-31", "2201-01-01", "0001-01-01", "9999-12-31"])
    def test_the_registers_years(self, text):
        assert message_of(IsoDayField(), text) == "Năm phải từ 1900 đến 2200."


class TestMoments:
    @pytest.mark.parametrize("text, moment", [
        ("2025-12-31T00:00:00Z", datetime(2025, 12, 31, tzinfo=UTC)),
        ("2025-12-31T07:00:00+07:00", datetime(2025, 12, 31, tzinfo=UTC)),
        ("2025-12-31T07:00:00 07:00", datetime(2025, 12, 31, tzinfo=UTC)),
        ("2025-12-31T00:00:00.123456Z", datetime(2025, 12, 31, microsecond=123456, tzinfo=UTC)),
        ("2025-12-31T00:00", datetime(2025, 12, 31, tzinfo=UTC)),
        ("2025-12-31 00:00", datetime(2025, 12, 31, tzinfo=UTC)),
        ("2025-12-31", datetime(2025, 12, 31, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))),
    ])
    def test_iso(self, text, moment):
        assert MomentField().clean(text) == moment

    @pytest.mark.parametrize("text", ["yesterday", "31/12/2025", "2025-12-31T25:00:00Z", "2025-02-30", "1735603200"])
    def test_bad(self, text):
        assert message_of(MomentField(), text) == (
            f"“{text}” không phải là một thời điểm; hãy viết như 2025-12-31T00:00:00Z."
        )

    @pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "1899-12-31"])
    def test_moments_that_no_database_can_turn_into_utc(self, text):
        assert message_of(MomentField(), text) == "Năm phải từ 1900 đến 2200."


class TestAmounts:
    @pytest.mark.parametrize("text, amount", [
        ("1600000000.00", "1600000000.00"), ("0", "0"), ("-5.5", "-5.5"), ("90000000000000000.00", "90000000000000000"),
    ])
    def test_a_point_and_two_places(self, text, amount):
        assert AmountField().clean(text) == Decimal(amount)

    @pytest.mark.parametrize("text", [
        "1.600.000.000,00", "1,5", "1.234", "1e5", "1e9999999999999999", "NaN", "Infinity", "-Infinity", "1_000", "٣",
        "0x10", "+1", "90000000000000000.01", "999999999999999999999999", "1 triệu", "--1",
    ])
    def test_bad(self, text):
        assert message_of(AmountField(), text) == f"“{text}” không phải là số tiền; hãy viết như 1600000000.00."

    def test_none_where_nothing_is_given(self):
        assert AmountField(required=False).clean("") is None


class TestWholeNumbers:
    field = WholeField(least=1, most=500)

    @pytest.mark.parametrize("text, number", [("1", 1), ("500", 500), ("007", 7)])
    def test_between_the_bounds(self, text, number):
        assert self.field.clean(text) == number

    @pytest.mark.parametrize("text", ["0", "501", "-1", "+1", "abc", "1.0", "1e2", "٣", "²", "9" * 19, "9" * 40])
    def test_bad(self, text):
        assert message_of(self.field, text) == f"“{text}” phải là số nguyên từ 1 đến 500."


class TestWords:
    def test_one_word(self):
        field = WordField(words=["year", "zone"])
        assert field.clean("zone") == "zone"
        assert message_of(field, "zones") == "Không có giá trị “zones”; hãy chọn một trong: year, zone."
        assert message_of(field, "") == "Hãy điền mục này."

    def test_several_words(self):
        field = WordsField(words=["year", "zone"], required=False)
        assert field.clean(["zone", "year", "zone"]) == ["zone", "year"]
        assert field.clean([]) == []
        assert message_of(field, ["zone", "Zone"]) == "Không có giá trị “Zone”; hãy chọn một trong: year, zone."

    def test_several_texts(self):
        field = SeveralField(required=False)
        assert field.clean(["b", "", "a", "b"]) == ["b", "a"]
        assert field.clean(None) == []

    def test_yes(self):
        assert YesField().clean("true") is True
        assert YesField().clean("false") is False
        assert YesField(required=False).clean("") is False
        assert message_of(YesField(), "1") == "“1” phải là true hoặc false."
        assert message_of(YesField(), "True") == "“True” phải là true hoặc false."

    def test_search(self):
        assert [word.marked for word in SearchField().clean("Yên Phong")] == ["yên", "phong"]
        many = " ".join(f"word{number}" for number in range(21))
        assert message_of(SearchField(), many) == (
            "Câu tìm kiếm có 21 từ khác nhau, nhiều nhất là 20. Hãy bớt từ rồi tìm lại."
        )

    @pytest.mark.parametrize("field", [
        SeveralField(), WordsField(words=["a"]), CodesField(model=Zone), KnownField(model=Project, column="irc_code"),
        SectorWordsField(), ProjectNumbersField(),
    ])
    def test_nul_is_refused_before_a_database_sees_it(self, field):
        assert message_of(field, ["a\0b"]) == "Giá trị có ký tự NUL; hãy bỏ ký tự đó."

    @pytest.mark.parametrize("field", [
        WordField(words=["a"]), IsoDayField(), MomentField(), AmountField(), WholeField(least=0, most=9), YesField(),
        SearchField(),
    ])
    def test_nul_in_a_single_value_is_refused(self, field):
        with pytest.raises(forms.ValidationError):
            field.clean("a\0b")


@pytest.mark.django_db
class TestCodes:
    def test_codes_that_somebody_has(self, django_assert_num_queries):
        field = CodesField(model=Zone)
        with django_assert_num_queries(1):
            assert field.clean(["yen-phong-2c", "vsip-bac-ninh"]) == ["yen-phong-2c", "vsip-bac-ninh"]
        assert message_of(field, ["yen-phong-2c", "nowhere"]) == "Không có mã “nowhere”; hãy tra mã trong danh mục."
        assert message_of(field, ["YEN-PHONG-2C"]) == "Không có mã “YEN-PHONG-2C”; hãy tra mã trong danh mục."

    def test_the_code_of_a_draft_is_nobodys(self):
        draft = build.make_investor(publication=Publication.DRAFT)
        assert message_of(CodesField(model=Investor), [draft.code]) == (
            f"Không có mã “{draft.code}”; hãy tra mã trong danh mục."
        )

    def test_another_column(self):
        build.make_project(irc_code="2301234567")
        build.make_project(irc_code="2307654321", publication=Publication.DRAFT)
        field = KnownField(model=Project, column="irc_code")
        assert field.clean(["2301234567"]) == ["2301234567"]
        assert message_of(field, ["2307654321"]) == "Không có mã “2307654321”; hãy tra mã trong danh mục."

    def test_project_numbers_of_now_and_before(self, django_assert_num_queries):
        build.make_project(irc_code="2301234567", former_irc_codes="212000000001; 212000000002")
        build.make_project(former_irc_codes="212000000003", publication=Publication.DRAFT)
        field = ProjectNumbersField()
        with django_assert_num_queries(1):
            assert field.clean(["2301234567"]) == ["2301234567"]
        with django_assert_num_queries(2):
            assert field.clean(["212000000002", "2301234567"]) == ["212000000002", "2301234567"]
        for unknown in ("212000000003", "21200000000", ";"):
            assert message_of(field, ["2301234567", unknown]) == (
                f"Không có mã “{unknown}”; hãy tra mã trong danh mục.")

    def test_sectors_three_ways(self):
        field = SectorWordsField()
        assert field.clean(["26", "2018-26", "C", "2025-C"]) == ["26", "2018-26", "C", "2025-C"]
        assert message_of(field, ["C", "ZZ"]) == (
            "Không có ngành “ZZ”; hãy viết 26, 2018-26 hoặc chữ cái của mục."
        )


@pytest.mark.django_db
class TestTheWhole:
    def test_every_error_at_once(self):
        assert errors_of(InvestorFilters, "page_size=0&country=XX&colour=red&search=a&search=b&ordering=size") == [
            ("colour", "Không có tham số này; hãy xem /api/docs/."),
            ("search", "Tham số này chỉ nhận một giá trị."),
            ("page_size", "“0” phải là số nguyên từ 1 đến 500."),
            ("country", "Không có mã “XX”; hãy tra mã trong danh mục."),
            ("ordering", "Không sắp xếp được theo “size”; hãy chọn một trong: code, -code, updated_at, -updated_at, "
                         "name, -name."),
        ]

    def test_the_error_names_each_parameter_once(self):
        with pytest.raises(BadParameters) as caught:
            InvestorFilters(QueryDict("page_size=0&page_size=1&colour=red"), today=TODAY).check()
        assert str(caught.value) == "Tham số chưa đúng: page_size, colour."

    def test_pages_ignore_what_they_do_not_know(self):
        found = InvestorFilters(QueryDict("colour=red&country=KR"), today=TODAY, strict=False)
        assert found.check()["country"] == ["KR"]
        assert errors_of(InvestorFilters, "colour=red&page_size=0", strict=False) == [
            ("page_size", "“0” phải là số nguyên từ 1 đến 500."),
        ]

    def test_an_empty_value_is_none_at_all(self):
        values = InvestorFilters(QueryDict("country=&page_size=&search=&updated_after=&cursor=&count="),
                                 today=TODAY).check()
        assert values == {"search": [], "ordering": "", "updated_after": None, "page_size": None, "count": False,
                          "cursor": "", "projects": [], "kind": [], "country": [], "parent_country": [], "parent": []}

    @pytest.mark.parametrize("path", LISTINGS)
    def test_every_list_takes_what_every_list_takes(self, path):
        filters = LISTINGS[path].filters
        assert issubclass(filters, RecordFilters)
        assert {"search", "ordering", "updated_after", "page_size", "count", "cursor"} <= set(filters.base_filters)

    @pytest.mark.parametrize("path", LISTINGS)
    def test_every_parameter_has_words_for_people(self, path):
        for name, each in LISTINGS[path].filters.base_filters.items():
            assert str(each.label), f"{path}: {name}"
