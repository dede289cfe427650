"""What an officer does with the forms of the admin: open one, change some of its fields, send it."""

import re
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

TAGS = re.compile(r"<(?:script|style)\b.*?</(?:script|style)>|<[^>]+>", re.DOTALL)


class Form(HTMLParser):
    """The fields of the page's own form, as a browser would send them back."""

    def __init__(self, html: str, form_id: str):
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self._form_id, self._inside, self._select, self._area = form_id, False, None, None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self._inside = given.get("id") == self._form_id
        elif self._inside and tag == "input" and given.get("name") and given.get("type") != "submit":
            if given.get("type") not in ("checkbox", "radio") or "checked" in given:
                checked = "on" if given.get("type") == "checkbox" else ""
                self.fields.setdefault(given["name"], []).append(given.get("value") or checked)
        elif self._inside and tag == "select":
            self._select = given["name"]
        elif self._inside and tag == "option" and "selected" in given:
            self.fields.setdefault(self._select, []).append(given.get("value") or "")
        elif self._inside and tag == "textarea":
            self._area = given["name"]
            self.fields[self._area] = [""]

    def handle_data(self, data):
        if self._area:
            self.fields[self._area][0] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self._inside = False
        elif tag == "textarea" and self._area:
            self.fields[self._area][0] = self.fields[self._area][0].removeprefix("\n")
            self._area = None


@dataclass
class Clerk:
    client: Client
    user: User

    def form(self, url: str, form_id: str) -> dict[str, list[str]]:
        answer = self.client.get(url)
        assert answer.status_code == 200, answer
        return Form(answer.content.decode(), form_id).fields

    def opens(self, record_or_model, /, **query) -> tuple[str, dict]:
        """The address of a record's form, or of a new one's, and its fields as they stand."""
        name = record_or_model._meta.model_name
        is_new = isinstance(record_or_model, type)
        url = reverse(f"admin:registry_{name}_{'add' if is_new else 'change'}",
                      args=[] if is_new else [record_or_model.pk], query=query or None)
        return url, self.form(url, f"{name}_form")

    def sends(self, url: str, fields: dict, /, **changes):
        return self.client.post(url, fields | {name: _values(value) for name, value in changes.items()})

    def saves(self, record_or_model, /, **changes):
        """Open a form, change these fields, send it; the answer."""
        url, fields = self.opens(record_or_model)
        return self.sends(url, fields, **changes)

    def queries(self, url: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert self.client.get(url).status_code == 200
        return len(asked)


def _values(value) -> list[str]:
    return [str(each) for each in value] if isinstance(value, (list, tuple)) else [str(value)]


def words_of(answer) -> str:
    """What stands on a page, spaces collapsed."""
    html = answer.content.decode()
    return " ".join(unescape(TAGS.sub(" ", html[html.index("<body"):])).split())


def errors_of(answer) -> dict[str, list[str]]:
    """What the form says, by field."""
    return {name: [str(each) for each in errors] for name, errors in answer.context["adminform"].form.errors.items()}
