"""Work on what sources say: written down, accepted into the record, reviewed; and on conflicts between them."""

import re
from decimal import Decimal, InvalidOperation

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.actions import statement
from registry.admin.fields import NumberField, VagueDayField
from registry.models import CapitalEntry, Milestone, Statement
from registry.models.statement import SUBJECTS
from registry.templatetags.register_format import attribute, number, usd
from registry.vocabulary.attribute import ATTRIBUTES, UNITS, VALUES
from registry.vocabulary.milestone import Reality
from registry.vocabulary.role import Deed
from registry.vocabulary.statement import INTENTION, Review, paragraphs
from registry.vocabulary.vietnamese import sort_key

from .form import RecordField, WorkForm, column
from .page import Work

NOTHING, OPENING = "nothing", "opening"
DAY_CODE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?|-Q[1-4])?")
PARAGRAPH = re.compile(r"(?:đoạn|Đoạn) ([0-9]+)")
WITH_A_RECORD = {CapitalEntry.KIND: CapitalEntry, Milestone.KIND: Milestone}


def attributes() -> list[tuple[str, str]]:
    """The attributes by their labels, in the order of the Vietnamese alphabet."""
    named = [(word, capfirst(str(label))) for word, label in ATTRIBUTES.items()]
    return [("", "---------"), *sorted(named, key=lambda pair: sort_key(pair[1]))]


def units() -> list[tuple[str, str]]:
    return [("", _("không có (chép lời)")), *((word, str(label)) for word, label in UNITS.items())]


class StatementForm(WorkForm):
    groups = (
        (gettext_lazy("Nguồn nói về ai, về gì"), ("subject_kind", "subject_name", *SUBJECTS)),
        (gettext_lazy("Nguồn nêu gì"), ("attribute", "kind", "reality", "value", "unit", "qualifier")),
        (gettext_lazy("Khi nào"), ("date", "period_words")),
        (gettext_lazy("Ở đâu trong nguồn"), ("locator", "note")),
    )

    subject_kind = column(Statement, "subject_kind")
    subject_name = column(Statement, "subject_name", help_text=gettext_lazy(
        "Chép tên như nguồn gọi, ví dụ: “Nhà máy Amkor tại Yên Phong”."))
    attribute = forms.ChoiceField(label=gettext_lazy("Nội dung"), choices=attributes)
    kind = column(Statement, "kind", help_text=gettext_lazy(
        "Kế hoạch và bản ghi nhớ là ý định, không bao giờ là vốn đăng ký."))
    reality = column(Statement, "reality")
    value = column(Statement, "value", help_text=gettext_lazy(
        "Có đơn vị: chỉ ghi con số, ví dụ 1.600 hoặc 664,31. Không có đơn vị: chép đúng lời của nguồn."))
    unit = forms.ChoiceField(label=gettext_lazy("Đơn vị"), choices=units, required=False)
    qualifier = column(Statement, "qualifier", help_text=gettext_lazy(
        "Từ đứng trước con số: “hơn 2.000” không phải 2.000."))
    date = VagueDayField(label=gettext_lazy("Thời điểm"), required=False)
    period_words = column(Statement, "period_words", help_text=gettext_lazy(
        "Khi lời nguồn không thành ngày, ví dụ: “trong 10 năm tới”."))
    locator = column(Statement, "locator", help_text=gettext_lazy("Ví dụ: đoạn 7, trang 12."))
    note = column(Statement, "note")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["project"].help_text = gettext_lazy(
            "Chỉ ô đúng loại đã chọn được tính. Sổ chưa có bản ghi nào: để trống cả, giữ tên như nguồn gọi.")

    def clean(self):
        given = super().clean()
        if given.get("unit") and "value" in given:
            self.read_number(given)
        return given

    def clean_locator(self) -> str:
        """A paragraph is kept in the word that every language can tell."""
        found = PARAGRAPH.fullmatch(self.cleaned_data["locator"])
        return f"paragraph {found[1]}" if found else self.cleaned_data["locator"]

    def read_number(self, given: dict) -> None:
        """A number is kept plain, whichever way it was typed."""
        try:
            given["value"] = plain(NumberField(places=10).clean(given["value"]))
        except forms.ValidationError as error:
            self.add_error("value", error)


StatementForm.base_fields |= {name: RecordField(Statement, name) for name in SUBJECTS}


def plain(value: Decimal) -> str:
    """A number as statements keep it: "664.31", "1600"."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class StateFromSource(Work):
    name = "statement"
    title = gettext_lazy("Ghi nội dung nguồn nêu")
    lead = gettext_lazy("Chép điều nguồn nói, đúng từng chữ. Đó chưa phải là hồ sơ: ghi nhận vào hồ sơ là việc riêng, "
                        "sau khi xem xét. Trái với nguồn khác thì sổ tự đề xuất mâu thuẫn.")
    default_reason = gettext_lazy("Nhập nội dung nguồn nêu")
    form_class = StatementForm
    panel = "admin/registry/work/source_text.html"

    def initial(self, record) -> dict:
        return {"reality": Reality.ACTUAL}

    def context(self, record) -> dict:
        return {"paragraphs": paragraphs(record.text)}

    def do(self, *, act, record, form):
        given = form.cleaned_data
        names = [name for _group, fields in form.groups for name in fields if name not in SUBJECTS]
        stated = statement.state(act=act, source=record, subject=given.get(given["subject_kind"]),
                                 **{name: given[name] for name in names})
        return stated, statement.propose_conflicts(act=act, statement=stated)

    def done(self, record, made) -> str:
        stated, _conflicts = made
        about = stated.subject or stated.subject_name
        return _("Đã ghi nội dung %(code)s về %(subject)s.") % {"code": stated.code, "subject": about}

    def warnings(self, record, made) -> list[str]:
        stated, conflicts = made
        return [
            _("Mâu thuẫn được đề xuất: nguồn %(source)s nêu “%(value)s”; hãy xem mục mâu thuẫn số %(conflict)s.") % {
                "source": other.source, "value": told_of(other), "conflict": conflict.code}
            for conflict in conflicts
            for other in (conflict.first, conflict.second) if other != stated
        ]


def value_of(stated: Statement) -> str:
    """The value as an officer reads it: "664,31 triệu USD", else the words of the source; empty where the value is
    the day, which stands beside it."""
    if not stated.unit:
        return "" if stated.date and DAY_CODE.fullmatch(stated.value) else str(VALUES.get(stated.value, stated.value))
    try:
        return f"{number(Decimal(stated.value))} {UNITS.get(stated.unit, stated.unit)}"
    except InvalidOperation:
        return f"{stated.value} {stated.unit}"


def told_of(stated: Statement) -> str:
    """What tells a statement from another one about the same: its value, else its day, else what it is about."""
    return value_of(stated) or str(stated.date or stated.period_words) or capfirst(attribute(stated.attribute))


class AcceptForm(WorkForm):
    groups = ((gettext_lazy("Ghi nhận vào hồ sơ"), ("into",)),)

    into = forms.ChoiceField(label=gettext_lazy("Ghi nhận vào"), widget=forms.RadioSelect)

    def __init__(self, *args, record: Statement, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        self.fields["into"].choices = [
            (NOTHING, self.nothing(record)), *self.opening(record), *self.records(record),
        ]

    def nothing(self, record: Statement) -> str:
        if record.kind in INTENTION and record.amount_usd is not None:
            return _("không bản ghi nào: kế hoạch được chấp nhận, tính vào vốn dự kiến")
        return _("không bản ghi nào: chỉ đánh dấu đã ghi nhận")

    def opening(self, record: Statement) -> list[tuple[str, str]]:
        """Only what a source reports as having happened can be an opening; a plan never is."""
        if not record.project_id or record.amount_usd is None or record.kind in INTENTION or (
                record.reality != Reality.ACTUAL):
            return []
        return [(OPENING, _("ghi thành số dư đầu kỳ %(amount)s của %(project)s") % {
            "amount": usd(record.amount_usd), "project": record.project})]

    def records(self, record: Statement) -> list[tuple[str, str]]:
        if not record.project_id:
            return []
        entries = record.project.entries.standing().in_ledger_order()
        return [
            *((f"{each.KIND}:{each.pk}", _("bút toán %(code)s: %(kind)s %(amount)s") % {
                "code": each.code, "kind": each.get_kind_display(), "amount": usd(each.amount_usd)})
              for each in entries),
            *((f"{each.KIND}:{each.pk}", _("mốc %(code)s: %(kind)s (%(reality)s)") % {
                "code": each.code, "kind": each.get_kind_display(), "reality": each.get_reality_display()})
              for each in record.project.milestones.order_by("number")),
        ]

    def field_of(self, name: str) -> str | None:
        """Whatever the ledger refuses comes of this choice."""
        return super().field_of(name) or ("into" if name else None)

    def chosen(self):
        """The record into which it is accepted, None where into none."""
        kind, _colon, pk = self.cleaned_data["into"].partition(":")
        return WITH_A_RECORD[kind].objects.get(pk=pk) if pk else None


class AcceptStatement(Work):
    name = "accept"
    deed = Deed.POST
    title = gettext_lazy("Ghi nhận vào hồ sơ")
    lead = gettext_lazy("Nội dung này đúng và được dùng. Liên kết được giữ cả hai chiều: bản ghi chỉ về nội dung, nội "
                        "dung chỉ về bản ghi.")
    default_reason = gettext_lazy("Ghi nhận nội dung nguồn nêu")
    form_class = AcceptForm

    def offered(self, record) -> bool:
        return record.review != Review.ACCEPTED

    def context(self, record) -> dict:
        return {"value": value_of(record)}

    def do(self, *, act, record, form):
        if form.cleaned_data["into"] == OPENING:
            return statement.accept_as_opening(act=act, statement=record)
        return statement.accept(act=act, statement=record, into=form.chosen())

    def done(self, record, made) -> str:
        if made.promoted_code:
            return _("Đã ghi nhận nội dung %(code)s vào %(into)s.") % {"code": made.code, "into": made.promoted_code}
        return _("Đã ghi nhận nội dung %(code)s.") % {"code": made.code}


REVIEWS = [(each.value, each.label) for each in (Review.DISPUTED, Review.SUPERSEDED, Review.REJECTED)]


class ReviewForm(WorkForm):
    groups = ((gettext_lazy("Xem xét"), ("as_", "note")),)
    other_names = {"review": "as_"}

    as_ = forms.ChoiceField(label=gettext_lazy("Kết quả xem xét"), choices=REVIEWS, widget=forms.RadioSelect,
                            help_text=gettext_lazy("Nội dung không bị xóa; nó ở lại cùng kết quả này."))
    note = column(Statement, "note", help_text=gettext_lazy(
        "Vì sao, ví dụ: “bản đính chính ngày 3/4/2025 nêu số khác”."))


class ReviewStatement(Work):
    name = "review"
    title = gettext_lazy("Xem xét nội dung")
    default_reason = gettext_lazy("Xem xét nội dung nguồn nêu")
    form_class = ReviewForm

    def initial(self, record) -> dict:
        return {"note": record.note}

    def context(self, record) -> dict:
        return {"value": value_of(record)}

    def do(self, *, act, record, form):
        return statement.review(act=act, statement=record, as_=form.cleaned_data["as_"],
                                note=form.cleaned_data["note"])

    def done(self, record, made) -> str:
        return _("Nội dung %(code)s nay là “%(review)s”.") % {"code": made.code, "review": made.get_review_display()}
