"""Files that are refused whole, and the cells of those that are read."""

import io
import subprocess
import sys
import time
import tracemalloc
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from registry.exchange.workbook import WorkbookRefused, read_workbook
from tests.exchange import damaged_workbooks as damaged


@pytest.mark.parametrize("bad", damaged.REFUSED, ids=lambda bad: bad.name)
def test_a_bad_file_is_refused_with_one_reason(bad):
    data = bad.make()
    started = time.monotonic()
    with pytest.raises(WorkbookRefused) as refusal:
        read_workbook(data, bad.name)
    assert refusal.value.code == bad.refused
    assert "%(" not in str(refusal.value)
    assert time.monotonic() - started < 10


def test_a_bomb_is_refused_before_it_is_unpacked():
    data = damaged.bomb(200)
    tracemalloc.start()
    started = time.monotonic()
    with pytest.raises(WorkbookRefused):
        read_workbook(data, "bomb.xlsx")
    assert time.monotonic() - started < 0.5
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_memory_stays_under_300_mb():
    """The largest sheet that is taken, read in a process of its own. Its peak is asked of the kernel: the one that
    getrusage tells is inherited from the process that started it."""
    program = """
from pathlib import Path
from registry.exchange.workbook import MOST_CELLS, read_workbook
from tests.exchange import damaged_workbooks as damaged
row = "".join(f'<c><v>{column}.5</v></c>' if column % 4 else '<c t="str"><v>Bac</v></c>' for column in range(40))
data = damaged.with_part(damaged.SHEET, lambda xml: xml[:xml.index(b"<sheetData>")] + b"<sheetData>" + (
    "".join(f'<row>{row}</row>' for _row in range(MOST_CELLS // 40)) + "</sheetData></worksheet>").encode())
assert read_workbook(data, "large.xlsx").width == 40
print(next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:")))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True,
                          cwd=Path(__file__).parents[2], check=True,
                          env={"DJANGO_SETTINGS_MODULE": "bacninh_fdi.settings", "PATH": "/usr/bin:/bin"})
    assert int(done.stdout) < 300_000


def read(change) -> list[list]:
    made = Workbook()
    change(made.active)
    out = io.BytesIO()
    made.save(out)
    return read_workbook(out.getvalue(), "a.xlsx").rows


def test_cells_keep_their_types():
    def fill(sheet):
        sheet.append(["mã", 5421840814, "0123456789", 0.1, date(2023, 5, 15), True])
        sheet.append([" \u00a0Nhà\u00a0máy\u200b\ufeff ", "", None, 1234567.89, 12, "x"])

    assert read(fill) == [
        ["mã", 5421840814, "0123456789", Decimal("0.1"), date(2023, 5, 15), True],
        ["Nhà máy", None, None, Decimal("1234567.89"), 12, "x"],
    ]


def test_rows_and_columns_before_the_first_cell_are_kept():
    def fill(sheet):
        sheet["C3"] = "x"

    assert read(fill) == [[None] * 3, [None] * 3, [None, None, "x"]]


def test_a_formula_gives_its_value_and_says_where_it_has_none():
    data = damaged.with_cells(
        '<c r="A3"><f>1+1</f><v>2</v></c><c r="B3"><f>1+1</f></c><c r="C3" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c r="D3" t="str"><f>IF(1,"","")</f><v></v></c><c r="E3"><f>1</f><v></v></c>')
    sheet = read_workbook(data, "a.xlsx")
    assert sheet.rows[2][0] == 2
    assert sheet.broken == {(2, 1): "", (2, 2): "#DIV/0!", (2, 4): ""}


def test_merged_areas_and_hidden_sheets():
    def change(made):
        made.active.merge_cells("A1:B1")
        made.create_sheet("Danh mục")["A1"] = "x"
        made["Danh mục"].sheet_state = "hidden"

    sheet = read_workbook(damaged.book(change=change), "a.xlsx")
    assert sheet.merged == ((0, 0, 0, 1),)
    assert sheet.name == "Sheet"


@pytest.mark.parametrize("text", ["a,b\r\n1,2\r\n", "a;b\n1;2", "\ufeffa\tb\n1\t2\n", '"a,x";b\n1;2'])
def test_a_csv_is_read_by_its_own_delimiter(text):
    sheet = read_workbook(text.encode(), "a.csv")
    assert [len(row) for row in sheet.rows] == [2, 2]
    assert sheet.rows[1] == ["1", "2"]
    assert sheet.plain


def test_the_apostrophe_of_an_exported_csv_is_taken_off():
    assert read_workbook(b"a,b\n'=1+1,'quoted\n", "a.csv").rows[1] == ["=1+1", "'quoted"]
