"""The pages of investors, sectors, policies …: one page serves them all."""

import pytest

from registry.actions import record as records
from registry.models import Country, Engagement, Opportunity, Policy, Sector
from registry.vocabulary.investor import InvestorKind
from registry.vocabulary.milestone import Reality
from registry.vocabulary.promotion import EngagementKind, OpportunityKind
from registry.vocabulary.publication import Publication
from tests import build

pytestmark = pytest.mark.django_db


class TestInvestor:
    def test_has_its_facts_its_projects_and_their_sum(self, reader):
        investor = build.make_investor(name="Tokyo", country=Country.objects.get(code="JP"))
        project = build.make_project(name="Nhà máy Một", investors=[investor], capital_usd="4000000")
        build.make_project(name="Nhà máy Hai", investors=[investor], capital_usd="500")
        words = reader.words(f"/investors/{investor.code}/")
        assert "Nước đăng ký Nhật Bản" in words
        assert "Tổng của 2 dự án Vốn" not in words
        assert "Tổng của 2 dự án 4.000.500" in words
        assert f'href="/projects/{project.code}/"' in reader.html(f"/investors/{investor.code}/")
        assert f'href="/projects/?investor={investor.code}"' in reader.html(f"/investors/{investor.code}/")

    def test_names_what_is_not_recorded(self, reader):
        investor = build.make_investor(name="Tokyo")
        assert "Chưa ghi nhận tên bản ngữ, nước đăng ký, công ty mẹ" in reader.words(f"/investors/{investor.code}/")

    def test_a_natural_person_is_not_named(self, reader):
        person = build.make_investor(kind=InvestorKind.PERSON, name="Nguyễn Văn A", name_en="Nguyen Van A",
                                     name_native="阮文A")
        for prefix in ("", "/en"):
            html = reader.html(f"{prefix}/investors/{person.code}/")
            assert "Nguy" not in html and "阮" not in html
        assert "<h1>nhà đầu tư cá nhân</h1>" in reader.html(f"/investors/{person.code}/")

    def test_the_projects_are_capped_and_the_queries_are_not_more(self, reader):
        with build.act() as act:
            one, many = build.make_investor(act=act, name="Một"), build.make_investor(act=act, name="Nhiều")
            source = build.make_source(act=act)
            build.make_project(act=act, investors=[one], capital_usd=1, source=source)
            for number in range(21):
                build.make_project(act=act, name=f"Dự án {number}", investors=[many], capital_usd=1, source=source)
        path = f"/investors/{many.code}/"
        assert len(reader.codes(path=path)) == 20
        assert "Tổng của 21 dự án 21" in reader.words(path) and "Xem tất cả dự án" in reader.words(path)
        assert reader.queries(path) == reader.queries(f"/investors/{one.code}/") <= 12


class TestOthers:
    def test_a_sector_in_both_languages(self, reader):
        build.make_project(sector=Sector.objects.get(code="2018-26"), capital_usd=7)
        assert "Tổng của 1 dự án 7" in reader.words("/sectors/2018-26/")
        assert "Total of 1 project 7" in reader.words("/en/sectors/2018-26/")
        assert "Total of 1 project 7" in reader.words("/en/sectors/2018-C/")

    def test_a_policy_tells_its_text_in_the_reader_s_language(self, reader):
        policy = build.make(Policy, **build.published(
            name="Chính sách A", name_en="Policy A", summary="Tóm tắt.", summary_en="In short.",
            reality=Reality.PLANNED))
        vietnamese, english = reader.words(f"/policies/{policy.code}/"), reader.words(f"/en/policies/{policy.code}/")
        assert "Tóm tắt." in vietnamese and "In short." not in vietnamese
        assert "In short." in english and "Tóm tắt." not in english
        assert "<h1>Policy A</h1>" in reader.html(f"/en/policies/{policy.code}/")

    def test_an_engagement_and_an_opportunity(self, reader):
        source = build.make_source(name="Bản tin")
        meeting = build.make(Engagement, **build.published(
            name="Buổi làm việc", kind=EngagementKind.WORKING_SESSION, source=source))
        call = build.make(Opportunity, **build.published(
            name="Kêu gọi", kind=OpportunityKind.CALL, expected_usd="1600000000", sector=Sector.objects.get(
                code="2018-26")))
        assert f'href="/sources/{source.code}/">Bản tin</a>' in reader.html(f"/engagements/{meeting.code}/")
        words = reader.words(f"/opportunities/{call.code}/")
        assert "Vốn dự kiến (USD) 1.600.000.000" in words
        assert "Sản xuất sản phẩm điện tử" in words

    def test_a_source_that_is_not_public_is_not_named(self, reader):
        source = build.make_source(name="Bí mật", publication=Publication.DRAFT)
        policy = build.make(Policy, **build.published(name="Chính sách A", source=source))
        assert "Bí mật" not in reader.html(f"/policies/{policy.code}/")


class TestAddress:
    def test_a_withdrawn_one_is_410_with_the_reason(self, reader):
        investor = build.make_investor()
        with build.act() as act:
            records.withdraw(act=act, record=investor, reason="nhập trùng")
        words = reader.words(f"/investors/{investor.code}/", status=410)
        assert "đã gỡ" in words and "nhập trùng" in words

    @pytest.mark.parametrize("path", ["/investors/INV-999999/", "/sectors/2018-00/", "/policies/x/",
                                      "/en/investors/x/"])
    def test_an_unknown_one_is_404(self, reader, path):
        reader.html(path, status=404)

    def test_a_draft_is_404(self, reader):
        reader.html(f"/investors/{build.make_investor(publication=Publication.DRAFT).code}/", status=404)

    def test_it_names_its_document(self, reader):
        code = build.make_investor().code
        assert (f'<link rel="alternate" type="application/json" href="http://testserver/api/v1/investors/{code}/">'
                in reader.html(f"/investors/{code}/"))
