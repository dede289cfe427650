"""Many new records at once: codes, changes, and what their loader can check."""

import pytest

from registry.actions.bulk import check_columns, create_many, open_many
from registry.actions.payload import state_of
from registry.actions.record import InvalidRecord
from registry.models import Change, CodeCounter, Enterprise, Project, Stake
from tests import build

pytestmark = pytest.mark.django_db


def enterprises(count: int) -> list[Enterprise]:
    return [Enterprise(**build.published(name=f"Công ty {number}")) for number in range(count)]


def test_codes_are_taken_from_the_counter_at_once(django_assert_max_num_queries):
    first = build.make_enterprise()
    last = int(first.code.removeprefix("ENT-"))
    with build.act() as act:
        made = enterprises(20)
        # Two of the counter, two for the keys and the rows: as many for 20 as for one.
        with django_assert_max_num_queries(5):
            create_many(act=act, records=made)
        assert act.next_codes("ENT", 2) == [f"ENT-{last + 21:06}", f"ENT-{last + 22:06}"]

    assert [each.code for each in made] == [f"ENT-{last + number:06}" for number in range(1, 21)]
    assert CodeCounter.objects.get(prefix="ENT").last == last + 22


def test_every_record_has_its_change():
    with build.act() as act:
        made = enterprises(3)
        create_many(act=act, records=made)

    changes = Change.objects.filter(kind="enterprise").order_by("-seq")[:3]
    assert [(change.code, change.verb, change.feed_verb, change.before) for change in reversed(changes)] == [
        (each.code, "created", "created", None) for each in made
    ]
    for change in changes:
        assert change.after == state_of(Enterprise.objects.get(code=change.code))


def test_a_project_is_found_by_its_investors_and_its_change_has_its_stakes():
    investor = build.make_investor(name="Amkor Technology")
    project = Project(**build.published(code="SYN1", name="Nhà máy", status="operating"))
    with build.act() as act:
        open_many(act=act, projects=[(project, [Stake(project=project, investor=investor, position=1, lead=True)])])

    written = Project.objects.get(code="SYN1")
    assert " amkor " in written.search_folded
    assert Change.objects.get(kind="project", code="SYN1").after == state_of(written)
    assert [stake.investor for stake in written.current_stakes()] == [investor]


def test_columns_are_checked_without_a_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        check_columns(enterprises(1)[0])
        with pytest.raises(InvalidRecord, match="name"):
            check_columns(Enterprise(**build.published(name="")))
        with pytest.raises(InvalidRecord, match="publication"):
            check_columns(Enterprise(name="Công ty", publication="secret"))
