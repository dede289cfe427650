"""A day at the officers' desk in a real browser, as docs/officers.md tells it: chapter by chapter, in Vietnamese, with
the two-person rule and a second factor. An officer enters; a second person, in a browser of his own, publishes."""

import io
import json
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from registry.models import ImportBatch, Investor, Project
from registry.vocabulary.publication import Publication
from registry.vocabulary.role import Role
from tests import build
from tests.admin.person import Person, a_person, at_the_desk
from tests.admin.phone import code_of
from tests.admin.test_browser import WIDTHS, capital_everywhere, read
from tests.pages.conftest import site

__all__ = ["site"]


@dataclass
class Office:
    """``lan`` enters, ``minh`` publishes and may enter too."""

    lan: Person
    minh: Person


@pytest.fixture(params=WIDTHS)
def width(request) -> int:
    return WIDTHS[request.param]


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
    row.get_by_role("link", name=re.compile(rf"\b{noun}$")).click()
    person.page.wait_for_load_state()
    return person


def publishes(person: Person, noun: str, code: str, reason: str = "đã đối chiếu với bản chụp") -> Person:
    """What waits for review, opened from the desk."""
    waiting(person, "Chờ duyệt", noun).follows(code).follows("Công bố")
    return person.fills({"Lý do": reason}).presses("Công bố").reads(f"Đã công bố {code}")


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
