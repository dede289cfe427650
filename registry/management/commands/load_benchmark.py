"""``manage.py load_benchmark DIR``: the folder of bench/make_dataset.py into a register without projects."""

import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext_lazy as _

from registry.actions.writing import writing
from registry.exchange.benchmark import REASON, load_benchmark
from registry.vocabulary.change import Door
from registry.vocabulary.errors import RuleBroken

BAR_WIDTH = 30
LINE_EVERY = 50_000


class Command(BaseCommand):
    help = "Load the folder that bench/make_dataset.py writes into a register without projects: every row or none."

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR", type=Path)

    def handle(self, *, folder: Path, **options):
        started = time.monotonic()
        drawn = self.stderr.isatty()
        try:
            with writing(by="load_benchmark", reason=REASON, door=Door.LOADER) as act:
                loaded = load_benchmark(act, folder, self.draw if drawn else self.print_line)
        except RuleBroken as error:
            # Below the bar, not behind it.
            raise CommandError(f"\n{error}" if drawn else str(error)) from error
        seconds = time.monotonic() - started
        self.stdout.write(
            str(_("Đã nạp %(rows)d dòng trong %(seconds).1f giây: %(speed)d dòng/giây (rows/s)."))
            % {"rows": loaded.rows, "seconds": seconds, "speed": loaded.rows / seconds}
        )

    def draw(self, file: str, read: int, rows: int) -> None:
        """A bar on one line of the terminal, which the next one overwrites."""
        part = read / rows if rows else 1
        bar = "█" * int(part * BAR_WIDTH)
        end = "\n" if read == rows else ""
        self.stderr.write(f"\r{file:22} {bar:{BAR_WIDTH}} {part:4.0%} {read}", style_func=str, ending=end)
        self.stderr.flush()

    def print_line(self, file: str, read: int, rows: int) -> None:
        if read == rows or read % LINE_EVERY == 0:
            self.stdout.write(f"{file}: {read}/{rows}")
