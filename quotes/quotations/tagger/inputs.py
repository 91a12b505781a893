"""A page as the network reads it: pieces of words, and what is known of each word beside its letters.

In: a Page and the rules' drafts.  Out: `Words`, cut into windows, stacked into batches of arrays.
Invariants: words are the tokens that are not white space; a window holds whole paragraphs where they fit;
every mark that opens or closes a quoted stretch reads as a straight double one, whatever the outlet prints.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc

from quotes.quotations.drafts import Draft, Ranges
from quotes.quotations.page import NOWHERE, QUOTE_MARKS, Page, Range
from quotes.quotations.tagger.scheme import Ints, paint

Pieces = Callable[[str], Sequence[int]]
"""The numbers of the pieces of one word."""

START, BREAK, PADDING = 101, 102, 0
"""The encoder's pieces for the start of a window and for the end of a paragraph."""

WINDOW = 160
"""Most pieces in a window: about 130 words."""
MAX_PIECES = 12
"""Most pieces of one word: an address or a run of signs is cut there."""

SHAPES = ("", "lower", "title", "upper", "mixed", "digit", "sign")
MARKS = ("", "outside", "opens", "inside", "closes")
DEPS = (
    "", "ROOT", "acl", "acomp", "advcl", "advmod", "agent", "amod", "appos", "attr", "aux", "auxpass", "case", "cc",
    "ccomp", "compound", "conj", "csubj", "csubjpass", "dative", "dep", "det", "dobj", "expl", "intj", "mark", "meta",
    "neg", "nmod", "npadvmod", "nsubj", "nsubjpass", "nummod", "oprd", "parataxis", "pcomp", "pobj", "poss",
    "preconj", "predet", "prep", "prt", "punct", "quantmod", "relcl", "xcomp",
)  # fmt: skip
TAGS = (
    "", "$", "''", ",", "-LRB-", "-RRB-", ".", ":", "ADD", "AFX", "CC", "CD", "DT", "EX", "FW", "HYPH", "IN", "JJ",
    "JJR", "JJS", "LS", "MD", "NFP", "NN", "NNP", "NNPS", "NNS", "PDT", "POS", "PRP", "PRP$", "RB", "RBR", "RBS",
    "RP", "SYM", "TO", "UH", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "WDT", "WP", "WP$", "WRB", "XX", "``",
)  # fmt: skip
RULES = 8
"""What the rules made of a word: nothing known, none, or a label of the scheme."""
SIZES = (len(SHAPES), len(MARKS), RULES, len(DEPS), len(TAGS))
"""How many values each feature of a word has; 0 is for what is no word."""
FEATURES = (("shape", SHAPES), ("mark", MARKS), ("rule", tuple(map(str, range(RULES)))), ("dep", DEPS), ("tag", TAGS))
"""Every feature with its values in their order."""

_DEP = {name: number for number, name in enumerate(DEPS)}
_TAG = {name: number for number, name in enumerate(TAGS)}


def features_sha256() -> str:
    """A hash of the features' values: a model reads words only as it was taught to."""
    return hashlib.sha256(json.dumps([FEATURES, SIZES]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one document."""

    tokens: Ints
    """Index in the Doc of each word."""
    pieces: tuple[Sequence[int], ...]
    features: Ints
    """Words x features, see SIZES."""
    paragraphs: tuple[Range, ...]
    """Ranges of words."""
    sentences: tuple[int, ...]
    """First words of sentences: where a paragraph too long for a window may be cut."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows stacked: arrays of windows x pieces."""

    ids: Ints
    mask: Ints
    features: Ints
    """Windows x pieces x features."""
    firsts: tuple[Ints, ...]
    """For each window where the first piece of each of its words stands."""


def read_words(page: Page, drafts: Iterable[Draft], pieces: Pieces) -> Words:
    """The words of a page with their features; `drafts` are what the rules found."""
    doc = page.doc
    ruled = paint(len(doc), ((d.source, d.cue, d.content) for d in drafts))
    kept = [token for token in doc if not token.is_space]
    marks = _marks(page)
    rows = [
        (
            _shape(token.text),
            marks[token.i],
            1 + ruled[token.i],
            _DEP.get(token.dep_, 0),
            _TAG.get(token.tag_, 0),
        )
        for token in kept
    ]
    tokens = np.array([token.i for token in kept], dtype=np.int64)
    return Words(
        tokens,
        tuple(pieces('"' if marks[t.i] in {2, 4} else t.text)[:MAX_PIECES] for t in kept),
        np.array(rows, dtype=np.int64).reshape(-1, len(SIZES)),
        tuple(r for r in (_words(tokens, *span) for span in page.paragraphs) if r[0] < r[1]),
        _sentence_starts(doc, tokens),
    )


def _sentence_starts(doc: Doc, tokens: Ints) -> tuple[int, ...]:
    if not doc.has_annotation("SENT_START"):
        return ()
    starts = np.searchsorted(tokens, [sent.start for sent in doc.sents])
    return tuple(starts.tolist())


def _words(tokens: Ints, start: int, end: int) -> Range:
    first, last = np.searchsorted(tokens, (start, end))
    return int(first), int(last)


def _marks(page: Page) -> list[int]:
    """For each token where it stands: outside, opening or closing mark, inside."""
    found = [1 if place == NOWHERE else 3 for place in page.inside]
    for start, end in page.ranges:
        if page.doc[start].text in QUOTE_MARKS:
            found[start] = 2
        if page.doc[end - 1].text in QUOTE_MARKS and end - 1 > start:
            found[end - 1] = 4
    return found


def _shape(text: str) -> int:
    if text.islower():
        return 1
    if text.isdigit():
        return 5
    if not any(char.isalnum() for char in text):
        return 6
    if text.isupper() and len(text) > 1:
        return 3
    return 2 if text[0].isupper() else 4


def cut(words: Words, *, size: int = WINDOW, skip: int = 0) -> list[Range]:
    """Windows as ranges of words: whole paragraphs while they fit, long ones cut at sentences.

    The first window ends after `skip` paragraphs where that is fewer than fit: training moves the cuts with it.
    """
    lengths = np.array([len(p) for p in words.pieces], dtype=np.int64)
    ends = np.concatenate(([0], np.cumsum(lengths)))
    parts = [part for span in words.paragraphs for part in _parts(words, span, ends, size)]
    windows: list[Range] = []
    count = 0
    for start, end in parts:
        room = size - 2 - count  # one piece for the window's start, one for each paragraph's end
        fits = windows and ends[end] - ends[windows[-1][0]] <= room
        if fits and not (skip and len(windows) == 1 and count >= skip):
            windows[-1] = windows[-1][0], end
            count += 1
        else:
            windows.append((start, end))
            count = 1
    return windows


def _parts(words: Words, span: Range, ends: Ints, size: int) -> list[Range]:
    start, end = span
    if ends[end] - ends[start] <= size - 2:
        return [span]
    inner = words.sentences[bisect_right(words.sentences, start) : bisect_left(words.sentences, end)]
    stops = [*inner, end]
    parts: list[Range] = []
    for index, stop in enumerate(stops):
        following = stops[index + 1] if index + 1 < len(stops) else None
        if following is None or ends[following] - ends[start] > size - 2:
            parts += _hard(start, stop, ends, size)
            start = stop
    return parts


def _hard(start: int, end: int, ends: Ints, size: int) -> list[Range]:
    """A sentence longer than a window, cut where it must be."""
    parts: list[Range] = []
    while ends[end] - ends[start] > size - 2:
        stop = int(np.searchsorted(ends, ends[start] + size - 2, side="right")) - 1
        parts.append((start, stop))
        start = stop
    return [*parts, (start, end)]


def stack(windows: Sequence[tuple[Words, Range]]) -> Batch:
    """Windows of any documents as one batch, padded to the longest."""
    breaks = {id(words): {end for _, end in words.paragraphs} for words, _ in windows}
    rows = [_row(words, span, breaks[id(words)]) for words, span in windows]
    length = max(len(ids) for ids, _, _ in rows)
    ids = np.full((len(rows), length), PADDING, dtype=np.int64)
    mask = np.zeros((len(rows), length), dtype=np.int64)
    features = np.zeros((len(rows), length, len(SIZES)), dtype=np.int64)
    for index, (row, owners, _) in enumerate(rows):
        ids[index, : len(row)] = row
        mask[index, : len(row)] = 1
        real = owners >= 0
        features[index, : len(row)][real] = windows[index][0].features[owners[real]]
    return Batch(ids, mask, features, tuple(firsts for _, _, firsts in rows))


def _row(words: Words, span: Range, breaks: set[int]) -> tuple[list[int], Ints, Ints]:
    """Pieces of a window, the word each belongs to (-1: none), and where each word begins."""
    ids, owners, firsts = [START], [-1], []
    for word in range(*span):
        firsts.append(len(ids))
        ids.extend(words.pieces[word])
        owners.extend([word] * len(words.pieces[word]))
        if word + 1 in breaks:
            ids.append(BREAK)
            owners.append(-1)
    return ids, np.array(owners, dtype=np.int64), np.array(firsts, dtype=np.int64)


def token_ranges(words: Words, ranges: Ranges) -> Ranges:
    """Ranges of words as ranges of the Doc's tokens."""
    return tuple((int(words.tokens[start]), int(words.tokens[end - 1]) + 1) for start, end in ranges)
