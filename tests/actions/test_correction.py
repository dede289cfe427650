"""A reader's report: received with a deadline, taken up, concluded; what is a person's stays out of the log."""

from datetime import UTC, date, datetime

import pytest

from registry.actions.correction import AlreadyConcluded, AlreadyTakenUp, conclude, receive, take_up
from registry.actions.record import InvalidRecord
from registry.exchange.check.everything import problems
from registry.models import Change, CorrectionRequest
from registry.vocabulary.correction import CorrectionState, working_days_after
from tests import build
from tests.unchanged import refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day, count, later", [
    (date(2026, 11, 20), 0, date(2026, 11, 20)),  # a Friday
    (date(2026, 11, 20), 1, date(2026, 11, 23)),
    (date(2026, 11, 21), 1, date(2026, 11, 23)),
    (date(2026, 11, 18), 10, date(2026, 12, 2)),
])
def test_weekends_are_no_working_days(day, count, later):
    assert working_days_after(day, count) == later


def test_it_has_a_code_and_a_deadline(settings):
    settings.CORRECTIONS_WORKING_DAYS = 3
    late_on_friday = datetime(2026, 11, 20, 18, tzinfo=UTC)  # Saturday in Bắc Ninh
    with build.act(at=late_on_friday) as act:
        made = receive(act=act, about="/data/", words="Sai chính tả", language="vi")
    assert (made.code, made.state, made.deadline) == ("COR-000001", "received", date(2026, 11, 25))
    assert not made.is_overdue(date(2026, 11, 25)) and made.is_overdue(date(2026, 11, 26))
    assert list(CorrectionRequest.objects.overdue(date(2026, 11, 26))) == [made]


def test_what_is_a_persons_is_never_in_the_log():
    made = build.make_correction(words="Tôi là Nguyễn Văn A", contact="a@example.vn")
    with build.act() as act:
        conclude(act=act, correction=made, accepted=True, outcome="Đã sửa.")
    for change in Change.objects.filter(kind="correction"):
        assert not {"words", "contact"} & change.after.keys()
        assert change.feed_verb == ""
    CorrectionRequest.objects.update(words="", contact="")  # erased at the person's wish
    assert list(problems()) == []


def test_from_received_to_concluded():
    made = build.make_correction()
    with build.act() as act:
        take_up(act=act, correction=made)
    assert made.state == CorrectionState.IN_WORK
    with refused(AlreadyTakenUp), build.act() as act:
        take_up(act=act, correction=CorrectionRequest.objects.get())
    with build.act() as act:
        conclude(act=act, correction=made, accepted=False, outcome=" Số trên giấy chứng nhận đúng. ")
    made = CorrectionRequest.objects.get()
    assert (made.state, made.outcome) == (CorrectionState.DECLINED, "Số trên giấy chứng nhận đúng.")
    for again in (lambda act: take_up(act=act, correction=made),
                  lambda act: conclude(act=act, correction=made, accepted=True, outcome="Đã sửa.")):
        with refused(AlreadyConcluded), build.act() as act:
            again(act)
    assert list(problems()) == []


def test_no_conclusion_without_words():
    made = build.make_correction()
    with refused(InvalidRecord), build.act() as act:
        conclude(act=act, correction=made, accepted=True, outcome="  ")
