"""Companies' reports: the disbursement of each accepted one."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from registry.models import OperatingReport
from registry.vocabulary.capital import CapitalKind

from .problem import CHUNK, Problem


def disbursements() -> Iterator[Problem]:
    """The entry of an accepted report is a disbursement of its project, of its amount and quarter, that stands.

    That there is one, and none of any other report, is a constraint of the table.
    """
    rows = OperatingReport.objects.filter(entry__isnull=False).order_by("pk")
    for report in rows.select_related("project", "entry__reversed_by").iterator(chunk_size=CHUNK):
        for what in _wrong_with(report):
            yield Problem(report.KIND, report.code, str(what))


def _wrong_with(report: OperatingReport) -> Iterator[str]:
    entry = report.entry
    if (entry.kind, entry.project_id) != (CapitalKind.DISBURSEMENT, report.project_id):
        yield _("bút toán %(code)s không phải vốn thực hiện của dự án này") % {"code": entry.code}
    if entry.amount_usd != report.realised_usd:
        yield _("báo cáo %(stated)s USD, nhưng bút toán %(code)s ghi %(posted)s USD") % {
            "stated": report.realised_usd, "code": entry.code, "posted": entry.amount_usd}
    if entry.counts_on not in report.of_quarter.period:
        yield _("bút toán %(code)s không tính vào quý của báo cáo") % {"code": entry.code}
    if getattr(entry, "reversed_by", None):
        yield _("bút toán %(code)s đã bị đảo, dù báo cáo còn được tiếp nhận") % {"code": entry.code}
