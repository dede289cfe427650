"""The change feed: what partners mirror, in commit order."""

from collections import defaultdict
from collections.abc import Iterable

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.exchange.documents import DOCUMENTS, Context
from registry.exchange.documents.shape import moment
from registry.models import NOUNS, Change, Register, Statement
from registry.web.listing import DEFAULT_PAGE, PATH_OF
from registry.web.parameters import Parameters, Whole

from .access import reader_of
from .base import ApiView, base_address, json, with_parameter
from .errors import BeyondHead

EVENT = ("seq", "act__at", "kind", "code", "feed_verb", "merged_into")
LARGEST = 9_223_372_036_854_775_807


class FeedParameters(Parameters):
    after = Whole(label=_("sau thay đổi số"), least=0, most=LARGEST, method="unused")
    page_size = Whole(label=_("số dòng mỗi trang"), least=1, most=500, method="unused")

    def errors_found(self):
        """An ``after`` without a number is an error, not the beginning: a mirror would load everything again."""
        found = super().errors_found()
        if "after" in self.data and not self.data["after"].strip():
            found.append(("after", _("Hãy ghi số thay đổi cuối cùng đã nhận, hoặc 0 để lấy từ đầu.")))
        return found


class ChangesView(ApiView):
    """Events after a number; ``record`` is the present public form, null where there is none any more."""

    def answer(self, request) -> HttpResponse:
        values = FeedParameters(request.GET, today=timezone.localdate()).check()
        after, size = values["after"] or 0, values["page_size"] or DEFAULT_PAGE
        head = Register.objects.values_list("head", flat=True).get(pk=1)
        if after > head:
            raise BeyondHead(after=after, head=head, field="after")
        told = Change.objects.in_feed(after=after).filter(seq__lte=head)
        events = list(told.values_list(*EVENT, named=True)[: size + 1])
        here = events[:size]
        context = Context(base=base_address(request), as_of=timezone.localdate(), reader=reader_of(request.auth))
        records = present_forms(here, context)
        return json({
            "results": [event(change, records, context) for change in here],
            "next": with_parameter(request, "after", here[-1].seq) if len(events) > size else None,
            "head": head,
        })


def event(change: tuple, records: dict[tuple[str, str], dict], context: Context) -> dict:
    return {
        "seq": change.seq,
        "at": moment(change.act__at),
        "kind": change.kind,
        "code": change.code,
        "verb": change.feed_verb,
        "url": context.url(PATH_OF[change.kind], change.code),
        "record": records.get((change.kind, change.code)),
        "merged_into": change.merged_into or None,
    }


def present_forms(changes: Iterable[tuple], context: Context) -> dict[tuple[str, str], dict]:
    """The public form of each record as it is now, by kind and code. A fixed number of queries a kind."""
    codes = defaultdict(set)
    for change in changes:
        codes[change.kind].add(change.code)
    forms = {}
    for kind, wanted in codes.items():
        column = "pk" if kind == Statement.KIND else "code"
        keys = NOUNS[kind].objects.public().filter(**{f"{column}__in": wanted}).values_list("pk", flat=True)
        for form in DOCUMENTS[kind].load(list(keys), context):
            forms[kind, form["code"]] = form
    return forms
