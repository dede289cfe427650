"""Certificates and ledger entries as tables."""

from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal
from functools import cached_property
from operator import attrgetter

from django.db.models import Max
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from registry.actions.capital_many import Ledgers
from registry.actions.certificate_effect import ENDS
from registry.actions.certificate_rules import SUMS, rules_broken
from registry.actions.plan import PlannedRow
from registry.models import CapitalEntry, Certificate, Enterprise, Investor, Project, Registrar, Source
from registry.models.capital import MEASURES, ZERO
from registry.models.rows import in_chunks
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.certificate import CertificateKind, Outcome
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.money import format_amount
from registry.vocabulary.period import VagueDay
from registry.vocabulary.publication import Publication

from .cells import Missing, Row
from .matching import NoSuch, NotInSight, projects_meant
from .repeats import Repeats, waiting
from .setters import Plain, Ref, Setter, day, ref, stated, text, usd, whole, word
from .table import Table

# What a row says again of an entry.
ENTRY_KEY = ("project_id", "enterprise_id", "kind", "amount_usd", "decided_earliest", "decided_latest")

# What the rules of a certificate read.
RULED = ("kind", "outcome", "received_on", "decided_on", *SUMS)


class NotEditable(RuleBroken):
    code = "not-editable"
    message = _("Bút toán %(code)s đã ghi thì không sửa. Hãy đảo bút toán đó và nhập bút toán đúng thành dòng mới.")


class ReversedByAct(RuleBroken):
    code = "reversed-by-act"
    message = _("Bút toán đảo không nhập qua tệp. Hãy đảo %(code)s trong trang quản trị.")


class StepTaken(RuleBroken):
    code = "step-taken"
    message = _("Dự án %(code)s đã có giấy chứng nhận %(what)s. Hãy kiểm tra lần điều chỉnh.")


class StepMissing(RuleBroken):
    code = "step-missing"
    message = _("Ghi lần điều chỉnh: 1, 2, 3 …")


class EndsProject(RuleBroken):
    code = "ends-project"
    message = _("“%(kind)s” kết thúc dự án và ghi bút toán giảm, nên không nhập qua tệp. Hãy ghi trong trang quản trị.")


class OfProjects(Table):
    """A table whose rows belong to projects, named by code, by project number or by name."""

    def prepare(self, rows: list[Row]) -> None:
        named = [row.text("project.name") for row in rows if row.value("project.code") is None]
        self.projects = projects_meant((row.text("project.code") for row in rows), named)
        super().prepare(rows)

    @property
    def project(self) -> Ref:
        return ref("project", lambda word_: self.projects.one(word_, Project._meta.verbose_name), "project")

    @property
    def source_of_row(self) -> Ref:
        return ref("source", lambda word_: self.register.sources.one(word_, Source._meta.verbose_name), "source",
                   title="title")

    def check_in_sight(self, row: Row, project: Project) -> None:
        if project.publication != Publication.PUBLISHED:
            row.fail("project.code", NotInSight(code=project.code, state=project.get_publication_display()))

    def called(self, row: Row, record) -> str:
        return f"{record.project.code} {record.get_kind_display()}" if record.project_id else ""


class Certificates(OfProjects):
    """The steps of certificates as printed; what they do to capital is entered in the ledger's own table."""

    name = "certificates"
    model = Certificate
    required = ("kind",)
    related = ("project", "registrar", "source")
    extra = {"stt": "STT", "decided_on": _("ngày cấp"), "total_vnd": _("tổng vốn đầu tư như in (đồng)")}
    own = frozenset({"total_vnd.currency"})
    also = {"project.code": ("mã dự án", "mã số dự án"), "project.name": ("tên dự án", "dự án"),
            "registrar.name": ("cơ quan cấp",), "step": ("lần điều chỉnh",), "stt": ("TT",)}

    @cached_property
    def setters(self) -> tuple[Setter, ...]:
        registrars = self.register.registrars
        return (
            self.project, word("kind", CertificateKind, ""), whole("step"),
            word("outcome", Outcome, Outcome.GRANTED.value),
            ref("registrar", lambda word_: registrars.one(word_, Registrar._meta.verbose_name), "registrar"),
            day("received_on"), stated("decided_on"), text("changes"), usd("total_usd"),
            Plain(("total_vnd.amount", "total_vnd"), "total_vnd", _dong, None), text("rate_as_printed"),
            usd("contributed_usd"), usd("mobilised_usd"), day("contribute_by"), self.source_of_row,
        )

    def prepare(self, rows: list[Row]) -> None:
        super().prepare(rows)
        keys = {project.pk for project in self.projects.by_code.values()}
        self.repeats = Repeats()
        self.steps: dict[tuple, Certificate] = {}
        self.last: dict[int, int] = {}
        self.posted: dict[int, list[tuple]] = defaultdict(list)
        for some in in_chunks(keys):
            there = Certificate.objects.filter(project__in=some).order_by()
            self.last |= dict(there.values_list("project").annotate(Max("number")))
            for each in there.exclude(publication=Publication.WITHDRAWN):
                self.steps[_step(each)] = each
                self.repeats.add(_said(each), each.code)
            entries = CapitalEntry.objects.filter(MEASURES["registered_usd"], project__in=some).order_by()
            for project, *posted in entries.values_list("project", "counts_on", "amount_usd"):
                self.posted[project].append(posted)

    def complete(self, row: Row, certificate: Certificate) -> dict:
        if not certificate.project_id:
            if not row.problems:
                row.fail("project.code" if row.has("project.code") else "project.name",
                         Missing(label=self.labels["project.code"]))
            return {}
        self.check_in_sight(row, certificate.project)
        once = bool(_step(certificate)[1])
        if not row.problems and self.repeats.settles(
                row, _said(certificate), lambda: self.called(row, certificate), may_be_new=not once):
            return {}
        certificate.number = self.last[certificate.project_id] = self.last.get(certificate.project_id, 0) + 1
        certificate.code = f"{certificate.project.code}-{certificate.number}"
        return {"makes": (certificate,)}

    def check(self, row: Row, certificate: Certificate, before=None) -> None:
        if row.is_conflict or row.index in self.repeats.same:
            return
        if certificate.kind in ENDS and (before is None or certificate.kind != before.kind):
            row.fail("kind", EndsProject(kind=certificate.get_kind_display()))
        if before is not None and certificate.project_id != before.project_id:
            row.fail("project.code", NotEditable(code=before.code))
        if certificate.kind == CertificateKind.AMENDMENT and not certificate.step:
            row.fail("step", StepMissing())
        if before is None or any(getattr(certificate, name) != getattr(before, name) for name in RULED):
            for broken in rules_broken(certificate, on=self.today, issued_on=self._issued_on(certificate)):
                row.fail(self.column_of(row, broken.field), broken)
            self._compare_total(row, certificate)
        key, other = _step(certificate), self.steps.get(_step(certificate))
        if key[1] and other is not None and other.pk != certificate.pk:
            row.fail("step" if row.has("step") else "kind", StepTaken(code=certificate.project.code, what=key[1]))
        elif key[1]:
            self.steps[key] = certificate

    def _compare_total(self, row: Row, certificate: Certificate) -> None:
        """Tell where the printed total is not the ledger's. No error: the entries of a file of certificates follow."""
        day, printed = certificate.decided_on, certificate.total_usd
        if printed is None or day is None or certificate.kind in ENDS or certificate.outcome != Outcome.GRANTED:
            return
        ledger = sum((usd for on, usd in self.posted.get(certificate.project_id, ()) if on <= day.latest), ZERO)
        if ledger != printed:
            row.notes.append(gettext(
                "Tổng vốn in trên giấy là %(printed)s, sổ vốn đến ngày đó có %(ledger)s: chênh %(difference)s. "
                "Hãy kiểm tra lại số trên giấy, hoặc nhập bút toán còn thiếu.") % {
                    "printed": _usd(printed), "ledger": _usd(ledger), "difference": _usd(printed - ledger)})

    def _issued_on(self, certificate: Certificate) -> VagueDay | None:
        first = self.steps.get((certificate.project_id, str(CertificateKind.FIRST_ISSUE.label)))
        return (first and first.decided_on) or certificate.project.licensed_on

    def planned(self, row: Row, fate: str, **parts) -> PlannedRow:
        return super().planned(row, self.repeats.fate(row, fate), **parts)


def _said(certificate: Certificate) -> tuple:
    """What a row says again of a certificate: the step and its day, of a dossier that of its reception."""
    day, of = certificate.received_on, certificate
    return (of.project_id, of.kind, of.outcome, of.step, of.decided_earliest or day, of.decided_latest or day)


def _step(certificate: Certificate) -> tuple:
    """What a project has once: its first issue, and each amendment."""
    granted = certificate.outcome == Outcome.GRANTED
    once = {CertificateKind.FIRST_ISSUE: str(CertificateKind.FIRST_ISSUE.label),
            CertificateKind.AMENDMENT: f"{CertificateKind.AMENDMENT.label} {certificate.step}"}
    return certificate.project_id, once.get(certificate.kind, "") if granted else ""


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
        for key, where in waiting(CapitalEntry, attrgetter(*ENTRY_KEY)):
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
        return f"{(entry.project or entry.enterprise).code} {entry.get_kind_display()} {_usd(entry.amount_usd)}{day}"

    def planned(self, row: Row, fate: str, **parts) -> PlannedRow:
        return super().planned(row, self.repeats.fate(row, fate), **parts)

    def _check(self, row: Row, entry: CapitalEntry, before=None) -> None:
        """A new entry was checked by the ledger; an old one is not edited."""
        if before is not None:
            row.fail("code", NotEditable(code=before.code))


def _usd(amount: Decimal) -> str:
    return format_amount(amount, "USD", get_language())


def _of_owner(project_id: int | None, enterprise_id: int | None, *rest) -> tuple:
    """What a row says of an entry; of a project's the enterprise is beside the point."""
    return project_id, None if project_id else enterprise_id, *rest


def _dong(row: Row, name: str):
    """As the register's file has it, in a column of its own, or in one cell."""
    return row.amount(name, "VND") if row.value(name) is not None else row.amount("total_vnd", "VND")
