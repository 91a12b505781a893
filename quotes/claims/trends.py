"""Amounts without a figure: what rises or falls, what most or none do, what somebody has none of.

A verb and the limits of who says it in; the claim that it makes, or none, out.  The words are in `deeds.txt`.
"""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from quotes.claims.clauses import clause_span, subject_of
from quotes.claims.deeds import is_actor, is_matter, is_open
from quotes.claims.governors import verb_class
from quotes.claims.lexicon import key_of, words
from quotes.claims.phrases import noun_phrase
from quotes.claims.unfigured import LEVELS, Unfigured
from quotes.models import ClaimKind, Span

_TOLD = frozenset({"VBD", "VBN", "VBG", "VBZ", "VBP"})
_HELPING = frozenset({"have", "has", "had", "is", "are", "was", "were", "been", "'s", "’s", "'ve", "’ve"})
_UP_DOWN = frozenset({"up", "down", "higher", "lower", "rising", "falling"})

MOST = words("deeds", "most") | {"no"}


@cache
def moving_verbs() -> frozenset[str]:
    """Lemmas of all verbs that may tell a change; where one of `MOST` is printed any verb may tell something."""
    moving = {verb.partition("_")[0] for verb, key in key_of("change_verbs").items() if key.startswith(("up", "down"))}
    return frozenset(moving | {"be"})


def trend(verb: Token, limits: Span) -> Unfigured | None:
    """The change, the most or the none that a verb tells, inside the limits of who tells it."""
    subject = subject_of(verb)
    if subject is None or not limits[0] <= subject.idx < limits[1]:
        return None
    kind = _kind(verb, subject)
    if kind is None or is_open(verb) or any(child.lower_ == "when" for child in verb.children):
        return None
    doc = verb.doc
    return Unfigured(kind, clause_span(doc, verb, verb, limits), noun_phrase(doc, subject, None, limits), verb, verb)


def _kind(verb: Token, subject: Token) -> ClaimKind | None:
    if subject.pos_ in ("NOUN", "PROPN") and _moves(verb, subject):
        return "change"
    return "status" if _is_of_most(verb, subject) or _has_none(verb, subject) else None


def _moves(verb: Token, subject: Token) -> bool:
    """ "Wages have fallen", "his lead is narrowing", "crime is up"."""
    if not is_measure(subject) or is_actor(subject) or subject.lemma_.lower() in words("people", "human"):
        return False
    if any(child.dep_ == "xcomp" for child in verb.children) or any(
        child.lower_ in ("my", "our") for child in subject.children
    ):
        return False
    if verb.lemma_ == "be":
        return any(c.lower_ in _UP_DOWN and c.dep_ in ("acomp", "advmod", "prt") for c in verb.children)
    direction, moves = verb_class(verb)
    if direction is None or any(c.dep_ == "dobj" for c in verb.children) or verb.tag_ not in _TOLD:
        return False
    helped = any(c.dep_ in ("aux", "auxpass") and c.lower_ in _HELPING for c in verb.children)
    return moves in ("self", "either", "object") and (helped or verb.tag_ in ("VBD", "VBZ", "VBP"))


@cache
def _measures() -> frozenset[str]:
    return LEVELS | words("deeds", "moving")


def is_measure(noun: Token) -> bool:
    """Whether a noun is something of which there can be more or less: a level, a topic of statistics."""
    lemma = noun.lemma_.lower()
    return lemma in _measures() or lemma in key_of("topics")


def _is_of_most(verb: Token, subject: Token) -> bool:
    """ "Most states have passed …", "no president has …": said of a group of those who act, not of what they think."""
    lemma = verb.lemma_.lower()
    if (
        lemma in words("deeds", "inner")
        or lemma in words("reasons", "opinion")
        or lemma in words("reasons", "position")
        or verb.tag_ not in _TOLD
    ):
        return False
    marks = {child.lower_ for child in subject.children}
    if subject.lower_ in words("deeds", "most"):
        inner = (c for prep in subject.children if prep.lower_ == "of" for c in prep.children if c.dep_ == "pobj")
        return any(_is_group(each) for each in inner)
    return bool(marks & {"most", "no"}) and _is_group(subject)


def _is_group(noun: Token) -> bool:
    if noun.pos_ not in ("NOUN", "PROPN"):
        return False
    lemma = noun.lemma_.lower()
    if any(child.lower_ == "other" for child in noun.children):
        return False
    return is_actor(noun) or lemma in words("people", "human") or lemma in key_of("topics")


def _has_none(verb: Token, subject: Token) -> bool:
    """ "The agency has no authority …", "there is no evidence of fraud"."""
    if verb.lemma_ not in ("have", "be") or verb.tag_ not in ("VBZ", "VBP", "VBD"):
        return False
    thing = next((c for c in verb.children if c.dep_ in ("dobj", "attr") and c.i > verb.i), None)
    if thing is None or not any(child.lower_ == "no" and child.dep_ == "det" for child in thing.children):
        return False
    if verb.lemma_ == "be":
        return subject.lower_ == "there" and thing.lemma_ in ("evidence", "proof", "law", "requirement")
    lemma = thing.lemma_.lower()
    if lemma in words("people", "never_counted"):
        return False
    return is_actor(subject) and (lemma in words("deeds", "lacking") or is_matter(thing))
