"""A mirror that begins with a dump and follows the feed is the next dump, row for row."""

import io
import json
import os
import urllib.error
from email.message import Message
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count
from django.utils import timezone

from registry.actions.record import amend
from registry.exchange.check.everything import problems
from registry.exchange.dump.publish import publish_dump
from registry.models import AdministrativeUnit, Change, Register, Sector
from tests import build
from tests.clients.edits import BASIS, OF_OTHERS, Edits

EDITS = int(os.environ.get("MIRROR_EDITS", "120"))
ROUNDS = 4


def publish(site: str) -> None:
    publish_dump(base=f"{site}/api/v1/", at=timezone.now())


@pytest.fixture
def mirror(mirrors, site, tmp_path):
    made = mirrors.Mirror(tmp_path / "mirror.sqlite3", mirrors.Site(site, sleep=lambda seconds: None))
    yield made
    made.db.close()


def test_after_random_edits_it_is_the_dump_row_for_row(mirror, site):
    edits = Edits(Random(6))
    edits.make(20)
    publish(site)
    mirror.update()

    for _round in range(ROUNDS):
        edits.make(EDITS // ROUNDS, at_once=edits.random.choice((1, 3, 20)))
        mirror.update()

    publish(site)
    assert mirror.after == Register.objects.get().head
    assert list(mirror.differences()) == []
    [records] = mirror.db.execute("SELECT count(*) FROM records").fetchone()
    assert records > 1000
    verbs = dict(Change.objects.in_feed(after=0).order_by().values_list("feed_verb").annotate(Count("pk")))
    print(f"{EDITS} edits: {mirror.after} changes, told as {verbs}, {records} records, none differs")
    assert list(problems()) == []


def test_what_changes_with_another_record_is_told(mirror, site):
    edits = Edits(Random(10))
    edits.make(60, among=BASIS)
    mirror.update()

    edits.make(60, among=OF_OTHERS)
    mirror.update()

    publish(site)
    assert list(mirror.differences()) == []


def test_without_a_dump_it_reads_the_feed_from_the_beginning(mirror, site):
    Edits(Random(7)).make(20)

    mirror.update()

    publish(site)
    assert list(mirror.differences()) == []


def test_a_renamed_investor_is_renamed_in_its_projects(mirror, site):
    investor = build.make_investor(name="SYN cũ")
    project = build.make_project(investors=[investor])
    publish(site)
    mirror.update()

    with build.act() as act:
        amend(act=act, record=investor, name="SYN mới")

    assert mirror.update() == 1
    assert mirror.document("project", project.code)["investors"][0]["name"] == "SYN mới"


@pytest.fixture
def renamed(mirror, site):
    """A mirror, and what stands in a project of the records that are renamed after it was made: by key of the part."""
    sector, registrar = Sector.objects.get(code="2018-26"), build.make_registrar()
    place = AdministrativeUnit.objects.get(code="07210")
    project = build.make_project(sector=sector, registrar=registrar, place=place)
    publish(site)
    mirror.update()

    with build.act() as act:
        for each in (sector, registrar, place):
            amend(act=act, record=each, name=f"SYN {each.KIND}")

    return lambda: {at: mirror.document("project", project.code)[at]["name"] for at in ("sector", "registrar", "place")}


NEW_NAMES = {"sector": "SYN sector", "registrar": "SYN registrar", "place": "SYN place"}


def test_what_a_project_is_filed_under_is_renamed_in_it(mirror, site, renamed):
    mirror.update()

    assert renamed() == NEW_NAMES
    publish(site)
    assert list(mirror.differences()) == []


def test_a_schema_that_says_more_than_before_mends_what_was_missed(mirror, site, renamed):
    """As a mirror stands that an earlier release kept: it did not know that a sector's name is copied."""
    known = {kind: [copy for copy in copies if copy["at"] != "sector"] for kind, copies in mirror.copies.items()}
    mirror._remember(copied_parts=json.dumps(known))
    mirror._known_copies = None
    mirror.db.execute("DELETE FROM named_in WHERE kind = 'sector'")
    mirror.read_copies = lambda: None
    mirror.update()
    assert renamed()["sector"] != NEW_NAMES["sector"]
    del mirror.read_copies
    mirror._remember(schema_etag="")
    build.make_project()

    mirror.update()

    assert renamed() == NEW_NAMES
    publish(site)
    assert list(mirror.differences()) == []


def test_whenever_it_is_stopped_it_goes_on(mirrors, mirror, site, tmp_path, monkeypatch):
    """Killed at each step of its work in turn: nothing is missed and nothing is there twice."""
    publish(site)
    Edits(Random(8)).make(100)
    monkeypatch.setattr(mirrors, "PAGE", 2)
    survived, steps = 0, [0]

    class Killed(BaseException):
        pass

    real = mirrors.Mirror._remember

    def remember(self, **values):
        steps[0] -= 1
        if steps[0] == 0:
            raise Killed
        real(self, **values)

    monkeypatch.setattr(mirrors.Mirror, "_remember", remember)
    while True:
        steps[0] = 3  # once the schema, once the dump, then pages
        try:
            mirror.update()
            break
        except Killed:
            survived += 1
            mirror.db.close()
            mirror.__init__(tmp_path / "mirror.sqlite3", mirrors.Site(site))

    assert survived > 5
    steps[0] = -1  # from here on it lives
    publish(site)
    mirror.update()
    assert list(mirror.differences()) == []


def test_a_download_that_breaks_off_leaves_the_mirror_as_it_was(mirrors, mirror, site, tmp_path, settings):
    publish(site)
    mirror.update()
    before = mirror.db.execute("SELECT count(*) FROM records").fetchone()
    file = next((tmp_path / "dumps" / "latest").glob("countries.ndjson"))
    file.write_bytes(file.read_bytes()[:-100] + b" " * 98 + b"}\n")

    with pytest.raises((mirrors.Damaged, json.JSONDecodeError)):
        mirror.start()

    assert mirror.db.execute("SELECT count(*) FROM records").fetchone() == before
    assert mirror.after == Register.objects.get().head


def test_a_restored_register_starts_it_again(mirror, site):
    """Its number lies beyond the head: it takes the dump, and what the dump has not from the feed."""
    build.make_project()
    publish(site)
    mirror.update()
    mirror._remember(after=Register.objects.get().head + 1000)
    mirror.db.execute("DELETE FROM records WHERE kind = 'project'")

    mirror.update()

    assert mirror.after == Register.objects.get().head
    assert list(mirror.differences()) == []


def test_at_the_head_it_asks_for_what_it_has_and_is_told_so(mirrors, mirror, site, monkeypatch):
    mirror.update()
    mirror.update()  # the head's own address has a tag from here on
    answers = []
    real = mirrors.Site.json

    def noted(self, address, etag=""):
        found = real(self, address, etag)
        answers.append(found[0])
        return found

    monkeypatch.setattr(mirrors.Site, "json", noted)
    assert mirror.update() == 0
    assert answers == [None]


def refusal(status: int, **headers) -> urllib.error.HTTPError:
    told = Message()
    for name, value in headers.items():
        told[name.replace("_", "-")] = value
    return urllib.error.HTTPError("http://x", status, "no", told, io.BytesIO(b"{}"))


def test_it_waits_as_long_as_it_is_told(mirrors, monkeypatch):
    waits, answers = [], [refusal(429, Retry_After="17"), refusal(503), urllib.error.URLError("cut"), "answer"]

    def urlopen(request, timeout):
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(mirrors.urllib.request, "urlopen", urlopen)
    assert mirrors.Site("http://x", sleep=waits.append).open("http://x/") == "answer"
    assert waits == [17.0, 2, 4]


def test_the_key_goes_in_the_header_and_nowhere_else(mirrors, monkeypatch):
    asked = []
    monkeypatch.setattr(mirrors.urllib.request, "urlopen", lambda request, timeout: asked.append(request))
    mirrors.Site("http://x", key="bnf_1.secret").open("http://x/api/v1/")

    assert asked[0].get_header("Authorization") == "Bearer bnf_1.secret"
    assert "secret" not in asked[0].full_url


def test_the_command(mirrors, site, tmp_path, capsys):
    build.make_project()
    publish(site)
    file = str(tmp_path / "mirror.sqlite3")

    assert mirrors.main([site, file]) == 0
    assert mirrors.main([site, file, "--check"]) == 0
    assert capsys.readouterr().out.splitlines() == [f"0 changes, at {Register.objects.get().head}", "0 differ"]


def test_the_command_says_where_there_is_no_dump_to_compare_with(mirrors, site, tmp_path, capsys):
    file = str(tmp_path / "mirror.sqlite3")

    assert mirrors.main([site, file]) == 0
    assert mirrors.main([site, file, "--check"]) == 2
    assert "published no dump yet" in capsys.readouterr().err
    publish(site)
    build.make_project()
    assert mirrors.main([site, file, "--check"]) == 2
    assert "update first" in capsys.readouterr().err


@pytest.mark.parametrize("status, told", [
    (401, "refuses the key (401): put a valid one into BACNINH_API_KEY, or none"),
    (404, "has no register (HTTP Error 404: no): give the address of the site alone, as https://fdi.example.vn"),
])
def test_the_command_says_what_to_do_where_the_site_refuses(mirrors, tmp_path, capsys, monkeypatch, status, told):
    def urlopen(request, timeout):
        raise refusal(status)

    monkeypatch.setattr(mirrors.urllib.request, "urlopen", urlopen)
    file = str(tmp_path / "mirror.sqlite3")

    assert mirrors.main(["http://x", file]) == 1
    assert mirrors.main(["http://x", file, "--check"]) == 2
    assert capsys.readouterr().err == f"http://x {told}\n" * 2


def test_the_command_says_what_to_do_with_a_file_that_is_no_mirror(mirrors, tmp_path, capsys):
    file = tmp_path / "notes.txt"
    file.write_text("x" * 5000)

    assert mirrors.main(["http://x", str(file)]) == 1
    assert capsys.readouterr().err == (
        f"{file} cannot be used as a mirror (file is not a database): name another file\n")
    assert file.read_text() == "x" * 5000
    assert mirrors.main(["fdi.example.vn", str(file)]) == 1
    assert "give the address of the site alone" in capsys.readouterr().err


def test_the_check_goes_on_from_the_dump_to_the_head(mirror, site):
    """A register moves on after its last dump, also by what the public does not hear of."""
    publish(site)
    mirror.update()
    Edits(Random(9)).make(20)
    build.issue_key()
    mirror.update()
    assert list(mirror.differences()) == []

    mirror.db.execute("DELETE FROM records WHERE kind = 'country' AND code = 'KR'")
    mirror._put("country", {"code": "XX", "name": "SYN"})
    assert list(mirror.differences()) == [("country", "KR"), ("country", "XX")]


def test_a_dump_is_checked_from_outside(mirror, site, tmp_path, capsys):
    publish(site)
    call_command("check_dump", f"{site}/data/dumps/latest/")

    publish_dump(base="https://fdi.example.vn/api/v1/", at=timezone.now())
    with pytest.raises(CommandError):
        call_command("check_dump", f"{site}/data/dumps/latest/")
    assert "các địa chỉ là của https://fdi.example.vn/" in capsys.readouterr().out
    publish(site)
    call_command("check_dump", f"{site}/data/dumps/latest/")

    cut = next((tmp_path / "dumps" / "latest").glob("zones.csv"))
    cut.write_bytes(cut.read_bytes()[:-20])
    with pytest.raises(CommandError):
        call_command("check_dump", f"{site}/data/dumps/latest/datapackage.json")
    with pytest.raises(CommandError):
        call_command("check_dump", f"{site}/data/dumps/2020-01-01-1/")
