"""The floor: what reading the same files and plain ``bulk_create`` of what is in them need.

No investor is looked up, no rule checked, no history kept.
"""

import io
from decimal import Decimal

from django.utils import timezone
from python_calamine import CalamineWorkbook

from registry.models import CapitalEntry, Country, Enterprise, Investor, Project, Source, Stake, Zone

CHUNK = 500


def read(data: bytes) -> list[list]:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()[1:]


def projects(data: bytes) -> None:
    """The records that the file speaks of, and no more: no checks, no search text, no history, no undo."""
    rows, now = read(data), timezone.now()
    zones, countries = dict(Zone.objects.values_list("name", "pk")), dict(Country.objects.values_list("name", "pk"))
    source = Source.objects.first()
    investors = _made(Investor, {row[1]: Investor(code=f"P-{row[3]}", name=row[1], country_id=countries.get(row[2]),
                                                  updated_at=now) for row in rows})
    enterprises = _made(Enterprise, {row[11]: Enterprise(code=f"P-{row[3]}", name=row[11], updated_at=now)
                                     for row in rows})
    projects = _made(Project, {row[3]: Project(
        code=f"P-{row[3]}", name=row[0], irc_code=row[3], address=row[12], land_area_ha=Decimal(str(row[10])),
        status="not_started", licensed_earliest=row[4], licensed_latest=row[4], zone_id=zones.get(row[8]),
        enterprise=enterprises[row[11]], updated_at=now) for row in rows})
    Stake.objects.bulk_create([Stake(project=projects[row[3]], investor=investors[row[1]], position=1, lead=True)
                               for row in rows], batch_size=CHUNK)
    CapitalEntry.objects.bulk_create([CapitalEntry(
        code=f"P-{row[3]}-1", number=1, project=projects[row[3]], kind="opening", counts_as="opening",
        amount_usd=Decimal(str(row[6])), written_amount=Decimal(str(row[7])), written_currency="VND",
        counts_on=row[4], recorded_at=now, updated_at=now, source=source) for row in rows], batch_size=CHUNK)


def entries(data: bytes) -> None:
    keys = dict(Project.objects.values_list("code", "pk"))
    source, now = Source.objects.first(), timezone.now()
    CapitalEntry.objects.bulk_create([
        CapitalEntry(code=f"P-{number}", number=1000 + number, project_id=keys[row[0]], kind=row[1], counts_as=row[1],
                     amount_usd=Decimal(str(row[2])), counts_on=row[3], decided_earliest=row[3], decided_latest=row[3],
                     recorded_at=now, updated_at=now, source=source, note=row[4])
        for number, row in enumerate(read(data))], batch_size=CHUNK)


def _made(model, records: dict) -> dict:
    model.objects.bulk_create(records.values(), batch_size=CHUNK)
    return records
