"""The word that governs a figure: the verb or noun of change or level it hangs on.

A token in, a `Governor` out; the direction comes from the word lists.  "reduce X by N" has X going down
as "X fell by N" has, and "a 5% rise in X" goes up as "X rose 5%" does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from spacy.tokens import Token

from quotes.claims.lexicon import key_of
from quotes.models import Direction

_VERBAL = frozenset({"VERB", "AUX"})
_PREPOSITIONS = frozenset({"prep", "agent"})
"""Parsers take the "by 5%" of "was raised by 5%" for who raised it."""
_MAX_STEPS = 12


@dataclass(frozen=True, slots=True)
class Governor:
    """`token` governs the figure through the preposition `prep` (None: directly)."""

    token: Token
    prep: str | None
    direction: Direction | None
    moves: str
    """Which argument changes: self, object, either, noun; shift and level have no direction; else "other"."""
    below: Token
    """The last token on the way up, a child of `token`."""


def verb_class(token: Token) -> tuple[Direction | None, str]:
    """What a verb says about change, particles included ("bring down")."""
    table, lemma = key_of("change_verbs"), token.lemma_.lower()
    for child in token.children:
        if child.dep_ in ("prt", "advmod", "prep") and (key := table.get(f"{lemma}_{child.lower_}")):
            return _split(key)
    return _split(table.get(lemma, "other"))


def noun_class(token: Token) -> tuple[Direction | None, str]:
    """What a noun says about change."""
    return _split(key_of("change_nouns").get(token.lemma_.lower(), "other"))


def _split(key: str) -> tuple[Direction | None, str]:
    side, _, moves = key.partition("_")
    direction = cast("Direction | None", side if side in ("up", "down") else None)
    return direction, moves if direction else side


def governor_of(token: Token) -> Governor | None:
    """Climb from a figure's outermost token to the nearest verb, or noun of change."""
    prep = token.lower_ if token.dep_ in _PREPOSITIONS else None
    below = token
    for _ in range(_MAX_STEPS):
        if below.head.i == below.i:
            return None
        head = below.head
        if head.dep_ in _PREPOSITIONS and head.pos_ not in _VERBAL:
            prep = prep or head.lower_
        elif head.pos_ in _VERBAL:
            return Governor(head, prep, *verb_class(head), below)
        elif head.pos_ == "NOUN" and (found := noun_class(head))[1] != "other" and _measures(below, prep):
            return Governor(head, prep, *found, below)
        below = head
    return None


def _measures(below: Token, prep: str | None) -> bool:
    """Whether a child of a noun of change says by how much: not the "in 12 cities" of a rise."""
    return (prep is None and below.dep_ not in ("conj", "appos", "relcl", "acl")) or prep in ("of", "by", "to", "from")


def predicate_of(governor: Governor) -> Token:
    """The verb a governor stands under: itself, or the verb above a noun of change."""
    token = governor.token
    while token.pos_ not in _VERBAL and token.head.i != token.i:
        token = token.head
    return token
