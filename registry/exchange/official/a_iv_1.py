"""The form A.IV.1 in its layout."""

from collections.abc import Callable, Iterable

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from registry.statistics.a_iv_1 import Figure, FormRow, QuarterlyForm
from registry.vocabulary.a_iv_1 import WITHIN, FormColumn, Unit, called

from .layout import MILLIONS, NOT_APPLICABLE, PERCENT, QUANTITY, WHOLE, Cell, Heading, Printed, Row
from .office import NATION, in_vietnamese, office_of, signing

KINDS = {Unit.USD: MILLIONS, Unit.PROJECTS: WHOLE, Unit.TIMES: WHOLE, Unit.PERSONS: WHOLE}
ROMANS = ("I", "II", "III", "IV")
HEADINGS = (
    (Heading("TT", high=2), Heading("Chỉ tiêu", high=2), Heading("Đơn vị tính", high=2),
     Heading("Quý báo cáo", wide=3), Heading("Dự kiến cả năm", high=2),
     Heading("Lũy kế từ đầu năm đến hết quý báo cáo", wide=3)),
    (Heading("Quý báo cáo năm trước"), Heading("Quý báo cáo"), Heading("So cùng kỳ (%)"), Heading("Năm trước"),
     Heading("Năm báo cáo"), Heading("So cùng kỳ (%)")),
    tuple(Heading(f"({number})") for number in range(1, 11)),
)
NOTES = (
    "(6) = (5)/(4) × 100; (10) = (9)/(8) × 100; “N/A” khi số chia bằng 0 hoặc không có. Ô trống: chưa thu thập.",
    "Lao động là số cuối quý, không cộng các quý. Lần giảm vốn về 0 của dự án chấm dứt nằm ở mục IV, không ở III.2.",
)
UNSTATED = {
    "received_new_usd": "Hồ sơ cấp mới không nêu vốn, chưa cộng ở mục II.1.b",
    "received_adjusted_usd": "Hồ sơ điều chỉnh chờ kết quả hoặc bị từ chối mà không nêu vốn, chưa tính ở mục II.2",
}
TYPED_NOTE = "Ô tô nền, có dấu *: số do cán bộ nhập, khác số sổ đăng ký tính được."


Addressed = Callable[[str, str], str]


@in_vietnamese
def printed_form(form: QuarterlyForm, *, address: Addressed = lambda row, column: "") -> Printed:
    """The form with its headings and the block of signatures. ``address`` gives where the rows behind a computed figure
    are, empty where nowhere. One query."""
    office = office_of(form.registrar, on=form.quarter.period.last)
    differs = any(figure.differs for row in form.rows for column, figure in row.figures.items()
                  if column != FormColumn.EXPECTED)
    return Printed(
        name=f"bieu-a-iv-1-{form.quarter.year}-quy-{form.quarter.number}", office=office.lines,
        mark=("Biểu A.IV.1", *NATION),
        title=(f"TÌNH HÌNH ĐẦU TƯ NƯỚC NGOÀI TRÊN ĐỊA BÀN {office.place.upper()}",
               capfirst(str(form.quarter)) + ("" if form.is_over else _running(form))),
        widths=(6, 44, 12, 14, 14, 11, 14, 14, 14, 11), headings=HEADINGS,
        rows=tuple(_row(row, address) for row in form.rows),
        notes=(*NOTES, *((TYPED_NOTE,) if differs else ()), *_known(form), *_unstated(form), *_contradicted(form),
               *beyond_the_year(form.rows)),
        signatures=signing(office),
    )


def _running(form: QuarterlyForm) -> str:
    return f" (quý chưa kết thúc, số liệu đến hết ngày {form.counted_to:%d/%m/%Y})"


def _contradicted(form: QuarterlyForm) -> tuple[str, ...]:
    columns = ", ".join(str(FormColumn(column).label) for column in form.contradictions)
    return (f"Cần xem lại: phần từ nước ngoài lớn hơn vốn thực hiện ở cột {columns}.",) if columns else ()


def _unstated(form: QuarterlyForm) -> tuple[str, ...]:
    """How many dossiers the sums of section II leave out, column by column."""
    notes = []
    for key, says in UNSTATED.items():
        if unstated := form.row(key).unstated:
            told = "; ".join(f"{FormColumn(column).label}: {count} hồ sơ" for column, count in unstated.items())
            notes.append(f"{says}: {told}.")
    return tuple(notes)


def beyond_the_year(rows: Iterable[FormRow]) -> tuple[str, ...]:
    """What was typed so that a quarter has more than its year so far, a sentence for each row."""
    return tuple(
        _("Cần xem lại: %(row)s: số của quý lớn hơn số lũy kế của năm ở cột %(columns)s; số nhập tay của quý thì nhập "
          "cả ở cột lũy kế.") % {
            "row": called(row.line.key),
            "columns": ", ".join(f"{FormColumn(quarter).label} / {WITHIN[quarter].label}" for quarter in quarters)}
        for row in rows if (quarters := row.beyond_the_year))


def _known(form: QuarterlyForm) -> tuple[str, ...]:
    return (f"Theo số liệu đã ghi nhận đến hết ngày {form.known_on:%d/%m/%Y}.",) if form.known_on else ()


def _row(row: FormRow, address: Addressed) -> Row:
    line = row.line
    is_section = line.number in ROMANS
    label = str(line.label).upper() if is_section else str(line.label)
    indent = 0 if is_section or line.number.isdecimal() else 2 if line.number == "" else 1
    head = (Cell(line.number), Cell(label, indent=indent), Cell(str(Unit(line.unit).label) if line.key else ""))
    if not line.key:
        return Row((*head, *(Cell(None) for _each in range(7))), is_head=is_section)
    kind = KINDS.get(line.unit, QUANTITY)
    cells = {column: _cell(figure, kind, column, address(line.key, column)) for column, figure in row.figures.items()}
    return Row((
        *head, cells[FormColumn.QUARTER_BEFORE], cells[FormColumn.QUARTER], _percent(row.quarter_percent, row),
        cells[FormColumn.EXPECTED], cells[FormColumn.YEAR_BEFORE], cells[FormColumn.YEAR],
        _percent(row.year_percent, row)))


def _cell(figure: Figure, kind: str, column: str, url: str) -> Cell:
    is_computed = figure.typed is None and figure.computed is not None
    return Cell(figure.value, kind, is_typed=figure.differs and column != FormColumn.EXPECTED,
                url=url if is_computed else "")


def _percent(percent, row: FormRow) -> Cell:
    if row.line.unit == Unit.NONE:
        return Cell(None, PERCENT)
    return Cell(NOT_APPLICABLE if percent is None else percent, PERCENT)
