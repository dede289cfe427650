"""What an officers' list shows, whole, as a file: every page of it, drafts and records in review included."""

from functools import partial

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.exchange.national import numbered_first
from registry.models import Project
from registry.models.account import may
from registry.vocabulary.role import Deed
from registry.web.files import FORMS, OFFICERS_PATHS, national_file, officers_file

from .asked_list import list_asked

FOR_TYPING = ("xlsx", "csv")  # people read it and type


class Downloads:
    """Mix into the ModelAdmin of a noun that has columns; of projects also by number, for the national system."""

    def download_urls(self) -> list:
        """The addresses of the list's files, none where the noun has no columns."""
        if self.model.KIND not in OFFICERS_PATHS:
            return []
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        wrap = self.admin_site.admin_view
        found = [path(f"export/{form}/", wrap(partial(self.export_view, form=form)), name=f"{name}_export-{form}")
                 for form in FORMS]
        if self.model is Project:
            found += [path(f"national/{form}/", wrap(partial(self.national_view, form=form)),
                           name=f"{name}_national-{form}") for form in FOR_TYPING]
            found.append(path("national/", wrap(self.national_page), name=f"{name}_national"))
        return found

    def export_view(self, request: HttpRequest, form: str) -> HttpResponse:
        """The rows of the list that the address asks for, in its order."""
        return self._of_list(request, lambda rows: officers_file(
            request, self.model.KIND, lambda: list(rows.values_list("pk", flat=True)), form=form,
            today=timezone.localdate()))

    def national_view(self, request: HttpRequest, form: str) -> HttpResponse:
        return self._of_list(request, lambda rows: national_file(
            request, lambda: numbered_first(rows.values_list("pk", "irc_code"))[0], form=form,
            today=timezone.localdate()))

    def national_page(self, request: HttpRequest) -> HttpResponse:
        """What the file for the national system holds, and how many of its projects have no number."""
        return self._of_list(request, lambda rows: TemplateResponse(request, "admin/registry/national.html", {
            **self.admin_site.each_context(request), "opts": self.opts, "media": self.media,
            "title": _("Tệp cho hệ thống thông tin quốc gia về đầu tư"),
            "count": rows.count(), "without": rows.filter(irc_code=None).count(), "query": request.GET.urlencode(),
            "forms": [(form, reverse(f"admin:registry_project_national-{form}")) for form in FOR_TYPING],
        }))

    def _of_list(self, request: HttpRequest, answer) -> HttpResponse:
        """What ``answer`` makes of the list's rows; what is wrong with a filter is said by the list itself. Raises
        PermissionDenied."""
        if not may(request.user, Deed.LOOK):
            raise PermissionDenied
        try:
            rows = list_asked(self, request, request.GET).queryset
        except IncorrectLookupParameters:
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"
            return redirect(reverse(name, query=request.GET or None))
        return answer(rows)
