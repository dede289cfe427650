"""Words of SQL with which statistics read entries of the ledger, ``entry``, beside what is kept."""

from django.db import connections, router

from registry.models import CapitalEntry, CapitalSum, Investor
from registry.models.sums import OF_INVESTOR
from registry.vocabulary.capital import CapitalKind

from .by_month import dimension_of
from .groups import Group

SUMS = CapitalSum._meta.db_table
STARTING = f"IN ('{CapitalKind.NEW}', '{CapitalKind.OPENING}')"
REGISTERED = f"IN ('{CapitalKind.NEW}', '{CapitalKind.OPENING}', '{CapitalKind.INCREASE}', '{CapitalKind.DECREASE}')"

CONFIRMED = "COALESCE(entry.confirmed_part_usd, CASE WHEN entry.confirmed THEN entry.amount_usd ELSE 0 END)"


def with_own() -> str:
    """The SQL that joins all under which the project of an entry stands, as ``own``. PostgreSQL is held to look them up
    one by one: for a thousand entries it would read all projects."""
    if connections[router.db_for_read(CapitalEntry)].vendor == "sqlite":
        return f"LEFT JOIN {SUMS} AS own ON own.owner = entry.project_id"
    return f"LEFT JOIN LATERAL (SELECT * FROM {SUMS} WHERE owner = entry.project_id OFFSET 0) AS own ON TRUE"


def money_of(group: Group) -> str:
    """The SQL of where the amount of an entry ``with_own`` stands: a purchase under its buyer's country, all else as
    the project."""
    dimension = dimension_of(group)
    if dimension not in OF_INVESTOR:
        return f"own.{dimension}"
    return (f"CASE WHEN entry.counts_as = '{CapitalKind.SHARE_PURCHASE}' AND entry.buyer_id IS NOT NULL "
            f"THEN (SELECT {dimension}_id FROM {Investor._meta.db_table} WHERE id = entry.buyer_id) "
            f"ELSE own.{dimension} END")
