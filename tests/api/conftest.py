"""The API as a program asks it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from registry.models import Registrar
from registry.vocabulary.published import Asked, FigureKind
from tests import build
from tests.api.furniture import furnish
from tests.web.conftest import no_quota, static_files_where_they_lie

__all__ = ["no_quota", "static_files_where_they_lie"]

ENGLISH = {"Accept-Language": "en"}


@dataclass
class Api:
    """``get`` answers what a good request gets, ``problem`` what a bad one gets; paths begin behind ``/api/v1/``."""

    client: Client

    def ask(self, path: str, parameters: dict | None = None, **headers):
        return self.client.get(f"/api/v1/{path}", parameters, headers=headers)

    def get(self, path: str, /, **parameters):
        answer = self.ask(path, parameters)
        assert answer.status_code == 200, answer.content.decode()
        assert answer["Content-Type"] == "application/json"
        return answer.json()

    def problem(self, path: str, status: int = 400, /, **parameters) -> dict:
        answer = self.ask(path, parameters)
        assert answer.status_code == status, answer.content.decode()
        assert answer["Content-Type"] == "application/problem+json"
        return answer.json()

    def named(self, path: str, /, **parameters) -> list[str]:
        """The parameters that a 400 names."""
        return [each["pointer"] for each in self.problem(path, **parameters)["errors"]]

    def rows(self, path: str, **parameters) -> list[dict]:
        """Every row of a list, page after page."""
        return [row for page in self.pages(path, **parameters) for row in page["results"]]

    def codes(self, path: str, **parameters) -> list[str]:
        return [row["code"] for row in self.rows(path, **parameters)]

    def pages(self, path: str, **parameters) -> Iterator[dict]:
        page = self.get(path, **parameters)
        yield page
        while page["next"]:
            answer = self.client.get(page["next"])
            assert answer.status_code == 200, answer.content.decode()
            page = answer.json()
            yield page


@pytest.fixture
def api(client) -> Api:
    return Api(client)


@pytest.fixture(scope="module")
def furnished(press, lasting):
    """The press facts and twenty-two rows of everything else; for the tests of one module."""
    with lasting(furnish_and_freeze):
        yield


def furnish_and_freeze() -> None:
    with build.act() as act:
        furnish(act)
    build.freeze(Asked(FigureKind.FLOWS, "zone", date(2024, 3, 31), date(2024, 1, 1)),
                 office=Registrar.objects.order_by("pk").first())


@dataclass
class Schema:
    """The API's own schema, and whether an answer keeps to it."""

    document: dict

    def check(self, path: str, answer: dict) -> None:
        """``path`` as the schema writes it: ``/projects/{code}/``. Fails with every difference."""
        pointer = path.replace("~", "~0").replace("/", "~1")
        registry = Registry().with_resource("urn:api", DRAFT202012.create_resource(self.document))
        validator = Draft202012Validator(
            {"$ref": f"urn:api#/paths/{pointer}/get/responses/200/content/application~1json/schema"},
            registry=registry, format_checker=FormatChecker(),
        )
        wrong = [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(answer)]
        assert not wrong, "\n".join(wrong)


@pytest.fixture
def schema(api) -> Schema:
    return Schema(api.get("openapi.json"))
