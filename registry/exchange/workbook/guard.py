"""What is looked at before an Excel file is parsed, and the copy of it that is safe to parse.

The parser reads what its own zip library finds, keeps every cell in memory, and follows no limit. So the file is
unpacked here once, with counted bytes and checked sums, and the parser gets a new archive of the few parts that it
needs: it cannot find in it what was not looked at.
"""

import re
import struct
import zipfile
import zlib
from typing import BinaryIO
from xml.etree import ElementTree

from .refused import WorkbookRefused
from .scan import SharedTexts, SheetScan

MEGABYTE = 1_000_000
MOST_BYTES, MOST_UNPACKED, MOST_PARTS = 50 * MEGABYTE, 100 * MEGABYTE, 2000
MOST_DIRECTORY = MEGABYTE  # bytes of the zip's own directory
CHUNK = 1 << 18

OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # old Office files, and new ones under a password
ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
END, ZIP64, END_SIZE = b"PK\x05\x06", b"PK\x06\x07", 22

NEEDED = re.compile(r"\[Content_Types\]\.xml|_rels/\.rels|xl/(_rels/)?workbook\.xml(\.rels)?|xl/styles\.xml"
                    r"|xl/sharedStrings\.xml|xl/worksheets/[^/]+\.xml", re.IGNORECASE)
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
SHARED = "xl/sharedstrings.xml"
DECLARATION = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


def checked_copy(data: BinaryIO, out: BinaryIO) -> dict[str, SheetScan]:
    """Write to ``out`` an unpacked archive of what the parser needs; return what was seen of each sheet, by its part.

    Raises WorkbookRefused. Sizes are checked by the directory before anything is unpacked, and by the content while
    it is.
    """
    _check_end(data)
    try:
        with zipfile.ZipFile(data) as book, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as copy:
            _check_directory(book)
            return _unpack(book, copy)
    except (zipfile.BadZipFile, zlib.error, EOFError, struct.error, UnicodeDecodeError, OverflowError) as error:
        raise WorkbookRefused("damaged", what=str(error)[:100] or "zip") from error
    except NotImplementedError as error:  # a way of packing that Excel does not use
        raise WorkbookRefused("damaged", what=str(error)[:100]) from error


def check_kind(beginning: bytes, data: BinaryIO) -> None:
    """Raises WorkbookRefused for what is a file of old Excel, or has a password."""
    if beginning.startswith(OLE):
        data.seek(0)
        raise WorkbookRefused("encrypted" if ENCRYPTED_PART in data.read() else "old-excel")


def _check_end(data: BinaryIO) -> None:
    """The record at the zip's end, as Python's reader will find it: a directory that is small and near."""
    size = data.seek(0, 2)
    data.seek(max(0, size - END_SIZE - 65_535 - 20))
    tail = data.read()
    at = len(tail) - END_SIZE
    if tail[at:at + 4] != END or tail[-2:] != b"\0\0":
        at = tail.rfind(END)
    if at < 0 or len(tail) < at + END_SIZE:
        raise WorkbookRefused("damaged", what="zip")
    count, directory = struct.unpack("<HL", tail[at + 10:at + 16])
    if ZIP64 in tail[max(0, at - 20):at] or directory > MOST_DIRECTORY:
        raise WorkbookRefused("too-many-parts", most=MOST_PARTS)
    if count > MOST_PARTS:
        raise WorkbookRefused("too-many-parts", most=MOST_PARTS)


def _check_directory(book: zipfile.ZipFile) -> None:
    parts = book.infolist()
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS:
        raise WorkbookRefused("too-many-parts", most=MOST_PARTS)
    if any(part.flag_bits & 0x1 for part in parts):
        raise WorkbookRefused("encrypted")
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise WorkbookRefused("unpacks-too-large", most=MOST_UNPACKED // MEGABYTE)
    if len({name.lower() for name in names}) < len(names):
        raise WorkbookRefused("damaged", what="zip")
    if any(name.lower().endswith("vbaproject.bin") or "macrosheets/" in name.lower() for name in names):
        raise WorkbookRefused("has-macros")
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        raise WorkbookRefused("not-a-workbook")


def _unpack(book: zipfile.ZipFile, copy: zipfile.ZipFile) -> dict[str, SheetScan]:
    left = MOST_UNPACKED
    scans: dict[str, SheetScan] = {}
    shared = SharedTexts()
    for part in book.infolist():
        name = part.filename
        scan = shared if name.lower() == SHARED else None
        if SHEET.fullmatch(name):
            scan = scans[name] = SheetScan()
        target = copy.open(zipfile.ZipInfo(name), "w") if NEEDED.fullmatch(name) else None
        try:
            left = _unpack_part(book, part, target, scan, left)
        finally:
            if target:
                target.close()
    for scan in scans.values():
        scan.check(shared)
    return scans


def _unpack_part(book, part: zipfile.ZipInfo, target, scan, left: int) -> int:
    """Unpack one part to its end, which checks its sum; return how many bytes may still come."""
    is_xml = part.filename.lower().endswith((".xml", ".rels", ".vml"))
    before, begun = b"", left
    with book.open(part) as packed:
        while chunk := packed.read(CHUNK):
            left -= len(chunk)
            if left < 0:
                raise WorkbookRefused("unpacks-too-large", most=MOST_UNPACKED // MEGABYTE)
            if is_xml:
                before = _check_xml(part.filename, before, chunk)
            if target:
                target.write(chunk)
            if scan:
                scan.feed(chunk)
    if begun - left != part.file_size:
        raise WorkbookRefused("damaged", what=part.filename)
    return left


def _check_xml(name: str, before: bytes, chunk: bytes) -> bytes:
    """Look into a piece of XML; return its end, which the next piece may go on from."""
    seen = before + chunk
    # XML holds no NUL but in the encodings of two and four bytes, in which a declaration could hide.
    if b"\0" in chunk:
        raise WorkbookRefused("has-nul", what=name)
    if DECLARATION.search(seen):
        raise WorkbookRefused("has-dtd", what=name)
    if name == "[Content_Types].xml" and b"macroenabled" in seen.lower():
        raise WorkbookRefused("has-macros")
    return seen[-32:]


def part_of_sheet(path: str, name: str) -> str:
    """The part of a checked copy that holds the sheet of this name; empty where the book names none."""
    with zipfile.ZipFile(path) as copy:
        parts = {part.filename.lower(): part for part in copy.infolist()}
        book, links = (parts.get(each) for each in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"))
        if not (book and links) or max(book.file_size, links.file_size) > MOST_DIRECTORY:
            return ""
        targets = {link.get("Id"): link.get("Target", "") for link in ElementTree.fromstring(copy.read(links))}
        for element in ElementTree.fromstring(copy.read(book)).iter():
            if element.tag.endswith("}sheet") and element.get("name") == name:
                key = next((value for word, value in element.items() if word.endswith("}id")), None)
                return "xl/" + targets.get(key, "").removeprefix("/xl/").removeprefix("xl/")
    return ""
