"""What the sources say on one page: each statement as a line, and where they disagree, both sides."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from registry.models import Conflict, Country, Investor, Statement
from registry.models.statement import SUBJECTS
from registry.vocabulary.investor import InvestorKind
from registry.vocabulary.publication import Publication

from .notes import Notes
from .stated import StatedLine, Teller, country_codes


@dataclass(frozen=True)
class ConflictLine:
    """Two statements at odds, under their number on the page."""

    number: int
    conflict: Conflict
    first: StatedLine
    second: StatedLine

    @property
    def sides(self) -> tuple[StatedLine, StatedLine]:
        return self.first, self.second


class Told:
    """The statements of one page. ``found`` are their conflicts, ``numbers`` gives each statement's number of a
    conflict on the page. Two queries; none where there are no statements.

    ``persons`` are natural persons' names, which the public never sees; where None, one more query finds them.
    """

    def __init__(self, statements: list[Statement], notes: Notes, persons: list[str] | None = None):
        self.found = conflicts_of(statements)
        self.numbers = {
            key: number for number, each in enumerate(self.found, 1) for key in (each.second_id, each.first_id)
        }
        rivals = [side for each in self.found for side in (each.first, each.second)]
        if persons is None:
            persons = persons_behind(statements + rivals) if statements else []
        self._teller = Teller(notes, _countries(statements + rivals), persons)

    def lines(self, statements: Iterable[Statement]) -> list[StatedLine]:
        return [self._teller.line(each, self.numbers.get(each.pk)) for each in statements]

    def conflicts(self) -> list[ConflictLine]:
        return [
            ConflictLine(number, each, self._teller.line(each.first), self._teller.line(each.second))
            for number, each in enumerate(self.found, 1)
        ]


def conflicts_of(statements: list[Statement]) -> list[Conflict]:
    """The standing conflicts in which these statements are a side, where both sides' sources are public."""
    keys = [each.pk for each in statements]
    if not keys:
        return []
    public = {f"{side}__source__publication": Publication.PUBLISHED for side in ("first", "second")}
    rows = Conflict.objects.standing().filter(Q(first__in=keys) | Q(second__in=keys), **public)
    subjects = (f"first__{name}" for name in SUBJECTS)
    return list(rows.select_related("first__source", "second__source", *subjects).order_by("pk"))


def persons_behind(statements: list[Statement]) -> list[str]:
    """The names of the natural persons whom these statements may name: their subjects, and the investors of the
    projects and enterprises of which they speak. One query."""
    return names_of(Investor.objects.filter(kind=InvestorKind.PERSON).filter(
        Q(pk__in={each.investor_id for each in statements} - {None})
        | Q(stakes__project__in={each.project_id for each in statements} - {None})
        | Q(stakes__project__enterprise__in={each.enterprise_id for each in statements} - {None})
    ))


def names_of(persons: Iterable[Investor]) -> list[str]:
    """Every name under which a source may speak of these persons."""
    names = {name for each in persons for name in (each.name, each.name_en, each.name_native) if name}
    return sorted(names, key=len, reverse=True)


def _countries(statements: list[Statement]) -> dict[str, Country]:
    codes = country_codes(statements)
    return {each.code: each for each in Country.objects.filter(code__in=codes)} if codes else {}
