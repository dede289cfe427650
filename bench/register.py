"""The steps of bench/import_speed.py that the register itself takes."""

from django.core.management import call_command
from django.utils import timezone

from registry.actions import batch
from registry.actions.plan import Preview
from registry.actions.writing import writing
from registry.exchange.imports.preview import preview_file
from registry.exchange.reference import load_reference
from registry.models import ImportBatch, Project
from registry.vocabulary.change import Door

TABLES = {"projects": "projects", "changed": "projects", "entries": "capital-entries"}
BY = {"by": "bench", "reason": "bench", "door": Door.SHELL}


def prepare(_data: bytes) -> None:
    call_command("migrate", verbosity=0, interactive=False)
    with writing(by="bench", reason="bench", door=Door.LOADER) as act:
        load_reference(act)


def codes(_data: bytes) -> list[str]:
    return list(Project.objects.order_by("pk").values_list("code", flat=True))


def preview(data: bytes, *, table: str) -> None:
    _looked_at(data, table)


def apply(data: bytes, *, table: str) -> None:
    found = _looked_at(data, table)
    with writing(**BY) as act:
        batch.apply(act=act, preview=found)


def publish(_data: bytes) -> None:
    with writing(**BY) as act:
        batch.publish(act=act, batch=ImportBatch.objects.latest("pk"))


def _looked_at(data: bytes, table: str) -> Preview:
    found = preview_file(data, "bench.xlsx", table, now=timezone.now())
    if found.problems or found.counts["conflict"]:
        raise RuntimeError(found.problems[:5] or [row.notes for row in found.rows if row.notes][:5])
    return found
