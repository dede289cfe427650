"""The list from which an officer came: what it was narrowed to, what follows in it, and the way back to it.

The last query of each list is kept in the session. The bare address always shows all records; links that lead back
to a list ask for the last one (``?last=1``).
"""

from copy import copy
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.options import IS_POPUP_VAR, IncorrectLookupParameters
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _

from .address import address_of

KEPT, LAST, NEXT, FILTERS = "lists", "last", "_next", "_changelist_filters"


def list_asked(model_admin, request: HttpRequest, query: QueryDict) -> ChangeList:
    """The list that a query asks for, whatever page of it. Raises IncorrectLookupParameters."""
    asked = copy(request)
    asked.GET = query.copy()
    asked.GET.pop(PAGE_VAR, None)
    return model_admin.get_changelist_instance(asked)


class RemembersList:
    """Mix into a ModelAdmin."""

    def changelist_view(self, request, extra_context=None):
        if LAST in request.GET:
            return HttpResponseRedirect(f"{request.path}?{kept}" if (kept := self._kept(request)) else request.path)
        answer = super().changelist_view(request, extra_context)
        if request.method == "GET" and answer.status_code == 200 and IS_POPUP_VAR not in request.GET:
            self._keep(request)
        return answer

    def get_preserved_filters(self, request):
        """The list to lead back to: the one that the address names, else the last one that was shown."""
        found = super().get_preserved_filters(request)
        if found or request.resolver_match.url_name.endswith("_changelist"):
            return found
        kept = self._kept(request)
        return urlencode({FILTERS: kept}) if kept else ""

    def following(self, request: HttpRequest, record) -> int | None:
        """The key of the record after this one in the list from which the officer came; None where it stands last
        there, or not at all."""
        query = QueryDict(QueryDict(self.get_preserved_filters(request)).get(FILTERS, ""))
        try:
            keys = list_asked(self, request, query).queryset.values_list("pk", flat=True).iterator()
        except (IncorrectLookupParameters, DisallowedModelAdminLookup):
            return None
        return next((next(keys, None) for key in keys if key == record.pk), None)

    def response_next(self, request: HttpRequest, record, following: int | None) -> HttpResponse:
        """Lead to the next record of the list, or back to the list after the last one."""
        if following is None:
            messages.success(request, _("Đã lưu %(code)s. Không còn hồ sơ nào sau nó trong danh sách.")
                             % {"code": record.code})
            return self.response_post_save_change(request, record)
        messages.success(request, _("Đã lưu %(code)s. Đây là hồ sơ tiếp theo của danh sách.") % {"code": record.code})
        address = address_of(self.model(pk=following))
        kept = {"preserved_filters": self.get_preserved_filters(request), "opts": self.opts}
        return HttpResponseRedirect(add_preserved_filters(kept, address))

    def _kept(self, request: HttpRequest) -> str:
        return request.session.get(KEPT, {}).get(self.opts.model_name, "")

    def _keep(self, request: HttpRequest) -> None:
        query = request.GET.copy()
        query.pop(PAGE_VAR, None)
        if query.urlencode() != self._kept(request):
            request.session[KEPT] = {**request.session.get(KEPT, {}), self.opts.model_name: query.urlencode()}
