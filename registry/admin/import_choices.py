"""What the rows of a file leave to the officer: each question once with its candidates, and the answers as sent.

A question that several rows share has one answer for all of them; each of these rows may still have its own.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import orjson
from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _

from registry.actions.plan import NEW_RECORD, SAME_RECORD, Choice, PlannedRow, Preview
from registry.exchange.imports.preview import FOR_ALL, Answers
from registry.exchange.imports.repeats import MAY_REPEAT, MUST_REPEAT

CHOOSING = "choosing"  # in what is sent, tells the form of choices from that of applying
OWN = "own"  # in the address: which page of the rows that have a shared question
MARK = "choice:"
MOST_SHOWN, MOST_NAMED = 100, 8

Asked = Sequence[tuple[PlannedRow, Choice]]  # one question, in each row that has it


@dataclass(frozen=True)
class Question:
    """One choice of one row or of several: the field's name, and each option as value, words and whether it is chosen.
    """

    rows: str
    name: str
    about: str
    text: str
    options: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class Questions:
    """``shown`` are the first of ``all``, those without an answer before the others; ``left`` have none yet. ``own``
    are the rows that share a question, each for itself."""

    all: int
    left: int
    shown: tuple[Question, ...]
    own: Page
    own_shown: tuple[Question, ...]

    @property
    def hidden(self) -> int:
        return self.all - len(self.shown)


def questions_of(preview: Preview, own: str | None) -> Questions:
    """``own`` is the page asked for of the rows that share a question."""
    asked: dict[object, list[tuple[PlannedRow, Choice]]] = {}
    for row in preview.rows:
        for choice in row.choices:
            asked.setdefault(choice.asked or (row.number, choice.key), []).append((row, choice))
    found = sorted(asked.values(), key=lambda each: (not _is_open(each), each[0][0].number))
    shared = sorted((place for each in found if len(each) > 1 for place in each), key=lambda each: each[0].number)
    page = Paginator(shared, MOST_SHOWN).get_page(own)
    return Questions(all=len(found), left=sum(map(_is_open, found)), shown=tuple(map(_question, found[:MOST_SHOWN])),
                     own=page, own_shown=tuple(_of_row(*each) for each in page))


def _is_open(asked: Asked) -> bool:
    return any(not choice.chosen for _row, choice in asked)


def _question(asked: Asked) -> Question:
    return _of_row(*asked[0]) if len(asked) == 1 else _of_rows(asked)


def _of_row(row: PlannedRow, choice: Choice) -> Question:
    chosen = "" if choice.for_all else choice.chosen
    options = [("", _("– theo lựa chọn chung –") if choice.for_all else _("– chưa chọn –")), *_candidates(choice)]
    name = f"{MARK}{row.number}:{choice.key}"
    return Question(str(row.number), name, row.name, choice.text, _marked(options, chosen))


def _of_rows(asked: Asked) -> Question:
    choice = asked[0][1]
    chosen = next((each.chosen for _row, each in asked if each.for_all), "")
    options = [("", _("– chưa chọn –") if chosen or _is_open(asked) else _("– từng dòng đã chọn riêng –"))]
    if choice.asked in (MAY_REPEAT, MUST_REPEAT):
        text = _("dòng ghi y hệt bản ghi đã có")
        options.append((SAME_RECORD, _("mọi dòng này chỉ nhắc lại bản ghi đã có: không ghi thêm")))
        options += [(NEW_RECORD, _("mọi dòng này là bản ghi khác: ghi bản ghi mới"))] * choice.may_be_new
    else:
        text = choice.text
        options += _candidates(choice)
    about = _("%(count)d dòng, một lựa chọn cho tất cả") % {"count": len(asked)}
    return Question(_numbers(asked), f"{MARK}{FOR_ALL}:{choice.asked}", about, text, _marked(options, chosen))


def _candidates(choice: Choice) -> list[tuple[str, str]]:
    options = [(each.code, " · ".join(filter(None, (each.code, each.name, each.country)))) for each in
               choice.candidates]
    return options + [(NEW_RECORD, _("không phải bản ghi nào ở trên: ghi bản ghi mới"))] * choice.may_be_new


def _marked(options: list[tuple[str, str]], chosen: str) -> tuple[tuple[str, str, bool], ...]:
    return tuple((value, words, value == chosen) for value, words in options)


def _numbers(asked: Asked) -> str:
    named = ", ".join(str(row.number) for row, _choice in asked[:MOST_NAMED])
    return f"{named}, …" if len(asked) > MOST_NAMED else named


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
