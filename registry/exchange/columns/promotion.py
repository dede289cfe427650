"""Policies, engagements and opportunities as tables."""

from django.utils.translation import gettext_lazy as _

from registry.models import Engagement, Opportunity, Policy
from registry.vocabulary.milestone import Reality
from registry.vocabulary.promotion import EngagementKind, OpportunityKind

from .shape import Fields, Of

policy = Of(Policy)
POLICY = Fields("policies", (
    *policy.head(),
    policy.text("name"),
    policy.text("name_en"),
    policy.text("number", listed=True),
    policy.text("issuer", listed=True),
    policy.stated_day("issued_on", _("ngày ban hành"), listed=True),
    policy.text("summary"),
    policy.text("summary_en"),
    policy.words("reality", Reality, listed=True),
    policy.cited(listed=True),
))

engagement = Of(Engagement)
ENGAGEMENT = Fields("engagements", (
    *engagement.head(),
    engagement.words("kind", EngagementKind, listed=True),
    engagement.text("name"),
    engagement.text("name_en"),
    engagement.stated_day("held_on", _("ngày diễn ra"), listed=True),
    engagement.words("reality", Reality, listed=True),
    engagement.text("parties", listed=True),
    engagement.text("outcome"),
    engagement.ref("project"),
    engagement.ref("investor"),
    engagement.cited(listed=True),
))

opportunity = Of(Opportunity)
OPPORTUNITY = Fields("opportunities", (
    *opportunity.head(),
    opportunity.words("kind", OpportunityKind, listed=True),
    opportunity.text("name"),
    opportunity.text("name_en"),
    opportunity.text("objective"),
    opportunity.number("expected_usd", listed=True),
    opportunity.number("land_area_ha", listed=True),
    opportunity.text("sector", to="sector", listed=True),
    opportunity.ref("zone", listed=True),
    opportunity.ref("place"),
    opportunity.ref("investor"),
    opportunity.cited(listed=True),
))
