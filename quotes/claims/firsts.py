"""What is said to be the first, the only or the last: "the first woman to lead the party", "for the first time since".

A sentence and the limits of who says it in; the claims of rank in it out.  It has to say among what: by a clause, a
purpose, a time or a place.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from quotes.claims.clauses import clause_span, clause_verb, subject_of
from quotes.claims.deeds import is_actor, is_open
from quotes.claims.lexicon import words
from quotes.claims.phrases import noun_phrase
from quotes.claims.unfigured import Unfigured
from quotes.models import Span

_ALONE = frozenset({"first", "only", "sole", "last"})
_NAMED = frozenset({"GPE", "LOC", "DATE", "NORP", "ORG", "EVENT"})
_SAID = frozenset({"be", "become", "remain", "make"})
_SELF = frozenset({"i", "we", "you", "me", "us", "my", "our"})


def firsts(doc: Doc, sentence: DocSpan, limits: Span) -> Iterator[Unfigured]:
    """Every first, only and last of a sentence, inside the limits of who says it."""
    for token in sentence:
        if token.lower_ not in _ALONE or not limits[0] <= token.idx < limits[1]:
            continue
        noun = token.head
        if noun.pos_ not in ("NOUN", "PROPN") or noun.i < token.i or noun.lemma_.lower() in words("deeds", "ordinary"):
            continue
        if not any(
            c.lower_ in ("the", "'s", "’s", "its", "his", "her", "their") or c.dep_ == "poss" for c in noun.children
        ):
            continue
        if noun.lemma_ == "time" and token.lower_ == "last":
            continue
        verb = clause_verb(noun, limits)
        if not (_says_so(noun) and _among(noun)) or is_open(verb):
            continue
        subject = subject_of(verb)
        if subject is not None and subject.lower_ in _SELF:
            continue
        if verb.tag_ == "VBG" and (subject is None or not is_actor(subject)):
            continue
        yield Unfigured("rank", clause_span(doc, verb, noun, limits), noun_phrase(doc, noun, None, limits), token, verb)


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
