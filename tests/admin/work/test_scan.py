"""Scans: attached to a source, for the staff alone."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from registry.admin.address import address_of
from registry.exchange import scans
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
