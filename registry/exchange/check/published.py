"""Published tables: each is what its checksum says, and what the register makes of its change again."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from registry.models import PublishedFigure
from registry.statistics.published import recomputed
from registry.vocabulary.published import canonical, checksum_of

from .problem import Problem


def figures() -> Iterator[Problem]:
    for figure in PublishedFigure.objects.order_by("pk").iterator(chunk_size=1):
        if checksum_of(figure.table) != figure.checksum:
            yield Problem(figure.KIND, figure.code, _("bảng số không khớp mã kiểm"))
        elif canonical(recomputed(figure)) != canonical(figure.table):
            yield Problem(figure.KIND, figure.code, _("tính lại theo thay đổi %(change)s ra bảng khác")
                          % {"change": figure.change})
