"""What each figure means, said once: on the page about the data, and in the schema of the API by the names of JSON."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Definition:
    """A term and what it means; ``fields`` are the names in JSON whose figure it is."""

    term: str
    text: str
    fields: tuple[str, ...] = ()


DEFINITIONS = (
    Definition(
        _("Vốn đăng ký"),
        _("Tổng các bút toán cấp mới, số dư đầu kỳ, điều chỉnh tăng và điều chỉnh giảm, kể cả bút toán đảo. Không ai "
          "gõ tổng số: tổng luôn được tính."),
        ("registered_usd",),
    ),
    Definition(
        _("Trên giấy chứng nhận"),
        _("Phần vốn đăng ký dựa trên giấy chứng nhận hoặc quyết định, không phải trên báo chí."),
        ("confirmed_usd",),
    ),
    Definition(
        _("Số dư đầu kỳ"),
        _("Tổng vốn như in, khi chưa biết các bước trước đó. Có trong tổng số, không có trong số của một thời kỳ; khi"
          " có giấy chứng nhận, nó nhường chỗ cho các bước thật."),
    ),
    Definition(
        _("Vốn dự kiến"),
        _("Kế hoạch và bản ghi nhớ đã được ghi nhận mà chưa nằm trong vốn đăng ký. Không cộng vào tổng nào."),
        ("intended_usd",),
    ),
    Definition(
        _("Vốn thực hiện"),
        _("Vốn đã đưa vào theo báo cáo quý của doanh nghiệp; có thể âm, vì khoản vay đã trừ phần trả nợ."),
        ("realised_usd",),
    ),
    Definition(
        _("Góp vốn, mua cổ phần"),
        _("Thuộc số của một thời kỳ, không thuộc vốn đăng ký của dự án. Xếp theo nước của bên mua nếu biết, nếu không"
          " thì theo nhà đầu tư chính."),
        ("share_purchase_usd",),
    ),
    Definition(
        _("Dự án được tính"),
        _("Từ ngày bút toán cấp mới hoặc số dư đầu kỳ được tính, đến hết ngày trước ngày chấm dứt, bị thu hồi giấy "
          "chứng nhận hoặc hết hạn. Ngừng hoạt động không làm dự án thôi được tính."),
        ("projects",),
    ),
    Definition(
        _("Tính đến ngày"),
        _("Tổng của mọi bút toán tính đến hết ngày ấy, theo giờ Việt Nam."),
        ("as_of",),
    ),
    Definition(
        _("Theo số liệu đã ghi nhận đến ngày"),
        _("Câu trả lời mà sổ đăng ký đã cho vào ngày ấy, trước những gì ghi nhận sau này."),
        ("known_on",),
    ),
    Definition(
        _("Ngày không chính xác"),
        _("“Cuối tháng 10/2023” được giữ nguyên, với ngày sớm nhất và muộn nhất có thể; được tính từ ngày muộn nhất, "
          "nhưng không muộn hơn ngày ghi nhận."),
    ),
    Definition(
        _("Ngày không ai nêu"),
        _("Được để trống. Bút toán được tính từ ngày nguồn công bố, nếu không rõ thì từ ngày ghi nhận; khi xếp theo "
          "năm, nó đứng ở dòng “nguồn không nêu”."),
    ),
    Definition(
        _("Nhà đầu tư chính; theo tỷ lệ góp vốn"),
        _("Một liên doanh được tính một lần, dưới nhà đầu tư nước ngoài chính. Cách thứ hai chia vốn theo tỷ lệ góp "
          "vốn, và khi đó có cả Việt Nam."),
    ),
    Definition(
        _("Nước đăng ký; nước của công ty mẹ"),
        _("Thống kê dùng nước đăng ký của nhà đầu tư, để trống khi các nguồn im lặng hoặc mâu thuẫn. Nước của công ty"
          " mẹ cao nhất đứng bên cạnh, và bạn có thể chọn."),
    ),
    Definition(
        _("Số của một thời kỳ"),
        _("Dự án cấp mới, lượt điều chỉnh, lượt góp vốn và số vốn của chúng, theo ngày quyết định. Bút toán đảo, và "
          "bút toán đã bị đảo, không được đếm."),
    ),
    Definition(
        _("Cấp mới"),
        _("Của một thời kỳ: số dự án có bút toán cấp mới quyết định trong kỳ, và số vốn của các bút toán ấy."),
        ("new_projects", "new_usd"),
    ),
    Definition(
        _("Điều chỉnh"),
        _("Của một thời kỳ: số lượt tăng và giảm vốn quyết định trong kỳ, đếm theo lượt chứ không theo dự án, và tổng"
          " có dấu của chúng."),
        ("adjusted_times", "adjusted_usd"),
    ),
    Definition(
        _("Lượt góp vốn, mua cổ phần"),
        _("Của một thời kỳ: số lần góp vốn, mua cổ phần quyết định trong kỳ."),
        ("share_purchase_times",),
    ),
    Definition(
        _("Tổng vốn của một thời kỳ"),
        _("Vốn cấp mới, vốn điều chỉnh và góp vốn, mua cổ phần của kỳ, cộng lại."),
        ("total_usd",),
    ),
    Definition(
        _("Mức bao phủ"),
        _("Con số của sổ đăng ký so với con số nguồn nêu, cùng phạm vi và cùng ngày. Trên 100 % là cảnh báo."),
        ("percent",),
    ),
    Definition(
        _("Cập nhật lúc"),
        _("Lúc bản ghi, hoặc điều gì thuộc về nó, thay đổi lần cuối trong sổ đăng ký; không phải ngày của sự việc."),
        ("updated_at",),
    ),
    Definition(
        _("Ghi nhận lúc"),
        _("Lúc sổ đăng ký biết đến bút toán. Không bao giờ thay đổi về sau."),
        ("recorded_at",),
    ),
    Definition(
        _("Số dòng"),
        _("Số bản ghi của cả danh sách với các bộ lọc đang dùng, không chỉ của trang này."),
        ("count",),
    ),
)

DEFINED: Mapping[str, Definition] = {name: each for each in DEFINITIONS for name in each.fields}
