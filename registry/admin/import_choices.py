"""What the rows of a file leave to the officer: each question with its candidates, and the answers as sent."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import orjson
from django.http import QueryDict
from django.utils.translation import gettext as _

from registry.actions.plan import NEW_RECORD, Choice, PlannedRow, Preview
from registry.exchange.imports.preview import Answers

CHOOSING = "choosing"  # in what is sent, tells the form of choices from that of applying
MARK = "choice:"
MOST_SHOWN = 100


@dataclass(frozen=True)
class Question:
    """One choice of a row: the field's name, and each option as value, words and whether it is chosen."""

    row: PlannedRow
    name: str
    text: str
    options: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class Questions:
    """``shown`` are the first of ``all``, those without an answer before the others; ``left`` have none yet."""

    all: int
    left: int
    shown: tuple[Question, ...]

    @property
    def hidden(self) -> int:
        return self.all - len(self.shown)


def questions_of(preview: Preview) -> Questions:
    found = [(row, choice) for row in preview.rows for choice in row.choices]
    found.sort(key=lambda each: (bool(each[1].chosen), each[0].number))
    return Questions(all=len(found), left=sum(not choice.chosen for _row, choice in found),
                     shown=tuple(_question(row, choice) for row, choice in found[:MOST_SHOWN]))


def _question(row: PlannedRow, choice: Choice) -> Question:
    options = [("", _("– chưa chọn –"))]
    options += [(each.code, " · ".join(filter(None, (each.code, each.name, each.country)))) for each in
                choice.candidates]
    if choice.may_be_new:
        options.append((NEW_RECORD, _("không phải bản ghi nào ở trên: ghi bản ghi mới")))
    return Question(row, f"{MARK}{row.number}:{choice.key}", choice.text,
                    tuple((value, words, value == choice.chosen) for value, words in options))


def answered(sent: QueryDict, before: Answers) -> dict[int, dict[str, str]]:
    """The answers so far with those that were sent; an empty one takes an answer back."""
    answers = {number: dict(given) for number, given in before.items()}
    for name in sent:
        mark, number, key = (*name.split(":", 2), "", "")[:3]
        if f"{mark}:" != MARK or not (number.isdecimal() and key):
            continue
        given = answers.setdefault(int(number), {})
        given.pop(key, None)
        if sent[name]:
            given[key] = sent[name]
    return {number: given for number, given in answers.items() if given}


def digest_of(answers: Mapping[int, Mapping[str, str]]) -> str:
    """Names the answers, so that what is applied is what was shown."""
    return hashlib.sha256(orjson.dumps(answers, option=orjson.OPT_NON_STR_KEYS | orjson.OPT_SORT_KEYS)).hexdigest()
