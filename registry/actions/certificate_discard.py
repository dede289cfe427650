"""A certificate that was proposed in error and never published: it goes, with what was made for it alone."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from registry.models import (
    Certificate,
    Change,
    Enterprise,
    ImportBatch,
    Investor,
    Project,
    ProjectAsKnown,
    Source,
    Stake,
    Statement,
)
from registry.vocabulary.change import Verb
from registry.vocabulary.errors import RuleBroken

from .bulk import delete_many
from .certificate import BEFORE_THE_PUBLIC, PublishedOnce
from .certificate_effect import STAKES
from .writing import Writing

# What the form of a certificate may write down with it, each before what it refers to.
BROUGHT = (Project, Enterprise, Investor, Source)


class OfABatch(RuleBroken):
    code = "of-a-batch"
    message = _("%(code)s do lô nhập %(batch)s ghi. Hãy hoàn tác lô đó, hoặc sửa giấy chứng nhận.")


def discard(*, act: Writing, certificate: Certificate) -> None:
    """Delete a certificate that was never published (bỏ đề nghị) with what ``brought_by`` names. The log keeps them,
    and no later certificate is given the code. Raises PublishedOnce, OfABatch; nothing is written then."""
    if certificate.publication not in BEFORE_THE_PUBLIC:
        raise PublishedOnce(code=certificate.code)
    made = Change.objects.filter(kind=Certificate.KIND, code=certificate.code, verb=Verb.CREATED)
    if batch := ImportBatch.objects.filter(acts__changes__in=made).first():
        raise OfABatch(code=certificate.code, batch=batch.code)
    for record in (certificate, *brought_by(certificate)):
        delete_many(act=act, records=[record])


def brought_by(certificate: Certificate) -> list:
    """The project, enterprise, investors and source that were written down with a certificate, as far as they were
    not published either, and nothing else refers to them."""
    going = [certificate]
    for record in _made_with(certificate):
        used = any(_stays(row, [*going, record]) for row in _referring(record))
        if not used and not _is_proposed(record, besides=certificate):
            going.append(record)
    return going[1:]


def _made_with(certificate: Certificate) -> Iterator:
    acts = Change.objects.filter(kind=certificate.KIND, code=certificate.code, act__batch=None).values("act")
    for model in BROUGHT:
        made = Change.objects.filter(act__in=acts, kind=model.KIND, verb=Verb.CREATED).values("code")
        yield from model.objects.filter(code__in=made, publication__in=BEFORE_THE_PUBLIC).order_by("pk")


def _referring(record) -> Iterator:
    for relation in type(record)._meta.related_objects:
        if relation.related_model is not ProjectAsKnown:  # made of the log, and gone with the project
            yield from relation.related_model._default_manager.filter(**{relation.field.name: record})
    yield from Statement.objects.filter(promoted_kind=record.KIND, promoted_code=record.code)


def _stays(row, going: list) -> bool:
    return (row.project if isinstance(row, Stake) else row) not in going


def _is_proposed(record, *, besides: Certificate) -> bool:
    """Whether another certificate that waits would give the record to a project."""
    others = Certificate.objects.filter(publication__in=BEFORE_THE_PUBLIC).exclude(pk=besides.pk)
    for proposed in others.exclude(proposed_changes={}).values_list("proposed_changes", flat=True):
        _before, stakes = proposed.get(STAKES, ([], []))
        _was, enterprise = proposed.get("enterprise_id", (None, None))
        if isinstance(record, Investor) and record.pk in [stake["investor_id"] for stake in stakes]:
            return True
        if isinstance(record, Enterprise) and record.pk == enterprise:
            return True
    return False
