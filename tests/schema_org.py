"""The terms of schema.org that a ClaimReview of ours may use: per type its properties, per property its values.

From the definitions at https://schema.org (ClaimReview, Claim, Rating, Organization, Person, CreativeWork,
CorrectionComment), those inherited included.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

WORK = {
    "url": {"URL"},
    "datePublished": {"Date"},
    "dateModified": {"Date"},
    "author": {"Organization", "Person"},
    "publisher": {"Organization", "Person"},
    "headline": {"Text"},
    "text": {"Text"},
    "citation": {"CreativeWork", "Text"},
    "correction": {"CorrectionComment", "Text", "URL"},
}
THING = {"name": {"Text"}, "url": {"URL"}, "sameAs": {"URL"}}
RATING = {
    "alternateName": {"Text"},
    "ratingExplanation": {"Text"},
    "ratingValue": {"Number", "Text"},
    "bestRating": {"Number", "Text"},
    "worstRating": {"Number", "Text"},
}
TYPES: dict[str, dict[str, set[str]]] = {
    "ClaimReview": {**WORK, "claimReviewed": {"Text"}, "reviewRating": {"Rating"}, "itemReviewed": {"Claim"}},
    "Claim": {**WORK, "appearance": {"CreativeWork"}, "firstAppearance": {"CreativeWork"}},
    "CreativeWork": WORK,
    "CorrectionComment": WORK,
    "Rating": RATING,
    "Organization": THING,
    "Person": THING,
}


def problems(record: Any, expected: frozenset[str] = frozenset({"ClaimReview"}), at: str = "") -> Iterator[str]:
    """What of a record schema.org does not define, one line each."""
    if not isinstance(record, dict):
        if not any(_is_value(record, kind) for kind in expected):
            yield f"{at}: {record!r} is none of {', '.join(sorted(expected))}"
        return
    kind = record.get("@type")
    if kind not in expected:
        yield f"{at}: a {kind} where {', '.join(sorted(expected))} is expected"
        return
    for key, value in record.items():
        if key in {"@type", "@context"}:
            continue
        if key not in TYPES[kind]:
            yield f"{at}: {kind} has no {key}"
            continue
        for each in value if isinstance(value, list) else [value]:
            yield from problems(each, frozenset(TYPES[kind][key]), f"{at}/{key}")


def _is_value(value: object, kind: str) -> bool:
    if kind == "Number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    if not isinstance(value, str) or not value:
        return False
    if kind == "URL":
        return re.fullmatch(r"https?://[^\s/]+(/\S*)?", value) is not None
    if kind == "Date":
        return _is_date(value)
    return kind == "Text"


def _is_date(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True
