"""Parameters of a request → a QuerySet: what every list takes, on django-filter's forms.

Each noun's ``RecordFilters`` is the one definition for its API list, its page and its files. A parameter
that takes several values means "or" when repeated; any other given twice is an error, and so is a code
that nobody has.
"""

from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation

import django_filters as filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.models import Register
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.vietnamese import search_words

from .problems import BadParameters

LARGEST_AMOUNT = Decimal("90000000000000000.00")


class SeveralField(forms.Field):
    """A parameter that may be repeated: a list of texts."""

    widget = forms.MultipleHiddenInput

    def clean(self, value):
        return [text for text in super().clean(value) or [] if text != ""]


class CodesField(SeveralField):
    """Codes of records that exist. One query."""

    def __init__(self, *args, model, **kwargs):
        self.model = model
        super().__init__(*args, **kwargs)

    def clean(self, value):
        codes = super().clean(value)
        if codes:
            known = set(self.model.objects.public().filter(code__in=codes).values_list("code", flat=True))
            unknown = [code for code in codes if code not in known]
            if unknown:
                raise forms.ValidationError(_("Không có mã “%(code)s”; hãy tra mã trong danh mục."),
                                            params={"code": unknown[0]})
        return codes


class WordsField(SeveralField):
    """Words of a closed list."""

    def __init__(self, *args, words, **kwargs):
        self.words = list(words)
        super().__init__(*args, **kwargs)

    def clean(self, value):
        words = super().clean(value)
        for word in words:
            if word not in self.words:
                raise forms.ValidationError(_("Không có giá trị “%(word)s”; hãy chọn một trong: %(words)s."),
                                            params={"word": word, "words": ", ".join(self.words)})
        return words


class WordField(forms.CharField):
    """One word of a closed list."""

    def __init__(self, *args, words, **kwargs):
        self.words = list(words)
        super().__init__(*args, **kwargs)

    def clean(self, value):
        word = super().clean(value)
        if word and word not in self.words:
            raise forms.ValidationError(_("Không có giá trị “%(word)s”; hãy chọn một trong: %(words)s."),
                                        params={"word": word, "words": ", ".join(self.words)})
        return word


class IsoDayField(forms.CharField):
    """A day as 2025-12-31. Any other form is refused: 03/04/2025 has two readings."""

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            day = date.fromisoformat(text)
        except ValueError as error:
            raise forms.ValidationError(
                _("“%(value)s” không phải là một ngày; hãy viết như 2025-12-31."), params={"value": text}
            ) from error
        if not 1900 <= day.year <= 2200:
            raise forms.ValidationError(_("Năm phải từ 1900 đến 2200."))
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
        if len(text) == 10:
            return datetime.combine(moment.date(), time.min, tzinfo=timezone.get_default_timezone())
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class AmountField(forms.CharField):
    """An amount in US dollars with a point and at most two places."""

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            amount = Decimal(text)
        except InvalidOperation as error:
            raise self._wrong(text) from error
        if not amount.is_finite() or abs(amount) > LARGEST_AMOUNT or amount != amount.quantize(Decimal("0.01")):
            raise self._wrong(text)
        return amount

    def _wrong(self, text):
        return forms.ValidationError(_("“%(value)s” không phải là số tiền; hãy viết như 1600000000.00."),
                                     params={"value": text})


class WholeField(forms.CharField):
    """A whole number between two bounds."""

    def __init__(self, *args, least, most, **kwargs):
        self.least, self.most = least, most
        super().__init__(*args, **kwargs)

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) < 19 and self.least <= int(text) <= self.most):
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


class Parameters(filters.FilterSet):
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
