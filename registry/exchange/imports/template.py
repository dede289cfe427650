"""The empty workbook to fill: a heading, an example row that the importer passes over, and lists to choose from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from tempfile import TemporaryDirectory
from typing import BinaryIO

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from registry.exchange.columns.shape import DAY, NUMBER, WHOLE
from registry.exchange.files import SHEET_NAME
from registry.models import Country, Registrar, Sector, Zone
from registry.vocabulary.capital import CapitalKind

from .headings import Known
from .preview import table_named

ROWS = 5000  # with lists to choose from
LISTS = "Lists"  # hidden, so that the importer does not read it
LONGEST_MESSAGE = 255
WIDTHS = {DAY: 14, NUMBER: 20, WHOLE: 12}
CODE_WIDTH, TEXT_WIDTH = 16, 28

EXAMPLES: Mapping[str, Mapping[str, object]] = {
    "projects": {
        "code": "", "name": "Nhà máy linh kiện điện tử ABC", "irc_code": "5400000001",
        "investors.name": "ABC Electronics Co., Ltd.; XYZ Holdings", "investors.country": "Hàn Quốc; Nhật Bản",
        "investors.share_percent": "60; 40", "enterprise.name": "Công ty TNHH ABC Việt Nam",
        "enterprise.tax_code": "", "licensed_on": date(2023, 5, 15), "amended_on": "tháng 10/2024",
        "capital.registered_usd": 12_500_000, "registered_vnd": 300_000_000_000, "rate_as_printed": "24.000",
        "zone.name": "", "sector.name": "", "form": "liên doanh", "status": "đang hoạt động", "land_area_ha": 3.5,
        "planned_workers": 850, "objective": "sản xuất linh kiện điện tử", "address": "Lô A1", "registrar.name": "",
        "note": "",
    },
    "certificates": {
        "code": "", "project.code": "BN-000001", "kind": "điều chỉnh", "step": 1, "outcome": "đã cấp",
        "decided_on": date(2024, 10, 21), "registrar.name": "", "received_on": date(2024, 10, 7),
        "asked_usd": 2_500_000, "changes": "tăng vốn đầu tư", "total_usd": 15_000_000, "total_vnd": 360_000_000_000,
        "rate_as_printed": "24.000", "contributed_usd": 5_000_000, "mobilised_usd": 10_000_000,
        "contribute_by": date(2025, 12, 31), "source.code": "",
    },
    "capital-entries": {
        "code": "", "project.code": "BN-000001", "kind": "điều chỉnh tăng", "amount_usd": 2_500_000,
        "decided_on": date(2024, 10, 21), "written.amount": 60_000_000_000, "written.currency": "VND",
        "rate_as_printed": "24.000", "certificate": "", "source.code": "", "buyer.code": "", "expected_price_usd": None,
        "note": "",
    },
    "investors": {
        "code": "", "kind": "tổ chức", "name": "ABC Electronics Co., Ltd.", "name_en": "ABC Electronics Co., Ltd.",
        "name_native": "", "country": "Hàn Quốc", "parent.code": "", "parent_country": "Hàn Quốc",
    },
    "zones": {
        "code": "kcn-moi", "name": "KCN Mới", "name_en": "Moi Industrial Park", "kind": "khu công nghiệp",
        "parent.code": "", "province": "Bắc Ninh", "former_province": "", "developer": "Công ty Hạ tầng",
        "established_year": 2024, "area_ha": 250.5, "leasable_ha": 180, "communes.code": "", "communes_before": "",
        "position.latitude": 21.18, "position.longitude": 106.07, "position.basis": "bản đồ quy hoạch",
        "investment": "", "summary": "", "contact": "", "sources.code": "",
    },
    "zone-observations": {
        "code": "", "zone.name": "", "attribute": "tỷ lệ lấp đầy", "value": 87.5, "value_high": None, "qualifier": "",
        "date": "quý III/2025", "method": "diện tích đã cho thuê trên diện tích đất công nghiệp", "source.code": "",
    },
    "operating-reports": {
        "code": "", "project.code": "BN-000001", "year": 2026, "quarter": "III", "received_on": date(2026, 10, 8),
        "contributed_domestic_usd": 0, "contributed_foreign_usd": 2_000_000,
        "contributions.investor": "INV-000001; INV-000002", "contributions.cash_usd": "1.500.000; 200.000",
        "contributions.machinery_usd": "300.000; 0", "contributions.other_usd": "", "loans_domestic_usd": 500_000,
        "loans_parent_usd": 1_500_000, "loans_foreign_usd": -250_000, "reinvested_usd": 0, "realised_usd": 3_750_000,
        "realised_foreign_usd": 3_250_000, "realised_year_usd": 9_000_000, "realised_since_usd": 21_000_000,
        "revenue_usd": 12_400_000, "export_usd": 11_900_000, "import_usd": 6_300_000, "workers_vietnamese": 850,
        "workers_foreign": 12, "electricity_kwh": 1_250_000, "coal_tonnes": None, "oil_litres": 4_000, "gas_m3": None,
        "energy_other": "", "taxes_usd": 310_000, "land_m2": 35_000, "difficulties": "", "source.code": "",
    },
}


@dataclass(frozen=True)
class Choice:
    """The values of a list; ``open_``: others may be typed too, as several countries in one cell."""

    values: tuple[str, ...]
    open_: bool = False


def write_template(out: BinaryIO, name: str, *, today: date) -> None:
    """Write the workbook of a table. Raises NoSuchTable."""
    table = table_named(name)
    known = {column.name: column for column in table.columns()}
    columns = [known[each] for each in EXAMPLES[name]]
    with TemporaryDirectory() as folder:
        book = Workbook(out, {"tmpdir": folder})
        book.set_properties({"title": name, "created": datetime.combine(today, time.min)})
        sheet, lists = book.add_worksheet(SHEET_NAME), book.add_worksheet(LISTS)
        lists.hide()
        formats = {
            "heading": book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"}),
            "example": book.add_format({"italic": True, "font_color": "#595959", "bg_color": "#F2F2F2"}),
            "example day": book.add_format({"italic": True, "font_color": "#595959", "bg_color": "#F2F2F2",
                                            "num_format": "dd/mm/yyyy"}),
            "text": book.add_format({"num_format": "@"}), "day": book.add_format({"num_format": "dd/mm/yyyy"}),
            "number": book.add_format({"num_format": "#,##0.##"}),
        }
        for place, column in enumerate(columns):
            _write_column(sheet, place, column, column.name in table.required, formats)
            _write_example(sheet, place, column, EXAMPLES[name][column.name], formats)
        _offer_choices(sheet, lists, columns, _choices(columns, today))
        sheet.freeze_panes(1, 0)
        book.close()


def heading_of(column: Known) -> str:
    """What officers call it, where the register's own file has a longer label."""
    label = str(column.label)
    if ":" in label and column.also:
        label = column.also[0]
    return label[:1].upper() + label[1:]


def _write_column(sheet, place: int, column: Known, is_required: bool, formats) -> None:
    is_day = column.kind == DAY or column.name in ("licensed_on", "amended_on", "decided_on", "date")
    is_number = column.kind in (NUMBER, WHOLE) or column.name.startswith(("registered_", "total_vnd", "asked_"))
    shape = "day" if is_day else "number" if is_number else "text"
    width = WIDTHS.get(DAY if is_day else NUMBER if is_number else column.kind,
                       CODE_WIDTH if column.name.endswith("code") else TEXT_WIDTH)
    sheet.set_column(place, place, width, formats[shape])
    sheet.write_string(0, place, f"{heading_of(column)} *" if is_required else heading_of(column), formats["heading"])


def _write_example(sheet, place: int, column: Known, value, formats) -> None:
    if column.name == "code":
        value = _("VÍ DỤ")  # by this word the importer knows the row
    match value:
        case None:
            sheet.write_blank(1, place, None, formats["example"])
        case date():
            sheet.write_datetime(1, place, datetime.combine(value, time.min), formats["example day"])
        case int() | float():
            sheet.write_number(1, place, value, formats["example"])
        case _:
            sheet.write_string(1, place, value, formats["example"])


def _choices(columns: Iterable[Known], today: date) -> dict[str, Choice]:
    """The lists of these columns, in the reader's language. A query for each list of records."""
    found = {}
    for column in columns:
        if column.column is not None and column.column.words:
            words = [word for word in column.column.words if word != CapitalKind.REVERSAL]
            found[column.name] = Choice(tuple(str(word.label) for word in words))
    records = {
        "zone.name": (Zone.objects.public().order_by("name_sort", "code"), False),
        "investors.country": (Country.objects.order_by("name_sort"), True),
        "country": (Country.objects.order_by("name_sort"), False),
        "parent_country": (Country.objects.order_by("name_sort"), False),
        "sector.name": (Sector.objects.filter(vsic_version="2018").order_by("code"), False),
        "registrar.name": (Registrar.objects.in_force(today).order_by("name_sort"), True),
    }
    names = {column.name for column in columns}
    return found | {
        name: Choice(tuple(dict.fromkeys(rows.values_list("name", flat=True))), open_)
        for name, (rows, open_) in records.items() if name in names
    }


def _offer_choices(sheet, lists, columns: list[Known], choices: Mapping[str, Choice]) -> None:
    for place, column in enumerate(columns):
        choice = choices.get(column.name)
        if not (choice and choice.values):
            continue
        lists.write_column(0, place, choice.values)
        last = len(choice.values)
        letter = chr(ord("A") + place)
        sheet.data_validation(2, place, ROWS, place, {
            "validate": "list", "source": f"={LISTS}!${letter}$1:${letter}${last}",
            "error_type": "warning" if choice.open_ else "stop",
            "error_title": str(column.label)[:32],
            "error_message": _("Hãy chọn trong danh sách.")[:LONGEST_MESSAGE],
        })
