"""Certificates as a table."""

from collections import defaultdict
from functools import cached_property

from django.db.models import Max
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry.actions.certificate_effect import ENDS
from registry.actions.certificate_rules import SUMS, rules_broken
from registry.actions.plan import PlannedRow
from registry.models import CapitalEntry, Certificate, Change, Registrar
from registry.models.capital import MEASURES, ZERO
from registry.models.rows import in_chunks
from registry.vocabulary.certificate import CertificateKind, Outcome
from registry.vocabulary.change import Verb
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.period import VagueDay
from registry.vocabulary.publication import Publication

from .cells import Missing, Row
from .of_projects import NotEditable, OfProjects, in_usd
from .repeats import Repeats
from .setters import Plain, Setter, day, ref, stated, text, usd, whole, word

# What the rules of a certificate read.
RULED = ("kind", "step", "outcome", "received_on", "decided_on", "asked_usd", *SUMS)


class StepTaken(RuleBroken):
    code = "step-taken"
    message = _("Dự án %(code)s đã có giấy chứng nhận %(what)s. Hãy kiểm tra lần điều chỉnh.")


class StepMissing(RuleBroken):
    code = "step-missing"
    message = _("Ghi lần điều chỉnh: 1, 2, 3 …")


class EndsProject(RuleBroken):
    code = "ends-project"
    message = _("“%(kind)s” kết thúc dự án và ghi bút toán giảm, nên không nhập qua tệp. Hãy ghi trong trang quản trị.")


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
                    "printed": in_usd(printed), "ledger": in_usd(ledger), "difference": in_usd(printed - ledger)})

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


def _dong(row: Row, name: str):
    """As the register's file has it, in a column of its own, or in one cell."""
    return row.amount(name, "VND") if row.value(name) is not None else row.amount("total_vnd", "VND")
