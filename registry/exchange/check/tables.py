"""What holds in every table: asked of all of them at once, in one statement that is made once."""

from collections.abc import Callable, Iterator
from functools import cache

from django.apps import apps
from django.db import connection
from django.db.models import (
    CharField,
    CheckConstraint,
    Exists,
    F,
    ForeignKey,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from registry.models import NOUNS, Change
from registry.vocabulary.change import Verb

from .problem import Problem

# A table (or a kind of record), what is asked of it, and its rows that break it, as ``named``.
Question = tuple[type[Model] | str, object, QuerySet]


def references() -> Iterator[Problem]:
    """Rows that refer to a row that is gone."""
    for model, column, key in _broken(_of_references):
        yield Problem(_kind(model), key, _("trỏ tới một bản ghi không còn: %(column)s") % {"column": column})


def constraints() -> Iterator[Problem]:
    """Rows that break a named constraint of their table."""
    for model, constraint, key in _broken(_of_constraints):
        yield Problem(_kind(model), key, f"{constraint.get_violation_error_message()} ({constraint.name})")


def gone() -> Iterator[Problem]:
    """Records that the register once wrote, that nothing deleted since, and that are not there."""
    for kind, _nothing, code in _broken(_of_the_gone):
        yield Problem(kind, code, str(_("bản ghi đã mất")))


def registry_models() -> list[type[Model]]:
    return list(apps.get_app_config("registry").get_models(include_auto_created=True))


def with_code(rows: QuerySet) -> QuerySet:
    """Annotate ``known_as``: the code by which changes know the row, also where it is the row's number."""
    own = any(field.name == "code" for field in rows.model._meta.concrete_fields)
    return rows.annotate(known_as=F("code") if own else Cast("pk", CharField()))


def _of_references() -> Iterator[Question]:
    for model in registry_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, ForeignKey):
                there = field.related_model.objects.filter(pk=OuterRef(field.attname))
                rows = model.objects.filter(**{f"{field.attname}__isnull": False}).filter(~Exists(there))
                yield model, field.attname, rows.annotate(named=Cast("pk", CharField()))


def _of_constraints() -> Iterator[Question]:
    for model in registry_models():
        for constraint in model._meta.constraints:
            if isinstance(constraint, CheckConstraint):
                rows = model.objects.filter(~Q(constraint.condition))
                yield model, constraint, rows.annotate(named=Cast("pk", CharField()))


def _of_the_gone() -> Iterator[Question]:
    for kind, model in NOUNS.items():
        changes = Change.objects.filter(kind=kind)
        removed = changes.filter(code=OuterRef("code"), seq__gt=OuterRef("seq"), after__isnull=True,
                                 verb__in=(Verb.DELETED, Verb.MERGED))
        there = with_code(model.objects.all()).filter(known_as=OuterRef("code"))
        lost = changes.filter(verb=Verb.CREATED).filter(~Exists(there)).filter(~Exists(removed))
        yield kind, None, lost.annotate(named=F("code"))


def _broken(questions: Callable[[], Iterator[Question]]) -> Iterator[tuple[object, object, str]]:
    asked, sql, parameters = _in_one(questions)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        found = cursor.fetchall()
    for which, name in found:
        yield *asked[which], name


@cache
def _in_one(questions: Callable[[], Iterator[Question]]) -> tuple[list, str, tuple]:
    """All questions as one. They are the same each time, and making a hundred takes longer than asking them."""
    asked, rows = [], []
    for which, (table, what, broken) in enumerate(questions()):
        asked.append((table, what))
        rows.append(broken.annotate(which=Value(which, IntegerField())).order_by().values_list("which", "named"))
    return asked, *rows[0].union(*rows[1:], all=True).query.sql_with_params()


def _kind(model: type[Model]) -> str:
    return getattr(model, "KIND", model._meta.model_name)
