"""Files hold every row as it is: text stays text, a number a number, and nothing is left out in silence."""

import csv
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from unittest import mock

import openpyxl
import orjson
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from registry.exchange import files
from registry.exchange.columns.shape import DAY, MOMENT, NUMBER, TEXT, WHOLE, WORD, YES, Column, Table
from registry.vocabulary.formula import marked
from registry.vocabulary.project import ProjectStatus

TODAY = date(2026, 11, 26)


def column(name: str, kind: str = TEXT, words=None) -> Column:
    return Column(name, f"tiêu đề {name}", kind, lambda row: row[name], words)


TABLE = Table("thu", (
    column("text"), column("status", WORD, ProjectStatus), column("amount", NUMBER), column("count", WHOLE),
    column("day", DAY), column("at", MOMENT), column("sure", YES),
))
ROW = {"text": "0123", "status": "operating", "amount": "-1600000000.05", "count": 3, "day": "2023-10-21",
       "at": "2026-11-26T20:30:00Z", "sure": False}
NOTHING = dict.fromkeys(ROW)

FORMULAS = ["=1+1", "+84 222", "-5", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0"]


AWKWARD = [*FORMULAS, "", " ", ",", '"', '""', "a,b", 'nói "có"', "một\nhai", "một\r\nhai", "\r", "越南", "'", "0123"]


def as_csv(rows, table: Table = TABLE) -> list[list[str]]:
    out = BytesIO()
    files.write_csv(out, table, rows)
    assert out.getvalue().startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(out.getvalue().decode("utf-8-sig"), newline="")))


def as_sheet(rows, table: Table = TABLE):
    out = BytesIO()
    files.write_xlsx(out, table, rows, today=TODAY)
    return openpyxl.load_workbook(BytesIO(out.getvalue())).active


class TestCsv:
    def test_has_the_words_of_the_api(self):
        heading, row, empty = as_csv([ROW, NOTHING])
        assert heading == ["text", "status", "amount", "count", "day", "at", "sure"]
        assert row == ["0123", "operating", "-1600000000.05", "3", "2023-10-21", "2026-11-26T20:30:00Z", "false"]
        assert empty == [""] * 7

    @pytest.mark.parametrize("text", FORMULAS)
    def test_a_text_that_begins_like_a_formula_is_none(self, text):
        assert as_csv([{"text": text}], Table("thu", (column("text"),)))[1] == [f"'{text}"]

    def test_a_negative_number_stays_a_number(self):
        assert as_csv([{"amount": Decimal("-5.00")}], Table("thu", (column("amount", NUMBER),)))[1] == ["-5.00"]

    def test_a_text_of_several_lines_is_one_cell(self):
        assert as_csv([{"text": 'một\n"hai", ba'}], Table("thu", (column("text"),)))[1] == ['một\n"hai", ba']

    def test_without_rows_it_has_a_heading(self):
        assert len(as_csv([])) == 1

    def test_a_cell_is_empty_where_it_is_the_only_one(self):
        assert as_csv([{"text": None}, {"text": "a"}], Table("thu", (column("text"),)))[1:] == [[""], ["a"]]

    @given(st.lists(st.tuples(*[st.one_of(st.none(), st.sampled_from(AWKWARD), st.text(
        st.characters(exclude_categories=["Cs"])))] * 3), max_size=8))
    def test_it_is_what_the_standard_writer_makes_of_the_same_cells(self, rows):
        out, theirs = BytesIO(), StringIO(newline="")
        names = ("first", "second", "third")
        with mock.patch.object(files, "AT_ONCE", 3):
            files.write_csv(out, Table("thu", tuple(map(column, names))),
                            [dict(zip(names, row, strict=True)) for row in rows])
        csv.writer(theirs).writerows([names, *[[cell and marked(cell) for cell in row] for row in rows]])
        assert out.getvalue().decode("utf-8-sig") == theirs.getvalue()


class TestXlsx:
    def test_has_typed_cells(self):
        sheet = as_sheet([ROW])
        assert [cell.value for cell in sheet[1]] == [f"Tiêu đề {each.name}" for each in TABLE.columns]
        text, status, amount, count, day, at, sure = sheet[2]
        assert (text.value, text.data_type) == ("0123", "s")
        assert status.value == "đang hoạt động"
        assert (amount.value, amount.data_type, amount.number_format) == (-1600000000.05, "n", "#,##0.00##")
        assert count.value == 3
        assert (day.value.isoformat(), day.number_format) == ("2023-10-21T00:00:00", "dd/mm/yyyy")
        assert at.value.isoformat() == "2026-11-27T03:30:00"  # in Asia/Ho_Chi_Minh
        assert sure.value is False

    def test_has_words_in_the_reader_s_language(self):
        with translation.override("en"):
            assert as_sheet([ROW])["B2"].value == "operating"

    @pytest.mark.parametrize("text", FORMULAS)
    def test_text_stays_text(self, text):
        cell = as_sheet([{"text": text}], Table("thu", (column("text"),)))["A2"]
        assert (cell.value, cell.data_type) == (text.replace("\r", "_x000D_"), "s")

    def test_nothing_is_an_empty_cell(self):
        assert [cell.value for cell in as_sheet([ROW, NOTHING])[3]] == [None] * 7

    def test_the_same_rows_on_the_same_day_are_the_same_bytes(self):
        first, second = BytesIO(), BytesIO()
        for out in (first, second):
            files.write_xlsx(out, TABLE, [ROW], today=TODAY)
        assert first.getvalue() == second.getvalue()

    def test_the_heading_stays_in_sight_and_filters(self):
        sheet = as_sheet([ROW])
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == "A1:G2"

    def test_what_a_cell_cannot_hold_is_refused_by_its_name(self):
        with pytest.raises(files.TooMuchForExcel, match="ô A2"):
            as_sheet([{"text": "x" * 32_768}], Table("thu", (column("text"),)))

    def test_what_a_sheet_cannot_hold_is_refused(self, monkeypatch):
        monkeypatch.setattr(files, "MOST_ROWS", 2)
        with pytest.raises(files.TooMuchForExcel, match="ô A4"):
            as_sheet([ROW] * 3)


def test_a_list_in_json_has_the_form_of_the_api():
    out = BytesIO()
    files.write_list_json(out, [{"code": "a"}, {"code": "b"}], 2)
    assert orjson.loads(out.getvalue()) == {"count": 2, "next": None, "results": [{"code": "a"}, {"code": "b"}]}
    empty = BytesIO()
    files.write_list_json(empty, [], 0)
    assert orjson.loads(empty.getvalue()) == {"count": 0, "next": None, "results": []}
