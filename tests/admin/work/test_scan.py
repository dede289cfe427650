"""Scans: attached to a source, for the staff alone."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from registry.actions.record import touch
from registry.admin.address import address_of
from registry.exchange import scans, uploads
from tests import build
from tests.unchanged import everything

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 SYN"


@pytest.fixture(autouse=True)
def var(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(scans, "MOST_BYTES", 1024)
    return tmp_path


def attach(officer, source, data: bytes, name: str = "ban-chup.pdf"):
    page = officer.open(source, "scan")
    assert 'enctype="multipart/form-data"' in page.html
    return officer.client.post(page.path, page.typed | {"file": SimpleUploadedFile(name, data)})


def test_it_comes_back_as_it_was_and_only_to_the_staff(officer, client, var):
    source = build.make_source()
    assert attach(officer, source, PDF).status_code == 302

    source.refresh_from_db()
    assert (source.file_name, source.file_sha256) == ("ban-chup.pdf", hashlib.sha256(PDF).hexdigest())
    answer = officer.client.get(address_of(source, "file"))
    assert b"".join(answer.streaming_content) == PDF
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (
        "application/pdf", 'attachment; filename="ban-chup.pdf"')
    assert "ban-chup.pdf" in officer.client.get(address_of(source)).content.decode()
    kept = next(path for path in (var / "scans").rglob("*") if path.is_file())
    assert kept.stat().st_mode & 0o077 == 0

    officer.client.logout()
    assert officer.client.get(address_of(source, "file")).status_code == 302
    assert b"ban-chup" not in officer.client.get(f"/api/v1/sources/{source.code}/").content
    assert b"ban-chup" not in officer.client.get(f"/sources/{source.code}/").content


@pytest.mark.parametrize(("data", "message"), [
    (b"<html>", "không phải PDF"), (b"MZ\x90", "không phải PDF"), (PDF + bytes(1024), "Hãy quét lại"),
], ids=["html", "exe", "large"])
def test_what_is_no_scan_is_refused_and_nothing_is_written(officer, var, data, message):
    source = build.make_source()
    before = everything()
    answer = attach(officer, source, data)
    assert message in answer.content.decode()
    assert everything() == before
    assert not (var / "scans").exists()


def test_none_is_404_and_one_that_is_gone_or_was_changed_says_so(officer, var):
    source = build.make_source()
    assert officer.client.get(address_of(source, "file")).status_code == 404
    attach(officer, source, PDF)
    kept = next(path for path in (var / "scans").rglob("*") if path.is_file())
    kept.write_bytes(b"%PDF-1.7 khac")
    answer = officer.client.get(address_of(source, "file"), follow=True)
    assert "Không còn tệp đính kèm này" in answer.content.decode()


def conflicted(officer, source, data: bytes = PDF):
    """The page that another officer's change sends back, with the file that was chosen before it."""
    page = officer.open(source, "scan")
    with build.act(by="minh", reason="việc khác") as act:
        touch(act=act, record=type(source).objects.get(pk=source.pk))
    return officer.send(page, file=SimpleUploadedFile("ban-chup.pdf", data))


def test_a_file_is_chosen_once_though_the_form_is_sent_again(officer, var):
    source = build.make_source()
    page = conflicted(officer, source)
    assert "vừa được người khác thay đổi" in page.errors[""] and "file" not in page.errors
    assert "Tệp “ban-chup.pdf” đã chọn được giữ lại" in page.words
    assert officer.send(page).path == address_of(source)
    source.refresh_from_db()
    assert (source.file_name, scans.kept(source.file_sha256)) == ("ban-chup.pdf", PDF)
    assert list((var / "uploads").iterdir()) == []


def test_another_file_may_be_chosen_instead(officer):
    source = build.make_source()
    page = conflicted(officer, source)
    officer.send(page, file=SimpleUploadedFile("ban-moi.pdf", PDF + b" 2"))
    source.refresh_from_db()
    assert (source.file_name, scans.kept(source.file_sha256)) == ("ban-moi.pdf", PDF + b" 2")


def test_a_file_that_is_not_kept_any_more_is_asked_for_again(officer, var):
    source = build.make_source()
    page = conflicted(officer, source)
    for path in (var / "uploads").iterdir():
        path.unlink()
    before = everything()
    again = officer.send(page)
    assert "Hãy tải lên lại" in again.errors["file"] and "được giữ lại" not in again.words
    assert (again.typed["kept"], everything()) == ("", before)


def test_only_a_scan_is_taken_from_what_waits_at_the_server(officer, var):
    source = build.make_source()
    workbook = uploads.keep(b"PK\x03\x04", now=timezone.now())
    page = officer.open(source, "scan")
    again = officer.send(page, kept=workbook, kept_name="so.xlsx")
    assert "không phải PDF" in again.errors["file"]
    assert not (var / "scans").exists()
