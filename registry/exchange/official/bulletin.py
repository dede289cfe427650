"""The zone board's bulletin as text in Vietnamese, ready to paste; each number knows what made it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from registry.statistics.bulletin import AMENDED, Bulletin, Large, Stretch
from registry.vocabulary.money import format_amount, format_short
from registry.vocabulary.period import Period, VagueDay

# (item, stretch) → the address of its rows.
Addressed = Callable[[str, Stretch], str]


@dataclass(frozen=True)
class Part:
    """Some words; ``url`` leads to the rows behind a number."""

    text: str
    url: str = ""


def paragraphs(bulletin: Bulletin, address: Addressed) -> list[list[Part]]:
    """One for each period, the largest projects, what is in force; that the month goes on, if it does, and the day of
    what was known, if one is asked for."""
    who = bulletin.registrar.name if bulletin.registrar else "toàn tỉnh"
    found = [list(_of_stretch(stretch, who, address)) for stretch in bulletin.stretches]
    if bulletin.largest:
        found.append([Part(f"Dự án lớn nhất trong tháng: {'; '.join(map(_large, bulletin.largest))}.")])
    found.append([Part(
        f"Đến hết ngày {bulletin.counted_to:%d/%m/%Y} có {_count(bulletin.in_force)} dự án FDI còn hiệu lực, tổng vốn "
        f"đăng ký {_short(bulletin.registered_usd)}.")])
    if bulletin.counted_to < bulletin.month.last:
        found.append([Part(f"{_month_of(bulletin.month)} chưa kết thúc: số liệu đến hết ngày "
                           f"{bulletin.counted_to:%d/%m/%Y}.")])
    if bulletin.known_on:
        found.append([Part(f"Theo số liệu đã ghi nhận đến hết ngày {bulletin.known_on:%d/%m/%Y}.")])
    return found


def _of_stretch(stretch: Stretch, who: str, address: Addressed) -> Iterator[Part]:
    told = stretch.told
    yield Part(f"{_opening(stretch, who)} cấp mới ")
    yield Part(f"{_count(told['new'].times)} dự án FDI", address("new", stretch))
    yield Part(", vốn đăng ký ")
    yield Part(_short(told["new"].usd), address("new", stretch))
    yield Part("; điều chỉnh ")
    yield Part(f"{_count(stretch.amended)} lượt", address(AMENDED, stretch))
    yield Part(" giấy chứng nhận, trong đó ")
    yield Part(_moved(told["up"].times, "lượt tăng vốn", told["up"].usd), address("up", stretch))
    yield Part(", ")
    yield Part(_moved(told["down"].times, "lượt giảm vốn", -told["down"].usd), address("down", stretch))
    yield Part("; ")
    yield Part(_moved(told["bought"].times, "lượt góp vốn, mua cổ phần, giá trị", told["bought"].usd),
               address("bought", stretch))
    yield Part("; ")
    yield Part(f"{_count(told['ended'].times)} dự án chấm dứt hoạt động", address("ended", stretch))
    yield Part(", vốn đăng ký ")
    yield Part(_short(-told["ended"].usd), address("ended", stretch))
    yield Part(".")


def _moved(times: int, what: str, usd: Decimal) -> str:
    """Below zero stands only what undoes more of an earlier period than this one has."""
    if usd >= 0:
        return f"{_count(times)} {what} {_short(usd)}"
    return f"{_count(times)} {what.removesuffix(', giá trị')} (sau khi trừ phần hủy của kỳ trước: -{_short(-usd)})"


def _opening(stretch: Stretch, who: str) -> str:
    days = stretch.period
    said = VagueDay(days.start, days.last).label
    month = VagueDay(days.last.replace(day=1), days.last).label
    if stretch.name == "month":
        return f"{_month_of(days)}, {who}"
    if stretch.name == "year":
        return f"Lũy kế từ đầu năm {days.start.year} đến hết {month}, {who}"
    if said.startswith("quý"):
        return f"Q{said[1:]}, {who}"
    return f"Từ đầu quý đến hết {month}, {who}"


def _month_of(days: Period) -> str:
    month = VagueDay(days.start, days.last).label
    return f"{month[:1].upper()}{month[1:]}"


def _large(large: Large) -> str:
    project = large.project
    where = ", ".join(each.name for each in (project.enterprise, project.zone) if each)
    what = "cấp mới" if large.is_new else "tăng thêm"
    return f"{project.name}{f' ({where})' if where else ''}, {what} {_short(large.usd)}"


def _count(number: int) -> str:
    return format_amount(Decimal(number), "", "vi").strip()


def _short(usd: Decimal) -> str:
    return format_short(usd + 0, "USD", "vi") if usd else "0 USD"
