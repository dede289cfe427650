"""The day of the figures on the page of one record: today, where the reader asks for no other."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from registry.web.parameters import IsoDay, Parameters

from .asked import known


class DayParameters(Parameters):
    """Nothing is required."""

    as_of = IsoDay(label=_("tính đến ngày"), method="unused")


@dataclass(frozen=True)
class AskedDay:
    """``as_of`` is ``today`` where no day was asked for, or none can be read: then ``error`` says why, and ``typed`` is
    what was typed."""

    today: date
    as_of: date
    error: str
    typed: str

    @property
    def is_other(self) -> bool:
        """Whether the figures are of another day than today."""
        return self.as_of != self.today

    @property
    def status(self) -> int:
        return 400 if self.error else 200

    def within(self, query: str) -> str:
        """The query of a list or a table whose figures are of the same day."""
        return f"{query}&as_of={self.as_of.isoformat()}" if self.is_other else query


def ask_day(request: HttpRequest, today: date) -> AskedDay:
    """No query."""
    found = DayParameters(known(DayParameters, request.GET), today=today, strict=False)
    error = " ".join(str(message) for _name, message in found.errors_found())
    asked = None if error else found.form.cleaned_data["as_of"]
    return AskedDay(today, asked or today, error, request.GET.get("as_of", ""))
