"""Pages of a search: whichever way they are found, the rows, their order and their number are the same."""

from unittest import mock

import pytest
from django.db import transaction
from django.db.models import Case, Value, When
from django.test import RequestFactory
from django.urls import resolve, reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.admin import listing
from registry.admin.listing import RecordList
from registry.admin.site import site
from registry.models import Project
from registry.models.words import HasWords, has_index
from registry.vocabulary.project import ProjectStatus
from registry.vocabulary.vietnamese import search_words
from tests import build

pytestmark = pytest.mark.django_db

SIZE = 3
WORDS = ["nhà", "máy", "Điện", "tử", "linh", "kiện", "KCN", "II", "SYN-2"]
names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
STATES = [ProjectStatus.OPERATING, ProjectStatus.PROPOSED]


def written(projects: list[tuple[str, str]]) -> None:
    for number, (name, status) in enumerate(projects):
        project = Project(code=f"SYN-{number}", name=name, status=status, updated_at=build.IMPORTED_AT)
        project.indexed()
        project.save()


def slowly(term: str, status: str) -> list[int]:
    """What a search finds: all that have the words, the one of this code first, the others by name."""
    rows = [row for row in Project.objects.order_by(
        Case(When(code__in={term, term.upper()}, then=Value(0)), default=Value(1)), "name_sort", "code")
        if not status or row.status == status]
    return [row.pk for row in rows if all(
        any(f" {token}" in row.search_folded for token in word.alternatives) for word in search_words(term))]


def listed(clerk, asked: dict) -> RecordList:
    """The list of projects that an address asks for, without its page."""
    request = RequestFactory().get(reverse("admin:registry_project_changelist"), asked)
    request.user, request.resolver_match = clerk.user, resolve(request.path)
    return site.get_model_admin(Project).get_changelist_instance(request)


@pytest.mark.parametrize("many", [0, listing.MANY])
def test_pages_of_a_search_are_those_of_the_slow_way(clerk, many):
    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(st.tuples(names, st.sampled_from(STATES)), min_size=1, max_size=12), names | st.just("syn-2"),
           st.sampled_from(["", *STATES]))
    def compared(projects, term, status):
        with transaction.atomic(), mock.patch.object(listing, "MANY", many):
            written(projects)
            expected = slowly(term, status)
            for page in range(1, max(1, -(-len(expected) // SIZE)) + 1):
                asked = {"q": term, "p": page} | ({"status__exact": status} if status else {})
                shown = listed(clerk, asked)
                assert [row.pk for row in shown.result_list] == expected[(page - 1) * SIZE:page * SIZE]
                assert shown.result_count == len(expected)
            transaction.set_rollback(True)

    with mock.patch("registry.admin.record.RecordAdmin.list_per_page", SIZE):
        compared()


def test_many_are_tried_in_the_order_of_an_index_few_are_looked_up(clerk, monkeypatch):
    written([("Nhà máy", ProjectStatus.OPERATING)] * 2)
    monkeypatch.setattr(listing, "MANY", 2)
    tried = []
    monkeypatch.setattr(HasWords, "in_turn", lambda words: tried.append(1) or words)
    for asked, expected in (({"q": "nha"}, [1]), ({"q": "syn-1"}, []), ({"q": "nha", "o": "3"}, [])):
        tried.clear()
        listed(clerk, asked)
        assert tried == (expected if has_index("default") else []), asked


@pytest.mark.parametrize("query", ["nha", "SYN-1", "khongcogi", "nha may"])
def test_a_search_asks_as_much_for_many_as_for_few(clerk, monkeypatch, query):
    url = reverse("admin:registry_project_changelist") + f"?q={query}"
    written([("Nhà máy", ProjectStatus.OPERATING)] * 3)
    clerk.queries(url)
    few = clerk.queries(url)
    monkeypatch.setattr(listing, "MANY", 1)
    assert clerk.queries(url) == few <= 10
