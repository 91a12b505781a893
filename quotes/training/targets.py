"""What the network should say of the words of one document: labels, and who points to whom.

In: the words of a Doc and what people say of its quotations, in characters.  Out: `Targets`.
Invariant: a word nobody has judged is UNKNOWN and teaches nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc

from quotes.evaluation.triples import Spans, Triple
from quotes.quotations.drafts import Ranges
from quotes.quotations.page import Range
from quotes.quotations.tagger.inputs import Words
from quotes.quotations.tagger.scheme import Ints, paint

NONE, UNKNOWN = -1, -100
"""A link to nothing; a word whose label or link is not asked for."""


@dataclass(frozen=True, slots=True)
class Targets:
    """For each word its label, and the word it points to."""

    labels: Ints
    links: Ints


Prepared = tuple[Words, Targets]


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text and what people say of it."""

    text: str
    attributions: tuple[Triple, ...]
    """What is right."""
    rejected: tuple[Triple, ...] = ()
    """What somebody found wrong."""
    unknown: tuple[Triple, ...] = ()
    """What was found, and nobody has judged or the judges disagree on."""
    whole: bool = True
    """Whether the whole text was annotated, so that all else in it is no attribution."""


def targets_of(doc: Doc, words: Words, gold: Iterable[Triple]) -> Targets:
    """The targets of a document all of whose attributions are known."""
    ranges = _finder(doc, words)
    attributions = [(ranges(t.source), ranges(t.cue), ranges(t.content)) for t in gold]
    length = len(words.tokens)
    labels = np.array(paint(length, attributions), dtype=np.int64)
    links = np.full(length, UNKNOWN, dtype=np.int64)
    for source, cue, content in attributions:
        _point(links, content, cue)
        _point(links, cue, source)
    return Targets(labels, links)


def _finder(doc: Doc, words: Words) -> Callable[[Spans], Ranges]:
    """A function from spans to the ranges of words that share a character with them."""
    starts = np.array([doc[int(i)].idx for i in words.tokens], dtype=np.int64)
    ends = np.array([doc[int(i)].idx + len(doc[int(i)]) for i in words.tokens], dtype=np.int64)

    def ranges(spans: Spans) -> Ranges:
        found = ((int(np.searchsorted(ends, s, "right")), int(np.searchsorted(starts, e))) for s, e in spans)
        return tuple(r for r in found if r[0] < r[1])

    return ranges


def _point(links: Ints, from_ranges: Ranges, to_ranges: Ranges) -> None:
    target = to_ranges[0][0] if to_ranges else NONE
    for start, end in from_ranges:
        links[start:end] = target


def annotated_targets(doc: Doc, words: Words, annotated: Annotated) -> Targets:
    """The targets of a document that was annotated whole, or of which only some quotations were judged.

    In the latter, paragraphs that hold the content of a judged quotation are known, all others are not.
    """
    targets = targets_of(doc, words, annotated.attributions)
    if annotated.whole:
        return targets
    known = _known(_finder(doc, words), words, annotated)
    return Targets(np.where(known, targets.labels, UNKNOWN), targets.links)


def _known(ranges: Callable[[Spans], Ranges], words: Words, annotated: Annotated) -> Ints:
    """Which words' labels are known, as 0 and 1."""
    known = np.zeros(len(words.tokens), dtype=np.int64)

    def mark(spans: Iterable[Spans], value: int) -> None:
        for start, end in (r for s in spans for r in ranges(s)):
            known[start:end] = value

    for triple in (*annotated.attributions, *annotated.rejected):
        for start, end in ranges(triple.content):
            for first, last in words.paragraphs:
                if first < end and start < last:
                    known[first:last] = 1
    mark((spans for t in annotated.rejected for spans in (t.source, t.cue, t.content)), 1)
    mark((t.content for t in annotated.unknown), 0)
    mark((t.content for t in annotated.attributions), 1)
    # An unjudged quotation inside an accepted content: its content is content, its cue and source may be either.
    mark((spans for t in annotated.unknown for spans in (t.source, t.cue)), 0)
    mark((spans for t in annotated.attributions for spans in (t.source, t.cue)), 1)
    return known


def window_targets(targets: Targets, span: Range, firsts: Ints, length: int) -> tuple[Ints, Ints]:
    """Labels and links of one window by piece; -100 where nothing is asked, links to piece 0 for none."""
    start, end = span
    labels = np.full(length, UNKNOWN, dtype=np.int64)
    links = np.full(length, UNKNOWN, dtype=np.int64)
    labels[firsts] = targets.labels[start:end]
    for place, target in zip(firsts, targets.links[start:end], strict=True):
        if target == NONE:
            links[place] = 0
        elif start <= target < end:
            links[place] = firsts[target - start]
    return labels, links
