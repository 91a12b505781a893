"""Claims without figures, few and with high precision: causes credited, ranks and comparisons.

A sentence and who says it in; the clause, kind and thing measured of each such claim out.  "X credited Y
with reducing Z by N" makes a causal claim (Y caused it) beside the change that its figure makes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from quotes.claims.causes import affected_by
from quotes.claims.clauses import CREDITING, clause_span, trimmed
from quotes.claims.governors import verb_class
from quotes.claims.lexicon import words
from quotes.claims.phrases import noun_phrase
from quotes.models import ClaimKind, Span

LEVELS = frozenset(
    [
        "level",
        "rate",
        "number",
        "price",
        "total",
        "figure",
        "share",
        "temperature",
        "deficit",
        "surplus",
        "inflation",
        "unemployment",
        "value",
        "score",
        "toll",
        "output",
        "income",
        "revenue",
        "profit",
        "loss",
        "turnout",
        "crime",
        "growth",
        "emission",
        "debt",
        "cost",
        "population",
        "wage",
        "increase",
        "rise",
        "fall",
        "drop",
        "decline",
    ]
)


@dataclass(frozen=True, slots=True)
class Unfigured:
    """A claim without figures of its own; `token` is the word that makes it one."""

    kind: ClaimKind
    clause: Span
    measured: Span | None
    token: Token
    verb: Token


def find_causal(doc: Doc, sentence: DocSpan) -> Iterator[Unfigured]:
    """ "credited Y with reducing Z", "Y is credited with …", "blamed Y for the fall in Z"."""
    for verb in sentence:
        if verb.lemma_.lower() not in CREDITING or verb.pos_ != "VERB":
            continue
        prep = next(
            (
                t
                for t in doc[verb.i + 1 : sentence.end]
                if t.lower_ in ("with", "for") and _reaches(t, verb) and _effect(t) is not None
            ),
            None,
        )
        cause = next((c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")), None)
        effect = _effect(prep) if prep is not None else None
        if cause is None or effect is None or prep is None:
            continue
        passive = cause.dep_ == "nsubjpass"
        left = cause.left_edge.i
        right = max(effect.right_edge.i, verb.right_edge.i if not passive else effect.right_edge.i)
        right = min(right, sentence.end - 1)
        start, end = trimmed(doc.text, doc[left].idx, doc[right].idx + len(doc[right]))
        yield Unfigured("causal", (start, end), affected_by(doc, effect, (start, end)), effect, effect)


def _reaches(prep: Token, verb: Token) -> bool:
    """The preposition of the crediting: on the verb, or (as small parsers have it) on its object."""
    return prep.head.i == verb.i or (prep.head.dep_ in ("dobj", "nsubjpass") and prep.head.head.i == verb.i)


def _effect(prep: Token) -> Token | None:
    """The verb of change behind "with" or "for": reducing."""
    found = next((c for c in prep.children if c.dep_ in ("pcomp", "pobj")), None)
    if found is None or not (found.tag_ == "VBG" or verb_class(found)[0]):
        return None
    return found


def find_comparisons(doc: Doc, sentence: DocSpan, limits: Span) -> Iterator[Unfigured]:
    """ "Crime is lower than in 2019": a comparative predicate of something measured, with "than"."""
    for token in sentence:
        if (
            token.tag_ not in ("JJR", "RBR")
            or not limits[0] <= token.idx < limits[1]
            or token.lower_ in ("better", "rather")
        ):
            continue
        verb = token.head
        behind = {t.lower_ for t in doc[token.i + 1 : min(token.i + 3, sentence.end)]}
        if verb.lemma_ != "be" or token.dep_ not in ("acomp", "attr") or "than" not in behind:
            continue
        subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        if subject is None or subject.lemma_.lower() not in LEVELS | words("people", "countable"):
            continue
        if any(child.lower_ == "my" for child in subject.children):
            continue
        yield Unfigured(
            "comparison", clause_span(doc, verb, token, limits), noun_phrase(doc, subject, None, limits), token, verb
        )
