"""Sources and statements as tables."""

from django.utils.translation import gettext_lazy as _

from registry.models import Source, Statement
from registry.vocabulary.milestone import Reality
from registry.vocabulary.statement import Qualifier, Review, SourceKind, StatementKind, SubjectKind

from .shape import MOMENT, WHOLE, WORD, Field, Fields, Of, Part

statement = Of(Statement)
STATEMENT = Fields("statements", (
    Field("id", _("số định danh"), WHOLE),
    Field("code", _("mã")),
    Field("url", _("địa chỉ API")),
    statement.whole("version"),
    Field("updated_at", statement.label("updated_at"), MOMENT),
    statement.text("reference"),
    statement.text("source", to="source"),
    statement.text("locator"),
    Field("subject", _("đối tượng"), parts=(
        Part("kind", _("loại"), WORD, SubjectKind), Part("code", _("mã")), Part("name", _("tên")),
    )),
    statement.text("attribute"),
    statement.words("kind", StatementKind),
    statement.text("value"),
    statement.text("unit"),
    statement.words("qualifier", Qualifier),
    statement.stated_day("date", _("thời điểm")),
    statement.text("period_words"),
    statement.words("reality", Reality),
    statement.words("review", Review),
    Field("conflicts_with", _("mâu thuẫn với"), many=True),
    Field("promoted_to", _("đã ghi nhận vào"), parts=(Part("kind", _("loại")), Part("code", _("mã")))),
))

source = Of(Source)
SOURCE = Fields("sources", (
    *source.head(),
    source.words("kind", SourceKind, listed=True),
    Field("title", _("tên")),
    Field("title_en", source.label("name_en")),
    source.text("number"),
    source.text("publisher", listed=True),
    Field("web_address", source.label("url")),
    source.stated_day("published_on", _("ngày công bố"), listed=True),
    source.text("known_from"),
))
