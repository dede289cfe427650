"""The list that officers keep, and the register's own file of projects, against the register."""

import re
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from registry.actions import batch
from registry.actions.project import withdraw_project
from registry.actions.record import publish
from registry.exchange.imports.preview import preview_file
from registry.models import Enterprise, ImportBatch, Investor, Project, Source, Stake
from registry.models.rows import CHUNK
from registry.vocabulary.batch import Fate
from tests import build
from tests.exchange.officers_list import HEADING, ROWS, officers_list, row, sheet_of
from tests.unchanged import everything

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)


def preview_of(data: bytes, table: str = "projects", name: str = "danh-muc.xlsx"):
    return preview_file(data, name, table, now=NOW)


def applied(data: bytes, **more) -> ImportBatch:
    preview = preview_of(data, **more)
    assert not preview.problems, preview.problems
    with build.act() as act:
        return batch.apply(act=act, preview=preview)


def published(data: bytes, **more) -> ImportBatch:
    made = applied(data, **more)
    with build.act() as act:
        return batch.publish(act=act, batch=made)


def problems(data: bytes, **more) -> list[tuple]:
    return [(problem.cell, problem.code) for problem in preview_of(data, **more).problems]


def test_a_preview_writes_nothing():
    before = everything()
    preview = preview_of(officers_list())
    assert everything() == before
    assert [each.fate for each in preview.rows] == [Fate.NEW] * 3
    assert [each.number for each in preview.rows] == [2, 3, 4]
    assert preview.counts == {"new": 3, "changed": 0, "unchanged": 0, "conflict": 0, "error": 0}


def test_rows_far_apart_share_what_the_first_of_them_made():
    last = CHUNK + 10
    made = applied(sheet_of([row(c1=f"Dự án số {n}", c2="Công ty Hai", c3="Nhật Bản", c4=str(n))
                             for n in range(1, last + 1)]))
    assert (made.rows.count(), Project.objects.count(), Enterprise.objects.count()) == (last, last, 1)
    investor, source = Investor.objects.get(), Source.objects.get(reference=made.code)
    assert Stake.objects.filter(investor=investor, lead=True, position=1).count() == last
    assert Project.objects.filter(source=source, enterprise__name__startswith="Công ty").count() == last
    kept = made.rows.order_by("number").last()
    [[_kind, entry]] = kept.proposed
    project = Project.objects.get(code=kept.code)
    assert (project.name, entry["project_id"], entry["source_id"]) == (f"Dự án số {last}", project.pk, source.pk)


def test_a_preview_is_written_once():
    preview = preview_of(officers_list())
    with pytest.raises(LookupError, match="taken back"), build.act() as act:
        batch.apply(act=act, preview=preview)
        raise LookupError("taken back")
    assert not ImportBatch.objects.exists()
    with pytest.raises(RuntimeError, match="written before"), build.act() as act:
        batch.apply(act=act, preview=preview)


def test_the_list_makes_projects_investors_enterprises_and_openings():
    published(officers_list())

    one, two, three = Project.objects.filter(name__startswith="Nhà máy").order_by("code")
    assert (one.irc_code, two.irc_code) == ("5421840814", "0123456789")
    assert (one.zone.code, two.zone.code, three.zone) == ("yen-phong-2c", "que-vo-2", None)
    assert (one.sector.code, two.sector.code, three.sector) == ("2018-26", "2018-C", None)
    assert (one.land_area_ha, two.land_area_ha) == (Decimal("3.5"), Decimal("1234.5"))
    assert one.enterprise == three.enterprise
    assert [stake.investor.name for stake in one.current_stakes()] == ["ABC Electronics", "Công ty Hai"]
    assert one.current_stakes()[0].lead
    assert two.current_stakes()[0].investor.is_person
    assert {each.country.code for each in Investor.objects.filter(name="ABC Electronics")} == {"KR"}
    entry = one.entries.get()
    assert (entry.kind, entry.amount_usd, entry.decided_on.label, entry.counts_on.isoformat()) == (
        "opening", Decimal("1000000.50"), "tháng 3/2022", "2022-03-31")
    assert (entry.written_amount, entry.written_currency) == (Decimal(24_000_000_000), "VND")
    assert "danh-muc.xlsx" in entry.source.name
    assert two.entries.get().amount_usd == Decimal("1234567.89")
    assert two.entries.get().decided_on.label == "31/12/2021"
    assert three.entries.get().amount_usd == Decimal(1_600_000_000)


@pytest.mark.parametrize("names", [
    "Cty A; Cty B", "1. Cty A\n2. Cty B", "- Cty A\n- Cty B", "1) Cty A\n2) Cty B", "(1) Cty A; (2) Cty B",
    "-Cty A\n-Cty B", "• Cty A\n• Cty B", "1.Cty A\n2.Cty B",
])
def test_investors_of_one_cell_may_be_numbered(names):
    preview = preview_of(sheet_of([row(c2=names, c3="1. Hàn Quốc\n2. Nhật Bản")]))
    assert not preview.problems
    assert [(stake.investor.name, stake.investor.country.code) for stake in preview.rows[0].stakes] == [
        ("Cty A", "KR"), ("Cty B", "JP")]


@pytest.mark.parametrize("names", ["1. Cty A\nCty B", "3M Việt Nam; 5 Sao", "7-Eleven\n24h"])
def test_what_only_begins_like_a_list_keeps_its_name(names):
    [planned] = preview_of(sheet_of([row(c2=names, c3="Hàn Quốc")])).rows
    assert [stake.investor.name for stake in planned.stakes] == [each.strip() for each in re.split("[;\n]", names)]


@pytest.mark.parametrize("cells", [
    {"c5": "15.5.2021"}, {"c5": "15-05-2021"}, {"c7": "$10,000,000"}, {"c7": "10 000 000"},
    {"c7": "10\u00a0000\u00a0000 USD"}, {"c10": "C26"}, {"c10": "c.26"},
])
def test_other_ways_to_write_are_read(cells):
    preview = preview_of(sheet_of([row(**({"c5": "15/5/2021", "c7": 10_000_000, "c8": None} | cells))]))
    assert not preview.problems
    project, entry = preview.rows[0].makes[-1], preview.rows[0].proposed[0]
    assert (project.licensed_on.label, project.sector.code, entry.amount_usd) == (
        "15/05/2021", "2018-26", Decimal(10_000_000))


def test_a_division_under_another_section_is_none():
    assert problems(sheet_of([row(c10="D26")])) == [("K2", "no-such-record")]


@pytest.mark.parametrize("heading, amount", [
    ("Vốn (triệu đồng)", 24_000), ("Vốn (tỷ đồng)", 24), ("Vốn (đồng)", 24_000_000_000)])
def test_capital_in_dong_under_its_short_heading(heading, amount):
    data = sheet_of([row(c8=amount)], heading=[*HEADING[:8], heading, *HEADING[9:]])
    assert preview_of(data).rows[0].proposed[0].written_amount == 24_000_000_000


def test_merged_headings_titles_numbers_and_totals():
    def change(sheet):
        sheet.insert_rows(1, 2)
        sheet["A1"] = "DANH MỤC DỰ ÁN FDI"
        sheet.merge_cells("A1:N1")
        sheet.insert_rows(4, 2)
        sheet["H3"], sheet["I3"], sheet["H4"], sheet["I4"] = "Vốn đăng ký", None, "USD", "VND"
        sheet.merge_cells("H3:I3")
        for letter in "ABCDEFGJKLMN":
            sheet.merge_cells(f"{letter}3:{letter}4")
        for place in range(1, 15):
            sheet.cell(5, place).value = f"({place})"
        sheet.append([None, "Tổng cộng", None, None, None, None, None, 99])

    preview = preview_of(officers_list(change))
    assert not preview.problems
    assert [each.number for each in preview.rows] == [6, 7, 8]
    assert preview.rows[0].proposed[0].written_amount == 24_000_000_000
    assert [number for number, _why in preview.skipped] == [9]


def bare(stt, name) -> list:
    return [stt, name, *[None] * (len(HEADING) - 2)]


def test_words_between_the_rows_become_no_projects():
    preview = preview_of(sheet_of([
        bare("I", "KCN Yên Phong II-C"), ROWS[0], bare("II.", "Các dự án ngoài KCN"), ROWS[1],
        bare("A. KCN Quế Võ", None), ROWS[2], bare(None, "Người lập biểu"), bare(None, "Giám đốc")]))
    assert not preview.problems
    assert [each.number for each in preview.rows] == [3, 5, 7]
    assert [number for number, _why in preview.skipped] == [2, 4, 6, 8, 9]
    assert [why.partition("“")[2].rstrip("”") for _number, why in preview.skipped] == [
        "KCN Yên Phong II-C", "Các dự án ngoài KCN", "A. KCN Quế Võ", "Người lập biểu", "Giám đốc"]


def test_words_between_the_rows_may_have_sums_beside_them():
    """Each would count what its projects have a second time."""
    parts = [bare("I", "KCN Yên Phong II-C"), bare(None, "Cộng KCN Yên Phong II-C"), bare("II", None)]
    for part in parts:
        part[7], part[11] = 7_000_000, 12.5
    named = [bare("B", None), bare("III.", None)]
    named[0][9], named[1][2] = "Ngoài KCN", "Nhà đầu tư Hàn Quốc"
    preview = preview_of(sheet_of([parts[0], ROWS[0], parts[1], *named, ROWS[1], parts[2], ROWS[2]]))
    assert not preview.problems
    assert [each.number for each in preview.rows] == [3, 7, 9]
    assert [why.partition("“")[2].rstrip("”") for _number, why in preview.skipped] == [
        "KCN Yên Phong II-C", "Cộng KCN Yên Phong II-C", "Ngoài KCN", "Nhà đầu tư Hàn Quốc", "II"]


def test_a_signature_may_stand_in_any_columns():
    day, who, how, investor = (bare(None, None) for _number in range(4))
    day[9], who[2], who[9] = "Bắc Ninh, ngày … tháng … năm 2026", "Người lập biểu", "PHÓ TRƯỞNG BAN"
    how[2], how[9] = "(Ký, ghi rõ họ tên)", "(Ký tên, đóng dấu)"
    investor[2] = "Công ty Giám Đốc Trẻ"  # may be a second investor of the project above, which is told
    preview = preview_of(sheet_of([ROWS[0], day, who, how]))
    assert not preview.problems and [each.number for each in preview.rows] == [2]
    assert [number for number, _why in preview.skipped] == [3, 4, 5]
    assert [each.cell for each in preview_of(sheet_of([ROWS[0], investor])).problems] == ["B3"]


def test_projects_are_of_the_zone_above_their_part():
    """In a list without a column for it; a name that may be several zones' is asked once for all of the part."""
    def listed(*rows) -> bytes:
        return sheet_of([(*each[:9], *each[10:]) for each in rows], heading=(*HEADING[:9], *HEADING[10:]))

    data = listed(bare("A", "DỰ ÁN TRONG KHU"), bare("I", "KCN Yên Phong II-C"), ROWS[0], bare(None, "Cộng"),
                  bare("II. KCN Quế Võ", None), ROWS[1], bare("B", "Dự án ngoài KCN"), ROWS[2])
    preview = preview_of(data)
    assert not preview.problems and len(preview.skipped) == 5
    [choice] = preview.rows[1].choices
    assert (choice.text, {"que-vo-1", "que-vo-2"} <= {each.code for each in choice.candidates}) == ("KCN Quế Võ", True)
    preview = preview_file(data, "a.xlsx", "projects", now=NOW, answers={7: {choice.key: "que-vo-2"}})
    zones = [next(made for made in row.makes if isinstance(made, Project)).zone for row in preview.rows]
    assert [zone and zone.code for zone in zones] == ["yen-phong-2c", "que-vo-2", None]
    # Words about no zone end a part; one that only has a zone's words in it is none either.
    other = preview_of(listed(bare("I", "KCN Yên Phong II-C"), ROWS[0], bare("II", "Dự án huyện Yên Phong"), ROWS[1]))
    zones = [next(made for made in row.makes if isinstance(made, Project)).zone for row in other.rows]
    assert [zone and zone.code for zone in zones] == ["yen-phong-2c", None]


def test_a_list_that_says_zones_by_itself_takes_none_from_above():
    rows = [bare("I", "KCN Yên Phong II-C"), ROWS[2]]
    [planned] = preview_of(sheet_of(rows)).rows
    assert next(made for made in planned.makes if isinstance(made, Project)).zone is None


def test_a_numbered_row_with_a_sum_alone_is_a_project():
    of_project = bare(2, "Nhà máy Bốn")
    of_project[7] = 7_000_000
    unnumbered = [None, "Nhà máy Năm", *[None] * 5, 5_000]
    preview = preview_of(sheet_of([ROWS[0], of_project]))
    assert [each.fate for each in preview.rows] == [Fate.NEW] * 2 and not preview.skipped
    plain = preview_of(sheet_of([unnumbered[1:]], heading=HEADING[1:8]))  # a list that numbers no rows
    assert [each.fate for each in plain.rows] == [Fate.NEW] and not plain.skipped


def test_a_project_of_which_only_the_name_is_known_is_taken_with_a_note():
    numbered = preview_of(sheet_of([ROWS[0], bare(2, "Nhà máy Bốn"), bare("3.", "Nhà máy Năm")]))
    plain = preview_of(sheet_of([bare(None, "Nhà máy Bốn")]))  # a list that numbers no rows
    assert [(each.fate, bool(each.notes)) for each in (*numbered.rows, *plain.rows)] == [
        (Fate.NEW, False), (Fate.NEW, True), (Fate.NEW, True), (Fate.NEW, True)]
    assert not numbered.skipped and not plain.skipped


def test_a_row_with_anything_else_is_a_project():
    rows = [bare("I", "Nhà máy Bốn"), bare(None, "Nhà máy Năm")]
    rows[0][10], rows[1][4] = "26", "5421840877"
    preview = preview_of(sheet_of([ROWS[0], *rows]))
    assert [(each.fate, each.notes) for each in preview.rows] == [(Fate.NEW, ())] * 3


def test_every_problem_is_told_at_its_cell():
    data = sheet_of([
        row(c1=None, c3="Nước Lạ", c4="1"), row(c5="32/13/2021", c4="2"), row(c7="abc", c4="3"),
        row(c9="KCN Không Có", c4="4"), row(c11=-1, c4="5"), row(c6="tháng 3/2030", c4="6"),
        row(c7=None, c4="7"), row(c13="0100109107", c4="8"), row(c13="0100109106", c4="9"), row(c4="1", c1="Khác"),
    ])
    assert problems(data) == [
        ("D2", "no-such-record"), ("F3", "no-such-day"), ("H4", "unreadable-amount"), ("J5", "no-such-record"),
        ("L6", "area-negative"), ("G7", "not-yet"), ("I8", "dollars-missing"), ("N9", "invalid-value"),
        ("E11", "row-twice"),
    ]


def test_formulas_and_codes():
    def change(sheet):
        sheet["H2"] = "=1+1"  # saved by a program that computes nothing
        sheet["L3"] = "=1/0"

    assert problems(officers_list(change)) == [("H2", "formula-without-value"), ("L3", "formula-without-value")]


@pytest.mark.parametrize(("heading", "code"), [
    ((*HEADING[:5], "Ngày kấp", *HEADING[6:]), "headings-unknown"),
    ((HEADING[0], "Ghi chú", *HEADING[2:]), "headings-missing"),
    ((*HEADING[:2], "Chủ đầu tư", "Nhà đầu tư", *HEADING[4:]), "heading-twice"),
    ((*HEADING[:8], None, *HEADING[9:]), "headings-unknown"),
])
def test_headings_are_refused_whole(heading, code):
    preview = preview_of(sheet_of(ROWS, heading=heading))
    assert [(each.sheet, each.cell, each.code) for each in preview.problems] == [(None, None, code)]
    assert preview.rows == ()


def test_an_unknown_heading_is_told_with_the_nearest():
    told = preview_of(sheet_of(ROWS, heading=(*HEADING[:5], "Ngày kấp", *HEADING[6:]))).problems[0].message
    assert "Ngày kấp" in told and "ngày cấp" in told


def test_the_same_file_twice_changes_nothing():
    data = officers_list()
    first = applied(data)
    before = everything()
    again = preview_of(data)
    assert {each.fate for each in again.rows} == {Fate.UNCHANGED}
    with build.act() as act:
        assert batch.apply(act=act, preview=again) == first
    assert everything() == before


def test_a_mended_file_finds_its_projects_by_number():
    published(officers_list())

    def change(sheet):
        sheet["B2"], sheet["L2"], sheet["C4"] = "Nhà máy Một mở rộng", None, "ABC Electronics"

    preview = preview_of(officers_list(change))
    assert [each.fate for each in preview.rows] == [Fate.CHANGED, Fate.UNCHANGED, Fate.UNCHANGED]
    assert [(each.before, each.after) for each in preview.rows[0].differences] == [
        ("Nhà máy Một", "Nhà máy Một mở rộng")]


def test_another_total_is_an_error():
    published(officers_list())

    def change(sheet):
        sheet["H2"] = 2_000_000

    assert problems(officers_list(change)) == [("H2", "computed-changed")]


def test_a_project_in_review_is_not_touched_by_another_file():
    applied(officers_list())

    def change(sheet):
        sheet["B2"] = "Tên khác"

    assert {code for _cell, code in problems(officers_list(change))} == {"not-in-sight"}


@pytest.mark.parametrize("table, data", [
    ("projects", lambda code: officers_list(lambda sheet: sheet.__setitem__("B2", "Tên khác"))),
    ("projects", lambda code: sheet_of([(code, "Tên khác")], heading=("Mã", "Tên dự án"))),
    ("certificates", lambda code: sheet_of([(code, "cấp lần đầu")], heading=("Mã dự án", "Loại"))),
])
def test_a_project_withdrawn_as_a_double_leads_to_the_other(table, data):
    published(officers_list())
    kept, double = build.make_project(), Project.objects.get(irc_code="5421840814")
    with build.act() as act:
        withdraw_project(act=act, project=double, reason="Nhập trùng", duplicate_of=kept)
    [told] = preview_of(data(double.code), table).problems
    assert told.code == "withdrawn-as-double"
    assert double.code in told.message and kept.code in told.message

    with build.act() as act:
        publish(act=act, record=Project.objects.get(pk=double.pk))
    with build.act() as act:
        withdraw_project(act=act, project=Project.objects.get(pk=double.pk), reason="Ghi sai")
    assert [each.code for each in preview_of(data(double.code), table).problems] == ["not-in-sight"]


def test_candidates_are_named_where_several_fit():
    build.make_investor(name="ABC Electronics")
    build.make_investor(name="ABC ELECTRONICS")
    preview = preview_of(officers_list())
    assert [each.fate for each in preview.rows] == [Fate.CONFLICT, Fate.NEW, Fate.CONFLICT]
    assert "INV-" in preview.rows[0].notes[0]
    with pytest.raises(batch.HasConflicts), build.act() as act:
        batch.apply(act=act, preview=preview)


def test_the_same_name_and_investor_without_a_number_may_be_the_same_project():
    investor = build.make_investor(name="ABC Electronics")
    twin = build.make_project(name="Nhà máy Một", investors=[investor])
    preview = preview_of(officers_list())
    assert preview.rows[0].fate == Fate.CONFLICT
    assert twin.code in preview.rows[0].notes[0]


def test_known_investors_and_enterprises_are_used():
    investor = build.make_investor(name="abc electronics")
    enterprise = build.make_enterprise(name="Công ty TNHH Một")
    published(officers_list())
    one = Project.objects.get(irc_code="5421840814")
    assert one.current_stakes()[0].investor == investor
    assert one.enterprise == enterprise
    assert Enterprise.objects.filter(name="Công ty TNHH Một").count() == 1


def test_problems_stop_at_a_thousand_and_say_so():
    preview = preview_of(sheet_of([row(c3="Nowhere", c4=f"{number}") for number in range(1200)]))
    assert len(preview.problems) == 1000
    assert preview.problems[-1].code == "too-many-errors"
    assert "201" in preview.problems[-1].message
    assert preview.counts[Fate.ERROR] == 1200


def test_queries_do_not_grow_with_rows(django_assert_max_num_queries):
    preview_of(officers_list())
    with django_assert_max_num_queries(40):
        preview_of(sheet_of([row(c1=f"Nhà máy {number}", c4=f"{number}") for number in range(300)]))
