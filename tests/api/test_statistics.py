"""Statistics as the API tells them: the press facts' numbers to the cent, and what a table may be asked."""

from decimal import Decimal

import pytest

from registry.statistics.flows import FLOW_GROUPS
from registry.statistics.groups import GROUPS, TIMES

GROUP_WORDS = ["country", *GROUPS, *TIMES]
MONEY = ("registered_usd", "realised_usd", "share_purchase_usd")
FLOWS = ("new_projects", "new_usd", "adjusted_times", "adjusted_usd", "share_purchase_times", "share_purchase_usd",
         "total_usd")
YEAR_2023 = {"from": "2023-01-01", "to": "2023-12-31"}
YEAR_2024 = {"from": "2024-01-01", "to": "2024-12-31"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def capital(api):
    def ask(by: str, **parameters) -> dict:
        return api.get("statistics/capital/", by=by, **parameters)

    return ask


def by_key(table: dict, column: str = "registered_usd") -> dict:
    return {row["key"]: row[column] for row in table["rows"]}


@pytest.mark.usefixtures("press")
class TestThePressFacts:
    def test_three_projects(self, api):
        capital = {row["name"]: row["capital"] for row in api.rows("projects/")}
        amkor, victory, mcc = (next(sums for name, sums in capital.items() if word in name)
                               for word in ("Amkor", "Victory", "Micro"))
        assert (amkor["registered_usd"], amkor["confirmed_usd"], amkor["intended_usd"]) == (
            "1600000000.00", "0.00", "0.00")
        assert (mcc["registered_usd"], mcc["confirmed_usd"]) == ("90000000.00", "0.00")
        assert (victory["registered_usd"], victory["intended_usd"]) == ("0.00", "400000000.00")

    def test_by_year(self, capital):
        table = capital("year")
        assert table["rows"] == [
            {"key": "2023", "name": "2023", "name_en": "2023", "projects": 1, "registered_usd": "1600000000.00",
             "realised_usd": "0.00", "share_purchase_usd": "0.00"},
            {"key": None, "name": None, "name_en": None, "projects": 1, "registered_usd": "90000000.00",
             "realised_usd": "0.00", "share_purchase_usd": "0.00"},
        ]
        assert table["total"]["registered_usd"] == "1690000000.00"
        assert table["total"]["projects"] == 2

    @pytest.mark.parametrize("by, keys", [("quarter", ["2023-Q2", None]), ("month", ["2023-05", None])])
    def test_other_times(self, capital, by, keys):
        assert [row["key"] for row in capital(by)["rows"]] == keys

    def test_by_zone_sector_section_and_country(self, capital):
        assert by_key(capital("zone")) == {"yen-phong-2c": "1600000000.00", "yen-phong-1": "90000000.00"}
        assert by_key(capital("sector")) == {"2018-26": "1600000000.00", None: "90000000.00"}
        assert by_key(capital("section")) == {"C": "1600000000.00", None: "90000000.00"}
        assert by_key(capital("country")) == {None: "1690000000.00"}

    def test_a_day_before_what_counts(self, capital):
        assert capital("zone", as_of="2023-05-30")["rows"] == []
        assert by_key(capital("zone", as_of="2023-05-31")) == {"yen-phong-2c": "1600000000.00"}
        assert by_key(capital("zone", as_of="2025-06-29")) == {"yen-phong-2c": "1600000000.00"}
        assert capital("zone", as_of="2025-06-30")["total"]["registered_usd"] == "1690000000.00"

    def test_before_the_register_knew_anything(self, capital):
        table = capital("zone", known_on="2020-12-31")
        assert (table["rows"], table["known_on"]) == ([], "2020-12-31")
        assert table["total"]["registered_usd"] == "0.00"

    @pytest.mark.parametrize("by", FLOW_GROUPS)
    def test_the_flows_of_2023_are_nothing(self, api, by):
        table = api.get("statistics/flows/", by=by, **YEAR_2023)
        assert table["rows"] == []
        assert {name: table["total"][name] for name in FLOWS} == {
            "new_projects": 0, "new_usd": "0.00", "adjusted_times": 0, "adjusted_usd": "0.00",
            "share_purchase_times": 0, "share_purchase_usd": "0.00", "total_usd": "0.00",
        }

    def test_filters_narrow(self, capital):
        assert capital("zone", zone="yen-phong-2c")["total"]["registered_usd"] == "1600000000.00"
        assert capital("zone", search="micro commercial")["total"]["registered_usd"] == "90000000.00"
        assert capital("zone", registered_usd_max="100000000")["total"]["projects"] == 1
        assert capital("zone", country="CN")["rows"] == []
        assert capital("zone", zone="yen-phong-1", sector="26")["rows"] == []
        assert capital("year", missing="sector")["total"]["registered_usd"] == "90000000.00"


@pytest.mark.usefixtures("press")
class TestCoverage:
    @pytest.fixture
    def rows(self, api) -> dict[str, dict]:
        page = api.get("statistics/coverage/")
        assert page["next"] is None
        return {row["reference"]: row for row in page["results"]}

    def test_none_of_the_19_american_projects(self, rows):
        assert rows["F005"] == rows["F005"] | {
            "what": "fdi_projects_in_province", "scope": {"kind": "country", "code": "US", "name": "Hoa Kỳ"},
            "date": None, "stated": "19", "unit": "projects", "qualifier": None, "computed": "0", "percent": "0.00",
            "alarm": False, "reason": "Sổ đăng ký chưa có bút toán nào trong phạm vi này.",
        }

    def test_a_lower_bound_keeps_its_word(self, rows):
        assert (rows["F003"]["stated"], rows["F003"]["qualifier"]) == ("2000", "more_than")

    def test_a_stock_of_the_whole_province(self, rows):
        found = rows["F072"]
        assert (found["what"], found["stated"], found["computed"]) == ("fdi_projects", "1908", "1")
        assert found["percent"] == "0.05"
        assert found["scope"]["kind"] == "place"

    def test_every_stated_figure_of_the_agency_is_there(self, rows):
        agency = [row for reference, row in rows.items() if reference.startswith("FIA")]
        assert len(agency) == 92
        assert {row["computed"] for row in agency if row["unit"] == "projects"} == {"0"}
        assert not any(row["alarm"] for row in rows.values())

    def test_it_takes_no_parameter(self, api):
        assert api.named("statistics/coverage/", page_size="1", by="year") == ["page_size", "by"]


@pytest.mark.usefixtures("furnished")
class TestTables:
    @pytest.mark.parametrize("by", GROUP_WORDS)
    @pytest.mark.parametrize("more", [{}, {"basis": "share"}, {"country_of": "parent"}, {"status": "operating"}])
    def test_rows_add_up_to_the_total(self, capital, schema, by, more):
        table = capital(by, **more)
        schema.check("/statistics/capital/", table)
        assert (table["by"], table["unit"]) == (by, "USD")
        for column in MONEY:
            assert sum(Decimal(row[column]) for row in table["rows"]) == Decimal(table["total"][column])
        assert sum(row["projects"] for row in table["rows"]) == table["total"]["projects"] == 24
        keys = [row["key"] for row in table["rows"]]
        assert len(set(keys)) == len(keys)
        assert {type(key) for key in keys} <= {str, type(None)}
        assert table["total"]["registered_usd"] == f"{1_690_000_000 + 22 * Decimal('1000000.01')}"

    @pytest.mark.parametrize("by", FLOW_GROUPS)
    def test_flows_add_up_to_the_total(self, api, schema, by):
        table = api.get("statistics/flows/", by=by, **YEAR_2024)
        schema.check("/statistics/flows/", table)
        assert (table["by"], table["from"], table["to"], table["unit"]) == (by, "2024-01-01", "2024-12-31", "USD")
        for column in FLOWS:
            assert sum(Decimal(row[column]) for row in table["rows"]) == Decimal(table["total"][column])
        for row in [*table["rows"], table["total"]]:
            parts = (Decimal(row[name]) for name in ("new_usd", "adjusted_usd", "share_purchase_usd"))
            assert sum(parts) == Decimal(row["total_usd"])
        assert table["total"]["new_projects"] == table["total"]["share_purchase_times"] == 22
        assert table["total"]["adjusted_times"] == 0
        assert table["total"]["new_usd"] == "22000000.22"

    def test_both_days_are_included(self, api):
        for first, last, count in (("2024-03-31", "2024-03-31", 22), ("2024-01-01", "2024-03-30", 0),
                                   ("2024-04-01", "2024-12-31", 0)):
            table = api.get("statistics/flows/", by="zone", **{"from": first, "to": last})
            assert table["total"]["new_projects"] == count

    def test_known_on(self, api):
        table = api.get("statistics/flows/", by="zone", known_on="2024-12-31", **YEAR_2024)
        assert (table["known_on"], table["rows"]) == ("2024-12-31", [])

    def test_by_lead_and_by_share(self, capital):
        assert by_key(capital("country", form="joint_venture")) == {"KR": "22000000.22"}
        shared = by_key(capital("country", form="joint_venture", basis="share"))
        assert shared == {"KR": "13200000.22", "JP": "8800000.00"}
        assert by_key(capital("country", form="joint_venture", country_of="parent")) == {"JP": "22000000.22"}

    def test_no_natural_person_is_named(self, capital):
        rows = capital("investor", basis="share")["rows"]
        persons = [row for row in rows if row["name"] == "nhà đầu tư cá nhân"]
        assert len(persons) == 22
        assert "Zwêng" not in str(rows)

    def test_an_empty_parameter_is_none_at_all(self, capital):
        assert capital("zone", zone="", search="", basis="") == capital("zone")


class TestBadParameters:
    @pytest.mark.parametrize("parameters, named", [
        ({}, ["by"]), ({"by": ""}, ["by"]), ({"by": "colour"}, ["by"]), ({"by": ["zone", "zone"]}, ["by"]),
        ({"by": "zone", "as_of": "31/12/2023"}, ["as_of"]), ({"by": "zone", "known_on": "x"}, ["known_on"]),
        ({"by": "zone", "basis": "both"}, ["basis"]), ({"by": "zone", "country_of": "birth"}, ["country_of"]),
        ({"by": "zone", "zone": "nowhere"}, ["zone"]), ({"by": "zone", "page_size": "5"}, ["page_size"]),
        ({"by": "zone", "cursor": "x", "count": "true"}, ["cursor", "count"]), ({"by": "zone", "from": "1"}, ["from"]),
        ({"by": "zone", "as_of": ["2023-01-01", "2023-01-01"]}, ["as_of"]), ({"colour": "red"}, ["colour", "by"]),
    ])
    def test_of_capital(self, api, parameters, named):
        assert api.named("statistics/capital/", **parameters) == named

    @pytest.mark.parametrize("parameters, named", [
        ({}, ["by", "from", "to"]), ({"by": "zone"}, ["from", "to"]), ({"by": "zone", "from": "2023-01-01"}, ["to"]),
        ({"by": "year", **YEAR_2023}, ["by"]), (YEAR_2023, ["by"]), ({"by": "zone", **YEAR_2023, "to": ""}, ["to"]),
        ({"by": "zone", **YEAR_2023, "as_of": "2023-01-01"}, ["as_of"]), ({"by": "zone", "from": "1"}, ["from", "to"]),
        ({"by": "zone", **YEAR_2023, "to": "2023-02-30"}, ["to"]),
        ({"by": "zone", **YEAR_2023, "known_on": "hôm qua"}, ["known_on"]),
        ({"by": "zone", "from": "2024-01-01", "to": "2023-12-31"}, ["from"]),
    ])
    def test_of_flows(self, api, parameters, named):
        assert api.named("statistics/flows/", **parameters) == named

    def test_a_period_that_ends_before_it_begins(self, api):
        problem = api.problem("statistics/flows/", by="zone", **{"from": "2024-01-01", "to": "2023-12-31"})
        assert problem["code"] == "period-backwards"
        assert problem["detail"] == "Ngày đầu 01/01/2024 sau ngày cuối 31/12/2023; hãy đổi chỗ hai ngày."

    @pytest.mark.parametrize("path", ["statistics/", "statistics/nothing/"])
    def test_what_there_is_not_yet(self, api, path):
        assert api.problem(path, 404)["code"] == "not-found"
