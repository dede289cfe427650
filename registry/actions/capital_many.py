"""Many entries at once, for imports: the same rules as ``capital.enter``, asked of the database a few times in all."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Max, Sum
from django.utils.translation import gettext_lazy as _

from registry.models import CapitalEntry, Enterprise, Project
from registry.models.capital import CONFIRMED, MEASURES, ZERO
from registry.models.rows import in_chunks
from registry.vocabulary.capital import NEGATIVE, POSITIVE, REGISTERED, STARTING, CapitalKind
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.money import format_bare

from .bulk import check_columns, create_many
from .capital import (
    AlreadyReversed,
    AlreadyStarted,
    BelowZero,
    check_before_the_end,
    check_has_been,
    day_it_counts,
    hold_confirmed,
)
from .record import NotPublished
from .writing import Writing


class WrongSign(RuleBroken):
    code = "wrong-sign"
    message = _("%(kind)s không thể là %(amount)s USD: số tiền phải khác 0; cấp mới, tăng và mua cổ phần là số dương, "
                "giảm là số âm.")


def check_sign(entry: CapitalEntry) -> None:
    """Raises WrongSign."""
    positive, negative = entry.amount_usd > 0, entry.amount_usd < 0
    if (entry.kind in POSITIVE and not positive) or (entry.kind in NEGATIVE and not negative) or not entry.amount_usd:
        raise WrongSign(kind=entry.get_kind_display(), amount=format_bare(entry.amount_usd), field="amount_usd")


class Ledgers:
    """The ledgers of some projects and enterprises as they stand, and as they would with the entries taken so far.

    An owner that is not written yet has an empty ledger.
    """

    def __init__(self, owners: Iterable[Project | Enterprise]):
        keys: dict[type, list[int]] = {Project: [], Enterprise: []}
        for owner in owners:
            if owner.pk:
                keys[type(owner)].append(owner.pk)
        self.started: dict[object, CapitalEntry] = {}
        self.registered: dict[object, Decimal] = {}
        self.confirmed: dict[object, Decimal] = {}
        self.last: dict[object, int] = {}
        for some in in_chunks(keys[Project]):
            entries = CapitalEntry.objects.filter(project__in=some).order_by()
            self.started |= {(Project, entry.project_id): entry for entry in entries.starting().standing()}
            totals = entries.filter(MEASURES["registered_usd"]).values_list("project")
            for key, total, sure in totals.annotate(total=Sum("amount_usd"), sure=Sum(CONFIRMED)):
                self.registered[Project, key], self.confirmed[Project, key] = total, sure
            self.last |= {(Project, key): last for key, last in entries.values_list("project").annotate(Max("number"))}
        for some in in_chunks(keys[Enterprise]):
            entries = CapitalEntry.objects.filter(enterprise__in=some, project=None).order_by()
            self.last |= {(Enterprise, key): last
                          for key, last in entries.values_list("enterprise").annotate(Max("number"))}

    def registered_usd(self, project: Project) -> Decimal:
        return self.registered.get(_key(project), ZERO)

    def start_of(self, project: Project) -> CapitalEntry | None:
        """The new or opening entry that stands."""
        return self.started.get(_key(project))

    def take(self, entry: CapitalEntry, *, at: datetime, on: date, drafts_too: bool = False) -> None:
        """Count one more entry, recorded at ``at`` on the day ``on``, and set the columns that follow from others.

        ``drafts_too``: its project may wait to be published with it. Raises what ``capital.enter`` raises, and
        WrongSign.
        """
        project, source, decided_on = entry.project, entry.source, entry.decided_on
        owner = project or entry.enterprise
        entry.counts_as, entry.recorded_at, entry.updated_at = entry.kind, at, at
        entry.counts_on = day_it_counts(decided_on, source, on)
        entry.confirmed = entry.certificate is not None or bool(source and source.confirms)
        check_columns(entry, but=("code", "number"))
        check_sign(entry)
        if not (drafts_too or owner.is_public()):
            raise NotPublished(code=owner.code)
        if decided_on:
            check_has_been(decided_on, on)
        if project:
            self._check_project_takes(entry, project)
        self.count(entry)

    def number(self, entry: CapitalEntry) -> None:
        """Give an entry the next number of its owner, which is written by now."""
        owner = entry.project or entry.enterprise
        entry.number = self.last[_key(owner)] = self.last.get(_key(owner), 0) + 1
        entry.code = f"{owner.code}-{entry.number}"

    def _check_project_takes(self, entry: CapitalEntry, project: Project) -> None:
        check_before_the_end(project, entry.counts_on, project.ended_on)
        started = self.start_of(project)
        if entry.kind in STARTING and started:
            raise AlreadyStarted(code=project.code or project.name, kind=started.get_kind_display(),
                                 entry=started.code or project.name, field="kind")
        if entry.kind == CapitalKind.DECREASE and self.registered_usd(project) + entry.amount_usd < 0:
            raise BelowZero(amount=format_bare(-entry.amount_usd), code=project.code,
                            registered=format_bare(self.registered_usd(project)), field="amount_usd")

    def count(self, entry: CapitalEntry) -> None:
        """Add an entry to the sums of its project, whatever they are."""
        project = entry.project
        if project and entry.counts_as in REGISTERED:
            key = _key(project)
            registered, confirmed = self.registered.get(key, ZERO), self.confirmed.get(key, ZERO)
            hold_confirmed(entry, registered=registered, confirmed=confirmed)
            # Of most projects a file has one entry: a sum of its own for each would be a tenth of the memory.
            self.registered[key] = registered + entry.amount_usd if registered else entry.amount_usd
            self.confirmed[key] = confirmed + entry.confirmed_usd if confirmed else entry.confirmed_usd
            if entry.kind in STARTING:
                self.started[key] = entry


def enter_many(*, act: Writing, entries: Sequence[CapitalEntry]) -> None:
    """Post new entries, in their order. The caller tells of their owners. Raises what ``capital.enter`` raises."""
    ledgers = Ledgers({(entry.project or entry.enterprise) for entry in entries})
    for entry in entries:
        ledgers.take(entry, at=act.at, on=act.on)
        ledgers.number(entry)
    create_many(act=act, records=entries, seen=CapitalEntry.is_public)


def mirror_many(*, act: Writing, entries: Sequence[CapitalEntry], note: str) -> None:
    """Reverse entries whole, as if they had never been, the last first: each goes back to what was before it.
    The caller tells of their owners.

    Raises AlreadyReversed, and BelowZero where less than nothing would be left of a project.
    """
    for some in in_chunks([entry.pk for entry in entries]):
        done = CapitalEntry.objects.filter(reverses__in=some).select_related("reverses").first()
        if done:
            raise AlreadyReversed(code=done.reverses.code, reversal=done.code)
    ledgers = Ledgers({(entry.project or entry.enterprise) for entry in entries})
    mirrors = [_mirror(entry, act, note) for entry in sorted(entries, key=lambda entry: entry.pk, reverse=True)]
    for mirror in mirrors:
        ledgers.count(mirror)
        ledgers.number(mirror)
    for mirror in mirrors:
        if mirror.project and ledgers.registered_usd(mirror.project) < 0:
            left = ledgers.registered_usd(mirror.project)
            raise BelowZero(amount=format_bare(-mirror.amount_usd), code=mirror.project.code,
                            registered=format_bare(left - mirror.amount_usd))
    create_many(act=act, records=mirrors, seen=CapitalEntry.is_public)


def _mirror(entry: CapitalEntry, act: Writing, note: str) -> CapitalEntry:
    return CapitalEntry(
        project=entry.project, enterprise=entry.enterprise, kind=CapitalKind.REVERSAL.value, counts_as=entry.counts_as,
        amount_usd=-entry.amount_usd, decided_on=entry.decided_on, counts_on=entry.counts_on,
        expected_price_usd=entry.expected_price_usd, source=entry.source, certificate=entry.certificate,
        confirmed=entry.confirmed, buyer=entry.buyer, reverses=entry, note=note, recorded_at=act.at, updated_at=act.at,
    )


def _key(owner) -> tuple[type, object]:
    return type(owner), owner.pk or id(owner)
