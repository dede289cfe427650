"""The search of projects: which words find one, which do not, and what comes first."""

import unicodedata

import pytest

from registry.actions import record
from registry.actions.project import withdraw_project
from registry.models import Zone
from registry.vocabulary.publication import Publication
from tests import build
from tests.api.furniture import tax_codes

pytestmark = pytest.mark.django_db


def furnish_for_search() -> dict:
    with build.act() as act:
        first = build.make_project(
            act=act, name="Nhà máy linh kiện điện tử Hòa Phát", name_en="Peace Electronics Plant",
            objective="Sản xuất bản mạch in", objective_en="printed circuit boards", irc_code="2301234567",
            enterprise=build.make_enterprise(act=act, name="Công ty TNHH Thuận Đức", name_en="Smooth Company",
                                             tax_code=next(tax_codes()), activity="đúc nhựa chính xác"),
            zone=Zone.objects.get(code="yen-phong-2c"),
            investors=[
                build.make_investor(act=act, name="Sao Thủy Technology", name_en="Mercury", name_native="수성"),
                build.make_investor(act=act, name="Nguyễn Thị Zwêng", kind="person"),
            ],
        )
        second = build.make_project(act=act, name="Nhà máy vi mạch Hoa Phat", zone=Zone.objects.get(code="que-vo-3"))
        third = build.make_project(act=act, name="Kho Hoài Phátx", investors=[])
        source = build.make_source(act=act, name="Bài báo về thủy tinh Quang Trung")
        build.make_statement(act=act, source=source, subject=first, subject_name="Tên lạ Bồng Lai", value="Kỳ lân")
    return {"first": first, "second": second, "third": third}


@pytest.fixture(scope="module")
def three(lasting):
    with lasting(furnish_for_search) as made:
        yield made


@pytest.fixture
def found(three, api):
    names = {project.code: name for name, project in three.items()}
    return lambda words, **more: [names.get(code, code) for code in api.codes("projects/", search=words, **more)]


class TestWhere:
    @pytest.mark.parametrize("words", [
        "linh kiện", "Peace Electronics", "bản mạch in", "printed circuit", "2301234567", "Thuận Đức", "Smooth",
        "đúc nhựa", "KCN Yên Phong", "yen-phong-2c", "Sao Thủy", "Mercury", "수성",
    ])
    def test_in_names_codes_company_investors_zone_objective_and_activity(self, found, words):
        assert found(words) == ["first"]

    def test_in_the_codes_that_the_register_gave(self, found, three):
        first = three["first"]
        company, investor = first.enterprise, first.current_stakes()[0].investor
        for code in (first.code, company.code, company.tax_code, investor.code):
            assert found(code) == ["first"]

    @pytest.mark.parametrize("words", ["Bồng Lai", "Kỳ lân", "thủy tinh", "Quang Trung", "bài báo"])
    def test_never_in_statements_or_sources(self, found, words):
        assert found(words) == []

    @pytest.mark.parametrize("words", ["Zwêng", "zweng", "Nguyễn Thị", "nguyen thi zweng"])
    def test_never_by_the_name_of_a_natural_person(self, found, words):
        assert found(words) == []


class TestWhat:
    @pytest.mark.parametrize("words", [
        "sao thủy bản mạch", "mạch bản thủy sao", "mach ban thuy sao", "Smooth Peace Mercury 2301234567",
    ])
    def test_every_word_in_any_order_wherever_it_stands(self, found, words):
        assert found(words) == ["first"]

    def test_one_word_that_does_not_occur_is_enough(self, found):
        assert found("linh kiện khongco") == []

    @pytest.mark.parametrize("words, names", [
        ("elec", ["first"]), ("lectronics", []), ("merc", ["first"]), ("cury", []), ("hu", []), ("230123", ["first"]),
        ("1234567", []),
    ])
    def test_a_word_or_its_beginning_never_its_middle(self, found, words, names):
        assert found(words) == names

    @pytest.mark.parametrize("words", [
        "điện tử hòa", "DIEN TU HOA", "Điện Tử Hoà", "dien tử hòa", "đien tu hòa",
        unicodedata.normalize("NFD", "điện tử hòa"), unicodedata.normalize("NFD", "Điện Tử Hoà"), "  điện\ttử \n hòa ",
    ])
    def test_marks_case_and_forms_do_not_matter(self, found, words):
        assert found(words) == ["first"]

    @pytest.mark.parametrize("words", ["kcn yên phong", "khu công nghiệp yên phong", "KHU CONG NGHIEP yen phong"])
    def test_kcn_is_khu_cong_nghiep(self, found, words):
        assert found(words) == ["first"]

    @pytest.mark.parametrize("words, name", [
        ("yên phong II-C", "first"), ("yên phong IIC", "first"), ("yên phong 2C", "first"), ("yên phong 2-c", "first"),
        ("yên phong iic", "first"), ("quế võ III", "second"), ("quế võ 3", "second"), ("que vo iii", "second"),
    ])
    def test_numerals_either_way(self, found, words, name):
        assert found(words) == [name]

    def test_vi_is_no_six(self, found):
        assert found("vi mạch") == ["second"]
        assert found("6 mạch") == []

    @pytest.mark.parametrize("sign", ["%", "_", "\\", "'", "(", '"', "*", "--", "#"])
    def test_signs_mean_nothing(self, found, sign):
        assert found(sign) == ["first", "second", "third"]
        assert found(f"khongco{sign}") == found(f"{sign}khongco") == []


class TestOrder:
    def test_exact_marks_then_whole_words_then_parts(self, found):
        assert found("hòa phát") == ["first", "second", "third"]
        assert found("hoa phat") == found("hoa") == ["second", "first", "third"]
        assert found("hoài phát") == ["third"]
        assert found("hoa pha") == ["first", "second", "third"]
        assert found("phat", page_size=1) == ["second", "first", "third"]

    def test_an_order_that_was_asked_for_wins(self, found):
        assert found("phat", ordering="-name") == ["second", "first", "third"]
        assert found("phat", ordering="name") == ["third", "first", "second"]


class TestAfterAChange:
    def test_a_renamed_investor_company_and_zone(self, found, three):
        first = three["first"]
        with build.act() as act:
            record.amend(act=act, record=first.current_stakes()[0].investor, name="Sao Hỏa")
            record.amend(act=act, record=first.enterprise, name="Công ty Bình Minh", activity="lắp ráp")
            record.amend(act=act, record=first.zone, name="KCN Đông Phong")
        for words in ("sao hỏa", "bình minh", "lắp ráp", "đông phong"):
            assert found(words) == ["first"]
        for words in ("sao thủy", "thuận đức", "đúc nhựa"):
            assert found(words) == []

    def test_a_company_and_an_investor_that_are_not_public_find_nothing_until_they_are(self, api):
        company = build.make_enterprise(name="Công ty Kín Đáo", publication=Publication.DRAFT)
        investor = build.make_investor(name="Tập đoàn Giấu Tên", publication=Publication.DRAFT)
        project = build.make_project(enterprise=company, investors=[investor])
        for words in ("kín đáo", "giấu tên"):
            assert api.codes("projects/", search=words) == []
        with build.act() as act:
            record.publish(act=act, record=company)
            record.publish(act=act, record=investor)
        for words in ("kín đáo", "giấu tên"):
            assert api.codes("projects/", search=words) == [project.code]
        with build.act() as act:
            record.withdraw(act=act, record=company, reason="Ghi nhầm")
        assert api.codes("projects/", search="kín đáo") == []

    def test_drafts_and_withdrawn_ones_are_not_found(self, found, three):
        build.make_project(name="Kho Linh Đàm", publication=Publication.DRAFT)
        with build.act() as act:
            withdraw_project(act=act, project=three["second"], reason="Ghi nhầm")
        assert found("linh đàm") == found("vi mạch") == []
