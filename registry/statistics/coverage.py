"""Stated against computed: what sources say of a scope and a day, beside what the register holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models import Statement
from registry.vocabulary.money import CENT, STATED_UNITS
from registry.vocabulary.statement import LOWER_BOUNDS, Review, StatementKind, SubjectKind, number_of
from registry.vocabulary.zone import FormerProvince

from .coverage_rules import RULES, why_not_compared
from .coverage_scope import province_of, scope_differs, with_places_of_source
from .coverage_sums import Figure, computed
from .groups import Names, in_both

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Stated:
    """One stated figure beside the register's own. ``stated`` and ``computed`` are in ``unit``.

    ``percent`` is computed / stated × 100, None where nothing is stated; over 100 is an ``alarm``, unless
    the source gives only a lower bound. ``first`` is None for a stock, which is computed as of ``day``.
    ``province``: the register's figure is of this old province, empty for both. ``reason`` says what the percentage
    means, ``differs`` in what the two figures are not the same; its texts are empty where they are.
    """

    statement: Statement
    province: str
    first: date | None
    day: date
    stated: Decimal
    computed: Decimal
    percent: Decimal | None
    alarm: bool
    reason: Names
    differs: Names

    @property
    def unit(self) -> str:
        return self.statement.unit

    @property
    def province_label(self) -> str:
        """The old province that the register's figure is of; empty for both."""
        return str(FormerProvince(self.province).label) if self.province else ""


@dataclass(frozen=True)
class NotCompared:
    """A stated figure beside which the register has none, and why."""

    statement: Statement
    reason: Names


def coverage(
    *, today: date, attributes: Iterable[str] = tuple(RULES), about: Q | None = None, known_on: date | None = None,
    until: date | None = None,
) -> list[Stated]:
    """Every stated figure of these attributes that the register can compute, in the order of the statements;
    only of the statements that ``about`` chooses, such as those of one country; the register's own figures from what
    it had recorded by ``known_on``; ``until``: only those of a day up to this one. At most five queries.

    A stock is computed on the last day that the statement names, else on the last day on which its source
    was published; a flow over the statement's period.
    """
    rows = with_places_of_source(_told().filter(about or Q(), attribute__in=attributes))
    statements = [each for each in rows if not why_not_compared(each)
                  and _is_by(until, each, today)]
    held = computed([_figure(each, today) for each in statements], known_on=known_on)
    return [_stated(each, held[each.pk], today) for each in statements]


def not_compared(*, today: date, until: date | None = None) -> list[NotCompared]:
    """The other figures that public sources state of a place or a country, in their order; ``until``: as for
    ``coverage``. One query."""
    found = []
    for each in _told():
        why = why_not_compared(each)
        is_figure = each.kind == StatementKind.STATISTIC or number_of(each.value) is not None
        if why and is_figure and _is_by(until, each, today):
            found.append(NotCompared(each, in_both(why)))
    return found


def _told():
    """What public sources say of places and countries, and nobody rejected, in the order of the statements."""
    rows = Statement.objects.public().exclude(review=Review.REJECTED)
    rows = rows.filter(subject_kind__in=(SubjectKind.PLACE, SubjectKind.COUNTRY))
    return rows.select_related("source", "place", "country").order_by("pk")


def _is_by(until: date | None, statement: Statement, today: date) -> bool:
    """Whether a figure is of a day up to this one."""
    return until is None or _time_of(statement, today)[1] <= until


def _figure(statement: Statement, today: date) -> Figure:
    first, day = _time_of(statement, today)
    return Figure(
        key=statement.pk, measured=RULES[statement.attribute].measured, first=first, day=day,
        country=statement.country.code if statement.subject_kind == SubjectKind.COUNTRY else "",
        province=province_of(statement, day),
    )


def _time_of(statement: Statement, today: date) -> tuple[date | None, date]:
    stated = statement.date or statement.source.published_on
    if stated is None:
        return None, today
    rule = RULES.get(statement.attribute)
    if rule and rule.measured.of_period:
        return stated.earliest, stated.latest
    return None, min(stated.latest, today)


def _stated(statement: Statement, computed: Decimal, today: date) -> Stated:
    first, day = _time_of(statement, today)
    province = province_of(statement, day)
    stated = number_of(statement.value)
    if statement.unit in STATED_UNITS:
        computed = (computed / 10 ** STATED_UNITS[statement.unit][1]).quantize(CENT, ROUND_HALF_UP)
    percent = (computed / stated * HUNDRED).quantize(CENT, ROUND_HALF_UP) if stated else None
    over = percent is not None and percent > HUNDRED
    differs = [in_both(each) for each in (
        *scope_differs(statement, province, first, day), RULES[statement.attribute].differs) if each]
    return Stated(
        statement=statement, province=province, first=first, day=day, stated=stated, computed=computed,
        percent=percent, alarm=over and statement.qualifier not in LOWER_BOUNDS,
        reason=in_both(_reason(statement, stated, computed, over)),
        differs=(" ".join(each[0] for each in differs), " ".join(each[1] for each in differs)),
    )


def _reason(statement: Statement, stated: Decimal, computed: Decimal, over: bool):
    if over and statement.qualifier in LOWER_BOUNDS:
        return _("Nguồn chỉ nêu mức tối thiểu.")
    if over:
        return _("Sổ đăng ký có nhiều hơn nguồn nêu: hãy kiểm tra bút toán trùng và phạm vi của nguồn.")
    if not computed:
        return _("Sổ đăng ký chưa có bút toán nào trong phạm vi này.")
    if computed < stated:
        return _("Sổ đăng ký chưa nhập đủ hồ sơ trong phạm vi này.")
    return _("Khớp với nguồn.")
