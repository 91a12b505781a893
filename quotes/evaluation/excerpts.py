"""An error in its context: the paragraphs it stands in, cut into pieces that are marked alike.

In: a text, and the gold and found triples to mark.  Out: excerpts of pieces; the pieces of an excerpt,
joined, are the printed text from its start to its end.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from quotes.evaluation.triples import Spans, Triple
from quotes.evaluation.views import Offsets
from quotes.models import Span

ROLES: tuple[Literal["cue", "source", "content"], ...] = ("cue", "source", "content")
"""In the order in which they are shown where they overlap: the shorter ones first."""
LONG_PARAGRAPH = 900
AROUND = 250
"""Characters shown on either side of the marked in a long paragraph."""
LONG_WORDS = 170
_LINE = re.compile(r"[^\n]+")
Marks = Mapping[str, Spans]
"""Role → its spans."""


class Piece(NamedTuple):
    """Printed text with one role ("" for none) in gold and one in what was found."""

    text: str
    gold: str
    found: str


class Excerpt(NamedTuple):
    """One paragraph, or the part of a long one that matters."""

    start: int
    end: int
    pieces: tuple[Piece, ...]
    cut_before: bool
    cut_after: bool
    apart: bool
    """Whether there are paragraphs not shown between this and the one before."""


def excerpts(text: str, gold: Triple | None, found: Triple | None) -> list[Excerpt]:
    """The paragraphs in which any span of the two stands, marked."""
    gold_marks, found_marks = _marks(gold), _marks(found)
    spans = [span for marks in (gold_marks, found_marks) for role in ROLES for span in marks[role]]
    shown: list[Excerpt] = []
    before: int | None = None
    for line in _LINE.finditer(text):
        inside = [(max(s, line.start()), min(e, line.end())) for s, e in spans if s < line.end() and e > line.start()]
        if inside:
            start, end = _clip(text, line.span(), inside)
            pieces = tuple(_pieces(text, (start, end), gold_marks, found_marks))
            apart = before is not None and bool(text[before : line.start()].strip())
            shown.append(Excerpt(start, end, pieces, start > line.start(), end < line.end(), apart))
            before = line.end()
    return shown


def _marks(triple: Triple | None) -> Marks:
    return {role: getattr(triple, role) if triple else () for role in ROLES}


def _clip(text: str, line: Span, inside: Iterable[Span]) -> Span:
    """The whole line, or where it is long the marked part and words around it."""
    start, end = line
    if end - start <= LONG_PARAGRAPH:
        return line
    spans = list(inside)
    low = max(start, min(s for s, _ in spans) - AROUND)
    high = min(end, max(e for _, e in spans) + AROUND)
    if low > start:
        low = max(low, text.rfind(" ", start, low) + 1)
    after = text.find(" ", high, end)
    return low, (after if after >= 0 else end)


def _pieces(text: str, span: Span, gold: Marks, found: Marks) -> Iterator[Piece]:
    start, end = span
    edges = {edge for marks in (gold, found) for spans in marks.values() for one in spans for edge in one}
    cuts = [start, *sorted(edge for edge in edges if start < edge < end), end]
    for low, high in itertools.pairwise(cuts):
        yield Piece(text[low:high], _role_at(low, gold), _role_at(low, found))


def _role_at(offset: int, marks: Marks) -> str:
    return next((role for role in ROLES if any(s <= offset < e for s, e in marks[role])), "")


def shorten(words: str) -> str:
    """Words without line breaks, the middle of long ones left out: the ends tell where a span ends."""
    flat = " ".join(words.split())
    if len(flat) <= LONG_WORDS:
        return flat
    half = LONG_WORDS // 2
    head, tail = flat[:half].rpartition(" ")[0], flat[-half:].partition(" ")[2]
    return f"{head or flat[:half]} […] {tail or flat[-half:]}"


def runs(text: str, offsets: Offsets) -> list[str]:
    """What is printed at offsets of letters and digits, neighbours with only marks between them joined."""
    joined: list[list[int]] = []
    for offset in sorted(offsets):
        if joined and not any(character.isalnum() for character in text[joined[-1][1] : offset]):
            joined[-1][1] = offset + 1
        else:
            joined.append([offset, offset + 1])
    return [text[start:end] for start, end in joined]
