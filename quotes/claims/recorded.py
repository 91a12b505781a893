"""Claims without figures that are kept only where they are worth checking: deeds on record, rules and states, firsts,
comparisons and effects.

A Doc, who speaks in it and the claims found before in; those in none of them, and with enough reasons to check them,
out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from quotes.claims.assertions import Voices
from quotes.claims.building import assemble
from quotes.claims.deeds import deeds
from quotes.claims.firsts import firsts
from quotes.claims.measures import comparisons, effects, superlatives
from quotes.claims.rules import rules
from quotes.claims.unfigured import Unfigured
from quotes.models import Claim, Span

Finder = Callable[[Doc, DocSpan, Span], Iterator[Unfigured]]
FINDERS: tuple[Finder, ...] = (firsts, comparisons, superlatives, effects, rules, deeds)
"""In the order in which they are asked: of several claims in the same words the first is kept."""
WORTH, WORTH_OF_DEEDS = 0.3, 0.4
"""The least check-worthiness.  Deeds start higher: that somebody did something is a reason by itself."""
_SURE = 0.6


def on_record(doc: Doc, voices: Voices, before: Sequence[Claim]) -> list[Claim]:
    """The claims of these kinds that share no words with those found before."""
    kept: list[Claim] = []
    for sentence in doc.sents:
        offsets = sentence.start_char, sentence.end_char
        for finder in FINDERS:
            for found in finder(doc, sentence, offsets):
                claim = _claim(doc, voices, sentence, finder, found)
                if claim is None or claim.forecast or _is_taken(claim, before) or _is_taken(claim, kept):
                    continue
                if claim.check_worthiness >= (WORTH_OF_DEEDS if finder is deeds else WORTH):
                    kept.append(claim)
    return kept


def _claim(doc: Doc, voices: Voices, sentence: DocSpan, finder: Finder, found: Unfigured) -> Claim | None:
    """What was found in a sentence, found again inside the limits of who says it."""
    offsets = sentence.start_char, sentence.end_char
    start, end = found.token.idx, found.token.idx + len(found.token)
    voice = _without_cue(voices, found.verb).of(start, end, offsets)
    again = next((each for each in finder(doc, sentence, voice.limits) if each.token.i == found.token.i), None)
    if again is None:
        return None
    return assemble(
        doc, voice, offsets, clause=again.clause, kind=again.kind, figures=(), measured=again.measured,
        path=_told_under(again.verb), compares=False, score_of_method=_SURE, method=again.kind,
    )  # fmt: skip


def _told_under(verb: Token) -> list[Token]:
    """A verb and those it hangs on: "is believed to have signed"."""
    path = [verb]
    while path[-1].dep_ in ("xcomp", "ccomp") and path[-1].head.pos_ in ("VERB", "AUX"):
        path.append(path[-1].head)
    return path


def _without_cue(voices: Voices, verb: Token) -> Voices:
    """The voices but for those whose cue is the deed itself: "the senate opposed the treaty" quotes nobody."""
    others = [q for q in voices.quotations if not any(start <= verb.idx < end for start, end in q.cue)]
    if len(others) == len(voices.quotations):
        return voices
    return Voices(voices.doc, others, voices.resolution)


def _is_taken(claim: Claim, others: Iterable[Claim]) -> bool:
    """Whether one of the others shares half of the shorter of both clauses."""
    for other in others:
        common = min(claim.end, other.end) - max(claim.start, other.start)
        if 2 * common >= min(claim.end - claim.start, other.end - other.start):
            return True
    return False
