"""What a check finds."""

from dataclasses import dataclass

CHUNK = 500  # rows in memory at a time; SQLite takes no list of more than a thousand


@dataclass(frozen=True)
class Problem:
    """A row that breaks a rule: its kind and code, and what is wrong, in Vietnamese."""

    kind: str
    code: str
    what: str

    def __str__(self) -> str:
        return f"{self.kind} {self.code}: {self.what}"

