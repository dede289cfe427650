"""Projects as the national investment system asks for them: what stands in ``columns/national``."""

from collections import defaultdict
from collections.abc import Iterable

from registry.models import Certificate, Country, Project
from registry.vocabulary.certificate import CertificateKind, Outcome
from registry.vocabulary.publication import Publication

from .documents import DOCUMENTS, Context

# What is taken together from the last certificate that states any of it: an amendment of the objective says nothing
# of capital.
STATED = (("total_usd", "total_vnd"), ("contributed_usd", "mobilised_usd"), ("contribute_by",))


def numbered_first(projects: Iterable[tuple[int, str | None]]) -> tuple[list[int], int]:
    """The keys of projects, given with their numbers, those without one last; and how many of these there are."""
    projects = list(projects)
    without = [key for key, number in projects if not number]
    return [key for key, number in projects if number] + without, len(without)


def national_rows(keys: list[int], context: Context) -> list[dict]:
    """The rows of ``NATIONAL``, in the order of the keys. The same number of queries for any number of keys."""
    documents = DOCUMENTS[Project.KIND].load(keys, context)
    certificates = _certificates(keys, context)
    named = {each["country"] for document in documents for each in document["investors"]}
    countries = dict(Country.objects.filter(code__in=named).values_list("code", "name"))
    return [{"project": each, "countries": countries, "last": _last(certificates[each["code"]])} for each in documents]


def _certificates(keys: list[int], context: Context) -> dict[str, list[Certificate]]:
    """What was granted to each project and stands, by its code, the latest first."""
    found = defaultdict(list)
    granted = context.rows(Certificate).filter(project__in=keys, outcome=Outcome.GRANTED)
    for each in granted.exclude(publication=Publication.WITHDRAWN).select_related("project"):
        found[each.project.code].append(each)
    return defaultdict(list, {code: _latest_first(some) for code, some in found.items()})


def _latest_first(certificates: list[Certificate]) -> list[Certificate]:
    """By day; a step without a day stands after the steps before it."""
    days, reached = {}, 0
    for each in sorted(certificates, key=lambda each: (each.step or 0, each.number)):
        days[each.pk] = each.decided_on.latest.toordinal() if each.decided_on else reached
        reached = max(reached, days[each.pk]) if each.step else days[each.pk]
    return sorted(certificates, key=lambda each: (days[each.pk], each.step or 0, each.number), reverse=True)


def _last(certificates: list[Certificate]) -> dict:
    """What the certificates of a project, the latest first, say in sum."""
    amendments = [each for each in certificates if each.kind == CertificateKind.AMENDMENT]
    latest = max(amendments, key=lambda each: each.step, default=None)
    said = {"step": latest.step if latest else 0,
            "amended_on": latest.decided_on.label if latest and latest.decided_on else None}
    for names in STATED:
        stating = (each for each in certificates if any(getattr(each, name) is not None for name in names))
        last = next(stating, None)
        said |= {name: getattr(last, name) if last else None for name in names}
    return said
