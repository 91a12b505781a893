"""Quotation marks: which stretches of a text stand inside them.

In: a text and its paragraphs.  Out: the outermost quoted stretches in text order, marks included.
Invariant: a stretch never leaves its paragraph, so a stray mark cannot spoil more than that paragraph,
and stretches never overlap.  No spaCy here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from quotes.models import Span

Family = Literal["double", "single"]
Way = Literal["open", "close", "either"]

_MARK = re.compile(r"``|''|’’|‘‘|[“”„‟〝〞«»\"‘’'‚‹›`]")
_WAYS: dict[str, tuple[Family, Way]] = {
    "``": ("double", "open"), "''": ("double", "either"), "’’": ("double", "either"), "‘‘": ("double", "open"),
    "“": ("double", "open"), "„": ("double", "open"), "〝": ("double", "open"), "«": ("double", "open"),
    "”": ("double", "close"), "‟": ("double", "close"), "〞": ("double", "close"), "»": ("double", "close"),
    '"': ("double", "either"), "‘": ("single", "open"), "‚": ("single", "open"), "‹": ("single", "open"),
    "’": ("single", "close"), "›": ("single", "close"), "'": ("single", "either"), "`": ("single", "open"),
}  # fmt: skip
_ELISION = re.compile(r"\d0?s?\b|(?:em|tis|twas|til|till|cause|bout|round|n|cos|ere|im)\b", re.IGNORECASE)
_INCHES = re.compile(r"\d['’]\d{1,2}$")
_OPENERS = "([{<—–-−:;,/=…“‘\"'„«"
_ENDERS = ".,!?;:…"
_MIN_MAIN_WORDS = 3


@dataclass(frozen=True, slots=True)
class Quoted:
    """One outermost quoted stretch; `start` and `end` include the marks that are there."""

    start: int
    end: int
    family: Family
    paragraph: int
    """Index of its paragraph."""
    closed: bool = True
    """False where the paragraph ends before a closing mark."""
    continues: bool = False
    """True when the next paragraph opens with a mark again and goes on with this quotation."""


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    family: Family
    way: Way


def find_quoted(text: str, paragraphs: Sequence[Span]) -> list[Quoted]:
    """Quoted stretches in the text's main marks: double, or single where the text quotes with those."""
    marked = [_marks(text, *span) for span in paragraphs]
    double = _pair_all(text, paragraphs, marked, "double")
    if any("single" in {mark.family for mark in marks} for marks in marked):
        single = _pair_all(text, paragraphs, marked, "single")
        if _is_main(text, single, double):
            return single
    return double


def _is_main(text: str, single: list[Quoted], double: list[Quoted]) -> bool:
    """Whether single marks are the text's main ones: they enclose more sentences than double ones do.

    What stands inside the other family's marks is a quotation within one and speaks for neither.
    """

    def weight(stretches: list[Quoted], others: list[Quoted]) -> int:
        return sum(
            len(text[q.start : q.end].split()) >= _MIN_MAIN_WORDS
            for q in stretches
            if q.closed and not any(o.closed and o.start < q.start and q.end < o.end for o in others)
        )

    if not double:
        # A few quoted words are enough where the marks can be no apostrophes.
        return any(q.closed and (text[q.start] in "‘‹" or len(text[q.start : q.end].split()) >= 3) for q in single)
    return weight(single, double) > weight(double, single)


def _pair_all(text: str, paragraphs: Sequence[Span], marked: Sequence[Sequence[_Mark]], main: Family) -> list[Quoted]:
    found: list[Quoted] = []
    for index, marks in enumerate(marked):
        for quoted in _pair(text, marks, main, index, paragraphs[index][1]):
            following = paragraphs[index + 1][0] if index + 1 < len(paragraphs) else None
            goes_on = not quoted.closed and following is not None and _opens_at(marked[index + 1], main, following)
            found.append(_with_continuation(quoted) if goes_on else quoted)
    return found


def _with_continuation(q: Quoted) -> Quoted:
    return Quoted(q.start, q.end, q.family, q.paragraph, closed=False, continues=True)


def _opens_at(marks: Sequence[_Mark], main: Family, position: int) -> bool:
    return any(m.family == main and m.way != "close" and m.start == position for m in marks[:1])


def _pair(text: str, marks: Sequence[_Mark], main: Family, index: int, paragraph_end: int) -> list[Quoted]:
    """Pair the marks of one family in one paragraph with a stack; keep the outermost pairs."""
    stack: list[_Mark] = []
    pairs: list[Quoted] = []
    ours = [mark for mark in marks if mark.family == main]
    for position, mark in enumerate(ours):
        if not (stack and _closes_low(text, stack[-1], mark)) and (
            mark.way == "open" or (mark.way == "either" and not stack)
        ):
            stack.append(mark)
        elif stack and not _is_possessive(text, mark, ours[position + 1] if position + 1 < len(ours) else None):
            opener = stack.pop()
            while pairs and pairs[-1].start > opener.start:
                pairs.pop()
            pairs.append(Quoted(opener.start, mark.end, main, index))
    last = stack[-1] if stack else None
    # An opening mark that others follow is a stray one; the last runs to the end of its paragraph.
    if last and last.end < paragraph_end and (not pairs or pairs[-1].start < last.start) and _can_stay_open(text, last):
        pairs.append(Quoted(last.start, paragraph_end, main, index, closed=False))
    return pairs


def _closes_low(text: str, opener: _Mark, mark: _Mark) -> bool:
    """German „…“ and ‚…‘: the mark that opens an English quotation closes one that opened low."""
    return (text[opener.start], text[mark.start]) in {("„", "“"), ("‚", "‘")}


def _can_stay_open(text: str, mark: _Mark) -> bool:
    """Whether a mark without its partner opens a quotation; a straight single one is rather an apostrophe."""
    return mark.family == "double" or text[mark.start] == "‘"


def _is_possessive(text: str, mark: _Mark, later: _Mark | None) -> bool:
    """Whether a closing single mark is rather that of "the workers’ rights": another one closes later."""
    if mark.family != "single" or text[mark.start - 1 : mark.start].lower() != "s":
        return False
    if not re.match(r"\s+[a-z]", text[mark.end : mark.end + 3]):
        return False
    return later is not None and later.way != "open"


def _marks(text: str, start: int, end: int) -> list[_Mark]:
    found: list[_Mark] = []
    for match in _MARK.finditer(text, start, end):
        family, way = _WAYS[match.group()]
        before = text[match.start() - 1] if match.start() > start else " "
        after = text[match.end()] if match.end() < end else " "
        if family == "double" and _INCHES.search(text, max(start, match.start() - 4), match.start()):
            continue
        if family == "single":
            resolved = _single_way(text, match, way, before, after)
        else:
            resolved = _double_way(match.group(), way, before, after)
        if resolved:
            found.append(_Mark(match.start(), match.end(), family, resolved))
    return found


def _double_way(mark: str, way: Way, before: str, after: str) -> Way:
    """Which way a double mark points; guillemets point either way, by country: «…» and »…«."""
    if mark in "«»":
        found = _straight_way(mark, before, after)
        return way if found == "either" else found
    return _straight_way(mark, before, after) if way == "either" else way


def _straight_way(mark: str, before: str, after: str) -> Way:
    """Which way a mark without a direction points, by its neighbours; "either" where both fit."""
    free_before = before.isspace() or before in _OPENERS
    free_after = after.isspace() or after in _ENDERS or after in ")]}—–-'\"”’"
    if free_before and not free_after:
        return "open"
    if free_after and not free_before:
        return "close"
    return "either" if mark != '"' or before.isspace() == after.isspace() else ("open" if before.isspace() else "close")


def _single_way(text: str, match: re.Match[str], way: Way, before: str, after: str) -> Way | None:
    """Which way a single mark points, or None for an apostrophe."""
    if before.isalnum() and after.isalnum():
        return None
    starts = before.isspace() or before in _OPENERS
    if way != "close" and starts and not after.isspace():
        return None if _ELISION.match(text, match.end()) else "open"
    if way == "open":
        return None
    return "close" if not before.isspace() and not after.isalnum() else None
