"""An officer at a page of work: opens it, types, sends it, and sees what came of it."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.contrib.messages import get_messages
from django.test import Client

from registry.admin.address import address_of
from registry.models import Act, Change
from tests.pages.conftest import words_of


class Inputs(HTMLParser):
    """What a browser would send of the form of a page, and the messages that stand at each field."""

    def __init__(self, html: str):
        super().__init__()
        self.typed: dict[str, str] = {}
        self.errors: dict[str, str] = {}
        self._select = self._area = self._error = None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "input":
            self._input(given)
        elif tag == "textarea":
            self._area = given["name"]
            self.typed[self._area] = ""
        elif tag == "select":
            self._select = given["name"]
            self.typed[self._select] = ""
        elif tag == "option" and "selected" in given and self._select:
            self.typed[self._select] = given["value"]
        elif tag == "ul" and "errorlist" in given.get("class", "").split():
            self._error = given.get("id", "").removeprefix("id_").removesuffix("_error")

    def _input(self, given: dict):
        kind, name = given.get("type", "text"), given.get("name")
        if not name or kind == "submit":
            return
        if kind not in ("checkbox", "radio") or "checked" in given:
            self.typed[name] = given.get("value", "on" if kind == "checkbox" else "")

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None
        elif tag == "ul":
            self._error = None

    def handle_data(self, data):
        if self._area is not None:
            self.typed[self._area] += data.removeprefix("\n") if not self.typed[self._area] else data
        elif self._error is not None and data.strip():
            self.errors[self._error] = f"{self.errors.get(self._error, '')} {data.strip()}".strip()


@dataclass
class Page:
    """A page of work as it is shown: ``typed`` by name of the input, ``errors`` by field ("" on top)."""

    path: str
    status: int
    html: str

    @property
    def inputs(self) -> Inputs:
        return Inputs(self.html[self.html.index('id="work-form"'):])

    @property
    def typed(self) -> dict[str, str]:
        return self.inputs.typed

    @property
    def errors(self) -> dict[str, str]:
        return self.inputs.errors

    @property
    def words(self) -> str:
        return words_of(self.html.replace("<body ", "<body><p "))


@dataclass
class Sent:
    """Where the officer was led, and what was said there."""

    path: str
    told: list[str] = field(default_factory=list)


@dataclass
class Officer:
    client: Client
    user: object

    def open(self, where, work: str = "") -> Page:
        """A page of work on a record, or the page at an address."""
        path = where if isinstance(where, str) else address_of(where, work)
        answer = self.client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return Page(path, answer.status_code, answer.content.decode())

    def send(self, page: Page, **typed) -> Page | Sent:
        """Send the form with what was typed over it: a page where it was refused, else where it led."""
        self.client.cookies.pop("messages", None)  # read on the page before
        answer = self.client.post(page.path, {**page.typed, **{name: as_typed(value) for name, value in typed.items()}})
        if answer.status_code == 302:
            return Sent(answer["Location"], [str(each) for each in get_messages(answer.wsgi_request)])
        assert answer.status_code == 200
        return Page(page.path, 200, answer.content.decode())

    def work(self, where, work: str = "", **typed) -> Page | Sent:
        return self.send(self.open(where, work), **typed)

    def refused(self, where, work: str = "", **typed) -> Page:
        """Send what is refused: the page keeps what was typed."""
        page = self.work(where, work, **typed)
        assert isinstance(page, Page), f"written, and led to {page.path}"
        for name, value in typed.items():
            assert page.typed.get(name, "") == as_typed(value), f"{name} was lost"
        return page


def as_typed(value) -> str:
    """What a browser sends for a record is its key, for a file the file."""
    if hasattr(value, "read"):
        return value
    return str(value.pk) if hasattr(value, "pk") else str(value)


def last_act() -> Act:
    return Act.objects.latest("id")


def done_by(act: Act) -> list[tuple[str, str, str]]:
    """What an act did: kind, code and verb of each change."""
    return [(change.kind, change.code, change.verb) for change in Change.objects.filter(act=act).order_by("seq")]
