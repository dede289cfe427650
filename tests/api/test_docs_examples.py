"""Every shell and Python block of ``docs/api.md`` runs, from nothing, against a register with a dump."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from registry.exchange.dump.publish import publish_dump
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
        "sh", "python", "sh", "powerquery", "r", "sh", "python", "sh", "http"]


def test_the_vietnamese_guide_has_the_same_ones():
    guide = (ROOT / "docs" / "api.vi.md").read_text(encoding="utf-8")
    assert re.findall(BLOCK, guide, flags=re.DOTALL | re.MULTILINE) == BLOCKS


@pytest.fixture
def site(committed_press, settings, tmp_path):
    settings.DUMPS_DIR = str(tmp_path / "dumps")
    server = LiveServer("127.0.0.1")
    build.make_project()
    publish_dump(base=f"{server.url}/api/v1/", at=timezone.now())
    yield server.url
    server.stop()


def test_each_runs(site, tmp_path):
    here = tmp_path / "partner"
    shutil.copytree(ROOT / "clients", here / "clients")
    env = {"PATH": os.environ["PATH"], "HOME": str(here), "API": f"{site}/api/v1", "NO_PROXY": "*"}
    for language, block in BLOCKS:
        if language in RUN:
            done = subprocess.run(RUN[language](block.replace(SITE, site)), cwd=here, env=env, capture_output=True,
                                  text=True, timeout=120)
            assert done.returncode == 0, f"{block}\n{done.stdout}\n{done.stderr}"
            assert done.stdout or list(here.glob("zones.*")), block
    assert (here / "zones.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert (here / "projects.ndjson").stat().st_size
    assert (here / "mirror.sqlite3").exists()
