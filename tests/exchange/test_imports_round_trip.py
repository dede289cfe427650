"""What the register's own files say comes back unchanged, in both forms and both languages."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation
from openpyxl import load_workbook

from registry.actions import batch
from registry.exchange.columns import FIELDS
from registry.exchange.documents import DOCUMENTS, Context
from registry.exchange.files import write_csv, write_xlsx
from registry.exchange.imports.preview import TABLES, preview_file
from registry.models import Certificate, Investor, Project, Zone, ZoneObservation
from registry.vocabulary.batch import Fate
from tests import build

NOW = datetime(2026, 11, 28, 3, tzinfo=UTC)
PUBLIC_TABLES = [table for table in TABLES if table in FIELDS]
FORMS = [(form, language) for form in ("csv", "xlsx") for language in ("vi", "en")]


def exported(table: str, form: str, language: str = "vi") -> bytes:
    model = TABLES[table].model
    context = Context(base="https://fdi.example/api/v1/", as_of=date(2026, 11, 27))
    with translation.override(language):
        keys = list(model.objects.public().order_by("code").values_list("pk", flat=True))
        documents = DOCUMENTS[model.KIND].load(keys, context)
        out = io.BytesIO()
        if form == "csv":
            write_csv(out, FIELDS[table].table(), documents)
        else:
            write_xlsx(out, FIELDS[table].table(), documents, today=context.as_of)
    return out.getvalue()


def preview_of(data: bytes, table: str, form: str = "xlsx"):
    return preview_file(data, f"{table}.{form}", table, now=NOW)


@pytest.fixture(scope="module")
def more(press, lasting):
    with lasting(write_more):
        yield


def write_more() -> None:
    """What the press facts have none of."""
    with build.act() as act:
        investor = build.make_investor(act=act, name="=HYPERLINK(1)", name_native="株式会社",
                                       country=None, kind="person")
        source = build.make_source(act=act)
        project = build.make_project(act=act, name="-Nhà máy\u00a0lạ", irc_code="0123456789", investors=[investor],
                                     land_area_ha=Decimal("33.3333"), capital_usd="123456789.12", source=source)
        certificate = build.make_certificate(project, act=act, kind="amendment", step=1, amount_usd=Decimal("0.07"))
        build.make_certificate(project, act=act, kind="correction", changes="sửa\ntên")
        build.make_certificate(project, act=act, kind="exchange", irc_code="0123456780")
        assert certificate.code


@pytest.mark.django_db
@pytest.mark.parametrize(("form", "language"), FORMS)
@pytest.mark.parametrize("table", PUBLIC_TABLES)
def test_what_the_register_gives_it_takes_unchanged(more, table, form, language):
    preview = preview_of(exported(table, form, language), table, form)
    assert preview.problems == ()
    assert preview.rows
    assert {row.fate for row in preview.rows} == {Fate.UNCHANGED}


def edited(table: str, changes: dict[str, object], *, row: int = 2) -> bytes:
    """The register's file in Excel with other values under these headings of the API."""
    book = load_workbook(io.BytesIO(exported(table, "xlsx")))
    places = {column.name: place for place, column in enumerate(FIELDS[table].table().columns, start=1)}
    for name, value in changes.items():
        book.active.cell(row, places[name]).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize(("table", "name", "value"), [
    ("projects", "capital.confirmed_usd", 5), ("projects", "sources.code", "SRC-000001"), ("projects", "version", 9),
    ("projects", "updated_at", date(2020, 1, 1)), ("projects", "investors.name", "Khác"),
    ("projects", "capital.registered_usd", 5), ("projects", "enterprise.tax_code", "0100109106"),
    ("projects", "former_irc_codes", "212043000123"),
    ("investors", "url", "https://fdi.example/api/v1/investors/INV-999999/"), ("zones", "communes.code", "00001"),
    ("zone-observations", "unit", "ha"),
])
def test_a_computed_column_that_was_changed_is_an_error(more, table, name, value):
    preview = preview_of(edited(table, {name: value}), table)
    assert {problem.code for problem in preview.problems} <= {"computed-changed", "not-in-list"}
    assert len(preview.problems) == 1
    assert preview.problems[0].sheet == "Sheet1"
    assert preview.counts[Fate.ERROR] == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("table", "changes", "labels"), [
    ("projects", {"name": "Tên mới", "planned_workers": 1200, "zone.code": "tien-son"}, 3),
    ("projects", {"expires_on.label": "cuối năm 2070"}, 1),
    ("projects", {"land_area_ha": None, "sector.code": "27", "sector.section": None, "sector.name": None}, 1),
    ("investors", {"name_en": "New Name", "country": "KR"}, 2), ("zones", {"area_ha": 12.5, "developer": "Khác"}, 2),
    ("certificates", {"total_usd": 5.25, "changes": "khác"}, 2),
    ("zone-observations", {"value": 12, "method": "đếm"}, 2),
])
def test_what_was_changed_is_shown_and_published(more, table, changes, labels):
    preview = preview_of(edited(table, changes), table)
    assert preview.problems == ()
    changed = [row for row in preview.rows if row.fate == Fate.CHANGED]
    assert [len(row.differences) for row in changed] == [labels]
    with build.act() as act:
        made = batch.apply(act=act, preview=preview)
    record = changed[0].record
    before = record.version
    record.refresh_from_db()
    assert record.version == before
    with build.act() as act:
        batch.publish(act=act, batch=made)
    again = preview_of(edited(table, {}), table)
    assert again.counts[Fate.UNCHANGED] == len(again.rows)
    record.refresh_from_db()
    assert record.version == before + 1


@pytest.mark.django_db
def test_a_ledger_entry_is_not_edited(more):
    preview = preview_of(edited("capital-entries", {"amount_usd": 5}), "capital-entries")
    assert [problem.code for problem in preview.problems] == ["not-editable"]


@pytest.mark.django_db
@pytest.mark.parametrize(("table", "code", "problem"), [
    ("projects", "BN-999999", "unknown-code"), ("investors", "INV-999999", "unknown-code"),
    ("capital-entries", "BN-999999-1", "unknown-code"),
])
def test_an_unknown_code_is_an_error(more, table, code, problem):
    preview = preview_of(edited(table, {"code": code}), table)
    assert (preview.problems[0].cell, preview.problems[0].code) == ("A2", problem)


@pytest.mark.django_db
def test_a_code_twice_is_an_error(more):
    code = Investor.objects.public().order_by("code").first().code
    preview = preview_of(edited("investors", {"code": code}, row=3), "investors")
    assert [(problem.cell, problem.code) for problem in preview.problems] == [("A3", "row-twice")]


def rows_in_csv(heading: str, *rows: str) -> bytes:
    return "\n".join([heading, *rows]).encode()


@pytest.mark.django_db
def test_new_rows_of_each_table(more):
    project = Project.objects.public().order_by("code").first()
    source = build.make_source(kind="decision", name="Quyết định 1")
    for table, data in {
        "investors": rows_in_csv("code,kind,name,country,parent.name", ",tổ chức,Mới,Hàn Quốc,", ",person,Ai,JP,"),
        "zones": rows_in_csv("code,name,kind,communes.code,area_ha", "kcn-moi,KCN Mới,industrial_park,,12.5"),
        "certificates": rows_in_csv(
            "code,project.code,kind,step,decided_on.earliest,decided_on.latest,total_usd,total_vnd.amount",
            f",{project.code},amendment,7,2024-05-01,2024-05-31,15000000.00,360000000000.00"),
        "capital-entries": rows_in_csv(
            "code,project.code,kind,amount_usd,decided_on.earliest,decided_on.latest,source.code",
            f",{project.code},increase,1000.50,2024-05-01,2024-05-01,{source.code}",
            f",{project.code},decrease,-0.50,2024-06-01,2024-06-01,"),
        "zone-observations": rows_in_csv("code,zone.name,attribute,value,date,method",
                                         ",KCN Mới,occupancy,87.5,quý III/2025,đếm"),
    }.items():
        preview = preview_of(data, table, "csv")
        assert preview.problems == (), table
        assert preview.counts[Fate.NEW] == len(preview.rows)
        with build.act() as act:
            made = batch.apply(act=act, preview=preview)
        with build.act() as act:
            batch.publish(act=act, batch=made)
        assert preview_of(exported(table, "csv"), table, "csv").counts[Fate.UNCHANGED]

    assert Investor.objects.get(name="Ai").is_person
    assert Zone.objects.get(code="kcn-moi").area_ha == Decimal("12.5")
    assert Certificate.objects.get(project=project, step=7).total_vnd == 360_000_000_000
    entries = list(project.entries.order_by("-number")[:2])
    assert [(entry.amount_usd, entry.confirmed) for entry in entries] == [
        (Decimal("-0.50"), False), (Decimal("1000.50"), True)]
    observation = ZoneObservation.objects.get(zone__code="kcn-moi")
    assert (observation.value, observation.observed_on.label, observation.code) == (
        Decimal("87.5"), "quý III/2025", "kcn-moi-1")


@pytest.mark.django_db
@pytest.mark.parametrize(("form", "language"), FORMS)
@pytest.mark.parametrize("table", PUBLIC_TABLES)
def test_a_list_that_was_empty_is_taken_too(table, form, language):
    model = TABLES[table].model
    out = io.BytesIO()
    with translation.override(language):
        if form == "csv":
            write_csv(out, FIELDS[table].table(), [])
        else:
            write_xlsx(out, FIELDS[table].table(), [], today=date(2026, 11, 27))
    before = model.objects.count()
    preview = preview_of(out.getvalue(), table, form)
    assert (preview.problems, preview.rows, preview.changes_nothing) == ((), (), True)
    with build.act() as act:
        assert batch.apply(act=act, preview=preview) is None
    assert model.objects.count() == before
