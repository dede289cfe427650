"""``manage.py write_template TABLE FILE.xlsx``: the empty workbook to fill."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from registry.exchange.imports.preview import table_named
from registry.exchange.imports.template import write_template
from registry.vocabulary.errors import RuleBroken


class Command(BaseCommand):
    help = "Write the empty workbook of a table, with lists to choose from; the importer ignores its example row."

    def add_arguments(self, parser):
        parser.add_argument("table", metavar="TABLE")
        parser.add_argument("file", metavar="FILE.xlsx", type=Path)

    def handle(self, *, table: str, file: Path, **options):
        try:
            table_named(table)
            with file.open("w+b") as out:
                write_template(out, table, today=timezone.localdate())
        except RuleBroken as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
