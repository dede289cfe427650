"""Projects: their list, and each of them on a page of its own."""

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
    QueryDict,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from registry.models import Change, Project
from registry.vocabulary.change import Verb
from registry.vocabulary.publication import Publication
from registry.web.problems import Problem, problem_page
from registry.web.revision import by_revision

from .project_list import read_list
from .project_sheet import sheet_of, with_sheet


def search(request: HttpRequest) -> HttpResponse:
    """One search for all, which finds projects so far."""
    words = QueryDict(mutable=True)
    words["search"] = request.GET.get("q", "")
    return HttpResponseRedirect(f"{reverse('pages:projects')}?{words.urlencode()}")


@by_revision
def project_list(request: HttpRequest) -> HttpResponse:
    shown = read_list(request.GET, timezone.localdate())
    return render(request, "registry/project/list.html", {"list": shown, "today": shown.today, "here": "projects"},
                  status=400 if shown.asked.errors else 200)


@by_revision
def project_page(request: HttpRequest, code: str) -> HttpResponse:
    today = timezone.localdate()
    project = with_sheet(Project.objects.filter(code=code), today).first()
    if project is None:
        return _moved(code)
    if project.publication == Publication.WITHDRAWN:
        return _withdrawn(request, project)
    if not project.is_public():
        raise Http404
    sheet = sheet_of(project, today)
    return render(request, "registry/project/detail.html",
                  {"sheet": sheet, "project": project, "today": today, "here": "projects"})


def _moved(code: str) -> HttpResponse:
    """A merged project answers with the address of the one that it went into; an unknown code with 404."""
    merged = Change.objects.filter(kind=Project.KIND, code=code, verb=Verb.MERGED).order_by("-seq").first()
    if merged is None:
        raise Http404
    return HttpResponsePermanentRedirect(reverse("pages:project", args=[merged.merged_into]))


def _withdrawn(request: HttpRequest, project: Project) -> HttpResponse:
    problem = Problem(status=410, code="withdrawn", detail=project.withdrawn_reason)
    return problem_page(request, problem, withdrawn=project)
