"""How templates show amounts, days and names in the reader's language. They format and never compute."""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from registry.models import NOUNS
from registry.vocabulary.attribute import UNITS, attribute_label
from registry.vocabulary.change import Verb
from registry.vocabulary.investor import INDIVIDUAL
from registry.vocabulary.language import PARTLY, tag_of
from registry.vocabulary.money import format_amount, format_short
from registry.vocabulary.period import VagueDay
from registry.vocabulary.period_east import in_eastern
from registry.web import languages
from registry.web.names import called

register = template.Library()

SAID = {
    "certificate": gettext_lazy("trên giấy chứng nhận:"),
    "press": gettext_lazy("báo chí nêu:"),
    "planned": gettext_lazy("kế hoạch:"),
}
CENT = Decimal("0.01")
PARAGRAPH = re.compile(r"paragraph ([0-9]+)")


def _is_vietnamese() -> bool:
    return get_language() == "vi"


@register.filter
def amount(value: Decimal) -> str:
    """An amount without its currency, where the unit stands elsewhere: "1.600.000.000"."""
    return format_amount(Decimal(value), "", get_language()).strip()


@register.filter
def usd(amount: Decimal) -> str:
    """"1.600.000.000 USD", in English "1,600,000,000 USD"."""
    return format_amount(amount, "USD", get_language())


@register.filter
def usd_short(amount: Decimal) -> str:
    """"1,6 tỷ USD", in English "USD 1.6 billion"."""
    return format_short(amount, "USD", get_language())


@register.filter
def money(amount: Decimal, currency: str) -> str:
    """An amount in any currency, written out."""
    return format_amount(amount, currency, get_language())


@register.filter
def money_short(amount: Decimal, currency: str) -> str:
    """An amount in any currency, in millions or billions."""
    return format_short(amount, currency, get_language())


@register.filter
def number(value) -> str:
    """A number with the reader's signs, zeros after the decimal sign left out; empty for None."""
    if value is None:
        return ""
    text = f"{Decimal(value):f}"
    plain = Decimal(text.rstrip("0").rstrip(".") if "." in text else text)
    return number_format(plain, use_l10n=True, force_grouping=True)


@register.filter
def millions(value: Decimal | None) -> str:
    """Dollars in millions with two places as the agency prints them: "(1,50)" below zero, "-" for zero, empty for
    None."""
    if value is None:
        return ""
    if not value:
        return "-"
    rounded = (abs(Decimal(value)) / 1_000_000).quantize(CENT, ROUND_HALF_UP)
    text = number_format(rounded, decimal_pos=2, use_l10n=True, force_grouping=True)
    return f"({text})" if value < 0 else text


@register.filter
def or_dash(value: int) -> str:
    """A count as the agency prints it: "-" for zero."""
    return number(value) if value else "-"


@register.filter
def percent(value: Decimal) -> str:
    """"0,05 %", in English "0.05%"."""
    return f"{number(value)}\N{NO-BREAK SPACE}%" if _is_vietnamese() else f"{number(value)}%"


@register.filter
def vague_day(day: VagueDay | None) -> str:
    """A day as stated: "cuối tháng 10/2023", in English "late October 2023"; empty for None."""
    if day is None:
        return ""
    return stated_day(day.label, day.label_en)


@register.filter
def day(value: date | datetime | None) -> SafeString | str:
    """An exact day as ``<time>``: 22/11/2026, in English 22 November 2026; empty for None."""
    if value is None:
        return ""
    on = timezone.localdate(value) if isinstance(value, datetime) else value
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), date_format(on))


@register.filter
def moment(value: datetime) -> SafeString:
    """A moment in Asia/Ho_Chi_Minh as ``<time>``, to the minute."""
    local = timezone.localtime(value)
    shown = _("%(day)s, %(time)s") % {"day": date_format(local), "time": local.strftime("%H:%M")}
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), shown)


@register.filter
def mark(figure) -> str:
    """How sure a figure is: "certificate" where all of it rests on certificates, else "press"; empty for a sum of 0.

    ``figure`` has ``registered_usd`` and ``confirmed_usd``, or is one ledger entry.
    """
    if hasattr(figure, "confirmed"):
        return "certificate" if figure.confirmed else "press"
    if not figure.registered_usd:
        return ""
    return "certificate" if figure.registered_usd == figure.confirmed_usd else "press"


@register.filter
def said(mark: str) -> str:
    """A mark in words, for who does not see it."""
    return str(SAID.get(mark, ""))


@register.inclusion_tag("registry/parts/figure.html")
def figure(amount: Decimal, kind: str = "", unit: str = "USD") -> dict:
    """An amount with its mark ("certificate", "press", "planned"; empty: none) and its unit (empty: in the heading)."""
    return {"amount": amount, "kind": kind, "said": said(kind), "unit": unit}


@register.filter
def locator(words: str) -> str:
    """Where in a source: "đoạn 7" for "paragraph 7"; other words as they are."""
    found = PARAGRAPH.fullmatch(words)
    return (_("đoạn %(number)s") % {"number": found[1]}).replace(" ", "\N{NO-BREAK SPACE}") if found else words


@register.filter
def attribute(word: str) -> str:
    """What a statement's attribute is called."""
    return str(attribute_label(word))


@register.filter
def unit(word: str) -> str:
    """What a statement's unit is called; its own word where nobody has named it yet."""
    return str(UNITS.get(word, word))


@register.filter
def verb(word: str) -> str:
    """What was done to a record: "tạo mới"."""
    return str(Verb(word).label)


@register.filter
def kind(word: str) -> str:
    """What a kind of record is called."""
    return str(NOUNS[word]._meta.verbose_name) if word in NOUNS else word


@register.filter
def kinds(words) -> str:
    """What kinds of records these are: "bút toán vốn, mốc tiến độ"."""
    return ", ".join(kind(word) for word in words)


@register.filter
def sentence(text) -> str:
    """The text with a capital at its beginning."""
    text = str(text)
    return text[:1].upper() + text[1:]


@register.filter
def name_here(record) -> str:
    """A record's name in the reader's language, in Vietnamese where it has no English one."""
    return called(record)[0]


@register.filter
def lang_here(record) -> str:
    """The language of the name that ``name_here`` gives where that is not the page's, else empty."""
    return called(record)[1]


def stated_day(label: str, label_en: str) -> str:
    """A stated day in the reader's language, from its words in Vietnamese and in English."""
    language = get_language()
    if language in PARTLY:
        return in_eastern(label_en, language)
    return label if language == "vi" else label_en


@register.filter
def of_both(names: tuple[str, str]) -> str:
    """Of a text in Vietnamese and in English the reader's."""
    return names[0] if _is_vietnamese() else names[1]


@register.simple_tag
def named(record) -> SafeString | str:
    """A record's name, marked as Vietnamese where an English page has nothing better."""
    return in_its_language(name_here(record), lang_here(record))


@register.simple_tag
def vietnamese(text: str, english: str = "") -> SafeString | str:
    """A text of a record, which is Vietnamese; in English where it has English words or the register wrote it."""
    if _is_vietnamese() or not text:
        return text
    told = _(text)
    if get_language() in PARTLY and told == text and english:
        return in_its_language(english, "en")
    told = told if get_language() in PARTLY else english or told
    return in_its_language(told, "vi" if told == text and not text.isascii() else "")


@register.simple_tag
def investor_name(investor) -> SafeString | str:
    """What the public calls an investor: a natural person is never named, nor one who is not published."""
    if not investor.is_public():
        return format_html('<span class="unknown">{}</span>', _("không công khai"))
    return str(INDIVIDUAL) if investor.is_person else named(investor)


def in_its_language(text: str, language: str) -> SafeString | str:
    return format_html('<span lang="{}">{}</span>', tag_of(language), text) if language else text


@register.simple_tag(takes_context=True)
def address_in(context, language: str, *, absolute: bool = False) -> str:
    """This page's address in another language, its query kept."""
    request = context["request"]
    address = languages.address_in(language, request.get_full_path())
    return request.build_absolute_uri(address) if absolute else address


@register.simple_tag(takes_context=True)
def canonical(context) -> str:
    """The permanent address of this page, without its query."""
    request = context["request"]
    return request.build_absolute_uri(request.path)
