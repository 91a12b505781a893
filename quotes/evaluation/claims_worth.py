"""Is what is worth checking ranked first?  Sentences with claims, by the check-worthiness of what was found in them.

A ranked sentence is one of a gold claim, or one that holds a predicted claim outside all those; it is ranked by the
highest check-worthiness of a predicted claim that overlaps it, and without any it comes last.  It is worth checking
when it holds a gold claim that is.  Average precision adds up, from the top, the precision at each score times the
recall gained there, so sentences of one score count as one step, whatever their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from quotes.evaluation.claims_items import ClaimItem
from quotes.models import Span

if TYPE_CHECKING:
    from spacy.language import Language

UNFOUND = -1.0
"""The score of a sentence without a predicted claim: below any check-worthiness."""


class Ranked(NamedTuple):
    """A sentence with its score; `claims` says whether it holds a gold or predicted claim."""

    score: float
    worthy: bool
    claims: bool


def rank_sentences(text: str, gold: Sequence[ClaimItem], predicted: Sequence[ClaimItem]) -> list[Ranked]:
    """Every sentence of a text, in no order."""
    annotated = _merged(claim.sentence for claim in gold if claim.sentence)
    others = [span for span in find_sentences(text) if not any(overlap(span, one) for one in annotated)]
    found = []
    for span in (*annotated, *others):
        score = max((claim.worth for claim in predicted if overlap(claim.clause, span)), default=UNFOUND)
        mine = [claim for claim in gold if claim.sentence and overlap(claim.sentence, span)]
        found.append(Ranked(score, any(claim.worth for claim in mine), bool(mine) or score != UNFOUND))
    return found


def average_precision(sentences: Sequence[Ranked]) -> float | None:
    """0..1; None where nothing is worth checking."""
    worthy = sum(one.worthy for one in sentences)
    seen = right = 0
    total = 0.0
    for _, tied in groupby(sorted(sentences, key=lambda one: -one.score), key=lambda one: one.score):
        group = list(tied)
        gained = sum(one.worthy for one in group)
        seen, right = seen + len(group), right + gained
        total += gained * right / seen
    return total / worthy if worthy else None


def overlap(one: Span, other: Span) -> int:
    """How many characters two spans share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that overlap as one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def find_sentences(text: str) -> list[Span]:
    """The sentences of a text by its lines and full stops: the same whatever pipeline made the predictions."""
    found: list[Span] = []
    start = 0
    for line in text.splitlines(keepends=True):
        doc = _splitter()(line)
        spans = ((start + sent.start_char, start + sent.end_char) for sent in doc.sents)
        found += [(first, last) for first, last in spans if any(c.isalnum() for c in text[first:last])]
        start += len(line)
    return found


@cache
def _splitter() -> Language:
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp
