"""Superlatives and records with a scope: "the highest level since 2008", "the largest city in Portugal", "a record
high".

A sentence and who says it in; the claims of rank in it out, few and with high precision: a superlative counts where it
says among what, in a place, a time or a group that has a name.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from quotes.claims.clauses import clause_span, clause_verb
from quotes.claims.lexicon import words
from quotes.claims.phrases import noun_phrase
from quotes.claims.unfigured import LEVELS, Unfigured
from quotes.models import Span

_RANKING = frozenset({"JJS", "RBS"})
_SCOPES = frozenset({"in", "since", "among", "of", "on"})
_NAMED = frozenset({"GPE", "LOC", "DATE", "NORP"})
_WHOLES = frozenset({"world", "country", "nation", "history", "state", "region", "province", "continent", "record"})
_RECORDS = frozenset({"high", "low", "level", "number", "total", "amount", "loss", "profit", "turnout", "deficit"})


def find_ranks(doc: Doc, sentence: DocSpan, limits: Span) -> Iterator[Unfigured]:
    """Claims of rank inside the limits of who says them."""
    for token in sentence:
        if not limits[0] <= token.idx < limits[1]:
            continue
        if token.tag_ in _RANKING and token.lower_ != "least":
            yield from _superlative(doc, sentence, limits, token)
        elif token.lower_ == "record" and token.dep_ in ("compound", "amod", "nmod"):
            yield from _record(doc, limits, token)


def _superlative(doc: Doc, sentence: DocSpan, limits: Span, token: Token) -> Iterator[Unfigured]:
    noun = _ranked(token)
    if noun is None or noun.pos_ not in ("NOUN", "PROPN"):
        return
    level = noun.lemma_.lower() in LEVELS
    if not level and _is_opinion(token):
        return
    if not (level and _scoped(doc, noun, sentence)) and not (_is_said_to_be(noun) and _among_named(noun)):
        return
    verb = clause_verb(noun, limits)
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    alone = subject is None or subject.is_ancestor(noun) or subject.i == noun.i or subject.pos_ == "PRON"
    about = noun if alone or subject is None or not level else subject
    yield Unfigured("rank", clause_span(doc, verb, noun, limits), noun_phrase(doc, about, None, limits), token, verb)


def _ranked(token: Token) -> Token | None:
    """The noun of "the largest city", also of "the most populous city"."""
    if token.dep_ == "amod":
        return token.head
    if token.lower_ == "most" and token.dep_ == "advmod" and token.head.dep_ == "amod":
        return token.head.head
    return None


def _is_opinion(token: Token) -> bool:
    """ "the best argument", "the most important partner": what is good or matters most is for everybody to say."""
    degree = token.head if token.lower_ == "most" and token.dep_ == "advmod" else token
    return degree.lemma_.lower() in words("reasons", "value") or degree.lower_ in words("reasons", "value")


def _record(doc: Doc, limits: Span, token: Token) -> Iterator[Unfigured]:
    """ "hit a record high": of what the clause is about."""
    noun = token.head
    if noun.lemma_.lower() not in _RECORDS or any(child.like_num for child in noun.children):
        return
    verb = clause_verb(noun, limits)
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    about = noun if subject is None or subject.i == noun.i or subject.pos_ == "PRON" else subject
    yield Unfigured("rank", clause_span(doc, verb, noun, limits), noun_phrase(doc, about, None, limits), token, verb)


def _scoped(doc: Doc, noun: Token, sentence: DocSpan) -> bool:
    return any(
        t.lower_ in ("since", "in", "on", "for", "ever", "among", "of")
        for t in doc[noun.i + 1 : min(noun.i + 4, sentence.end)]
    )


def _is_said_to_be(noun: Token) -> bool:
    """Whether the superlative is what is claimed: "X is the largest …", "X, the largest …"; not in passing."""
    if noun.tag_ in ("NNS", "NNPS"):
        return False
    if noun.dep_ == "appos":
        return noun.head.pos_ == "PROPN"
    return noun.dep_ in ("attr", "nsubj") and noun.head.lemma_ == "be"


def _among_named(noun: Token) -> bool:
    """Whether it says among what: "in Portugal", "since 2008", "in the country's history"."""
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    if owner is not None and (owner.ent_type_ in _NAMED or owner.lemma_.lower() in _WHOLES):
        return True
    for prep in noun.children:
        if prep.dep_ == "prep" and prep.lower_ in _SCOPES:
            found = next((c for c in prep.children if c.dep_ == "pobj"), None)
            if found is not None and (found.ent_type_ in _NAMED or found.lemma_.lower() in _WHOLES):
                return True
    return False
