"""Points that are percentage points, and the leads they measure: "ahead by 3 points", "up 6 points in the polls".

A quantity in, the same or one in percentage points out.  Points of games and of stock indices stay what they are.
"""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Doc, Token

from quotes.claims.phrases import NOUNS
from quotes.claims.quantities import Quantity

_POLLS = re.compile(
    r"%|\b(?:percent(?:age)?|polls?|polling|pollsters?|polled|surveys?|voters?|electorate|approval|ratings?|turnout"
    r"|swing states?|margin of error)\b",
    re.I,
)
_GAMES = re.compile(
    r"\b(?:index|indices|indexes|dow|nasdaq|ftse|nikkei|shares|stocks?|games?|scored?|rebounds?|quarter|season|coach"
    r"|basis|league|playoffs?|match)\b",
    re.I,
)
_LEADING = frozenset({"lead", "trail", "advantage", "edge", "beat"})
LEADS = frozenset({"lead", "advantage", "edge"})
_BESIDE = frozenset({"ahead", "behind", "apart"})
_REACH = 6
_CONTEXT = 2
"""Sentences in front that may speak of the poll."""


def in_percentage_points(doc: Doc, quantity: Quantity) -> Quantity:
    """ "6 points" beside polls or percentages are percentage points."""
    counted = quantity.counted
    if quantity.unit != "point" or quantity.kind != "count" or counted is None or counted.head > quantity.right + 3:
        return quantity
    sentence = doc[quantity.left].sent
    start = sentence.start
    for _ in range(_CONTEXT):
        start = doc[start - 1].sent.start if start else 0
    if _GAMES.search(sentence.text) or not _POLLS.search(doc[start : sentence.end].text):
        return quantity
    end = doc[counted.head].idx + len(doc[counted.head])
    return replace(quantity, kind="points", unit="percentage_point", counted=None, end=end, right=counted.head)


def is_lead(doc: Doc, quantity: Quantity) -> bool:
    """Points by which one is ahead of another: a comparison."""
    return quantity.kind == "points" and (_word_of_lead(doc, quantity) is not None)


def _word_of_lead(doc: Doc, quantity: Quantity) -> Token | None:
    sentence = doc[quantity.left].sent
    left, right = max(sentence.start, quantity.left - _REACH), min(sentence.end, quantity.right + _REACH // 2)
    near = [*reversed(doc[left : quantity.left]), *doc[quantity.right + 1 : right]]
    return next((t for t in near if t.lemma_.lower() in _LEADING or t.lower_ in _BESIDE), None)


def by_how_much(doc: Doc, quantity: Quantity) -> bool:
    """ "ahead 3 points", "leads by 3 points": not the "lead of 3 points", which is a level."""
    word = _word_of_lead(doc, quantity) if quantity.kind == "points" else None
    return word is not None and (word.lower_ in _BESIDE or word.pos_ == "VERB")


def lead_of(doc: Doc, quantity: Quantity) -> Token | None:
    """The lead as the sentence prints it, else who leads."""
    word = _word_of_lead(doc, quantity) if quantity.kind == "points" else None
    if word is None:
        return None
    if word.pos_ in NOUNS:
        return word
    before = list(reversed(doc[word.sent.start : word.i]))
    lead = next((t for t in before if t.lemma_.lower() in LEADS and t.pos_ in NOUNS), None)
    return lead or next((t for t in before if t.ent_type_ == "PERSON" and t.dep_ != "compound"), None)
