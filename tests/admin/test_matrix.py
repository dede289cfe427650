"""Who may do what: every role at every route of the officers' door, with a record in every state.

The routes come from the table of addresses itself: one that nobody listed here fails.
"""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from registry.actions import report
from registry.actions.project import end
from registry.admin.site import site
from registry.models import NOUNS, Certificate, Change
from registry.models.base import Publishable
from registry.vocabulary.partner import KeyState
from registry.vocabulary.project import ProjectStatus
from registry.vocabulary.publication import Publication
from registry.vocabulary.published import Asked, FigureKind
from registry.vocabulary.role import Role
from tests import build
from tests.unchanged import everything

pytestmark = pytest.mark.django_db

EVERYBODY = frozenset(Role)
OFFICER, REVIEWER, KEEPER, NOBODY = {Role.OFFICER}, {Role.REVIEWER}, {Role.ADMINISTRATOR}, frozenset()
STATISTICIAN = {Role.STATISTICIAN}

# Routes of the site as a whole: who may open them. Who has not signed in is led to the login page, but from these:
SITE = dict.fromkeys((
    "index", "password_change", "password_change_done", "autocomplete", "jsi18n", "view_on_site", "app_list",
    "second_factor", "second_factor_enrol", "search", "whats_new", "a-iv-1", "a-iv-1-rows", "a-iv-4",
    "bulletin", "bulletin-rows",
), EVERYBODY) | {"a-iv-1-type": {Role.STATISTICIAN}}
# Those of a record that is there no more; their own tests open them.
OF_THE_GONE = {"past", "unmerge"}
# Of one file or one template by its name; their own tests open them.
OF_A_FILE = {"registry_importbatch_preview", "registry_importbatch_template", "registry_source_file"}
FOR_STRANGERS = {"login", "logout", "second_factor_check"}

# Pages of a noun: who reads (GET) and who sends (POST).
PAGES = {
    "changelist": (EVERYBODY, None), "history": (EVERYBODY, None), "change": (EVERYBODY, OFFICER),
    "add": (OFFICER, OFFICER), "undo": (OFFICER, OFFICER), "restore": (OFFICER, OFFICER),
    "duplicates": (EVERYBODY, None), "upload": (OFFICER, OFFICER), "print": (EVERYBODY, None),
    "failed": (EVERYBODY, OFFICER), "freeze": (STATISTICIAN, STATISTICIAN),
    **dict.fromkeys(("export-csv", "export-xlsx", "export-json", "national", "national-csv", "national-xlsx"),
                    (EVERYBODY, None)),
}
OF_LISTS = {"changelist", "add", "duplicates", "upload", "failed", "freeze", "export-csv", "export-xlsx", "export-json",
            "national", "national-csv", "national-xlsx", "submit-chosen", "publish-chosen"}
WORKS = dict.fromkeys((
    "certificate", "dossier", "refuse", "asked", "revise", "entry", "reverse", "milestone", "stakes", "stage", "end",
    "undo-end", "submit", "statement", "scan", "accept", "review", "confirm", "settle", "dismiss", "merge", "take-up",
    "conclude", "take-back", "distinct", "propose-again", "submit-chosen", "discard",
), OFFICER)
WORKS |= dict.fromkeys(("publish", "withdraw", "give-back", "publish-chosen"), REVIEWER)
WORKS |= dict.fromkeys(("confirm-difference", "dismiss-difference"), STATISTICIAN)
# A company's report is accepted, returned and taken back by who draws up the register's own.
REPORT_WORKS = dict.fromkeys(("accept", "return", "take-back", "withdraw"), STATISTICIAN)
KEY_WORKS = {"ask-key", "approve-key", "refuse-key", "issue-key", "replace-key", "revoke-key"}
ACCOUNTS = ("changelist", "add", "change", "history", "password_change", "second_factor")

# What only actions of their own write, and what begins on a page of work.
ONLY_READ = {"certificate", "capitalentry", "conflict", "correctionrequest", "importbatch", "distinctpair", "apikey",
             "formfigure", "publishedfigure"}
NO_BLANK_FORM = ONLY_READ - {"certificate"} | {"milestone", "statement"}


def patterns(resolver=None):
    for each in resolver.url_patterns if resolver else site.urls[0]:
        if hasattr(each, "url_patterns"):
            yield from patterns(each)
        else:
            yield each


def named() -> set[str]:
    return {each.name for each in patterns() if each.name}


def of_nouns() -> set[str]:
    return named() - SITE.keys() - OF_THE_GONE - OF_A_FILE - FOR_STRANGERS


def rule_of(name: str) -> tuple:
    """Who may read and who may send at a route of a noun or an account."""
    app, noun, page = name.split("_", 2)
    if app == "auth":
        assert noun == "user" and page in ACCOUNTS, name
        return KEEPER, KEEPER
    if noun in ("partner", "apikey"):
        may_send = page in KEY_WORKS or (noun == "partner" and PAGES[page][1] is not None)
        reads = page not in ("add", "undo", "restore") or may_send
        return KEEPER if reads else NOBODY, None if page in OF_LISTS - {"add"} or page == "history" else (
            KEEPER if may_send else NOBODY)
    if noun == "operatingreport" and page in REPORT_WORKS:
        return REPORT_WORKS[page], REPORT_WORKS[page]
    if page in WORKS:
        return WORKS[page], WORKS[page]
    reads, sends = PAGES[page]
    if (page in ("change", "undo", "restore") and noun in ONLY_READ) or (page == "add" and noun in NO_BLANK_FORM):
        return (reads if page == "change" else NOBODY), NOBODY
    return reads, sends


def test_every_route_is_listed():
    assert {name for name in named() if "_" not in name or not name.startswith(("registry_", "auth_"))} == (
        SITE.keys() | OF_THE_GONE | FOR_STRANGERS)
    for name in of_nouns():
        rule_of(name)
    # Besides those with a name: the address of a record without "change", and what leads nowhere.
    unnamed = {str(each.pattern) for each in patterns() if not each.name}
    assert unnamed == {"<path:object_id>/", "(?P<url>.*)$"}


def one_of_each() -> dict[str, list]:
    """Records of every noun, in each of its states where it has any."""
    project = build.make_project(capital_usd=5000)
    stated, other = build.make_statement(), build.make_statement(value="5")
    ready = {
        "project": build.make_project, "investor": build.make_investor, "enterprise": build.make_enterprise,
        "zone": build.make_zone, "source": build.make_source,
        "policy": lambda **given: build.make(NOUNS["policy"], name="Chính sách", **given),
        "engagement": lambda **given: build.make(NOUNS["engagement"], name="Buổi làm việc", kind="visit", **given),
        "opportunity": lambda **given: build.make(NOUNS["opportunity"], name="Dự án kêu gọi", kind="call", **given),
    }
    records = {kind: [make(publication=state, withdrawn_reason="nhầm" if state == "withdrawn" else "")
                      for state in Publication.values] for kind, make in ready.items()}
    records["project"].append(build.make_project(capital_usd=7))
    with build.act() as act:
        end(act=act, project=records["project"][-1], status=ProjectStatus.TERMINATED,
            ended_on=build.exactly(date(2025, 6, 30)), source=build.make_source(act=act))
    certificates = [build.make_certificate(project, kind="correction") for _state in Publication]
    for certificate, state in zip(certificates, Publication.values, strict=True):
        Certificate.objects.filter(pk=certificate.pk).update(publication=state, withdrawn_reason="nhầm")
    build.make_dossier(project)
    records["certificate"] = list(Certificate.objects.all())
    waiting = build.make_report(project, quarter=(2026, 1))
    accepted = build.make_report(project, quarter=(2026, 2), realised_since_usd=Decimal(1))
    with build.act() as act:
        report.accept(act=act, report=accepted)
    for kind, record in {
        "capital-entry": project.entries.get(kind="new"), "milestone": build.make_milestone(project),
        "statement": stated,
        "conflict": build.make(NOUNS["conflict"], first=stated, second=other, why="khác nhau"),
        "zone-observation": build.make_observation(), "place": build.make_place(), "sector": build.make_sector(),
        "correction": build.make_correction(), "import-batch": build.make(
            NOUNS["import-batch"], table="projects", file_name="du-an.xlsx", sha256="0" * 64),
        "country": build.make_country(),
        "distinct-pair": build.make_distinct_pair(), "form-figure": build.make_form_figure(),
        "registrar": build.make(NOUNS["registrar"], name="Ban quản lý"),
        "partner": build.make_partner(),
        "published-figure": build.freeze(Asked(FigureKind.FLOWS, "zone", date(2023, 9, 30), date(2023, 7, 1))),
    }.items():
        records[kind] = [record]
    records["api-key"] = [build.make_key(state=state) for state in KeyState]
    records["operating-report"] = [waiting, accepted]
    records["conflict"].append(NOUNS["conflict"].objects.get(report=accepted))
    assert records.keys() == NOUNS.keys()
    assert all(len(records[kind]) == (4 if issubclass(model, Publishable) else 1) for kind, model in NOUNS.items()
               if kind not in ("project", "operating-report", "certificate", "api-key", "conflict"))
    return {NOUNS[kind]._meta.model_name: found for kind, found in records.items()}


def addresses(name: str, records: dict[str, list]) -> list[str]:
    """Where a route leads, for each record."""
    _app, noun, page = name.split("_", 2)
    if page in OF_LISTS:
        return [reverse(f"admin:{name}")]
    if page in ("undo", "restore"):
        return [reverse(f"admin:{name}", args=[record.pk, first_change(record)]) for record in records[noun]]
    return [reverse(f"admin:{name}", args=[record.pk]) for record in records[noun]]


def first_change(record) -> int:
    changes = Change.objects.filter(kind=record.KIND, code=record.code)
    return changes.order_by("seq").values_list("seq", flat=True)[0]


def at(role: str) -> Client:
    client = Client()
    client.force_login(build.make_officer("ai", role))
    return client


@pytest.mark.parametrize("role", Role)
def test_each_role_at_each_route_in_each_state(role):
    records, client = one_of_each() | {"user": [build.make_officer("lan")]}, at(role)
    before, wrong = (everything(), list(User.objects.values())), []

    def check(sent: str, address: str, may: bool):
        answer = client.get(address) if sent == "GET" else client.post(address, {})
        b"".join(answer)  # a file that was not read stays open
        if (answer.status_code != 403) != may or answer.status_code >= 500:
            wrong.append(f"{sent} {address}: {answer.status_code}, {'allowed' if may else 'refused'} by the table")

    for name in sorted(of_nouns()):
        reads, sends = rule_of(name)
        for address in addresses(name, records):
            check("GET", address, role in reads)
            if sends is not None:
                check("POST", address, role in sends)
    for name in sorted(SITE.keys() - {"view_on_site", "app_list", "autocomplete"}):
        check("GET", reverse(f"admin:{name}"), role in SITE[name])
    for address in ("/admin/registry/", "/admin/autocomplete/?app_label=registry&model_name=project&field_name=zone"):
        check("GET", address, True)

    assert wrong == []
    assert (everything(), list(User.objects.values())) == before


def test_a_stranger_is_led_to_the_login_page_from_everywhere(client):
    records = one_of_each() | {"user": [build.make_officer("lan")]}
    for name in sorted(of_nouns()):
        address = addresses(name, records)[0]
        for answer in (client.get(address), client.post(address, {})):
            assert answer.status_code == 302 and answer.url.startswith("/admin/login/"), name
    for name in sorted(SITE.keys() - {"view_on_site", "app_list"}):
        answer = client.get(reverse(f"admin:{name}"))
        assert answer.status_code == 302 and answer.url.startswith("/admin/login/"), name
