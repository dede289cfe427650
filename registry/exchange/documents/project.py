"""A project as nested plain data."""

from django.db.models import Prefetch

from registry.models import CapitalEntry, Certificate, Milestone, Project, Source, Stake, Statement
from registry.vocabulary.investor import INDIVIDUAL
from registry.vocabulary.milestone import MilestoneKind, Reality
from registry.vocabulary.project import InvestmentForm, ProjectStatus
from registry.vocabulary.publication import Publication

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
    cited,
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

CAPITAL = ("registered_usd", "confirmed_usd", "intended_usd", "realised_usd", "share_purchase_usd")


def rows(context: Context):
    return context.rows(Project).with_capital(as_of=context.as_of, known_on=context.known_on).select_related(
        "enterprise", "registrar", "zone", "place", "sector", "source"
    ).prefetch_related(
        Prefetch("stakes", Stake.objects.current().select_related("investor__country", "investor__parent_country")),
        Prefetch("milestones", Milestone.objects.order_by("number")),
    )


def sources_of(records: list[Project], context: Context) -> dict[int, list[Source]]:
    """The sources on which each project rests and that the reader may see, in order of code. Two queries."""
    projects = [record.pk for record in records]
    pairs = {(record.pk, record.source_id) for record in records}
    certificates = context.rows(Certificate).exclude(publication=Publication.WITHDRAWN)
    first, *others = (
        rows.filter(project__in=projects).order_by().values_list("project", "source")
        for rows in (CapitalEntry.objects, Statement.objects, Milestone.objects, certificates)
    )
    pairs |= set(first.union(*others))
    sources = context.rows(Source).in_bulk({source for _project, source in pairs if source})
    found = {project: [] for project in projects}
    for project, source in pairs:
        if source in sources:
            found[project].append(sources[source])
    return {project: sorted(each, key=lambda source: source.code) for project, each in found.items()}


def build(record: Project, context: Context, sources: dict[int, list[Source]]) -> dict:
    sector = record.sector
    return {
        **head(record, "projects", context),
        "irc_code": record.irc_code,
        "name": record.name,
        "name_en": text(record.name_en),
        "objective": text(record.objective),
        "objective_en": text(record.objective_en),
        "address": text(record.address),
        "enterprise": record.enterprise and ref(record.enterprise, context, tax_code=record.enterprise.tax_code),
        "registrar": ref(record.registrar, context),
        "investors": [investor(stake, context) for stake in record.current_stakes()],
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
                    **{name: money(getattr(record, name)) for name in CAPITAL}},
        "milestones": [{"code": each.code, "kind": each.kind, "reality": each.reality, "date": day(each.happened_on)}
                       for each in record.milestones.all()],
        "sources": [cited(source, context) for source in sources[record.pk]],
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
    kind=Project.KIND, path="projects", rows=rows, build=build, extras=sources_of,
    schema=shape(
        **HEAD, irc_code=MAYBE_TEXT, name=TEXT, name_en=MAYBE_TEXT, objective=MAYBE_TEXT, objective_en=MAYBE_TEXT,
        address=MAYBE_TEXT, enterprise=maybe(shape(code=TEXT, name=TEXT, tax_code=MAYBE_TEXT)), registrar=REF,
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
