"""What was planned against what happened: the steps of one project that somebody announced beforehand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.models import Milestone
from registry.templatetags.register_format import number
from registry.vocabulary.milestone import MilestoneKind, Reality


@dataclass(frozen=True)
class Pledge:
    """One kind of step. ``planned`` are its plans, the newest first, ``actual`` what happened; ``verdict`` compares the
    newest plan with what happened, empty where no days allow it."""

    label: str
    planned: list[Milestone]
    actual: list[Milestone]
    verdict: str
    is_late: bool


def pledges(milestones: Iterable[Milestone], today: date) -> list[Pledge]:
    """In the order of the steps; none for what nobody planned. No query."""
    of_kind: dict[str, tuple[list, list]] = {kind: ([], []) for kind in MilestoneKind.values}
    for each in sorted(milestones, key=lambda each: -each.number):
        of_kind[each.kind][each.reality == Reality.ACTUAL].append(each)
    return [
        Pledge(str(MilestoneKind(kind).label), planned, actual, *_judged(planned[0], actual, today))
        for kind, (planned, actual) in of_kind.items() if planned
    ]


def _judged(plan: Milestone, actual: list[Milestone], today: date) -> tuple[str, bool]:
    """In words, and whether it is surely late. A vague day is late only when all of it is."""
    wanted = plan.happened_on
    days = [each.happened_on for each in actual if each.happened_on]
    if wanted is None or (actual and not days):
        return "", False
    if not actual:
        return (_("đã quá ngày kế hoạch, chưa nguồn nào nêu đã xong"), True) if wanted.latest < today else (
            _("chưa đến ngày kế hoạch"), False)
    done = min(days, key=lambda day: day.latest)
    late = (done.earliest - wanted.latest).days
    if late > 0:
        return ngettext("chậm ít nhất %(days)s ngày", "chậm ít nhất %(days)s ngày", late) % {"days": number(late)}, True
    return (_("kịp kế hoạch"), False) if done.latest <= wanted.latest else (_("chưa đủ rõ để nói sớm hay muộn"), False)
