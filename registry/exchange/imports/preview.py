"""A file against the register: every row's fate and all problems at once, and nothing written."""

import hashlib
from collections import deque
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry.actions.collecting import collecting_later
from registry.actions.plan import MOST_PROBLEMS, PlannedRow, Preview, Problem, Told, nobody
from registry.exchange.moment import one_moment
from registry.exchange.workbook import Sheet, WorkbookRefused, read_workbook
from registry.models import ImportBatch, Register, Source
from registry.vocabulary.batch import Fate, Step
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.publication import Publication
from registry.vocabulary.statement import SourceKind

from .cells import NO_ANSWERS, Row
from .certificates import Certificates
from .headings import comparable, find_heading
from .ledger import Entries
from .merged import carry_down
from .parties import Investors
from .parts import zones_above
from .projects import Projects
from .reports import Reports
from .table import Table
from .words_between import is_between, words_of
from .zones import Observations, Zones

TABLES: dict[str, type[Table]] = {
    table.name: table for table in (Projects, Certificates, Entries, Investors, Zones, Observations, Reports)
}

TOLD_EVERY = 100  # rows
EXAMPLE = {"vi du", "example"}  # in the cell of the code
TOTALS = ("tong cong", "tong so", "cong", "tong", "total")


class NoSuchTable(RuleBroken):
    code = "no-such-table"
    message = _("Không có bảng “%(table)s”. Các bảng nhập được: %(tables)s.")


def table_named(name: str) -> type[Table]:
    """Raises NoSuchTable."""
    if name not in TABLES:
        raise NoSuchTable(table=name, tables=", ".join(TABLES), field="table")
    return TABLES[name]


# By the number of the row and the key of its question; at FOR_ALL by what is asked, for all rows that share it.
Answers = Mapping[int, Mapping[str, str]]
FOR_ALL = 0


@collecting_later()
def preview_file(
    data: bytes, file_name: str, table: str, *, now: datetime, answers: Answers = NO_ANSWERS,
    told: Told = nobody,
) -> Preview:
    """The fate of every row of a file. A file that cannot be read whole has one problem and no rows. ``answers`` are
    what the officer has chosen where rows left a choice; ``told`` hears of each hundred rows.

    Raises NoSuchTable.
    """
    kind = table_named(table)
    about = {"table": table, "file_name": file_name, "sha256": hashlib.sha256(data).hexdigest(),
             "source": source_of(file_name)}
    told(Step.READ, 0, 0)
    try:
        sheet = read_workbook(data, file_name)
        with one_moment():
            return _against_register(sheet, kind, about, now, answers, told)
    except RuleBroken as error:
        refused = Problem(None, None, error.code, str(error))
        return Preview(**about, revision=Register.objects.get(pk=1).revision, problems=(refused,))
    finally:
        comparable.cache_clear()  # the names of one file, which no other has


def source_of(file_name: str) -> Source:
    """The file itself as a source, waiting for review with what it brings."""
    return Source(kind=SourceKind.REPORT.value, name=gettext("Tệp nhập: %(file)s") % {"file": file_name[:400]},
                  publication=Publication.IN_REVIEW.value)


def _against_register(
    sheet: Sheet, kind: type[Table], about: dict, now: datetime, answers: Answers, told: Told
) -> Preview:
    revision = Register.objects.get(pk=1).revision
    repeated = ImportBatch.objects.in_force().filter(table=about["table"], sha256=about["sha256"]).first()
    if repeated:
        return Preview(**about, revision=revision, rows=_rows_again(repeated), repeated=repeated)
    heading = find_heading(sheet, kind.columns(), kind.required)
    table = kind(now=now, today=day_of(now), source=about["source"])
    rows, skipped, for_all = deque(), [], answers.get(FOR_ALL, NO_ANSWERS)
    notes = carry_down(sheet, heading, table.shared)
    if table.sums:
        heading = zones_above(sheet, heading, table.sums, table.register.zones)
    for index in range(heading.first, len(sheet.rows)):
        row = Row(sheet, heading, index, table.labels, answers.get(index + 1, NO_ANSWERS), for_all)
        if reason := _no_data(row, table):
            skipped += [(row.number, reason)] if reason.strip() else []
        else:
            row.notes += notes.get(index, ())
            rows.append(row)
    if not rows and skipped:
        raise WorkbookRefused("no-sheet")
    if not rows:  # what a list exports while it is empty
        return Preview(**about, revision=revision)
    told(Step.FIND, 0, 0)
    table.prepare(rows)
    problems: list[Problem] = []
    planned = tuple(_planned(table, rows, problems, told))
    return Preview(**about, revision=revision, rows=planned, skipped=tuple(skipped), problems=_most(problems))


def _planned(table: Table, rows: deque[Row], problems: list[Problem], told: Told) -> Iterator[PlannedRow]:
    """Plan each row and let it go with its cells; gather the problems of all."""
    of = len(rows)
    for done in range(of):
        if not done % TOLD_EVERY:
            told(Step.COMPARE, done, of)
        row = rows.popleft()
        yield table.plan(row)
        problems += row.problems
        row.cells.clear()
    told(Step.COMPARE, of, of)


def day_of(moment: datetime) -> date:
    return timezone.localdate(moment)


def _no_data(row: Row, table: Table) -> str:
    """Why a row is none of data; a space for an empty one, empty for one that is."""
    if not row.has_any(row.heading.places) and not row.problems:
        return " "
    if comparable(row.text("code")) in EXAMPLE:
        return gettext("dòng ví dụ của tệp mẫu")
    first = next((comparable(cell) for cell in row.cells if isinstance(cell, str)), "")
    if row.value("code") is None and first.startswith(TOTALS) and first.split()[:2] in (
            each.split() for each in TOTALS if each):
        return gettext("dòng tổng cộng")
    if table.sums and is_between(row, table.sums):
        said = gettext("dòng đề mục, dòng cộng hoặc chữ ký, không có gì khác: “%(text)s”")
        return said % {"text": words_of(row)}
    return ""


def _rows_again(batch: ImportBatch) -> tuple[PlannedRow, ...]:
    return tuple(
        PlannedRow(number=number, fate=Fate.UNCHANGED, kind=kind, code=code, name=name)
        for number, kind, code, name in batch.rows.order_by("number").values_list("number", "kind", "code", "name")
    )


def _most(found: list[Problem]) -> tuple[Problem, ...]:
    """All, or the first of very many and how many more there are."""
    if len(found) <= MOST_PROBLEMS:
        return tuple(found)
    more = len(found) - MOST_PROBLEMS + 1
    told = gettext("Còn %(count)d lỗi nữa; danh sách dừng ở %(most)d. Hãy sửa các lỗi trên rồi nhập lại.")
    return (*found[:MOST_PROBLEMS - 1], Problem(None, None, "too-many-errors", told % {
        "count": more, "most": MOST_PROBLEMS}))
