"""A parsed document with its paragraphs and quoted stretches laid over the tokens.

In: a Doc.  Out: a Page, which all rules read.  Invariant: nothing here writes to the Doc.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from quotes.models import Span
from quotes.paragraphs import find_paragraphs
from quotes.quotations.marks import Quoted, find_quoted

Range = tuple[int, int]
"""First token and one past the last."""

NOWHERE = -1
EDGE_MARKS = frozenset(",.;:-–—…()[]")
QUOTE_MARKS = frozenset({'"', "'", "''", "``", "“", "”", "‘", "’", "„", "«", "»", "`", "‘‘", "’’"})


@dataclass(frozen=True, slots=True)
class Page:
    """A Doc, its quoted stretches as token ranges, and for each token the stretch it stands in."""

    doc: Doc
    text: str
    """The Doc's text, kept because spaCy joins it anew from the tokens at every call."""
    quoted: tuple[Quoted, ...]
    ranges: tuple[Range, ...]
    """Token range of each quoted stretch."""
    inside: tuple[int, ...]
    """For each token the index of the quoted stretch it stands in, or NOWHERE."""
    paragraphs: tuple[Range, ...]

    def paragraph_of(self, index: int) -> int:
        """Index of the paragraph that holds the token, the nearest earlier one for white space between two."""
        return max(bisect_right(self.paragraphs, (index, len(self.doc) + 1)) - 1, 0)

    def narrated(self, index: int) -> bool:
        """Whether a token stands outside all quotation marks."""
        return self.inside[index] == NOWHERE

    def trim(self, start: int, end: int) -> Range | None:
        """A token range without white space and without punctuation outside quotation marks at its edges."""
        while start < end and self._droppable(self.doc[start]):
            start += 1
        while start < end and self._droppable(self.doc[end - 1]):
            end -= 1
        return (start, end) if start < end else None

    def _droppable(self, token: Token) -> bool:
        return token.is_space or (self.narrated(token.i) and token.text in EDGE_MARKS | QUOTE_MARKS)


def make_page(doc: Doc) -> Page:
    """Lay paragraphs and quoted stretches over the tokens."""
    text = doc.text
    paragraphs = find_paragraphs(text)
    ends = [token.idx + len(token) for token in doc]
    starts = [token.idx for token in doc]
    quoted = [(q, _tokens(starts, ends, (q.start, q.end))) for q in find_quoted(text, paragraphs)]
    kept = _disjoint(quoted)
    inside = [NOWHERE] * len(doc)
    for index, (_, (first, last)) in enumerate(kept):
        inside[first:last] = [index] * (last - first)
    return Page(
        doc,
        text,
        tuple(q for q, _ in kept),
        tuple(r for _, r in kept),
        tuple(inside),
        tuple(_tokens(starts, ends, span) for span in paragraphs),
    )


def _tokens(starts: list[int], ends: list[int], span: Span) -> Range:
    """The tokens that share a character with the span."""
    first = bisect_right(ends, span[0])
    last = bisect_right(starts, span[1] - 1)
    return first, max(first, last)


def _disjoint(quoted: list[tuple[Quoted, Range]]) -> list[tuple[Quoted, Range]]:
    """Stretches that share no token with an earlier one, as they can where words and marks run together."""
    kept: list[tuple[Quoted, Range]] = []
    for q, (first, last) in quoted:
        start = max(first, kept[-1][1][1]) if kept else first
        if start < last:
            kept.append((q, (start, last)))
    return kept
