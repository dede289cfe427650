"""The pages of policies, engagements and opportunities: one page serves them all."""

import pytest

from registry.actions import record as records
from registry.models import Engagement, Opportunity, Policy, Sector
from registry.vocabulary.change import Verb
from registry.vocabulary.milestone import Reality
from registry.vocabulary.promotion import EngagementKind, OpportunityKind
from registry.vocabulary.publication import Publication
from tests import build
from tests.pages.conftest import content_of

pytestmark = pytest.mark.django_db


class TestOthers:
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


NOUNS = {
    "policies": lambda: build.make(Policy, **build.published(name="Chính sách A")),
    "engagements": lambda: build.make(Engagement, **build.published(name="Buổi làm việc",
                                                                    kind=EngagementKind.WORKING_SESSION)),
    "opportunities": lambda: build.make(Opportunity, **build.published(name="Kêu gọi", kind=OpportunityKind.CALL)),
    "sources": build.make_source,
    "zones": build.make_zone,
    "investors": build.make_investor,
}


@pytest.mark.parametrize("path", NOUNS)
class TestAddress:
    def test_a_withdrawn_one_is_410_with_the_reason(self, reader, path):
        record = NOUNS[path]()
        with build.act() as act:
            records.withdraw(act=act, record=record, reason="nhập trùng")
        words = reader.words(f"/{path}/{record.code}/", status=410)
        assert "đã gỡ" in words and "nhập trùng" in words
        assert record.name not in words

    def test_a_merged_one_leads_to_the_other(self, reader, path):
        left = NOUNS[path]()
        with build.act() as act:
            act.append(kind=left.KIND, code="CU-000001", verb=Verb.MERGED, feed_verb=Verb.MERGED, before=None,
                       after=None, merged_into=left.code)
        answer = reader.open(f"/en/{path}/CU-000001/")
        assert (answer.status_code, answer["Location"]) == (301, f"/en/{path}/{left.code}/")

    def test_a_draft_and_an_unknown_one_are_404(self, reader, path):
        record = NOUNS[path]()
        type(record).objects.filter(pk=record.pk).update(publication=Publication.DRAFT)
        reader.html(f"/{path}/{record.code}/", status=404)
        reader.html(f"/en/{path}/XX-999999/", status=404)

    def test_it_is_a_file_too(self, reader, path):
        record = NOUNS[path]()
        address = f"/{path}/{record.code}/"
        html = reader.html(address)
        assert f'type="application/json" href="http://testserver/api/v1/{path}/{record.code}/"' in html.replace(
            'href="/api', 'href="http://testserver/api')
        assert '<a href="?format=csv" rel="nofollow">CSV</a>' in html
        answer = reader.open(address, {"format": "csv"})
        head, row = content_of(answer).decode("utf-8-sig").splitlines()
        assert answer["Content-Type"] == "text/csv; charset=utf-8"
        assert head.startswith("code,") and row.startswith(f"{record.code},")
        reader.html(address, {"format": "pdf"}, status=400)


@pytest.mark.parametrize("path", ["/sectors/2018-00/", "/countries/XX/", "/en/projects/x/"])
def test_an_unknown_one_is_404(reader, path):
    reader.html(path, status=404)


@pytest.mark.parametrize("path", ["/sectors/2018-26/", "/countries/KR/"])
def test_reference_records_are_files_too(reader, path):
    code = path.split("/")[2]
    assert f"\r\n{code}," in content_of(reader.open(path, {"format": "csv"})).decode("utf-8-sig")
