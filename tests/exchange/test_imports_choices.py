"""What a row leaves to the officer, and what becomes of it with an answer; sums that cannot be of one project."""

from datetime import UTC, datetime

import pytest

from registry.actions import batch
from registry.actions.plan import NEW_RECORD
from registry.exchange.imports.preview import preview_file
from registry.exchange.imports.words import SHORT, spellings
from registry.models import Country, Investor, Project
from registry.vocabulary.batch import Fate
from tests import build
from tests.exchange.officers_list import row, sheet_of

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)


def preview_of(data: bytes, answers=None):
    return preview_file(data, "a.xlsx", "projects", now=NOW, answers=answers or {})


def choice_of(data: bytes):
    planned = preview_of(data).rows[0]
    assert planned.fate == Fate.CONFLICT
    return planned.choices[0]


def published(data: bytes, answers) -> Project:
    preview = preview_of(data, answers)
    assert (preview.problems, preview.rows[0].fate) == ((), preview.rows[0].fate)
    with build.act() as act:
        made = batch.apply(act=act, preview=preview)
    with build.act() as act:
        batch.publish(act=act, batch=made)
    return Project.objects.get(irc_code="5421840814")


def country(code: str, name: str) -> Country:
    return Country.objects.filter(code=code).first() or build.make_country(code=code, name=name)


def two_of_one_name() -> bytes:
    korea = country("KR", "Hàn Quốc")
    for name in ("ABC Electronics", "ABC ELECTRONICS"):
        build.make_investor(name=name, country=korea)
    return sheet_of([row(c2="ABC Electronics")])


def test_candidates_have_code_name_and_country():
    choice = choice_of(two_of_one_name())
    first, second = Investor.objects.filter(name__iexact="ABC Electronics").order_by("pk")
    assert [(each.code, each.name, each.country) for each in choice.candidates] == [
        (each.code, each.name, each.country.name) for each in (first, second)]
    assert choice.may_be_new and not choice.chosen


def test_the_chosen_candidate_is_taken():
    data = two_of_one_name()
    choice = choice_of(data)
    code = choice.candidates[1].code
    answers = {2: {choice.key: code}}
    planned = preview_of(data, answers).rows[0]
    assert (planned.fate, [each.chosen for each in planned.choices]) == (Fate.NEW, [code])
    assert [stake.investor.code for stake in published(data, answers).current_stakes()] == [code]


def test_none_of_them_makes_a_new_record():
    data = two_of_one_name()
    answers = {2: {choice_of(data).key: NEW_RECORD}}
    published(data, answers)
    assert Investor.objects.filter(name__iexact="ABC Electronics").count() == 3


@pytest.mark.parametrize("answer", ["INV-999999", "", "DROP TABLE", "new "])
def test_an_answer_that_is_no_candidate_is_none(answer):
    data = two_of_one_name()
    assert preview_of(data, {2: {choice_of(data).key: answer}}).rows[0].fate == Fate.CONFLICT


def test_a_project_of_the_same_name_may_be_this_one_or_another():
    investor = build.make_investor(name="ABC Electronics")
    there = build.make_project(name="Nhà máy Một", investors=[investor], capital_usd=5)
    data = sheet_of([row(c2="ABC Electronics", c3=None, c7=None, c8=None)])
    choice = choice_of(data)
    assert [each.code for each in choice.candidates] == [there.code]

    same = preview_of(data, {2: {choice.key: there.code}}).rows[0]
    assert (same.record, same.choices[0].chosen) == (there, there.code)
    assert same.changes["irc_code"] == "5421840814"
    other = preview_of(data, {2: {choice.key: NEW_RECORD}}).rows[0]
    assert (other.fate, other.record) == (Fate.NEW, None)


@pytest.mark.parametrize("usd, dong, doubted", [
    (1_000_000, 24_000_000_000, False), (1_000_000, 10_000_000_000, False), (1_000_000, 40_000_000_000, False),
    (1_000_000, 24_000, True), (1_000_000, 24_000_000, True), (1_000, 24_000_000_000, True), (1_000_000, None, False),
])
def test_an_absurd_rate_is_doubted_and_blocks_nothing(usd, dong, doubted):
    planned = preview_of(sheet_of([row(c7=usd, c8=dong)])).rows[0]
    assert planned.fate == Fate.NEW
    assert any("nhầm đơn vị" in note for note in planned.notes) == doubted


@pytest.mark.parametrize("text, first, among", [
    ("Yên Phong", None, {"yen-phong-1", "yen-phong-mo-rong", "yen-phong-2a", "yen-phong-2b", "yen-phong-2c"}),
    ("KCN Quế Võ", None, {"que-vo-1", "que-vo-2", "que-vo-3", "que-vo-mo-rong-2"}),
    ("Lô A1, KCN Yên Phong II-C", "yen-phong-2c", {"yen-phong-2c"}),
    ("KCN Quang Chau B", "quang-chau", {"quang-chau"}),
])
def test_a_zone_of_a_near_name_is_chosen(text, first, among):
    data = sheet_of([row(c9=text)])
    assert not preview_of(data).problems
    choice = choice_of(data)
    codes = [each.code for each in choice.candidates]
    assert (choice.text, choice.may_be_new, choice.chosen) == (text, False, "")
    assert among <= set(codes) and first in (None, codes[0])
    with pytest.raises(batch.HasConflicts), build.act() as act:
        batch.apply(act=act, preview=preview_of(data))
    for wrong in ("khong-co", NEW_RECORD):
        assert preview_of(data, {2: {choice.key: wrong}}).rows[0].fate == Fate.CONFLICT
    meant = sorted(among)[-1]
    assert published(data, {2: {choice.key: meant}}).zone.code == meant


def test_a_zone_that_nothing_is_near_is_an_error():
    assert [each.code for each in preview_of(sheet_of([row(c9="KCN Không Có")])).problems] == ["no-such-record"]


def test_a_country_of_a_near_name_is_chosen():
    data = sheet_of([row(c2="ABC Electronics", c3="Hàn Quốcc")])
    choice = choice_of(data)
    assert [each.code for each in choice.candidates] == ["KR"]
    published(data, {2: {choice.key: "KR"}})
    assert Investor.objects.get(name="ABC Electronics").country.code == "KR"


@pytest.mark.parametrize("text, codes", [
    ("Hàn Quốc, Nhật Bản", ["KR", "JP"]), ("Nhật / Hàn Quốc", ["JP", "KR"]), ("Hàn Quốc và Samoa", ["KR", "WS"]),
    ("Hồng Kông, Trung Quốc", ["HK", "HK"]), ("Samoa", ["WS", "WS"]),
])
def test_countries_in_one_cell_are_the_investors_in_their_order(text, codes):
    published(sheet_of([row(c2="SYN Một; SYN Hai", c3=text)]), {})
    assert [Investor.objects.get(name=name).country.code for name in ("SYN Một", "SYN Hai")] == codes


def test_each_of_several_countries_is_asked_by_itself():
    """One answer would be the country of both."""
    choice = choice_of(data := sheet_of([row(c2="SYN Một; SYN Hai", c3="Hàn Quốcc, Nhật Bản")]))
    assert (choice.text, [each.code for each in choice.candidates]) == ("Hàn Quốcc", ["KR"])
    published(data, {2: {choice.key: "KR"}})
    assert [Investor.objects.get(name=name).country.code for name in ("SYN Một", "SYN Hai")] == ["KR", "JP"]


@pytest.mark.parametrize("shares, found", [
    ("51%; 49 %", [51, 49]), ("100%", [100]), ("1", [1]), ("0,51; 0,49", None), ("0,333; 0,667", None),
])
def test_shares_in_percent_and_shares_of_one(shares, found):
    """A cell that Excel shows as 51% holds 0.51."""
    investors = "SYN Một; SYN Hai" if ";" in shares else "SYN Một"
    data = sheet_of([("1", "SYN", investors, shares)], heading=("STT", "Tên dự án", "Nhà đầu tư", "Tỷ lệ góp vốn (%)"))
    preview = preview_of(data)
    if found:
        assert [stake.share_percent for stake in preview.rows[0].stakes] == found
        assert any("dạng phần trăm" in note for note in preview.rows[0].notes) == (found == [1])
    else:
        assert [(each.cell, each.code) for each in preview.problems] == [("D2", "share-as-fraction")]


@pytest.mark.parametrize("investors", ["SYN Một", "SYN Một; SYN Hai; SYN Ba"])
def test_more_or_fewer_countries_than_investors_are_an_error(investors):
    [problem] = preview_of(sheet_of([row(c2=investors, c3="Hàn Quốc, Nhật Bản")])).problems
    assert (problem.cell, problem.code) == ("D2", "count-differs")


@pytest.mark.parametrize("text, code", [
    ("Nhật", "JP"), ("Korea", "KR"), ("Hàn", "KR"), ("USA", "US"), ("UK", "GB"), ("PRC", "CN"), ("HongKong", "HK"),
])
def test_countries_are_known_by_the_short_words_of_lists(text, code):
    published(sheet_of([row(c2="ABC Electronics", c3=text)]), {})
    assert Investor.objects.get(name="ABC Electronics").country.code == code


def test_a_near_name_on_a_known_project_is_asked_too():
    published(sheet_of([row()]), {})
    data = sheet_of([row(c9="Lô A1, KCN Yên Phong II-B")])
    choice = choice_of(data)
    assert preview_of(data).rows[0].differences == ()
    planned = preview_of(data, {2: {choice.key: "yen-phong-2b"}}).rows[0]
    assert (planned.fate, [each.after for each in planned.differences]) == (
        Fate.CHANGED, ["yen-phong-2b KCN Yên Phong II-B"])


@pytest.mark.parametrize("heading, text, first, among", [
    ("Ngành", "Công nghiệp chế biến", "2018-C", {"2018-C", "2018-32"}),
    ("Ngành", "Điện tử", "2018-26", {"2018-26"}),
    ("Địa bàn", "Yên Phong", None, {"09193-2026", "09193", "258-2025"}),
    ("Cơ quan cấp", "Ban QL KCN", None, {"REG-000001", "REG-000003"}),
])
def test_what_a_project_is_filed_under_is_chosen_by_a_near_name(heading, text, first, among):
    """The register has none of these names, and several to which each is near; of sectors those of 2018."""
    data = sheet_of([("1", "SYN", text)], heading=("STT", "Tên dự án", heading))
    choice = choice_of(data)
    codes = [each.code for each in choice.candidates]
    assert (choice.text, choice.may_be_new) == (text, False)
    assert among <= set(codes) and first in (None, codes[0])
    for meant in codes:
        again = preview_of(data, {2: {choice.key: meant}})
        assert (again.problems, again.rows[0].fate) == ((), Fate.NEW), meant


def test_a_sector_that_nothing_is_near_may_be_an_objective():
    data = sheet_of([("1", "SYN", "Sản xuất linh kiện")], heading=("STT", "Tên dự án", "Ngành"))
    [problem] = preview_of(data).problems
    assert problem.code == "no-such-record" and "“Mục tiêu”" in problem.message
    as_said = sheet_of([("1", "SYN", "Sản xuất linh kiện")], heading=("STT", "Tên dự án", "Mục tiêu"))
    assert not preview_of(as_said).problems


@pytest.mark.parametrize("text, code", [
    ("Ban QL các KCN tỉnh Bắc Giang", "REG-000002"), ("Sở KH&ĐT tỉnh Bắc Ninh", "REG-000004"),
    ("BQL các khu công nghiệp Bắc Ninh", "REG-000001"), ("Sở TC tỉnh Bắc Ninh", "REG-000005"),
])
def test_a_registrar_is_known_by_the_short_words_of_offices(text, code):
    data = sheet_of([("1", "SYN", "5421840814", text)], heading=("STT", "Tên dự án", "Mã số dự án", "Cơ quan cấp"))
    assert published(data, {}).registrar.code == code


@pytest.mark.parametrize("table, heading, cells", [
    ("zone-observations", ("KCN", "Chỉ tiêu", "Giá trị"), ("Yên Phong", "tỷ lệ lấp đầy", 87)),
    ("investors", ("Tên", "Quốc tịch"), ("ABC Electronics", "Hàn Quốcc")),
])
def test_near_names_are_asked_in_other_tables(table, heading, cells):
    data = sheet_of([cells], heading=heading)
    [planned] = preview_file(data, "a.xlsx", table, now=NOW).rows
    assert (planned.fate, len(planned.choices)) == (Fate.CONFLICT, 1)
    [choice] = planned.choices
    answers = {2: {choice.key: choice.candidates[0].code}}
    again = preview_file(data, "a.xlsx", table, now=NOW, answers=answers)
    assert (again.problems, again.rows[0].fate) == ((), Fate.NEW)


def investors(*rows, answers=None):
    data = sheet_of(rows, heading=("code", "name", "country", "name_en"))
    return preview_file(data, "a.xlsx", "investors", now=NOW, answers=answers or {})


class TestInvestors:
    @pytest.fixture
    def samsung(self):
        country("JP", "Nhật Bản")
        return build.make_investor(name="Công ty Sàm-sung", country=country("KR", "Hàn Quốc"))

    @pytest.mark.parametrize("of", ["Hàn Quốc", None])
    def test_a_name_that_the_register_has_is_left_to_the_officer(self, samsung, of):
        planned = investors((None, "CONG TY SAM SUNG", of, "Samsung")).rows[0]
        assert planned.fate == Fate.CONFLICT
        assert [(each.code, each.country) for each in planned.choices[0].candidates] == [(samsung.code, "Hàn Quốc")]
        assert planned.choices[0].may_be_new

    def test_the_chosen_one_is_amended_and_empty_cells_say_nothing(self, samsung):
        planned = investors((None, samsung.name, None, "Samsung"), answers={2: {"investor": samsung.code}}).rows[0]
        assert (planned.fate, planned.record, dict(planned.changes)) == (Fate.CHANGED, samsung, {"name_en": "Samsung"})

    def test_another_one_is_new(self, samsung):
        planned = investors((None, samsung.name, None, ""), answers={2: {"investor": NEW_RECORD}}).rows[0]
        assert (planned.fate, planned.record) == (Fate.NEW, None)

    def test_the_same_name_of_another_country_is_another_one(self, samsung):
        assert investors((None, samsung.name, "Nhật Bản", "")).rows[0].fate == Fate.NEW

    def test_a_second_row_of_one_name_and_country_names_the_first(self, samsung):
        preview = investors((None, "NĐT mới", "KR", ""), (None, "ndt MOI", "Hàn Quốc", ""), (None, "NĐT mới", "JP", ""))
        assert [row.fate for row in preview.rows] == [Fate.NEW, Fate.ERROR, Fate.NEW]
        assert [(each.cell, each.code) for each in preview.problems] == [("B3", "row-twice")]
        assert "dòng 2" in preview.problems[0].message

    def test_what_a_row_by_code_is_about_no_other_row_is(self, samsung):
        preview = investors((samsung.code, samsung.name, "KR", "A"), (None, samsung.name, "KR", "B"),
                            answers={3: {"investor": samsung.code}})
        assert [(each.cell, each.code) for each in preview.problems] == [("B3", "row-twice")]

    def test_one_that_waits_is_a_candidate_that_no_file_changes(self, samsung):
        waiting = build.make_investor(name="NĐT chờ", publication="in_review")
        assert investors((None, "NĐT CHỜ", None, "")).rows[0].fate == Fate.CONFLICT
        preview = investors((None, "NĐT CHỜ", None, ""), answers={2: {"investor": waiting.code}})
        assert [each.code for each in preview.problems] == ["not-in-sight"]


@pytest.mark.parametrize("heading, text, found", [
    ("Hình thức", "100% vốn NN", ("form", "wholly_foreign")), ("Hình thức", "BCC", ("form", "cooperation_contract")),
    ("Tình trạng dự án", "Đã đi vào hoạt động", ("status", "operating")),
    ("Hiện trạng", "Đang XDCB", ("status", "building")),
    ("Tình trạng dự án", "chưa triển khai", ("status", "not_started")),
])
def test_words_of_closed_lists_are_known_by_what_offices_write(heading, text, found):
    preview = preview_of(sheet_of([("1", "SYN", text)], heading=("STT", "Tên dự án", heading)))
    [project] = preview.rows[0].makes
    assert (getattr(project, found[0]), preview.problems) == (found[1], ())


def test_short_words_are_of_one_list_each():
    """A word that two of a list share would mean the first of them."""
    for words, short in SHORT.items():
        said = [spelling for word in words for spelling in spellings(word)]
        assert len(said) == len(set(said)), words
        assert short.keys() <= set(words)
