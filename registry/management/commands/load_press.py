"""Load the press facts: five articles, what they state, and the records made of them."""

from django.core.management import BaseCommand

from registry.actions.writing import writing
from registry.exchange.figures import REASON as FIGURES
from registry.exchange.figures import load_figures
from registry.exchange.press import REASON, is_loaded, load_press
from registry.exchange.reference import load_reference
from registry.vocabulary.change import Door


class Command(BaseCommand):
    help = "Load the press facts (and the reference lists that they name). Running it again changes nothing."

    def handle(self, *args, **options):
        with writing(by="nạp dữ liệu", reason="Nạp danh mục", door=Door.LOADER) as act:
            load_reference(act, self.stdout.write)
        if is_loaded():
            self.stdout.write("The press facts are loaded already.")
        else:
            with writing(by="nạp dữ liệu", reason=REASON, door=Door.LOADER) as act:
                self.stdout.write(f"press statements: {load_press(act)}")
        with writing(by="nạp dữ liệu", reason=FIGURES, door=Door.LOADER) as act:
            self.stdout.write(f"figures of the province: {load_figures(act)}")
