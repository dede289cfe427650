"""Whose public form changes with another record: partners are told of them too, or a mirror would keep what was.

A name that changes is told once, of the record that has it; that one comes into sight, or goes out of it, is told of
every public record that names it.
"""

from collections.abc import Iterable, Iterator, Mapping

from django.db.models import Model

from registry.models import NOUNS, CapitalEntry, Project, Source, Stake, Statement
from registry.models.rows import in_chunks

from .writing import Writing

# The ways by which a project rests on a source.
RESTS_ON = ("entries__source", "statements__source", "milestones__source", "certificates__source")


def tell_referrers(*, act: Writing, record: Model) -> None:
    """Tell of every public record that names this one. One query for each way of naming."""
    for other in _naming(type(record), [record]):
        act.tell(other)


def public_referrers(records: Mapping[type, list[Model]], models: Iterable[type]) -> set[Model]:
    """Every public record that names one of these ``records`` of these ``models``. One query for each way of naming
    500 of one noun."""
    return {other for model in models for some in in_chunks(records.get(model, [])) for other in _naming(model, some)}


def tell_all(*, act: Writing, records: Iterable[Model]) -> None:
    for record in sorted(records, key=lambda each: (each.KIND, each.pk)):
        act.tell(record)


def _naming(of: type, records: list[Model]) -> Iterator[Model]:
    for relation in of._meta.related_objects:
        model, named = relation.related_model, {f"{relation.field.name}__in": records}
        if model is Stake and relation.field.name == "investor":
            yield from Project.objects.public().filter(stakes__investor__in=records).distinct()
        elif NOUNS.get(getattr(model, "KIND", "")) is model:
            yield from model.objects.public().filter(**named).distinct()
    if of is Source:
        for way in RESTS_ON:  # one after another: joined together, each way multiplies the rows of the others
            yield from Project.objects.public().filter(**{f"{way}__in": records}).distinct()
        accepted = Statement.objects.filter(source__in=records, promoted_kind=CapitalEntry.KIND)
        yield from CapitalEntry.objects.public().filter(code__in=accepted.values("promoted_code"))
