"""How a figure bounds the truth: the words right in front of it and right behind it.

A comparator reaches one figure only: in "at least 35 people, including eight children" the eight is exact.
"""

from __future__ import annotations

import re
from functools import cache

from quotes.claims.lexicon import alternatives, words_by_key
from quotes.models import Comparator

_ARTICLE = r"(?:\s+(?:the|a|an|its|his|her|their))?"
_REACH = 40
# "surged past $1bn", but not "the past 30 years" or "half past five".
_PAST = re.compile(
    r"\b(?:barrel|surg|climb|push|soar|ris|rose|go|went|gone|mov|run|ran|bl[eo]w|zoom|jump|spik|shot|sail|swe(?:pt|ep))\w*"
    r"(?:\s+\w+)?\s+(?P<words>past)(?:\s+the)?\s+$"
)


@cache
def _patterns() -> tuple[tuple[Comparator, re.Pattern[str], re.Pattern[str] | None], ...]:
    listed = words_by_key("comparators")
    order: tuple[Comparator, ...] = (">=", "<=", ">", "<", "~")
    return tuple(
        (
            sign,
            re.compile(rf"(?<![\w-])(?P<words>{alternatives(list(listed['before_' + sign]))}){_ARTICLE}[\s~]*$", re.I),
            re.compile(rf"\s?(?P<words>{alternatives(list(listed['after_' + sign]))})(?!\w|\s+than\b)", re.I)
            if "after_" + sign in listed
            else None,
        )
        for sign in order
    )


def comparator_of(text: str, start: int, end: int, counted_end: int | None = None) -> tuple[Comparator, int, int]:
    """The comparator of the figure at [start, end), and the span widened to its words.

    `counted_end` is where the counted noun ends: "50 people or more".
    """
    window = text[max(0, start - _REACH) : start]
    if window.endswith("~"):
        return "~", start - 1, end
    best: tuple[int, Comparator] | None = None
    if moved := _PAST.search(window):
        best = moved.start("words"), ">"
    for sign, before, _ in _patterns():
        if (match := before.search(window)) and (best is None or match.start() < best[0]):
            best = match.start(), sign
    if best and best[1] != "~":
        return best[1], start - len(window) + best[0], end
    for edge in (end, counted_end or end):
        for sign, _, after in _patterns():
            if after and (match := after.match(text, edge)):
                return sign, start, match.end()
    if best:
        return "~", start - len(window) + best[0], end
    return "=", start, end
