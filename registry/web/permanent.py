"""Addresses that stay: what a record's address finds when it is public, withdrawn, merged, or was never there."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _

from registry.models import CapitalEntry, Certificate, Change, Milestone, Statement, ZoneObservation
from registry.models.base import Publishable
from registry.vocabulary.change import Verb
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.publication import Publication

# The records with which another one becomes public and ceases to be.
OWNERS = {
    Certificate: ("project",),
    CapitalEntry: ("project", "enterprise"),
    Milestone: ("project",),
    Statement: ("source",),
    ZoneObservation: ("zone", "source"),
}


class Gone(RuleBroken):
    """A withdrawn record; ``record`` is the one that says why."""

    code = "withdrawn"
    message = _("%(code)s đã gỡ: %(reason)s")

    def __init__(self, record: Publishable, *, code: str):
        self.record = record
        super().__init__(code=code, reason=record.withdrawn_reason)


class Moved(Exception):
    """A record that went into another one; ``code`` is that one's."""

    def __init__(self, code: str):
        self.code = code
        super().__init__(code)


def with_query(address: str, request: HttpRequest) -> str:
    """The address to which a request is led on, with what it asked for."""
    asked = request.META.get("QUERY_STRING", "")
    return f"{address}?{asked}" if asked else address


def find(rows: QuerySet, code: str, *, column: str = "code"):
    """The public record of this code; ``rows`` are not restricted to public ones.

    Raises Gone where it, or what it belongs to, was withdrawn; Moved where it was merged into another; Http404 where
    nobody ever saw it. One query, one or two more where there is no such public record.
    """
    record = rows.filter(**{column: code}).first()
    if record is None:
        raise _moved(rows.model.KIND, code, there=False) or Http404
    if record.is_public():
        return record
    owners = [owner for name in OWNERS.get(type(record), ()) if (owner := getattr(record, name)) is not None]
    if moved := _moved(record.KIND, code, there=True):
        raise moved
    for each in (record, *owners):
        if isinstance(each, Publishable) and each.publication != Publication.PUBLISHED:
            if each.publication == Publication.WITHDRAWN:
                raise Gone(each, code=code)
            raise Http404
    raise Http404


def _moved(kind: str, code: str, *, there: bool) -> Moved | None:
    """Where a code leads: of a record that is ``there``, if what the public last heard was that it was merged; of one
    that is not, if the public ever heard of it."""
    told = Change.objects.filter(kind=kind, code=code).exclude(feed_verb="").order_by("-seq").first()
    if told is None or (there and told.feed_verb != Verb.MERGED):
        return None
    if told.feed_verb != Verb.MERGED:
        told = Change.objects.filter(kind=kind, code=code, verb=Verb.MERGED).order_by("-seq").first()
    return told and Moved(told.merged_into)
