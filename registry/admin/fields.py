"""What officers type into a form, read by the register's own rules; what cannot be read is said at the field."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _
from stdnum.vn import mst

from registry.templatetags.register_format import number
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.money import Money, format_amount, read_amount
from registry.vocabulary.period import VagueDay, read_day
from registry.vocabulary.project_number import read_project_number
from registry.vocabulary.typed import read_amount_in, read_number


class ReadField(forms.Field):
    """One text box whose text is read by a rule of the vocabulary.

    Subclasses give ``read``, which raises RuleBroken, and ``show``. Empty text is None.
    """

    widget = forms.TextInput
    says = ""

    def __init__(self, **options):
        super().__init__(**{"help_text": self.says} | options)

    def read(self, text: str):
        raise NotImplementedError

    def show(self, value) -> str:
        raise NotImplementedError

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if not isinstance(value, str):
            return value
        if "\0" in value:
            raise ValidationError(_("Không được có ký tự NUL."))
        if not value.strip():
            return None
        try:
            return self.read(value)
        except RuleBroken as error:
            raise ValidationError(str(error), code=error.code) from error

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else self.show(value)

    def widget_attrs(self, widget) -> dict:
        return {"autocomplete": "off", "class": "vTextField"}


class VagueDayField(ReadField):
    """A day as a document states it: "21/10/2023", "cuối tháng 10/2023", "quý I/2025". Gives a VagueDay.

    ``known`` is the day that the record has: left as it was shown, it stays what it is, also where its words
    are none that can be read.
    """

    says = _("Ví dụ: 21/10/2023, tháng 10/2023, cuối tháng 10/2023, quý I/2025, năm 2011.")
    known: VagueDay | None = None

    def read(self, text: str) -> VagueDay | None:
        if self.known and text.strip() == self.known.label:
            return self.known
        return read_day(text)

    def show(self, value: VagueDay) -> str:
        return value.label


class ProjectNumberField(ReadField):
    """A project number, without the spaces and points that part its digits on paper."""

    default_validators = [MaxLengthValidator(30)]

    def read(self, text: str) -> str | None:
        return read_project_number(text) or None

    def show(self, value: str) -> str:
        return value


class AmountField(ReadField):
    """An amount where the currency is known: "1.600.000.000,50", "1600000000", "1,6 tỷ". Gives a Decimal with
    two places, in units of the currency."""

    says = _("Ví dụ: 1.600.000.000 hoặc 1,6 tỷ.")

    def __init__(self, *, currency: str = "USD", **options):
        self.currency = currency
        super().__init__(**options)

    def read(self, text: str) -> Decimal:
        return read_amount_in(self.currency, text)

    def show(self, value: Decimal) -> str:
        return format_amount(value, "", "vi").strip()

    def widget_attrs(self, widget) -> dict:
        return {"autocomplete": "off", "inputmode": "text", "class": "vTextField number"}


class MoneyField(ReadField):
    """An amount with its currency, as a document prints it: "1,6 tỷ USD", "1.000 tỷ đồng". Gives a Money."""

    says = _("Ghi cả loại tiền, ví dụ: 1,6 tỷ USD hoặc 1.000 tỷ đồng.")

    def read(self, text: str) -> Money:
        return read_amount(text)

    def show(self, value: Money) -> str:
        return format_amount(value.amount, value.currency, "vi")


class NumberField(ReadField):
    """A number in Vietnamese writing: "1.234,5". Gives a Decimal."""

    says = _("Dấu phẩy là dấu thập phân, ví dụ: 23,5.")

    def __init__(self, *, places: int = 4, lowest: Decimal | None = None, highest: Decimal | None = None, **options):
        self.places, self.lowest, self.highest = places, lowest, highest
        super().__init__(**options)

    def read(self, text: str) -> Decimal:
        return read_number(text)

    def show(self, value: Decimal) -> str:
        return number(value)

    def validate(self, value):
        super().validate(value)
        if value is None:
            return
        if -value.as_tuple().exponent > self.places:
            raise ValidationError(_("Nhiều nhất %(places)s chữ số sau dấu phẩy."), params={"places": self.places})
        if self.lowest is not None and value < self.lowest:
            raise ValidationError(_("Phải từ %(lowest)s trở lên."), params={"lowest": number(self.lowest)})
        if self.highest is not None and value > self.highest:
            raise ValidationError(_("Không được quá %(highest)s."), params={"highest": number(self.highest)})

    def widget_attrs(self, widget) -> dict:
        return {"autocomplete": "off", "inputmode": "decimal", "class": "vTextField number"}


class WholeField(NumberField):
    """A whole number, not negative: "1.500". Gives an int."""

    says = _("Số nguyên, ví dụ: 1.500.")

    def __init__(self, **options):
        super().__init__(**{"places": 0, "lowest": Decimal(0)} | options)

    def clean(self, value):
        value = super().clean(value)
        return None if value is None else int(value)


class PercentField(NumberField):
    """A part of a hundred: "33,33" or "33,33 %". Gives a Decimal above 0 and up to 100."""

    says = _("Phần trăm, ví dụ: 33,33.")

    def __init__(self, **options):
        super().__init__(**{"places": 2, "lowest": Decimal("0.01"), "highest": Decimal(100)} | options)

    def read(self, text: str) -> Decimal:
        return super().read(text.strip().removesuffix("%"))


class CoordinateField(ReadField):
    """Degrees, with a point or a comma as maps write them. Gives a float."""

    says = _("Độ thập phân, ví dụ: 21,1834.")

    def __init__(self, *, most: int, **options):
        self.most = most
        super().__init__(**options)

    def read(self, text: str) -> float:
        degrees = float(read_number(text.replace(".", ",")))
        if abs(degrees) > self.most:
            raise ValidationError(_("Không được quá %(highest)s độ."), params={"highest": self.most})
        return degrees

    def show(self, value: float) -> str:
        return str(value).replace(".", ",")


class LinesField(ReadField):
    """Several short texts, one a line. Gives a list."""

    widget = forms.Textarea
    says = _("Mỗi dòng một tên.")

    def read(self, text: str) -> list[str]:
        return [line.strip() for line in text.splitlines() if line.strip()]

    def to_python(self, value) -> list[str]:
        return super().to_python(value) or []

    def show(self, value: list[str]) -> str:
        return "\n".join(value)

    def widget_attrs(self, widget) -> dict:
        return {"rows": 3, "class": "vLargeTextField"}


class LongTextField(forms.CharField):
    """A text of several lines, whichever way the browser ends them."""

    def to_python(self, value):
        value = super().to_python(value)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value


class TaxCodeField(forms.CharField):
    """A tax code, also with the spaces and dots in which papers print it; its check digit is the noun's rule."""

    def to_python(self, value):
        value = super().to_python(value)
        return mst.format(value) if mst.is_valid(value) else value
