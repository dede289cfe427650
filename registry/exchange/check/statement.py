"""Statements: what they were promoted to, and their amounts."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from registry.models import NOUNS, Statement
from registry.vocabulary.money import in_usd
from registry.vocabulary.statement import CAPITAL_ATTRIBUTES

from .problem import CHUNK, Problem
from .tables import with_code


def promotions() -> Iterator[Problem]:
    """What a statement was promoted to exists."""
    promoted = Statement.objects.exclude(promoted_kind="")
    for kind in promoted.order_by().values_list("promoted_kind", flat=True).distinct():
        lost = promoted.filter(promoted_kind=kind)
        if kind in NOUNS:
            made = with_code(NOUNS[kind].objects.all()).filter(known_as=OuterRef("promoted_code"))
            lost = lost.filter(~Exists(made))
        for key, code in lost.order_by("pk").values_list("pk", "promoted_code").iterator(chunk_size=CHUNK):
            yield Problem(Statement.KIND, str(key), _("ghi nhận vào %(kind)s %(code)s, không có bản ghi đó")
                          % {"kind": kind, "code": code})


def amounts() -> Iterator[Problem]:
    """The amount in dollars is that of value and unit, for what speaks of capital."""
    rows = Statement.objects.order_by("pk").values_list("pk", "attribute", "value", "unit", "amount_usd")
    for key, attribute, value, unit, amount in rows.iterator(chunk_size=CHUNK):
        wanted = in_usd(value, unit) if attribute in CAPITAL_ATTRIBUTES else None
        if amount != wanted:
            yield Problem(Statement.KIND, str(key), _("số vốn là %(amount)s USD, nhưng phải là %(wanted)s")
                          % {"amount": amount, "wanted": wanted})
