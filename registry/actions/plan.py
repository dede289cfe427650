"""What an import proposes, before anything is written: the preview that officers see and that ``batch.apply`` takes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from registry.models import CapitalEntry, ImportBatch, Source, ZoneObservation
from registry.vocabulary.batch import Fate

from .project import StakeGiven

MOST_PROBLEMS = 1000
NOTHING: Mapping = MappingProxyType({})

# Who is told how far an import has come: the step (``vocabulary.batch.Step``), how many of it are done, of how many.
# Both are 0 where a step cannot be counted.
Told = Callable[[str, int, int], None]


def nobody(step: str, done: int, of: int) -> None:
    """Where nobody waits to be told."""


@dataclass(frozen=True)
class Problem:
    """What is wrong at a cell, or with the whole file (``sheet`` and ``cell`` None), and the way out."""

    sheet: str | None
    cell: str | None
    code: str
    message: str


@dataclass(frozen=True)
class Difference:
    """A column that a row changes: its label, and the old and the new value as people read them."""

    label: str
    before: str
    after: str


NEW_RECORD = "new"  # the answer to a choice that no candidate is meant
SAME_RECORD = "same"  # the answer for all rows that say what is there already: each only repeats it


@dataclass(frozen=True)
class Candidate:
    code: str
    name: str
    country: str = ""


@dataclass(frozen=True)
class Choice:
    """What a row leaves to the officer: ``text`` may mean each of these, or a new record where ``may_be_new``.

    ``key`` names the question within its row, ``asked`` the one that other rows of the file share with it (empty: it is
    about this row alone). ``chosen`` is the answer, empty while there is none; ``for_all`` says that it was given for
    all rows that share the question.
    """

    key: str
    text: str
    candidates: tuple[Candidate, ...]
    may_be_new: bool
    chosen: str = ""
    asked: str = ""
    for_all: bool = False


@dataclass(slots=True)
class PlannedRow:
    """What becomes of one row of the file.

    ``record`` is the existing record that it is about and ``changes`` its new columns. ``makes`` are new records that
    nobody has written, in the order in which they refer to each other; ``stakes`` those of a new project among them,
    ``related`` the lists of a new record. ``proposed`` are ledger entries and observations for when the batch is
    published. ``notes`` are what the officer should know, of a conflict the candidates. ``choices`` are what the row
    leaves to the officer, and what was answered already. Once ``written`` a row has let go of its records.
    """

    number: int
    fate: str
    kind: str
    code: str = ""
    name: str = ""
    record: object = None
    changes: Mapping[str, object] = field(default_factory=lambda: NOTHING)
    differences: tuple[Difference, ...] = ()
    makes: tuple = ()
    stakes: tuple[StakeGiven, ...] = ()
    related: Mapping[str, list] = field(default_factory=lambda: NOTHING)
    proposed: tuple[CapitalEntry | ZoneObservation, ...] = ()
    notes: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    written: bool = False

    def let_go(self) -> None:
        """Forget the records, which are written: of thousands of rows they are most of the memory."""
        self.makes = self.stakes = self.proposed = ()
        self.related, self.written = NOTHING, True


@dataclass(frozen=True)
class Preview:
    """A file against the register as it stood at ``revision``: every row's fate, and all problems at once.

    ``source`` is the file as a source, not written yet. ``repeated`` is the batch in force that the same file has made
    already: then no row changes anything. ``skipped`` are rows that are no data, with the reason. At most
    MOST_PROBLEMS problems, of which the last says so where there are more.
    """

    table: str
    file_name: str
    sha256: str
    revision: int
    source: Source
    rows: tuple[PlannedRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    skipped: tuple[tuple[int, str], ...] = ()
    repeated: ImportBatch | None = None

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many rows have which fate; every fate is there."""
        counted = dict.fromkeys(Fate.values, 0)
        for row in self.rows:
            counted[row.fate] += 1
        return counted

    @property
    def changes_nothing(self) -> bool:
        return not (self.counts[Fate.NEW] or self.counts[Fate.CHANGED])
