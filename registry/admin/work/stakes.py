"""Rows of investors in a form: each with its share, what it contributed, and which of them is the lead."""

from collections.abc import Mapping
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.actions.project import StakeGiven
from registry.actions.record import InvalidRecord
from registry.admin.fields import AmountField, PercentField
from registry.models import Investor, Stake
from registry.vocabulary.investor import InvestorKind, usual_kind

from .form import RecordField, WorkForm, column

EMPTY_ROWS = 3
KINDS = [("", _("theo tên (Ông, Bà …)")), *InvestorKind.choices]


class StakeRow(forms.Form):
    """One investor; a row in which nothing is typed, or which is struck out, does not count."""

    investor = RecordField(Stake, "investor", required=False)
    new_name = column(Investor, "name", required=False, label=_("Hoặc nhà đầu tư mới: tên"))
    new_kind = forms.ChoiceField(choices=KINDS, required=False, label=_("Nhà đầu tư mới là"))
    new_country = RecordField(Investor, "country", label=_("Nước đăng ký của nhà đầu tư mới"))
    share_percent = PercentField(label=_("Tỷ lệ góp vốn (%)"), required=False, help_text="")
    contributed_usd = AmountField(label=_("Vốn góp (USD)"), required=False, help_text="")
    lead = forms.BooleanField(label=_("Nhà đầu tư chính"), required=False)
    out = forms.BooleanField(label=_("Bỏ dòng này"), required=False)

    def __init__(self, *args, admin_site, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("investor", "new_country"):
            self.fields[name].search_on(admin_site)

    def clean(self):
        given = super().clean()
        stated = any(given.get(name) for name in (
            "share_percent", "contributed_usd", "lead", "new_country", "new_kind"))
        named = given.get("investor") or given.get("new_name")
        if stated and not named and not given.get("out") and "investor" not in self.errors:
            self.add_error("investor", _("Hãy chọn nhà đầu tư của dòng này, hoặc đánh dấu “Bỏ dòng này”."))
        if given.get("investor") and given.get("new_name"):
            self.add_error("new_name", _("Đã chọn nhà đầu tư trong sổ: hãy để trống ô này."))
        elif given.get("new_name") and (known := Investor.objects.called(given["new_name"])):
            self.add_error("new_name", _("Sổ đã có %(investor)s (%(code)s): hãy chọn ở ô “Nhà đầu tư”.") % {
                "investor": known.name, "code": known.code})
        return given


class StakeRows(forms.BaseFormSet):
    def given(self) -> list[StakeGiven]:
        """The investors that count, in their order."""
        rows = [row.cleaned_data for row in self.forms]
        return [
            StakeGiven(row["investor"] or new_investor(row), share_percent=row["share_percent"], lead=row["lead"],
                       contributed_usd=row["contributed_usd"])
            for row in rows if (row.get("investor") or row.get("new_name")) and not row["out"]
        ]


def new_investor(row: dict) -> Investor:
    """The investor that a row names; a natural person by the title, unless the officer says what it is."""
    kind = row["new_kind"] or usual_kind(row["new_name"]).value
    return Investor(name=row["new_name"], kind=kind, country=row["new_country"])


def input_of(field: forms.BoundField) -> str:
    """What a browser would send of a field that nobody has touched; empty of a box without a tick."""
    value = field.value()
    if value in (None, False, ""):
        return ""
    shown = "on" if value is True else field.field.widget.format_value(value)
    return shown[0] if isinstance(shown, list) else shown


def _part(of: Mapping) -> tuple:
    """The share, the contribution and the lead of an investor's row, typed or as the log keeps it."""
    share, contributed = (None if of.get(name) is None else Decimal(of[name]) for name in (
        "share_percent", "contributed_usd"))
    return share, contributed, bool(of["lead"])


class StakesForm(WorkForm):
    """A form with rows of investors. ``initial["stakes"]`` are the rows to begin with; empty ones follow."""

    stakes_before = _("Lý do")

    def __init__(self, data=None, *, initial, admin_site, **kwargs):
        held = initial.pop("stakes", [])
        super().__init__(data, initial=initial, admin_site=admin_site, **kwargs)
        rows = forms.formset_factory(StakeRow, formset=StakeRows, extra=EMPTY_ROWS)
        self.stakes = rows(data, prefix="stakes", initial=None if data else held,
                           form_kwargs={"admin_site": admin_site})

    def follow(self, fresh, record, seen, data):
        """Row by row: who came since is there, who went is not, and a part that another changed is theirs unless it
        was touched here too."""
        before = {each["investor_id"]: _part(each) for each in seen.get("stakes", ())
                  if each["until_certificate_id"] is None}
        now = {row.initial["investor"].pk: row for row in fresh.stakes if row.initial.get("investor")}
        rows, mine = [], set()
        for row in self.stakes:
            investor = row.cleaned_data.get("investor")
            mine.add(investor and investor.pk)
            left = investor and before.get(investor.pk) == _part(row.cleaned_data) and not row.cleaned_data["out"]
            if not left:
                rows.append({name: row[name].data for name in row.fields})
            elif investor.pk in now:
                rows.append({name: input_of(now[investor.pk][name]) for name in row.fields})
        rows += [{name: input_of(row[name]) for name in row.fields} for key, row in now.items()
                 if key not in before and key not in mine]
        for name in [name for name in data if name.startswith(f"{self.stakes.prefix}-")]:
            del data[name]
        prefix = self.stakes.prefix
        data[f"{prefix}-TOTAL_FORMS"], data[f"{prefix}-INITIAL_FORMS"] = str(len(rows)), "0"
        for place, row in enumerate(rows):
            for name, value in row.items():
                if value:
                    data[f"{prefix}-{place}-{name}"] = "on" if value is True else value

    @property
    def media(self):
        return super().media + self.stakes.media

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.stakes.is_valid()])

    def has_errors(self) -> bool:
        return super().has_errors() or (self.is_bound and not self.stakes.is_valid())

    def typed(self) -> dict:
        stakes = [{name: row[name].data for name in row.fields} for row in self.stakes]
        return super().typed() | {"stakes": stakes}

    def tell(self, error) -> None:
        """As any form; what concerns a stake is said above its row."""
        if isinstance(error, InvalidRecord) and error.model is Stake:
            for messages in error.errors.values():
                self.stakes.non_form_errors().extend(messages)
        else:
            super().tell(error)

    def tell_at(self, name: str, message: str) -> None:
        if name in StakeRow.base_fields and name not in self.fields:
            self.stakes.non_form_errors().append(message)
            self.mark_rows(name)
        else:
            super().tell_at(name, message)

    def mark_rows(self, name: str) -> None:
        """Mark what was typed in this column as wrong, and lead from it to the message above the rows."""
        for row in self.stakes:
            if row.cleaned_data.get(name):
                row.fields[name].widget.attrs |= {"aria-invalid": "true", "aria-describedby": "stakes-errors"}
