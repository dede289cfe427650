"""The public's pages as a reader opens them."""

import re
from dataclasses import dataclass
from html import unescape

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.live_server_helper import LiveServer

from tests.web.conftest import static_files_where_they_lie

__all__ = ["static_files_where_they_lie"]

TAGS = re.compile(r"<[^>]+>")
HIDDEN = re.compile(r'<span class="visually-hidden">.*?</span>', re.DOTALL)


@dataclass
class Reader:
    """``open`` gives the answer, ``html`` the page, ``words`` what stands on it, spaces collapsed."""

    client: Client

    def open(self, path: str, parameters: dict | None = None, **headers):
        return self.client.get(path, parameters, headers=headers)

    def html(self, path: str, parameters: dict | None = None, *, status: int = 200) -> str:
        answer = self.open(path, parameters)
        assert answer.status_code == status, answer.content.decode()
        assert answer["Content-Type"] == "text/html; charset=utf-8"
        return answer.content.decode()

    def words(self, path: str, parameters: dict | None = None, *, status: int = 200) -> str:
        return words_of(self.html(path, parameters, status=status))

    def codes(self, parameters: dict | None = None, *, path: str = "/projects/", status: int = 200) -> list[str]:
        """The projects that a page of the list shows, in its order."""
        return re.findall(r'class="row-link" href="(?:/en)?/projects/([^/]+)/"',
                          self.html(path, parameters, status=status))

    def queries(self, path: str, parameters: dict | None = None) -> int:
        """Of the page as it is made, also where it was made before."""
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as asked:
            self.html(path, parameters)
        return len(asked)


def words_of(html: str) -> str:
    """The words of a page's body, without what only a screen reader says."""
    body = html[html.index("<body>"):]
    return " ".join(unescape(TAGS.sub(" ", HIDDEN.sub("", body))).split())


def content_of(answer) -> bytes:
    """All of an answer; a file is closed by being read to its end."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.fixture
def site(committed_press, static_files_where_they_lie, monkeypatch):
    """The address of a server of its own that serves the press facts.

    In place of `live_server`, which empties the tables afterwards: see `committed`.
    """
    # A browser keeps its connection to the server open, and its thread would keep the database in use.
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    server = LiveServer("127.0.0.1")
    yield server.url
    server.stop()


@pytest.fixture
def reader(client) -> Reader:
    return Reader(client)
