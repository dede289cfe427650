"""Policies, engagements and opportunities as nested plain data."""

from registry.models import (
    AdministrativeUnit,
    Engagement,
    Investor,
    Opportunity,
    Policy,
    Project,
    Sector,
    Source,
    Zone,
)
from registry.vocabulary.investor import INDIVIDUAL
from registry.vocabulary.milestone import Reality
from registry.vocabulary.promotion import EngagementKind, OpportunityKind

from .reading import Reading
from .shape import (
    CITED,
    DAY,
    HEAD,
    MAYBE_DECIMAL,
    MAYBE_MONEY,
    MAYBE_TEXT,
    REF,
    TEXT,
    Context,
    Document,
    cited,
    day,
    decimal,
    head,
    money,
    ref,
    shape,
    text,
    words,
)


def investor_of(record, context: Context) -> dict | None:
    found = ref(record.investor, context)
    return {**found, "name": str(INDIVIDUAL)} if found and record.investor.is_person else found


def build_policy(record: Policy, context: Context, extras) -> dict:
    return {
        **head(record, "policies", context),
        "name": record.name,
        "name_en": text(record.name_en),
        "number": text(record.number),
        "issuer": text(record.issuer),
        "issued_on": day(record.issued_on),
        "summary": text(record.summary),
        "summary_en": text(record.summary_en),
        "reality": record.reality,
        "source": cited(record.source, context),
    }


POLICY = Document(
    kind=Policy.KIND, path="policies", build=build_policy,
    reads=Reading(Policy, "code version updated_at name name_en number issuer issued_on summary summary_en reality",
                  source=Reading(Source, "code name")),
    schema=shape(
        **HEAD, name=TEXT, name_en=MAYBE_TEXT, number=MAYBE_TEXT, issuer=MAYBE_TEXT, issued_on=DAY,
        summary=MAYBE_TEXT, summary_en=MAYBE_TEXT, reality=words(Reality), source=CITED,
    ),
)


def build_engagement(record: Engagement, context: Context, extras) -> dict:
    return {
        **head(record, "engagements", context),
        "kind": record.kind,
        "name": record.name,
        "name_en": text(record.name_en),
        "held_on": day(record.held_on),
        "reality": record.reality,
        "parties": text(record.parties),
        "outcome": text(record.outcome),
        "project": ref(record.project, context),
        "investor": investor_of(record, context),
        "source": cited(record.source, context),
    }


ENGAGEMENT = Document(
    kind=Engagement.KIND, path="engagements", build=build_engagement,
    reads=Reading(
        Engagement, "code version updated_at kind name name_en held_on reality parties outcome",
        project=Reading(Project, "code name"), investor=Reading(Investor, "code name"),
        source=Reading(Source, "code name"),
    ),
    schema=shape(
        **HEAD, kind=words(EngagementKind), name=TEXT, name_en=MAYBE_TEXT, held_on=DAY, reality=words(Reality),
        parties=MAYBE_TEXT, outcome=MAYBE_TEXT, project=REF, investor=REF, source=CITED,
    ),
)


def build_opportunity(record: Opportunity, context: Context, extras) -> dict:
    return {
        **head(record, "opportunities", context),
        "kind": record.kind,
        "name": record.name,
        "name_en": text(record.name_en),
        "objective": text(record.objective),
        "expected_usd": money(record.expected_usd),
        "land_area_ha": decimal(record.land_area_ha),
        "sector": record.sector.code if record.sector else None,
        "zone": ref(record.zone, context),
        "place": ref(record.place, context),
        "investor": investor_of(record, context),
        "source": cited(record.source, context),
    }


OPPORTUNITY = Document(
    kind=Opportunity.KIND, path="opportunities", build=build_opportunity,
    reads=Reading(
        Opportunity, "code version updated_at kind name name_en objective expected_usd land_area_ha",
        sector=Reading(Sector, "code"), zone=Reading(Zone, "code name"), place=Reading(AdministrativeUnit, "code name"),
        investor=Reading(Investor, "code name"), source=Reading(Source, "code name"),
    ),
    schema=shape(
        **HEAD, kind=words(OpportunityKind), name=TEXT, name_en=MAYBE_TEXT, objective=MAYBE_TEXT,
        expected_usd=MAYBE_MONEY, land_area_ha=MAYBE_DECIMAL, sector=MAYBE_TEXT, zone=REF, place=REF, investor=REF,
        source=CITED,
    ),
)
