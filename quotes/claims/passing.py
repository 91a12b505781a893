"""Quantities in passing: ages, names with a length of time, durations nobody measures, "the two leaders".

A quantity and its Doc in; whether it is no figure of a claim by itself, out.
"""

from __future__ import annotations

import re

from spacy.tokens import Doc

from quotes.claims.governors import governor_of
from quotes.claims.lexicon import words
from quotes.claims.printed import text_of
from quotes.claims.quantities import Quantity, outermost
from quotes.claims.units import Kind

_AGED = re.compile(
    r"\b(?:aged?|turn(?:s|ed)|older than|younger than|ages? of|over the age of"
    r"|(?:people|those|men|women|children|adults|anyone|everyone|workers|residents|voters)"
    r" (?:under|over|above|below))\s$"
)
_IS_AGED = re.compile(
    r"\blife\s+expectancy[^.;]{0,40}?\s(?:is|was|of|to)\s(?:about\s|around\s|only\s|just\s)?$"
    r"|\b(?:[Hh]e|[Ss]he|I|who)(?:\s+(?:is|was|will\s+be|would\s+be|had\s+just\s+turned)|['’](?:s|ll\s+be|m))\s(?:only\s|just\s|now\s)?$"
)
_ANAPHORIC = frozenset(
    {"the", "these", "those", "its", "their", "his", "her", "both", "other", "last", "first", "next", "past"}
)


def kind_or_age(doc: Doc, quantity: Quantity) -> Kind:
    """Age: "30-year-old", "aged 30", "older than 65", "John Doe, 30,"."""
    text = text_of(doc)
    if quantity.kind == "duration" and "old" in text[quantity.start : quantity.end + 6]:
        return "age"
    if quantity.kind != "count" or quantity.counted or not 0 < (quantity.low or quantity.high or 0) < 120:
        return quantity.kind
    if _IS_AGED.search(text[max(0, quantity.start - 60) : quantity.start]):
        return "age"
    if _AGED.search(text[max(0, quantity.start - 24) : quantity.start]):
        return "age"
    named = (
        quantity.left >= 2
        and doc[quantity.left - 1].text in (",", "(")
        and doc[quantity.left - 2].tag_ in ("NNP", "NN")
    )
    behind = text[quantity.end : quantity.end + 1]
    return "age" if named and behind and behind in ",.);" else "count"


# "the top 1 percent", "those in the middle fifth": whom it is about, not how much.
_RANKED = re.compile(
    r"\b(?:top|bottom|middle|upper|lower|richest|wealthiest|poorest|highest-earning|lowest-earning|best-paid|lowest-paid"
    r"|top-earning)(?:[\s-]+(?:the\s+)?|[\s-]+income\s+)$",
    re.IGNORECASE,
)
# "households making $100,000 or more", "donors who gave $200 or less".
_THRESHOLD = re.compile(
    r"\s*(?:(?:[a-z]+\s+)?(?:or|and)\s+(?:more|less|fewer|greater|above|below|over|under|up|higher|lower)|plus)\b",
    re.IGNORECASE,
)
_GROUPING = frozenset({"relcl", "acl", "pcomp"})


def names_a_group(doc: Doc, quantity: Quantity) -> bool:
    """Whether a figure only says who or what is meant."""
    text = text_of(doc)
    following = doc[quantity.right + 1] if quantity.right + 1 < len(doc) else None
    describes = following is not None and following.lower_ in ("rate", "tax", "tariff")  # "the top 33 percent rate"
    ranked = _RANKED.search(text[max(0, quantity.start - 24) : quantity.start])
    if quantity.kind in ("percent", "share") and ranked and not describes:
        return True
    if not _THRESHOLD.match(text, quantity.end):
        return False
    governor = governor_of(outermost(doc, quantity.left, quantity.right))
    return (
        governor is not None
        and governor.token.dep_ in _GROUPING
        and governor.token.head.pos_ in ("NOUN", "PROPN", "PRON", "ADP", "DET")
    )


def is_passing(doc: Doc, quantity: Quantity) -> bool:
    """Whether a quantity is no figure of a claim by itself."""
    if names_a_group(doc, quantity) or _is_how_often(doc, quantity):
        return True
    if quantity.kind in ("percent", "points", "money", "factor", "score") or is_lead_in_points(doc, quantity):
        return False
    if kind_or_age(doc, quantity) == "age":
        return True
    hyphened = text_of(doc)[quantity.end : quantity.end + 1] == "-" or (
        quantity.counted is not None and quantity.counted.hyphened
    )
    printed = text_of(doc)[quantity.start : quantity.end]
    if hyphened or (quantity.kind == "duration" and ("-" in printed or not _is_measured(doc, quantity))):
        return True
    if quantity.kind == "count":
        return _is_passing_count(doc, quantity)
    return (
        quantity.kind == "measure"
        and "-" in printed
        and quantity.printed == "digits"
        and quantity.comparator != "range"
    )


def _is_how_often(doc: Doc, quantity: Quantity) -> bool:
    """ "asked for it twice": how often, not how much; "twice as many" compares."""
    token = doc[quantity.left]
    if token.lower_ not in ("twice", "thrice") or token.dep_ != "advmod" or token.head.pos_ != "VERB":
        return False
    following = doc[quantity.right + 1] if quantity.right + 1 < len(doc) else None
    return following is None or following.lower_ not in ("as", "the", "what", "that", "its", "their", "more")


def is_lead_in_points(doc: Doc, quantity: Quantity) -> bool:
    """ "a 4-point lead" """
    counted = quantity.counted
    if quantity.unit != "point" or counted is None or not counted.hyphened or counted.head + 1 >= len(doc):
        return False
    return doc[counted.head + 1].lemma_.lower() in ("lead", "advantage", "edge", "margin", "deficit")


def _is_passing_count(doc: Doc, quantity: Quantity) -> bool:
    before = doc[quantity.left - 1].lower_ if quantity.left else ""
    if quantity.printed == "vague" and quantity.counted is None:
        return text_of(doc)[quantity.start : quantity.end].lower().endswith("couple")
    if quantity.low == 1 and quantity.high is None and _is_nobodys_count(doc, quantity):
        return True
    if quantity.counted is None:
        return quantity.printed == "words" or (
            quantity.low is not None and quantity.low < 10 and quantity.comparator == "="
        )
    if doc[quantity.counted.head].lower_ in ("times", "ways", "things", "reasons"):
        return True
    small = quantity.printed == "words" and (quantity.high or 0) <= 10
    if small and before in _ANAPHORIC and quantity.comparator == "=":
        return True
    return quantity.low == quantity.high == 1 and doc[quantity.counted.head].lemma_.lower() not in words(
        "people", "human"
    )


def _is_nobodys_count(doc: Doc, quantity: Quantity) -> bool:
    """ "at least one Democrat": who, not how many; "at least one person was killed" counts."""
    counted = quantity.counted
    return counted is None or doc[counted.head].lemma_.lower() not in words("people", "human")


def _is_measured(doc: Doc, quantity: Quantity) -> bool:
    """Whether a duration is what the clause is about: "the wait is 12 hours", "rose to 12 years"."""
    token = outermost(doc, quantity.left, quantity.right)
    governor = governor_of(token)
    if governor is None:
        return False
    if governor.moves not in ("other", "level", "shift"):
        return governor.prep in ("by", "to", "from") or governor.below.dep_ in ("npadvmod", "dobj")
    lasting = governor.token.lemma_.lower() in ("average", "last", "take", "wait")
    return lasting or (governor.moves == "level" and governor.prep in (None, "at") and governor.below.dep_ == "attr")
