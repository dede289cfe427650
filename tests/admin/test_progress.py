"""How far a large file is, told line by line in the answer to the form that sent it."""

import json
import threading
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from registry.admin.address import address_of
from registry.admin.progress import LINES, THREAD
from registry.models import Act, ImportBatch, Project, RowProblem
from tests import build
from tests.admin.clerk import Form, words_of
from tests.exchange.officers_list import row, sheet_of

# The work has a connection of its own.
pytestmark = pytest.mark.usefixtures("committed", "var")

UPLOAD = reverse("admin:registry_importbatch_upload")


@pytest.fixture
def var(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def a_list(count: int, **changes) -> bytes:
    """So many projects of one investor and one enterprise."""
    return sheet_of([row(c1=f"Dự án số {n}", c2="Công ty Hai", c3="Nhật Bản", c4=str(n), **changes)
                     for n in range(1, count + 1)])


def sent(clerk, url: str, fields: dict):
    return clerk.client.post(url, fields, headers={"Accept": LINES})


def lines_of(answer) -> list[dict]:
    assert answer["Content-Type"] == LINES
    return [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]


def steps(lines: list[dict]) -> list[tuple]:
    return [(line["step"], line["done"], line["of"]) for line in lines if "step" in line]


def uploaded(clerk, data: bytes) -> list[dict]:
    return lines_of(sent(clerk, UPLOAD, {"table": "projects", "file": SimpleUploadedFile("danh-muc.xlsx", data)}))


LOOKED = [("Đọc tệp", 0, 0), ("Tìm các bản ghi mà tệp nói đến", 0, 0),
          *(("So từng dòng với sổ đăng ký", done, 250) for done in (0, 100, 200, 250))]


def test_a_large_file_is_looked_at_and_applied_step_by_step(clerk):
    lines = uploaded(clerk, a_list(250))
    assert steps(lines) == LOOKED
    page, at = lines[-1]["page"], lines[-1]["at"]
    assert at.startswith("/admin/registry/importbatch/preview/") and unquote(at).endswith("name=danh-muc.xlsx")
    assert "nhập mới: 250" in page and not ImportBatch.objects.exists()

    lines = lines_of(sent(clerk, at, Form(page, "apply-form").fields))
    made = ImportBatch.objects.get()
    assert steps(lines) == [*LOOKED, ("Ghi các dòng và bản ghi mới", 250, 250)]
    said = f"Đã ghi lô {made.code}, chờ duyệt. Công chúng chưa thấy gì."
    assert lines[-1] == {"to": address_of(made), "said": said}
    assert "Lô chờ duyệt. Công chúng chưa thấy gì." in words_of(clerk.client.get(address_of(made)))
    assert Project.objects.count() == 250

    again = lines_of(sent(clerk, at, Form(page, "apply-form").fields))
    assert (again, ImportBatch.objects.count()) == ([{"to": address_of(made), "said": "Việc này đã được ghi."}], 1)


def test_errors_come_as_the_page_that_shows_them(clerk):
    lines = uploaded(clerk, a_list(2, c7="abc"))
    assert "Sheet!H3" in lines[-1]["page"] and RowProblem.objects.count() == 2
    lines = uploaded(clerk, b"")
    assert "cả tệp" in lines[-1]["page"]
    assert lines_of(sent(clerk, UPLOAD, {"table": "nonsense"}))[-1]["at"] == UPLOAD


def test_a_file_that_is_not_kept_any_more_is_asked_for_again(clerk):
    url = reverse("admin:registry_importbatch_preview", args=["0" * 64])
    last = lines_of(sent(clerk, url, {}))[-1]
    assert last["at"] == UPLOAD and "Hãy tải lên lại" in last["page"] and 'id="upload-form"' in last["page"]


def test_a_register_that_moved_on_is_told_and_what_was_typed_stays(clerk):
    last = uploaded(clerk, a_list(2))[-1]
    build.make_source()
    fields = Form(last["page"], "apply-form").fields | {"reason": ["theo danh mục quý III"]}
    again = lines_of(sent(clerk, last["at"], fields))[-1]
    assert "Hãy xem trước lại" in again["page"] and "theo danh mục quý III" in again["page"]
    assert not ImportBatch.objects.exists()


def test_who_goes_away_finds_the_whole_batch(clerk):
    last = uploaded(clerk, a_list(250))[-1]
    answer = sent(clerk, last["at"], Form(last["page"], "apply-form").fields)
    next(iter(answer.streaming_content))
    answer.close()
    for thread in threading.enumerate():
        if thread.name == THREAD:
            thread.join()
    assert (ImportBatch.objects.get().rows.count(), Project.objects.count()) == (250, 250)


def test_what_fails_is_told_and_writes_nothing(clerk, monkeypatch, caplog):
    def fail(*, act, preview, told):
        raise MemoryError

    last = uploaded(clerk, a_list(2))[-1]
    before = Act.objects.count()
    monkeypatch.setattr("registry.admin.imports.apply", fail)
    lines = lines_of(sent(clerk, last["at"], Form(last["page"], "apply-form").fields))
    assert lines[-1] == {"failed": True} and "Long work failed" in caplog.text
    assert (ImportBatch.objects.exists(), Act.objects.count()) == (False, before)
