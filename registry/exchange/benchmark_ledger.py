"""The benchmark's ledger: its events as entries, and what must hold over the whole folder.

The file is in the order of recording, so a decrease may stand before the increase that covers it: sums are
compared at the end, not row by row.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.actions.bulk import create_many
from registry.actions.capital import (
    AfterTheEnd,
    AlreadyReversed,
    NotYet,
    ReversalOfReversal,
    day_it_counts,
    hold_confirmed,
)
from registry.actions.capital_many import check_sign
from registry.actions.writing import BATCH, Writing
from registry.models import CapitalEntry, Investor
from registry.vocabulary.capital import REGISTERED, STARTING, CapitalKind
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.period import VagueDay

from .benchmark_rows import (
    EVENTS,
    PROJECTS,
    Folder,
    Row,
    UnfitValue,
    UnknownReference,
    by_value,
    day,
    found,
    hundredths,
    moment,
    shaped,
    unless_empty,
    whole,
    word,
)

# The file has no openings, and says of a reversal which entry it corrects.
KINDS = {kind: kind for kind in by_value(CapitalKind) if kind not in (CapitalKind.OPENING, CapitalKind.REVERSAL)}
CURRENCY, RATE = re.compile("[A-Z]{3}"), re.compile(".{0,40}")


class NotItsMirror(RuleBroken):
    code = "not-its-mirror"
    message = _("bút toán đính chính %(corrects)s phải thuộc cùng dự án và có đúng số tiền đối lại.")


class StartedTwice(RuleBroken):
    code = "started-twice"
    message = _("%(file)s: dự án %(code)s có hơn một bút toán cấp mới chưa bị đính chính. Hãy tạo lại bộ số liệu "
                "bằng bench/make_dataset.py rồi nạp lại; chưa có gì được ghi.")


class SumsDiffer(RuleBroken):
    code = "sums-differ"
    message = _("%(file)s: dự án %(code)s ghi registered_capital_usd là %(stated)s, nhưng các bút toán của dự án "
                "trong %(events)s cộng lại là %(summed)s. Hãy sửa một trong hai hoặc tạo lại bộ số liệu bằng "
                "bench/make_dataset.py rồi nạp lại; chưa có gì được ghi.")


class CitedSource(NamedTuple):
    pk: int
    confirms: bool


@dataclass(slots=True)
class Standing:
    """A project while its ledger is read: what the file states of it, and what its entries add up to."""

    code: str
    ended_on: date | None
    stated_usd: Decimal
    pk: int | None = None
    registered_usd: Decimal = Decimal("0.00")
    confirmed_usd: Decimal = Decimal("0.00")
    entries: int = 0
    starts: int = 0


class Ledger:
    """One run over the events; ``corrected`` keeps the few entries that a later row corrects."""

    def __init__(self, act: Writing, folder: Folder, *, projects: Mapping[str, Standing],
                 sources: Mapping[str, CitedSource], investors: Mapping[str, Investor]):
        self.act, self.folder = act, folder
        self.projects, self.sources, self.investors = projects, sources, investors
        self.corrected: dict[str, CapitalEntry | None] = {}
        self.reversals: dict[str, str] = {}
        self.waiting: list[CapitalEntry] = []
        self.last_id = -1

    def load(self) -> int:
        """Write every event; return how many. Raises BrokenLine, StartedTwice, SumsDiffer."""
        self.folder.each(EVENTS, lambda row: self.corrected.update({row["corrects_id"]: None}), quietly=True)
        count = self.folder.each(EVENTS, self._take)
        self._write()
        for project in self.projects.values():
            if project.starts > 1:
                raise StartedTwice(file=EVENTS, code=project.code)
            if project.registered_usd != project.stated_usd:
                raise SumsDiffer(file=PROJECTS, events=EVENTS, code=project.code, stated=project.stated_usd,
                                 summed=project.registered_usd)
        return count

    def _take(self, row: Row) -> None:
        self._check_order(row)
        project = found(row, "project_id", self.projects)
        project.entries += 1
        entry = self._entry(row, project)
        if row["corrects_id"]:
            self._make_reversal(entry, found(row, "corrects_id", self.corrected), row["corrects_id"])
        else:
            check_sign(entry)
        if entry.counts_as in REGISTERED:
            hold_confirmed(entry, registered=project.registered_usd, confirmed=project.confirmed_usd)
            project.registered_usd += entry.amount_usd
            project.confirmed_usd += entry.confirmed_usd
        if entry.counts_as in STARTING:
            project.starts += -1 if entry.kind == CapitalKind.REVERSAL else 1
        if row["id"] in self.corrected:
            self.corrected[row["id"]] = entry
        self.waiting.append(entry)
        if len(self.waiting) >= BATCH:
            self._write()

    def _check_order(self, row: Row) -> None:
        number = whole(row, "id")
        if number <= self.last_id:
            raise UnfitValue(column="id", value=row["id"], expected=_("số lớn hơn id của dòng trước"))
        self.last_id = number

    def _entry(self, row: Row, project: Standing) -> CapitalEntry:
        kind = word(row, "kind", KINDS)
        source = found(row, "source_id", self.sources)
        recorded_at = moment(row, "recorded_at")
        recorded_on = timezone.localdate(recorded_at)
        decided_on = VagueDay.exact(day(row, "decided_on"))
        if decided_on.latest > recorded_on:
            raise NotYet(day=decided_on.label)
        if project.ended_on and decided_on.latest > project.ended_on:
            raise AfterTheEnd(day=decided_on.label, code=project.code, ended=f"{project.ended_on:%d/%m/%Y}")
        buyer = unless_empty(found, row, "investor_id", self.investors)
        return CapitalEntry(
            code=f"{project.code}-{project.entries}", number=project.entries, project_id=project.pk, kind=kind,
            counts_as=kind, amount_usd=hundredths(row, "amount_usd"),
            written_amount=hundredths(row, "amount"), written_currency=shaped(row, "currency", CURRENCY),
            rate_as_printed=shaped(row, "usd_rate", RATE), decided_on=decided_on,
            counts_on=day_it_counts(decided_on, None, recorded_on), recorded_at=recorded_at, updated_at=self.act.at,
            source_id=source.pk, confirmed=source.confirms,
            buyer_id=buyer.pk if buyer and kind == CapitalKind.SHARE_PURCHASE else None, note=row["note"],
        )

    def _make_reversal(self, entry: CapitalEntry, target: CapitalEntry | None, corrects: str) -> None:
        """The row as the mirror of an earlier one; it keeps its own day and source."""
        if target is None:
            raise UnknownReference(column="corrects_id", value=corrects)
        if target.kind == CapitalKind.REVERSAL:
            raise ReversalOfReversal(code=corrects)
        if target.project_id != entry.project_id or target.amount_usd != -entry.amount_usd:
            raise NotItsMirror(corrects=corrects)
        if target.code in self.reversals:
            raise AlreadyReversed(code=corrects, reversal=self.reversals[target.code])
        self.reversals[target.code] = entry.code
        if target.pk is None:
            self._write()
        entry.kind, entry.counts_as, entry.reverses = CapitalKind.REVERSAL.value, target.counts_as, target
        entry.confirmed, entry.buyer_id = target.confirmed, target.buyer_id

    def _write(self) -> None:
        create_many(act=self.act, records=self.waiting)
        self.waiting = []
