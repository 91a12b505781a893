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

from quotes.claims.lexicon import key_of, words, words_by_key
from quotes.models import ClaimKind, Figure, Reason, Span

_MANY = 1000
_COMPARATOR_REACH = 12
_PAST = frozenset({"VBD", "VBN"})


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


@cache
def weights() -> dict[str, float]:
    """Reason code → weight; "BASE" is the constant."""
    return {code: float(listed[0]) for code, listed in words_by_key("weights").items()}


def score(reasons: Iterable[Reason]) -> float:
    """Check-worthiness in 0..1: the logistic function of the constant and the reasons' weights."""
    return round(1 / (1 + math.exp(-weights()["BASE"] - sum(reason.weight for reason in reasons))), 4)


def find_reasons(evidence: Evidence) -> tuple[Reason, ...]:
    """All reasons and flags that hold, each at most once, with the words that show it."""
    found: list[Reason] = []
    for code, span in [*_figures(evidence), *_words(evidence), *_speaker(evidence), *_flags(evidence)]:
        if code not in {reason.code for reason in found}:
            found.append(Reason(code, weights()[code], span))
    return tuple(found)


def _span(token: Token) -> Span:
    return token.idx, token.idx + len(token)


def _figures(evidence: Evidence) -> Iterable[tuple[str, Span | None]]:
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


def _words(evidence: Evidence) -> Iterable[tuple[str, Span | None]]:
    topics = key_of("topics")
    for token in evidence.tokens:
        lemma, lower = token.lemma_.lower(), token.lower_
        if lemma in topics:
            yield "OFFICIAL_TOPIC", _span(token)
        if lemma in words("opinions", "opinion"):
            yield "OPINION", _span(token)
        if lower in words("opinions", "experience"):
            yield "PERSONAL_EXPERIENCE", _span(token)
        if lower in words("opinions", "vague") and not evidence.figures:
            yield "VAGUE_UNIT", _span(token)
        if (lower in words("opinions", "comparison") or token.tag_ in ("JJS", "RBS")) and not _bounds(token, evidence):
            yield "HAS_COMPARISON", _span(token)
        if token.tag_ in _PAST and lemma in words("opinions", "past"):
            yield "RECORD_OF_ACTION", _span(token)
        if lemma in words("opinions", "change") and token.pos_ == "VERB":
            yield "IS_CHANGE", _span(token)
    for code, tokens in (("HEDGED", evidence.hedges), ("FORECAST", evidence.forecasts)):
        if tokens:
            yield code, _span(tokens[0])


def _bounds(token: Token, evidence: Evidence) -> bool:
    """The "more than" of "more than 80,000" compares nothing."""
    return any(0 < figure.start - token.idx <= _COMPARATOR_REACH for figure in evidence.figures)


def _speaker(evidence: Evidence) -> Iterable[tuple[str, Span | None]]:
    if evidence.speaker:
        yield "NAMED_SPEAKER", None
    if evidence.speaker is not None and _is_powerful(f"{evidence.source} {evidence.speaker}"):
        yield "POWERFUL_SPEAKER", None


def _is_powerful(printed: str) -> bool:
    return any(word.strip(".,") in words("opinions", "power") for word in printed.lower().split())


def _flags(evidence: Evidence) -> Iterable[tuple[str, Span | None]]:
    if evidence.speaker == "":
        yield "ANON_SOURCE", None
    if not evidence.figures:
        return
    dated = any(token.ent_type_ in ("DATE", "TIME") for token in evidence.tokens)
    if not dated:
        yield "NO_TIME_SCOPE", None
    based = any(figure.role == "from" for figure in evidence.figures) or any(
        token.lower_ in ("from", "than", "since", "compared") for token in evidence.tokens
    )
    relative = [f for f in evidence.figures if f.role == "delta" and f.unit in ("percent", "times", "percentage_point")]
    if relative and not based:
        yield "NO_BASE", (relative[0].start, relative[0].end)
