"""Where a record has a page of its own."""

from django.urls import reverse

from registry.models import (
    Country,
    Engagement,
    Investor,
    Opportunity,
    Policy,
    Project,
    Sector,
    Source,
    Zone,
)

WITH_PAGE = {
    model.KIND for model in (Project, Investor, Zone, Sector, Country, Source, Policy, Engagement, Opportunity)
}


def page_of_record(kind: str, code: str | None) -> str:
    """The address of the page in the reader's language; empty for a kind without pages and for no code."""
    return reverse(f"pages:{kind}", args=[code]) if code and kind in WITH_PAGE else ""
