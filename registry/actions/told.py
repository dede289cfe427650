"""Whose public form changes with another record: partners are told of them too, or a mirror would keep what was.

A name that changes is told once, of the record that has it; that one comes into sight, or goes out of it, is told of
every public record that names it.
"""

from collections.abc import Iterator

from django.db.models import Model, Q

from registry.models import NOUNS, CapitalEntry, Project, Source, Stake, Statement

from .writing import Writing

# The ways by which a project rests on a source.
RESTS_ON = ("entries__source", "statements__source", "milestones__source", "certificates__source")


def tell_referrers(*, act: Writing, record: Model) -> None:
    """Tell of every public record that names this one. One query for each way of naming."""
    for other in _naming(record):
        act.tell(other)


def _naming(record: Model) -> Iterator[Model]:
    for relation in record._meta.related_objects:
        model, named = relation.related_model, {relation.field.name: record}
        if model is Stake and relation.field.name == "investor":
            yield from Project.objects.public().filter(stakes__investor=record).distinct()
        elif NOUNS.get(getattr(model, "KIND", "")) is model:
            yield from model.objects.public().filter(**named)
    if isinstance(record, Source):
        rests = Q()
        for way in RESTS_ON:
            rests |= Q(**{way: record})
        yield from Project.objects.public().filter(rests).distinct()
        accepted = Statement.objects.filter(source=record, promoted_kind=CapitalEntry.KIND)
        yield from CapitalEntry.objects.public().filter(code__in=accepted.values("promoted_code"))
