"""The keyset cursor: where a page ended, bound to its filter and its order, and signed."""

import hashlib
from datetime import date, datetime
from decimal import Decimal

from django.core import signing
from django.db.models import F, OrderBy, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from .problems import BadParameters

SALT = "registry.cursor.2"  # of another form of values, another salt: an old cursor is refused, never misread
NOT_OF_THE_FILTER = {"cursor", "page_size", "count"}


def fingerprint(found) -> str:
    """What a cursor is bound to: the list, and every parameter of its filter set but the page's own, in any order."""
    pairs = sorted(
        (name, value)
        for name in found.filters if name not in NOT_OF_THE_FILTER
        for value in found.data.getlist(name) if value
    )
    return hashlib.sha256(repr((found.queryset.model.KIND, pairs)).encode()).hexdigest()[:16]


def write(values: list, pk: int, bound_to: str) -> str:
    """The cursor after the row with these order values and this key. The same row gives the same cursor: an answer
    with a strong ETag holds nothing of the moment."""
    return signing.Signer(salt=SALT).sign_object([bound_to, [_plain(value) for value in values], pk], compress=True)


def read(text: str, bound_to: str) -> tuple[list, int]:
    """The order values and key in a cursor. Raises BadParameters where it is not ours or not of this list."""
    try:
        bound, values, pk = signing.Signer(salt=SALT).unsign_object(text)
    except signing.BadSignature as error:
        raise BadParameters([
            ("cursor", _("Con trỏ không đọc được; hãy dùng nguyên địa chỉ ở “next” hoặc bắt đầu lại từ trang đầu."))
        ]) from error
    if bound != bound_to:
        raise BadParameters([
            ("cursor", _("Con trỏ thuộc một danh sách khác; hãy giữ nguyên bộ lọc và thứ tự, hoặc bắt đầu lại."))
        ])
    return [_value(value) for value in values], pk


def after(rows: QuerySet, columns: list[tuple[str, bool]], values: list, pk: int) -> QuerySet:
    """The rows behind the one with these values; ``columns`` are (name, descending), nulls stand last."""
    behind, not_before = Q(pk__gt=pk), Q()
    for (name, descending), value in reversed(list(zip(columns, values, strict=True))):
        same = Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value})
        behind = same & behind
        if value is not None:
            further, may_lack = "lt" if descending else "gt", _may_lack(rows, name)
            beyond = Q(**{f"{name}__isnull": True}) if may_lack else Q()
            behind |= Q(**{f"{name}__{further}": value}) | beyond
            not_before = Q(**{f"{name}__{further}e": value}) | beyond
    return rows.filter(not_before, behind)  # said apart: where the index is to begin


def in_order(rows: QuerySet, columns: list[tuple[str, bool]]) -> QuerySet:
    """The rows in this order, nulls last both ways, ties by key."""
    return rows.order_by(*(_ordered(rows, name, descending) for name, descending in columns), "pk")


def _ordered(rows: QuerySet, name: str, descending: bool) -> OrderBy:
    """SQLite reads no index for an order that speaks of nulls: only where there may be some."""
    return OrderBy(F(name), descending=descending, nulls_last=_may_lack(rows, name) or None)


def _may_lack(rows: QuerySet, name: str) -> bool:
    """Whether a column that rows stand in order by may be null; so any that is made in the query."""
    return name in rows.query.annotations or rows.model._meta.get_field(name).null


def _plain(value):
    """A value with its type, because JSON knows neither days nor amounts nor bytes."""
    match value:
        case None | bool() | int() | str():
            return value
        case datetime():
            return ["t", value.isoformat()]
        case date():
            return ["d", value.isoformat()]
        case Decimal():
            return ["n", str(value)]
        case _:
            return ["b", bytes(value).hex()]


def _value(plain):
    if not isinstance(plain, list):
        return plain
    kind, text = plain
    return {"t": datetime.fromisoformat, "d": date.fromisoformat, "n": Decimal, "b": bytes.fromhex}[kind](text)
