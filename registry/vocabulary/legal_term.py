"""What each noun is in law or in the register's own practice: the line under the title of its form."""

from django.utils.translation import gettext_lazy as _

LEGAL_TERM = {
    "project": _("Dự án đầu tư: mỗi dự án có giấy chứng nhận đăng ký đầu tư riêng. Doanh nghiệp không phải là dự án: "
                 "một doanh nghiệp có thể thực hiện nhiều dự án."),
    "investor": _("Nhà đầu tư: tổ chức hoặc cá nhân bỏ vốn thực hiện dự án. Nước đăng ký là của chính nhà đầu tư ghi "
                  "trên giấy chứng nhận, không phải của tập đoàn mẹ."),
    "enterprise": _("Tổ chức kinh tế thực hiện dự án: doanh nghiệp đứng tên dự án, có giấy chứng nhận đăng ký doanh "
                    "nghiệp và mã số thuế riêng."),
    "certificate": _("Giấy chứng nhận đăng ký đầu tư (GCNĐKĐT): cấp lần đầu, rồi điều chỉnh lần thứ 1, 2, 3 … Phần "
                     "lớn các lần điều chỉnh không đổi vốn."),
    "capital-entry": _("Bút toán của sổ vốn: một lần vốn đăng ký, vốn thực hiện hoặc vốn góp thay đổi. Đã ghi thì "
                       "không sửa; sai thì ghi bút toán đảo."),
    "milestone": _("Mốc tiến độ thực hiện dự án: khởi công, hoàn công, sản xuất thử, khánh thành; kế hoạch hoặc thực "
                   "tế."),
    "source": _("Nguồn: văn bản mà số liệu của sổ dựa vào, như giấy chứng nhận, quyết định, báo cáo, thông báo, bài "
                "báo."),
    "statement": _("Nội dung nguồn nêu: điều một nguồn viết về một đối tượng, chép như nguồn viết. Không thay cho "
                   "giấy chứng nhận."),
    "conflict": _("Mâu thuẫn giữa các nguồn: hai nguồn nêu hai giá trị khác nhau về cùng một điều, hoặc lũy kế công ty "
                  "báo cáo khác sổ vốn. Cả hai được giữ."),
    "correction": _("Báo sai sót: ý kiến của người đọc về một trang công khai, có hạn trả lời và kết luận công khai."),
    "zone": _("Khu công nghiệp, cụm công nghiệp hoặc khu công nghệ thông tin tập trung, hay phân khu, giai đoạn của "
              "khu ấy."),
    "zone-observation": _("Số liệu quan sát về khu: một giá trị, của một ngày, theo một nguồn. Nguồn khác nêu số khác "
                          "thì ghi thành dòng khác."),
    "place": _("Đơn vị hành chính dưới một tên và một cấp, có ngày bắt đầu và ngày hết hiệu lực. Văn bản cũ giữ tên "
               "cũ."),
    "sector": _("Ngành kinh tế theo Hệ thống ngành kinh tế Việt Nam (VSIC): một mã chỉ có nghĩa cùng phiên bản của "
                "nó."),
    "country": _("Quốc gia, vùng lãnh thổ theo ISO 3166-1."),
    "registrar": _("Cơ quan đăng ký đầu tư: nơi cấp giấy chứng nhận; ban quản lý các khu công nghiệp ở trong khu, Sở "
                   "Tài chính ở ngoài khu."),
    "policy": _("Chính sách: văn bản về ưu đãi, hỗ trợ hoặc định hướng đầu tư."),
    "engagement": _("Hoạt động xúc tiến: buổi làm việc, chuyến thăm, lễ hoặc cuộc kiểm tra."),
    "opportunity": _("Cơ hội: dự án kêu gọi đầu tư, hoặc nhà đầu tư đang quan tâm. Chưa phải là dự án, chưa có vốn "
                     "đăng ký."),
    "operating-report": _("Báo cáo quý của tổ chức kinh tế thực hiện dự án (mẫu A.III.1): vốn thực hiện và kết quả "
                          "hoạt động trong quý. Tiếp nhận báo cáo thì sổ vốn mới ghi vốn thực hiện."),
    "import-batch": _("Lô nhập dữ liệu: một tệp được nhập, duyệt và hoàn tác cùng một lúc."),
    "distinct-pair": _("Cặp không trùng: hai hồ sơ giống tên mà cán bộ đã xem và thấy là hai."),
    "form-figure": _("Số nhập tay của biểu A.IV.1: dự kiến cả năm, hoặc số cán bộ sửa so với số sổ đăng ký tính được."),
    "partner": _("Đối tác khai thác API: cơ quan, tổ chức đọc dữ liệu của sổ bằng chương trình, có khóa và hạn mức "
                 "riêng."),
    "api-key": _("Khóa API: một người đề nghị, người khác duyệt; phần bí mật hiện một lần cho người không duyệt."),
    "published-figure": _("Số liệu công bố: một bảng thống kê đã chốt đúng như khi công bố, kèm tham số, số hiệu thay "
                          "đổi và mã kiểm. Không sửa được; bảng khác đi thì chốt bảng mới thay cho nó."),
}
