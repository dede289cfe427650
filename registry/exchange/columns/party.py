"""Investors, enterprises and registrars as tables."""

from registry.models import Enterprise, Investor, Registrar
from registry.vocabulary.investor import InvestorKind

from .shape import Fields, Of

investor = Of(Investor)
INVESTOR = Fields("investors", (
    *investor.head(),
    investor.words("kind", InvestorKind, listed=True),
    investor.text("name"),
    investor.text("name_en"),
    investor.text("name_native"),
    investor.text("country", to="country", listed=True),
    investor.ref("parent", to="investor"),
    investor.text("parent_country", to="country", listed=True),
))

enterprise = Of(Enterprise)
ENTERPRISE = Fields("enterprises", (
    *enterprise.head(),
    enterprise.text("name"),
    enterprise.text("name_en"),
    enterprise.text("tax_code"),
    enterprise.text("activity"),
))

registrar = Of(Registrar)
REGISTRAR = Fields("registrars", (
    *registrar.head(),
    registrar.text("name"),
    registrar.text("name_en"),
    registrar.day("in_force_from"),
    registrar.day("in_force_until"),
    registrar.ref("successor", to="registrar"),
    registrar.text("basis"),
))
