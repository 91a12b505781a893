"""How it is said: from a cue's main word to the printed cue.

In: a verb, noun or preposition in a parsed Doc.  Out: the token range of the whole cue: auxiliaries, negation and the
adverbs between them, the verb, its particle.
"""

from __future__ import annotations

from spacy.tokens import Token

from quotes.quotations.page import Range

_BEFORE = frozenset({"aux", "auxpass", "neg", "advmod"})
_NOT_CUE = frozenset({"how", "why", "when", "where", "so", "then", "instead", "meanwhile", "however", "still", "yet"})


def verb_group(verb: Token) -> Range:
    """The printed verb: "has repeatedly said", "is expected", "pointed out"."""
    start = verb.i
    while start > 0 and _belongs(verb.nbor(start - 1 - verb.i), verb):
        start -= 1
    while start < verb.i and verb.doc[start].lower_ in _NOT_CUE | {"to"}:
        start += 1
    end = verb.i + 1
    particle = next((child for child in verb.rights if child.dep_ == "prt" and child.i == end), None)
    return start, end + (particle is not None)


def _belongs(token: Token, verb: Token) -> bool:
    return token.head == verb and token.dep_ in _BEFORE
