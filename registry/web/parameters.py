"""Parameters of a request → a QuerySet: what every list takes, on django-filter's forms.

Each noun's ``RecordFilters`` is the one definition for its API list, its page and its files. A parameter
that takes several values means "or" when repeated; any other given twice is an error, and so is a code
that nobody has.
"""

import re
from datetime import UTC, date, datetime, time
from decimal import Decimal

import django_filters as filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.models import Register
from registry.statistics.log import known_in_future
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.period import FIRST_YEAR, LAST_YEAR
from registry.vocabulary.vietnamese import search_words

from .filter_set import FilterSet
from .problems import BadParameters

LARGEST_AMOUNT = Decimal("90000000000000000.00")
AMOUNT = re.compile(r"-?[0-9]{1,17}(\.[0-9]{1,2})?")
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NONE = "none"  # as the value of a filter: nothing is recorded there
LONGEST_NUMBER = 19  # digits: what a BIGINT holds


class SeveralField(forms.Field):
    """A parameter that may be repeated: a list of different texts. ``or_none``: it also takes ``none``, which means
    that nothing is recorded there."""

    widget = forms.MultipleHiddenInput

    def __init__(self, *args, or_none: bool = False, **kwargs):
        self.or_none = or_none
        super().__init__(*args, **kwargs)

    def clean(self, value):
        texts = list(dict.fromkeys(text for text in super().clean(value) or [] if text != ""))
        if any("\0" in text for text in texts):
            raise forms.ValidationError(_("Giá trị có ký tự NUL; hãy bỏ ký tự đó."))
        for text in self.unknown_among([text for text in texts if not self.is_none(text)]):
            raise self.refusal(text)
        return texts

    def is_none(self, text: str) -> bool:
        return self.or_none and text == NONE

    def valid_among(self, texts: list[str]) -> list[str]:
        """Those that ``clean`` takes. At most one query."""
        readable = [text for text in texts if "\0" not in text]
        unknown = set(self.unknown_among([text for text in readable if text and not self.is_none(text)]))
        return [text for text in readable if text not in unknown]

    def unknown_among(self, texts: list[str]) -> list[str]:
        """Those that are no value of this parameter."""
        return []

    def refusal(self, text: str) -> forms.ValidationError:
        """What is said of the first unknown one."""
        raise NotImplementedError


class KnownField(SeveralField):
    """Values that some public record has in this column. One query."""

    def __init__(self, *args, model, column, **kwargs):
        self.model, self.column = model, column
        super().__init__(*args, **kwargs)

    def unknown_among(self, texts):
        if not texts:
            return []
        rows = self.model.objects.public().filter(**{f"{self.column}__in": texts})
        known = set(rows.values_list(self.column, flat=True))
        return [text for text in texts if text not in known]

    def refusal(self, text):
        return forms.ValidationError(_("Không có mã “%(code)s”; hãy tra mã trong danh mục."), params={"code": text})


class CodesField(KnownField):
    """Codes of public records. One query."""

    def __init__(self, *args, model, **kwargs):
        super().__init__(*args, model=model, column="code", **kwargs)


def not_a_word(word: str, words: list[str]) -> forms.ValidationError:
    return forms.ValidationError(_("Không có giá trị “%(word)s”; hãy chọn một trong: %(words)s."),
                                 params={"word": word, "words": ", ".join(words)})


class WordsField(SeveralField):
    """Words of a closed list."""

    def __init__(self, *args, words, **kwargs):
        self.words = list(words)
        super().__init__(*args, **kwargs)

    def unknown_among(self, texts):
        return [text for text in texts if text not in self.words]

    def refusal(self, text):
        return not_a_word(text, [*self.words, NONE] if self.or_none else self.words)


class WordField(forms.CharField):
    """One word of a closed list."""

    def __init__(self, *args, words, **kwargs):
        self.words = list(words)
        super().__init__(*args, **kwargs)

    def clean(self, value):
        word = super().clean(value)
        if word and word not in self.words:
            raise not_a_word(word, self.words)
        return word


def check_year(day: date) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise forms.ValidationError(_("Năm phải từ 1900 đến 2200."))


class IsoDayField(forms.CharField):
    """A day as 2025-12-31. Any other form is refused: 03/04/2025 has two readings."""

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            # fromisoformat alone also takes 20251231 and 2025-W01-1.
            day = date.fromisoformat(text if ISO_DAY.fullmatch(text) else "")
        except ValueError as error:
            raise forms.ValidationError(
                _("“%(value)s” không phải là một ngày; hãy viết như 2025-12-31."), params={"value": text}
            ) from error
        check_year(day)
        return day


class MomentField(forms.CharField):
    """A moment of ISO 8601, in UTC where it names no zone; a day means its beginning here."""

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            # A plus sign that was not encoded arrives as a space.
            moment = datetime.fromisoformat(text.replace(" ", "+") if "T" in text else text)
        except ValueError as error:
            raise forms.ValidationError(
                _("“%(value)s” không phải là một thời điểm; hãy viết như 2025-12-31T00:00:00Z."),
                params={"value": text},
            ) from error
        check_year(moment)
        if len(text) == 10:
            return datetime.combine(moment.date(), time.min, tzinfo=timezone.get_default_timezone())
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class AmountField(forms.CharField):
    """An amount in US dollars with a point and at most two places."""

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        if not AMOUNT.fullmatch(text) or abs(Decimal(text)) > LARGEST_AMOUNT:
            raise forms.ValidationError(_("“%(value)s” không phải là số tiền; hãy viết như 1600000000.00."),
                                        params={"value": text})
        return Decimal(text)


class WholeField(forms.CharField):
    """A whole number between two bounds."""

    def __init__(self, *args, least, most, **kwargs):
        self.least, self.most = least, most
        super().__init__(*args, **kwargs)

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
        if not (is_number and self.least <= int(text) <= self.most):
            raise forms.ValidationError(_("“%(value)s” phải là số nguyên từ %(least)s đến %(most)s."),
                                        params={"value": text, "least": self.least, "most": self.most})
        return int(text)


class YesField(forms.CharField):
    def clean(self, value):
        text = super().clean(value)
        if text not in ("", "true", "false"):
            raise forms.ValidationError(_("“%(value)s” phải là true hoặc false."), params={"value": text})
        return text == "true"


class SearchField(forms.CharField):
    """The words of a search, folded."""

    def clean(self, value):
        try:
            return search_words(super().clean(value))
        except RuleBroken as error:
            raise forms.ValidationError(str(error)) from error


class Several(filters.Filter):
    field_class = SeveralField


class Known(filters.Filter):
    field_class = KnownField


class Codes(filters.Filter):
    field_class = CodesField


class Words(filters.Filter):
    field_class = WordsField


class Word(filters.Filter):
    field_class = WordField


class IsoDay(filters.Filter):
    field_class = IsoDayField


class Moment(filters.Filter):
    field_class = MomentField


class Amount(filters.Filter):
    field_class = AmountField


class Whole(filters.Filter):
    field_class = WholeField


class Yes(filters.Filter):
    field_class = YesField


class Text(filters.Filter):
    field_class = forms.CharField


class Search(filters.Filter):
    field_class = SearchField


class Parameters(FilterSet):
    """A closed set of parameters. ``today`` comes from the door: the clock is not read here."""

    def __init__(self, data, queryset=None, *, today: date, strict: bool = True):
        self.today, self.strict = today, strict
        super().__init__(data=data, queryset=Register.objects.none() if queryset is None else queryset)

    def errors_found(self) -> list[tuple[str, str]]:
        """Every wrong parameter with its remedy, none when all is well."""
        found = []
        for name in self.data:
            if name not in self.filters and self.strict:
                found.append((name, _("Không có tham số này; hãy xem /api/docs/.")))
            elif name in self.filters and len(self.data.getlist(name)) > 1 and not self._takes_several(name):
                found.append((name, _("Tham số này chỉ nhận một giá trị.")))
        found += [(name, " ".join(messages)) for name, messages in self.form.errors.items()]
        if error := known_in_future(self.form.cleaned_data.get("known_on"), today=self.today):
            found.append(("known_on", str(error)))
        return found

    def check(self) -> dict:
        """The cleaned values. Raises BadParameters with every error at once."""
        found = self.errors_found()
        if found:
            raise BadParameters(found)
        return self.form.cleaned_data

    def _takes_several(self, name: str) -> bool:
        return isinstance(self.form.fields[name], SeveralField)

    def unused(self, queryset, name, value):
        """For parameters that others read: order, page, days."""
        return queryset
