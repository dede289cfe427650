"""Two records that look alike are judged to be two, and are not proposed as duplicates again."""

from django.utils.translation import gettext_lazy as _

from registry.models import DistinctPair, Enterprise, Investor
from registry.vocabulary.errors import RuleBroken

from .merge import check_two
from .record import amend, create
from .writing import Writing


class ToldApart(RuleBroken):
    code = "told-apart"
    message = _("%(one)s và %(other)s đã được ghi là không trùng. Muốn đổi thì hoàn tác ở danh sách cặp không trùng.")


class ProposedAgain(RuleBroken):
    code = "proposed-again"
    message = _("Cặp %(code)s đã được đề xuất lại rồi.")


def tell_apart(*, act: Writing, one: Investor | Enterprise, other: Investor | Enterprise) -> DistinctPair:
    """Remember that two records of one noun are not one. Returns the pair. Raises NotTheSameNoun, ToldApart."""
    check_two(one, other)
    kind, (first, second) = one.KIND, sorted((one.code, other.code))
    pair = DistinctPair.objects.filter(kind=kind, one=first, other=second).first()
    if pair is None:
        return create(act=act, record=DistinctPair(code=f"{first}-{second}", kind=kind, one=first, other=second))
    if pair.stands:
        raise ToldApart(one=one.code, other=other.code)
    return amend(act=act, record=pair, stands=True)


def propose_again(*, act: Writing, pair: DistinctPair) -> DistinctPair:
    """Take the judgement back: the pair is proposed again where it still looks alike. Raises ProposedAgain."""
    if not pair.stands:
        raise ProposedAgain(code=pair.code)
    return amend(act=act, record=pair, stands=False)
