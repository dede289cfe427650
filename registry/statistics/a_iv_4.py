"""The form A.IV.4: calls for investment and investors who are interested, yearly."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from registry.models import Change, Investor, Opportunity, Sector
from registry.models.capital import ZERO, end_of_day
from registry.vocabulary.change import Verb
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.promotion import OpportunityKind
from registry.vocabulary.publication import Publication

from .log import change_on, check_known, states_at

M2_OF_HA = 10_000
NAMED_BY = ("investor__country", "sector", "zone", "place")
COLUMNS = [field.attname for field in Opportunity._meta.concrete_fields]


class YearInFuture(RuleBroken):
    code = "year-in-future"
    message = _("Năm %(year)s chưa bắt đầu; hãy chọn năm đã bắt đầu vào ngày %(today)s hoặc trước đó.")


@dataclass(frozen=True)
class Lead:
    """One row: an investor with all that it is interested in, or one call that has no investor yet. ``expected_usd``
    and ``land_m2`` are None where nobody states any."""

    investor: Investor | None
    calls: tuple[str, ...]
    leads: tuple[str, ...]
    expected_usd: Decimal | None
    sections: tuple[str, ...]
    objectives: tuple[str, ...]
    places: tuple[str, ...]
    land_m2: Decimal | None
    opportunities: tuple[Opportunity, ...]


@dataclass(frozen=True)
class LeadsForm:
    """``hidden`` is how many of the opportunities the public does not see. ``known_on`` is the day of which it tells
    what the register knew; None: all it knows."""

    year: int
    known_on: date | None
    rows: tuple[Lead, ...]
    expected_usd: Decimal
    land_m2: Decimal
    hidden: int


def leads_form(year: int, *, today: date, known_on: date | None = None) -> LeadsForm:
    """What the register had on record by the end of the year and has not withdrawn, drafts too: for staff. As known on
    a day: what the log had of it by then, under investors, sectors and places by their names of today. Raises
    YearInFuture, KnownInFuture. Three queries; as known on a day at most eleven."""
    if year > today.year:
        raise YearInFuture(year=year, today=f"{today:%d/%m/%Y}", field="year")
    check_known(known_on, today=today)
    found = _had(year) if known_on is None else _known(year, change_on(known_on))
    sections = {(version, section): name for version, section, name in Sector.objects.filter(level=1).values_list(
        "vsic_version", "section", "name")}
    groups: dict[tuple, list[Opportunity]] = {}
    for each in found:
        groups.setdefault((each.investor_id, None if each.investor_id else each.pk), []).append(each)
    rows = tuple(_lead(of, sections) for of in groups.values())
    return LeadsForm(
        year=year, known_on=known_on, rows=rows, expected_usd=sum((row.expected_usd or ZERO for row in rows), ZERO),
        land_m2=sum((row.land_m2 or Decimal(0) for row in rows), Decimal(0)),
        hidden=sum(not each.is_public() for each in found))


def _created(year: int):
    """What was recorded by the end of the year."""
    return Change.objects.filter(kind=Opportunity.KIND, verb=Verb.CREATED,
                                 act__at__lt=end_of_day(date(year, 12, 31))).values_list("code", flat=True)


def _had(year: int) -> list[Opportunity]:
    standing = Opportunity.objects.filter(code__in=_created(year)).exclude(publication=Publication.WITHDRAWN)
    return list(standing.select_related(*NAMED_BY).order_by("pk"))


def _known(year: int, change: int) -> list[Opportunity]:
    """As the log has them at a change; they are read, never saved."""
    states = states_at(Opportunity, change, COLUMNS, which=~Q(publication=Publication.WITHDRAWN),
                       was=lambda state: state["publication"] != Publication.WITHDRAWN)
    created = set(_created(year).filter(seq__lte=change))
    found = [Opportunity(**state) for state in states if state["code"] in created]
    prefetch_related_objects(found, *NAMED_BY)
    return sorted(found, key=lambda each: each.pk)


def _lead(of: list[Opportunity], sections: dict[tuple[str, str], str]) -> Lead:
    land = _sum(each.land_area_ha for each in of)
    return Lead(
        investor=of[0].investor, calls=_said(each.name for each in of if each.kind == OpportunityKind.CALL),
        leads=_said(each.name for each in of if each.kind == OpportunityKind.LEAD),
        expected_usd=_sum(each.expected_usd for each in of),
        sections=_said(sections.get((each.sector.vsic_version, each.sector.section), each.sector.name)
                       for each in of if each.sector),
        objectives=_said(each.objective for each in of),
        places=_said(", ".join(where.name for where in (each.zone, each.place) if where) for each in of),
        land_m2=None if land is None else land * M2_OF_HA, opportunities=tuple(of))


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    stated = [amount for amount in amounts if amount is not None]
    return sum(stated[1:], stated[0]) if stated else None


def _said(words: Iterable[str]) -> tuple[str, ...]:
    """Each once, in their order, without empty ones."""
    return tuple(dict.fromkeys(filter(None, words)))
