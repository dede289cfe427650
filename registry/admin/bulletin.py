"""The zone board's bulletin at the officers' door: text to paste, each number with the rows that made it."""

from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.exchange.official.bulletin import paragraphs
from registry.models import Registrar
from registry.statistics.bulletin import AMENDED, Bulletin, Stretch, bulletin, rows_of, stretches_of, told_of
from registry.statistics.bulletin_rows import ENDED, ITEMS, had, without_certificate
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.period import VagueDay
from registry.vocabulary.report import FIRST_YEAR, LAST_YEAR

from .official import KnownOnField, view_of

MONTHS = [(number, str(number)) for number in range(1, 13)]
TITLES = {
    "new": gettext_lazy("Dự án cấp mới"), "up": gettext_lazy("Lượt tăng vốn"), "down": gettext_lazy("Lượt giảm vốn"),
    "bought": gettext_lazy("Lượt góp vốn, mua cổ phần"), "ended": gettext_lazy("Dự án chấm dứt hoạt động"),
    AMENDED: gettext_lazy("Giấy chứng nhận điều chỉnh"),
}


class AskedBulletin(forms.Form):
    year = forms.IntegerField(label=gettext_lazy("Năm"), min_value=FIRST_YEAR, max_value=LAST_YEAR,
                              widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 5}))
    month = forms.TypedChoiceField(label=gettext_lazy("Tháng"), coerce=int, choices=MONTHS)
    registrar = forms.ModelChoiceField(
        label=gettext_lazy("Cơ quan đăng ký đầu tư"), required=False, to_field_name="code",
        queryset=Registrar.objects.order_by("code"), empty_label=gettext_lazy("Toàn tỉnh"))
    known_on = KnownOnField()


def bulletin_urls(site) -> list:
    return [
        path("bulletin/", view_of(site, bulletin_page), name="bulletin"),
        path("bulletin/rows/", view_of(site, rows_page), name="bulletin-rows"),
    ]


def bulletin_page(site, request: HttpRequest) -> HttpResponse:
    """The last whole month of the zone board in force, unless another is asked for."""
    asked = _asked(request)
    found, errors = None, [str(message) for messages in asked.errors.values() for message in messages]
    if not errors:
        given = asked.cleaned_data
        try:
            found = bulletin(given["year"], given["month"], today=timezone.localdate(), registrar=given["registrar"],
                             known_on=given["known_on"])
        except RuleBroken as error:
            errors = [str(error)]
    return TemplateResponse(request, "admin/registry/forms/bulletin.html", {
        **site.each_context(request), "title": _("Bản tin tình hình cấp giấy chứng nhận"), "asked": asked,
        "errors": errors, "found": found, "paragraphs": found and paragraphs(found, _addresses(found)),
    }, status=400 if errors else 200)


def _asked(request: HttpRequest) -> AskedBulletin:
    today = timezone.localdate()
    last = divmod(today.year * 12 + today.month - 2, 12)
    first = {"year": last[0], "month": last[1] + 1}
    if "year" not in request.GET:
        board = Registrar.objects.of_zones().in_force(today).order_by("code").first()
        first["registrar"] = board.code if board else ""
    asked = AskedBulletin(first | {name: request.GET[name] for name in AskedBulletin.base_fields
                                   if name in request.GET})
    asked.is_valid()
    return asked


def _addresses(found: Bulletin):
    base = {"year": found.month.start.year, "month": found.month.start.month}
    if found.registrar:
        base["registrar"] = found.registrar.code
    if found.known_on:
        base["known_on"] = found.known_on.isoformat()

    def address(item: str, stretch: Stretch) -> str:
        return f'{reverse("admin:bulletin-rows")}?{urlencode(base | {"of": item, "within": stretch.name})}'

    return address


def rows_page(site, request: HttpRequest) -> HttpResponse:
    """The rows behind one number, with the sum that it is."""
    asked, item = _asked(request), request.GET.get("of", "")
    if asked.errors or "year" not in request.GET or item not in (*ITEMS, AMENDED):
        raise Http404
    given = asked.cleaned_data
    period = stretches_of(given["year"], given["month"]).get(request.GET.get("within", ""))
    if period is None:
        raise Http404
    query = urlencode({name: request.GET[name] for name in AskedBulletin.base_fields if name in request.GET})
    context = {"title": TITLES[item], "back": f'{reverse("admin:bulletin")}?{query}', "registrar": given["registrar"],
               "known_on": given["known_on"], "period": VagueDay(period.start, period.last)}
    of = had(given["registrar"], given["known_on"])
    if item == AMENDED:
        rows = of.amendments(period).select_related("project").order_by("decided_latest", "pk")
        without = without_certificate(period, of).select_related("project").in_ledger_order()
        context |= {"certificates": rows, "entries": without, "times": len(rows) + len(without),
                    "standing": {row.pk for row in without}}
    else:
        rows = rows_of(item, period, of)
        told = told_of(item, period, of)
        context |= {"entries": rows.select_related("project", "enterprise"), "times": told.times, "usd": told.usd,
                    "standing": set(of.standing(rows).values_list("pk", flat=True))}
        if item == ENDED:
            context["without_capital"] = of.ended(period).exclude(pk__in=rows.values("project"))
    return TemplateResponse(request, "admin/registry/forms/bulletin_rows.html",
                            {**site.each_context(request), **context})
