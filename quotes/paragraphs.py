"""Paragraphs of a text, and the spaCy component that keeps sentences inside them.

A paragraph is a line, unless the text is hard-wrapped (blank lines between paragraphs and most
lines broken in mid-sentence): then it is a block between blank lines.  Quotation marks are paired
paragraph by paragraph, so one stray mark cannot spoil more than its own paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from quotes.models import Span

_LINE = re.compile(r"[^\r\n]+")
_BLOCK_BREAK = re.compile(r"(?:\r?\n|\r)[^\S\r\n]*(?:\r?\n|\r)")
_LINE_END = re.compile(r"""[.!?:;…]["'”’»)\]]*\s*$""")
_WRAP_WIDTH = range(40, 101)
_WRAPPED_SHARE = 0.6


def is_hard_wrapped(text: str) -> bool:
    """Whether lines are broken to a width, so that a newline is no end of paragraph."""
    inner = total = 0
    for block in _BLOCK_BREAK.split(text):
        lines = [line.strip() for line in block.splitlines() if line.strip()]
        for line in lines[:-1]:
            total += 1
            inner += len(line) in _WRAP_WIDTH and not _LINE_END.search(line)
    return total >= 3 and inner >= _WRAPPED_SHARE * total


def find_paragraphs(text: str) -> list[Span]:
    """Non-blank paragraphs in order, without surrounding white space."""
    if is_hard_wrapped(text):
        starts = [0, *(match.end() for match in _BLOCK_BREAK.finditer(text))]
        ends = [*(match.start() for match in _BLOCK_BREAK.finditer(text)), len(text)]
        raw = list(zip(starts, ends, strict=True))
    else:
        raw = [match.span() for match in _LINE.finditer(text)]
    trimmed = (_trim(text, start, end) for start, end in raw)
    return [span for span in trimmed if span[0] < span[1]]


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def set_sentence_starts(doc: Doc) -> None:
    """Mark the first token of every paragraph as the start of a sentence, for the parser to respect."""
    starts = iter(start for start, _ in find_paragraphs(doc.text))
    following = next(starts, None)
    for token in doc:
        if following is None:
            break
        if token.idx + len(token) > following:
            token.is_sent_start = True
            while following is not None and token.idx + len(token) > following:
                following = next(starts, None)


@Language.factory("paragraphs", assigns=["token.is_sent_start"])
def make_paragraphs(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001
    """Put this before the parser."""
    return call


def call(doc: Doc) -> Doc:
    set_sentence_starts(doc)
    return doc
