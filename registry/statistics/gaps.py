"""What the register does not know yet: how many published projects lack what a record should have."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Exists, Max, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from registry.models import CapitalEntry, CapitalSum, Certificate, Conflict, Milestone, Project, Statement, Zone
from registry.models.capital import ZERO
from registry.vocabulary.milestone import Reality
from registry.vocabulary.money import CENT
from registry.vocabulary.publication import Publication
from registry.vocabulary.statement import Review


@dataclass(frozen=True)
class Gaps:
    """Counts of published projects, and of the conflicts between public statements that nobody has settled.

    Each ``without_…`` counts the projects that their list gives for ``missing`` of that word.
    """

    projects: int
    without_capital: int
    without_certificates: int
    without_country: int
    without_zone: int
    conflicts: int


def gaps() -> Gaps:
    """Zeros where there are no projects. One query."""
    certified = Certificate.objects.filter(publication=Publication.PUBLISHED, project=OuterRef("owner"))
    return Gaps(**CapitalSum.objects.filter(is_public=True).aggregate(
        projects=Count("pk"),
        without_capital=Count("pk", filter=Q(last_on=date.min)),
        without_certificates=Count("pk", filter=~Exists(certified)),
        without_country=Count("pk", filter=Q(country__isnull=True)),
        without_zone=Count("pk", filter=Q(zone__isnull=True)),
        conflicts=Coalesce(Max(Subquery(_conflicts())), 0),
    ))


def _conflicts():
    """The count of all of them, as one value beside every project."""
    of_public = {f"{side}__source__publication": Publication.PUBLISHED for side in ("first", "second")}
    standing = Conflict.objects.standing().filter(**of_public).order_by()
    return standing.values(one=Value(1)).annotate(times=Count("pk")).values("times")


@dataclass(frozen=True)
class Filled:
    """Of so many ``projects``, how many have each field (``having``, by the field's word)."""

    projects: int
    having: dict[str, int]

    def lacking(self, field: str) -> int:
        return self.projects - self.having[field]

    def percent(self, field: str) -> Decimal:
        """The part that has the field, to two places; 0 where there are no projects."""
        part = Decimal(self.having[field]) / self.projects if self.projects else Decimal(0)
        return (part * 100).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class Completeness:
    """Of all published projects, and of those of each zone, its sub-zones and phases included, as lists filter by it.

    Zones stand in the order of their names; ``elsewhere`` are the projects without a zone that the public sees. Zones
    that contain each other count the same project, so zones never add up to the total.
    """

    total: Filled
    zones: tuple[tuple[Zone, Filled], ...]
    elsewhere: Filled


def completeness(fields: Mapping[str, Q | Exists]) -> Completeness:
    """How to tell that a project has each field is given; zeros where there are no projects. Two queries."""
    rows = Project.objects.public().order_by().values("zone").annotate(
        projects=Count("pk"), **{f"having_{name}": Count("pk", filter=Q(has)) for name, has in fields.items()}
    )
    own = {
        row["zone"]: Filled(row["projects"], {name: row[f"having_{name}"] for name in fields}) for row in rows
    }
    zones = {zone.pk: zone for zone in Zone.objects.order_by("name_sort", "pk")}
    inside = {key: [own[key]] if key in own else [] for key in zones}
    for key, zone in zones.items():
        # As ``with_sub_zones``: a phase counts for its sub-zone and for the zone above, and no further.
        above = zones.get(zone.parent_id)
        for each in (above, above and zones.get(above.parent_id)):
            if each and key in own:
                inside[each.pk].append(own[key])
    return Completeness(
        total=_together(own.values(), fields),
        zones=tuple((zones[key], _together(parts, fields)) for key, parts in inside.items()
                    if parts and zones[key].is_public()),
        elsewhere=_together([each for key, each in own.items() if key is None or not zones[key].is_public()], fields),
    )


def _together(parts, fields) -> Filled:
    parts = list(parts)
    return Filled(sum(each.projects for each in parts),
                  {name: sum(each.having[name] for each in parts) for name in fields})


@dataclass(frozen=True)
class Unsettled:
    """What waits for an officer, or has no day: counts of what the public sees.

    ``entries`` are the standing ledger entries whose document states no day, ``entries_usd`` their sum;
    ``milestones`` the actual ones without a day.
    """

    open_statements: int
    disputed_statements: int
    undated_statements: int
    entries: int
    entries_usd: Decimal
    milestones: int


def unsettled() -> Unsettled:
    """Zeros where there is nothing. Three queries."""
    statements = Statement.objects.public().aggregate(
        open_statements=Count("pk", filter=Q(review=Review.OPEN)),
        disputed_statements=Count("pk", filter=Q(review=Review.DISPUTED)),
        undated_statements=Count("pk", filter=Q(date_latest__isnull=True, period_words="")),
    )
    entries = CapitalEntry.objects.public().standing().filter(decided_latest__isnull=True)
    undated = Milestone.objects.public().filter(reality=Reality.ACTUAL, happened_latest__isnull=True)
    return Unsettled(
        **statements, **entries.aggregate(entries=Count("pk"), entries_usd=Sum("amount_usd", default=ZERO)),
        milestones=undated.count(),
    )
