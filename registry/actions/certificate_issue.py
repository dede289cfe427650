"""A new certificate as it comes in: project, enterprise, investors, their parts, the first entry and its source in one
go."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from registry.models import Certificate, Enterprise, Project, Source
from registry.models.account import may_publish_alone
from registry.vocabulary.certificate import CertificateKind
from registry.vocabulary.period import VagueDay
from registry.vocabulary.publication import Publication
from registry.vocabulary.statement import SourceKind

from .capital import check_has_been
from .certificate import grant
from .project import StakeGiven, open_project
from .record import create
from .writing import Writing


def issue(
    *, act: Writing, project: Project, irc_code: str, decided_on: VagueDay, stakes: Sequence[StakeGiven],
    enterprise: Enterprise | None = None, source: Source | None = None, **paper,
) -> Certificate:
    """Write down a first certificate with the project that it licenses, all or nothing; return it.

    ``project`` is not written yet, nor need ``enterprise`` and the investors of ``stakes`` be; without a ``source`` the
    certificate itself becomes one. Where this officer publishes alone all is published and the first entry posted;
    otherwise all waits for a second person, who publishes it with the certificate. ``paper`` is as for ``grant``,
    which says what is raised.
    """
    check_has_been(decided_on, act.on)  # before the source says so of its own day
    alone = bool(act.by) and may_publish_alone(act.by)
    state = Publication.PUBLISHED if alone else Publication.IN_REVIEW
    if source is None:
        source = create(act=act, record=Source(
            kind=SourceKind.CERTIFICATE, name=_("Giấy chứng nhận đăng ký đầu tư số %(number)s") % {"number": irc_code},
            number=irc_code, published_on=decided_on, publication=state,
        ))
    if enterprise is not None and enterprise.pk is None:
        enterprise.publication = state
        create(act=act, record=enterprise)
    project.enterprise, project.source, project.publication = enterprise, source, state
    open_project(act=act, project=project, stakes=stakes)
    return grant(act=act, project=project, kind=CertificateKind.FIRST_ISSUE, decided_on=decided_on, irc_code=irc_code,
                 source=source, publish_now=alone, **paper)
