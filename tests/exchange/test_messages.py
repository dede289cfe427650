"""Texts collected from code and templates, kept with their translations, and compiled when they changed."""

import gettext
import os
from pathlib import Path

import pytest

from registry.exchange.messages import collect, compile_messages, kept, read_catalog, text_of

PYTHON = '''
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext

ONE = _("một")
TWO = gettext_lazy(
    "hai "
    "dòng %(name)s"
)
THREE = ngettext("%(count)d tờ", "%(count)d tờ", 3)
FOUR = pgettext("đơn vị", "khu")
NOT = "không dịch"
'''
TEMPLATE = """
{% load i18n %}
  <p title="{% translate "đầu đề" %}">{% translate 'nội dung 100%' %}
      {% blocktranslate with a=x|upper count n=n %}{{ n }} của {{ a }}{% plural %}{{ n }} cái{% endblocktranslate %}
    </p>
{# không phải chữ #}
"""


@pytest.fixture
def root(tmp_path) -> Path:
    for name, text in {
        "registry/nouns.py": PYTHON, "registry/migrations/0001_old.py": 'from x import _\n_("cũ")\n',
        "bacninh_fdi/settings.py": '_("thiết lập")', "templates/registry/page.html": TEMPLATE,
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_it_finds_every_text_once(root):
    catalog = collect(root, read_catalog(root / "none.po"))
    assert {(message.context, message.id) for message in catalog if message.id} == {
        (None, "một"), (None, "hai dòng %(name)s"), (None, ("%(count)d tờ", "%(count)d tờ")), ("đơn vị", "khu"),
        (None, "thiết lập"), (None, "đầu đề"), (None, "nội dung 100%%"),
        (None, ("%(n)s của %(a)s", "%(n)s cái")),
    }


def test_it_keeps_translations_and_leaves_obsolete_texts_out(root):
    path = root / "django.po"
    catalog = collect(root, read_catalog(path))
    catalog["một"].string = "one"
    catalog.add("đã bỏ", string="gone")
    path.write_text(text_of(catalog), encoding="utf-8")
    again = collect(root, read_catalog(path))
    assert again["một"].string == "one"
    assert "đã bỏ" not in again
    assert "gone" not in text_of(again)


def test_the_text_of_a_catalog_is_always_the_same(root):
    catalog = collect(root, read_catalog(root / "none.po"))
    path = root / "django.po"
    path.write_text(text_of(catalog), encoding="utf-8")
    assert text_of(read_catalog(path)) == path.read_text(encoding="utf-8")
    assert "POT-Creation-Date" not in text_of(catalog) and str(root) not in text_of(catalog)


def written(root: Path, english: str) -> Path:
    po = root / "locale" / "en" / "LC_MESSAGES" / "django.po"
    po.parent.mkdir(parents=True, exist_ok=True)
    catalog = collect(root, read_catalog(po))
    catalog["một"].string = english
    catalog["%(count)d tờ"].string = ("%(count)d sheet", "%(count)d sheets")
    po.write_text(text_of(catalog), encoding="utf-8")
    return po


def test_it_compiles_what_is_missing_or_older(root):
    po = written(root, "one")
    mo = po.with_suffix(".mo")
    assert compile_messages(root / "locale") == [mo]
    assert compile_messages(root / "locale") == []
    with mo.open("rb") as file:
        english = gettext.GNUTranslations(file)
    assert english.gettext("một") == "one"
    assert english.ngettext("%(count)d tờ", "%(count)d tờ", 2) == "%(count)d sheets"
    assert english.gettext("thiết lập") == "thiết lập"

    po = written(root, "another")
    os.utime(mo, ns=(0, 0))
    assert compile_messages(root / "locale") == [mo]
    with mo.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("một") == "another"
    assert [path.name for path in po.parent.iterdir() if path.suffix == ".tmp"] == []


def test_no_folder_is_nothing_to_compile(tmp_path):
    assert compile_messages(tmp_path / "locale") == []


def korean(root: Path) -> Path:
    po = root / "locale" / "ko" / "LC_MESSAGES" / "django.po"
    po.parent.mkdir(parents=True, exist_ok=True)
    catalog = read_catalog(po)
    catalog.add("một", string="하나")
    catalog.add("đã bỏ", string="없음")
    po.write_text(text_of(catalog), encoding="utf-8")
    return po


def test_what_a_language_lacks_is_compiled_in_english(root):
    english, po = written(root, "one"), korean(root)
    assert len(compile_messages(root / "locale")) == 2
    with po.with_suffix(".mo").open("rb") as file:
        told = gettext.GNUTranslations(file)
    assert told.gettext("một") == "하나"
    assert told.ngettext("%(count)d tờ", "%(count)d tờ", 1) == "%(count)d sheets"
    assert told.gettext("thiết lập") == "thiết lập"

    os.utime(po.with_suffix(".mo"), ns=(english.stat().st_mtime_ns - 1,) * 2)
    os.utime(english.with_suffix(".mo"))
    assert compile_messages(root / "locale") == [po.with_suffix(".mo")]


def test_a_text_that_the_project_no_longer_says_is_left_out(root):
    po = korean(root)
    now = kept(read_catalog(po), collect(root, read_catalog(root / "none.po")))
    assert {message.id: message.string for message in now if message.id} == {"một": "하나"}
    assert "Language: ko" in text_of(now) and "nplurals=1" in text_of(now)
