"""What a figure has from the figure in front of it: the quantities of a Doc in text order in, with what they share out.

"just under 296 hp (224 kW)" bounds both; "rose 64 points to 4,577" counts points twice; in "43 people, compared with
12 a year before" and "95,800 who waited longer" the noun is not said again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from quotes.claims.printed import text_of
from quotes.claims.quantities import Quantity

# Between a figure and its conversion: "296 hp (224 kW / 300 PS)", but not "(up 3 km)".
_CONVERTED = re.compile(r"\s?\(\s?|\s?/\s?")
_AGAINST = re.compile(
    r"\b(?:compared\s+(?:with|to)|versus|vs\.?|up\s+from|down\s+from|against|instead\s+of|rather\s+than)\s+"
    r"(?:(?:an?\s+average\s+of|about|around|just|only|some|nearly|almost|roughly)\s+)*$"
)
_LED_TO = re.compile(r"\bto(?:\s+(?:end|close|finish|stand|settle|trade)\s+at)?\s+(?:about\s+|around\s+|nearly\s+)?$")
_MOST_BETWEEN = 90
_SAME_SORT = frozenset({"measure", "money", "count"})


def with_context(doc: Doc, quantities: Sequence[Quantity]) -> list[Quantity]:
    """The same quantities; bounds of conversions and units that are not said again are filled in."""
    found: list[Quantity] = []
    for quantity in quantities:
        before = found[-1] if found else None
        if before is not None and doc[before.left].sent.start == doc[quantity.left].sent.start:
            quantity = _converted(doc, before, quantity) or _with_unit(doc, before, quantity)  # noqa: PLW2901
        found.append(_people(doc, quantity))
    return found


def _people(doc: Doc, quantity: Quantity) -> Quantity:
    """ "95,800 who waited longer" are people."""
    bare = quantity.unit is None and quantity.kind == "count" and quantity.counted is None
    following = doc[quantity.right + 1] if quantity.right + 1 < len(doc) else None
    if not bare or following is None or following.lower_ != "who":
        return quantity
    return replace(quantity, unit="person", passing=False)


def _converted(doc: Doc, before: Quantity, quantity: Quantity) -> Quantity | None:
    """A conversion into another unit is bounded as what it converts."""
    between = text_of(doc)[before.end : quantity.start]
    measures = before.kind == quantity.kind and quantity.kind in ("measure", "money")
    if not measures or before.unit == quantity.unit or not _CONVERTED.fullmatch(between):
        return None
    value = quantity.low if quantity.low is not None else quantity.high
    if quantity.comparator != "=" or before.comparator in ("=", "range"):
        return quantity
    if before.comparator in (">", ">="):
        return replace(quantity, comparator=before.comparator, low=value, high=None)
    if before.comparator in ("<", "<="):
        return replace(quantity, comparator=before.comparator, low=None, high=value)
    return replace(quantity, comparator="~")


def _with_unit(doc: Doc, before: Quantity, quantity: Quantity) -> Quantity:
    """A bare number with the unit of the figure it is held against, or that led to it."""
    if quantity.unit is not None or quantity.kind != "count" or quantity.counted is not None:
        return quantity
    if before.unit is None or before.kind not in _SAME_SORT:
        return quantity
    text = text_of(doc)
    between = text[before.end : quantity.start]
    counted = before.counted is not None and not before.counted.hyphened
    if len(between) <= _MOST_BETWEEN and _AGAINST.search(between) and (counted or before.kind != "count"):
        return _shared(before, quantity)
    changes = before.unit == "point" or before.kind == "measure"
    if changes and len(between) <= _MOST_BETWEEN // 3 and _LED_TO.search(between):
        return _shared(before, quantity)
    return quantity


def _shared(before: Quantity, quantity: Quantity) -> Quantity:
    return replace(
        quantity, unit=before.unit, kind=before.kind, counted=before.counted, unit_is_shared=True, passing=False
    )
