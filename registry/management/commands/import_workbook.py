"""``manage.py import_workbook FILE --table TABLE``: what a file would change; with ``--apply`` a batch in review."""

import sys
from pathlib import Path

import orjson
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.actions.batch import HasConflicts, RegisterMoved, apply, keep_problems
from registry.actions.plan import NEW_RECORD, SAME_RECORD, Preview
from registry.actions.writing import writing
from registry.exchange.imports.cells import NO_ANSWERS
from registry.exchange.imports.preview import FOR_ALL, Answers, preview_file
from registry.exchange.imports.repeats import MAY_REPEAT, MUST_REPEAT
from registry.models import ImportBatch
from registry.vocabulary.batch import Fate
from registry.vocabulary.change import Door
from registry.vocabulary.errors import RuleBroken

TRIES = 3  # another officer may write between the preview and the lock


class Command(BaseCommand):
    help = "Show what becomes of every row of a file; with --apply, make a batch that waits for review."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--table", required=True)
        parser.add_argument("--apply", action="store_true", help="write a batch in review; nothing is public before")
        parser.add_argument("--by", metavar="USERNAME", help="the officer who answers for it")
        parser.add_argument(
            "--repeats", choices=(SAME_RECORD, NEW_RECORD),
            help="what rows are that say what is there already: they only repeat it, or are other records")
        parser.add_argument("--json", action="store_true", help="the answer for programs")

    def handle(self, *, file: Path, table: str, by: str | None, **options):
        officer = officer_named(by) if options["apply"] else None
        try:
            data = file.read_bytes()
        except FileNotFoundError as error:
            raise CommandError(_("Không có tệp “%(file)s”. Hãy kiểm tra đường dẫn.") % {"file": file}) from error
        except OSError as error:
            told = _("Không đọc được tệp “%(file)s” (%(what)s). Hãy kiểm tra đường dẫn và quyền đọc.")
            raise CommandError(told % {"file": file, "what": error.strerror}) from error
        try:
            preview, batch, refusal = self.run(data, file.name, table, officer, answers_of(options["repeats"]))
        except RuleBroken as error:
            raise CommandError(str(error)) from error
        tell = self.tell_programs if options["json"] else self.tell_people
        tell(preview, batch)
        if refusal and not preview.problems:
            raise CommandError(str(refusal))
        if preview.problems:
            sys.exit(1)

    def run(
        self, data: bytes, name: str, table: str, officer, answers: Answers
    ) -> tuple[Preview, ImportBatch | None, RuleBroken | None]:
        """The preview, the batch that came of it, and why none did."""
        for left in reversed(range(TRIES)):
            preview = preview_file(data, name, table, now=timezone.now(), answers=answers)
            if officer is None:
                return preview, None, None
            reason = _("Nhập tệp %(file)s") % {"file": name}
            try:
                with writing(by=officer, reason=reason, door=Door.SHELL) as act:
                    if preview.problems:
                        keep_problems(act=act, preview=preview, by_name=str(officer))
                        return preview, None, None
                    return preview, apply(act=act, preview=preview), None
            except RegisterMoved:
                if not left:
                    raise
            except HasConflicts as error:
                return preview, None, error
        raise RegisterMoved()

    def tell_programs(self, preview: Preview, batch: ImportBatch | None) -> None:
        counts = preview.counts
        answer = {
            "rows": len(preview.rows), "new": counts[Fate.NEW], "changed": counts[Fate.CHANGED],
            "unchanged": counts[Fate.UNCHANGED], "conflicts": counts[Fate.CONFLICT],
            "errors": [{"sheet": problem.sheet, "cell": problem.cell, "code": problem.code,
                        "message": problem.message} for problem in preview.problems],
            "batch": batch.pk if batch else None,
        }
        self.stdout.write(orjson.dumps(answer).decode())

    def tell_people(self, preview: Preview, batch: ImportBatch | None) -> None:
        for row in preview.rows:
            for difference in row.differences:
                self.stdout.write(f"{row.number} {row.code} {difference.label}: "
                                  f"{difference.before or '—'} → {difference.after or '—'}")
            for note in row.notes:
                self.stdout.write(f"{row.number} {note}")
        for number, why in preview.skipped:
            self.stdout.write(f"{number} ({why})")
        for problem in preview.problems:
            where = f"{problem.sheet}!{problem.cell}: " if problem.cell else ""
            self.stdout.write(f"{where}{problem.message}")
        counted = ", ".join(f"{preview.counts[fate]} {fate.label}" for fate in Fate)
        self.stdout.write(_("%(rows)d dòng: %(counts)s.") % {"rows": len(preview.rows), "counts": counted})
        if not (preview.rows or preview.problems):
            self.stdout.write(_("Tệp chỉ có dòng tiêu đề, không có dòng nào để nhập."))
        if batch:
            told = _("Lô %(code)s (số %(id)d): %(state)s.")
            self.stdout.write(told % {"code": batch.code, "id": batch.pk, "state": batch.get_state_display()})


def answers_of(repeats: str | None) -> Answers:
    """The answer for all rows that say what is there already."""
    return {FOR_ALL: {MAY_REPEAT: repeats, MUST_REPEAT: repeats}} if repeats else NO_ANSWERS


def officer_named(username: str | None):
    """The user who answers for it. Raises CommandError."""
    if not username:
        raise CommandError(_("Hãy ghi --by TÊN_ĐĂNG_NHẬP: mỗi thay đổi có người chịu trách nhiệm."))
    found = get_user_model().objects.filter(username=username, is_active=True).first()
    if found is None:
        raise CommandError(_("Không có tài khoản “%(name)s” đang hoạt động.") % {"name": username})
    return found
