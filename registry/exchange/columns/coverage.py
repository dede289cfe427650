"""Stated against computed as a table."""

from django.utils.translation import gettext_lazy as _

from registry.models import Statement
from registry.vocabulary.statement import Qualifier, SubjectKind
from registry.vocabulary.zone import FormerProvince

from .shape import NUMBER, STATED_DAY, WHOLE, WORD, YES, Field, Fields, Of, Part

statement = Of(Statement)
COVERAGE = Fields("coverage", (
    Field("statement", _("nội dung nguồn nêu"), WHOLE),
    statement.text("reference"),
    Field("what", _("nội dung")),
    Field("scope", _("phạm vi"), parts=(
        Part("kind", _("loại"), WORD, SubjectKind), Part("code", _("mã")), Part("name", _("tên")),
    )),
    statement.stated_day("date", _("thời điểm")),
    Field("computed_for", _("sổ đăng ký tính cho"), parts=STATED_DAY),
    Field("stated", _("nguồn nêu"), NUMBER),
    Field("stated_words", _("nguồn nêu bằng chữ")),
    statement.text("unit"),
    statement.words("qualifier", Qualifier),
    Field("computed", _("sổ đăng ký"), NUMBER),
    Field("percent", _("mức bao phủ (%)"), NUMBER),
    Field("alarm", _("cảnh báo"), YES),
    Field("reason", _("lý do")),
    Field("reason_en", _("lý do (tiếng Anh)")),
    Field("former_province", _("sổ đăng ký tính trong tỉnh cũ"), WORD, FormerProvince),
    Field("differs", _("khác nhau ở chỗ")),
    Field("differs_en", _("khác nhau ở chỗ (tiếng Anh)")),
))
