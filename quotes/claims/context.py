"""What a figure has from the figure in front of it: the quantities of a Doc in text order in, with what they share out.

"just under 150 hp (112 kW)" bounds both; "rose 35 points to 2,910" counts points twice; in "43 people, compared with
12 a year before" and "40,300 who waited longer" the noun is not said again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from quotes.claims.printed import text_of
from quotes.claims.quantities import Quantity, governed

# Between a figure and its conversion: "150 hp (112 kW / 152 PS)", but not "(up 3 km)".
_CONVERTED = re.compile(r"\s?\(\s?|\s?/\s?")
_AGAINST = re.compile(
    r"\b(?:compared\s+(?:with|to)|versus|vs\.?|up\s+from|down\s+from|against|instead\s+of|rather\s+than)\s+"
    r"(?:(?:an?\s+average\s+of|about|around|just|only|some|nearly|almost|roughly)\s+)*$"
)
_LED_TO = re.compile(r"\bto(?:\s+(?:end|close|finish|stand|settle|trade)\s+at)?\s+(?:about\s+|around\s+|nearly\s+)?$")
_NOUN_TO = re.compile(r"\s[a-z]+\s+to\s+")
_AND_BUT = re.compile(r"(?:\s[a-z]+)?\s*(?:\s|,)\s*(?:(?:and|but)\s+)?")
_AND_OR = re.compile(r"\s(?:and|or)\s+")
_UP_DOWN = re.compile(r",?\s(?:up|down)\s(?:by\s)?(?:about\s|nearly\s|around\s)?")
_OR = re.compile(r"(?:\s[a-z]+)?,?\s+or\s+")
_GAP = re.compile(r",?\s+(?:and\s+|while\s+)?|,\s+")
_GAPPED = frozenset({"PROPN", "NOUN", "DET", "ADJ", "CCONJ", "PUNCT", "PART", "SCONJ"})
_VOTED = frozenset({"vote", "seat", "goal", "ballot", "run"})
_MOST_BETWEEN = 90
_SAME_SORT = frozenset({"measure", "money", "count"})


def with_context(doc: Doc, quantities: Sequence[Quantity]) -> list[Quantity]:
    """The same quantities; bounds of conversions and units that are not said again are filled in."""
    found: list[Quantity] = []
    for quantity in quantities:
        before = found[-1] if found else None
        if before is not None and doc[before.left].sent.start == doc[quantity.left].sent.start:
            ends = _ends_of_change(doc, before, quantity)
            if ends is not None:
                found[-1], quantity = ends  # noqa: PLW2901
            elif (interval := _interval(doc, before, quantity)) is not None:
                found[-1] = interval
                continue
            else:
                found[-1] = before = _with_unit_behind(doc, before, quantity)
                quantity = _points_of_percent(doc, before, quantity)  # noqa: PLW2901
                quantity = _converted(doc, before, quantity) or _with_unit(doc, before, quantity)  # noqa: PLW2901
            if _goes_on(doc, found[-1], quantity):
                quantity = replace(quantity, as_before=found[-1])  # noqa: PLW2901
        found.append(_people(doc, quantity))
    return found


def _goes_on(doc: Doc, before: Quantity, quantity: Quantity) -> bool:
    """Whether a figure says the change before it again, or goes on with it for another thing without a verb."""
    text = text_of(doc)
    between = text[before.end : quantity.outer_start]
    if len(between) > _MOST_BETWEEN or before.end_of or quantity.end_of:
        return False
    if _OR.fullmatch(between):
        return quantity.kind in ("percent", "points", "money", "measure") and before.kind != "score"
    gapped = before.kind == quantity.kind and quantity.kind in ("percent", "points", "money")
    words_between = doc[before.right + 1 : quantity.left]
    if not gapped or not _GAP.match(between) or text[quantity.end : quantity.end + 4] == " of ":
        return False
    named = any(token.tag_ in ("NNP", "NNPS", "NN", "NNS") for token in words_between)
    return named and all(token.pos_ in _GAPPED or token.lower_ == "by" for token in words_between)


def _ends_of_change(doc: Doc, before: Quantity, quantity: Quantity) -> tuple[Quantity, Quantity] | None:
    """ "cut from 12 patients to 9": the second end is not named again."""
    text = text_of(doc)
    if not _is_bare(quantity) or before.counted is None or before.end_of or before.comparator == "range":
        return None
    noun = text[before.end : quantity.start]
    opened = text[: before.outer_start].rstrip().endswith("from")
    if not opened or not _NOUN_TO.fullmatch(noun):
        return None
    governor = governed(doc, before)
    if governor is None or governor.moves in ("other", "level"):
        return None
    return replace(before, end_of="from", passing=False), replace(_shared(before, quantity), end_of="to")


def _interval(doc: Doc, before: Quantity, quantity: Quantity) -> Quantity | None:
    """ "at least 12 and at most 30 pupils", "less than 9% but more than 4%": two bounds of one figure."""
    low, high = (before, quantity) if before.comparator in (">", ">=") else (quantity, before)
    if low.comparator not in (">", ">=") or high.comparator not in ("<", "<="):
        return None
    between = text_of(doc)[before.end : quantity.outer_start]
    alike = before.unit == quantity.unit or (before.unit is None and before.kind == quantity.kind)
    if not alike or not _AND_BUT.fullmatch(between) or (low.low or 0) > (high.high or 0):
        return None
    return replace(
        quantity,
        start=before.start,
        left=before.left,
        outer_start=before.outer_start,
        low=low.low,
        high=high.high,
        comparator="range",
        join="and",
    )


def _with_unit_behind(doc: Doc, before: Quantity, quantity: Quantity) -> Quantity:
    """ "rose 12 and 15 percent": the unit stands at the last figure only."""
    if not _is_bare(before) or quantity.kind not in ("percent", "points", "measure", "duration"):
        return before
    if quantity.comparator == "range" or not _AND_OR.fullmatch(text_of(doc)[before.end : quantity.start]):
        return before
    return replace(before, unit=quantity.unit, kind=quantity.kind, unit_is_shared=True, passing=quantity.passing)


def _points_of_percent(doc: Doc, before: Quantity, quantity: Quantity) -> Quantity:
    """ "was 58%, up 6 points": percentage points; "closed 0.5% lower, down 64 points" are an index's."""
    points = quantity.kind == "count" and quantity.unit == "point" and before.kind == "percent"
    if not points or not _UP_DOWN.fullmatch(text_of(doc)[before.end : quantity.start]):
        return quantity
    governor = governed(doc, before)
    moving = governor is not None and governor.moves not in ("other", "level") and governor.prep not in ("to", "at")
    return quantity if moving else replace(quantity, kind="points", unit="percentage_point")


def _is_bare(quantity: Quantity) -> bool:
    """Whether a number stands without a unit and counts nothing named."""
    return quantity.unit is None and quantity.kind == "count" and quantity.counted is None


def _people(doc: Doc, quantity: Quantity) -> Quantity:
    """ "40,300 who waited longer" are people."""
    bare = _is_bare(quantity)
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
    if not _is_bare(quantity):
        return quantity
    if before.unit is None or before.kind not in _SAME_SORT:
        return quantity
    text = text_of(doc)
    between = text[before.end : quantity.start]
    counted = before.counted is not None and not before.counted.hyphened
    if len(between) <= _MOST_BETWEEN and _AGAINST.search(between) and (counted or before.kind != "count"):
        return _shared(before, quantity)
    if before.unit in _VOTED and _NOUN_TO.fullmatch(between) and text[: before.outer_start].rstrip().endswith("by"):
        return _shared(before, quantity)
    changes = before.unit == "point" or before.kind == "measure"
    if changes and len(between) <= _MOST_BETWEEN // 3 and _LED_TO.search(between):
        return _shared(before, quantity)
    return quantity


def _shared(before: Quantity, quantity: Quantity) -> Quantity:
    return replace(
        quantity, unit=before.unit, kind=before.kind, counted=before.counted, unit_is_shared=True, passing=False
    )
