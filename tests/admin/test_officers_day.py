"""A day at the officers' desk in a real browser, as docs/officers.md tells it: chapter by chapter, in Vietnamese, with
the two-person rule and a second factor. An officer enters; a second person, in a browser of his own, publishes."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import load_workbook

from registry.admin.address import address_of
from registry.models import Conflict, ImportBatch, Investor, Project
from registry.vocabulary.publication import Publication
from registry.vocabulary.role import Role
from registry.vocabulary.statement import ConflictState, Review
from tests import build
from tests.admin.person import Person, a_person, at_the_desk
from tests.admin.phone import code_of
from tests.admin.test_browser import WIDTHS, capital_everywhere
from tests.pages.conftest import site

__all__ = ["site"]


@dataclass
class Office:
    """``lan`` enters, ``minh`` publishes and may enter too."""

    lan: Person
    minh: Person


@pytest.fixture(params=["desk", pytest.param("phone", marks=pytest.mark.every_page)])
def width(request) -> int:
    return WIDTHS[request.param]


# The pages of these chapters are looked at on a phone by other tests.
at_a_desk_only = pytest.mark.parametrize("width", [WIDTHS["desk"]], ids=["desk"])


@pytest.fixture
def rules(settings, tmp_path):
    settings.SECOND_FACTOR, settings.TWO_PERSON_RULE, settings.VAR_DIR = "required", True, tmp_path


@pytest.fixture
def office(new_context, site, rules, width) -> Office:
    return Office(at_the_desk(new_context, site, "lan", Role.OFFICER, width=width),
                  at_the_desk(new_context, site, "minh", Role.OFFICER, Role.REVIEWER, width=width))


def waiting(person: Person, task: str, noun: str) -> Person:
    """From the desk to the list of what waits: the number beside the task."""
    person.goes("/admin/")
    row = person.page.locator("dl > div", has=person.page.get_by_text(task, exact=True))
    person.watched.leaves_by(row.get_by_role("link", name=re.compile(rf"\b{noun}$")))
    return person


def publishes(person: Person, noun: str, code: str, reason: str = "đã đối chiếu với bản chụp") -> Person:
    """What waits for review, opened from the desk."""
    waiting(person, "Chờ duyệt", noun).follows(code).follows("Công bố")
    return person.fills({"Lý do": reason}).presses("Công bố").reads(f"Đã công bố {code}")


@at_a_desk_only
def test_sign_in_with_a_second_factor(new_context, site, rules, width):
    """Đăng nhập."""
    lan = a_person(new_context, site, "lan", Role.OFFICER, width=width)
    lan.gives_password()
    assert "/second-factor/enrol/" in lan.page.url
    key = lan.reads("Từ nay, sau mật khẩu").looks().takes_a_phone()
    lan.looks().follows("Tôi đã cất các mã, tiếp tục")
    assert lan.page.url == f"{site}/admin/"
    lan.reads("Việc đang chờ").looks().signs_out()
    lan.goes("/admin/").looks()
    assert "/login/" in lan.page.url
    lan.signs_in(code_of(key, steps=1))
    assert lan.page.url == f"{site}/admin/"


def test_a_project_its_certificate_and_its_amendment(office):
    """Mở hồ sơ dự án; Ghi một giấy chứng nhận; Duyệt và công bố."""
    lan, minh = office.lan, office.minh
    lan.goes("/admin/").follows("Mở hồ sơ dự án mới").looks()
    lan.fills({"Tên": "SYN Nhà máy cảm biến", "Tên tiếng Anh": "SYN Sensor Plant"})
    lan.finds("Nhà đầu tư", "amkor", "Amkor").presses("Mở hồ sơ dự án mới")
    lan.reads("chờ người khác duyệt và công bố").looks()
    project = Project.objects.get(name="SYN Nhà máy cảm biến")
    assert project.publication == Publication.IN_REVIEW
    assert "Công bố" not in lan.page.locator(".tasks").first.inner_text()
    publishes(minh, "dự án", project.code).looks()

    lan.searches(project.code).follows("Ghi giấy chứng nhận").looks()
    lan.fills({"Loại": "cấp lần đầu", "Ngày cấp": "20/5/2024", "Mã số dự án": "SYN0000001",
               "Số tiền ghi sổ (USD)": "40 tỷ đồng"}).presses("Ghi giấy chứng nhận").reads("Chưa ghi gì cả").looks()
    assert lan.field("Ngày cấp").input_value() == "20/5/2024"
    lan.fills({"Số tiền ghi sổ (USD)": "40.000.000", "Tổng vốn đầu tư như in (USD)": "40.000.000"})
    lan.presses("Ghi giấy chứng nhận").reads(f"{project.code}-1", "chờ người khác duyệt", "Sổ vốn chưa đổi")
    assert registered(project) == "0.00"
    publishes(minh, "giấy chứng nhận đăng ký đầu tư", f"{project.code}-1")
    assert everywhere(lan, project) == {("40000000.00", "40000000.00")}

    lan.searches(project.code).follows("Ghi giấy chứng nhận")
    lan.fills({"Loại": "điều chỉnh", "Lần thứ": "1", "Ngày cấp": "21/10/2025", "Nội dung thay đổi": "giảm vốn đầu tư",
               "Số tiền ghi sổ (USD)": "-5.000.000", "Tổng vốn đầu tư như in (USD)": "35.000.000"})
    lan.presses("Ghi giấy chứng nhận").reads(f"{project.code}-2", "chờ người khác duyệt")
    assert everywhere(lan, project) == {("40000000.00", "40000000.00")}
    publishes(minh, "giấy chứng nhận đăng ký đầu tư", f"{project.code}-2")
    assert everywhere(lan, project) == {("35000000.00", "35000000.00")}


def everywhere(person: Person, project: Project) -> set[tuple[str, str]]:
    """What page, API, file and feed say of its registered and confirmed capital: one pair where they agree."""
    return set(capital_everywhere(person.watched, project.code).values())


def registered(project: Project) -> str:
    return str(project.entries.measures()["registered_usd"])


FIFTY = 50
WRONG = {"Vốn đăng ký (USD)": "mười triệu", "Quốc tịch": "Nước Không Có", "Ngày cấp lần đầu": "32/13/2024"}


def filled(template: Path, path: Path, *, mended: bool = True) -> tuple[Path, list[str]]:
    """The template with fifty projects below its example row; without ``mended`` three cells are wrong, which are
    named."""
    book = load_workbook(template)
    sheet = book.active
    places = {str(cell.value).removesuffix(" *"): cell.column for cell in sheet[1]}
    for number in range(1, FIFTY + 1):
        for heading, value in {
            "Tên": f"SYN Xưởng số {number:02}", "Mã số dự án": f"SYN1{number:06}", "Quốc tịch": "Hàn Quốc",
            "Nhà đầu tư": f"SYN Tập đoàn {number:02}", "Vốn đăng ký (USD)": 1_000_000 * number,
            "Ngày cấp lần đầu": "15/5/2024", "Tình trạng": "đang hoạt động",
        }.items():
            sheet.cell(number + 2, places[heading], value)
    cells = []
    for row, (heading, value) in enumerate(WRONG.items(), start=12):
        if not mended:
            cells.append(sheet.cell(row, places[heading], value))
    book.save(path)
    return path, [f"{sheet.title}!{cell.coordinate}" for cell in cells]


def uploads(person: Person, path: Path) -> Person:
    person.goes("/admin/").follows("Nhập dữ liệu từ tệp").fills({"Bảng": "dự án"})
    person.field("Tệp Excel (.xlsx) hoặc CSV").set_input_files(path)
    return person.presses("Xem trước")


def test_a_file_of_fifty_with_three_mistakes(office, tmp_path):
    """Nhập từ Excel."""
    lan, minh = office.lan, office.minh
    lan.goes("/admin/").follows("Nhập dữ liệu từ tệp").looks()
    with lan.page.expect_download() as download:
        lan.page.get_by_role("link", name="Dự án", exact=True).last.click()
    template = tmp_path / "template.xlsx"
    download.value.save_as(template)
    assert download.value.suggested_filename == "projects.xlsx"
    wrong, cells = filled(template, tmp_path / "SYN.xlsx", mended=False)
    uploads(lan, wrong).reads("Tệp còn lỗi nên chưa áp dụng được", "nhập mới: 47", "lỗi: 3", *cells).looks()
    assert lan.page.locator("#apply-form").count() == 0

    mended, _none = filled(template, tmp_path / "SYN.xlsx")
    lan.follows("Tải lên tệp đã sửa").field("Tệp Excel (.xlsx) hoặc CSV").set_input_files(mended)
    lan.presses("Xem trước").reads(f"nhập mới: {FIFTY}", "lỗi: 0", "SYN Xưởng số 50").looks()
    lan.presses("Áp dụng: ghi một lô chờ duyệt").reads("chờ duyệt", "Công chúng chưa thấy gì").looks()
    assert fifty(Publication.IN_REVIEW) == FIFTY

    lan.follows("Hoàn tác cả lô").fills({"Lý do": "nhập nhầm tệp"}).looks().presses("Hoàn tác cả lô")
    lan.reads("Đã hoàn tác lô")
    assert Project.objects.filter(name__startswith="SYN").count() == 0

    uploads(lan, mended).reads(f"nhập mới: {FIFTY}").presses("Áp dụng: ghi một lô chờ duyệt").reads("chờ duyệt")
    code = ImportBatch.objects.latest("pk").code
    assert "Công bố cả lô" not in lan.page.locator("main").inner_text()
    waiting(minh, "Chờ duyệt", "lô nhập dữ liệu").follows(code).looks()
    minh.follows("Công bố cả lô").presses("Công bố cả lô")
    minh.reads(f"Đã công bố lô {code}")
    assert fifty(Publication.PUBLISHED) == FIFTY
    one = Project.objects.get(name="SYN Xưởng số 07")
    assert everywhere(lan, one) == {("7000000.00", "0.00")}
    uploads(lan, mended).reads("nhập lại không thay đổi gì")


def fifty(publication: str) -> int:
    return Project.objects.filter(name__startswith="SYN", publication=publication).count()


def states(person: Person, source: str, value: str) -> Person:
    """A source says that Amkor's project has this number."""
    person.searches(source).follows("Ghi nội dung nguồn nêu")
    person.fills({"Loại đối tượng": "dự án", "Đối tượng như nguồn gọi": "Nhà máy Amkor", "Nội dung": "Mã số dự án",
                  "Loại": "nguồn nêu", "Giá trị": value, "Vị trí trong nguồn": "đoạn 3"})
    return person.finds("Dự án", "amkor", "Amkor").presses("Ghi nội dung nguồn nêu")


@at_a_desk_only
def test_two_sources_disagree(office):
    """Nguồn, nội dung nguồn nêu và mâu thuẫn."""
    lan = office.lan
    one, other = (build.make_source(name=f"SYN Bản tin {number}") for number in (1, 2))
    states(lan, one.code, "SYN0000007").reads("Đã ghi nội dung")
    states(lan, other.code, "SYN0000008").reads("Mâu thuẫn được đề xuất", "SYN0000007")
    conflict = Conflict.objects.get(state=ConflictState.OPEN)

    waiting(lan, "Mâu thuẫn chờ xem xét", "mâu thuẫn giữa các nguồn").looks()
    lan.watched.leaves_by(lan.page.locator("#result_list tbody th a").first)
    lan.reads("SYN0000007", "SYN0000008").looks().follows("Xác nhận mâu thuẫn").looks()
    lan.fills({"Nhận định": "chờ bản chụp giấy chứng nhận"}).presses("Xác nhận mâu thuẫn")
    lan.reads(f"Đã xác nhận mâu thuẫn số {conflict.code}")
    lan.goes("/projects/BN-000001/").reads("SYN0000007", "SYN0000008", "chờ bản chụp giấy chứng nhận")

    lan.goes(address_of(conflict)).follows("Giải quyết mâu thuẫn").looks().presses("Giải quyết mâu thuẫn")
    lan.reads("Chưa ghi gì").page.get_by_label(f"{one.code}: SYN0000007").check()
    lan.fills({"Căn cứ": "bản tin 2 chép nhầm, đã đính chính"}).presses("Giải quyết mâu thuẫn")
    lan.reads(f"Đã giải quyết mâu thuẫn số {conflict.code}")
    conflict.refresh_from_db()
    assert (conflict.state, conflict.version) == (ConflictState.RESOLVED, 3)
    assert [each.review for each in (conflict.first, conflict.second)] == [Review.OPEN, Review.REJECTED]


@at_a_desk_only
def test_a_new_certificate_in_one_form(office):
    """Ghi GCNĐKĐT của dự án mới."""
    lan, minh = office.lan, office.minh
    lan.goes("/admin/").follows("Ghi GCNĐKĐT mới").looks()
    lan.fills({"Mã số dự án": "SYN0000009", "Ngày cấp": "20/5/2024", "Tên": "SYN Nhà máy pin", "Hoặc tổ chức mới: tên":
               "Công ty TNHH SYN Pin", "Hoặc nhà đầu tư mới: tên": "SYN Battery",
               "Tổng vốn đầu tư như in (USD)": "90 triệu"})
    lan.finds("Cơ quan đăng ký đầu tư", "ban quan ly", "Ban Quản lý").presses("Ghi GCNĐKĐT mới")
    lan.reads("chờ người khác duyệt và công bố")
    project = Project.objects.get(name="SYN Nhà máy pin")
    publishes(minh, "giấy chứng nhận đăng ký đầu tư", f"{project.code}-1")
    assert everywhere(lan, project) == {("90000000.00", "90000000.00")}
    lan.goes(f"/projects/{project.code}/").reads("SYN Battery", "Công ty TNHH SYN Pin")


@at_a_desk_only
def test_a_duplicate_is_merged_and_an_old_state_restored(office):
    """Hồ sơ trùng; Lịch sử, hoàn tác, khôi phục."""
    lan = office.lan
    kept = build.make_investor(name="SYN Điện tử")
    gone = build.make_investor(name="Công ty TNHH SYN Điện tử", name_en="SYN Electronics")
    projects = [build.make_project(name=f"SYN Xưởng {number}", investors=[each])
                for number, each in enumerate((kept, kept, gone), start=1)]
    lan.goes("/admin/").follows("Nhà đầu tư có thể trùng").looks()
    lan.watched.leaves_by(lan.page.get_by_role("link", name=re.compile(f"Gộp .*{kept.code}.*{gone.code}")))
    lan.looks().page.get_by_label(f"SYN Electronics ({gone.code})").check()
    lan.fills({"Lý do": "cùng một công ty"}).presses("Gộp với hồ sơ trùng").reads(f"Đã gộp {gone.code}")
    kept.refresh_from_db()
    assert (kept.name, kept.name_en) == ("SYN Điện tử", "SYN Electronics")
    assert [stake.investor for stake in projects[2].current_stakes()] == [kept]
    answer = lan.page.request.get(f"{lan.watched.site}/investors/{gone.code}/", max_redirects=0)
    assert (answer.status, answer.headers["location"]) == (301, f"/investors/{kept.code}/")
    lan.goes(f"/investors/{gone.code}/").reads("SYN Điện tử")

    lan.goes("/admin/").searches(kept.code).fills({"Tên": "SYN Điện máy", "Lý do": "nhầm"}).presses("Lưu")
    assert Investor.objects.get(pk=kept.pk).name == "SYN Điện máy"
    lan.searches(kept.code).follows("Lịch sử").looks()
    lan.watched.leaves_by(lan.page.get_by_role("link", name="Khôi phục bản sau thay đổi này").first)
    lan.reads("SYN Điện máy", "SYN Điện tử").looks().fills({"Lý do khôi phục": "tên cũ mới đúng"}).presses("Khôi phục")
    lan.reads("Đã khôi phục")
    kept.refresh_from_db()
    assert (kept.name, kept.name_en) == ("SYN Điện tử", "SYN Electronics")


@at_a_desk_only
def test_two_officers_meet_and_nothing_typed_is_lost(office):
    """Hai người sửa cùng lúc."""
    lan, minh = office.lan, office.minh
    investor = build.make_investor(name="SYN Quang học", name_en="SYN Optics")
    for person in (lan, minh):
        person.searches(investor.code)
    minh.fills({"Tên": "SYN Quang điện", "Tên tiếng Anh": "SYN Optoelectronics", "Lý do": "theo công văn 12"})
    minh.presses("Lưu")
    lan.fills({"Tên": "SYN Quang học Bắc Ninh", "Tên bản ngữ": "광학", "Lý do": "theo giấy phép"})
    lan.presses("Lưu").reads("Hai bản", "Bản của bạn", "minh", "theo công văn 12", "SYN Quang điện").looks()
    typed = [lan.field(label).input_value() for label in ("Tên", "Tên tiếng Anh", "Tên bản ngữ", "Lý do")]
    assert typed == ["SYN Quang học Bắc Ninh", "SYN Optoelectronics", "광학", "theo giấy phép"]
    investor.refresh_from_db()
    assert (investor.name, investor.version) == ("SYN Quang điện", 2)
    lan.presses("Lưu")
    investor.refresh_from_db()
    assert (investor.name, investor.name_en, investor.name_native, investor.version) == (
        "SYN Quang học Bắc Ninh", "SYN Optoelectronics", "광학", 3)


def test_several_records_are_sent_and_published_at_once(office):
    """Duyệt và công bố: nhiều hồ sơ một lần."""
    lan, minh = office.lan, office.minh
    made = [build.make_investor(name=f"SYN Nhà đầu tư {number}", publication=Publication.DRAFT) for number in range(3)]
    lan.goes("/admin/registry/investor/?publication__exact=draft")
    for each in made:
        lan.page.get_by_label(f"Chọn {each.code}").check()
    lan.looks().presses("Gửi duyệt các hồ sơ đã chọn").reads(*(each.code for each in made)).looks()
    lan.presses("Gửi duyệt").reads("Gửi duyệt: đã ghi 3 hồ sơ")

    waiting(minh, "Chờ duyệt", "nhà đầu tư")
    for each in made:
        minh.page.get_by_label(f"Chọn {each.code}").check()
    minh.presses("Công bố các hồ sơ đã chọn")
    lan.searches(made[1].code).fills({"Tên": "SYN Tên khác"}).presses("Lưu")
    minh.fills({"Lý do": "đã xem"}).presses("Công bố").reads("1 trong 3 hồ sơ chưa ghi được", made[1].code).looks()
    minh.presses("Công bố").reads("Công bố: đã ghi 2 hồ sơ")
    assert [Investor.objects.get(pk=each.pk).is_public() for each in made] == [True, False, True]
