"""The form A.IV.4 in its layout."""

from datetime import date

from registry.statistics.a_iv_4 import Lead, LeadsForm
from registry.vocabulary.investor import INDIVIDUAL

from .layout import QUANTITY, Cell, Heading, Printed, Row
from .office import NATION, in_vietnamese, office_of, signing

JOINT = "; "
HEADINGS = (
    (Heading("TT", high=2), Heading("Nhà đầu tư", high=2), Heading("Nước đăng ký", high=2), Heading("Dự án", wide=2),
     Heading("Vốn dự kiến (USD)", high=2), Heading("Ngành cấp 1", high=2), Heading("Mục tiêu", high=2),
     Heading("Địa điểm", high=2), Heading("Diện tích đất (m²)", high=2),
     Heading("Thuộc danh mục (quốc gia / lĩnh vực / địa phương)", high=2), Heading("Đề xuất", high=2)),
    (Heading("Đang kêu gọi"), Heading("Nhà đầu tư đang quan tâm")),
)
NOTE = "Ô trống: chưa thu thập. Sổ đăng ký không giữ “thuộc danh mục” và “đề xuất”: cán bộ điền trên tệp."


@in_vietnamese
def printed_leads(form: LeadsForm, *, on: date) -> Printed:
    """The form with its totals. One query."""
    office = office_of(None, on=min(on, date(form.year, 12, 31)))
    total = Row((Cell(""), Cell("Tổng số"), *(Cell(None) for _each in range(3)), Cell(form.expected_usd, QUANTITY),
                 *(Cell(None) for _each in range(3)), Cell(form.land_m2, QUANTITY), Cell(None), Cell(None)),
                is_head=True)
    hidden = (f"Trong đó {form.hidden} cơ hội chưa công bố; công chúng chưa thấy.",) if form.hidden else ()
    known = (f"Theo số liệu đã ghi nhận đến hết ngày {form.known_on:%d/%m/%Y}.",) if form.known_on else ()
    return Printed(
        name=f"bieu-a-iv-4-{form.year}", office=office.lines, mark=("Biểu A.IV.4", *NATION),
        title=("TÌNH HÌNH KÊU GỌI, THU HÚT ĐẦU TƯ NƯỚC NGOÀI", f"Năm {form.year}"),
        widths=(5, 26, 14, 24, 24, 16, 20, 30, 22, 14, 18, 14), headings=HEADINGS,
        rows=(*(_row(number, lead) for number, lead in enumerate(form.rows, 1)), total), notes=(NOTE, *known, *hidden),
        signatures=signing(office))


def _row(number: int, lead: Lead) -> Row:
    investor = lead.investor
    name = country = None
    if investor:
        name = str(INDIVIDUAL) if investor.is_person else investor.name
        country = investor.country.name if investor.country else None
    return Row((
        Cell(str(number)), Cell(name), Cell(country), _joined(lead.calls), _joined(lead.leads),
        Cell(lead.expected_usd, QUANTITY), _joined(lead.sections), _joined(lead.objectives), _joined(lead.places),
        Cell(lead.land_m2, QUANTITY), Cell(None), Cell(None)))


def _joined(words: tuple[str, ...]) -> Cell:
    return Cell(JOINT.join(words) or None)
