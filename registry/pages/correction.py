"""A reader reports an error, and follows what becomes of it at an address of its own."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from registry.actions.correction import receive
from registry.actions.writing import DoneAlready, writing
from registry.models import Act, Change, CorrectionRequest
from registry.vocabulary.change import Door
from registry.vocabulary.correction import CONCLUDED, working_days_after
from registry.vocabulary.errors import RuleBroken
from registry.web.revision import by_revision

from .correction_form import About, CorrectionForm, CorrectionRate, about_of, token_for

THE_PUBLIC = "công chúng"
REASON = "Người đọc báo sai sót"


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "OPTIONS", "POST"])
def new_correction(request: HttpRequest) -> HttpResponse:
    """GET the form about the page ``about``; POST it back. The module of the form says why it needs no cookie."""
    about = about_of(request.GET.get("about") or "/")
    if request.method != "POST":
        return _shown(request, CorrectionForm(about=about), token_for(about))
    form = CorrectionForm(request.POST, about=about)
    if not form.is_valid():
        return _shown(request, form, form.renewed(), status=400)
    if done := Act.objects.filter(key=form.key).first():
        return _thanks(_made_by(done))
    rate = CorrectionRate()
    if not rate.allow_request(request, None):
        form.add_error(None, _("Địa chỉ mạng này đã gửi nhiều báo sai sót trong một giờ. Hãy gửi lại sau."))
        answer = _shown(request, form, form.renewed(), status=429)
        answer["Retry-After"] = str(int(rate.wait() or 0) + 1)
        return answer
    try:
        return _thanks(_received(form))
    except DoneAlready as error:
        return _thanks(_made_by(error.act))
    except RuleBroken as error:
        form.add_error(None, str(error))
        return _shown(request, form, form.renewed(), status=503)


@by_revision
def correction_page(request: HttpRequest, code: str) -> HttpResponse:
    """What the public may know of a report: what it is about, its state, its deadline, its outcome."""
    today = timezone.localdate()
    # Not from a replica: a reader is led here at once.
    correction = get_object_or_404(CorrectionRequest.objects.using("default"), code=code)
    return render(request, "registry/correction/ticket.html", {
        "correction": correction, "overdue": correction.is_overdue(today), "concluded_at": _concluded_at(correction),
        "about": About(correction.about, correction.about_kind, correction.about_code),
        "page": _page_of(correction.about), "thanks": "sent" in request.GET, "today": today, "here": "corrections",
        "address": request.build_absolute_uri(request.path),
    })


def _received(form: CorrectionForm) -> str:
    """Write the report; its code. Raises RuleBroken; nothing is written then."""
    about, given = form.about, form.cleaned_data
    with writing(by=THE_PUBLIC, reason=REASON, door=Door.PUBLIC, key=form.key) as act:
        return receive(
            act=act, about=about.address, about_kind=about.kind, about_code=about.code,
            words=given["words"].replace("\r\n", "\n"), contact=given["contact"], language=translation.get_language(),
        ).code


def _made_by(act: Act) -> str:
    return act.changes.get().code


def _thanks(code: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('pages:correction', args=[code])}?sent")


def _concluded_at(correction: CorrectionRequest):
    """When it was concluded; None before. One query."""
    if not correction.is_concluded:
        return None
    changes = Change.objects.filter(kind=correction.KIND, code=correction.code, after__state__in=CONCLUDED)
    return changes.order_by("seq").values_list("act__at", flat=True).first()


def _page_of(address: str) -> str:
    """The path of the page in the reader's language, without its query: anybody may have written that."""
    path = address.partition("?")[0]
    return f"/en{path}" if translation.get_language() == "en" else path


def _shown(request: HttpRequest, form: CorrectionForm, token: str, *, status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    return render(request, "registry/correction/form.html", {
        "form": form, "about": form.about, "page": _page_of(form.about.address), "token": token,
        "days": settings.CORRECTIONS_WORKING_DAYS, "here": "corrections",
        "deadline": working_days_after(today, settings.CORRECTIONS_WORKING_DAYS),
    }, status=status)
