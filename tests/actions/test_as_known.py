"""What projects stood under follows every act, and can be had again as of any change."""

import pytest

from registry.actions.as_known import make_as_known_anew
from registry.actions.project import StakeGiven, set_stakes
from registry.actions.record import amend
from registry.exchange.check.as_known import as_known
from registry.models import Country, Investor, Project, ProjectAsKnown, Register
from registry.statistics.standing import Stand, stands_now
from tests import build
from tests.actions.test_sums import Deeds as DeedsOfSums

pytestmark = pytest.mark.django_db


class Deeds(DeedsOfSums):
    """Joint ventures too."""

    def lead(self) -> None:
        first, second = self.chance.sample(self.investors, 2)
        with build.act() as act:
            set_stakes(act=act, project=self.project(), stakes=[
                StakeGiven(first, share_percent=self.chance.randrange(10, 90)), StakeGiven(second, share_percent=10)])


def head() -> int:
    return Register.objects.get(pk=1).head


def kept_at(change: int) -> dict:
    rows = ProjectAsKnown.objects.at(change).values_list("project_id", *Stand._fields)
    return {project: Stand(*stand) for project, *stand in rows}


@pytest.mark.parametrize("seed", range(2))
def test_random_deeds_are_known_at_each_change(seed):
    deeds, seen = Deeds(seed), {}
    for _number in range(40):
        deeds.do()
        seen[head()] = stands_now(list(Project.objects.values_list("pk", flat=True)))

    assert len(seen) > 20
    for change, stands in seen.items():
        assert kept_at(change) == stands
    assert list(as_known()) == []

    columns = ("project", "seq_from", "seq_until", *Stand._fields)
    before = list(ProjectAsKnown.objects.order_by(*columns[:2]).values_list(*columns))
    make_as_known_anew()
    assert list(ProjectAsKnown.objects.order_by(*columns[:2]).values_list(*columns)) == before


def test_a_holder_that_is_not_the_lead_is_followed_too():
    japan, korea = Country.objects.get(code="JP"), Country.objects.get(code="KR")
    partner = build.make_investor(name="SYN B", country=japan)
    project = build.make_project(investors=[StakeGiven(build.make_investor(), share_percent=60),
                                            StakeGiven(partner, share_percent=40)])
    before = head()

    with build.act() as act:
        amend(act=act, record=Investor.objects.get(pk=partner.pk), country=korea)

    assert '"JP"' in kept_at(before)[project.pk].shares
    assert '"JP"' not in kept_at(head())[project.pk].shares
    assert '"KR"' in kept_at(head())[project.pk].shares


def test_what_was_changed_past_the_actions_is_found():
    project = build.make_project()
    ProjectAsKnown.objects.update(status="suspended")
    assert [str(each) for each in as_known()] == [
        f"project {project.code}: phân loại theo từng thay đổi lưu sẵn không khớp với nhật ký"]

    ProjectAsKnown.objects.all().delete()
    assert len(list(as_known())) == 1
