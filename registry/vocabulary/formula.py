"""Texts that a spreadsheet would take for a formula, in a CSV: marked when they are written, unmarked when read."""

import re

MARK = "'"

# A sign that begins a formula, in full width too, behind what a spreadsheet may skip: spaces, quotes, what nobody sees.
FORMULA = re.compile(
    "[\\s'\"\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff]*[-=+@\uff0d\uff1d\uff0b\uff20\ufe62\ufe63\ufe66\ufe6b]"
    "|[\t\r\n\0]"
)


def marked(text: str) -> str:
    """The text, with an apostrophe before what looks like a formula: no spreadsheet computes it then."""
    return text if text[:1].isalnum() or not FORMULA.match(text) else MARK + text


def unmarked(text: str) -> str:
    """The text as it was before ``marked``: one apostrophe less where one was set."""
    return text[1:] if text.startswith(MARK) and FORMULA.match(text, 1) else text
