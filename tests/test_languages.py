"""Korean and Chinese: the pages that stand in them have no text left over, and one word for one thing."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import trans_real

from registry.exchange.messages import collect, read_catalog, text_of, texts_of
from registry.models import Zone
from registry.vocabulary.language import PARTLY
from registry.vocabulary.sector_east import SECTORS
from tests.web.conftest import static_files_where_they_lie

__all__ = ["static_files_where_they_lie"]

ROOT = Path(settings.BASE_DIR)
PLACEHOLDER = re.compile(r"%(?:\([a-z_]+\))?[.0-9]*[sdf%]")
TAG = re.compile(r"</?[a-z]+[^>]*>")
VIETNAMESE = re.compile(r"[À-ỹĐđ]")
# What a reader types, whatever the page's language.
TYPED = re.compile(r"bán dẫn")

# What the pages are made of that stand in every language, and the words that their records bring along.
TEMPLATES = ("base", "home", "home/*", "zone/*", "statistics/*", "record/list", "parts/*", "map/finding", "map/legend",
             "map/drawing", "problem", "search/form")
MODULES = ("vocabulary/attribute", "vocabulary/zone", "vocabulary/project", "vocabulary/statement",
           "vocabulary/capital", "vocabulary/milestone", "vocabulary/investor", "pages/statistics",
           "pages/statistics_sheet", "pages/zone_sheet", "pages/home", "pages/list_form", "pages/map_sheet",
           "pages/observed", "pages/stated", "web/problems", "web/middleware", "web/statistics_filters",
           "templatetags/register_format")
PATHS = (
    "/", "/zones/", "/zones/?search=zzz", "/zones/?kind=nix", "/zones/khong-co/", "/statistics/",
    "/zones/?kind=industrial_park&former_province=bac-ninh&ordering=-updated_at",
    "/statistics/?as_of=1990-01-01", "/statistics/?as_of=nix", "/statistics/?by=zone&sector=26&known_on=2026-11-01",
    *(f"/statistics/?by={by}" for by in ("year", "quarter", "month", "country", "section", "place", "form", "status",
                                         "investor", "registrar")),
)


def catalog(language: str):
    return read_catalog(po(language))


def po(language: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def forms(value) -> list[str]:
    return list(value) if isinstance(value, (tuple, list)) else [value]


def messages(language: str):
    return [message for message in catalog(language) if message.id]


@pytest.mark.parametrize("language", PARTLY)
class TestCatalog:
    def test_every_text_of_its_pages_is_translated(self, language):
        paths = [path for each in TEMPLATES for path in (ROOT / "templates" / "registry").glob(f"{each}.html")]
        texts = texts_of([*paths, *(ROOT / "registry" / f"{each}.py" for each in MODULES)])
        found = catalog(language)
        assert sorted(text for text, context in texts if not found.get(text, context)) == []

    def test_it_has_no_empty_text_and_is_written_as_it_is_collected(self, language):
        assert [message.id for message in messages(language) if not all(forms(message.string))] == []
        assert text_of(catalog(language)) == po(language).read_text(encoding="utf-8")

    def test_it_keeps_the_placeholders_and_the_markup(self, language):
        for message in messages(language):
            wanted = sorted(PLACEHOLDER.findall(forms(message.id)[0]))
            marked = sorted(TAG.findall(forms(message.id)[0]))
            for text in forms(message.string):
                assert sorted(PLACEHOLDER.findall(text)) == wanted, message.id
                assert sorted(TAG.findall(text)) == marked, message.id

    def test_it_is_not_vietnamese(self, language):
        told = [text for message in messages(language) for text in forms(message.string)]
        assert [text for text in told if VIETNAMESE.search(TYPED.sub("", text))] == []

    def test_it_keeps_to_the_glossary(self, language):
        lines = (ROOT / "docs" / "glossary-ko-zh.md").read_text(encoding="utf-8").splitlines()
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")][1:]
        assert len(rows) > 50
        found, place = catalog(language), {"ko": 2, "zh": 3}[language]
        for row in rows:
            assert forms(found.get(row[0]).string)[0] == row[place], row[0]


@pytest.fixture
def asked(monkeypatch) -> set[str]:
    """The texts that pages asked for, with their contexts as gettext joins them."""
    found: set[str] = set()
    one, several = trans_real.DjangoTranslation.gettext, trans_real.DjangoTranslation.ngettext
    monkeypatch.setattr(trans_real.DjangoTranslation, "gettext",
                        lambda self, text: found.add(text) or one(self, text))
    monkeypatch.setattr(trans_real.DjangoTranslation, "ngettext",
                        lambda self, text, plural, n: found.add(text) or several(self, text, plural, n))
    return found


def joined(messages) -> set[str]:
    return {f"{message.context}\x04{forms(message.id)[0]}" if message.context else forms(message.id)[0]
            for message in messages if message.id}


@pytest.mark.django_db
@pytest.mark.usefixtures("press", "static_files_where_they_lie")
@pytest.mark.parametrize("language", PARTLY)
def test_no_page_asks_for_a_text_that_its_language_lacks(client, language, asked):
    paths = [*PATHS, *(f"/zones/{code}/" for code in Zone.objects.values_list("code", flat=True))]
    for path in paths:
        assert client.get(f"/{language}{path}").status_code in (200, 400, 404), path
    of_the_project = joined(collect(ROOT, catalog("en")))
    assert sorted(asked & of_the_project - joined(catalog(language))) == []


def test_every_sector_has_its_names():
    rows = json.loads((ROOT / "fixtures" / "sectors.json").read_text(encoding="utf-8"))["rows"]
    assert {f"{row['version']}-{row['code']}" for row in rows} == set(SECTORS)
    assert all(name and not VIETNAMESE.search(name) for names in SECTORS.values() for name in names)
