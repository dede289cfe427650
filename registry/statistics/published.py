"""Tables to be frozen: what may be asked of one, and the table as plain data, the same bytes for ever."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from registry.models import (
    AdministrativeUnit,
    Change,
    Country,
    Investor,
    PublishedFigure,
    Registrar,
    Sector,
    Zone,
)
from registry.models.rows import in_chunks
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.investor import INDIVIDUAL, InvestorKind
from registry.vocabulary.publication import Publication
from registry.vocabulary.published import NUMBERS, Asked, FigureKind

from .as_known import Known, Numbers, added_up, known_at, rows_of
from .flows import FLOW_GROUPS, NoFlowGroup, PeriodBackwards
from .groups import GROUPS, TIMES, Names, UnknownGroup, group, in_both

CAPITAL_GROUPS = ("country", *GROUPS, *TIMES)
NAMED = {"country": Country, "sector": Sector, "section": Sector, "zone": Zone, "place": AdministrativeUnit,
         "registrar": Registrar, "investor": Investor}


class NotOverYet(RuleBroken):
    code = "not-over-yet"
    message = _("Ngày %(last)s chưa đến: chỉ chốt được số liệu đến hết hôm nay (%(today)s) hoặc trước đó.")


def check_asked(asked: Asked, *, today: date) -> None:
    """Raises NotOverYet, PeriodBackwards, NoFlowGroup, UnknownGroup."""
    if asked.last > today:
        raise NotOverYet(last=f"{asked.last:%d/%m/%Y}", today=f"{today:%d/%m/%Y}", field="last")
    if asked.kind == FigureKind.CAPITAL:
        if asked.by not in CAPITAL_GROUPS:
            raise UnknownGroup(by=asked.by, groups=", ".join(CAPITAL_GROUPS), field="by")
    elif asked.by not in FLOW_GROUPS:
        raise NoFlowGroup(by=asked.by, groups=", ".join(FLOW_GROUPS), field="by")
    elif asked.first is None or asked.first > asked.last:
        raise PeriodBackwards(first=f"{asked.first or asked.last:%d/%m/%Y}", last=f"{asked.last:%d/%m/%Y}",
                              field="first")


def table_of(asked: Asked, known: Known) -> dict:
    """The table as plain data: rows with the names that their keys had then, largest first, times in their order, what
    is not stated last. Money is text with two places."""
    rows = rows_of(asked, known)
    names = names_at(asked.by, [key for key in rows if key is not None], known.change)
    in_order = sorted(rows, key=lambda key: _place(asked, key, rows[key]))
    return {
        "kind": str(asked.kind), **asked.as_plain(), "change": known.change, "unit": "USD",
        "rows": [{"key": key, **_named(names.get(key, (key, key))), **as_plain(rows[key])} for key in in_order],
        "total": {"key": None, **_named((None, None)), **as_plain(added_up(asked, rows))},
    }


def recomputed(figure: PublishedFigure) -> dict:
    """The table of a frozen figure, made again from what the register knew at its change."""
    return table_of(figure.asked, known_at(figure.change))


def _place(asked: Asked, key: str | None, row: Numbers):
    if asked.by in TIMES:
        return key is None, key or ""
    first = NUMBERS[asked.kind][1] if asked.kind == FigureKind.CAPITAL else "total_usd"
    return key is None, -row[first], key or ""


def _named(names: Names) -> dict[str, str | None]:
    return {"name": names[0], "name_en": names[1]}


def as_plain(row: Numbers) -> dict[str, int | str]:
    return {name: value if isinstance(value, int) else f"{value:.2f}" for name, value in row.items()}


def rows_in(table: dict) -> dict[str | None, dict]:
    """The rows of a frozen table by key."""
    return {row["key"]: row for row in table["rows"]}


def names_at(by: str, keys: Iterable[str], change: int) -> dict[str, Names]:
    """What the keys of a group were called at a change, as the log has it; what no act has written, as it is called
    now."""
    model = NAMED.get(by)
    if model is None:
        return {} if by in TIMES else group(by).names(keys)
    codes = {f"2018-{key}" if by == "section" and "-" not in key else key: key for key in keys}
    found: dict[str, Names] = {}
    for some in in_chunks(codes):
        changes = Change.objects.filter(kind=model.KIND, code__in=some, seq__lte=change, after__isnull=False)
        for code, after in changes.order_by("seq").values_list("code", "after"):
            found[codes[code]] = _called(after, codes[code])
    if missing := [key for key in codes.values() if key not in found]:
        found |= group(by).names(missing)
    return found


def _called(after: dict, key: str) -> Names:
    """A natural person is never named, nor what the public does not see."""
    if after.get("kind") == InvestorKind.PERSON:
        return in_both(INDIVIDUAL)
    if after.get("publication", Publication.PUBLISHED) != Publication.PUBLISHED:
        return key, key
    return after["name"], after["name_en"] or None
