"""A benchmark folder made rough: what the generator never writes and a register has to bear.

Odd cents, first issues and purchases and payments that were corrected, investors without a country, Vietnamese
ones, purchases without a buyer, three holders, half a per cent that nobody holds, projects without a form.
"""

import random
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from tests.bench_folder import Rows, change_rows, read_rows

LAST_DAY = date(2026, 6, 30)
CENT = Decimal("0.01")
REGISTERED = ("new", "increase", "decrease")
SHARES = (("50.00", "50.00"), ("33.33", "33.33", "33.34"), ("60.00", "30.00"), ("12.50", "12.50", "74.99"), ("",),
          ("99.50",), ("40.00", ""))


def roughen(folder: Path, seed: int) -> Path:
    """Change the folder in place; the same seed always makes the same."""
    chance = random.Random(seed)
    change_rows(folder, "investors.csv", lambda rows: _countries(rows, chance))
    change_rows(folder, "project_investors.csv", lambda rows: _stakes(rows, chance))
    ended = {row["id"] for row in read_rows(folder, "projects.csv") if row["terminated_on"]}
    change_rows(folder, "capital_events.csv", lambda rows: _in_order(_events(rows, ended, chance)))
    sums = _registered(read_rows(folder, "capital_events.csv"))
    change_rows(folder, "projects.csv", lambda rows: _projects(rows, sums, chance))
    return folder


def _countries(rows: Rows, chance: random.Random) -> None:
    for row in rows:
        row["country_code"] = chance.choices([row["country_code"], "", "VN"], [85, 8, 7])[0]


def _stakes(rows: Rows, chance: random.Random) -> Rows:
    investors, held, kept = sorted({row["investor_id"] for row in rows}), {}, []
    for row in rows:
        held.setdefault(row["project_id"], []).append(row)
    for project, stakes in held.items():
        fate = chance.random()
        if fate < 0.03:
            continue
        if fate < 0.25:
            holders, shares = chance.sample(investors, 3), chance.choice(SHARES)
            stakes = [{"project_id": project, "investor_id": holder, "position": str(position), "share_percent": share}
                      for position, (holder, share) in enumerate(zip(holders, shares, strict=False), start=1)]
        kept += stakes
    return kept


def _events(rows: Rows, ended: set[str], chance: random.Random) -> Rows:
    by_id = {row["id"]: row for row in rows}
    corrected = {row["corrects_id"] for row in rows}
    for row in rows:
        if not row["corrects_id"]:
            row["amount_usd"] = str(Decimal(row["amount_usd"]) + chance.randrange(1, 100) * CENT)
        if row["kind"] == "share_purchase" and chance.random() < 0.1:
            row["investor_id"] = ""
    for row in rows:
        if row["corrects_id"]:
            row["amount_usd"] = str(-Decimal(by_id[row["corrects_id"]]["amount_usd"]))
    more = []
    for row in rows:
        if row["project_id"] not in ended and row["id"] not in corrected and not row["corrects_id"]:
            more += _corrections(row, chance)
    rows += more
    _close(rows, ended)
    return rows


def _corrections(row: Rows, chance: random.Random) -> Rows:
    """Now and then a purchase, a payment or a first issue was a mistake; of two such issues one is made anew."""
    if row["kind"] not in ("new", "share_purchase", "disbursement") or chance.random() > 0.04:
        return []
    undone = _later(row, chance, id=f"{row['id']}-undone", corrects_id=row["id"],
                    amount_usd=str(-Decimal(row["amount_usd"])))
    if row["kind"] != "new":
        return [undone]
    # A larger one, so that the decreases that follow are still covered.
    anew = _later(undone, chance, id=f"{row['id']}-anew", corrects_id="",
                  amount_usd=str(Decimal(row["amount_usd"]) + chance.randrange(1, 10**8) * CENT))
    return [undone, anew]


def _later(row: dict, chance: random.Random, **changes) -> dict:
    """The row on a later day, recorded later still; where no day is left, on the last."""
    decided = _days_on(row["decided_on"], chance.choice([0, 1, 40, 400]))
    recorded = max(_days_on(decided, chance.choice([0, 3, 200])), row["recorded_at"][:10])
    at = max(f"{recorded}T{chance.randrange(10, 24)}:00:00Z", row["recorded_at"])
    return row | {"decided_on": decided, "recorded_at": at} | changes


def _days_on(day: str, days: int) -> str:
    return min(date.fromisoformat(day) + timedelta(days=days), LAST_DAY).isoformat()


def _close(rows: Rows, ended: set[str]) -> None:
    """The last decrease of a terminated project takes away all that there is."""
    sums = _registered(rows)
    for row in rows:
        if row["project_id"] in ended and row["note"].startswith("Chấm dứt"):
            row["amount_usd"] = str(Decimal(row["amount_usd"]) - sums[row["project_id"]])


def _in_order(rows: Rows) -> Rows:
    """In the order of recording, with new ids; a sort keeps a correction behind what it corrects."""
    rows.sort(key=lambda row: row["recorded_at"])
    new_ids = {row["id"]: str(number) for number, row in enumerate(rows, start=1)} | {"": ""}
    return [row | {"id": new_ids[row["id"]], "corrects_id": new_ids[row["corrects_id"]]} for row in rows]


def _registered(rows: Rows) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for row in rows:
        if row["kind"] in REGISTERED:
            sums[row["project_id"]] = sums.get(row["project_id"], Decimal("0.00")) + Decimal(row["amount_usd"])
    return sums


def _projects(rows: Rows, sums: dict[str, Decimal], chance: random.Random) -> None:
    for row in rows:
        row["registered_capital_usd"] = str(sums[row["id"]])
        for column in ("form", "sector_code"):
            if chance.random() < 0.05:
                row[column] = ""
