"""A project as nested plain data."""

from collections import defaultdict
from dataclasses import dataclass

from registry.models import (
    AdministrativeUnit,
    CapitalEntry,
    Certificate,
    Country,
    Enterprise,
    Investor,
    Milestone,
    Project,
    Registrar,
    Sector,
    Source,
    Stake,
    Statement,
    Zone,
)
from registry.models.asked import Among, asked
from registry.vocabulary.investor import INDIVIDUAL
from registry.vocabulary.milestone import MilestoneKind, Reality
from registry.vocabulary.project import InvestmentForm, ProjectStatus
from registry.vocabulary.project_number import former_numbers
from registry.vocabulary.publication import Publication

from .capital import CAPITAL, capital_of
from .reading import Reading, seen
from .shape import (
    CITED,
    DAY,
    HEAD,
    ISO_DAY,
    MAYBE_DECIMAL,
    MAYBE_ISO_DAY,
    MAYBE_TEXT,
    MAYBE_WHOLE,
    MONEY,
    REF,
    TEXT,
    YES_NO,
    Context,
    Document,
    day,
    decimal,
    head,
    iso,
    many,
    maybe,
    money,
    ref,
    shape,
    text,
    words,
)

STAKE = Reading(
    Stake, "project_id lead share_percent",
    investor=Reading(Investor, "code name", country=Reading(Country, "code"),
                     parent_country=Reading(Country, "code")),
)
MILESTONE = Reading(Milestone, "project_id code kind reality happened_on")


@asked
def current_stakes():
    return Stake.objects.current().filter(Among("project")).order_by("position").values_list(*STAKE.columns)


@asked
def milestones():
    return Milestone.objects.filter(Among("project")).order_by("number").values_list(*MILESTONE.columns)


@asked
def sources_named(for_staff: bool):
    """What names a source beside the project's own, each with the project and the source."""
    certificates = seen(Certificate, for_staff=for_staff).exclude(publication=Publication.WITHDRAWN)
    first, *others = (
        rows.filter(Among("project"), source__isnull=False).order_by().values_list("project", "source")
        for rows in (CapitalEntry.objects, Statement.objects, Milestone.objects, certificates)
    )
    return first.union(*others)


@asked
def sources_seen(for_staff: bool):
    return seen(Source, for_staff=for_staff).filter(Among("pk")).order_by("code").values_list("pk", "code", "name")


@dataclass(frozen=True)
class Parts:
    """What stands beside the rows of projects, by their keys."""

    capital: dict[int, dict[str, str]]
    stakes: dict[int, list]
    milestones: dict[int, list]
    sources: dict[int, list[dict]]


def parts_of(rows: list, context: Context) -> Parts:
    """Six queries, one more where not every sum is kept."""
    keys = [row.pk for row in rows]
    return Parts(
        capital=capital_of(keys, as_of=context.as_of, known_on=context.known_on),
        stakes=by_project(STAKE, current_stakes(keys)),
        milestones=by_project(MILESTONE, milestones(keys)),
        sources=sources_of(rows, keys, context),
    )


def by_project(reading: Reading, found: list[tuple]) -> dict[int, list]:
    rows = defaultdict(list)
    for values in found:
        rows[values[0]].append(reading.row(values))
    return rows


def sources_of(rows: list, keys: list[int], context: Context) -> dict[int, list[dict]]:
    """The sources on which each project rests and that the reader may see, in order of code."""
    named = defaultdict(set)
    for row in rows:
        named[row.source_id].add(row.pk)
    for project, source in sources_named(keys, context.for_staff):
        named[source].add(project)
    found = defaultdict(list)
    for key, code, title in sources_seen(named.keys() - {None}, context.for_staff):
        cited = {"code": code, "title": title}
        for project in named[key]:
            found[project].append(cited)
    return found


def build(record: Project, context: Context, parts: Parts) -> dict:
    sector = record.sector
    return {
        **head(record, "projects", context),
        "irc_code": record.irc_code,
        "former_irc_codes": former_numbers(record.former_irc_codes),
        "name": record.name,
        "name_en": text(record.name_en),
        "objective": text(record.objective),
        "objective_en": text(record.objective_en),
        "address": text(record.address),
        "enterprise": record.enterprise and ref(record.enterprise, context, tax_code=record.enterprise.tax_code),
        "registrar": ref(record.registrar, context),
        "investors": [investor(stake, context) for stake in parts.stakes[record.pk]],
        "zone": ref(record.zone, context),
        "place": ref(record.place, context),
        "sector": sector and {"version": sector.vsic_version, "code": sector.vsic_code, "section": sector.section,
                              "name": sector.name},
        "form": record.form,
        "status": record.status,
        "licensed_on": day(record.licensed_on),
        "expires_on": day(record.expires_on),
        "ended_on": day(record.ended_on),
        "land_area_ha": decimal(record.land_area_ha),
        "planned_workers": record.planned_workers,
        "capital": {"as_of": iso(context.as_of), "known_on": iso(context.known_on),
                    **parts.capital[record.pk]},
        "milestones": [{"code": each.code, "kind": each.kind, "reality": each.reality, "date": day(each.happened_on)}
                       for each in parts.milestones[record.pk]],
        "sources": parts.sources[record.pk],
    }


def investor(stake: Stake, context: Context) -> dict:
    """A stake's investor; a natural person without a name, one that the reader may not see without a code either."""
    holder = stake.investor
    seen = context.sees(holder)
    return {
        "code": holder.code if seen else None,
        "name": None if not seen else str(INDIVIDUAL) if holder.is_person else holder.name,
        "country": holder.country.code if seen and holder.country else None,
        "parent_country": holder.parent_country.code if seen and holder.parent_country else None,
        "share_percent": money(stake.share_percent),
        "lead": stake.lead,
    }


PROJECT = Document(
    kind=Project.KIND, path="projects", build=build, extras=parts_of,
    reads=Reading(
        Project, "pk code version updated_at irc_code former_irc_codes name name_en objective objective_en address "
        "form status licensed_on expires_on ended_on land_area_ha planned_workers source_id",
        enterprise=Reading(Enterprise, "code name tax_code"), registrar=Reading(Registrar, "code name"),
        zone=Reading(Zone, "code name"), place=Reading(AdministrativeUnit, "code name"),
        sector=Reading(Sector, "vsic_version vsic_code section name"),
    ),
    schema=shape(
        **HEAD, irc_code=MAYBE_TEXT, former_irc_codes=many(TEXT), name=TEXT, name_en=MAYBE_TEXT, objective=MAYBE_TEXT,
        objective_en=MAYBE_TEXT, address=MAYBE_TEXT,
        enterprise=maybe(shape(code=TEXT, name=TEXT, tax_code=MAYBE_TEXT)), registrar=REF,
        investors=many(shape(
            code=MAYBE_TEXT, name=MAYBE_TEXT, country=MAYBE_TEXT, parent_country=MAYBE_TEXT,
            share_percent=MAYBE_DECIMAL, lead=YES_NO,
        )),
        zone=REF, place=REF, sector=maybe(shape(version=TEXT, code=TEXT, section=TEXT, name=TEXT)),
        form=words(InvestmentForm, nullable=True), status=words(ProjectStatus), licensed_on=DAY, expires_on=DAY,
        ended_on=DAY, land_area_ha=MAYBE_DECIMAL, planned_workers=MAYBE_WHOLE,
        capital=shape(as_of=ISO_DAY, known_on=MAYBE_ISO_DAY, **dict.fromkeys(CAPITAL, MONEY)),
        milestones=many(shape(code=TEXT, kind=words(MilestoneKind), reality=words(Reality), date=DAY)),
        sources=many(CITED),
    ),
)
