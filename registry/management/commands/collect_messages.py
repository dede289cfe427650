"""Collect the texts to translate into ``locale/``; no xgettext needed."""

from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand

from registry.exchange.messages import collect, compile_messages, kept, read_catalog, text_of
from registry.vocabulary.language import PARTLY


class Command(BaseCommand):
    requires_system_checks = ()  # a half-written page must not keep its texts from being collected
    help = "Collect the texts of code and templates into locale/en, keep their translations, and compile them."

    def handle(self, *args, **options):
        locale_dir = Path(settings.LOCALE_PATHS[0])
        path = locale_dir / "en" / "LC_MESSAGES" / "django.po"
        catalog = collect(Path(settings.BASE_DIR), read_catalog(path))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text_of(catalog), encoding="utf-8")
        for language in PARTLY:
            self.tidy(locale_dir / language / "LC_MESSAGES" / "django.po", catalog)
        compile_messages(locale_dir)
        missing = [message.id for message in catalog if message.id and not is_translated(message.string)]
        self.stdout.write(f"{len(catalog)} texts, {len(missing)} without English")
        for text in missing:
            self.stdout.write(f"  {text}")


    def tidy(self, path: Path, collected) -> None:
        """Leave out what the project no longer says; the tests find what a page in this language lacks."""
        catalog = read_catalog(path)
        now = kept(catalog, collected)
        path.write_text(text_of(now), encoding="utf-8")
        self.stdout.write(f"{path.parts[-3]}: {len(now)} texts, {len(catalog) - len(now)} no longer used")


def is_translated(string) -> bool:
    return all(string) if isinstance(string, (tuple, list)) else bool(string)
