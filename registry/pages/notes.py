"""The numbered notes at the foot of a page: every figure leads to where its source says it."""

from dataclasses import dataclass

from registry.models import CapitalEntry, Certificate, Source, Statement
from registry.vocabulary.publication import Publication


@dataclass(frozen=True)
class Note:
    """One place in one source, or one certificate; each is None where the public may not see it."""

    number: int
    source: Source | None
    locator: str
    certificate: Certificate | None


class Notes:
    """The notes of one page, numbered as they are first cited."""

    def __init__(self):
        self._notes: dict[tuple, Note] = {}

    def __iter__(self):
        return iter(self._notes.values())

    def __bool__(self):
        return bool(self._notes)

    def of(self, source: Source | None, locator: str = "", certificate: Certificate | None = None) -> tuple[Note, ...]:
        """The note of this place, as a tuple; empty where there is neither source nor certificate."""
        if source is None and certificate is None:
            return ()
        shown = source if source and source.is_public() else None
        if certificate and certificate.publication != Publication.PUBLISHED:
            certificate = None
        key = (shown and shown.pk, locator if shown else "", certificate and certificate.pk)
        if key not in self._notes:
            self._notes[key] = Note(
                number=len(self._notes) + 1, source=shown, locator=locator if shown else "", certificate=certificate
            )
        return (self._notes[key],)

    def of_statement(self, statement: Statement) -> tuple[Note, ...]:
        return self.of(statement.source, statement.locator)

    def of_record(self, record, statements: list[Statement]) -> tuple[Note, ...]:
        """The notes of the statements of which a record was made, else of its own source."""
        made_of = [
            note
            for statement in statements
            if (statement.promoted_kind, statement.promoted_code) == (record.KIND, record.code)
            for note in self.of_statement(statement)
        ]
        return tuple(dict.fromkeys(made_of)) or self.of(record.source)

    def of_entry(self, entry: CapitalEntry, statements: list[Statement]) -> tuple[Note, ...]:
        """A ledger entry rests on its certificate first."""
        if entry.certificate:
            return self.of_certificate(entry.certificate, entry.source)
        return self.of_record(entry, statements)

    def of_certificate(self, certificate: Certificate, source: Source | None = None) -> tuple[Note, ...]:
        # What was withdrawn brings no source with it.
        stands = certificate.publication == Publication.PUBLISHED
        return self.of(source or (certificate.source if stands else None), certificate=certificate)
