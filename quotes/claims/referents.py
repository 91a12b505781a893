"""The noun that a pronoun stands for, in its own sentence: "it", "who", "40 percent of whom".

A token in, a token out; None where the sentence does not print the noun.  Only the relative pronouns are sure, so
the others are resolved by number and by whether a person is meant, from the nearest subject on.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from quotes.claims.phrases import NOUNS, TIMES

_THINGS = frozenset({"it", "this", "that", "which"})
_PEOPLE = frozenset({"he", "she", "him", "her"})
_MANY = frozenset({"they", "them", "these", "those"})
_RELATIVE = frozenset({"WDT", "WP"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_PLURALS = frozenset({"NNS", "NNPS"})
_BARE = frozenset({"CD", "DT", "JJ", "JJR", "EX"})


def referent_of(token: Token) -> Token | None:
    """The noun a head stands for: itself where it is one."""
    if token.pos_ in NOUNS or token.ent_type_ == "NORP":
        return token
    if token.tag_ in _RELATIVE:
        return _relative(token)
    if token.pos_ not in ("PRON", "DET") and token.tag_ != "PRP":
        return None if token.tag_ in _BARE else token
    return next(_antecedents(token), None)


def _relative(pronoun: Token) -> Token | None:
    """The head of the relative clause; else the nearest noun in front of it."""
    for above in pronoun.ancestors:
        if above.dep_ == "relcl" and above.head.i < pronoun.i:
            return above.head
    before = pronoun.doc[pronoun.sent.start : pronoun.i]
    return next((t for t in reversed(before) if t.pos_ in NOUNS and t.dep_ != "compound" and not _measures(t)), None)


def _antecedents(pronoun: Token) -> Iterator[Token]:
    """Nouns in front of a pronoun that it can stand for, subjects first, the nearest first."""
    before = [t for t in reversed(pronoun.doc[pronoun.sent.start : pronoun.i]) if t.pos_ in NOUNS]
    fitting = [t for t in before if _may_be_meant(t) and _fits(pronoun.lower_, t)]
    yield from (t for t in fitting if t.dep_ in _SUBJECTS)
    if pronoun.lower_ not in _MANY:
        yield from (t for t in fitting if t.dep_ in ("dobj", "poss"))


def _may_be_meant(noun: Token) -> bool:
    """Not a noun that only describes another; a person may own one: "Miller's lead is the same: she …"."""
    return noun.dep_ not in ("compound", "nmod") and (noun.dep_ != "poss" or noun.ent_type_ == "PERSON")


def _fits(pronoun: str, noun: Token) -> bool:
    if noun.ent_type_ in TIMES or _measures(noun):
        return False
    plural = noun.tag_ in _PLURALS
    if pronoun in _PEOPLE:
        return noun.ent_type_ == "PERSON"
    if pronoun in _THINGS:
        return not plural and noun.ent_type_ != "PERSON"
    return pronoun in _MANY and plural


def _measures(noun: Token) -> bool:
    """ "percent", "dollars": a unit is no thing."""
    return noun.lower_ in ("percent", "%", "points", "point", "half") or noun.ent_type_ in ("PERCENT", "MONEY")
