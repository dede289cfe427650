"""A table that can be imported: what its columns set, and what becomes of each of its rows."""

import copy
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cached_property

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.actions.bulk import check_columns
from registry.actions.days import broken_days, columns_changed
from registry.actions.plan import Difference, PlannedRow
from registry.actions.record import InvalidRecord
from registry.exchange.columns.officers import PUBLICATION
from registry.exchange.columns.shape import Column
from registry.exchange.documents import Context
from registry.models import Source
from registry.models.base import Publishable
from registry.models.rows import blank, in_chunks
from registry.vocabulary.batch import Fate
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.publication import Publication
from registry.vocabulary.visibility import Visibility

from .cells import Invalid, Row, as_text
from .headings import Known
from .matching import Register
from .present import BASE, NEW, Present, columns_of, documents_of
from .setters import Setter
from .shown import shown


class UnknownCode(RuleBroken):
    code = "unknown-code"
    message = _("Sổ đăng ký không có mã “%(code)s”. Hãy sửa mã; dòng mới thì để trống ô mã.")


class RowTwice(RuleBroken):
    code = "row-twice"
    message = _("“%(text)s” đã có ở dòng %(row)s của tệp. Hãy bỏ một dòng.")


class ComputedChanged(RuleBroken):
    code = "computed-changed"
    message = _("Mục “%(label)s” không sửa qua bảng này: sổ ghi “%(present)s”, tệp ghi “%(text)s”. Hãy trả lại giá trị "
                "cũ (dòng mới thì để trống), hoặc sửa bằng việc tương ứng trong trang quản trị.")


class Table:
    """``name`` is its word, ``model`` its noun. ``required`` columns must be there, ``also`` are what officers call
    columns, ``extra`` columns that the register's own files lack, ``own`` those that ``complete`` reads by itself.
    ``sums`` are columns that parts of its lists add up: among the rows stand words that are no records, with nothing
    beside them but these. ``shared`` columns name what several rows may have in common: one merged cell speaks for all
    of its rows.

    ``now`` and ``today`` are the moment of the import, ``source`` the file as a source.
    """

    name = ""
    model: type[models.Model] = None
    required: tuple[str, ...] = ()
    also: Mapping[str, tuple[str, ...]] = {}
    extra: Mapping[str, str] = {}
    own: frozenset[str] = frozenset()
    related: tuple[str, ...] = ()
    shared: frozenset[str] = frozenset({"project.code", "project.name", "zone.code", "zone.name"})
    sums: frozenset[str] = frozenset()

    def __init__(self, *, now: datetime, today: date, source: Source):
        self.now, self.today, self.source = now, today, source
        self.register = Register()
        self.exported = self.file_columns()
        self.targets: dict[int, object] = {}
        self.documents: dict[tuple, list[dict[str, dict]]] = {}
        self.silent: set[int] = set()
        self.set_from: dict[str, str] = {}

    @cached_property
    def setters(self) -> tuple[Setter, ...]:
        raise NotImplementedError

    @classmethod
    def file_columns(cls) -> Mapping[str, Column]:
        """The columns of the register's own file of this noun."""
        return columns_of(cls.name, cls.model.KIND)

    @classmethod
    def columns(cls) -> list[Known]:
        known = [Known(name, column.label, cls.also.get(name, ()), column)
                 for name, column in cls.file_columns().items()]
        return known + [Known(name, label, cls.also.get(name, ())) for name, label in cls.extra.items()]

    def prepare(self, rows: list[Row]) -> None:
        """Find what the rows are about, in a number of queries that does not grow with them but by each 500."""
        heading = rows[0].heading.places
        self.in_file = tuple(setter for setter in self.setters if not heading.keys().isdisjoint(setter.names))
        self.find(rows)
        self._load_documents(rows)

    def find(self, rows: list[Row]) -> None:
        """Find the existing record of each row that has one."""
        found = self.existing(rows)
        taken: dict[str, Row] = {}
        for row in rows:
            code = row.text("code")
            if code and code.lower() in taken:
                row.fail("code", RowTwice(text=code, row=taken[code.lower()].number))
            elif code:
                taken[code.lower()] = row
                self._set_target(row, "code", found.get(code.lower()), UnknownCode(code=code))

    def existing(self, rows: list[Row]) -> dict[str, object]:
        """The records of the codes in the file, by code in lower case."""
        found = {}
        for some in in_chunks({row.text("code") for row in rows if row.value("code") is not None}):
            found |= {each.code.lower(): each
                      for each in self.model.objects.filter(code__in=some).select_related(*self.related)}
        return found

    def plan(self, row: Row) -> PlannedRow:
        """What becomes of the row; where it has problems they stand in the row."""
        record = self.targets.get(row.index)
        if row.problems or (record is None and row.value("code") is not None):
            return self.planned(row, Fate.ERROR, record=record, name=row.text("name"))
        return self._change(row, record) if record is not None else self._make(row)

    def complete(self, row: Row, record) -> dict:
        """What else a new record brings: the parts of its PlannedRow."""
        return {"makes": (record,)}

    def amend(self, row: Row, record, changed) -> dict:
        """What else an existing record gets, of which ``changed`` is a copy as it would be: nothing, and what a new
        row would say in columns of its own must be as the register has it."""
        self.refuse(row, self.present(row, record), self.own)
        return {}

    def check(self, row: Row, record, before=None) -> None:
        """The rules of the noun that the columns do not hold by themselves."""

    def called(self, row: Row, record) -> str:
        return getattr(record, "name", "") or row.text("name")

    def _make(self, row: Row) -> PlannedRow:
        self._refuse_computed(row, Present(self.exported, NEW))
        record = blank(self.model)
        if isinstance(record, Publishable):
            record.publication = Publication.IN_REVIEW.value
        for setter in self.in_file:
            if setter.given(row):
                value = setter.read(row, None)
                if value is not None:
                    setter.put(record, value)
        parts = self.complete(row, record)
        self._check(row, record)
        return self.planned(row, Fate.NEW, name=self.called(row, record), **parts)

    def _change(self, row: Row, record) -> PlannedRow:
        present = self.present(row, record)
        self._refuse_computed(row, present)
        changed, differences, changes = copy.copy(record), [], {}
        for setter in self.in_file:
            if not self._speaks(row, setter, present):
                continue
            value, before = setter.read(row, record), getattr(record, setter.attr)
            if value != before and not (row.problems or row.is_conflict):
                setattr(changed, setter.attr, value)
                changes |= {name: new for name, new in setter.columns(value).items() if getattr(record, name) != new}
                differences.append(Difference(self.label(setter.names), shown(record, setter.attr),
                                              shown(changed, setter.attr)))
        parts = self.amend(row, record, changed)
        if changes:
            self._check(row, changed, record)
        fate = Fate.CHANGED if changes or parts.get("proposed") else Fate.UNCHANGED
        if fate == Fate.CHANGED and not self._is_in_sight(record):
            row.fail("code", self.register.out_of_sight(record))
        return self.planned(row, fate, record=record, name=self.called(row, record), changes=changes, **{
            "differences": (*differences, *parts.pop("differences", ()))} | parts)

    def _speaks(self, row: Row, setter: Setter, present: Present) -> bool:
        """Whether the row says something else than the register's file would. Of a record that was found without its
        code an empty cell says nothing."""
        if row.index in self.silent and not setter.given(row):
            return False
        return any(not present.says(name, row.value(name)) for name in setter.names if row.has(name))

    def planned(self, row: Row, fate: str, *, record=None, **parts) -> PlannedRow:
        if row.is_conflict:
            fate = Fate.CONFLICT
        if row.problems:
            fate = Fate.ERROR
        return PlannedRow(number=row.number, fate=fate, kind=self.model.KIND, code=getattr(record, "code", ""),
                          record=record, notes=tuple(row.notes), choices=tuple(row.choices), **parts)

    @cached_property
    def labels(self) -> dict[str, str]:
        return {known.name: str(known.label) for known in self.columns()}

    def label(self, names: Iterable[str]) -> str:
        return next((self.labels[name] for name in names if name in self.labels), "")

    def _refuse_computed(self, row: Row, present: Present) -> None:
        if row.index not in self.silent:
            self.refuse(row, present, self._computed)

    def refuse(self, row: Row, present: Present, names: Iterable[str]) -> None:
        """Tell which of these columns do not say what the register has."""
        for name in row.heading.places:
            if name in names and name in self.exported and not present.says(name, row.value(name)):
                row.fail(name, ComputedChanged(label=self.labels[name], present=present.shown(name),
                                               text=as_text(row.value(name))))

    @cached_property
    def _settable(self) -> set[str]:
        return {"code", *self.own, *(name for setter in self.setters for name in setter.names)}

    @cached_property
    def _computed(self) -> set[str]:
        return self.exported.keys() - self._settable

    def _check(self, row: Row, record, before=None) -> None:
        if row.problems:
            return
        try:
            check_columns(record, but=("number",))
        except InvalidRecord as error:
            for name, messages in error.errors.items():
                row.fail(self.column_of(row, name), Invalid(problem=" ".join(messages)))
        for error in broken_days(record, on=self.today, changed=before and columns_changed(before, record)):
            row.fail(self.column_of(row, error.field), error)
        self.check(row, record, before)

    def column_of(self, row: Row, attr: str) -> str:
        """The column of the file from which a column of the record is set: the same for all rows."""
        if attr not in self.set_from:
            names = next((setter.names for setter in self.setters if attr in (setter.attr, *setter.columns(None))), ())
            self.set_from[attr] = next((name for name in names if row.has(name)), [*names, attr][0])
        return self.set_from[attr]

    def _set_target(self, row: Row, at: str, record, otherwise: RuleBroken | None) -> None:
        if record is None:
            if otherwise:
                row.fail(at, otherwise)
        elif self._is_in_sight(record) or self._is_of_officers(row):
            self.targets[row.index] = record
        else:
            row.fail(at, self.register.out_of_sight(record))

    @staticmethod
    def _is_in_sight(record) -> bool:
        """Whether a file may change the record: what is not published, only its own page does."""
        return not isinstance(record, Publishable) or record.publication == Publication.PUBLISHED

    @staticmethod
    def _is_of_officers(row: Row) -> bool:
        """Whether the row is of a file from an officers' list, which has drafts too: as it was given it comes back."""
        return row.has(PUBLICATION.name)

    def present(self, row: Row, record) -> Present:
        """The record as the register's own file has it."""
        return Present(self.exported, self._documents(row, record))

    def _documents(self, row: Row, record) -> list[dict | None]:
        found = self.documents.get(self.moment_of(row), [])
        return [each[record.code] for each in found if record.code in each] or list(NEW)

    def moment_of(self, row: Row) -> tuple[date, date | None]:
        """The days as of which the file's sums were made."""
        return self.today, None

    def _load_documents(self, rows: list[Row]) -> None:
        wanted: dict[tuple, list[str]] = {}
        for row in rows:
            if row.index in self.targets:
                wanted.setdefault(self.moment_of(row), []).append(self.targets[row.index].code)
        for (as_of, known_on), codes in wanted.items():
            self.documents[as_of, known_on] = [
                documents_of(self.model.KIND, codes, Context(base=BASE, as_of=as_of, known_on=known_on, reader=reader))
                for reader in self._readers(rows)
            ]

    def _readers(self, rows: list[Row]) -> tuple[str, ...]:
        """For whom the file was made. The public's and the officers' are told apart by the state of publication; of a
        noun without one they differ only in what they say of records that are not public."""
        if issubclass(self.model, Publishable):
            return (Visibility.STAFF,) if self._is_of_officers(rows[0]) else (Visibility.PUBLIC,)
        return (Visibility.PUBLIC, Visibility.STAFF)
