"""The texts in other languages: collected from the code and the templates, and compiled without msgfmt."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from registry.vocabulary.language import PARTLY

KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}

# Ours, because the one that Babel writes carries the moment and its own version, and so changes by itself.
HEADER = """\
# {about}
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural};\\n"

"""
ENGLISH = "en"
SOME = "of the pages that stand in it; what it lacks is read in English. docs/glossary-ko-zh.md has its terms."
ABOUT = {
    ENGLISH: "The English of the register's pages, API and officers' door. `make messages` collects what is missing.",
    "ko": f"The Korean {SOME}", "zh": f"The Chinese {SOME}",
}


def sources_of_messages(root: Path) -> list[Path]:
    """The files with texts to translate, of the project in this folder."""
    return sorted([
        *(path for path in root.glob("registry/**/*.py") if "migrations" not in path.parts),
        *root.glob("bacninh_fdi/*.py"), *root.glob("templates/**/*.html"), *root.glob("templates/**/*.txt"),
        *root.glob("templates/**/*.svg"),
    ])


def texts_of(paths: Iterable[Path]) -> set[tuple[str, str | None]]:
    """The texts of these files, each with its context; of one with a plural its singular."""
    return {(text if isinstance(text, str) else text[0], context)
            for path in paths for text, context in _messages_in(path)}


def collect(root: Path, existing: Catalog) -> Catalog:
    """The catalog of every text in the project, with the translations that ``existing`` has; obsolete ones left out."""
    catalog = Catalog(locale="en", fuzzy=False)
    for path in sources_of_messages(root):
        for message, context in _messages_in(path):
            known = existing.get(message[0] if isinstance(message, tuple) else message, context)
            catalog.add(message, string=known.string if known and known.id == message else None, context=context)
    return catalog


def read_catalog(path: Path) -> Catalog:
    """The catalog in a .po file; an empty one where there is no file."""
    if not path.exists():
        return Catalog(locale=_language_of(path), fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=_language_of(path), ignore_obsolete=True)


def text_of(catalog: Catalog) -> str:
    """The .po file of a catalog: sorted, without places and times, so that it changes only where a text does."""
    body = BytesIO()
    write_po(body, catalog, width=110, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    language = str(catalog.locale)
    header = HEADER.format(about=ABOUT[language], language=language, plural=catalog.plural_forms.rstrip(";"))
    return header + body.getvalue().decode().strip() + "\n"


def kept(catalog: Catalog, collected: Catalog) -> Catalog:
    """The texts of a catalog that the project still has."""
    found = Catalog(locale=catalog.locale, fuzzy=False)
    for message in catalog:
        if message.id and (now := collected.get(_key(message), message.context)):
            found.add(now.id, string=message.string, context=message.context)
    return found


def compile_messages(locale_dir: Path) -> list[Path]:
    """Write each .mo that is missing or older than its .po; return those written. Several processes may call it."""
    written = []
    english = Path(locale_dir) / ENGLISH / "LC_MESSAGES" / "django.po"
    for po in sorted(Path(locale_dir).glob("*/LC_MESSAGES/*.po")):
        mo, sources = po.with_suffix(".mo"), [po, english] if _language_of(po) in PARTLY else [po]
        if mo.exists() and mo.stat().st_mtime_ns >= max(each.stat().st_mtime_ns for each in sources):
            continue
        catalog = read_catalog(po)
        if english in sources and po != english:
            catalog = _filled(catalog, read_catalog(english))
        with tempfile.NamedTemporaryFile(dir=po.parent, suffix=".tmp", delete=False) as file:
            write_mo(file, catalog)
        Path(file.name).chmod(0o644)
        os.replace(file.name, mo)
        written.append(mo)
    return written


def _filled(catalog: Catalog, english: Catalog) -> Catalog:
    """A catalog with English where it lacks a text: without it readers would meet Vietnamese."""
    for message in english:
        if message.id and message.string and not catalog.get(_key(message), message.context):
            string = message.string if isinstance(message.string, str) else message.string[-1:]
            catalog.add(message.id, string=string, context=message.context)
    return catalog


def _key(message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _language_of(path: Path) -> str:
    """The language of ``<language>/LC_MESSAGES/django.po``; English for a path of another shape."""
    return path.parts[-3] if path.parent.name == "LC_MESSAGES" else ENGLISH


def _messages_in(path: Path) -> Iterator[tuple[str | tuple[str, str], str | None]]:
    """Each text of a file with its context; a pair where it has a plural."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # A template's indents are no Python's.
        source = "\n".join(line.lstrip() for line in templatize(source, origin=str(path)).splitlines())
    found: Iterable = extract("python", BytesIO(source.encode()), keywords=KEYWORDS)
    for _line, message, _comments, context in found:
        yield message if isinstance(message, str) else tuple(message), context
