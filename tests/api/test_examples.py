"""The examples in the schema and on its page are what the API really answers, of a synthetic register.

Where the API has changed, this writes them anew: ``RENEW=1 python -m pytest tests/api/test_examples.py``.
"""

import os
import re

import orjson
import pytest
from django.test import Client
from django.utils import timezone
from jsonschema import Draft202012Validator

from registry.api.components import target
from registry.api.examples import FILE, SITE, examples
from registry.api.laid_out import laid_out
from registry.api.openapi import ERRORS, schema, schema_in_full
from registry.exchange.documents import DOCUMENTS
from registry.exchange.dump.publish import publish_dump
from registry.models import counts
from registry.vocabulary.quota import rates_of
from tests import build
from tests.api.conftest import ENGLISH, Schema
from tests.api.example_register import CODES, NOW, write_examples

BASE = f"{SITE}api/v1/"
KEY_ID = "0123456789ab"
# Of a dump's files, which are more than thirty, those of these kinds are shown; of stated figures the synthetic one.
SHOWN = ("project",)


@pytest.fixture
def site(committed, settings, tmp_path, monkeypatch):
    """The synthetic register, as it answers at one moment."""
    settings.ALLOWED_HOSTS = ["fdi.example.vn"]
    settings.DUMPS_DIR = str(tmp_path / "dumps")
    settings.API_RATES = {"anonymous": (), "basic": rates_of("600/min,50000/day"), "mirror": ()}
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    counts.forget(2**60)
    write_examples()
    publish_dump(base=BASE, at=NOW)
    yield Client(HTTP_HOST="fdi.example.vn", raise_request_exception=False)
    counts.forget(2**60)


def asked(site: Client, path: str, status: int = 200, **headers) -> dict:
    answer = site.get(f"/api/v1/{path}", headers={"X-Request-ID": "0f3a52c7d41e4b98", **headers}, secure=True)
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def answers(site: Client) -> dict[str, dict]:
    changes = asked(site, f"changes/?after={asked(site, 'changes/')['head'] - 3}")
    token = build.issue_key(partner=build.make_partner(name="SYN Viện nghiên cứu Hoa Sen"),
                            purpose="nghiên cứu")[1]
    key = asked(site, "key/", Authorization=f"Bearer {token}")
    dumps = asked(site, "dumps/")
    for dump in dumps["results"]:
        dump["files"] = [each for each in dump["files"] if each["kind"] in SHOWN]
    coverage = asked(site, "statistics/coverage/")
    coverage["results"] = [each for each in coverage["results"] if each["reference"].startswith("SYN")]
    publication = asked(site, "publications/")["results"][0]
    return {
        "/": asked(site, ""),
        "/projects/": asked(site, "projects/?zone=syn-hoa-sen&fields=code,name,capital.registered_usd&count=true"),
        "/statistics/capital/": asked(site, "statistics/capital/?by=zone&zone=syn-hoa-sen"),
        "/statistics/flows/": asked(site, "statistics/flows/?by=zone&from=2024-01-01&to=2024-12-31"),
        "/statistics/a-iv-1/": asked(site, "statistics/a-iv-1/?year=2024&quarter=1"),
        "/statistics/coverage/": coverage,
        "/publications/": asked(site, "publications/"),
        "/publications/{code}/": asked(site, f"publications/{publication['code']}/"),
        "/changes/": changes,
        "/dumps/": dumps,
        "/key/": orjson.loads(re.sub(rb"[0-9a-f]{12}(?=\.|\")", KEY_ID.encode(), orjson.dumps(key))),
    }


def problems(site: Client, settings, monkeypatch, language: dict) -> dict[str, dict]:
    found = [
        asked(site, "projects/?zone=nowhere&colour=red", 400, **language),
        asked(site, "projects/", 401, Authorization="Bearer bnf_unknown", **language),
        asked(site, "projects/SYN-999999/", 404, **language),
        asked(site, "sources/SRC-SYN002/", 410, **language),
        asked(site, "changes/?after=9999999", 410, **language),
        site.post("/api/v1/projects/", headers={"X-Request-ID": "0f3a52c7d41e4b98", **language}, secure=True).json(),
    ]
    with monkeypatch.context() as patch:
        patch.setitem(settings.API_RATES, "anonymous", rates_of("1/day"))
        site.get("/api/v1/zones/", secure=True)
        found.append(asked(site, "zones/", 429, **language))
    with monkeypatch.context() as patch:
        patch.setattr("registry.api.dumps.dumps", lambda: 1 / 0)
        found.append(asked(site, "dumps/", 500, **language))
    return {each["code"]: each for each in found}


def test_they_are_what_the_api_answers(site, settings, monkeypatch):
    made = {
        "records": {kind: asked(site, f"{document.path}/{CODES[kind]}/") for kind, document in DOCUMENTS.items()},
        "problems": {"vi": problems(site, settings, monkeypatch, {}),
                     "en": problems(site, settings, monkeypatch, ENGLISH)},
        "answers": answers(site),
    }
    if os.environ.get("RENEW"):
        FILE.write_text(f"{laid_out(made)}\n", encoding="utf-8")
    assert orjson.loads(FILE.read_bytes()) == orjson.loads(orjson.dumps(made)), __doc__


def test_each_keeps_to_the_schema():
    described = schema_in_full(BASE)
    for path, answer in examples(BASE, "vi").answers.items():
        Schema(described).check(path, answer)
    for kind, record in examples(BASE, "vi").records.items():
        Schema(described).check(f"/{DOCUMENTS[kind].path}/{{code}}/", record)


def test_every_record_is_told_whole_and_none_is_left_out():
    """Each says something of nearly everything: what is null in an example explains nothing."""
    for kind, record in examples(BASE, "vi").records.items():
        assert record.keys() == DOCUMENTS[kind].schema_for("public")["properties"].keys(), kind


def test_every_resource_has_one():
    document = schema(BASE)
    named = {each["x-kind"]: each for each in document["components"]["schemas"].values() if "x-kind" in each}
    assert {kind for kind, each in named.items() if each["examples"]} == DOCUMENTS.keys()
    for path, methods in document["paths"].items():
        content = methods["get"]["responses"]["200"]["content"]["application/json"]
        assert path in ("/openapi.json",) or "example" in content or "/components/schemas/" in str(content["schema"])
    for status in ERRORS:
        answer = target(document, document["paths"]["/projects/"]["get"]["responses"][status])
        assert answer["content"]["application/problem+json"]["examples"], status


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_problem_is_one(language):
    validator = Draft202012Validator(schema_in_full(BASE)["components"]["schemas"]["Problem"])
    found = examples(BASE, language).problems
    assert {each["status"] for each in found.values()} == {400, 401, 404, 405, 410, 429, 500}
    for problem in found.values():
        validator.validate(problem)


def test_they_stand_at_the_address_that_was_asked():
    here = examples("http://127.0.0.1:8000/api/v1/", "vi")
    assert here.records["project"]["url"] == "http://127.0.0.1:8000/api/v1/projects/SYN-000001/"
    assert SITE not in orjson.dumps([here.records, here.answers, here.problems]).decode()
