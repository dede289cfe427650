"""The English texts: collected from the code and the templates, and compiled without msgfmt."""

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

KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}

# Ours, because the one that Babel writes carries the moment and its own version, and so changes by itself.
HEADER = """\
# The English of the register's pages, API and officers' door. `make messages` collects what is missing.
msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def sources_of_messages(root: Path) -> list[Path]:
    """The files with texts to translate, of the project in this folder."""
    return sorted([
        *(path for path in root.glob("registry/**/*.py") if "migrations" not in path.parts),
        *root.glob("bacninh_fdi/*.py"), *root.glob("templates/**/*.html"), *root.glob("templates/**/*.txt"),
        *root.glob("templates/**/*.svg"),
    ])


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
        return Catalog(locale="en", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale="en", ignore_obsolete=True)


def text_of(catalog: Catalog) -> str:
    """The .po file of a catalog: sorted, without places and times, so that it changes only where a text does."""
    body = BytesIO()
    write_po(body, catalog, width=110, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    return HEADER + body.getvalue().decode().strip() + "\n"


def compile_messages(locale_dir: Path) -> list[Path]:
    """Write each .mo that is missing or older than its .po; return those written. Several processes may call it."""
    written = []
    for po in sorted(Path(locale_dir).glob("*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns:
            continue
        with tempfile.NamedTemporaryFile(dir=po.parent, suffix=".tmp", delete=False) as file:
            write_mo(file, read_catalog(po))
        Path(file.name).chmod(0o644)
        os.replace(file.name, mo)
        written.append(mo)
    return written


def _messages_in(path: Path) -> Iterator[tuple[str | tuple[str, str], str | None]]:
    """Each text of a file with its context; a pair where it has a plural."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # A template's indents are no Python's.
        source = "\n".join(line.lstrip() for line in templatize(source, origin=str(path)).splitlines())
    found: Iterable = extract("python", BytesIO(source.encode()), keywords=KEYWORDS)
    for _line, message, _comments, context in found:
        yield message if isinstance(message, str) else tuple(message), context
