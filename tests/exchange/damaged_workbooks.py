"""Workbooks as people send them: damaged, odd, and made to harm. Each is a name, its bytes, and what is said of it."""

import io
import struct
import zipfile
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from openpyxl import Workbook

HEADING = ["Tên dự án", "Nhà đầu tư", "Vốn đăng ký (USD)"]
ROW = ["Nhà máy Một", "Công ty Một", 1_000_000]


class Bad(NamedTuple):
    """``refused`` is the code of the one error of the whole file."""

    name: str
    make: Callable[[], bytes]
    refused: str


def book(*rows, sheets: dict | None = None, change=None) -> bytes:
    """A workbook with these rows under the heading; ``change(workbook)`` alters it."""
    made = Workbook()
    sheet = made.active
    for row in (HEADING, *(rows or [ROW])):
        sheet.append(row)
    for title, values in (sheets or {}).items():
        other = made.create_sheet(title)
        for row in values:
            other.append(row)
    if change:
        change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def packed(parts: dict[str, bytes], method=zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def with_part(name: str, content: bytes | Callable[[bytes], bytes]) -> bytes:
    parts = parts_of(book())
    parts[name] = content(parts[name]) if callable(content) else content
    return packed(parts)


SHEET = "xl/worksheets/sheet1.xml"


def with_cells(cells: str) -> bytes:
    """The sheet of a workbook with a further row of these cells as XML."""
    return with_part(SHEET, lambda xml: xml.replace(b"</sheetData>", f'<row r="3">{cells}</row></sheetData>'.encode()))


def lying_sizes(said: int) -> bytes:
    """A sheet of which the directory and the header say that it is ``said`` bytes long."""
    data = bytearray(book())
    for mark, at, name_at in ((b"PK\x01\x02", 24, 46), (b"PK\x03\x04", 22, 30)):
        start = 0
        while (start := data.find(mark, start)) >= 0:
            if data[start + name_at:].startswith(SHEET.encode()):
                struct.pack_into("<L", data, start + at, said)
            start += 4
    return bytes(data)


def bad_checksum() -> bytes:
    data = bytearray(book())
    start = 0
    while (start := data.find(b"PK\x01\x02", start)) >= 0:
        data[start + 16] ^= 0xFF
        start += 4
    return bytes(data)


def encrypted_entry() -> bytes:
    data = bytearray(book())
    start = 0
    while (start := data.find(b"PK\x01\x02", start)) >= 0:
        data[start + 8] |= 1
        start += 4
    return bytes(data)


def bomb(megabytes: int) -> bytes:
    """Zeros that unpack to so many megabytes, said honestly."""
    return packed(parts_of(book()) | {"xl/media/image1.png": bytes(megabytes * 1_000_000)})


def many_parts(count: int) -> bytes:
    return packed(parts_of(book()) | {f"xl/media/{number}.png": b"" for number in range(count)})


def same_part_twice() -> bytes:
    data = book()
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as made:
        made.writestr("XL/worksheets/SHEET1.xml", parts_of(data)[SHEET])
    return out.getvalue()


def shared_text_bomb() -> bytes:
    """One long text that very many cells name."""
    cells = "".join(f'<row r="{row}">' + "".join(f'<c r="A{row}" t="s"><v>0</v></c>' for _each in range(1)) + "</row>"
                    for row in range(2, 30_000))
    parts = parts_of(book())
    parts["xl/sharedStrings.xml"] = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>'
        + b"x" * 30_000 + b"</t></si></sst>")
    start, end = parts[SHEET].split(b"<sheetData>")[0], parts[SHEET].split(b"</sheetData>")[1]
    parts[SHEET] = start + b"<sheetData>" + cells.encode() + b"</sheetData>" + end
    return packed(parts)


def dtd(declaration: bytes) -> Callable[[bytes], bytes]:
    return lambda xml: declaration + xml[xml.index(b"?>") + 2:] if xml.startswith(b"<?xml") else declaration + xml


def macro_content_type(xml: bytes) -> bytes:
    return xml.replace(b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                       b"application/vnd.ms-excel.sheet.macroEnabled.main+xml")


def hide_all(made: Workbook) -> None:
    made.active.delete_rows(1, 9)


OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1000)
BILLION = b'<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'

REFUSED = [
    Bad("empty.xlsx", lambda: b"", "file-empty"),
    Bad("spaces.csv", lambda: b"\xef\xbb\xbf \r\n\r\n", "file-empty"),
    Bad("letter.xlsx", lambda: b"Kinh gui: ...", "not-a-workbook"),
    Bad("scan.csv", lambda: b"%PDF-1.7 ...", "not-a-workbook"),
    Bad("page.xls", lambda: b"<html><table><tr><td>1</td></tr></table></html>", "not-a-workbook"),
    Bad("page.csv", lambda: b"<!DOCTYPE html><table></table>", "not-a-workbook"),
    Bad("zip-of-pictures.xlsx", lambda: packed({"a.png": b"x"}), "not-a-workbook"),
    Bad("open-document.xlsx", lambda: packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        "not-a-workbook"),
    Bad("binary-workbook.xlsx", lambda: packed({"[Content_Types].xml": b"<a/>", "xl/workbook.bin": b"x"}),
        "not-a-workbook"),
    Bad("renamed.xlsx", lambda: OLE, "old-excel"),
    Bad("old.xls", lambda: OLE, "old-excel"),
    Bad("password.xlsx", lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    Bad("zip-password.xlsx", encrypted_entry, "encrypted"),
    Bad("macro.xlsm", lambda: with_part("xl/vbaProject.bin", b"x"), "has-macros"),
    Bad("macro-renamed.xlsx", lambda: with_part("[Content_Types].xml", macro_content_type), "has-macros"),
    Bad("macro-sheet.xlsx", lambda: with_part("xl/macrosheets/sheet1.xml", b"<a/>"), "has-macros"),
    Bad("billion-laughs.xlsx", lambda: with_part(SHEET, dtd(BILLION)), "has-dtd"),
    Bad("outside-entity.xlsx", lambda: with_part("xl/workbook.xml", dtd(OUTSIDE)), "has-dtd"),
    Bad("dtd-in-properties.xlsx", lambda: with_part("docProps/core.xml", dtd(BILLION)), "has-dtd"),
    Bad("sixteen-bits.xlsx", lambda: with_part(SHEET, lambda xml: xml.decode().encode("utf-16")), "has-nul"),
    Bad("bomb.xlsx", lambda: bomb(101), "unpacks-too-large"),
    Bad("size-small.xlsx", lambda: lying_sizes(10), "damaged"),
    Bad("size-zero.xlsx", lambda: lying_sizes(0), "damaged"),
    Bad("size-large.xlsx", lambda: lying_sizes(90_000_000), "damaged"),
    Bad("size-huge.xlsx", lambda: lying_sizes(4_000_000_000), "unpacks-too-large"),
    Bad("checksum.xlsx", bad_checksum, "damaged"),
    Bad("cut-in-half.xlsx", lambda: book()[:2000], "damaged"),
    Bad("cut-at-end.xlsx", lambda: book()[:-15], "damaged"),
    Bad("beginning-only.xlsx", lambda: b"PK\x03\x04", "damaged"),
    Bad("broken-xml.xlsx", lambda: with_part(SHEET, lambda xml: xml[:-80]), "damaged"),
    Bad("broken-book.xlsx", lambda: with_part("xl/workbook.xml", b"<workbook"), "damaged"),
    Bad("no-such-text.xlsx", lambda: with_cells('<c r="A3" t="s"><v>999999</v></c>'), "damaged"),
    Bad("same-part-twice.xlsx", same_part_twice, "damaged"),
    Bad("many-parts.xlsx", lambda: many_parts(3000), "too-many-parts"),
    Bad("large-directory.xlsx", lambda: many_parts(20_000), "too-many-parts"),
    Bad("wide.xlsx", lambda: book([*ROW, *["x"] * 600]), "too-many-columns"),
    Bad("million-columns.xlsx", lambda: with_cells('<c r="BDWGN3"><v>1</v></c>'), "too-many-columns"),
    Bad("far-cell.xlsx", lambda: with_cells('<c r="XFD1048576"><v>1</v></c>'), "too-many-columns"),
    Bad("low-cell.xlsx", lambda: with_cells('<c r="A1048576"><v>1</v></c>'), "too-many-rows"),
    Bad("large-rectangle.xlsx", lambda: with_cells('<c r="RR20000"><v>1</v></c>'), "too-many-cells"),
    Bad("shared-text.xlsx", shared_text_bomb, "too-much-text"),
    Bad("nul.xlsx", lambda: book(["Nhà máy_x0000_", "Công ty", 1]), "has-nul"),
    Bad("two-sheets.xlsx", lambda: book(sheets={"Năm 2024": [HEADING, ROW]}), "several-sheets"),
    Bad("nothing.xlsx", lambda: book(change=hide_all), "no-sheet"),
    Bad("commas.csv", lambda: b",,,\r\n,,,\r\n", "no-sheet"),
    Bad("unicode-text.txt", lambda: "Tên dự án\tVốn\r\nNhà máy\t1".encode("utf-16"), "utf-16"),
    Bad("big-end-first.csv", lambda: "\ufeffTên dự án;Vốn\r\nNhà máy;1".encode("utf-16-be"), "utf-16"),
    Bad("unmarked.csv", lambda: "Tên dự án;Vốn\r\nNhà máy;1".encode("utf-16-le"), "has-nul"),
    Bad("windows.csv", lambda: "tên,vốn\r\nmột\r\n".encode("windows-1258", "replace"), "not-utf-8"),
    Bad("nul.csv", lambda: b"name,code\r\nA\0B,1\r\n", "has-nul"),
    Bad("quotes.csv", lambda: b'name,code\r\n"A"B,1\r\n', "csv-broken"),
    Bad("wide.csv", lambda: b"name" + b"," * 1_000_000 + b"\r\n", "too-many-columns"),
    Bad("long-cell.csv", lambda: b"name\r\n" + b"x" * 200_000 + b"\r\n", "csv-broken"),
]

DAY = date(2023, 5, 15)
