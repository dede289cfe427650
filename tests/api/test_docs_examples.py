"""Every shell and Python block of ``docs/api.md`` runs, from nothing, against a register with a dump; what Excel and R
are told is looked up; the page of the API has the same blocks."""

import csv
import os
import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from registry.exchange.dump.publish import publish_dump
from registry.models import Register
from tests import build

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
BLOCK = r"^```(\w+)\n(.*?)^```$"
BLOCKS = re.findall(BLOCK, GUIDE, flags=re.DOTALL | re.MULTILINE)
SITE = "https://fdi.example.vn"
# What runs where: the others are for programs that no test has.
RUN = {"sh": lambda block: ["bash", "-euo", "pipefail", "-c", block],
       "python": lambda block: [sys.executable, "-c", block]}


def test_the_blocks_are_those():
    assert [language for language, _block in BLOCKS] == [
        "sh", "python", "sh", "powerquery", "r", "sh", "python", "sh", "sh"]


def test_the_vietnamese_guide_has_the_same_ones():
    guide = (ROOT / "docs" / "api.vi.md").read_text(encoding="utf-8")
    assert re.findall(BLOCK, guide, flags=re.DOTALL | re.MULTILINE) == BLOCKS


@pytest.fixture
def server(committed_press, settings, tmp_path):
    settings.DUMPS_DIR = str(tmp_path / "dumps")
    server = LiveServer("127.0.0.1")
    yield server.url
    server.stop()


@pytest.fixture
def site(server):
    """With a dump, and a change after it."""
    build.make_project()
    publish_dump(base=f"{server}/api/v1/", at=timezone.now())
    return server


@pytest.fixture
def run(tmp_path):
    """Run a block as a newcomer would, with a key; what it prints."""
    here = tmp_path / "partner"
    shutil.copytree(ROOT / "clients", here / "clients")
    env = {"PATH": os.environ["PATH"], "HOME": str(here), "NO_PROXY": "*", "BNF_KEY": build.issue_key()[1]}

    def of(language: str, block: str, site: str) -> str:
        done = subprocess.run(RUN[language](block.replace(SITE, site)), cwd=here, env=env, capture_output=True,
                              text=True, timeout=120)
        assert done.returncode == 0, f"{block}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    of.here = here
    return of


def test_each_runs(site, run):
    for language, block in BLOCKS:
        if language in RUN:
            assert run(language, block, site) or list(run.here.glob("zones.*")), block
            if "--check" in block:
                build.make_investor(name="SYN sau bản xuất")  # from here on the dump is behind
    assert (run.here / "zones.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert (run.here / "projects.ndjson").stat().st_size
    assert (run.here / "mirror.sqlite3").exists()


def test_a_mirror_by_hand_is_the_register_with_a_dump_and_without(server, run):
    [block] = [block for language, block in BLOCKS if language == "python" and "dumps/" in block]
    build.make_project()
    without = run("python", block, server)
    publish_dump(base=f"{server}/api/v1/", at=timezone.now())

    assert run("python", block, server) == without
    assert without.endswith(f"records at change {Register.objects.get().head}\n")


@pytest.mark.parametrize("language", ["powerquery", "r"])
def test_what_other_programs_ask_is_there(server, language):
    """Neither runs here: their address gives the file, which has the columns that they name."""
    [block] = [block for each, block in BLOCKS if each == language]
    [address] = re.findall(rf'"({SITE}[^"]*)"', block)
    named = re.findall(r'"(\w+\.\w+)"|\$(\w+\.\w+)|c\((\w+) =', block)

    asked = {"format": "csv"} if language == "powerquery" else {}
    answer = Client().get(address.removeprefix(SITE), asked)
    heading = next(csv.reader([b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()[0]]))
    assert language == "r" or 'format = "csv"' in block
    assert named and {next(filter(None, each)) for each in named} <= set(heading)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["python", "powerquery", "r"])
def test_the_page_has_the_same_one(client, settings, language):
    settings.ALLOWED_HOSTS = ["fdi.example.vn"]
    page = client.get("/api/docs/", headers={"Host": "fdi.example.vn"}, secure=True).content.decode()
    [shown] = re.findall(rf'data-language="{language}"><code>(.*?)</code>', page, flags=re.DOTALL)

    assert next(block for each, block in BLOCKS if each == language) == f"{unescape(shown)}\n"
