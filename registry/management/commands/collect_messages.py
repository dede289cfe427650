"""Collect the texts to translate into ``locale/``; no xgettext needed."""

from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand

from registry.exchange.messages import collect, compile_messages, read_catalog, text_of


class Command(BaseCommand):
    requires_system_checks = ()  # a half-written page must not keep its texts from being collected
    help = "Collect the texts of code and templates into locale/en, keep their translations, and compile them."

    def handle(self, *args, **options):
        locale_dir = Path(settings.LOCALE_PATHS[0])
        path = locale_dir / "en" / "LC_MESSAGES" / "django.po"
        catalog = collect(Path(settings.BASE_DIR), read_catalog(path))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text_of(catalog), encoding="utf-8")
        compile_messages(locale_dir)
        missing = [message.id for message in catalog if message.id and not is_translated(message.string)]
        self.stdout.write(f"{len(catalog)} texts, {len(missing)} without English")
        for text in missing:
            self.stdout.write(f"  {text}")


def is_translated(string) -> bool:
    return all(string) if isinstance(string, (tuple, list)) else bool(string)
