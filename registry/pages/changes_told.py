"""Changes in words: what was done to a record, and of its parts what the public reads of each."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.models import CapitalEntry, Certificate, Milestone, Statement, ZoneObservation
from registry.statistics.recent import Recent
from registry.templatetags.register_format import kind, lang_here, name_here, sentence, unit, usd, vague_day, verb
from registry.vocabulary.zone import OBSERVATION_UNIT, ObservationKind

from .addresses import page_of_record
from .observed import amount_of

TOLD_EACH = (CapitalEntry, Certificate, Milestone, ZoneObservation)
# Of one act on one record so many parts are told, and the others counted.
MOST_PARTS = 12


@dataclass(frozen=True)
class ToldChange:
    """One record that one act changed. ``name`` is its code where the public does not see it (any more), ``what`` its
    kind and code; ``did`` says what was done to it, ``parts`` what there is now of what was changed in it."""

    recent: Recent
    name: str
    lang: str
    address: str
    what: str
    did: str
    parts: tuple[str, ...]


def told_changes(changes: Iterable[Recent]) -> list[ToldChange]:
    """In their order. One query for each kind of part."""
    changes = list(changes)
    words = _words_of_parts(part for each in changes for part in each.parts)
    return [
        ToldChange(
            recent=each, name=name_here(each) if each.name else each.code,
            lang=lang_here(each) if each.name else "",
            address=page_of_record(each.kind, each.code), what=f"{sentence(kind(each.kind))} {each.code}",
            did=verb(each.verb), parts=_parts(each, words),
        )
        for each in changes
    ]


def _parts(change: Recent, words: dict[tuple[str, str], str]) -> tuple[str, ...]:
    told = [words[part] for part in change.parts if part in words]
    statements = sum(kind == Statement.KIND for kind, _code in change.parts)
    if len(told) > MOST_PARTS:
        rest = len(told) - MOST_PARTS
        told = [*told[:MOST_PARTS], ngettext("và %(count)s mục nữa", "và %(count)s mục nữa", rest) % {"count": rest}]
    if statements:
        told.append(ngettext("%(count)s nội dung nguồn nêu", "%(count)s nội dung nguồn nêu", statements)
                    % {"count": statements})
    return tuple(told)


def _words_of_parts(parts: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """What the public reads of each part, by its kind and code; nothing of what it does not see (any more)."""
    codes: dict[str, set[str]] = {}
    for of_kind, code in parts:
        codes.setdefault(of_kind, set()).add(code)
    return {
        (model.KIND, record.code): WORDS[model](record)
        for model in TOLD_EACH if model.KIND in codes
        for record in model.objects.public().filter(code__in=codes[model.KIND])
    }


def _entry(entry: CapitalEntry) -> str:
    return _with_day(f"{entry.get_kind_display()} {usd(entry.amount_usd)}", entry.decided_on)


def _certificate(certificate: Certificate) -> str:
    step = certificate.get_kind_display()
    if certificate.step:
        step = _("%(kind)s lần thứ %(step)s") % {"kind": step, "step": certificate.step}
    return _with_day(_("giấy chứng nhận, %(step)s") % {"step": step}, certificate.decided_on)


def _milestone(milestone: Milestone) -> str:
    return _with_day(f"{milestone.get_kind_display()}, {milestone.get_reality_display()}", milestone.happened_on)


def _observation(seen: ZoneObservation) -> str:
    label = ObservationKind(seen.attribute).label
    return _with_day(f"{label} ({unit(OBSERVATION_UNIT[seen.attribute])}) {amount_of(seen)}", seen.observed_on)


def _with_day(words: str, day) -> str:
    return f"{words}, {strip_tags(vague_day(day))}" if day else words


WORDS = {CapitalEntry: _entry, Certificate: _certificate, Milestone: _milestone, ZoneObservation: _observation}
