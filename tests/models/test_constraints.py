"""Every named constraint: a row that keeps it, and rows that break it, in the database and in full_clean."""

from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from registry import models
from registry.actions.writing import writing
from registry.models.sums import ADDED
from registry.vocabulary.publication import Publication
from tests import build

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 1, 8, tzinfo=UTC)
EARLY, LATE = date(2023, 5, 1), date(2023, 5, 31)


def row(model, **fields):
    if hasattr(model, "updated_at"):
        fields = {"updated_at": NOW} | fields
    return model(**fields)


# One valid row of each table, not saved; the fields of a test on top.

def project(**fields):
    return row(models.Project, **{"code": "BN-900001", "name": "Dự án"} | fields)


def stake(**fields):
    given = {"position": 1, "lead": True} | fields
    return row(models.Stake, **{"project": given.get("project") or build.make_project(investors=()),
                                "investor": given.get("investor") or build.make_investor()} | given)


def investor(**fields):
    return row(models.Investor, **{"code": "INV-900001", "name": "Nhà đầu tư"} | fields)


def enterprise(**fields):
    return row(models.Enterprise, **{"code": "ENT-900001", "name": "Công ty"} | fields)


def zone(**fields):
    return row(models.Zone, **{"code": "kcn-moi", "name": "KCN Mới", "kind": "industrial_park"} | fields)


def observation(**fields):
    where = {} if "place" in fields else {"zone": build.make_zone()}
    return row(models.ZoneObservation, **{"code": "moi-1", "number": 1, "attribute": "occupancy", "value": 80,
                                          "source": build.make_source()} | where | fields)


def place(**fields):
    return row(models.AdministrativeUnit, **{"code": "99999", "official_code": "99999", "name": "Phường Mới",
                                             "kind": "ward", "level": "commune"} | fields)


def sector(**fields):
    return row(models.Sector, **{"code": "2018-00", "vsic_version": "2018", "level": 2, "vsic_code": "00",
                                 "section": "C", "name": "Ngành"} | fields)


def source(**fields):
    return row(models.Source, **{"code": "SRC-900001", "name": "Bài báo", "kind": "article"} | fields)


def certificate(**fields):
    return row(models.Certificate, **{"code": "BN-900001-1", "number": 1, "kind": "first_issue",
                                      "project": fields.get("project") or build.make_project()} | fields)


def milestone(**fields):
    return row(models.Milestone, **{"code": "BN-900001-1", "number": 1, "kind": "completion", "reality": "actual",
                                    "project": build.make_project()} | fields)


def entry(**fields):
    return row(models.CapitalEntry, **{
        "code": "BN-900001-1", "number": 1, "project": build.make_project(), "kind": "increase",
        "counts_as": fields.get("kind", "increase"), "amount_usd": 1, "counts_on": LATE, "recorded_at": NOW,
        "source": build.make_source(),
    } | fields)


def statement(**fields):
    return row(models.Statement, **{"source": build.make_source(), "subject_kind": "project", "subject_name": "Dự án",
                                    "attribute": "area", "kind": "reported", "recorded_at": NOW} | fields)


def conflict(**fields):
    one, other = build.make_statement(), build.make_statement()
    return row(models.Conflict, **{"first": one, "second": other, "why": "khác nhau"} | fields)


def policy(**fields):
    return row(models.Policy, **{"code": "POL-900001", "name": "Chính sách"} | fields)


def engagement(**fields):
    return row(models.Engagement, **{"code": "ENG-900001", "name": "Chuyến thăm", "kind": "visit"} | fields)


def opportunity(**fields):
    return row(models.Opportunity, **{"code": "OPP-900001", "name": "Kêu gọi", "kind": "call"} | fields)


def correction(**fields):
    return row(models.CorrectionRequest, **{"code": "COR-900001", "about": "/data/", "words": "Sai", "language": "vi",
                                            "received_at": NOW, "deadline": LATE} | fields)


def report(**fields):
    return row(models.OperatingReport, **{
        "code": "BN-900001-1", "number": 1, "project": fields.get("project") or build.make_project(), "year": 2026,
        "quarter": 3, "realised_usd": 5,
    } | fields)


def reported():
    """A project that has a report of the third quarter of 2026."""
    project = build.make_project()
    build.make_report(project)
    return project


def disbursed(**fields):
    """What an accepted report of a project has, but for these fields."""
    project = build.make_project()
    entry = build.make_entry(project, 5, kind="disbursement")
    return {"project": project, "state": "accepted", "entry": entry, "source": entry.source} | fields


def act(**fields):
    return row(models.Act, **{"id": 10**9, "at": NOW, "by_name": "test", "reason": "test", "door": "shell"} | fields)


def change(**fields):
    return row(models.Change, **{
        "seq": 10**9, "act": models.Act.objects.first(), "kind": "project", "code": "BN-900001", "verb": "created",
        "before": {}, "after": {}, "salt": "s", "payload_digest": "d", "previous_hash": "p", "hash": "h",
    } | fields)


def partner(**fields):
    return row(models.Partner, **{"code": "PAR-900001", "name": "SYN Đối tác"} | fields)


def api_key(**fields):
    return row(models.ApiKey, **{"code": "0" * 12, "partner": build.make_partner(), "purpose": "thử nghiệm",
                                 "expires_on": LATE} | fields)


def form_figure(**fields):
    return row(models.FormFigure, **{"code": "A-IV-1-2026-3-BN-GRANTED_NEW-QUARTER", "year": 2026, "quarter": 3,
                                     "row": "granted_new", "column": "quarter"} | fields)


def published_figure(**fields):
    return row(models.PublishedFigure, **{
        "code": "PUB-900001", "title": "Bảng", "kind": "capital", "parameters": {"by": "zone"}, "table": {"rows": []},
        "change": 1, "checksum": "a" * 64, "office": build.make_registrar(), "frozen_at": NOW} | fields)


def as_known(**fields):
    """What a project stood under before what it stands under now."""
    where = {} if "project" in fields else {"project": build.make_project()}
    return row(models.ProjectAsKnown, **{"seq_from": 0, "seq_until": 1, "is_public": True, "shares": "[]"}
               | where | fields)


def frozen():
    made = published_figure(code="PUB-900002")
    made.save()
    return made


def known_since():
    """A project, and the change since which it is known as it stands."""
    project = build.make_project()
    since = project.as_known.get().seq_from
    return {"project": project, "seq_from": since, "seq_until": since + 1}


def distinct_pair(**fields):
    return row(models.DistinctPair, **{"code": "INV-900001-INV-900002", "kind": "investor", "one": "INV-900001",
                                       "other": "INV-900002"} | fields)


def told_apart(**fields):
    """A pair that was judged already, under another code."""
    models.DistinctPair.objects.bulk_create([distinct_pair(code="INV-900002-INV-900001")])
    return fields


def batch(**fields):
    return row(models.ImportBatch, **{"code": "IMP-900001", "table": "projects", "file_name": "a.xlsx",
                                      "sha256": "a" * 64} | fields)


def import_row(**fields):
    return row(models.ImportRow, **{"batch": fields.get("batch") or saved_batch(), "number": 2, "fate": "new",
                                    "kind": "project"} | fields)


def month(**fields):
    return row(models.CapitalMonth, **{"dimension": "zone", "key": "1", "grain": "month", "period": "2023-05",
                                       "is_dated": True, "is_public": True} | dict.fromkeys(ADDED, 0) | fields)


def saved_month():
    month().save()
    return {"registered_usd": 1}


def known(**fields):
    return row(models.CapitalKnown, **{"dimension": "zone", "key": "1", "grain": "month", "period": "2023-05",
                                       "known": "2023-06", "is_dated": True, "is_public": True}
               | dict.fromkeys(ADDED, 0) | fields)


def saved_known():
    known().save()
    return {"registered_usd": 1}


def saved_batch():
    made = batch(code="IMP-900002", sha256="b" * 64)
    made.save()
    return made


def saved_row():
    made = import_row()
    made.save()
    return {"batch": made.batch, "number": made.number}


def row_problem(**fields):
    return row(models.RowProblem, **{"table": "projects", "file_name": "a.xlsx", "sha256": "a" * 64, "at": NOW,
                                     "by_name": "test", "code": "unreadable-day", "message": "sai"} | fields)


def register(**fields):
    return row(models.Register, **{"pk": 1} | fields)


def published_noun(noun, build_row):
    return [
        (f"{noun}_publication_known", build_row, [{"publication": "secret"}], {"publication": Publication.IN_REVIEW}),
        (f"{noun}_withdrawn_with_reason", build_row, [{"publication": Publication.WITHDRAWN}],
         {"publication": Publication.WITHDRAWN, "withdrawn_reason": "nhập nhầm"}),
    ]


def word(noun, field, build_row):
    return [(f"{noun}_{field}_known", build_row, [{field: "nonsense"}, {field: ""}], {})]


def days(noun, stem, build_row):
    earliest, latest = f"{stem}_earliest", f"{stem}_latest"
    return [(f"{noun}_{stem}_days_in_order", build_row,
             [{earliest: LATE, latest: EARLY}, {earliest: EARLY}, {latest: LATE}], {earliest: EARLY, latest: EARLY})]


def of_one_led(fields):
    """A stake in a project that has a lead already."""
    return lambda: {"project": build.make_project()} | fields


def twice_in_one():
    investor = build.make_investor()
    return {"project": build.make_project(investors=[investor]), "investor": investor, "lead": False}


def second_first_amendment():
    project = build.make_project()
    build.make_certificate(project, kind="amendment", step=1)
    return {"project": project, "number": 2, "code": "BN-900001-2", "kind": "amendment", "step": 1}


def recorded_conflict():
    one, other = build.make_statement(), build.make_statement()
    build.make(models.Conflict, first=one, second=other, why="khác nhau")
    return {"first": one, "second": other}


def with_itself():
    one = build.make_statement()
    return {"first": one, "second": one}


def kept_key():
    with writing(by="test", reason="test", key="mot-khoa") as opened:
        build.make_source(act=opened)
    return {"key": "mot-khoa"}


def later_first():
    one, other = build.make_statement(), build.make_statement()
    return {"first": other, "second": one}


# (name of the constraint, a valid row, fields that break it, fields that do not)
CASES = [
    ("correction_concluded_in_words", correction,
     [{"state": "accepted"}, {"state": "received", "outcome": "Đã sửa."}], {"state": "declined", "outcome": "Đúng."}),
    *(case for noun, build_row in [
        ("project", project), ("investor", investor), ("enterprise", enterprise), ("zone", zone),
        ("certificate", certificate), ("source", source), ("policy", policy), ("engagement", engagement),
        ("opportunity", opportunity),
    ] for case in published_noun(noun, build_row)),
    *(case for noun, field, build_row in [
        ("project", "form", project), ("project", "status", project), ("investor", "kind", investor),
        ("zone", "kind", zone), ("zone", "province", zone), ("zone", "former_province", zone),
        ("observation", "attribute", observation), ("place", "kind", place), ("place", "level", place),
        ("place", "former_province", place), ("source", "kind", source), ("certificate", "kind", certificate),
        ("certificate", "outcome", certificate), ("milestone", "kind", milestone),
        ("milestone", "reality", milestone), ("statement", "subject_kind", statement),
        ("statement", "kind", statement), ("statement", "review", statement), ("statement", "reality", statement),
        ("statement", "qualifier", statement), ("conflict", "state", conflict), ("policy", "reality", policy),
        ("engagement", "kind", engagement), ("engagement", "reality", engagement),
        ("opportunity", "kind", opportunity), ("act", "door", act), ("change", "verb", change),
        ("correction", "state", correction),
        ("batch", "table", batch), ("batch", "state", batch), ("import_row", "fate", import_row),
        ("row_problem", "table", row_problem),
    ] for case in word(noun, field, build_row)),
    ("entry_kind_known", entry, [{"kind": "gift"}], {"kind": "disbursement", "amount_usd": -1}),
    *(case for noun, stem, build_row in [
        ("project", "licensed", project), ("project", "expires", project), ("observation", "observed", observation),
        ("source", "published", source), ("certificate", "decided", certificate), ("entry", "decided", entry),
        ("milestone", "happened", milestone), ("statement", "date", statement), ("policy", "issued", policy),
        ("engagement", "held", engagement),
    ] for case in days(noun, stem, build_row)),
    ("project_ended_days_in_order", project,
     [{"status": "terminated", "ended_earliest": LATE, "ended_latest": EARLY},
      {"status": "terminated", "ended_latest": EARLY}, {"ended_earliest": EARLY}],
     {"status": "terminated", "ended_earliest": EARLY, "ended_latest": LATE}),
    ("project_ended_with_day", project,
     [{"status": "terminated"}, {"status": "operating", "ended_earliest": EARLY, "ended_latest": EARLY}],
     {"status": "expired", "ended_earliest": EARLY, "ended_latest": EARLY}),
    ("project_land_area_not_negative", project, [{"land_area_ha": -1}], {"land_area_ha": 0}),
    ("stake_share_within_hundred", stake, [{"share_percent": 0}, {"share_percent": "100.01"}],
     {"share_percent": 100}),
    ("stake_one_lead", stake, [of_one_led({"lead": True})], of_one_led({"lead": False})),
    ("stake_investor_once", stake, [twice_in_one], {}),
    ("place_in_force_in_order", place, [{"in_force_from": LATE, "in_force_until": EARLY}],
     {"in_force_from": EARLY, "in_force_until": EARLY}),
    ("observation_of_zone_or_place", observation, [{"zone": None}, lambda: {"place": build.make_place(),
                                                                            "zone": build.make_zone()}],
     lambda: {"place": build.make_place()}),
    ("sector_code_once_a_version", sector, [{"vsic_code": "26"}], {"vsic_version": "2025", "code": "2025-00"}),
    ("certificate_amendment_has_step", certificate, [{"kind": "amendment"}, {"kind": "amendment", "step": 0}],
     {"kind": "amendment", "step": 1}),
    ("certificate_published_proposes_nothing", certificate,
     [{"publication": "published", "proposed_usd": 5}, {"publication": "published", "proposed_written": 5},
      {"publication": "published", "proposed_irc_code": "5421840814"}],
     {"publication": "in_review", "proposed_usd": 5, "proposed_irc_code": "5421840814"}),
    ("certificate_asks_by_its_kind", certificate,
     [{"asked_usd": 0}, {"asked_usd": -5}, {"kind": "termination", "asked_usd": 0}],
     {"kind": "transfer", "asked_usd": -5}),
    ("certificate_step_once", certificate, [second_first_amendment],
     lambda: second_first_amendment() | {"step": 2}),
    ("source_file_with_name", source, [{"file_name": "ban-chup.pdf"}, {"file_sha256": "0" * 64}],
     {"file_name": "ban-chup.pdf", "file_sha256": "0" * 64}),
    ("entry_amount_has_its_sign", entry,
     [{"amount_usd": 0}, {"amount_usd": -1}, {"kind": "decrease", "amount_usd": 1},
      {"kind": "disbursement", "amount_usd": 0}], {"kind": "decrease", "amount_usd": -1}),
    ("entry_reversal_names_what_it_reverses", entry,
     [{"kind": "reversal", "counts_as": "increase"}, {"kind": "increase", "counts_as": "new"},
      lambda: {"reverses": build.make_entry(build.make_project(), 5)},
      lambda: {"kind": "reversal", "reverses": build.make_entry(build.make_project(), 5)}],
     lambda: {"kind": "reversal", "counts_as": "increase", "amount_usd": -5,
              "reverses": build.make_entry(build.make_project(), 5)}),
    ("entry_has_project_or_enterprise", entry,
     [{"project": None}, {"project": None, "kind": "share_purchase"},
      lambda: {"project": None, "enterprise": build.make_enterprise()}],
     lambda: {"project": None, "enterprise": build.make_enterprise(), "kind": "share_purchase"}),
    ("entry_has_source_or_certificate", entry, [{"source": None}],
     lambda: {"source": None, "certificate": build.make_certificate(build.make_project())}),
    ("entry_written_with_currency", entry, [{"written_amount": 5}, {"written_currency": "VND"}],
     {"written_amount": 5, "written_currency": "VND"}),
    ("entry_part_within_amount", entry,
     [{"confirmed_part_usd": -1}, {"confirmed_part_usd": 6},
      {"kind": "decrease", "amount_usd": -5, "confirmed_part_usd": -6},
      {"kind": "decrease", "amount_usd": -5, "confirmed_part_usd": 1},
      {"kind": "disbursement", "confirmed_part_usd": 1}],
     {"kind": "decrease", "amount_usd": -5, "confirmed_part_usd": -5}),
    ("statement_subject_is_of_its_kind", statement,
     [lambda: {"zone": build.make_zone()}, lambda: {"project": build.make_project(), "zone": build.make_zone()}],
     lambda: {"project": build.make_project()}),
    ("statement_promoted_with_code", statement, [{"promoted_kind": "project"}, {"promoted_code": "BN-900001"}],
     {"promoted_kind": "project", "promoted_code": "BN-900001"}),
    ("conflict_first_before_second", conflict, [with_itself, later_first], {}),
    ("conflict_once", conflict, [recorded_conflict], {}),
    ("conflict_of_statements_or_report", conflict,
     [{"second": None}, {"first": None, "second": None}, lambda: {"report": build.make_report(build.make_project())}],
     lambda: {"first": None, "second": None, "report": build.make_report(build.make_project())}),
    ("change_follows_one", change, [{"previous_hash": "0" * 64}], {}),
    *word("report", "state", report),
    ("report_quarter_of_a_year", report, [{"quarter": 0}, {"quarter": 5}], {"quarter": 4}),
    ("report_year_of_the_calendar", report, [{"year": 1986}, {"year": 2201}], {"year": 1987}),
    ("report_parts_make_realised", report, [{"loans_parent_usd": 4}, {"loans_parent_usd": 6, "reinvested_usd": 0}],
     {"contributed_foreign_usd": "6.50", "loans_parent_usd": "-1.50"}),
    ("report_quantities_not_negative", report, [{"export_usd": -1}, {"land_m2": "-0.01"}],
     {"export_usd": 0, "loans_foreign_usd": -5, "reinvested_usd": 10, "taxes_usd": -1}),
    ("report_accepted_with_entry", report,
     [lambda: disbursed(entry=None), lambda: disbursed(state="waiting"), lambda: disbursed(source=None),
      lambda: disbursed(realised_usd=0)], disbursed),
    ("report_quarter_once", report, [lambda: {"project": reported(), "number": 2, "code": "BN-900001-2"}],
     lambda: {"project": reported(), "number": 2, "code": "BN-900001-2", "state": "withdrawn"}),
    ("act_key_once", act, [kept_key], {"key": "khoa-khac"}),
    ("batch_file_once", batch, [lambda: {"sha256": saved_batch().sha256}],
     lambda: {"sha256": saved_batch().sha256, "table": "investors"}),
    ("import_row_once", import_row, [lambda: saved_row() | {"fate": "changed"}], lambda: saved_row() | {"number": 3}),
    ("month_once", month, [saved_month], {"period": "2023-06"}),
    ("known_once", known, [saved_known], {"known": "2023-07"}),
    ("register_is_one", register, [{"pk": 2}], None),
    ("partner_plan_known", partner, [{"plan": "gold"}], {"plan": "mirror"}),
    ("api_key_scope_known", api_key, [{"scope": "staff"}], {"scope": "partner"}),
    ("api_key_state_known", api_key, [{"state": "lost"}], {"state": "approved"}),
    ("api_key_has_secret_once_issued", api_key,
     [{"state": "issued"}, {"digest": "0" * 64, "pepper": "a"}, {"state": "issued", "digest": "0" * 64}],
     {"state": "issued", "digest": "0" * 64, "pepper": "a"}),
    ("api_key_overlaps_what_it_replaces", api_key,
     [{"overlap_until": LATE}, lambda: {"replaces": build.make_key()}],
     lambda: {"replaces": build.make_key(), "overlap_until": LATE}),
    ("form_figure_column_known", form_figure, [{"column": "quarter_percent"}], {"column": "expected"}),
    ("form_figure_quarter_of_a_year", form_figure, [{"quarter": 0}, {"quarter": 5}], {"quarter": 4}),
    ("form_figure_year_of_the_calendar", form_figure, [{"year": 1986}, {"year": 2201}], {"year": 2200}),
    *word("published_figure", "kind", published_figure),
    ("published_figure_supersedes_with_note", published_figure, [lambda: {"supersedes": frozen()}],
     lambda: {"supersedes": frozen(), "note": "một giấy chứng nhận ghi nhầm"}),
    ("published_figure_supersedes_another", published_figure,
     [{"pk": 900001, "supersedes_id": 900001, "note": "lý do"}], {}),
    ("as_known_once", as_known, [known_since], {}),
    ("as_known_one_open", as_known, [{"seq_until": None}], {}),
    ("as_known_from_before_until", as_known, [{"seq_from": 1}, {"seq_from": 2}], {}),
    ("distinct_pair_kind_known", distinct_pair, [{"kind": "project"}], {"kind": "enterprise"}),
    ("distinct_pair_of_two", distinct_pair, [{"other": "INV-900001"}], {}),
    ("distinct_pair_once", distinct_pair, [told_apart], lambda: told_apart(other="INV-900003")),
]

CONSTRAINTS = {
    constraint.name: constraint
    for model in apps.get_app_config("registry").get_models()
    for constraint in model._meta.constraints
}


def made(build_row, fields):
    return build_row(**(fields() if callable(fields) else fields))


def test_every_constraint_has_a_case():
    assert sorted(name for name, *_ in CASES) == sorted(CONSTRAINTS)


@pytest.mark.parametrize(
    ("build_row", "fields"),
    [pytest.param(build_row, good, id=name) for name, build_row, _bad, good in CASES if good is not None],
)
def test_what_keeps_a_constraint_is_written(build_row, fields):
    record = made(build_row, fields)

    record.validate_constraints()
    type(record).objects.bulk_create([record])

    assert type(record).objects.filter(pk=record.pk).exists()


@pytest.mark.parametrize(
    ("name", "build_row", "fields"),
    [pytest.param(name, build_row, fields, id=f"{name}-{number}")
     for name, build_row, bad, _good in CASES for number, fields in enumerate(bad, start=1)],
)
def test_what_breaks_a_constraint_is_refused(name, build_row, fields):
    record, constraint = made(build_row, fields), CONSTRAINTS[name]
    rows = type(record).objects.count()

    with pytest.raises(ValidationError):
        record.full_clean()
    with pytest.raises(ValidationError) as refusal:
        constraint.validate(type(record), record)
    if constraint.violation_error_message != constraint.default_violation_error_message:
        assert refusal.value.messages == [constraint.get_violation_error_message()]
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        type(record).objects.bulk_create([record])

    # An unknown kind of entry has no sign either, and PostgreSQL names the first constraint by the alphabet.
    names = {name, "entry_amount_has_its_sign"} if name == "entry_kind_known" else {name}
    assert any(name in str(error.value) for name in names) or "UNIQUE" in str(error.value)
    assert type(record).objects.count() == rows
