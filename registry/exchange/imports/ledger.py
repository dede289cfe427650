"""Ledger entries as a table."""

from collections.abc import Collection
from functools import cached_property
from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from registry.actions.capital_many import Ledgers
from registry.actions.plan import PlannedRow
from registry.models import CapitalEntry, Certificate, Enterprise, Investor
from registry.models.rows import in_chunks
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.errors import RuleBroken

from .cells import Missing, Row
from .matching import NoSuch
from .of_projects import NotEditable, OfProjects, in_usd
from .repeats import Repeats, waiting
from .setters import Plain, Ref, Setter, ref, stated, text, usd, word

# What a row says again of an entry.
ENTRY_KEY = ("project_id", "enterprise_id", "kind", "amount_usd", "decided_earliest", "decided_latest")


class ReversedByAct(RuleBroken):
    code = "reversed-by-act"
    message = _("Bút toán đảo không nhập qua tệp. Hãy đảo %(code)s trong trang quản trị.")


class Entries(OfProjects):
    """Ledger entries: new ones wait in the batch until it is published, and rest on the file without a source of their
    own; old ones are never edited."""

    name = "capital-entries"
    model = CapitalEntry
    required = ("kind", "amount_usd")
    related = ("project", "enterprise", "certificate", "source", "buyer")
    extra = {"stt": "STT", "decided_on": _("ngày quyết định"), "note": _("ghi chú")}
    also = {"project.code": ("mã dự án", "mã số dự án"), "project.name": ("tên dự án", "dự án"), "stt": ("TT",),
            "kind": ("loại",), "amount_usd": ("số tiền USD", "số vốn (USD)"), "decided_on": ("ngày",),
            "buyer.name": ("bên mua", "nhà đầu tư mua")}

    @cached_property
    def setters(self) -> tuple[Setter, ...]:
        register = self.register
        return (
            self.project,
            ref("enterprise", lambda word_: register.enterprises.one(word_, Enterprise._meta.verbose_name),
                "enterprise"),
            word("kind", CapitalKind, ""), usd("amount_usd"), usd("expected_price_usd"),
            Plain(("written.amount",), "written_amount", Row.decimal, None),
            text("written.currency", "written_currency"), text("rate_as_printed"), stated("decided_on"),
            Ref(("certificate",), "certificate", self._certificate), self.source_of_row,
            ref("buyer", lambda word_: register.investors.one(word_, Investor._meta.verbose_name), "buyer"),
            text("note"),
        )

    def _certificate(self, code: str) -> Certificate:
        found = self.register.certificates.code(code)
        if found is None:
            raise NoSuch(noun=Certificate._meta.verbose_name, text=code)
        return found

    def prepare(self, rows: list[Row]) -> None:
        super().prepare(rows)
        projects = {project.pk: project for project in self.projects.by_code.values()}
        self.ledgers = Ledgers(projects.values())
        self.repeats = Repeats()
        new = [row for row in rows if row.value("code") is None]
        if new:
            self._find_repeats(projects, of_enterprises=any(row.value("project.code") is None for row in new))

    def _find_repeats(self, projects: Collection[int], *, of_enterprises: bool) -> None:
        standing = CapitalEntry.objects.standing().order_by("pk")
        there = [standing.filter(project__in=some) for some in in_chunks(projects)]
        for entries in [*there, *([standing.filter(project=None)] if of_enterprises else [])]:
            for *key, code in entries.values_list(*ENTRY_KEY, "code"):
                self.repeats.add(_of_owner(*key), code)
        for key, where in waiting(CapitalEntry, ENTRY_KEY):
            if key[0] in projects or key[0] is None:
                self.repeats.add(_of_owner(*key), where)

    def complete(self, row: Row, entry: CapitalEntry) -> dict:
        for name in self.required:
            if row.value(name) is None:
                row.needed(name)
        if entry.kind == CapitalKind.REVERSAL:
            row.fail("kind", ReversedByAct(code=row.text("reverses") or row.text("project.code")))
        if not row.problems and not (entry.project_id or entry.enterprise_id):
            row.fail("project.code" if row.has("project.code") else "project.name",
                     Missing(label=self.labels["project.code"]))
        if row.problems or row.is_conflict:
            return {}
        if entry.project_id:
            self.check_in_sight(row, entry.project)
        key = _of_owner(*attrgetter(*ENTRY_KEY)(entry))
        if self.repeats.settles(row, key, lambda: self._said(entry)):
            return {}
        if entry.source is None and entry.certificate is None:
            entry.source = self.source
        columns = {attr: self.column_of(row, attr) for attr in (
            "amount_usd", "expected_price_usd", "written_amount", "written_currency", "decided_on", "kind", "note")}
        row.take_entry(self.ledgers, entry, columns, at=self.now, on=self.today)
        return {"proposed": (entry,)}

    @staticmethod
    def _said(entry: CapitalEntry) -> str:
        day = f", {entry.decided_on.label}" if entry.decided_on else ""
        return f"{(entry.project or entry.enterprise).code} {entry.get_kind_display()} {in_usd(entry.amount_usd)}{day}"

    def planned(self, row: Row, fate: str, **parts) -> PlannedRow:
        return super().planned(row, self.repeats.fate(row, fate), **parts)

    def _check(self, row: Row, entry: CapitalEntry, before=None) -> None:
        """A new entry was checked by the ledger; an old one is not edited."""
        if before is not None:
            row.fail("code", NotEditable(code=before.code))


def _of_owner(project_id: int | None, enterprise_id: int | None, *rest) -> tuple:
    """What a row says of an entry; of a project's the enterprise is beside the point."""
    return project_id, None if project_id else enterprise_id, *rest
