"""How much of each entry counts as confirmed: what the rule makes of the entries of its project."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from registry.actions.capital import hold_confirmed
from registry.models import CapitalEntry, Change
from registry.models.capital import ZERO
from registry.vocabulary.capital import REGISTERED
from registry.vocabulary.change import Verb

from .problem import CHUNK, Problem


def parts() -> Iterator[Problem]:
    """Entries of which another part is kept than the entries posted before them make it. What was entered before there
    was such a column keeps none."""
    project, registered, confirmed = None, ZERO, ZERO
    entries = CapitalEntry.objects.filter(counts_as__in=REGISTERED).select_related("reverses")
    for entry in entries.order_by("project_id", "pk").iterator(chunk_size=CHUNK):
        if entry.project_id != project:
            project, registered, confirmed = entry.project_id, ZERO, ZERO
        kept = entry.confirmed_part_usd
        counted = entry.confirmed_usd
        hold_confirmed(entry, registered=registered, confirmed=confirmed)
        if entry.confirmed_part_usd != kept and not (kept is None and _is_older(entry)):
            wrong = _("tính %(counted)s USD là theo giấy chứng nhận, phải là %(wanted)s USD")
            yield Problem(entry.KIND, entry.code, wrong % {"counted": counted, "wanted": entry.confirmed_usd})
        registered, confirmed = registered + entry.amount_usd, confirmed + counted


def _is_older(entry: CapitalEntry) -> bool:
    """Whether the log wrote it without the column, or no longer says."""
    created = Change.objects.filter(kind=entry.KIND, code=entry.code, verb=Verb.CREATED).first()
    return created is None or created.after is None or "confirmed_part_usd" not in created.after
