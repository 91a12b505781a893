"""Causes stated without crediting anybody: "Y helped cut X", "Y led to a fall in X", "thanks to Y, X fell".

A sentence in; the clause, the thing affected and the verb of each such claim out.  Only effects that a word of
change names are taken, and only causes that are printed in the same clause.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from quotes.claims.clauses import clause_span, clause_verb, subject_of
from quotes.claims.governors import noun_class, verb_class
from quotes.claims.phrases import noun_phrase
from quotes.models import Span

Found = tuple[Span, Span | None, Token, Token]
"""Clause, thing affected, the word that makes it a cause, the clause's verb."""

_CAUSING = frozenset({"cause", "trigger", "drive", "spark", "fuel", "bring"})
_LEADING = {"lead": "to", "contribute": "to", "result": "in", "bring": "about"}
_OPEN = frozenset({"can", "could", "may", "might", "would", "to", "will"})
_PRONOUNS = frozenset({"i", "we", "you", "it", "this", "that", "which", "who"})


def stated_causes(doc: Doc, sentence: DocSpan, limits: Span) -> Iterator[Found]:
    """Every stated cause of a change in a sentence, inside the limits of who says it."""
    for token in sentence:
        if not limits[0] <= token.idx < limits[1]:
            continue
        lemma = token.lemma_.lower()
        effect: Token | None = None
        if token.lower_ in ("help", "helps", "helped") and token.pos_ in ("VERB", "AUX"):
            effect = _helped(token)
        elif token.pos_ == "VERB" and lemma in _LEADING:
            effect = _led(token, _LEADING[lemma])
        if effect is None and token.pos_ == "VERB" and lemma in _CAUSING:
            effect = _noun_of_change(next((c for c in token.children if c.dep_ == "dobj"), None))
        if effect is not None:
            subject = subject_of(token)
            if token.dep_ == "aux" and subject is None:
                subject = subject_of(effect)
            if subject is None or subject.lower_ in _PRONOUNS or _is_open(token) or _is_open(effect):
                continue
            yield clause_span(doc, token, effect, limits), affected_by(doc, effect, limits), token, token
        elif lower_pair(token) in (("thanks", "to"), ("because", "of"), ("due", "to"), ("owing", "to")):
            verb = clause_verb(token, limits)
            moved = verb_class(verb)
            if (
                moved[0]
                and not _is_open(verb)
                and moved[1] in ("self", "either")
                and token.head.i in (verb.i, verb.i + 1, token.i - 1)
            ):
                subject = subject_of(verb)
                about = noun_phrase(doc, subject, None, limits) if subject is not None else None
                yield clause_span(doc, verb, token, limits), about, token, verb


def lower_pair(token: Token) -> tuple[str, str]:
    """A word and the next one, in lower case."""
    return token.lower_, token.nbor(1).lower_ if token.i + 1 < len(token.doc) else ""


def _helped(verb: Token) -> Token | None:
    """The verb of change that something helped with."""
    if verb.dep_ == "aux" and verb.tag_ in ("VBD", "VBZ", "VBP", "VBN"):
        # Small parsers read "helped cut" as "did cut".
        return verb.head if verb_class(verb.head)[0] else None
    for child in verb.children:
        if child.dep_ in ("xcomp", "ccomp") and child.pos_ == "VERB" and child.i > verb.i:
            direction, moves = verb_class(child)
            has_object = any(c.dep_ == "dobj" for c in child.children)
            return child if direction and (moves != "object" or has_object) else None
    return None


def _led(verb: Token, prep: str) -> Token | None:
    for child in verb.children:
        if child.lower_ == prep and child.i > verb.i:
            return _noun_of_change(next((c for c in child.children if c.dep_ == "pobj"), None))
    return None


def _noun_of_change(noun: Token | None) -> Token | None:
    return noun if noun is not None and noun_class(noun)[0] else None


def _is_open(verb: Token) -> bool:
    """Questions, negations and wishes are no stated causes."""
    return any(child.dep_ == "neg" or (child.dep_ == "aux" and child.lower_ in _OPEN) for child in verb.children)


def affected_by(doc: Doc, effect: Token, limits: Span) -> Span | None:
    """What a verb or noun of change moves: the object, else the subject; "in X", "of X"."""
    if effect.pos_ == "VERB":
        objects = [c for c in effect.children if c.dep_ == "dobj"]
        target = next(iter(objects or [c for c in effect.children if c.dep_ == "nsubj"]), None)
    else:
        preps = [c for c in effect.children if c.dep_ == "prep" and c.lower_ in ("in", "of", "to", "for")]
        target = next((c for prep in preps for c in prep.children if c.dep_ == "pobj"), None)
    return noun_phrase(doc, target, None, limits) if target is not None else None
