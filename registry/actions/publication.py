"""The way of a record to its publication: submitted for review, and given back."""

from django.utils.translation import gettext_lazy as _

from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.publication import Publication

from .record import amend
from .writing import Writing


class NotADraft(RuleBroken):
    code = "not-a-draft"
    message = _("Chỉ gửi duyệt được bản nháp; %(code)s hiện là “%(state)s”.")


class NotInReview(RuleBroken):
    code = "not-in-review"
    message = _("Chỉ trả lại được hồ sơ đang chờ duyệt; %(code)s hiện là “%(state)s”.")


def submit(*, act: Writing, record):
    """Hand a draft over for review (gửi duyệt). Raises NotADraft."""
    if record.publication != Publication.DRAFT:
        raise NotADraft(code=record.code, state=record.get_publication_display())
    return amend(act=act, record=record, publication=Publication.IN_REVIEW)


def give_back(*, act: Writing, record):
    """Make a record in review a draft again (trả lại); the reason is the act's. Raises NotInReview."""
    if record.publication != Publication.IN_REVIEW:
        raise NotInReview(code=record.code, state=record.get_publication_display())
    return amend(act=act, record=record, publication=Publication.DRAFT)
