"""Article text and marked spans in, safe HTML out.

Marks may nest and overlap in any way.  The text is cut wherever a mark or a paragraph starts or ends, and each
slice is escaped by itself, so no character of the article can become markup.  Invariants, held by property tests:
taking the tags away and unescaping gives back the text, and every element is closed in the order it was opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise

Span = tuple[int, int]
"""Start and end in code points, end exclusive."""

_BLANK_LINES = re.compile(r"\n[ \t\r]*\n\s*")
_LINE_BREAK = re.compile(r"\n\s*")


@dataclass(frozen=True, slots=True)
class Mark:
    """One or more spans of the text that are shown as one thing: an element with `classes`.

    The first piece carries `anchor` as its id, so that a link can lead to it; every piece names it as `data-mark`.
    """

    anchor: str
    spans: tuple[Span, ...]
    classes: str
    tag: str = "mark"
    label: str = ""
    """Shown in front of the first piece by the stylesheet; not part of the text."""


@dataclass(slots=True)
class _Piece:
    """One contiguous run of a mark."""

    start: int
    end: int
    order: int
    mark: Mark


@dataclass(slots=True)
class _Writer:
    """Keeps the elements that are open, and turns one set of them into the next."""

    html: list[str] = field(default_factory=list)
    open: list[_Piece] = field(default_factory=list)
    anchored: set[str] = field(default_factory=set)

    def become(self, wanted: Sequence[_Piece]) -> None:
        common = 0
        while common < min(len(wanted), len(self.open)) and wanted[common] is self.open[common]:
            common += 1
        for piece in reversed(self.open[common:]):
            self.html.append(f"</{piece.mark.tag}>")
        for piece in wanted[common:]:
            self.html.append(self._opening(piece))
        self.open = list(wanted)

    def _opening(self, piece: _Piece) -> str:
        mark = piece.mark
        attributes = f' class="{escape(mark.classes)}"'
        if mark.anchor:
            attributes += f' data-mark="{escape(mark.anchor)}"'
        if mark.anchor and mark.anchor not in self.anchored:
            self.anchored.add(mark.anchor)
            attributes += f' id="{escape(mark.anchor)}"'
            if mark.label:
                attributes += f' data-label="{escape(mark.label)}"'
        return f"<{mark.tag}{attributes}>"


def paragraphs(text: str) -> list[Span]:
    """The spans of the text's paragraphs, without what separates them.

    Blank lines separate paragraphs; a text without any has one paragraph a line.
    """
    separator = _BLANK_LINES if _BLANK_LINES.search(text.strip()) else _LINE_BREAK
    spans, start = [], 0
    for match in separator.finditer(text):
        if text[start : match.start()].strip():
            spans.append((start, match.start()))
        start = match.end()
    if text[start:].strip():
        spans.append((start, len(text)))
    return spans


def highlight(text: str, marks: Iterable[Mark], *, window: Span | None = None) -> str:
    """The text as paragraphs of HTML with `marks` in it; spans outside the text or the window are cut off."""
    start, end = window or (0, len(text))
    start = max(0, start)
    end = max(start, min(len(text), end))
    blocks = [(max(a, start), min(b, end)) for a, b in paragraphs(text) if a < end and b > start]
    pieces = _pieces(marks, start, end)
    writer, position, upcoming, active = _Writer(), start, 0, list[_Piece]()
    for block_start, block_end in blocks:
        writer.html.append(escape(text[position:block_start]) + "<p>")
        while upcoming < len(pieces) and pieces[upcoming].start < block_end:
            active.append(pieces[upcoming])
            upcoming += 1
        _write_block(writer, text, (block_start, block_end), active)
        active = [piece for piece in active if piece.end > block_end]
        writer.html.append("</p>")
        position = block_end
    writer.html.append(escape(text[position:end]))
    return "".join(writer.html)


def _pieces(marks: Iterable[Mark], start: int, end: int) -> list[_Piece]:
    pieces = []
    for order, mark in enumerate(marks):
        for a, b in mark.spans:
            if max(a, start) < min(b, end):
                pieces.append(_Piece(max(a, start), min(b, end), order, mark))
    # Of marks that start together the longer is outside, so that most marks stay in one piece.
    return sorted(pieces, key=lambda piece: (piece.start, -piece.end, piece.order))


def _write_block(writer: _Writer, text: str, block: Span, pieces: Sequence[_Piece]) -> None:
    """Sweep over the cut points of one paragraph; `pieces` are those that touch it, in order."""
    start, end = block
    cuts = {start, end}
    for piece in pieces:
        cuts.update(cut for cut in (piece.start, piece.end) if start < cut < end)
    ordered = sorted(cuts)
    active: list[_Piece] = []
    upcoming = 0
    for left, right in pairwise(ordered):
        active = [piece for piece in active if piece.end > left]
        while upcoming < len(pieces) and pieces[upcoming].start <= left:
            if pieces[upcoming].end > left:
                active.append(pieces[upcoming])
            upcoming += 1
        writer.become(active)
        writer.html.append(escape(text[left:right]))
    writer.become([])
