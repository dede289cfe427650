"""Every press fact as a statement: letter for letter, with its subject, its conflicts and what was made of it."""

import pytest

from registry.exchange.fixtures import read
from registry.vocabulary.statement import Review
from tests import build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("press")]

ROWS = {row["reference"]: row for row in read("press_statements")["rows"]}
FACTS = [f"F{number:03}" for number in range(1, 147)]
IN_CONFLICT = {"F028": "F033", "F033": "F028", "F029": "F035", "F035": "F029"}
NEIGHBOURS = "Thuộc tỉnh Hưng Yên: ngoài phạm vi sổ đăng ký của Bắc Ninh."


@pytest.fixture
def stated(api) -> dict[str, dict]:
    """The press statements by their reference."""
    return {row["reference"]: row for row in api.rows("statements/", page_size=500) if row["reference"] in ROWS}


@pytest.fixture
def one(api):
    def ask(reference: str) -> dict:
        found = api.get("statements/", reference=reference)["results"]
        assert [row["reference"] for row in found] == [reference]
        return found[0]

    return ask


class TestEveryFact:
    def test_all_146_and_what_a_second_reading_added(self, stated):
        assert [reference for reference in stated if reference.startswith("F")] == FACTS
        assert set(stated) == set(ROWS)

    def test_letter_for_letter(self, stated):
        for reference, row in ROWS.items():
            found = stated[reference]
            assert found["value"] == row["value"]
            assert found["unit"] == row["unit"]
            assert found["attribute"] == row["attribute"]
            assert found["kind"] == row["kind"]
            assert found["qualifier"] == row["qualifier"]
            assert found["reality"] == row["reality"]
            assert found["locator"] == f"paragraph {row['paragraph']}"
            assert found["period_words"] == (row["period_words"] or None)
            assert found["subject"]["kind"] == row["subject_kind"]

    def test_days_as_stated_null_where_nobody_stated_one(self, stated):
        for reference, row in ROWS.items():
            found = stated[reference]["date"]
            if row["date"] is None:
                assert found is None
            else:
                assert (found["earliest"], found["latest"]) == (row["date"]["earliest"], row["date"]["latest"])
                assert found["label"] == row["date"]["words"] or not row["date"]["words"]

    def test_each_comes_from_its_article(self, stated, api):
        titles = {row["key"]: row["title"] for row in read("press_records")["sources"]}
        sources = {row["title"]: row["code"] for row in api.rows("sources/", page_size=500)}
        for reference, row in ROWS.items():
            assert stated[reference]["source"] == sources[titles[row["source"]]]

    def test_a_few_in_full(self, one):
        found = one("F027")
        assert found["url"] == f"http://testserver/api/v1/statements/{found['id']}/"
        assert found["subject"] == {"kind": "project", "code": "BN-000001", "name": "Nhà máy Amkor Technology Việt Nam"}
        assert found["date"] == {"earliest": "2023-05-01", "latest": "2023-05-31", "label": "tháng 5/2023",
                                 "label_en": "May 2023"}
        assert (found["value"], found["unit"], found["qualifier"]) == ("1600", "USD million", None)
        assert (found["review"], found["reality"], found["locator"]) == ("accepted", "actual", "paragraph 7")
        assert one("F003")["qualifier"] == "more_than"
        assert one("F030")["date"]["label_en"] == "late October 2023"
        assert (one("F015")["value"], one("F015")["unit"], one("F015")["date"]) == ("", "", None)


class TestSubjects:
    def test_every_investor_is_a_record_also_without_a_project(self, stated, api):
        of_projects = {each["code"] for row in api.rows("projects/") for each in row["investors"]}
        investors = {row["subject"]["code"] for row in stated.values() if row["subject"]["kind"] == "investor"}
        assert None not in investors
        assert len(investors) == 14
        assert len(investors - of_projects) == 8

    def test_capital_and_milestones_are_of_the_project(self, stated):
        made_of = {"total_investment_capital", "total_investment_capital_to_2035", "intended_capital", "completion",
                   "trial_production", "inauguration", "ground_breaking"}
        for row in stated.values():
            if row["attribute"] in made_of and row["review"] != Review.REJECTED:
                assert row["subject"]["kind"] == "project"
                assert row["subject"]["code"].startswith("BN-")

    def test_the_neighbours_rows_are_kept_without_a_record(self, stated):
        rows = [row for reference, row in stated.items() if ROWS[reference]["note"].startswith(NEIGHBOURS)]
        assert len(rows) >= 10
        assert {row["review"] for row in rows} == {"rejected"}
        for row in rows:
            assert row["subject"]["code"] is None
            assert row["subject"]["name"] == ROWS[row["reference"]]["subject"]
            assert row["promoted_to"] is None
        assert {"project", "enterprise", "place", "zone", "person"} <= {row["subject"]["kind"] for row in rows}

    def test_the_neighbours_two_zones_are_records_with_their_codes(self, one, api):
        assert one("F090")["subject"] == {"kind": "zone", "code": "hung-phu", "name": "KCN Hưng Phú"}
        for code in ("hung-phu", "lien-ha-thai"):
            assert api.get(f"zones/{code}/")["province"] == "hung-yen"

    def test_of_the_neighbour_there_is_no_project_no_enterprise_and_no_milestone(self, api):
        assert len(api.codes("projects/")) == 6
        assert [row["name"] for row in api.rows("enterprises/")] == ["Công ty TNHH Amkor Technology Việt Nam"]
        for word in ("ohsung", "gel o&j", "hưng yên", "hưng phú"):
            for path in ("projects/", "enterprises/", "milestones/", "capital-entries/"):
                assert api.codes(path, search=word) == []

    def test_persons_are_in_public_office(self, stated):
        persons = [row for row in stated.values() if row["subject"]["kind"] == "person"]
        assert {row["attribute"] for row in persons} <= {"office", "organisation"}
        assert {row["subject"]["code"] for row in persons} == {None}


class TestConflicts:
    def test_exactly_two_pairs(self, api):
        rows = api.rows("statements/", conflicts="true")
        assert [row["reference"] for row in rows] == ["F028", "F029", "F033", "F035"]
        number = {row["reference"]: row["id"] for row in rows}
        for row in rows:
            assert row["conflicts_with"] == [number[IN_CONFLICT[row["reference"]]]]
            assert row["review"] == "disputed"

    def test_the_rest_is_in_none(self, api):
        rows = api.rows("statements/", conflicts="false", page_size=500)
        assert len(rows) == api.get("statements/", count="true")["count"] - 4
        assert {tuple(row["conflicts_with"]) for row in rows} == {()}

    def test_a_remark_is_no_conflict(self, one):
        assert one("F021")["conflicts_with"] == one("F110")["conflicts_with"] == []

    def test_amkors_country_stays_open(self, api):
        amkor = api.get("investors/", search="amkor technology")["results"][0]
        assert (amkor["country"], amkor["parent_country"]) == (None, None)


class TestWhatWasMadeOfThem:
    def test_amkors_opening_rests_on_two_statements(self, one, api):
        opening = one("F027")["promoted_to"]
        assert opening == one("F034")["promoted_to"] == {"kind": "capital-entry", "code": "BN-000001-1"}
        entry = api.get("capital-entries/BN-000001-1/")
        assert (entry["kind"], entry["amount_usd"], entry["confirmed"]) == ("opening", "1600000000.00", False)
        assert (entry["decided_on"]["earliest"], entry["decided_on"]["latest"]) == ("2023-05-01", "2023-05-31")
        assert entry["statements"] == sorted([one("F027")["id"], one("F034")["id"]])

    def test_an_opening_without_a_day(self, one, api):
        entry = api.get(f"capital-entries/{one('F039')['promoted_to']['code']}/")
        assert (entry["kind"], entry["amount_usd"], entry["decided_on"]) == ("opening", "90000000.00", None)
        assert entry["counts_on"] == "2025-06-30"

    def test_a_plan_is_no_capital(self, one):
        plan = one("F023")
        assert (plan["review"], plan["promoted_to"], plan["kind"]) == ("accepted", None, "plan")

    def test_every_link_leads_somewhere(self, stated, api):
        paths = {"capital-entry": "capital-entries", "zone-observation": "zone-observations", "policy": "policies"}
        linked = {tuple(row["promoted_to"].values()) for row in stated.values() if row["promoted_to"]}
        assert len(linked) > 40
        for kind, code in linked:
            assert api.get(f"{paths.get(kind, kind + 's')}/{code}/")["code"] == code


class TestFilters:
    def test_by_the_record_spoken_of(self, api):
        for name, code, kind in (("project", "BN-000001", "project"), ("zone", "hung-phu", "zone"),
                                 ("country", "US", "country"), ("investor", "INV-000001", "investor")):
            rows = api.rows("statements/", **{name: code})
            assert rows
            assert {(row["subject"]["kind"], row["subject"]["code"]) for row in rows} == {(kind, code)}

    def test_by_what_it_is(self, stated, api):
        for name, value in (("attribute", "home_country"), ("kind", "plan"), ("review", "rejected")):
            found = {row["reference"] for row in api.rows("statements/", **{name: value}) if row["reference"] in ROWS}
            assert found == {row["reference"] for row in stated.values() if row[name] == value} != set()

    def test_by_source_and_by_kind_of_subject(self, stated, api):
        source = stated["F001"]["source"]
        assert {row["source"] for row in api.rows("statements/", source=source)} == {source}
        assert {row["subject"]["kind"] for row in api.rows("statements/", subject_kind=["person", "zone"])} == {
            "person", "zone",
        }

    def test_references_several_and_unknown(self, api):
        rows = api.rows("statements/", reference=["F146", "F001", "F999"])
        assert [row["reference"] for row in rows] == ["F001", "F146"]

    @pytest.mark.parametrize("name, value", [
        ("project", "BN-999999"), ("investor", "INV-999999"), ("zone", "nowhere"), ("country", "XX"),
        ("source", "SRC-999999"), ("kind", "rumour"), ("review", "done"), ("subject_kind", "province"),
        ("conflicts", "yes"), ("conflicts", "1"),
    ])
    def test_bad_values(self, api, name, value):
        assert api.named("statements/", **{name: value}) == [name]


def test_of_a_natural_person_the_words_as_printed_are_not_told(api):
    person = build.make_investor(name="Nguyễn Thị Zwêng", kind="person")
    draft = build.make_investor(name="Lê Kwý", kind="person", publication="draft")
    for subject in (person, draft):
        found = build.make_statement(subject_kind="investor", subject=subject, subject_name=subject.name,
                                     attribute="activity", value="nhựa", unit="")
        assert api.get(f"statements/{found.code}/")["subject"]["name"] == "nhà đầu tư cá nhân"
        assert api.codes("statements/", search=subject.name) == []
