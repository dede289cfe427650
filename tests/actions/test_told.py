"""Of a record that comes into sight or goes out of it, partners are told of what names it too."""

import pytest
from django.db import transaction

from registry.actions import batch, batch_undo, capital, statement
from registry.actions.amend_many import Amendment, amend_many
from registry.actions.record import amend, publish, withdraw
from registry.models import Change, Investor, Register, Zone
from registry.vocabulary.investor import InvestorKind
from registry.vocabulary.publication import Publication
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    """``told(job)`` are the (kind, code) of which partners are told by what ``job`` does."""
    def ask(job) -> set[tuple[str, str]]:
        before = Register.objects.get().head
        with build.act() as act:
            job(act)
        return set(Change.objects.in_feed(after=before).values_list("kind", "code"))

    return ask


def test_of_an_investor_its_projects_and_what_it_bought(told):
    investor = build.make_investor(publication=Publication.DRAFT)
    project = build.make_project(investors=[investor])
    build.make_project(investors=[investor], publication=Publication.DRAFT)
    expected = {("investor", investor.code), ("project", project.code)}

    assert told(lambda act: publish(act=act, record=investor)) == expected
    assert told(lambda act: withdraw(act=act, record=investor, reason="trùng")) == expected


def test_of_a_source_everything_that_rests_on_it(told):
    source = build.make_source()
    project = build.make_project(investors=[])
    stated = build.make_statement(source=source, subject=project)
    zone = build.make_zone()
    zone.sources.add(source)

    assert told(lambda act: withdraw(act=act, record=source, reason="rút")) == {
        ("source", source.code), ("statement", stated.code), ("project", project.code), ("zone", zone.code)}


def test_of_a_zone_its_projects_and_statements(told):
    zone = build.make_zone()
    project = build.make_project(zone=zone)
    stated = build.make_statement(subject=zone, subject_kind="zone")

    assert told(lambda act: withdraw(act=act, record=zone, reason="rút")) == {
        ("zone", zone.code), ("project", project.code), ("statement", stated.code)}


def test_of_a_statement_the_project_whose_sources_it_adds_to(told):
    project = build.make_project(investors=[])
    made = []

    def state(act):
        made.append(build.make_statement(act=act, subject=project, kind="plan"))

    assert ("project", project.code) in told(state)
    with build.act() as act:
        statement.accept(act=act, statement=made[0])
    assert told(lambda act: statement.review(act=act, statement=made[0], as_="rejected")) == {
        ("statement", made[0].code), ("project", project.code)}


def test_of_a_source_the_entries_that_its_statements_went_into(told):
    source, project = build.make_source(), build.make_project(investors=[])
    stated = build.make_statement(source=source, subject=project)
    entry = build.make_entry(project, 1600, kind="opening")
    with build.act() as act:
        statement.accept(act=act, statement=stated, into=entry)
    expected = {(each.KIND, each.code) for each in (source, stated, project, entry)}

    assert told(lambda act: withdraw(act=act, record=source, reason="rút")) == expected
    assert told(lambda act: publish(act=act, record=source)) == expected


def test_of_a_statement_accepted_elsewhere_the_entry_that_it_leaves(told):
    project = build.make_project(investors=[])
    stated = build.make_statement(subject=project)
    first, other = (build.make_entry(project, 1600, kind=kind) for kind in ("opening", "increase"))
    with build.act() as act:
        statement.accept(act=act, statement=stated, into=first)

    assert told(lambda act: statement.accept(act=act, statement=stated, into=other)) == {
        (each.KIND, each.code) for each in (stated, project, first, other)}


@pytest.mark.parametrize("at_once", [False, True])
def test_of_a_parent_that_becomes_a_natural_person_all_that_names_it(told, at_once):
    parent = build.make_investor()
    daughter = build.make_investor(parent=parent)
    build.make_investor(parent=parent, publication=Publication.DRAFT)
    project = build.make_project(investors=[parent])

    def turn(kind):
        if at_once:
            return lambda act: amend_many(act=act, model=Investor,
                                          amendments=[Amendment(parent.code, None, {"kind": kind})])
        return lambda act: amend(act=act, record=Investor.objects.get(pk=parent.pk), kind=kind)

    expected = {(each.KIND, each.code) for each in (parent, daughter, project)}
    assert told(turn(InvestorKind.PERSON)) == expected
    assert told(turn(InvestorKind.ORGANISATION)) == expected


def both(told, *jobs) -> list[set[tuple[str, str]]]:
    """What partners are told by each of two ways from the same register."""
    heard = []
    for job in jobs:
        with transaction.atomic():
            heard.append(told(job))
            transaction.set_rollback(True)
    return heard


@pytest.mark.parametrize("table, file, named", [
    ("investors", "name\nNhà đầu tư mới\nNhà đầu tư khác", lambda new: {"investors": new[:1]}),
    ("zones", "code,name,kind\nzone-new,KCN Mới,industrial_park", lambda new: {"zone": new[0], "investors": []}),
], ids=["investors", "zones"])
def test_a_batch_tells_what_its_records_tell_one_by_one(told, table, file, named):
    made = build.make_batch(file.encode(), table=table, name="a.csv")
    new = list({"investors": Investor, "zones": Zone}[table].objects.in_review().order_by("pk"))
    project = build.make_project(**named(new))

    def one_by_one(act):
        for record in new:
            publish(act=act, record=record)

    as_batch, alone = both(told, lambda act: batch.publish(act=act, batch=made), one_by_one)
    assert as_batch == alone and ("project", project.code) in alone


def test_a_batch_taken_back_tells_of_its_entry_that_was_reversed_before(told):
    project = build.make_project(capital_usd=5, investors=[])
    file = f"project.code,kind,amount_usd,decided_on\n{project.code},increase,100,1/5/2024"
    made = build.make_batch(file.encode(), table="capital-entries", name="a.csv")
    with build.act() as act:
        batch.publish(act=act, batch=made)
    entry = project.entries.get(amount_usd=100)
    with build.act() as act:
        capital.mirror(act=act, entry=entry)
    source = entry.source

    taken_back = told(lambda act: batch_undo.undo(act=act, batch=made, reason="nhầm"))
    assert {("source", source.code), ("capital-entry", entry.code)} <= taken_back
