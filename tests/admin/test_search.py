"""The officers' search box: a code leads straight to its record, words to the records of every noun."""

from datetime import date

import pytest
from django.urls import reverse

from registry.actions.merge import merge
from registry.admin.address import address_of, past_address
from registry.models import Change, ImportBatch, Milestone
from registry.vocabulary.change import Verb
from registry.vocabulary.investor import InvestorKind
from registry.vocabulary.publication import Publication
from registry.vocabulary.published import Asked, FigureKind
from registry.vocabulary.role import Role
from tests import build
from tests.admin.clerk import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def search(clerk):
    return lambda term: clerk.client.get(reverse("admin:search"), {"q": term})


class TestByCode:
    def test_a_code_leads_straight_there_in_any_case(self, search):
        project = build.make_project()
        assert search(project.code)["Location"] == address_of(project)
        assert search(f"  {project.code.lower()} ")["Location"] == address_of(project)

    def test_so_do_an_irc_code_and_a_tax_code(self, search):
        project = build.make_project(irc_code="5421840814", enterprise=build.make_enterprise(tax_code="2301195652"))
        assert search("5421840814")["Location"] == address_of(project)
        assert search("2301195652")["Location"] == address_of(project.enterprise)

    def test_a_code_that_several_share_shows_them_all(self, search):
        project = build.make_project(capital_usd=1)
        milestone = build.make_milestone(project)
        entry = project.entries.get()
        assert milestone.code == entry.code
        html = search(entry.code).content.decode()
        assert address_of(milestone) in html and address_of(entry) in html


    def test_so_does_the_code_of_every_noun_that_has_one(self, clerk, search):
        made = [
            build.make(ImportBatch, table="projects", file_name="du-an.xlsx", sha256="0" * 64), build.make_correction(),
            build.freeze(Asked(FigureKind.FLOWS, "zone", date(2023, 9, 30), date(2023, 7, 1))), build.make_registrar(),
            build.make_distinct_pair(), build.make_report(build.make_project()), build.make_form_figure(),
        ]
        for record in made:
            assert search(record.code)["Location"] == address_of(record), record
            assert search(record.code.lower())["Location"] == address_of(record), record

    def test_partners_and_keys_are_for_administrators(self, client, search):
        key = build.make_key()
        for term in (key.code, f"bnf_{key.code}", key.partner.code):
            assert search(term).status_code == 200
        client.force_login(build.make_officer("quan-tri", Role.ADMINISTRATOR))
        assert search(key.partner.code)["Location"] == address_of(key.partner)
        assert search(key.code)["Location"] == search(f"bnf_{key.code}")["Location"] == address_of(key)

    def test_the_code_of_a_merged_record_leads_to_where_it_went(self, clerk, search):
        winner, loser = build.make_investor(name="Amkor"), build.make_investor(name="Amkor Inc")
        with build.act() as act:
            merge(act=act, winner=winner, loser=loser)
        for term in (loser.code, loser.code.lower()):
            assert search(term)["Location"] == reverse("admin:past", args=["investor", loser.code])
        assert winner.code in words_of(clerk.client.get(search(loser.code)["Location"]))

    def test_a_code_that_several_had_shows_all_that_are_gone(self, search):
        project = build.make_project()
        code = build.make_milestone(project).code
        Milestone.objects.all().delete()
        change = Change.objects.get(kind="milestone", code=code)
        assert search(code)["Location"] == past_address(change)
        with build.act() as act:
            for kind in ("milestone", "certificate"):
                act.append(kind=kind, code="BN-9-1", verb=Verb.DELETED, feed_verb="", before={}, after=None)
        html = search("bn-9-1").content.decode()
        assert reverse("admin:past", args=["milestone", "BN-9-1"]) in html
        assert reverse("admin:past", args=["certificate", "BN-9-1"]) in html

    def test_it_takes_as_many_queries_whatever_is_found(self, clerk):
        url = reverse("admin:search") + "?q=BN-9-1"
        clerk.queries(url)
        few = clerk.queries(url)
        with build.act() as act:
            for kind in ("milestone", "certificate", "capital-entry"):
                act.append(kind=kind, code="BN-9-1", verb=Verb.DELETED, feed_verb="", before={}, after=None)
        assert clerk.queries(url) == few


class TestByWords:
    def test_every_noun_without_marks_drafts_too(self, search):
        zone = build.make_zone(name="KCN Yên Phú", publication=Publication.DRAFT)
        source = build.make_source(name="Bản tin Yên Phú")
        answer = search("yen phu")
        assert address_of(zone) in answer.content.decode() and address_of(source) in answer.content.decode()
        assert "bản nháp" in words_of(answer)

    def test_a_natural_person_by_name(self, search):
        person = build.make_investor(kind=InvestorKind.PERSON, name="Nguyễn Văn A")
        assert address_of(person) in search("Nguyễn Văn").content.decode()

    def test_more_than_a_few_lead_to_the_list(self, search):
        for number in range(9):
            build.make_investor(name=f"Ánh Dương {number}")
        html = search("anh duong").content.decode()
        assert html.count('<li><a href="/admin/registry/investor/') == 8
        assert "/admin/registry/investor/?q=anh+duong" in html

    @pytest.mark.parametrize("term", ["", "   ", "zzzz", "%", "x" * 3000])
    def test_nothing_found_says_what_to_do(self, search, term):
        answer = search(term)
        assert answer.status_code == 200
        assert "mã" in words_of(answer)

    def test_too_many_words_are_said_once(self, search):
        assert words_of(search("a " * 50)).count("từ") < 12


def test_who_is_no_officer_is_sent_to_the_login(client):
    assert client.get(reverse("admin:search"), {"q": "x"}).status_code == 302
