"""Indicators as a table: a row a stated value."""

from django.utils.translation import gettext_lazy as _

from registry.models import Statement
from registry.vocabulary.milestone import Reality
from registry.vocabulary.statement import Qualifier, Review
from registry.vocabulary.zone import FormerProvince

from .shape import CODE_AND_NAME, STATED_DAY, WHOLE, WORD, Field, Fields, Of

statement = Of(Statement)
INDICATORS = Fields("indicators", (
    Field("indicator", _("từ khóa của chỉ tiêu")),
    Field("name", _("chỉ tiêu")),
    Field("name_en", _("chỉ tiêu (tiếng Anh)")),
    Field("group", _("nhóm")),
    Field("former_province", _("tỉnh cũ"), WORD, FormerProvince),
    Field("place", _("địa bàn"), parts=CODE_AND_NAME),
    statement.stated_day("date", _("thời kỳ như nguồn nêu")),
    Field("counted_on", _("thời kỳ để xếp thứ tự"), parts=STATED_DAY),
    statement.text("value"),
    statement.text("unit"),
    statement.words("qualifier", Qualifier),
    statement.words("reality", Reality),
    statement.words("review", Review),
    Field("statement", _("nội dung nguồn nêu"), WHOLE),
    statement.text("reference"),
    statement.cited(),
    statement.text("locator"),
    Field("differs_from", _("khác với nội dung số"), many=True),
))
