"""Why a file is refused whole: the code for programs, what is wrong and the way out for people."""

from django.utils.translation import gettext_lazy as _

from registry.vocabulary.errors import RuleBroken


class WorkbookRefused(RuleBroken):
    """A file that cannot be read whole. ``word`` is one of ``REASONS``; nothing of the file is taken."""

    def __init__(self, word: str, **params):
        super().__init__(**params)
        self.code = word
        self.message = REASONS[word]


REASONS = {
    "file-empty": _("Tệp rỗng. Hãy chọn lại tệp, hoặc tải tệp mẫu và điền vào."),
    "file-too-large": _("Tệp nặng %(size)s MB, nhiều nhất là %(most)s MB. Hãy bỏ hình ảnh, hoặc chia thành nhiều tệp."),
    "not-a-workbook": _("Tệp không phải Excel .xlsx hay CSV. Hãy mở tệp trong Excel rồi lưu lại dạng "
                        "“Excel Workbook (.xlsx)”."),
    "old-excel": _("Tệp ở dạng Excel cũ (.xls). Hãy mở trong Excel rồi lưu lại dạng “Excel Workbook (.xlsx)”; "
                   "đổi đuôi tệp thì không đủ."),
    "encrypted": _("Tệp có mật khẩu. Hãy bỏ mật khẩu (Tệp → Thông tin → Bảo vệ sổ làm việc) rồi tải lên lại."),
    "damaged": _("Tệp hỏng hoặc chưa tải đủ (%(what)s). Hãy mở trong Excel, lưu lại dạng .xlsx rồi tải lên lại."),
    "has-macros": _("Tệp có macro. Hãy lưu lại dạng “Excel Workbook (.xlsx)”, không có macro, rồi tải lên lại."),
    "has-dtd": _("Tệp chứa khai báo DTD hoặc thực thể XML (%(what)s), Excel không bao giờ ghi như vậy. Hãy chép dữ "
                 "liệu sang một tệp Excel mới."),
    "unpacks-too-large": _("Tệp khi giải nén lớn hơn %(most)s MB. Hãy chia dữ liệu thành nhiều tệp nhỏ hơn."),
    "too-many-parts": _("Tệp gồm quá nhiều thành phần (nhiều nhất %(most)s). Hãy chép dữ liệu sang một tệp Excel mới."),
    "too-many-columns": _("Trang tính có dữ liệu đến cột thứ %(count)s, nhiều nhất là %(most)s cột. "
                          "Hãy xóa các cột thừa ở bên phải."),
    "too-many-rows": _("Trang tính có hơn %(most)s dòng. Hãy chia dữ liệu thành nhiều tệp."),
    "too-many-cells": _("Trang tính có quá nhiều ô (nhiều nhất %(most)s). Hãy chia dữ liệu thành nhiều tệp."),
    "too-much-text": _("Các ô chứa quá nhiều chữ (hơn %(most)s MB). Hãy chia dữ liệu thành nhiều tệp."),
    "has-nul": _("Tệp chứa ký tự NUL (%(what)s), không có trong văn bản thật. Hãy mở trong Excel rồi lưu lại."),
    "not-utf-8": _("Tệp CSV không ở bảng mã UTF-8 (dòng %(line)s). Hãy lưu lại dạng “CSV UTF-8”, hoặc dùng .xlsx."),
    "utf-16": _("Tệp ở bảng mã UTF-16 (“Unicode Text” của Excel). Hãy lưu lại dạng “CSV UTF-8”, hoặc dùng .xlsx."),
    "csv-broken": _("Không đọc được tệp CSV ở dòng %(line)s. Hãy kiểm tra dấu nháy kép, hoặc lưu lại dạng .xlsx."),
    "several-sheets": _("Tệp có nhiều trang tính có dữ liệu: %(sheets)s. Hãy để lại một trang, hoặc ẩn các trang "
                        "khác."),
    "no-sheet": _("Tệp không có trang tính nào có dữ liệu. Hãy điền vào trang đầu của tệp mẫu."),
}
