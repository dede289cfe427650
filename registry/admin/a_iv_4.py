"""The form A.IV.4 at the officers' door."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.exchange.documents.a_iv_4 import leads_document
from registry.exchange.official.a_iv_4 import printed_leads
from registry.statistics.a_iv_4 import leads_form
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.report import FIRST_YEAR, LAST_YEAR

from .official import KnownOnField, answer, view_of

JANUARY = 1  # until its end the form of the year before is due


class AskedLeads(forms.Form):
    year = forms.IntegerField(label=gettext_lazy("Năm"), min_value=FIRST_YEAR, max_value=LAST_YEAR,
                              widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 5}))
    known_on = KnownOnField()


def a_iv_4_urls(site) -> list:
    return [path("a-iv-4/", view_of(site, leads_page), name="a-iv-4")]


def leads_page(site, request: HttpRequest) -> HttpResponse:
    """The year that is due, unless another is asked for."""
    today, printed, document = timezone.localdate(), None, None
    due = today.year - (today.month == JANUARY)
    asked = AskedLeads({"year": request.GET.get("year", due), "known_on": request.GET.get("known_on", "")})
    errors = [str(message) for messages in asked.errors.values() for message in messages]
    if not errors:
        try:
            form = leads_form(today=today, **asked.cleaned_data)
            printed, document = printed_leads(form, on=today), leads_document(form)
        except RuleBroken as error:
            errors = [str(error)]
    return answer(site, request, "admin/registry/forms/a_iv_4.html", printed, document, title=_("Biểu A.IV.4"),
                  asked=asked, errors=errors)
