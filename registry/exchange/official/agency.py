"""The agency's tables and its heading sheet in their layout."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from registry.statistics.agency import AgencyRow, AgencyTable, HeadingSheet, Headline, percent_of
from registry.vocabulary.capital import CountryOf
from registry.vocabulary.period import VagueDay
from registry.vocabulary.zone import MERGED_ON, FormerProvince

from .layout import MILLIONS, NOT_APPLICABLE, PERCENT, TEXT, WHOLE, Cell, Heading, Printed, Row
from .office import NATION, in_vietnamese, office_of

NAMED = {"section": "Ngành", "sector": "Ngành cấp 2", "country": "Đối tác", "place": "Địa bàn",
         "zone": "Khu công nghiệp", "registrar": "Cơ quan đăng ký đầu tư"}
TITLES = {"section": "NGÀNH", "sector": "NGÀNH CẤP 2", "country": "ĐỐI TÁC", "place": "ĐỊA BÀN",
          "zone": "KHU CÔNG NGHIỆP", "registrar": "CƠ QUAN ĐĂNG KÝ ĐẦU TƯ"}
PRINTED = (
    "Số dự án cấp mới", "Vốn đăng ký cấp mới (triệu USD)", "Số lượt dự án điều chỉnh",
    "Vốn đăng ký điều chỉnh (triệu USD)", "Số lượt góp vốn mua cổ phần", "Giá trị góp vốn, mua cổ phần (triệu USD)",
    "Tổng vốn đăng ký (triệu USD)",
)
NOT_STATED, TOTAL = "Chưa ghi nhận", "Tổng số"
NOTES = (
    "Số âm trong ngoặc; “-” là bằng 0; ô trống là chưa thu thập. So cùng kỳ = kỳ này / cùng kỳ năm trước × 100.",
    "Vốn và số lượt theo ngày quyết định; số lượt không kể bút toán đã bị đảo. Số dự án còn hiệu lực và tổng vốn là "
    "của ngày cuối kỳ.",
)
Addressed = Callable[[AgencyRow], str]


def said(first: date, last: date, scope: Sequence[str | None] = ()) -> str:
    """The period, and the former provinces where the table is of some; None where none is recorded."""
    provinces = [NOT_STATED.lower() if word is None else str(FormerProvince(word).label) for word in scope]
    return VagueDay(first, last).label + (f", tỉnh cũ: {', '.join(provinces)}" if provinces else "")


def _period(first: date, last: date, drawn_on: date, scope: Sequence[str | None]) -> str:
    """With the last day that was counted, where the period goes on."""
    running = "" if last < drawn_on else f" (kỳ chưa kết thúc, số liệu đến hết ngày {min(last, drawn_on):%d/%m/%Y})"
    return said(first, last, scope) + running


def _sources(known_on: date | None, drawn_on: date) -> str:
    return (f"Nguồn: sổ vốn của Sổ đăng ký dự án FDI, theo số liệu đã ghi nhận đến ngày "
            f"{known_on or drawn_on:%d/%m/%Y}; mỗi bút toán có nguồn hoặc giấy chứng nhận của nó.")


@in_vietnamese
def printed_table(
    table: AgencyTable, *, drawn_on: date, scope: Sequence[str | None] = (), address: Addressed = lambda row: ""
) -> Printed:
    """A table of flows, of former provinces (``scope``) or of all. ``address`` gives where the rows behind a line are,
    empty where nowhere. One query."""
    office = office_of(None, on=table.last)
    day = f"{min(table.last, drawn_on):%d/%m/%Y}"
    headings = (
        (Heading("TT", high=2), Heading(NAMED[table.by], high=2), *(Heading(text, high=2) for text in PRINTED),
         Heading("Cùng kỳ năm trước (triệu USD)", high=2), Heading("So cùng kỳ (%)", high=2),
         Heading(f"Còn hiệu lực đến {day}", wide=2)),
        (Heading("Số dự án"), Heading("Tổng vốn đăng ký (triệu USD)")),
    )
    rows = [_row(Cell(number), row, _name(row), address(row)) for number, row in enumerate(table.rows, 1)]
    return Printed(
        name=f"dau-tu-nuoc-ngoai-theo-{table.by}-{table.first}-{table.last}", office=office.lines, mark=NATION,
        title=(f"ĐẦU TƯ NƯỚC NGOÀI TẠI {office.place.upper()} THEO {TITLES[table.by]}{_whose(table)}",
               _period(table.first, table.last, drawn_on, scope)),
        widths=(5, 38, 10, 14, 10, 14, 11, 14, 14, 14, 10, 10, 15), headings=headings,
        rows=(_row(Cell(""), table.total, TOTAL, "", is_head=True), *rows), is_agency=True,
        notes=(*NOTES, *_territory(table.first, scope), _sources(table.known_on, drawn_on)),
    )


def _whose(table: AgencyTable) -> str:
    return ", NƯỚC CỦA CÔNG TY MẸ CUỐI CÙNG" if table.by == "country" and table.country_of == CountryOf.PARENT else ""


def _territory(first: date, scope: Sequence[str | None]) -> tuple[str, ...]:
    """Which Bắc Ninh is meant where the period begins before the two provinces were merged."""
    if scope or first >= MERGED_ON:
        return ()
    return (f"Tính trong địa giới tỉnh Bắc Ninh từ ngày {MERGED_ON:%d/%m/%Y}: cả tỉnh Bắc Ninh cũ và tỉnh Bắc Giang.",)


def _name(row: AgencyRow) -> str:
    return NOT_STATED if row.key is None else row.name or row.key


def _row(number: Cell, row: AgencyRow, name: str, url: str, *, is_head: bool = False) -> Row:
    flow = row.flow
    return Row((
        number, Cell(name, url=url), Cell(flow.new_projects, WHOLE), Cell(flow.new_usd, MILLIONS),
        Cell(flow.adjusted_times, WHOLE), Cell(flow.adjusted_usd, MILLIONS), Cell(flow.share_purchase_times, WHOLE),
        Cell(flow.share_purchase_usd, MILLIONS), Cell(flow.total_usd, MILLIONS), Cell(row.before_usd, MILLIONS),
        _percent(row.percent), Cell(row.in_force, WHOLE), Cell(row.registered_usd, MILLIONS),
    ), is_head=is_head)


def _percent(percent: Decimal | None) -> Cell:
    return Cell(NOT_APPLICABLE if percent is None else percent, PERCENT)


@in_vietnamese
def printed_heading(sheet: HeadingSheet, *, drawn_on: date, scope: Sequence[str | None] = ()) -> Printed:
    """The heading sheet: Phụ lục I, báo cáo nhanh. One query."""
    office = office_of(None, on=sheet.last)
    lines = (
        ("1", "Vốn thực hiện", "triệu USD", lambda of: of.realised_usd, True),
        ("2", "Vốn đăng ký", "triệu USD", lambda of: of.flow.total_usd, True),
        ("2.1", "Đăng ký cấp mới", "triệu USD", lambda of: of.flow.new_usd, False),
        ("2.2", "Đăng ký tăng thêm", "triệu USD", lambda of: of.flow.adjusted_usd, False),
        ("2.3", "Góp vốn, mua cổ phần", "triệu USD", lambda of: of.flow.share_purchase_usd, False),
        ("3", "Số dự án", "", None, True),
        ("3.1", "Cấp mới", "dự án", lambda of: of.flow.new_projects, False),
        ("3.2", "Tăng vốn", "lượt dự án", lambda of: of.flow.adjusted_times, False),
        ("3.3", "Góp vốn, mua cổ phần", "lượt", lambda of: of.flow.share_purchase_times, False),
        ("4", "Xuất khẩu", "triệu USD", None, True),
        ("5", "Nhập khẩu", "triệu USD", None, True),
    )
    return Printed(
        name=f"bao-cao-nhanh-{sheet.first}-{sheet.last}", office=office.lines, mark=("Phụ lục I", *NATION),
        title=("BÁO CÁO NHANH ĐẦU TƯ NƯỚC NGOÀI", _period(sheet.first, sheet.last, drawn_on, scope)),
        widths=(7, 46, 16, 22, 22, 16),
        headings=((Heading("TT"), Heading("Chỉ tiêu"), Heading("Đơn vị tính"), Heading(said(*sheet.before)),
                   Heading(said(sheet.first, sheet.last)), Heading("So cùng kỳ (%)")),),
        rows=tuple(_heading_row(sheet, *line) for line in lines), is_agency=True,
        notes=(_standing(sheet, drawn_on), "Xuất khẩu, nhập khẩu: lấy ở biểu A.IV.1 theo quý, không thu thập theo "
               "tháng.", *_territory(sheet.first, scope), _sources(sheet.known_on, drawn_on)),
    )


def _heading_row(sheet: HeadingSheet, number: str, label: str, unit: str,
                 get: Callable[[Headline], object] | None, is_head: bool) -> Row:
    kind = MILLIONS if unit == "triệu USD" else WHOLE
    before, this = (get(sheet.last_year), get(sheet.this)) if get else (None, None)
    percent = _percent(percent_of(this, before)) if get else Cell(None, PERCENT)
    return Row((Cell(number), Cell(label, indent=0 if is_head else 1), Cell(unit, TEXT), Cell(before, kind),
                Cell(this, kind), percent), is_head=is_head)


def _standing(sheet: HeadingSheet, drawn_on: date) -> str:
    billions = f"{sheet.registered_usd / 10**9:.2f}".replace(".", ",")
    projects = f"{sheet.in_force:,}".replace(",", ".")
    return (f"Lũy kế đến ngày {min(sheet.last, drawn_on):%d/%m/%Y}: {sheet.countries} quốc gia và vùng lãnh thổ có nhà "
            f"đầu tư chính, {projects} dự án còn hiệu lực, tổng vốn đăng ký {billions} tỷ USD.")
