"""The stakes of every project."""

from collections.abc import Iterator

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext_lazy as _

from registry.actions.project import HUNDRED
from registry.models import Project, Stake

from .problem import CHUNK, Problem


def stakes() -> Iterator[Problem]:
    """Current shares make at most 100 percent, and one current stake is the lead's."""
    held = Stake.objects.current().order_by().values_list("project__code")
    for code, total, leads in (
        held.annotate(total=Sum("share_percent"), leads=Count("pk", filter=Q(lead=True)))
        .filter(Q(total__gt=HUNDRED) | ~Q(leads=1)).iterator(chunk_size=CHUNK)
    ):
        if total is not None and total > HUNDRED:
            yield Problem(Project.KIND, code, _("tổng tỷ lệ góp vốn là %(total)s %%") % {"total": total})
        if leads != 1:
            yield Problem(Project.KIND, code, _("có %(leads)s nhà đầu tư chính, phải có một") % {"leads": leads})
