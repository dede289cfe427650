"""What a statement speaks of, and what was made of it: as the public calls them, with their pages."""

from dataclasses import dataclass

from registry.models import CapitalEntry, Statement, ZoneObservation
from registry.templatetags.register_format import lang_here, name_here
from registry.vocabulary.investor import INDIVIDUAL
from registry.vocabulary.statement import SubjectKind

from .addresses import page_of_record

# The records that stand in a row of their own on the page of their project or zone.
WITH_A_ROW = (CapitalEntry.KIND, ZoneObservation.KIND)


@dataclass(frozen=True)
class Subject:
    """``key`` is the same for statements about one thing; ``words``: the name is the source's own, in Vietnamese;
    ``address`` is empty where the public has no page of it."""

    key: tuple
    kind: str
    name: str
    lang: str
    words: bool
    address: str

    @property
    def label(self) -> str:
        """What kind of thing it is."""
        return str(SubjectKind(self.kind).label)


@dataclass(frozen=True)
class Made:
    """The record that an officer made of a statement; ``address`` is empty where it has no page."""

    kind: str
    code: str
    address: str


def subject_of(statement: Statement) -> Subject:
    """Never a natural person's name; the words as printed where the register has no such public record.

    Reads the statement's subject: select it with many.
    """
    kind, record = statement.subject_kind, statement.subject
    if record is None or not record.is_public():
        is_person = getattr(record, "is_person", False)
        name = str(INDIVIDUAL) if is_person else statement.subject_name
        return Subject(key=(kind, record and record.pk, name), kind=kind, name=name, lang="", words=not is_person,
                       address="")
    address = page_of_record(record.KIND, record.code)
    if getattr(record, "is_person", False):
        return Subject(key=(kind, record.pk), kind=kind, name=str(INDIVIDUAL), lang="", words=False, address=address)
    return Subject(key=(kind, record.pk), kind=kind, name=name_here(record), lang=lang_here(record), words=False,
                   address=address)


def made_of(statement: Statement) -> Made | None:
    """None where nothing was made of it, or the public does not see of whom it speaks. It has an address where it is
    the statement's subject or belongs to that."""
    kind, code, subject = statement.promoted_kind, statement.promoted_code, statement.subject
    if not kind or not (subject is None or subject.is_public()):
        return None
    address = ""
    if subject is not None:
        page = page_of_record(subject.KIND, subject.code)
        if code == subject.code:
            address = page
        elif page and code.startswith(f"{subject.code}-"):
            address = f"{page}#{code}" if kind in WITH_A_ROW else page
    return Made(kind=kind, code=code, address=address)
