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
from .asked import ask
from .day import ask_day
from .permanent import permanent
from .project_list import read_list
from .project_sheet import sheet_of, with_sheet
from .record_file import file_of


@by_revision
def project_list(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    asked = ask(LISTINGS["projects"], request.GET, today=today)
    if asked.form and not asked.errors:
        return list_file(request, LISTINGS["projects"], asked.found, form=asked.form)
    return render(request, "registry/project/list.html", {
        "list": read_list(asked, today), "as_of": asked.found.as_of_day, "here": "projects",
        "about": about.of_projects(request),
    }, status=400 if asked.errors else 200)


@by_revision
@permanent("pages:project")
def project_page(request: HttpRequest, code: str) -> HttpResponse:
    today = timezone.localdate()
    day = ask_day(request, today)
    project = find(with_sheet(Project.objects.all(), day.as_of), code)
    if file := file_of(request, "projects", project, today):
        return file
    return render(request, "registry/project/detail.html", {
        "sheet": sheet_of(project, day), "project": project, "day": day, "as_of": day.as_of, "here": "projects",
        "about": about.of_project(request, project)}, status=day.status)
