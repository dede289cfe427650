"""Rows without a code that say what the register has already, or what another batch proposes: the officer says whether
each is that one or another."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.actions.plan import NEW_RECORD, SAME_RECORD
from registry.models import ImportRow
from registry.vocabulary.batch import BatchState, Fate

from .cells import Row
from .matching import MOST_NAMED, Several

# What is asked of all such rows at once: of those that may be another record, and of those that may not.
MAY_REPEAT, MUST_REPEAT = "repeats", "repeats-only"


@dataclass(frozen=True)
class There:
    """What is there: a record by its code, or a row that waits in a batch by both numbers."""

    code: str
    name: str


class SaidAlready(Several):
    """A row says what is there already."""

    def __init__(self, text: str, codes: list[str]):
        super().__init__(text, [There(code, text) for code in codes])
        self.codes = codes

    def __str__(self) -> str:
        shown = ", ".join(self.codes[:MOST_NAMED]) + (", …" if len(self.codes) > MOST_NAMED else "")
        return str(_("“%(text)s” đã có y hệt: %(codes)s. Hãy chọn bản ghi đó nếu dòng này chỉ nhắc lại, hoặc cho biết "
                     "đây là bản ghi khác.") % {"text": self.text, "codes": shown})

    def asked(self, may_be_new: bool) -> str:
        return MAY_REPEAT if may_be_new else MUST_REPEAT

    def meant(self, answer: str) -> There | None:
        return self.records[0] if answer == SAME_RECORD else super().meant(answer)


class Repeats:
    """What is there already, by what a row says of it, and the rows that were found to be the same."""

    def __init__(self):
        self.there: dict[tuple, list[str]] = defaultdict(list)
        self.same: set[int] = set()

    def add(self, key: tuple, code: str) -> None:
        self.there[key].append(code)

    def settles(self, row: Row, key: tuple, said: Callable[[], str], *, may_be_new: bool = True) -> bool:
        """Whether the row is no new record: it is the same, or that is still open and the row a conflict.
        ``said`` is what it says, in words."""
        if key not in self.there:
            return False
        picked = row.pick("same", SaidAlready(said(), self.there[key]), may_be_new=may_be_new)
        if picked == NEW_RECORD:
            return False
        if picked:
            self.same.add(row.index)
        return True

    def fate(self, row: Row, fate: str) -> str:
        """The fate of a row, which brings nothing where it is the same."""
        return Fate.UNCHANGED if row.index in self.same else fate


def waiting(model, key: Sequence[str]) -> Iterator[tuple[tuple, str]]:
    """What waits in rows of batches in review: these columns of it, and where it stands. New records' rows wait with
    these."""
    rows = ImportRow.objects.filter(Q(kind=model.KIND) | Q(fate=Fate.CHANGED), batch__state=BatchState.IN_REVIEW)
    fields = [(name, field) for name in key for field in model._meta.concrete_fields if field.attname == name]
    for batch, number, proposed in rows.exclude(proposed=[]).values_list(
            "batch__code", "number", "proposed").iterator():
        for kind, columns in proposed:
            if kind == model.KIND:
                yield tuple(field.to_python(columns[name]) for name, field in fields), f"{batch}/{number}"
