"""Milestones, planned and actual."""

import pytest

from tests import build
from tests.admin.work.desk import done_by, last_act
from tests.unchanged import everything

pytestmark = pytest.mark.django_db


def test_a_milestone_as_its_source_states_it(officer):
    project, source = build.make_project(), build.make_source()

    sent = officer.work(project, "milestone", kind="inauguration", reality="actual", happened_on="tháng 10/2023",
                        source=source)

    milestone = project.milestones.get()
    assert sent.told == [f"Đã ghi mốc {milestone.code}: khánh thành (thực tế)."]
    assert (milestone.kind, milestone.reality, milestone.happened_on.label, milestone.source) == (
        "inauguration", "actual", "tháng 10/2023", source)
    assert done_by(last_act()) == [("milestone", milestone.code, "created"), ("project", project.code, "updated")]


@pytest.mark.parametrize("typed, field, message", [
    ({"happened_on": "hôm nào đó"}, "happened_on", "Không đọc được thời gian “hôm nào đó”"),
    ({"happened_on": "31/02/2025"}, "happened_on", "không tồn tại"),
    ({"kind": ""}, "kind", "Hãy điền mục này"),
    ({"reality": ""}, "reality", "Hãy điền mục này"),
])
def test_what_is_refused_is_said_at_its_field(officer, typed, field, message):
    project = build.make_project()
    before = everything()

    page = officer.refused(project, "milestone", **{"kind": "completion", "reality": "planned", "words": "sang năm"}
                           | typed)

    assert message in page.errors[field]
    assert everything() == before


def test_what_is_recorded_stands_beside_the_form(officer):
    project = build.make_project()
    build.make_milestone(project)

    assert "Khởi công thực tế 15/05/2023" in officer.open(project, "milestone").words
