"""A reader reports an error without account, cookie or script, and follows it; nothing of the reader is shown."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from registry.actions.correction import conclude
from registry.actions.project import withdraw_project
from registry.exchange.check.everything import problems
from registry.models import Act, Change, CorrectionRequest
from registry.pages import correction_form
from registry.vocabulary.correction import working_days_after
from tests import build
from tests.pages.conftest import words_of
from tests.unchanged import everything
from tests.web.conftest import no_quota

__all__ = ["no_quota"]

pytestmark = pytest.mark.django_db

NEW = "/corrections/new/"
WORDS = "Vốn đăng ký ghi thiếu một số không."


@pytest.fixture(autouse=True)
def long_enough(monkeypatch):
    """The reader has taken the time that a person takes."""
    monkeypatch.setattr(correction_form, "LEAST_SECONDS", -1)


def token_of(client, about: str = "/data/", prefix: str = "") -> str:
    answer = client.get(f"{prefix}{NEW}", {"about": about})
    assert answer.status_code == 200
    return re.search(r'name="token" value="([^"]+)"', answer.content.decode())[1]


def send(client, about: str = "/data/", prefix: str = "", **typed):
    token = typed.pop("token", None) or token_of(client, about, prefix)
    return client.post(f"{prefix}{NEW}?about={about}", {"words": WORDS, "token": token} | typed)


class TestSending:
    @pytest.mark.parametrize("prefix, language", [("", "vi"), ("/en", "en")])
    def test_it_becomes_a_ticket(self, prefix, language):
        project = build.make_project()
        client = Client(enforce_csrf_checks=True)
        answer = send(client, f"{prefix}/projects/{project.code}/", prefix, contact="lan@example.vn")
        made = CorrectionRequest.objects.get()
        assert (answer.status_code, answer["Location"]) == (302, f"{prefix}/corrections/COR-000001/?sent")
        assert (made.about, made.about_kind, made.about_code) == (
            f"/projects/{project.code}/", "project", project.code)
        assert (made.words, made.contact, made.language) == (WORDS, "lan@example.vn", language)
        assert made.deadline == working_days_after(timezone.localdate(), 10)
        act = Act.objects.latest("id")
        assert (act.by, act.by_name, act.door) == (None, "công chúng", "public")
        assert not client.cookies
        assert list(problems()) == []

    def test_the_feed_does_not_tell(self, client):
        build.make_project()
        send(client)
        assert not Change.objects.exclude(feed_verb="").filter(kind="correction").exists()
        assert "correction" not in client.get("/api/v1/changes/?after=0").content.decode()

    def test_a_page_of_no_record_keeps_its_query(self, client):
        about = "/statistics/?by=country"
        client.post(NEW, {"words": WORDS, "token": token_of(client, about)}, query_params={"about": about})
        made = CorrectionRequest.objects.get()
        assert (made.about, made.about_kind, made.about_code) == (about, "", "")
        html = client.get("/corrections/COR-000001/").content.decode()
        assert 'href="/statistics/"' in html and "by=country" not in html

    def test_two_clicks_are_one_report(self, client):
        token = token_of(client)
        first, second = send(client, token=token), send(client, token=token)
        assert first["Location"] == second["Location"]
        assert CorrectionRequest.objects.count() == 1


class TestRefused:
    def refused(self, client, *, status: int = 400, **typed) -> str:
        before = everything()
        answer = send(client, **typed)
        assert answer.status_code == status
        assert everything() == before
        return answer.content.decode()

    def test_too_few_words_and_nothing_typed_is_lost(self, client):
        html = self.refused(client, words="sai", contact="lan@example.vn")
        assert "\nsai</textarea>" in html and 'value="lan@example.vn"' in html
        assert "ít nhất 10 ký tự" in html and 'aria-invalid="true"' in html

    def test_a_program_that_fills_every_field(self, client):
        assert "Ô này phải để trống" in self.refused(client, website="http://example.com")

    def test_faster_than_a_person_writes_and_the_same_form_goes_through_later(self, client, monkeypatch):
        monkeypatch.setattr(correction_form, "LEAST_SECONDS", 3)
        token = token_of(client)
        html = self.refused(client, token=token)
        assert "chờ vài giây" in html and f'value="{token}"' in html
        monkeypatch.setattr(correction_form, "LEAST_SECONDS", -1)
        assert send(client, token=token).status_code == 302

    @pytest.mark.parametrize("spoil", [
        lambda token: "x", lambda token: "", lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: token.replace("/data/", "/map/"),
    ])
    def test_a_token_that_this_site_did_not_sign(self, client, spoil):
        html = self.refused(client, token=spoil(token_of(client)) or " ")
        assert "Biểu mẫu đã mở quá lâu" in html or "bắt buộc" in html
        assert re.search(r'name="token" value="/data/ [0-9a-f]{32}:', html)

    def test_the_token_of_another_page(self, client):
        assert "Biểu mẫu đã mở quá lâu" in self.refused(client, token=token_of(client, "/map/"))

    def test_too_old(self, client, monkeypatch):
        token = token_of(client)
        monkeypatch.setattr(correction_form, "VALID_SECONDS", -1)
        assert "Biểu mẫu đã mở quá lâu" in self.refused(client, token=token)

    def test_too_many_from_one_address(self, client, settings):
        settings.CORRECTIONS_RATE = "2/hour"
        assert [send(client).status_code for _ in range(2)] == [302, 302]
        before = everything()
        answer = send(client)
        assert (answer.status_code, everything()) == (429, before)
        assert 0 < int(answer["Retry-After"]) <= 3601
        assert WORDS in answer.content.decode()
        assert client.post(f"{NEW}?about=/data/", {"words": WORDS, "token": token_of(client)},
                           REMOTE_ADDR="10.1.2.3").status_code == 302

    @pytest.mark.parametrize("about", [
        "/projects/BN-999999/", "/khong-co/", "//example.com/", "https://example.com/projects/", "/admin/",
        "/corrections/new/", "/corrections/COR-000001/", "/api/docs/", "/" + "x" * 600, "/projects/BN-000001",
    ])
    def test_no_page_of_ours(self, client, about):
        assert client.get(NEW, {"about": about}).status_code == 404

    def test_drafts_and_withdrawn_records_are_no_pages(self, client):
        draft, gone = build.make_project(publication="draft"), build.make_project()
        with build.act() as act:
            withdraw_project(act=act, project=gone, reason="Ghi trùng")
        for project in (draft, gone):
            assert client.get(NEW, {"about": f"/projects/{project.code}/"}).status_code == 404


class TestTicket:
    def test_it_says_state_and_deadline_and_nothing_of_the_reader(self, client):
        send(client, words="Tôi là Nguyễn Văn A, " + WORDS, contact="a@example.vn")
        made = CorrectionRequest.objects.get()
        html = client.get("/corrections/COR-000001/").content.decode()
        words = words_of(html)
        assert "Đã tiếp nhận" in words and f"{made.deadline:%d/%m/%Y}" in words
        assert "Nguyễn Văn A" not in html and "a@example.vn" not in html and WORDS not in html
        assert "Cảm ơn bạn" not in words
        assert "Cảm ơn bạn" in words_of(client.get("/corrections/COR-000001/?sent").content.decode())

    def test_it_says_that_it_is_late(self, client):
        made = build.make_correction()
        CorrectionRequest.objects.update(deadline=timezone.localdate() - timedelta(days=1))
        assert "đã quá hạn" in words_of(client.get(f"/corrections/{made.code}/").content.decode())

    def test_it_says_the_outcome(self, client):
        made = build.make_correction()
        tag = client.get(f"/corrections/{made.code}/")["ETag"]
        with build.act() as act:
            conclude(act=act, correction=made, accepted=True, outcome="Đã ghi lại số đúng.")
        answer = client.get(f"/corrections/{made.code}/", headers={"If-None-Match": tag})
        words = words_of(answer.content.decode())
        assert answer.status_code == 200 and not answer.cookies
        assert "Đã chấp nhận" in words and "Đã ghi lại số đúng." in words and "Hạn trả lời" not in words

    def test_none_of_that_code(self, client):
        assert client.get("/corrections/COR-000009/").status_code == 404


def test_every_record_page_carries_its_address(client, press):
    for path in ("/projects/BN-000001/", "/investors/INV-000001/", "/zones/yen-phong-2c/", "/sectors/2018-26/",
                 "/countries/US/", "/sources/SRC-000034/", "/policies/POL-000001/", "/engagements/ENG-000001/"):
        for prefix in ("", "/en"):
            html = client.get(prefix + path).content.decode()
            link = re.search(r'class="report" href="([^"]+)"', html)[1]
            assert link == f"{prefix}{NEW}?about={prefix}{path}"
            assert client.get(link).status_code == 200


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_form_is_kept_by_nobody_and_sets_no_cookie(client, prefix):
    answer = client.get(f"{prefix}{NEW}")
    assert "no-store" in answer["Cache-Control"] and not answer.cookies and "Cookie" not in answer.get("Vary", "")
    html = answer.content.decode()
    assert len(re.findall("<h1[ >]", html)) == 1 and "csrfmiddlewaretoken" not in html
    assert not re.search(r"\sstyle=|<style|<script(?! src=./static/)|\son[a-z]+=", html)


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(client, method):
    assert getattr(client, method)(NEW).status_code == 405
