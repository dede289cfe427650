"""Every text has its English, with the same placeholders, and the catalog is whole."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from registry.exchange.messages import collect, read_catalog, text_of

ROOT = Path(settings.BASE_DIR)
PO = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%(?:\([a-z_]+\))?[.0-9]*[sdf%]")
TAG = re.compile(r"</?[a-z]+[^>]*>|&[a-z]+;")

# What is Vietnamese in English too: names, and examples of what officers type.
NAMES = re.compile(
    r"Bắc( |&nbsp;)(Ninh|Giang)|Việt Nam|Yên Phong|đồng|tỷ|tháng|cuối|quý|đầu|năm|từ|đến|“[^”]*”"
)
VIETNAMESE = re.compile(r"[À-ỹĐđ]")


def messages():
    return [message for message in read_catalog(PO) if message.id]


def forms(value) -> list[str]:
    return list(value) if isinstance(value, (tuple, list)) else [value]


def test_collecting_again_would_change_nothing():
    assert text_of(collect(ROOT, read_catalog(PO))) == PO.read_text(encoding="utf-8"), "run: make messages"


def test_every_text_has_its_english():
    assert [message.id for message in messages() if not all(forms(message.string))] == []


def test_english_keeps_the_placeholders_and_the_markup():
    for message in messages():
        wanted = sorted(PLACEHOLDER.findall(forms(message.id)[0]))
        marked = sorted(TAG.findall(forms(message.id)[0]))
        for text in forms(message.string):
            assert sorted(PLACEHOLDER.findall(text)) == wanted, message.id
            if "&nbsp;" not in text:
                assert sorted(TAG.findall(text)) == marked, message.id


def test_english_is_english():
    for message in messages():
        for text in forms(message.string):
            assert not VIETNAMESE.search(NAMES.sub("", text)), text


def test_a_plural_has_both_forms():
    plurals = [message for message in messages() if message.pluralizable]
    assert plurals
    assert all(len(message.string) == 2 for message in plurals)


@pytest.mark.parametrize("language, wanted", [("vi", "bút toán đảo"), ("en", "reversal")])
def test_the_compiled_catalog_is_in_use(language, wanted):
    with translation.override(language):
        assert gettext("bút toán đảo") == wanted
