"""What changed, as Atom: the whole register, and what belongs to one project, zone, country, sector or investor."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registry.models import Project
from registry.statistics.recent import EVERYTHING, Recent, recent_changes
from registry.web.listing import LISTINGS
from registry.web.permanent import find
from registry.web.project_filters import ProjectFilters
from registry.web.revision import by_revision

from .cells import name_of_record
from .changes_told import ToldChange, told_changes
from .permanent import permanent
from .shelves import SHELVES

MOST_ENTRIES = 50
# The lists whose records have a feed, and by which filter of projects theirs are found.
FOLLOWED = {"projects": ""} | {shelf.path: shelf.projects_by for shelf in SHELVES if shelf.projects_by}
# Ids must outlive the address of the site, so they are made of what never changes: act, kind and code.
IDS = uuid.UUID("5b1e6a52-8f5c-5a0e-9a4e-0d9f3a1c7e21")
BEGAN = datetime(2026, 11, 22, tzinfo=UTC)


class Feed(Atom1Feed):
    """Its day is that of its newest entry; of one without entries that of ``since``."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else self.feed["since"]


@by_revision
def register_feed(request: HttpRequest) -> HttpResponse:
    return _answer(
        request, told_changes(recent_changes(most=MOST_ENTRIES, kinds=EVERYTHING)),
        title=_("Sổ đăng ký FDI Bắc Ninh: các thay đổi"), page=reverse("pages:home"), about="register", since=BEGAN,
    )


def record_feed(noun: str) -> Callable[..., HttpResponse]:
    """The view of what changed in the records of one list and in their projects."""
    listing = LISTINGS[noun]

    @by_revision
    @permanent(f"pages:{listing.kind}-feed")
    def feed(request: HttpRequest, code: str) -> HttpResponse:
        record = find(listing.model.objects.all(), code)
        changes = recent_changes(most=MOST_ENTRIES, kinds=EVERYTHING, projects=_projects_of(noun, record.code),
                                 record=record)
        return _answer(
            request, told_changes(changes), page=reverse(f"pages:{listing.kind}", args=[record.code]),
            title=_("%(name)s: các thay đổi trong sổ đăng ký FDI Bắc Ninh") % {"name": name_of_record(record)},
            about=f"{listing.kind}/{record.code}", since=record.updated_at,
        )

    return feed


class EveryProject(ProjectFilters):
    """Withdrawn ones too: that they were withdrawn is what a reader wants to hear."""

    of_public = False


def _projects_of(noun: str, code: str):
    if not FOLLOWED[noun]:
        return Project.objects.filter(code=code)
    asked = QueryDict(mutable=True)
    asked[FOLLOWED[noun]] = code
    return EveryProject(asked, Project.objects.all(), today=timezone.localdate()).qs


def _answer(
    request: HttpRequest, changes: list[ToldChange], *, title: str, page: str, about: str, since: datetime
) -> HttpResponse:
    feed = Feed(
        title=title, link=request.build_absolute_uri(page), description="", language=get_language(),
        subtitle=_("%(most)s thay đổi mới nhất; mọi thay đổi từ đầu có ở %(address)s") % {
            "most": MOST_ENTRIES, "address": request.build_absolute_uri("/api/v1/changes/?after=0")},
        feed_url=request.build_absolute_uri(request.path), feed_guid=_urn(about),
        author_name=_("Sổ đăng ký FDI Bắc Ninh"), since=since,
    )
    for each in changes:
        feed.add_item(
            title=f"{each.name}: {_did(each)}", link=request.build_absolute_uri(each.address or page),
            description=escape(f"{each.what}: {'; '.join((each.did, *each.parts))}."),
            unique_id=_urn(_identity(each.recent)), updateddate=each.recent.at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _did(change: ToldChange) -> str:
    """What was done, with the first of the parts: a title stays short."""
    more = "…" if len(change.parts) > 1 else ""
    return f"{change.did} ({change.parts[0]}{more})" if change.parts else change.did


def _identity(change: Recent) -> str:
    return f"{change.act}/{change.kind}/{change.code}"


def _urn(words: str) -> str:
    return uuid.uuid5(IDS, words).urn


def feeds() -> list[URLPattern]:
    return [
        path("feed.atom", register_feed, name="feed"),
        *(path(f"{noun}/<str:code>/feed.atom", record_feed(noun), name=f"{LISTINGS[noun].kind}-feed")
          for noun in FOLLOWED),
    ]
