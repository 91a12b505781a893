"""More, most and because, told without a figure: comparisons and superlatives of what can be measured, and effects.

A word and the limits of who says it in; the claim of comparison, rank or cause that it makes, or none, out.
"""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from quotes.claims.clauses import apposed_span, clause_span, clause_verb, subject_of
from quotes.claims.deeds import is_actor, is_open
from quotes.claims.governors import noun_class
from quotes.claims.lexicon import key_of, words
from quotes.claims.phrases import noun_phrase
from quotes.claims.unfigured import Unfigured
from quotes.models import Span

COMPARING = frozenset({"JJR", "RBR"})
RANKING = frozenset({"JJS", "RBS"})
_NAMED = frozenset({"GPE", "LOC", "DATE", "NORP", "ORG", "PERSON", "EVENT"})
_SELF = frozenset({"i", "we", "you", "it", "this", "that", "there", "who", "which", "what"})
_SAID = frozenset({"be", "become", "remain"})


def comparison(token: Token, limits: Span) -> Unfigured | None:
    """ "spends more on prisons than any other state", "as old as the country": more or less of what can be measured."""
    doc = token.doc
    mark = "as" if token.lower_ == "as" else "than"
    behind = next((t for t in doc[token.i + 1 : min(token.i + 9, token.sent.end)] if t.lower_ == mark), None)
    if behind is None or token.lower_ in ("rather", "better", "worse", "greater", "stronger", "weaker", "harder"):
        return None
    degree = token.head if token.lower_ in ("more", "less", "as") and token.dep_ == "advmod" else token
    measured = degree.lemma_.lower() in words("deeds", "measurable") or (
        token.lower_ in ("more", "less", "fewer") and token.head.pos_ in ("NOUN", "VERB") and _counts(token)
    )
    verb = clause_verb(token, limits)
    subject = subject_of(verb)
    if not measured or subject is None or subject.lower_ in _SELF or is_open(verb) or verb.pos_ not in ("VERB", "AUX"):
        return None
    against = list(behind.subtree)
    if any(between.pos_ in ("VERB", "AUX") for between in doc[token.i + 1 : behind.i]):
        return None
    if behind.i == token.i + 1 and not any(
        t.lower_ in ("any", "most", "all") for t in doc[behind.i + 1 : behind.i + 2]
    ):
        return None
    if degree.dep_ == "amod" and degree.head.lemma_.lower() in words("deeds", "ordinary"):
        return None
    own = any(child.lower_ in ("my", "our") for child in subject.children)
    if own or not (is_actor(subject) or _is_statistic(subject)):
        return None
    if not any(t.ent_type_ in _NAMED or t.lower_ in ("any", "most", "other", "all") for t in against):
        return None
    return Unfigured(
        "comparison", clause_span(doc, verb, token, limits), noun_phrase(doc, subject, None, limits), token, verb
    )


def _counts(token: Token) -> bool:
    """ "more money", "spends more": what is counted is a topic of statistics."""
    head = token.head
    return any(_is_statistic(t) for t in (head, *head.children)) or head.lemma_.lower() in words("deeds", "do")


def _is_statistic(token: Token) -> bool:
    lemma = token.lemma_.lower()
    return token.pos_ in ("NOUN", "PROPN") and (lemma in key_of("topics") or lemma in words("reasons", "statistic"))


def superlative(token: Token, limits: Span) -> Unfigured | None:
    """ "became the best-funded group of the campaign", "one of the most heavily taxed goods in the world"."""
    if token.lower_ in ("latest", "best", "worst", "least"):
        return None
    degree, noun = token, token.head
    if token.lower_ in ("most", "least") or token.dep_ == "advmod":
        degree = token.head
        noun = degree.head if degree.dep_ in ("amod", "attr", "acomp") else degree
    measured = degree.lemma_.lower() in words("deeds", "measurable") or degree.lower_ in words("deeds", "measurable")
    if not (measured or (degree.tag_ == "VBN" and degree.i != token.i)) or noun.i < degree.i:
        return None
    if noun.pos_ not in ("NOUN", "PROPN") or noun.lemma_.lower() in words("deeds", "ordinary"):
        return None
    verb = clause_verb(noun, limits)
    subject = subject_of(verb)
    if is_open(verb) or (subject is not None and subject.lower_ in ("i", "we", "you")):
        return None
    if not (_is_said(noun) and _is_scoped(noun)):
        return None
    doc = token.doc
    apposed = noun.dep_ == "appos"
    clause = apposed_span(doc, noun, limits) if apposed else clause_span(doc, verb, noun, limits)
    return Unfigured("rank", clause, noun_phrase(doc, noun, None, limits), token, verb)


def _is_said(noun: Token) -> bool:
    if noun.dep_ == "appos":
        return noun.head.pos_ == "PROPN"
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lower_ == "one":
        one = noun.head.head
        return one.dep_ in ("attr", "appos", "conj")
    return noun.dep_ in ("attr", "oprd", "dobj", "nsubj") and (noun.head.lemma_ in _SAID or noun.dep_ == "dobj")


def _is_scoped(noun: Token) -> bool:
    if any(c.dep_ == "poss" and c.ent_type_ in _NAMED for c in noun.children):
        return True
    behind = noun.doc[noun.i + 1 : min(noun.i + 7, noun.sent.end)]
    for token in behind:
        if token.lower_ in ("in", "of", "since", "among", "on", "ever"):
            if token.lower_ == "ever":
                return True
            found = next((c for c in token.children if c.dep_ in ("pobj", "pcomp")), None)
            if found is not None and (found.ent_type_ in _NAMED or found.lemma_.lower() in words("deeds", "scope")):
                return True
    return False


@cache
def causing_verbs() -> frozenset[str]:
    """Lemmas of all verbs that may tell a cause."""
    return words("deeds", "brought") | {pair.split("_")[0] for pair in words("deeds", "causing")}


def effect(verb: Token, limits: Span) -> Unfigured | None:
    """The cause of something that can be looked up, if a verb tells one, inside the limits of who tells it."""
    found = _effect(verb)
    if found is None or not _is_effect(found) or is_open(verb):
        return None
    if any(child.dep_ == "neg" for child in verb.children) or verb.tag_ == "VB":
        return None
    subject = subject_of(verb)
    if subject is None or subject.lower_ in _SELF - {"who", "which", "there"}:
        return None
    doc = verb.doc
    clause = clause_span(doc, verb, found, limits)
    return Unfigured("causal", clause, noun_phrase(doc, found, None, limits), verb, verb)


def _effect(verb: Token) -> Token | None:
    lemma = verb.lemma_.lower()
    if lemma in words("deeds", "brought") and verb.tag_ in ("VBD", "VBN", "VBZ", "VBP"):
        return next((c for c in verb.children if c.dep_ == "dobj"), None)
    for child in verb.children:
        if child.dep_ == "prep" and f"{lemma}_{child.lower_}" in words("deeds", "causing"):
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def _is_effect(noun: Token) -> bool:
    """A change, a harm that is counted, or more or less of something: "tougher sentences"."""
    lemma = noun.lemma_.lower()
    if noun_class(noun)[0] or lemma in words("deeds", "effect"):
        return True
    return any(child.tag_ == "JJR" and child.dep_ == "amod" for child in noun.children)
