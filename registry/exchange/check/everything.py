"""All rules over all rows (kiểm tra sổ đăng ký)."""

from collections.abc import Iterator
from dataclasses import dataclass

from registry.models import NOUNS, Register

from . import as_known, capital, change, confirmed, project, published, record, report, statement, sums, tables
from .problem import Problem

RULES = (tables.constraints, record.records, record.counters, capital.entries, capital.projects, confirmed.parts,
         project.stakes, statement.promotions, statement.amounts, report.disbursements, report.differences,
        report.contributions, sums.sums,
         as_known.as_known, published.figures)


@dataclass(frozen=True)
class Counts:
    """How much was checked."""

    changes: int
    acts: int
    records: int


def problems() -> Iterator[Problem]:
    """Every problem in the register; none when it is clean. It reads row by row: see ``one_moment``."""
    for rule in (change.chain, change.acts, change.continuity, tables.gone):
        yield from rule()
    dangling = False
    for problem in tables.references():
        dangling = True
        yield problem
    # The other rules follow references: where one leads nowhere they could only stumble.
    if not dangling:
        for rule in RULES:
            yield from rule()


def counts() -> Counts:
    register = Register.objects.get(pk=1)
    return Counts(changes=register.head, acts=register.revision,
                  records=sum(model.objects.count() for model in NOUNS.values()))
