"""Freezing a table of statistics: it is kept as it is published, and never changed."""

from django.utils.translation import gettext_lazy as _

from registry.models import PublishedFigure, Registrar
from registry.statistics.published import check_asked
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.published import Asked, checksum_of

from .record import create
from .writing import Writing


class ReplacedAlready(RuleBroken):
    code = "replaced-already"
    message = _("%(code)s đã có bảng %(other)s thay cho nó; hãy thay cho bảng ấy.")


class ReplacesAnotherKind(RuleBroken):
    code = "replaces-another-kind"
    message = _("%(code)s là bảng khác loại (%(kind)s), bảng này không thay được; hãy chọn bảng cùng loại, hoặc để "
                "trống.")


class MovedOn(RuleBroken):
    code = "moved-on"
    message = _("Trong lúc tính bảng, người khác đã ghi vào sổ đăng ký nên bảng vừa tính không còn mới nhất; chưa chốt "
                "gì. Hãy bấm lại.")


def freeze(
    *, act: Writing, asked: Asked, table: dict, title: str, office: Registrar, title_en: str = "", note: str = "",
    supersedes: PublishedFigure | None = None,
) -> PublishedFigure:
    """Publish ``table``, which ``drawn`` has made of what was asked before the act, so that nobody waits for it. It
    comes first in its act.

    Raises MovedOn where anything was written since, ReplacesAnotherKind, ReplacedAlready, InvalidRecord, and what
    ``check_asked`` raises.
    """
    check_asked(asked, today=act.on)
    if table["change"] != act.change_before():
        raise MovedOn
    if supersedes is not None and supersedes.kind != asked.kind:
        raise ReplacesAnotherKind(code=supersedes.code, kind=supersedes.get_kind_display(), field="supersedes")
    if supersedes is not None and (other := PublishedFigure.objects.filter(supersedes=supersedes).first()):
        raise ReplacedAlready(code=supersedes.code, other=other.code, field="supersedes")
    return create(act=act, record=PublishedFigure(
        title=title, title_en=title_en, kind=asked.kind, parameters=asked.as_plain(), table=table,
        change=table["change"], checksum=checksum_of(table), office=office, frozen_at=act.at, supersedes=supersedes,
        note=note,
    ))
