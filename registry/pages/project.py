"""Projects: their list, and each of them on a page of its own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from registry.models import Project
from registry.web.files import list_file
from registry.web.listing import LISTINGS
from registry.web.permanent import find
from registry.web.revision import by_revision

from . import about
from .permanent import permanent
from .project_list import read_list
from .project_sheet import sheet_of, with_sheet


@by_revision
def project_list(request: HttpRequest) -> HttpResponse:
    shown = read_list(request.GET, timezone.localdate())
    if shown.asked.form and not shown.asked.errors:
        return list_file(request, LISTINGS["projects"], shown.asked.found, form=shown.asked.form)
    return render(request, "registry/project/list.html", {
        "list": shown, "today": shown.today, "here": "projects", "about": about.of_projects(request),
    }, status=400 if shown.asked.errors else 200)


@by_revision
@permanent("pages:project")
def project_page(request: HttpRequest, code: str) -> HttpResponse:
    today = timezone.localdate()
    project = find(with_sheet(Project.objects.all(), today), code)
    return render(request, "registry/project/detail.html", {
        "sheet": sheet_of(project, today), "project": project, "today": today, "here": "projects",
        "about": about.of_project(request, project)})
