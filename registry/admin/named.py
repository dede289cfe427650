"""What the nouns with a name share in their lists: the name, in the order of the dictionary, and the state."""

from django.contrib import admin
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from registry.vocabulary.publication import Publication

from .record import RecordAdmin


def state_of(label, word: str) -> SafeString:
    """A state in words, marked by its word for the stylesheet."""
    return format_html('<span class="state state-{}">{}</span>', word, label)


def name_of(column: str, label):
    """A column of a list: the name of the record that stands in ``column``."""

    @admin.display(description=label, ordering=f"{column}__name_sort")
    def name(self, record):
        other = getattr(record, column)
        return other and other.name

    return name


def code_of(column: str, label):
    """A column of a list: the code of the record that stands in ``column``, where its name is too long."""

    @admin.display(description=label, ordering=f"{column}__code")
    def code(self, record):
        other = getattr(record, column)
        return other and other.code

    return code


def day_of(column: str, label):
    """A vague day in words, where it is only read."""

    @admin.display(description=label, ordering=f"{column.removesuffix('_on')}_latest")
    def day(self, record):
        return str(getattr(record, column) or "–")

    return day


class NamedAdmin(RecordAdmin):
    ordering = ("name_sort", "code")
    list_display_links = ("code", "named")

    @admin.display(description=_("Tên"), ordering="name_sort")
    def named(self, record):
        return record.name

    @admin.display(description=_("Sửa lần cuối"), ordering="updated_at")
    def updated(self, record):
        return date_format(timezone.localtime(record.updated_at), "SHORT_DATE_FORMAT")

    @admin.display(description=_("Công bố"), ordering="publication")
    def published(self, record):
        # Not get_publication_display, which translates every state there is for each row.
        return state_of(Publication(record.publication).label, record.publication)
