"""The form A.IV.1: foreign investment in the province, quarterly; its rows and columns as printed."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

NAME = "a-iv-1"
# The rules by which the form is counted; a frozen form keeps its own. By those before 2, capital that no dossier of a
# period states is 0, by 2 it is blank.
RULES = 2


class Unit(models.TextChoices):
    """What a row counts. The form prints dollars in millions."""

    USD = "USD", _("triệu USD")
    PROJECTS = "projects", pgettext_lazy("unit", "dự án")
    TIMES = "times", pgettext_lazy("unit", "lượt")
    PERSONS = "persons", pgettext_lazy("unit", "người")
    KWH = "kWh", "kWh"
    TONNES = "tonnes", pgettext_lazy("unit", "tấn")
    LITRES = "litres", pgettext_lazy("unit", "lít")
    CUBIC_METRES = "m3", "m³"
    NONE = "", "–"


COUNTED = (Unit.PROJECTS, Unit.TIMES, Unit.PERSONS)

class FormColumn(models.TextChoices):
    """The columns that hold a figure, by their number on the form."""

    QUARTER_BEFORE = "quarter_before", _("(4) quý báo cáo, năm trước")
    QUARTER = "quarter", _("(5) quý báo cáo")
    EXPECTED = "expected", _("(7) dự kiến cả năm")
    YEAR_BEFORE = "year_before", _("(8) lũy kế, năm trước")
    YEAR = "year", _("(9) lũy kế, năm báo cáo")


# Each quarter with the year so far that contains it.
WITHIN = {FormColumn.QUARTER_BEFORE: FormColumn.YEAR_BEFORE, FormColumn.QUARTER: FormColumn.YEAR}
# Rows of which a quarter may be more than the year so far: signed, or a stock.
MAY_FALL = ("realised", "realised_foreign", "received_adjusted_usd", "granted_adjusted_usd", "workers")


@dataclass(frozen=True)
class Line:
    """A row of the form. ``number`` is printed in its first column. ``key`` is empty for a heading, which has no
    figures; ``says`` tells what its figure is made of."""

    key: str
    number: str
    label: str
    unit: str = Unit.NONE
    says: str = ""


def _three_groups(key: str, of: dict[str, str]) -> tuple[Line, ...]:
    """The rows of dossiers received, and of what was granted."""
    return (
        Line("", "1", _("Cấp mới")),
        Line(f"{key}_new", "a", _("Số dự án"), Unit.PROJECTS, of["new"]),
        Line(f"{key}_new_usd", "b", _("Vốn đăng ký"), Unit.USD, of["new_usd"]),
        Line("", "2", _("Điều chỉnh vốn")),
        Line(f"{key}_adjusted", "a", _("Số lượt điều chỉnh"), Unit.TIMES, of["adjusted"]),
        Line(f"{key}_adjusted_usd", "b", _("Vốn tăng hoặc giảm"), Unit.USD, of["adjusted_usd"]),
        Line("", "3", _("Góp vốn, mua cổ phần, mua phần vốn góp")),
        Line(f"{key}_bought", "a", _("Số lượt"), Unit.TIMES, of["bought"]),
        Line(f"{key}_bought_usd", "b", _("Giá trị theo vốn điều lệ"), Unit.USD, of["bought_usd"]),
        Line(f"{key}_bought_price_usd", "c", _("Giá trị giao dịch dự kiến"), Unit.USD, of["bought_price_usd"]),
    )


_REPORTS = _("tổng các báo cáo quý (A.III.1) đã tiếp nhận")
_NOT_KEPT = _("sổ đăng ký chưa thu thập")

LINES = (
    Line("", "I", _("Tình hình hoạt động")),
    Line("realised", "1", _("Vốn thực hiện"), Unit.USD, _("bút toán vốn thực hiện trong kỳ")),
    Line("realised_foreign", "", _("trong đó, từ nước ngoài"), Unit.USD, _REPORTS),
    Line("revenue", "2", _("Doanh thu"), Unit.USD, _REPORTS),
    Line("export", "3", _("Xuất khẩu"), Unit.USD, _REPORTS),
    Line("import", "4", _("Nhập khẩu"), Unit.USD, _REPORTS),
    Line("workers", "5", _("Lao động"), Unit.PERSONS, _("lao động cuối quý báo cáo, không cộng các quý")),
    Line("taxes", "6", _("Nộp ngân sách"), Unit.USD, _REPORTS),
    Line("", "7", _("Năng lượng")),
    Line("electricity", "a", _("Điện"), Unit.KWH, _REPORTS),
    Line("coal", "b", _("Than"), Unit.TONNES, _REPORTS),
    Line("oil", "c", _("Dầu"), Unit.LITRES, _REPORTS),
    Line("gas", "d", _("Khí LNG"), Unit.CUBIC_METRES, _REPORTS),
    Line("energy_other", "e", _("Khác"), Unit.NONE, _("báo cáo ghi bằng lời, không cộng được")),
    Line("", "II", _("Tiếp nhận hồ sơ")),
    *_three_groups("received", {
        "new": _("hồ sơ cấp lần đầu theo ngày tiếp nhận"),
        "new_usd": _("vốn trên giấy đã cấp, nếu không thì vốn hồ sơ đề nghị; hồ sơ không nêu vốn không cộng"),
        "adjusted": _("hồ sơ đổi vốn, theo ngày tiếp nhận; hồ sơ điều chỉnh chờ kết quả hay bị từ chối mà không nêu "
                      "vốn thì không tính"),
        "adjusted_usd": _("vốn tăng trừ vốn giảm, trên giấy đã cấp, nếu không thì hồ sơ đề nghị"),
        "bought": _NOT_KEPT, "bought_usd": _NOT_KEPT, "bought_price_usd": _NOT_KEPT,
    }),
    Line("", "III", _("Cấp đăng ký đầu tư")),
    *_three_groups("granted", {
        "new": _("bút toán cấp mới quyết định trong kỳ, trừ bút toán đã bị đảo"),
        "new_usd": _("số tiền cấp mới trong kỳ, kể cả bút toán đảo"),
        "adjusted": _("lượt điều chỉnh tăng, giảm trong kỳ; không kể lần giảm về 0 của dự án chấm dứt"),
        "adjusted_usd": _("vốn tăng trừ vốn giảm; không kể lần giảm về 0 của dự án chấm dứt"),
        "bought": _("lượt góp vốn, mua cổ phần quyết định trong kỳ"),
        "bought_usd": _("giá trị theo vốn điều lệ"),
        "bought_price_usd": _("giá trị giao dịch dự kiến, nơi có ghi"),
    }),
    Line("", "IV", _("Ngừng và chấm dứt hoạt động")),
    Line("", "1", _("Ngừng hoạt động")),
    Line("suspended", "a", _("Số dự án"), Unit.PROJECTS, _("dự án có giấy ghi ngừng hoạt động trong kỳ")),
    Line("suspended_usd", "b", _("Vốn đăng ký"), Unit.USD, _("vốn đăng ký của các dự án ấy vào ngày cuối kỳ")),
    Line("", "2", _("Chấm dứt hoạt động")),
    Line("ended", "a", _("Số dự án"), Unit.PROJECTS, _("dự án chấm dứt, bị thu hồi hoặc hết hạn trong kỳ")),
    Line("ended_usd", "b", _("Vốn đăng ký"), Unit.USD, _("lần giảm về 0 khi dự án kết thúc, ghi số dương")),
)
BY_KEY = {line.key: line for line in LINES if line.key}


def _sections() -> dict[str, str]:
    section, found = "", {}
    for line in LINES:
        section = line.number if line.number.isupper() else section
        if line.key:
            found[line.key] = section
    return found


SECTION_OF = _sections()  # "II" for "received_new"


def _headings() -> dict[str, str]:
    """What each row stands under, empty where nothing between it and its section: "Cấp mới" for "received_new"."""
    under, found = "", {}
    for line in LINES:
        if not line.key:
            under = "" if line.number.isupper() else line.label
        else:
            under = "" if line.number.isdecimal() else under
            found[line.key] = under
    return found


HEADING_OF = _headings()


def called(key: str) -> str:
    """A row in full, in the reader's language: "II. Cấp mới: Số dự án"."""
    under = f"{HEADING_OF[key]}: " if HEADING_OF[key] else ""
    return f"{SECTION_OF[key]}. {under}{BY_KEY[key].label}"
