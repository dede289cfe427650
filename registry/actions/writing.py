"""The one way to write: ``with writing(by=…, reason=…) as act:``, then actions with ``act=act``.

It locks the Register row before anything else (on SQLite the IMMEDIATE transaction is that lock), so there
is one writer at a time on both databases, changes are numbered in commit order without gaps, and nothing
deadlocks. Parse, validate and compare before the lock; the body should only write.
"""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

import orjson
from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.models import Act, Change, CodeCounter, ImportBatch, Register
from registry.models.rows import blank, insert_rows, relate, weigh_tables
from registry.vocabulary.change import Door, Verb
from registry.vocabulary.errors import RuleBroken

from .as_known import keep_as_known
from .payload import state_of
from .sums import Touched, keep_sums

BATCH = 250
MANY_CHANGES = 1000  # of one act: the tables have grown

_open: ContextVar[bool] = ContextVar("a writing is open", default=False)


class RegisterBusy(RuleBroken):
    code = "register-busy"
    message = _("Người khác đang ghi vào sổ đăng ký; đã chờ %(seconds)s giây. Hãy thử lại, chưa có gì bị thay đổi.")


class ReasonMissing(RuleBroken):
    code = "reason-missing"
    message = _("Hãy ghi lý do: mỗi thay đổi trong sổ đăng ký đều có người chịu trách nhiệm và lý do.")


class DoneAlready(RuleBroken):
    """The same form was sent before; ``act`` is what came of it."""

    code = "done-already"
    message = _("Việc này đã được ghi.")

    def __init__(self, act: Act):
        self.act = act
        super().__init__()


@contextmanager
def writing(
    *, by, reason: str, door: str = Door.ADMIN, at: datetime | None = None, key: str | None = None
) -> Iterator["Writing"]:
    """Open an act; on leaving, write its changes, or nothing at all if anything failed.

    ``by`` is a user, or a name for what no user did. ``key`` marks the form it came from: one form, one act.
    ``at`` is for tests; the moment of recording is now. Raises ReasonMissing, DoneAlready where an act has
    the key, and RegisterBusy after waiting 20 s for another writer.
    """
    if not reason.strip():
        raise ReasonMissing(field="reason")
    if _open.get():
        raise RuntimeError("an act is open already: pass it on as act=")
    token = _open.set(True)
    try:
        with transaction.atomic():
            register = _locked_register()
            _check_not_done(key)
            act = Writing(register=register, by=by, reason=reason, door=door, at=at or timezone.now(), key=key)
            yield act
            act.close()
    except OperationalError as error:
        if _is_waiting_too_long(error):
            raise RegisterBusy(seconds=settings.WRITER_WAITS_SECONDS) from error
        raise
    finally:
        _open.reset(token)


def _locked_register() -> Register:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{settings.WRITER_WAITS_SECONDS}s'")
    return Register.objects.select_for_update().get(pk=1)


def _check_not_done(key: str | None) -> None:
    """Under the lock: the first of two clicks has ended by now."""
    done = Act.objects.filter(key=key).first() if key else None
    if done:
        raise DoneAlready(done)


def _is_waiting_too_long(error: OperationalError) -> bool:
    return "database is locked" in str(error) or "lock timeout" in str(error)


@dataclass
class Noted:
    """A record that the act touched: what it was, and whether the public saw it. ``told``: its public form
    changes although its own columns do not."""

    record: object
    before: dict | None
    was_public: bool
    verb: str
    merged_into: str = ""
    told: bool = False

    def present(self):
        """The record as the database has it now; None where the act has deleted it."""
        rows = type(self.record).objects.filter(pk=self.record.pk)
        return rows.first() if self.verb in (Verb.DELETED, Verb.MERGED) else rows.get()


class Writing:
    """An open act: ``at`` is its moment and ``on`` its day in Asia/Ho_Chi_Minh."""

    def __init__(self, *, register: Register, by, reason: str, door: str, at: datetime, key: str | None = None):
        self._register = register
        self._row = Act(
            id=register.revision + 1, at=at, by=None if isinstance(by, str) else by, by_name=str(by),
            reason=reason.strip(), door=door, key=key or None,
        )
        self._noted: dict[tuple[str, int], Noted] = {}
        self._waiting: list[Change] = []
        self._touched = Touched()
        self._begun = False
        self._head_before = register.head
        self.at = at
        self.on = timezone.localdate(at)

    @property
    def by(self):
        """The user who answers for it; None for what no user did."""
        return self._row.by

    def remark(self, words: str) -> None:
        """Add to the reason, once, what the log must say of this act. Before the first change is appended."""
        if self._begun:
            raise RuntimeError("the act is written already: remark before the first change")
        if not self._row.reason.endswith(f" ({words})"):
            self._row.reason += f" ({words})"

    def belongs_to(self, batch: ImportBatch) -> None:
        """Say which import the act makes, publishes or takes back, before it changes anything."""
        if self._begun:
            raise RuntimeError("an act that has begun cannot be given to a batch")
        self._row.batch = batch

    def revision_before(self) -> int:
        """The number of the act before this one."""
        return self._register.revision

    def change_before(self) -> int:
        """The number of the last change before this act, which has written none yet."""
        if self._begun or self._noted:
            raise RuntimeError("the act has begun: ask for the change before it first")
        return self._register.head

    def next_code(self, prefix: str) -> str:
        """The next code of its kind, ``BN-000123``; never given twice."""
        return self.next_codes(prefix, 1)[0]

    def next_codes(self, prefix: str, count: int) -> list[str]:
        """The next so many codes of a kind at once, for loaders of many rows."""
        counter, _made = CodeCounter.objects.get_or_create(prefix=prefix)
        counter.last += count
        counter.save(update_fields=["last"])
        return [f"{prefix}-{number:06}" for number in range(counter.last - count + 1, counter.last + 1)]

    def count_codes(self, prefix: str, at_least: int) -> None:
        """Never give a code up to this number: a list has brought its own."""
        counter, _made = CodeCounter.objects.get_or_create(prefix=prefix)
        if counter.last < at_least:
            counter.last = at_least
            counter.save(update_fields=["last"])

    def has_noted(self, record) -> bool:
        return (record.KIND, record.pk) in self._noted

    def created(self, record) -> None:
        """Note a record that this act has just made."""
        self._noted[record.KIND, record.pk] = Noted(record, None, False, Verb.CREATED)

    def see(self, record, *, verb: str = Verb.UPDATED, merged_into: str = "") -> None:
        """Note a record that this act is about to change, as it stands now. Once is enough."""
        if not self.has_noted(record):
            self._noted[record.KIND, record.pk] = Noted(
                record, state_of(record), record.is_public(), verb, merged_into
            )

    def tell(self, record) -> None:
        """Note a record whose public form changes with another record: partners are told of it too."""
        self.see(record)
        self._noted[record.KIND, record.pk].told = True

    def append(self, *, kind: str, code: str, verb: str, feed_verb: str, before, after, merged_into="") -> None:
        """Add one change to the chain. Actions note records instead; loaders of many rows call this."""
        if not self._begun:
            self._row.save(force_insert=True)
            self._begun = True
        register = self._register
        register.head += 1
        salt = secrets.token_hex(16)
        digest = digest_of(salt, before, after)
        change = blank(Change)
        relate(change, act=self._row)
        change.seq, change.kind, change.code = register.head, kind, code
        change.verb, change.feed_verb, change.merged_into = verb, feed_verb, merged_into
        change.before, change.after, change.salt, change.payload_digest = before, after, salt, digest
        change.previous_hash = register.head_hash
        change.hash = register.head_hash = hash_of(change, self._row)
        self._waiting.append(change)
        self._touched.note(kind, before, after)
        if len(self._waiting) >= BATCH:
            self.flush()

    def flush(self) -> None:
        insert_rows(self._waiting)
        self._waiting.clear()

    def close(self) -> None:
        """Write what was noted, as the database has it now, the sums, and what projects stand under. An act that
        changed nothing leaves no trace."""
        for noted in self._noted.values():
            record = noted.present()
            after = None if record is None else state_of(record)
            is_public = record is not None and record.is_public()
            if after != noted.before or is_public != noted.was_public or (noted.told and is_public):
                self.append(
                    kind=noted.record.KIND, code=noted.record.code, verb=noted.verb,
                    feed_verb=feed_verb(noted, is_public=is_public), before=noted.before, after=after,
                    merged_into=noted.merged_into,
                )
        self.flush()
        owners = self._touched.owners()
        keep_sums(owners)
        keep_as_known(owners, change=self._register.head)
        if self._begun:
            self._register.revision = self._row.id
            self._register.save(update_fields=["revision", "head", "head_hash"])
        if self._register.head - self._head_before >= MANY_CHANGES:
            weigh_tables()


def feed_verb(noted: Noted, *, is_public: bool) -> str:
    """What partners are told of it: the change of its public form, empty where there is none."""
    if is_public:
        return Verb.UPDATED if noted.was_public else Verb.CREATED
    if not noted.was_public:
        return ""
    return noted.verb if noted.verb in (Verb.MERGED, Verb.DELETED) else Verb.WITHDRAWN


def digest_of(salt: str, before: dict | None, after: dict | None) -> str:
    """The salted digest of a payload: it stays when the payload is redacted."""
    return hashlib.sha256(salt.encode() + orjson.dumps([before, after], option=orjson.OPT_SORT_KEYS)).hexdigest()


def hash_of(change: Change, act: Act) -> str:
    """The link of the chain: number, previous hash, act, kind, code, verbs and the payload's digest."""
    return hashlib.sha256(
        orjson.dumps([
            change.seq, change.previous_hash, act.id, act.at.timestamp(), act.by_id, act.by_name, act.reason,
            act.door, change.kind, change.code, change.verb, change.feed_verb, change.merged_into,
            change.payload_digest,
        ])
    ).hexdigest()
