"""The tables of officers' files: those of the public, and the state of publication where a noun has one."""

from django.utils.translation import gettext_lazy as _

from registry.models import NOUNS
from registry.models.base import Publishable
from registry.vocabulary.publication import Publication

from . import FIELDS
from .report import OPERATING_REPORT
from .shape import WORD, Field, Fields, Table

PUBLICATION = Field("publication", _("tình trạng công bố"), WORD, Publication)


# Those of the public, and of the noun that only officers have in files.
OFFICERS_FIELDS = FIELDS | {OPERATING_REPORT.name: OPERATING_REPORT}


def table_for_officers(kind: str, path: str) -> Table:
    """The columns of a noun's documents as staff read them. The file's name tells it from the public's."""
    fields = OFFICERS_FIELDS[path].fields
    if issubclass(NOUNS[kind], Publishable):
        fields += (PUBLICATION,)
    return Fields(f"{path}-internal", fields).table()
