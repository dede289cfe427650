"""An import as one batch: applied for review, published, taken back; every time all of it or nothing."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from registry.models import (
    NOUNS,
    CapitalEntry,
    Certificate,
    Change,
    Conflict,
    Enterprise,
    ImportBatch,
    ImportRow,
    Investor,
    OperatingReport,
    Project,
    RowProblem,
    Source,
    Zone,
    ZoneObservation,
)
from registry.models.rows import blank, few_pages, in_chunks, insert_rows
from registry.vocabulary.batch import BatchState, Fate, Step
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.change import Verb
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.publication import Publication

from .amend_many import Amendment, amend_many, tie
from .batch_drafts import PUBLISHED, write_drafts, write_file
from .batch_rows import check_up_to_date
from .bulk import create_many, move_many, touch_many
from .capital_many import enter_many
from .collecting import collecting_later
from .payload import as_plain, plain, state_of
from .plan import PlannedRow, Preview, Told, nobody
from .record import reindex_projects
from .report import amend_report
from .report_conflict import follow
from .report_many import accept_many, check_not_own
from .told import public_referrers, tell_all
from .two_persons import check_second_person
from .writing import Writing

# What makes no draft: it waits in its row until the batch is published.
WAITING = (CapitalEntry, ZoneObservation)
GIVEN_LATER = {"id", "code", "number", "counts_on", "recorded_at", "updated_at", "version"}


class HasProblems(RuleBroken):
    code = "has-problems"
    message = _("Tệp còn %(count)s lỗi; hãy sửa hết trong tệp rồi nhập lại. Chưa có gì được ghi.")


class HasConflicts(RuleBroken):
    code = "has-conflicts"
    message = _("Tệp còn %(count)s dòng cần chọn; hãy ghi mã của bản ghi đúng vào tệp rồi nhập lại. "
                "Chưa có gì được ghi.")


class RegisterMoved(RuleBroken):
    code = "register-moved"
    message = _("Sổ đăng ký vừa có thay đổi sau khi xem trước. Hãy xem trước lại rồi áp dụng; chưa có gì được ghi.")


class NotInReview(RuleBroken):
    code = "not-in-review"
    message = _("Lô %(code)s không còn chờ duyệt (%(state)s).")


@collecting_later()
def apply(*, act: Writing, preview: Preview, told: Told = nobody) -> ImportBatch | None:
    """Write a preview as one batch in review; return it, or the batch that the same file made before, or None where
    no row changes anything. ``told`` hears of the rows as they are written. The preview is used up by it.

    New records are written as waiting for review; changes to others, entries and observations stay proposals in the
    batch's rows. Raises HasProblems, HasConflicts, RegisterMoved; nothing is written then.
    """
    check_applicable(preview)
    if any(row.written for row in preview.rows):
        raise RuntimeError("this preview was written before: look at the file again")
    if preview.changes_nothing:
        return preview.repeated
    if act.revision_before() != preview.revision:
        raise RegisterMoved()
    counts = preview.counts
    batch = ImportBatch(
        table=preview.table, file_name=preview.file_name[:200], sha256=preview.sha256, state=BatchState.IN_REVIEW.value,
        new=counts[Fate.NEW], changed=counts[Fate.CHANGED], unchanged=counts[Fate.UNCHANGED],
    )
    batch.code, batch.updated_at = act.next_code("IMP"), act.at
    insert_rows([batch])
    act.belongs_to(batch)
    act.append(kind=batch.KIND, code=batch.code, verb=Verb.CREATED, feed_verb="", before=None, after=state_of(batch))
    preview.source.reference = batch.code
    write_file(act=act, source=preview.source, rows=preview.rows)
    with few_pages():
        _write(act, batch, preview.rows, told)
    RowProblem.objects.filter(table=preview.table, file_name=batch.file_name).delete()
    return batch


def _write(act: Writing, batch: ImportBatch, rows: Sequence[PlannedRow], told: Told) -> None:
    done = 0
    for some in in_chunks(rows):
        write_drafts(act=act, rows=some)
        insert_rows([_row(batch, row) for row in some])
        for row in some:
            row.let_go()
        done += len(some)
        told(Step.WRITE, done, len(rows))


def check_applicable(preview: Preview) -> None:
    """Raises HasProblems, HasConflicts."""
    if preview.problems:
        raise HasProblems(count=len(preview.problems))
    if preview.counts[Fate.CONFLICT]:
        raise HasConflicts(count=preview.counts[Fate.CONFLICT])


def keep_problems(*, act: Writing, preview: Preview, by_name: str) -> None:
    """Keep what was wrong in a file that could not be taken, in place of what an earlier try left."""
    name = preview.file_name[:200]
    RowProblem.objects.filter(table=preview.table, file_name=name).delete()
    insert_rows([
        RowProblem(table=preview.table, file_name=name, sha256=preview.sha256, by_name=by_name, at=act.at,
                   sheet=problem.sheet or "", cell=problem.cell or "", code=problem.code, message=problem.message)
        for problem in preview.problems
    ])


def let_problems_go(*, act: Writing, problem: RowProblem) -> None:
    """Forget what was wrong in a file that nobody will send again under its name: all that this one is of. An act that
    does nothing else leaves no trace, as the try itself left none."""
    RowProblem.objects.of_file(problem).delete()


@collecting_later()
def publish(*, act: Writing, batch: ImportBatch) -> ImportBatch:
    """Publish what a batch has made, amend what it changes, post its entries and accept its reports, all or nothing.

    Raises NotInReview; OwnChange where the user of this act has imported it, OwnReport where they have edited one of
    its reports; OutdatedBatch where records were changed since the preview; and what the ledger raises.
    """
    batch = ImportBatch.objects.get(pk=batch.pk)
    if batch.state != BatchState.IN_REVIEW:
        raise NotInReview(code=batch.code, state=batch.get_state_display())
    act.belongs_to(batch)
    check_second_person(act=act, record=batch)
    made = made_by(batch)
    check_not_own(act=act, reports=made.get(OperatingReport, []))
    rows = list(batch.rows.exclude(fate=Fate.UNCHANGED).order_by("number"))
    check_up_to_date(batch=batch, rows=rows)
    move_batch(act, batch, BatchState.PUBLISHED)
    naming = public_referrers(made, (Source, *PUBLISHED))
    for model in (Source, *PUBLISHED):
        move_many(act=act, records=made.get(model, []), publication=Publication.PUBLISHED)
    touch_many(act=act, records=_other_owners(made.get(Certificate, []), made))
    reindex_around(made)
    amended = amend_rows(act, [(row, row.version, row.after) for row in rows])
    proposed = _proposed(rows)
    enter_many(act=act, entries=proposed[CapitalEntry])
    _observe_many(act, proposed[ZoneObservation])
    owners = _other_owners(proposed[CapitalEntry], made) | {
        each.project for each in amended if isinstance(each, Certificate)}
    touch_many(act=act, records=owners - amended)
    tell_all(act=act, records=naming - owners - amended)
    accept_many(act=act, reports=made.get(OperatingReport, []))
    follow(act=act, projects=realising(made, proposed[CapitalEntry]))
    return batch


def realising(made: dict[type, list], entries: Iterable[CapitalEntry]) -> set[Project]:
    """The projects of which the realised capital moves with the reports that a batch has made, and these entries."""
    return {report.project for report in made.get(OperatingReport, [])} | {
        entry.project for entry in entries if entry.counts_as == CapitalKind.DISBURSEMENT and entry.project}


def move_batch(act: Writing, batch: ImportBatch, state: str) -> None:
    """Move a batch on; its change stands first among those of its act."""
    before = state_of(batch)
    batch.state, batch.version, batch.updated_at = state, batch.version + 1, act.at
    ImportBatch.objects.filter(pk=batch.pk).update(state=state, version=F("version") + 1, updated_at=act.at)
    act.append(kind=batch.KIND, code=batch.code, verb=Verb.UPDATED, feed_verb="", before=before, after=state_of(batch))


def made_by(batch: ImportBatch) -> dict[type, list]:
    """The records that a batch has made and that are there, by noun, each in the order of its making. The conflicts of
    its reports follow the ledger by themselves."""
    codes: dict[str, list[str]] = defaultdict(list)
    created = Change.objects.filter(act__batch=batch, verb=Verb.CREATED).exclude(
        kind__in=(ImportBatch.KIND, Conflict.KIND))
    for kind, code in created.order_by("seq").values_list("kind", "code"):
        codes[kind].append(code)
    return {NOUNS[kind]: _records(NOUNS[kind], found) for kind, found in codes.items()}


def reindex_around(made: dict[type, list]) -> None:
    """Make the search text of every project again that speaks of these records."""
    keys = {record.pk for record in made.get(Project, [])}
    for model, path in ((Investor, "stakes__investor"), (Enterprise, "enterprise"), (Zone, "zone")):
        for some in in_chunks(record.pk for record in made.get(model, [])):
            keys |= set(Project.objects.filter(**{f"{path}__in": some}).values_list("pk", flat=True))
    for some in in_chunks(sorted(keys)):
        reindex_projects(pk__in=some)


def _records(model, codes: list[str]) -> list:
    """The records of these codes with what their states and search texts read. One query or two for 500."""
    related = {Project: ("enterprise", "zone"), Certificate: ("project",), CapitalEntry: ("project", "enterprise"),
               ZoneObservation: ("zone", "place", "source"),
               OperatingReport: ("project", "source", "entry")}.get(model, ())
    found = {}
    for some in in_chunks(codes):
        rows = model.objects.filter(code__in=some).select_related(*related)
        found |= {record.code: record for record in (rows.prefetch_related("stakes") if model is Project else rows)}
    return [found[code] for code in codes if code in found]


def _row(batch: ImportBatch, row: PlannedRow) -> ImportRow:
    record = row.record or (row.makes[-1] if row.makes else None)
    kept = blank(ImportRow)
    kept.batch, kept.number, kept.fate, kept.kind = batch, row.number, row.fate, row.kind
    kept.code, kept.name = record.code if record else "", row.name[:500]
    kept.version = getattr(row.record, "version", None)
    kept.before = {name: plain(getattr(row.record, name)) for name in row.changes}
    kept.after = {name: plain(value) for name, value in row.changes.items()}
    kept.proposed = [[each.KIND, _columns(each)] for each in row.proposed]
    return kept


def _columns(record) -> dict:
    return as_plain(record, _proposing(type(record)))


@cache
def _proposing(model) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if field.name not in GIVEN_LATER]


def _proposed(rows: list[ImportRow]) -> dict[type, list]:
    """The entries and observations that wait in these rows, each with its owner and source fetched."""
    proposed: dict[type, list] = {model: [] for model in WAITING}
    for row in rows:
        for kind, columns in row.proposed:
            model = NOUNS[kind]
            fields = {field.attname: field for field in model._meta.concrete_fields}
            proposed[model].append(model(**{name: fields[name].to_python(value) for name, value in columns.items()}))
    for model, names in ((CapitalEntry, ("project", "enterprise", "source", "certificate", "buyer")),
                         (ZoneObservation, ("zone", "place", "source"))):
        for name in names:
            tie(proposed[model], model._meta.get_field(name))
    return proposed


def amend_rows(act: Writing, wanted: Iterable[tuple[ImportRow, int | None, dict]]) -> set:
    """Give records the plain columns that rows keep for them; return those that have changed. ``wanted``: the row, the
    version that was seen (None: whatever it is), and the columns."""
    amendments: dict[type, list[Amendment]] = defaultdict(list)
    for row, version, columns in wanted:
        if columns:
            model = NOUNS[row.kind]
            fields = {field.attname: field for field in model._meta.concrete_fields}
            amendments[model].append(Amendment(row.code, version, {
                name: fields[name].to_python(value) for name, value in columns.items()}))
    reports = _amend_reports(act, amendments.pop(OperatingReport, []))
    return reports | {record for model, some in amendments.items()
                      for record in amend_many(act=act, model=model, amendments=some)}


def _amend_reports(act: Writing, amendments: list[Amendment]) -> set:
    """Reports have rules of their own, and are few."""
    found = {record.code: record for record in _records(OperatingReport, [each.code for each in amendments])}
    return {amend_report(act=act, record=found[each.code], version=each.version, **each.columns) for each in amendments}


def _observe_many(act: Writing, observations: list[ZoneObservation]) -> None:
    last: dict[object, int] = {}
    for each in observations:
        owner = each.zone or each.place
        if owner not in last:
            last[owner] = max(owner.observations.values_list("number", flat=True), default=0)
        last[owner] += 1
        each.number, each.code = last[owner], f"{owner.code}-{last[owner]}"
    create_many(act=act, records=observations, seen=ZoneObservation.is_public)


def _other_owners(children: Iterable, made: dict[type, list]) -> set:
    """The projects of these children, or the enterprises where there is none, that the batch has not made itself."""
    own = {(type(record), record.pk) for records in made.values() for record in records}
    owners = {child.project or child.enterprise for child in children}
    return {owner for owner in owners if (type(owner), owner.pk) not in own}
