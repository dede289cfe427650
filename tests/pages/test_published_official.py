"""Frozen official tables on their pages: as published, what is another now, and what the public is not told."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from jsonschema import Draft202012Validator

from registry.actions import report
from registry.exchange.documents.published import PUBLICATION_IN_FULL
from registry.models import OperatingReport
from registry.vocabulary.certificate import CertificateKind
from registry.vocabulary.published import Asked, FigureKind, checksum_of, of_quarter
from registry.vocabulary.report import Quarter
from tests import build
from tests.pages.conftest import content_of

pytestmark = pytest.mark.django_db

DAYS = {"last": date(2026, 9, 30), "first": date(2026, 7, 1)}


def accepted(project, **stated) -> OperatingReport:
    made = build.make_report(project, **stated)
    with build.act() as act:
        return report.accept(act=act, report=made)


@pytest.fixture
def project():
    """Three companies report exports, one of them revenue too; a figure is typed. The year before there was one."""
    build.make_project(name="Nhà máy SYN của năm trước", capital_usd=2_000_000, decided_on=date(2025, 8, 1))
    projects = [build.make_project(name=f"Nhà máy SYN {number}", enterprise=build.make_enterprise(),
                                   capital_usd=5_000_000, decided_on=date(2026, 8, 1)) for number in range(3)]
    for number, each in enumerate(projects):
        accepted(each, export_usd=Decimal(10), revenue_usd=Decimal(70) if number == 0 else None)
    build.make_form_figure(column="expected", value=Decimal(12))
    return projects[0]


def late(project) -> OperatingReport:
    """An amendment with its dossier, a report of another company, and another typed figure."""
    build.make_certificate(project, kind=CertificateKind.AMENDMENT, step=1, received_on=date(2026, 9, 1),
                           decided_on=date(2026, 9, 20), amount_usd=Decimal(1_234_567))
    build.make_form_figure(column="expected", value=Decimal(15))
    return accepted(build.make_project(enterprise=build.make_enterprise(name="Công ty SYN Đến Muộn")),
                    export_usd=Decimal("98765.43"), realised_usd="0")


class TestTheFormA41:
    @pytest.fixture
    def figure(self, project):
        return build.freeze(of_quarter(Quarter(2026, 3)), title="Biểu A.IV.1 quý III/2026", title_en="A.IV.1, Q3 2026")

    def test_it_is_told_line_by_line(self, reader, figure):
        words = reader.words(f"/publications/{figure.code}/")
        assert "III. Cấp mới: Số dự án" in words and "I. Xuất khẩu" in words
        assert "12 số nhập tay" in words
        assert "không công bố" in words  # one company's revenue
        assert "sổ đăng ký tính ra đúng từng ô như đã công bố" in words
        assert "A.IV.1, Q3 2026" in reader.words(f"/en/publications/{figure.code}/")

    def test_what_one_company_reported_late_is_not_told(self, reader, client, project, figure):
        made = late(project)
        words = reader.words(f"/publications/{figure.code}/")
        assert "III. Điều chỉnh vốn: Vốn tăng hoặc giảm (5) quý báo cáo 0 1.234.567 1.234.567 1.234.567 0" in words
        assert "I. Xuất khẩu (5) quý báo cáo 30 không công bố không công bố không công bố không công bố" in words
        assert "III. Cấp mới: Số dự án (7) dự kiến cả năm 12 không công bố" in words
        answer = client.get(f"/api/v1/publications/{figure.code}/").json()
        Draft202012Validator(PUBLICATION_IN_FULL).validate(answer)
        assert checksum_of(answer["table"]) == figure.checksum
        for text in (words, str(answer["revision"])):
            assert "98.795" not in text and "98795" not in text and "98765" not in text
            assert made.code not in text and "Đến Muộn" not in text
        told = {each["kind"]: each["code"] for each in answer["revision"]["records"]}
        assert told == {"certificate": project.certificates.latest("pk").code, "operating-report": None,
                        "form-figure": None}

    def test_its_file_has_what_counts_are_of_last_years(self, reader, figure):
        answer = reader.open(f"/publications/{figure.code}/?format=xlsx")
        rows = list(openpyxl.load_workbook(BytesIO(content_of(answer))).active.iter_rows(values_only=True))
        _received, granted, *_others = [row for row in rows if "Số dự án" in row]
        assert granted[3:6] == (1, 3, 300)

    def test_officers_are_told(self, client, project, figure):
        made = late(project)
        client.force_login(build.make_officer("lan"))
        html = client.get(f"/admin/registry/publishedfigure/{figure.pk}/change/").content.decode()
        assert "98.795,43" in html and made.code in html and project.certificates.latest("pk").code in html


@pytest.mark.parametrize("asked", [
    of_quarter(Quarter(2026, 3)), of_quarter(Quarter(2026, 3), known_on=date(2026, 11, 1)),
    Asked(FigureKind.AGENCY, "section", **DAYS), Asked(FigureKind.AGENCY, "country", **DAYS),
    Asked(FigureKind.HEADING, "", **DAYS),
], ids=lambda asked: f"{asked.kind}-{asked.by or asked.known_on or ''}")
def test_every_official_table_has_a_page_and_files(reader, client, project, asked):
    figure = build.freeze(asked, title="Bảng chính thức")
    late(project)
    for path in (f"/publications/{figure.code}/", f"/en/publications/{figure.code}/"):
        assert reader.open(path).status_code == 200
    answer = client.get(f"/api/v1/publications/{figure.code}/").json()
    Draft202012Validator(PUBLICATION_IN_FULL).validate(answer)
    assert answer["revision"]["rows"] and answer["revision"]["entries"]
    assert content_of(reader.open(f"/publications/{figure.code}/?format=csv"))
    book = openpyxl.load_workbook(BytesIO(content_of(reader.open(f"/publications/{figure.code}/?format=xlsx"))))
    cells = [str(cell) for row in book.active.iter_rows(values_only=True) for cell in row if cell is not None]
    assert any("ỦY BAN NHÂN DÂN" in cell for cell in cells) and any(figure.checksum in cell for cell in cells)


def test_queries_do_not_grow_with_causes(reader, project):
    figure = build.freeze(of_quarter(Quarter(2026, 3)))

    def queries(count: int) -> int:
        for _number in range(count):
            late(build.make_project(enterprise=build.make_enterprise(), capital_usd=1, decided_on=date(2026, 8, 1)))
        return reader.queries(f"/publications/{figure.code}/")

    assert queries(1) == queries(4)
