"""A text as sets of offsets: which characters a span has, and which stand in quotation marks.

All measures are made of these sets, so that white space and marks at the edges of a span, or the
number of pieces it comes in, don't matter.  Offsets beyond the text are cut off.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from quotes.evaluation.triples import Spans
from quotes.models import QuotationType, Span

Offsets = frozenset[int]

_OPENING = {"“", "„", "〝", "«", "``", "‘‘"}
_EITHER = {'"', "''", "’’"}
_MARK = re.compile("``|‘‘|''|’’|[“„〝«”〞»‟\"]")
_LINE = re.compile(r"[^\n]+")
DIRECT_SHARE = 0.95
"""A content is direct when at least this share of its letters and digits is quoted."""


def quoted_intervals(text: str) -> list[Span]:
    """Stretches between double quotation marks, marks included.

    Marks are paired line by line, and a quote still open at the end of its line runs to that end.
    Single marks don't count.
    """
    return [interval for line in _LINE.finditer(text) for interval in _pair_marks(text, *line.span())]


def _pair_marks(text: str, start: int, end: int) -> Iterator[Span]:
    opened: int | None = None
    for mark in _MARK.finditer(text, start, end):
        if opened is None:
            if mark.group() in _OPENING or mark.group() in _EITHER:
                opened = mark.start()
        elif mark.group() not in _OPENING:
            yield opened, mark.end()
            opened = None
    if opened is not None:
        yield opened, end


class View:
    """One text with the offset sets of its spans."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.quoted: Offsets = frozenset(i for start, end in quoted_intervals(text) for i in range(start, end))

    def alnum(self, spans: Spans) -> Offsets:
        """The offsets of the letters and digits in spans."""
        return self._offsets(spans, str.isalnum)

    def ink(self, spans: Spans) -> Offsets:
        """The offsets of everything in spans that is no white space."""
        return self._offsets(spans, lambda character: not character.isspace())

    def _offsets(self, spans: Spans, counts: Callable[[str], bool]) -> Offsets:
        inside = (i for start, end in spans for i in range(max(start, 0), min(end, len(self.text))))
        return frozenset(i for i in inside if counts(self.text[i]))

    def words(self, spans: Spans) -> str:
        """What is printed in spans, the pieces joined by a blank."""
        return " ".join(self.text[start:end] for start, end in spans)

    def type_of(self, alnum: Offsets) -> QuotationType:
        """Direct, indirect or mixed, by the share of these letters and digits that is quoted."""
        quoted = len(alnum & self.quoted)
        if not quoted:
            return "indirect"
        return "direct" if quoted / len(alnum) >= DIRECT_SHARE else "mixed"
