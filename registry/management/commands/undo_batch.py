"""``manage.py undo_batch ID --by USERNAME``: take a whole import back, or say what rests on it."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from registry.actions.batch_undo import RestsOnIt, undo
from registry.actions.writing import writing
from registry.models import ImportBatch
from registry.vocabulary.change import Door
from registry.vocabulary.errors import RuleBroken

from .import_workbook import officer_named


class Command(BaseCommand):
    help = "Take a whole import back: delete its drafts, or reverse, withdraw and restore what it published."

    def add_arguments(self, parser):
        parser.add_argument("batch", metavar="ID", help="the number of the batch, or its code IMP-000001")
        parser.add_argument("--by", metavar="USERNAME", required=True)
        parser.add_argument("--reason", default="", help="why it is taken back")

    def handle(self, *, batch: str, by: str, reason: str, **options):
        officer = officer_named(by)
        found = ImportBatch.objects.filter(**({"pk": int(batch)} if batch.isdecimal() else {"code": batch})).first()
        if found is None:
            raise CommandError(_("Không có lô nhập “%(batch)s”.") % {"batch": batch})
        reason = reason.strip() or _("Hoàn tác lô nhập %(code)s") % {"code": found.code}
        try:
            with writing(by=officer, reason=reason, door=Door.SHELL) as act:
                undo(act=act, batch=found, reason=reason)
        except RestsOnIt as error:
            raise CommandError("\n".join([str(error), *error.items])) from error
        except RuleBroken as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_("Đã hoàn tác lô %(code)s.") % {"code": found.code})
