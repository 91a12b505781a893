"""What stands without figures: official status, rules in force and votes cast, few and with high precision.

A sentence and the limits of who says it in; kind, clause, thing spoken of and the deciding words out.  The words are
in `standings.txt`.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from quotes.claims.clauses import clause_span
from quotes.claims.lexicon import words
from quotes.claims.phrases import noun_phrase
from quotes.claims.unfigured import Unfigured
from quotes.models import ClaimKind, Span

_OPEN = frozenset({"can", "could", "may", "might", "should", "would", "must", "will", "'ll", "wo", "to"})


def standings(doc: Doc, sentence: DocSpan, limits: Span) -> Iterator[Unfigured]:
    """Every status, rule and vote of a sentence, inside the limits of who says it."""
    for verb in sentence:
        if verb.pos_ not in ("VERB", "AUX") or not limits[0] <= verb.idx < limits[1]:
            continue
        kind = _vote(verb) or _rule(verb) or _status(verb)
        if kind is None or _is_open(verb):
            continue
        subject = _subject(verb)
        if subject is None or subject.lower_ in words("standings", "nobody") or not limits[0] <= subject.idx:
            continue
        about = _voted_on(verb) if kind == "vote" else subject
        measured = noun_phrase(doc, about, None, limits) if about is not None else None
        yield Unfigured(kind, clause_span(doc, verb, verb, limits), measured, verb, verb)


def _subject(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass"):
            return child if child.tag_ not in ("WP", "WDT") else None
    return None


def _is_open(verb: Token) -> bool:
    """What may, should or will be is no standing fact, nor is a question or a condition."""
    marked = any(child.dep_ == "mark" and child.lower_ in ("if", "whether", "unless") for child in verb.children)
    return marked or any(child.dep_ == "aux" and child.lower_ in _OPEN for child in verb.children)


def _vote(verb: Token) -> ClaimKind | None:
    """ "voted against the bill", "the council approved the plan"."""
    lemma = verb.lemma_.lower()
    if lemma == "vote" and verb.tag_ in ("VBD", "VBN"):
        led = any(c.dep_ == "prep" and c.lower_ in ("for", "against") and _names(c, "measures") for c in verb.children)
        return "vote" if led else None
    if lemma in words("standings", "deciding") and verb.tag_ in ("VBD", "VBN") and _is_body(verb):
        target = next((c for c in verb.children if c.dep_ == "dobj"), None)
        return "vote" if target is not None and target.lemma_.lower() in words("standings", "measures") else None
    return None


def _names(prep: Token, key: str) -> bool:
    return any(c.dep_ == "pobj" and c.lemma_.lower() in words("standings", key) for c in prep.children)


def _is_body(verb: Token) -> bool:
    subject = _subject(verb)
    if subject is None:
        return False
    parts = {t.lemma_.lower() for t in subject.doc[subject.left_edge.i : subject.i + 1]}
    return bool(parts & words("standings", "bodies"))


def _voted_on(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "dobj":
            return child
        if child.dep_ == "prep" and child.lower_ in ("for", "against"):
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def _rule(verb: Token) -> ClaimKind | None:
    """ "The law requires landlords to register"."""
    subject = _subject(verb)
    if subject is None or subject.dep_ != "nsubj" or verb.lemma_.lower() not in words("standings", "ruling"):
        return None
    bound = any(child.dep_ in ("dobj", "ccomp", "xcomp") for child in verb.children)
    return "rule" if bound and subject.lemma_.lower() in words("standings", "rules") else None


def _status(verb: Token) -> ClaimKind | None:
    """ "is under investigation", "has been charged with murder", "is banned in …", "remains closed"."""
    lemma = verb.lemma_.lower()
    auxiliary = next((c for c in verb.children if c.dep_ == "auxpass"), None)
    if verb.tag_ == "VBN" and auxiliary is not None:
        if lemma in words("standings", "accused"):
            return (
                "status" if any(c.dep_ == "prep" and c.lower_ in ("with", "of", "for") for c in verb.children) else None
            )
        standing = auxiliary.tag_ in ("VBZ", "VBP") or any(
            c.dep_ == "aux" and c.tag_ in ("VBZ", "VBP") for c in verb.children
        )
        return "status" if standing and lemma in words("standings", "standing") else None
    if lemma in ("be", "remain", "stay"):
        for child in verb.children:
            if child.dep_ == "prep" and child.lower_ == "under":
                return "status" if _names(child, "under") else None
            if child.dep_ in ("acomp", "oprd", "attr") and child.lower_ in words("standings", "state"):
                return "status" if lemma != "be" or verb.tag_ in ("VBZ", "VBP") else None
    return None
