"""How much a claim is worth checking, as named reasons: tokens and figures in, reasons and a score in 0..1 out.

The score is logistic over the weights of the reasons found (`weights.txt`), so that a journalist can read
off why a claim ranks where it does; the shape follows Konstantinovskiy et al. 2018 and Full Fact's yes/no
questions.  Flags (weight 0) say what a checker will miss: the base, the time, the source.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from quotes.claims.lexicon import words, words_by_key
from quotes.claims.reasons import Found, form_reasons, span_of, verb_reasons, word_reasons
from quotes.models import ClaimKind, Figure, Reason, Span

_MANY = 1000


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the reasons are read from; `tokens` are those of the claim's clause."""

    tokens: Sequence[Token]
    figures: Sequence[Figure] = ()
    kind: ClaimKind | None = None
    compares: bool = False
    hedges: Sequence[Token] = ()
    forecasts: Sequence[Token] = ()
    speaker: str | None = None
    """A speaker's name; None for the article, "" for an anonymous source."""
    source: str = ""
    """The source as printed."""
    base: Span | None = None
    time_scope: Span | None = None


@cache
def weights() -> dict[str, float]:
    """Reason code → weight; "BASE" is the constant."""
    return {code: float(listed[0]) for code, listed in words_by_key("weights").items()}


def score(reasons: Iterable[Reason]) -> float:
    """Check-worthiness in 0..1: the logistic function of the constant and the reasons' weights."""
    return round(1 / (1 + math.exp(-weights()["BASE"] - sum(reason.weight for reason in reasons))), 4)


def find_reasons(evidence: Evidence) -> tuple[Reason, ...]:
    """All reasons and flags that hold, each at most once, with the words that show it."""
    found: dict[str, Reason] = {}
    for code, span in [*_figures(evidence), *_words(evidence), *_speaker(evidence), *_flags(evidence)]:
        if code not in found:
            found[code] = Reason(code, weights()[code], span)
    return tuple(found.values())


def _figures(evidence: Evidence) -> Iterable[Found]:
    for figure in evidence.figures:
        span = figure.start, figure.end
        yield "HAS_QUANTITY", span
        low = figure.value_min if figure.value_min is not None else figure.value_max
        counted = figure.unit in words("people", "human")
        if low is not None and ((counted and low >= _MANY) or low >= 1e6):
            yield "MANY_AFFECTED", span
        if figure.comparator == "~" and figure.value_min != figure.value_max:
            yield "VAGUE_UNIT", span
    if evidence.kind == "change":
        yield "IS_CHANGE", None
    if evidence.kind == "causal":
        yield "CAUSAL_CREDIT", None
    if evidence.kind in ("comparison", "rank") or evidence.compares:
        yield "HAS_COMPARISON", None


def _words(evidence: Evidence) -> Iterable[Found]:
    yield from word_reasons(evidence.tokens, evidence.figures)
    yield from verb_reasons(evidence.tokens)
    yield from form_reasons(evidence.tokens, evidence.figures)
    for code, tokens in (("HEDGED", evidence.hedges), ("FORECAST", evidence.forecasts)):
        if tokens:
            yield code, span_of(tokens[0])


def _speaker(evidence: Evidence) -> Iterable[Found]:
    if evidence.speaker:
        yield "NAMED_SPEAKER", None
    if evidence.speaker is not None and _is_powerful(f"{evidence.source} {evidence.speaker}"):
        yield "POWERFUL_SPEAKER", None


def _is_powerful(printed: str) -> bool:
    return any(word.strip(".,") in words("opinions", "power") for word in printed.lower().split())


def _flags(evidence: Evidence) -> Iterable[Found]:
    if evidence.speaker == "":
        yield "ANON_SOURCE", None
    if not evidence.figures:
        return
    if evidence.time_scope is None:
        yield "NO_TIME_SCOPE", None
    based = evidence.base is not None or any(figure.role == "from" for figure in evidence.figures)
    relative = [f for f in evidence.figures if f.role == "delta" and f.unit in ("percent", "times", "percentage_point")]
    if relative and not based:
        yield "NO_BASE", (relative[0].start, relative[0].end)
