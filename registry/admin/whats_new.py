"""What is new at the officers' door, written by hand: the latest first."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


@dataclass(frozen=True)
class News:
    """What officers can do since a day."""

    day: date
    words: tuple[str, ...]


NEWS = (
    News(date(2026, 11, 27), (
        gettext_lazy("Biểu A.IV.1, biểu A.IV.4 và bản tin cấp giấy chứng nhận tự tính từ sổ đăng ký: nút ở bàn làm "
                     "việc; tải Excel theo mẫu, in khổ A4."),
        gettext_lazy("Tải về: mỗi danh sách, sau khi lọc và tìm, tải được thành CSV, Excel, JSON, kể cả bản nháp và hồ "
                     "sơ chờ duyệt."),
        gettext_lazy("Danh sách dự án có thêm tệp theo mã số dự án, để gõ vào hệ thống thông tin quốc gia về đầu tư."),
        gettext_lazy("“Lưu và mở hồ sơ tiếp theo” đi hết danh sách đang lọc. Danh sách nhớ bộ lọc sau cùng; bấm “Bỏ "
                     "lọc” để xem tất cả."),
        gettext_lazy("Hồ sơ có thể trùng: bấm “Không trùng” thì cặp ấy không được đề xuất nữa."),
        gettext_lazy("Bản in của dự án: một trang gồm giấy chứng nhận, sổ vốn, mốc tiến độ và lịch sử."),
        gettext_lazy("Phím / đưa con trỏ vào ô tìm kiếm, phím ? mở danh sách phím tắt."),
    )),
    News(date(2026, 11, 26), (
        gettext_lazy("Nhập dữ liệu từ tệp Excel hoặc CSV: xem trước từng dòng, duyệt và hoàn tác cả lô."),
        gettext_lazy("Gộp hồ sơ trùng, hoàn tác việc gộp, khôi phục bản cũ của một hồ sơ."),
        gettext_lazy("Gửi duyệt, trả lại, công bố qua người thứ hai; xác thực hai lớp khi đăng nhập."),
        gettext_lazy("Báo sai sót của công chúng có hạn trả lời và kết luận công khai."),
    )),
)


def newest() -> date:
    return NEWS[0].day


def whats_new(site, request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "admin/registry/whats_new.html", {
        **site.each_context(request), "title": _("Có gì mới"), "news": NEWS,
    })
