"""What projects stood under at each change, replayed from the log."""

from collections.abc import Iterator
from itertools import groupby

from django.utils.translation import gettext_lazy as _

from registry.models import Project, ProjectAsKnown
from registry.statistics.standing import Stand, replayed

from .problem import CHUNK, Problem

WHAT = _("phân loại theo từng thay đổi lưu sẵn không khớp với nhật ký")


def as_known() -> Iterator[Problem]:
    """What is kept of each project is what replaying the changes makes."""
    rows = ProjectAsKnown.objects.order_by("project__code", "seq_from").values_list(
        "project_id", "seq_from", "seq_until", *Stand._fields).iterator(chunk_size=CHUNK)
    kept = ((project, [(since, until, Stand(*stand)) for _project, since, until, *stand in own])
            for project, own in groupby(rows, key=lambda row: row[0]))
    ahead = next(kept, None)
    for project, spells in replayed():
        found = []
        if ahead and ahead[0] == project:
            found, ahead = ahead[1], next(kept, None)
        if found != spells:
            yield Problem(Project.KIND, Project.objects.values_list("code", flat=True).get(pk=project), WHAT)
    while ahead:
        yield Problem(Project.KIND, str(ahead[0]), WHAT)
        ahead = next(kept, None)
