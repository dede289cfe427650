"""What becomes of a reader's report that something is wrong: received, taken up, concluded."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from registry.models import CorrectionRequest
from registry.vocabulary.correction import CorrectionState, working_days_after
from registry.vocabulary.errors import RuleBroken

from .record import amend, create
from .writing import Writing


class AlreadyTakenUp(RuleBroken):
    code = "already-taken-up"
    message = _("%(code)s đã được nhận xử lý.")


class AlreadyConcluded(RuleBroken):
    code = "already-concluded"
    message = _("%(code)s đã có kết luận; người đọc đã thấy kết luận ấy nên không sửa lại.")


def receive(
    *, act: Writing, about: str, words: str, language: str, about_kind: str = "", about_code: str = "",
    contact: str = "",
) -> CorrectionRequest:
    """Write down a report; its deadline is ``CORRECTIONS_WORKING_DAYS`` working days after today. Raises
    InvalidRecord."""
    return create(act=act, record=CorrectionRequest(
        about=about, about_kind=about_kind, about_code=about_code, words=words, contact=contact, language=language,
        received_at=act.at, deadline=working_days_after(act.on, settings.CORRECTIONS_WORKING_DAYS),
    ))


def take_up(*, act: Writing, correction: CorrectionRequest) -> CorrectionRequest:
    """An officer begins to look into it. Raises AlreadyTakenUp, AlreadyConcluded."""
    _check_unsettled(correction)
    if correction.state == CorrectionState.IN_WORK:
        raise AlreadyTakenUp(code=correction.code)
    return amend(act=act, record=correction, state=CorrectionState.IN_WORK)


def conclude(*, act: Writing, correction: CorrectionRequest, accepted: bool, outcome: str) -> CorrectionRequest:
    """Decide, and say in words that the public reads what was done, or why nothing was. Raises AlreadyConcluded, and
    InvalidRecord without words."""
    _check_unsettled(correction)
    state = CorrectionState.ACCEPTED if accepted else CorrectionState.DECLINED
    return amend(act=act, record=correction, state=state, outcome=outcome.strip())


def _check_unsettled(correction: CorrectionRequest) -> None:
    if correction.is_concluded:
        raise AlreadyConcluded(code=correction.code)
