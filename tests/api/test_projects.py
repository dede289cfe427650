"""The list of projects: every filter with exactly the projects that it finds."""

import pytest

from registry.exchange.documents import DOCUMENTS
from registry.web.project_filters import HAS
from tests.api.six_projects import make_six

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def six(lasting):
    with lasting(make_six) as made:
        yield made


@pytest.fixture
def found(six, api):
    """``found(zone="…")`` are the letters of the projects found, in the order of the list."""
    letters = {project.code: letter for letter, project in six.items()}

    def ask(**parameters) -> str:
        return "".join(letters[code] for code in api.codes("projects/", **parameters))

    return ask


class TestByWhatItBelongsTo:
    def test_zone_with_its_sub_zones(self, found):
        assert found(zone="thuan-thanh-3") == "AB"
        assert found(zone="thuan-thanh-3c") == "A"
        assert found(zone="yen-phong-1") == ""
        assert found(zone=["thuan-thanh-3c", "quang-chau"]) == "AC"

    def test_country_of_registration_of_the_lead(self, found):
        assert found(country="KR") == "AD"
        assert found(country="JP") == "B"
        assert found(country=["JP", "CN"]) == "BE"
        assert found(country="US") == ""

    def test_country_of_the_parent_of_the_lead(self, found):
        assert found(parent_country="KR") == "AD"
        assert found(parent_country="US") == "B"
        assert found(parent_country=["US", "KR"]) == "ABD"
        assert found(parent_country="JP") == ""

    def test_sector_three_ways(self, found):
        assert found(sector="26") == found(sector="2018-26") == "A"
        assert found(sector="C") == found(sector="2018-C") == "ABE"
        assert found(sector="2025-K") == "C"
        assert found(sector="K") == ""
        assert found(sector=["26", "10"]) == "AB"

    def test_investor_also_one_that_does_not_lead(self, found, api):
        code = {row["name"]: row["code"] for row in api.rows("investors/")}
        assert found(investor=code["Kim Cương"]) == "ABD"
        assert found(investor=[code["Nhật Quang"], code["Việt Hoa"]]) == "BE"

    def test_enterprise_and_its_tax_code(self, found, six):
        a, b = six["A"].enterprise, six["B"].enterprise
        assert found(enterprise=a.code) == found(tax_code=a.tax_code) == "A"
        assert found(enterprise=[a.code, b.code]) == found(tax_code=[a.tax_code, b.tax_code]) == "AB"

    def test_registrar(self, found):
        assert found(registrar="REG-000003") == "A"
        assert found(registrar=["REG-000003", "REG-000001"]) == "AB"

    def test_irc_code(self, found):
        assert found(irc_code="2301111111") == "A"
        assert found(irc_code=["2301111111", "2302222222"]) == "AB"

    @pytest.mark.parametrize("number", ["12/GP-KCN", "212000000001"])
    def test_a_former_irc_code(self, found, number):
        assert found(irc_code=number) == "A"
        assert found(irc_code=[number, "2302222222"]) == "AB"
        assert found(irc_code=number, status="building") == ""

    @pytest.mark.parametrize("number", ["12", "21200000000", "12/GP-KCN; 212000000001", "; "])
    def test_a_part_of_it_is_none(self, six, api, number):
        assert [each["pointer"] for each in api.problem("projects/", irc_code=number)["errors"]] == ["irc_code"]

    def test_former_irc_codes_are_told_the_oldest_first(self, six, api):
        told = {row["code"]: row["former_irc_codes"] for row in api.rows("projects/")}
        assert told.pop(six["A"].code) == ["12/GP-KCN", "212000000001"]
        assert list(told.values()) == [[]] * 5

    def test_place_and_what_belongs_to_it(self, found):
        assert found(place="09193") == "A"
        assert found(place="24") == "ABF"
        assert found(place="24-2025") == ""
        assert found(place=["09193", "07210"]) == "ABF"

    def test_former_province_by_place_else_by_zone(self, found):
        assert found(former_province="bac-ninh") == "AE"
        assert found(former_province="bac-giang") == "BCF"
        assert found(former_province=["bac-ninh", "bac-giang"]) == "ABCEF"


class TestByWhatItIs:
    def test_status(self, found):
        assert found(status="operating") == "A"
        assert found(status=["operating", "terminated", "suspended"]) == "ADE"

    def test_form(self, found):
        assert found(form="joint_venture") == "BE"
        assert found(form=["joint_venture", "wholly_foreign"]) == "ABE"
        assert found(form="public_private") == ""

    def test_two_filters_narrow(self, found):
        assert found(country="KR", status="suspended") == "D"
        assert found(form="joint_venture", zone="thuan-thanh-3", search="nhà máy") == "B"

    def test_licensed_by_the_latest_day_bounds_included(self, found):
        assert found(licensed_after="2023-05-31") == "ADE"
        assert found(licensed_after="2023-06-01") == "E"
        assert found(licensed_before="2023-05-31") == "ABD"
        assert found(licensed_before="2023-05-30") == "B"
        assert found(licensed_after="2020-01-15", licensed_before="2020-01-15") == "B"
        assert found(licensed_after="2020-01-16", licensed_before="2023-05-30") == ""

    def test_registered_capital_bounds_included(self, found):
        assert found(registered_usd_min="100") == "ABD"
        assert found(registered_usd_min="100.01") == "AB"
        assert found(registered_usd_max="100.00") == "CDEF"
        assert found(registered_usd_max="99.99") == "CEF"
        assert found(registered_usd_min="250.50", registered_usd_max="250.50") == "B"
        assert found(registered_usd_min="0", registered_usd_max="0") == "CEF"
        assert found(registered_usd_max="-0.01") == ""

    def test_registered_capital_as_of_a_day_and_as_known_on_a_day(self, found):
        assert found(registered_usd_min="100.01", as_of="2024-05-31") == "B"
        assert found(registered_usd_min="100.01", known_on="2025-01-09") == "B"
        assert found(registered_usd_min="100.01", known_on="2025-01-10") == "AB"
        assert found(registered_usd_min="40", registered_usd_max="40", as_of="2023-12-31") == "E"
        assert found(registered_usd_min="0.01", as_of="2020-01-14") == ""
        assert found(registered_usd_min="0.01", known_on="2024-01-09") == ""

    def test_the_days_are_those_of_the_sums_shown(self, api, six):
        rows = api.rows("projects/", as_of="2023-12-31", known_on="2024-06-01")
        capital = {row["code"]: row["capital"] for row in rows}
        assert capital[six["E"].code] == {
            "as_of": "2023-12-31", "known_on": "2024-06-01", "registered_usd": "40.00", "confirmed_usd": "40.00",
            "intended_usd": "0.00", "realised_usd": "0.00", "share_purchase_usd": "0.00",
        }
        assert capital[six["A"].code]["registered_usd"] == "100.00"


class TestHasAndMissing:
    @pytest.fixture
    def rows(self, six, api) -> dict[str, dict]:
        """Each project as the API shows it, with what stands in other lists or deeper in its document."""
        rows = {row["code"]: row for row in api.rows("projects/")}
        for code, row in rows.items():
            lead = next((each for each in row["investors"] if each["lead"]), {})
            row |= {"country": lead.get("country"), "parent_country": lead.get("parent_country")}
            row["tax_code"] = row["enterprise"] and row["enterprise"]["tax_code"]
            row["capital"] = api.codes("capital-entries/", project=code)
            row["certificates"] = api.codes("certificates/", project=code)
        return rows

    @pytest.mark.parametrize("name", HAS)
    def test_every_field(self, rows, api, name):
        having = [code for code, row in rows.items() if row[name] not in (None, [])]
        assert api.codes("projects/", has=name) == having
        assert api.codes("projects/", missing=name) == [code for code in rows if code not in having]

    def test_every_field_of_a_project_can_be_asked_for(self):
        assert set(DOCUMENTS["project"].schema["properties"]) <= set(HAS)

    def test_repeated_means_or(self, found):
        assert found(has=["irc_code", "ended_on"]) == "ABE"
        assert found(missing=["zone", "sector"]) == "DF"
        assert found(missing=["zone", "form"]) == "CDF"
        assert found(has="zone", missing="form") == "C"

    def test_zero_is_a_value(self, found):
        assert found(has="planned_workers") == "A"

    def test_a_field_that_no_project_has_is_refused(self, api):
        problem = api.problem("projects/", has="colour", missing="size")
        assert [each["pointer"] for each in problem["errors"]] == ["has", "missing"]
        assert problem["errors"][0]["message"].startswith("Không có giá trị “colour”; hãy chọn một trong: code, url,")


class TestOrder:
    def test_by_registered_capital(self, found):
        assert found(ordering="registered_usd") == "CEFDBA"
        assert found(ordering="-registered_usd") == "ABDCEF"
        assert found(ordering="-registered_usd", as_of="2023-12-31") == "BADECF"
        assert found(ordering="-registered_usd", known_on="2024-12-31", page_size=1) == "BADCEF"

    def test_by_the_day_of_the_licence_those_without_last_both_ways(self, found):
        assert found(ordering="licensed_on") == "BADECF"
        assert found(ordering="-licensed_on") == "EADBCF"
        assert found(ordering="-licensed_on", page_size=2) == "EADBCF"

    def test_by_name(self, found):
        assert found(ordering="name") == "CDEABF"
        assert found(ordering="-name", page_size=1) == "FBAEDC"
