"""The form A.IV.4 as plain data, for the office: drafts are in it, natural persons are not named."""

from registry.statistics.a_iv_4 import Lead, LeadsForm
from registry.vocabulary.investor import INDIVIDUAL

from .shape import iso, money


def leads_document(form: LeadsForm) -> dict:
    """Amounts in US dollars, land in square metres; null: nobody states any. ``unpublished`` counts the opportunities
    that the public does not see."""
    return {
        "year": form.year, "known_on": iso(form.known_on), "rows": [_row(lead) for lead in form.rows],
        "total": {"expected_usd": money(form.expected_usd), "land_m2": str(form.land_m2)}, "unpublished": form.hidden,
    }


def _row(lead: Lead) -> dict:
    return {
        "investor": _investor(lead), "calls": list(lead.calls), "leads": list(lead.leads),
        "expected_usd": money(lead.expected_usd),
        "sectors": list(lead.sections), "objectives": list(lead.objectives), "places": list(lead.places),
        "land_m2": None if lead.land_m2 is None else str(lead.land_m2),
        "opportunities": [each.code for each in lead.opportunities],
    }


def _investor(lead: Lead) -> dict | None:
    investor = lead.investor
    return investor and {
        "code": investor.code, "name": str(INDIVIDUAL) if investor.is_person else investor.name,
        "country": investor.country.code if investor.country else None,
    }
