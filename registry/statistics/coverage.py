"""Stated against computed: what sources say of a scope and a day, beside what the register holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.db.models import Count, F, Q, Sum
from django.utils.translation import gettext_lazy as _

from registry.models import CapitalEntry, Statement
from registry.models.capital import MEASURES, ZERO
from registry.vocabulary.capital import ADJUSTING, CapitalKind
from registry.vocabulary.money import CENT
from registry.vocabulary.statement import Qualifier, Review, SubjectKind

from .groups import Names, in_both, with_lead

MILLION = Decimal(1_000_000)
HUNDRED = Decimal(100)

# SQLite answers at most 2,000 columns and takes 32,766 values in one query.
FIGURES_A_QUERY = 500

# The province before 1 July 2025 that a place's code means; a place that is not here is the whole register.
FORMER = {"27-2025": "bac-ninh", "24-2025": "bac-giang"}

LOWER_BOUNDS = (Qualifier.MORE_THAN, Qualifier.AT_LEAST)


@dataclass(frozen=True)
class Measured:
    """How the register computes a stated attribute: over which entries, as a sum, a count or distinct values.

    ``of_period``: it is a flow of the statement's period, else a stock on its last day.
    """

    how: str
    entries: Q
    of_period: bool = False
    distinct: str = ""


IN_FORCE = Q(kind__in=(CapitalKind.NEW, CapitalKind.OPENING))

ATTRIBUTES = {
    "fdi_projects": Measured("count", IN_FORCE),
    "fdi_projects_in_province": Measured("count", IN_FORCE),
    "fdi_registered_capital": Measured("sum", MEASURES["registered_usd"]),
    "fdi_registered_capital_in_province": Measured("sum", MEASURES["registered_usd"]),
    "fdi_partner_countries": Measured("distinct", IN_FORCE, distinct="lead__investor__country"),
    "fdi_sectors": Measured("distinct", IN_FORCE, distinct="project__sector__section"),
    "certificates_foreign": Measured("count", Q(kind=CapitalKind.NEW), of_period=True),
    "certified_capital_foreign": Measured("sum", Q(counts_as=CapitalKind.NEW), of_period=True),
    "fia_new_projects": Measured("count", Q(kind=CapitalKind.NEW), of_period=True),
    "fia_new_capital": Measured("sum", Q(counts_as=CapitalKind.NEW), of_period=True),
    "fia_adjusted_times": Measured("count", Q(kind__in=ADJUSTING), of_period=True),
    "fia_adjusted_capital": Measured("sum", Q(counts_as__in=ADJUSTING), of_period=True),
    "fia_share_purchase_times": Measured("count", Q(kind=CapitalKind.SHARE_PURCHASE), of_period=True),
    "fia_share_purchase_value": Measured("sum", Q(counts_as=CapitalKind.SHARE_PURCHASE), of_period=True),
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


def coverage(*, today: date, attributes: Iterable[str] = tuple(ATTRIBUTES), about: Q | None = None) -> list[Stated]:
    """Every stated figure of these attributes that the register can compute, in the order of the statements;
    only of the statements that ``about`` chooses, such as those of one country. Three queries for 500 figures.

    A stock is computed on the last day that the statement names, else on the last day on which its source
    was published; a flow over the statement's period.
    """
    rows = Statement.objects.public().filter(attribute__in=attributes).exclude(review=Review.REJECTED)
    rows = rows.filter(about or Q(), subject_kind__in=(SubjectKind.PLACE, SubjectKind.COUNTRY))
    statements = [each for each in rows.select_related("source", "place", "country").order_by("pk")
                  if _number(each.value) is not None and each.subject]
    computed = _computed(statements, today)
    return [_stated(each, computed[each.pk], today) for each in statements]


def _computed(statements: list[Statement], today: date) -> dict[int, Decimal]:
    """All figures by statement: one query for the sums and one for the counts of every so many."""
    figures = {}
    for start in range(0, len(statements), FIGURES_A_QUERY):
        wanted = {"sum": {}, "count": {}, "distinct": {}}
        for each in statements[start:start + FIGURES_A_QUERY]:
            wanted[ATTRIBUTES[each.attribute].how][f"s{each.pk}"] = _aggregate(each, today)
        figures |= with_lead(CapitalEntry.objects.all()).aggregate(**wanted["sum"])
        standing = with_lead(CapitalEntry.objects.standing())
        figures |= standing.aggregate(**wanted["count"], **wanted["distinct"])
    return {int(name[1:]): Decimal(value) for name, value in figures.items()}


def _aggregate(statement: Statement, today: date):
    measured = ATTRIBUTES[statement.attribute]
    first, day = _time_of(statement, today)
    which = measured.entries & _scope(statement) & Q(counts_on__lte=day)
    if first:
        which &= Q(decided_latest__isnull=False, counts_on__gte=first)
    elif measured.how != "sum":
        which &= Q(project__ended_latest__isnull=True) | Q(project__ended_latest__gt=day)
    if measured.how == "sum":
        return Sum("amount_usd", filter=which, default=ZERO)
    if measured.how == "distinct":
        return Count(F(measured.distinct), filter=which, distinct=True)
    return Count("pk", filter=which)


def _time_of(statement: Statement, today: date) -> tuple[date | None, date]:
    stated = statement.date or statement.source.published_on
    if stated is None:
        return None, today
    if ATTRIBUTES[statement.attribute].of_period:
        return stated.earliest, stated.latest
    return None, min(stated.latest, today)


def _scope(statement: Statement) -> Q:
    if statement.subject_kind == SubjectKind.COUNTRY:
        return Q(lead__investor__country=statement.country)
    former = FORMER.get(statement.place.code)
    if former is None:
        return Q()
    return Q(project__place__former_province=former) | Q(
        project__place__isnull=True, project__zone__former_province=former
    )


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
