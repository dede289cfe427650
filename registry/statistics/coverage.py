"""Stated against computed: what sources say of a scope and a day, beside what the register holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models import Statement
from registry.vocabulary.capital import ADJUSTING, REGISTERED, STARTING, CapitalKind
from registry.vocabulary.money import CENT
from registry.vocabulary.statement import Qualifier, Review, SubjectKind

from .coverage_sums import Figure, Measured, computed
from .groups import Names, in_both

MILLION = Decimal(1_000_000)
HUNDRED = Decimal(100)

# The province before 1 July 2025 that a place's code means; a place that is not here is the whole register.
FORMER = {"27-2025": "bac-ninh", "24-2025": "bac-giang"}

LOWER_BOUNDS = (Qualifier.MORE_THAN, Qualifier.AT_LEAST)


ATTRIBUTES = {
    "fdi_projects": Measured("count", STARTING),
    "fdi_projects_in_province": Measured("count", STARTING),
    "fdi_registered_capital": Measured("sum", REGISTERED),
    "fdi_registered_capital_in_province": Measured("sum", REGISTERED),
    "fdi_partner_countries": Measured("distinct", STARTING, distinct="lead__investor__country"),
    "fdi_sectors": Measured("distinct", STARTING, distinct="project__sector__section"),
    "certificates_foreign": Measured("count", (CapitalKind.NEW,), of_period=True),
    "certified_capital_foreign": Measured("sum", (CapitalKind.NEW,), of_period=True),
    "fia_new_projects": Measured("count", (CapitalKind.NEW,), of_period=True),
    "fia_new_capital": Measured("sum", (CapitalKind.NEW,), of_period=True),
    "fia_adjusted_times": Measured("count", ADJUSTING, of_period=True),
    "fia_adjusted_capital": Measured("sum", ADJUSTING, of_period=True),
    "fia_share_purchase_times": Measured("count", (CapitalKind.SHARE_PURCHASE,), of_period=True),
    "fia_share_purchase_value": Measured("sum", (CapitalKind.SHARE_PURCHASE,), of_period=True),
}


@dataclass(frozen=True)
class Stated:
    """One stated figure beside the register's own. ``stated`` and ``computed`` are in ``unit``.

    ``percent`` is computed / stated × 100, None where nothing is stated; over 100 is an ``alarm``, unless
    the source gives only a lower bound. ``first`` is None for a stock, which is computed as of ``day``.
    """

    statement: Statement
    first: date | None
    day: date
    stated: Decimal
    computed: Decimal
    percent: Decimal | None
    alarm: bool
    reason: Names

    @property
    def unit(self) -> str:
        return self.statement.unit


def coverage(
    *, today: date, attributes: Iterable[str] = tuple(ATTRIBUTES), about: Q | None = None, known_on: date | None = None,
    until: date | None = None,
) -> list[Stated]:
    """Every stated figure of these attributes that the register can compute, in the order of the statements;
    only of the statements that ``about`` chooses, such as those of one country; the register's own figures from what
    it had recorded by ``known_on``; ``until``: only those of a day up to this one. At most five queries.

    A stock is computed on the last day that the statement names, else on the last day on which its source
    was published; a flow over the statement's period.
    """
    rows = Statement.objects.public().filter(attribute__in=attributes).exclude(review=Review.REJECTED)
    rows = rows.filter(about or Q(), subject_kind__in=(SubjectKind.PLACE, SubjectKind.COUNTRY))
    statements = [each for each in rows.select_related("source", "place", "country").order_by("pk")
                  if _number(each.value) is not None and each.subject
                  and (until is None or _time_of(each, today)[1] <= until)]
    held = computed([_figure(each, today) for each in statements], known_on=known_on)
    return [_stated(each, held[each.pk], today) for each in statements]


def _figure(statement: Statement, today: date) -> Figure:
    first, day = _time_of(statement, today)
    of_country = statement.subject_kind == SubjectKind.COUNTRY
    return Figure(
        key=statement.pk, measured=ATTRIBUTES[statement.attribute], first=first, day=day,
        country=statement.country.code if of_country else "",
        province="" if of_country else FORMER.get(statement.place.code, ""),
    )


def _time_of(statement: Statement, today: date) -> tuple[date | None, date]:
    stated = statement.date or statement.source.published_on
    if stated is None:
        return None, today
    if ATTRIBUTES[statement.attribute].of_period:
        return stated.earliest, stated.latest
    return None, min(stated.latest, today)


def _stated(statement: Statement, computed: Decimal, today: date) -> Stated:
    first, day = _time_of(statement, today)
    stated = _number(statement.value)
    if statement.unit == "USD million":
        computed = (computed / MILLION).quantize(CENT, ROUND_HALF_UP)
    percent = (computed / stated * HUNDRED).quantize(CENT, ROUND_HALF_UP) if stated else None
    over = percent is not None and percent > HUNDRED
    return Stated(
        statement=statement, first=first, day=day, stated=stated, computed=computed, percent=percent,
        alarm=over and statement.qualifier not in LOWER_BOUNDS, reason=in_both(_reason(statement, computed, over)),
    )


def _reason(statement: Statement, computed: Decimal, over: bool):
    if over and statement.qualifier in LOWER_BOUNDS:
        return _("Nguồn chỉ nêu mức tối thiểu.")
    if over:
        return _("Sổ đăng ký có nhiều hơn nguồn nêu: hãy kiểm tra bút toán trùng và phạm vi của nguồn.")
    if not computed:
        return _("Sổ đăng ký chưa có bút toán nào trong phạm vi này.")
    if computed < _number(statement.value):
        return _("Sổ đăng ký chưa nhập đủ hồ sơ trong phạm vi này.")
    return _("Khớp với nguồn.")


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
