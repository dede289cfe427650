"""Certificates and ledger entries as tables."""

from functools import cached_property

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from registry.actions.capital_many import Ledgers
from registry.actions.certificate import asked_wrongly
from registry.actions.certificate_effect import ENDS
from registry.models import CapitalEntry, Certificate, Change, Enterprise, Investor, Project, Registrar, Source
from registry.models.rows import in_chunks
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.certificate import CertificateKind, Outcome, may_ask
from registry.vocabulary.change import Verb
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.publication import Publication

from .cells import Missing, Row
from .matching import NoSuch, projects_meant
from .setters import Plain, Ref, Setter, day, ref, stated, text, usd, whole, word
from .table import Table


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
            row.fail("project.code", self.register.out_of_sight(project))

    def called(self, row: Row, record) -> str:
        return f"{record.project.code} {record.get_kind_display()}" if record.project_id else ""


class Certificates(OfProjects):
    """The steps of certificates as printed; what they do to capital is entered in the ledger's own table."""

    name = "certificates"
    model = Certificate
    required = ("kind",)
    related = ("project", "registrar", "source")
    extra = {"stt": "STT", "decided_on": _("ngày cấp"), "total_vnd": _("tổng vốn đầu tư như in (đồng)"),
             "asked_usd": Certificate._meta.get_field("asked_usd").verbose_name}
    own = frozenset({"total_vnd.currency"})
    also = {"project.code": ("mã dự án", "mã số dự án"), "project.name": ("tên dự án", "dự án"),
            "registrar.name": ("cơ quan cấp",), "step": ("lần điều chỉnh",), "stt": ("TT",),
            "asked_usd": ("vốn đề nghị", "vốn đề nghị trong hồ sơ")}

    @cached_property
    def setters(self) -> tuple[Setter, ...]:
        registrars = self.register.registrars
        return (
            self.project, word("kind", CertificateKind, ""), whole("step"),
            word("outcome", Outcome, Outcome.GRANTED.value),
            ref("registrar", lambda word_: registrars.one(word_, Registrar._meta.verbose_name), "registrar"),
            day("received_on"), usd("asked_usd"), stated("decided_on"), text("changes"), usd("total_usd"),
            Plain(("total_vnd.amount", "total_vnd"), "total_vnd", _dong, None), text("rate_as_printed"),
            usd("contributed_usd"), usd("mobilised_usd"), day("contribute_by"), self.source_of_row,
        )

    def prepare(self, rows: list[Row]) -> None:
        super().prepare(rows)
        keys = {project.pk for project in self.projects.by_code.values()}
        self.steps: dict[tuple, Certificate] = {}
        self.last: dict[int, int] = {}
        for some in in_chunks(keys):
            there = Certificate.objects.filter(project__in=some).order_by()
            self.last |= dict(there.values_list("project").annotate(Max("number")))
            for each in there.exclude(publication=Publication.WITHDRAWN):
                self.steps[_step(each)] = each
        self._pass_over_deleted()

    def _pass_over_deleted(self) -> None:
        """The code of a certificate that is there no more stays its own in the log."""
        gone = Change.objects.filter(kind=Certificate.KIND, verb=Verb.DELETED).values_list("code", flat=True)
        for owner, _sign, number in (code.rpartition("-") for code in gone.order_by()):
            if project := self.projects.by_code.get(owner.lower()):
                self.last[project.pk] = max(self.last.get(project.pk, 0), int(number))

    def complete(self, row: Row, certificate: Certificate) -> dict:
        if not certificate.project_id:
            if not row.problems:
                row.fail("project.code" if row.has("project.code") else "project.name",
                         Missing(label=self.labels["project.code"]))
            return {}
        self.check_in_sight(row, certificate.project)
        certificate.number = self.last[certificate.project_id] = self.last.get(certificate.project_id, 0) + 1
        certificate.code = f"{certificate.project.code}-{certificate.number}"
        return {"makes": (certificate,)}

    def check(self, row: Row, certificate: Certificate, before=None) -> None:
        if certificate.kind in ENDS and (before is None or certificate.kind != before.kind):
            row.fail("kind", EndsProject(kind=certificate.get_kind_display()))
        if before is not None and certificate.project_id != before.project_id:
            row.fail("project.code", NotEditable(code=before.code))
        if certificate.kind == CertificateKind.AMENDMENT and not certificate.step:
            row.fail("step", StepMissing())
        if not may_ask(certificate.kind, certificate.asked_usd):
            row.fail("asked_usd" if row.has("asked_usd") else "kind", asked_wrongly(certificate.kind))
        key, other = _step(certificate), self.steps.get(_step(certificate))
        if key[1] and other is not None and other.pk != certificate.pk:
            row.fail("step" if row.has("step") else "kind", StepTaken(code=certificate.project.code, what=key[1]))
        elif key[1]:
            self.steps[key] = certificate


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
        self.ledgers = Ledgers({project.pk: project for project in self.projects.by_code.values()}.values())

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
        if entry.source is None and entry.certificate is None:
            entry.source = self.source
        columns = {attr: self.column_of(row, attr) for attr in (
            "amount_usd", "expected_price_usd", "written_amount", "written_currency", "decided_on", "kind", "note")}
        row.take_entry(self.ledgers, entry, columns, at=self.now, on=self.today)
        return {"proposed": (entry,)}

    def _check(self, row: Row, entry: CapitalEntry, before=None) -> None:
        """A new entry was checked by the ledger; an old one is not edited."""
        if before is not None:
            row.fail("code", NotEditable(code=before.code))


def _dong(row: Row, name: str):
    """As the register's file has it, in a column of its own, or in one cell."""
    return row.amount(name, "VND") if row.value(name) is not None else row.amount("total_vnd", "VND")
