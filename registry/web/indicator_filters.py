"""What indicators are asked by: the same parameters for the page, its files and the API."""

from django.utils.translation import gettext_lazy as _

from registry.statistics.indicator import SCOPES, Series, indicators
from registry.vocabulary.indicator import INDICATORS
from registry.vocabulary.zone import FormerProvince

from .parameters import NONE, IsoDay, Parameters, Words


class IndicatorParameters(Parameters):
    """Nothing is required. ``former_province=none`` asks for the province since the merger, ``as_of`` for values of no
    later days."""

    indicator = Words(words=INDICATORS, label=_("chỉ tiêu"), method="unused")
    former_province = Words(words=FormerProvince.values, or_none=True, label=_("tỉnh cũ"), method="unused")
    as_of = IsoDay(label=_("tính đến ngày"), method="unused")
    known_on = IsoDay(label=_("theo số liệu đã ghi nhận đến ngày"), method="unused")


def series_of(values: dict) -> list[Series]:
    """The series that checked values ask for; all where they ask for none. One query."""
    scopes = [("" if word == NONE else word) for word in values.get("former_province") or ()]
    return indicators(attributes=values.get("indicator") or INDICATORS, scopes=scopes or SCOPES,
                      until=values.get("as_of"), known_on=values.get("known_on"))
