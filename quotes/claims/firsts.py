"""What is said to be the first, the only or the last: "the first woman to lead the party", "for the first time since".

A word and the limits of who says it in; the claim of rank that it makes, or none, out.  It has to say among what: by
a clause, a purpose, a time or a place.
"""

from __future__ import annotations

from spacy.tokens import Token

from quotes.claims.clauses import apposed_span, clause_span, clause_verb, subject_of
from quotes.claims.deeds import is_actor, is_open
from quotes.claims.lexicon import words
from quotes.claims.phrases import noun_phrase
from quotes.claims.unfigured import Unfigured
from quotes.models import Span

ALONE = frozenset({"first", "only", "sole", "last"})
_DEFINITE = frozenset({"the", "its", "his", "her", "their"})
_NAMED = frozenset({"GPE", "LOC", "DATE", "NORP", "ORG", "EVENT"})
_TELLING = frozenset({"say", "write", "tell", "add", "tweet"})
_SAID = frozenset({"be", "become", "remain", "make"})
_SELF = frozenset({"i", "you", "me", "my"})


def first_or_only(token: Token, limits: Span) -> Unfigured | None:
    """The rank that "first", "only", "sole" or "last" claims, if it does, inside the limits of who says it."""
    noun = token.head
    if noun.pos_ not in ("NOUN", "PROPN") or noun.i < token.i or noun.lemma_.lower() in words("deeds", "ordinary"):
        return None
    if noun.lemma_ == "time" and token.lower_ == "last":
        return None
    if not any(child.lower_ in _DEFINITE or child.dep_ == "poss" for child in noun.children):
        return None
    if any(below.lower_ in _SELF for below in noun.subtree):
        return None
    verb = clause_verb(noun, limits)
    if not (_says_so(noun) and _among(noun)) or is_open(verb):
        return None
    subject = subject_of(verb)
    if subject is not None and subject.lower_ in _SELF:
        return None
    if verb.tag_ == "VBG" and (subject is None or not is_actor(subject) or verb.head.lemma_ in _TELLING):
        return None
    if any(child.dep_ == "neg" for child in verb.children):
        return None
    doc = token.doc
    apposed = noun.dep_ == "appos"
    if verb.lemma_ in _TELLING and not apposed:
        return None
    clause = apposed_span(doc, noun, limits) if apposed else clause_span(doc, verb, noun, limits)
    return Unfigured("rank", clause, noun_phrase(doc, noun, None, limits), token, verb)


def _says_so(noun: Token) -> bool:
    """Whether that is what is claimed: "is the first", "became the only", "X, the last …", "for the first time"."""
    if noun.lemma_ == "time":
        return noun.dep_ in ("attr", "appos", "pobj", "npadvmod", "dobj", "nsubj", "ROOT", "oprd")
    if noun.dep_ in ("attr", "oprd") or (noun.dep_ in ("dobj", "nsubj") and noun.head.lemma_ in _SAID):
        return noun.head.lemma_ in _SAID
    if noun.dep_ == "appos":
        return noun.head.pos_ == "PROPN" or noun.head.ent_type_ != ""
    return noun.dep_ == "pobj" and noun.head.lower_ == "as" and noun.head.head.lemma_ in ("serve", "become")


def _among(noun: Token) -> bool:
    passing = noun.lemma_ == "time" and noun.dep_ in ("pobj", "npadvmod")
    for child in noun.children:
        if child.dep_ in ("relcl", "acl") and not passing:
            if noun.lemma_ == "time" and child.lemma_.lower() in words("deeds", "meeting"):
                return False
            return not any(helper.lower_ in ("can", "could", "will", "would") for helper in child.children)
        if child.lower_ == "ever":
            return True
        if child.dep_ == "poss" and child.ent_type_ in _NAMED:
            return True
        if not passing and child.dep_ == "prep" and child.lower_ in ("in", "since", "of", "on", "from", "at"):
            found = next((c for c in child.children if c.dep_ == "pobj"), None)
            if found is not None and (found.ent_type_ in _NAMED or found.lemma_.lower() in words("deeds", "scope")):
                return True
    if noun.lemma_ != "time":
        return False
    behind = {t.lemma_.lower() for t in noun.doc[noun.i + 1 : min(noun.i + 6, noun.sent.end)]}
    return bool(behind & (words("deeds", "scope") | {"since"}))
