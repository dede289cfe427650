"""Freezing a table of statistics: it is kept as it is published, and never changed."""

from django.utils.translation import gettext_lazy as _

from registry.models import PublishedFigure, Registrar
from registry.statistics.as_known import known_at
from registry.statistics.published import check_asked, table_of
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.published import Asked, checksum_of

from .record import create
from .writing import Writing


class ReplacedAlready(RuleBroken):
    code = "replaced-already"
    message = _("%(code)s đã có bảng %(other)s thay cho nó; hãy thay cho bảng ấy.")


def freeze(
    *, act: Writing, asked: Asked, title: str, office: Registrar, title_en: str = "", note: str = "",
    supersedes: PublishedFigure | None = None,
) -> PublishedFigure:
    """Publish a table as the register has it before this act. It comes first in its act.

    Raises ReplacedAlready, InvalidRecord, and what ``check_asked`` raises.
    """
    check_asked(asked, today=act.on)
    if supersedes is not None and (other := PublishedFigure.objects.filter(supersedes=supersedes).first()):
        raise ReplacedAlready(code=supersedes.code, other=other.code, field="supersedes")
    table = table_of(asked, known_at(act.change_before()))
    return create(act=act, record=PublishedFigure(
        title=title, title_en=title_en, kind=asked.kind, parameters=asked.as_plain(), table=table,
        change=table["change"], checksum=checksum_of(table), office=office, frozen_at=act.at, supersedes=supersedes,
        note=note,
    ))
