"""What became of the published data lately, by day."""

import pytest

from registry.actions.record import amend
from registry.models import Act, Change
from registry.statistics.changelog import changelog, last_changed
from tests import build

pytestmark = pytest.mark.django_db


def test_records_are_counted_by_day_and_by_what_was_done():
    one = build.make_project(capital_usd="5")
    for words in ("a", "b"):
        with build.act() as act:
            amend(act=act, record=one, address=words)
    amended = Act.objects.latest("pk").at
    build.make_milestone(build.make_project(publication="draft"))
    today, *_earlier = changelog(days=10)
    done = {each.verb: dict(each.kinds) for each in today.done}
    assert done["created"]["project"] == 1
    assert done["created"]["capital-entry"] == 1
    assert done["updated"]["project"] == 1
    assert last_changed() >= amended


def test_the_last_days_only(django_assert_num_queries):
    build.make_project()
    with django_assert_num_queries(2):
        assert len(changelog(days=1)) == 1


def test_nothing_was_ever_published():
    told = Change.objects.exclude(feed_verb="")
    assert told.exists()  # the reference lists
    assert changelog(days=0) == []
