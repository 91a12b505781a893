"""Who publishes and where, and the scale of verdicts: the plugin's settings in metadata.yml → values.

plugins:
  quotes:
    base_url: https://facts.example.org
    publisher: {name: Example Facts, url: https://example.org}
    ratings: [{name: "True", value: 5}, {name: "False", description: "The figures say otherwise", value: 1}, Unproven]

A rating is a word, or a word with its meaning and its place on a scale of numbers.  One without a number is outside
the scale, as what cannot be told is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from quotes.export.claimreview import Publisher


class Rating(NamedTuple):
    """One word of the scale, what it means, and its number (1 is the worst), if it has one."""

    name: str
    description: str = ""
    value: float | None = None


DEFAULT_RATINGS = (
    Rating("True", "The evidence bears it out", 5),
    Rating("Mostly true", "Right in the main, with a slip that changes little", 4),
    Rating("Misleading", "The words are right, what they make one believe is not", 2),
    Rating("False", "The evidence says otherwise", 1),
    Rating("Unproven", "There is not enough evidence to tell"),
)
"""The scale without a setting."""


def publisher_name(settings: Mapping[str, Any]) -> str | None:
    """The publisher's name; None where none is set."""
    return _words(_publisher(settings).get("name"))


def publisher_of(settings: Mapping[str, Any], *, name: str, base_url: str) -> Publisher:
    """The publisher with its address and scale as set; `base_url` without a slash at its end."""
    address = _words(_publisher(settings).get("url"))
    return Publisher(name, base_url.rstrip("/"), address, scale_of(settings))


def base_address(settings: Mapping[str, Any]) -> str | None:
    """Address of the public site; None where none is set."""
    return _words(settings.get("base_url"))


def ratings_of(settings: Mapping[str, Any]) -> tuple[Rating, ...]:
    """The ratings that may be given, each once, in the order of the setting."""
    setting = settings.get("ratings")
    read = [_rating(entry) for entry in setting] if isinstance(setting, list) else []
    named = {rating.name: rating for rating in reversed(read) if rating.name}
    return tuple(rating for rating in dict.fromkeys(read) if named.get(rating.name) is rating) or DEFAULT_RATINGS


def scale_of(settings: Mapping[str, Any]) -> Mapping[str, float]:
    """Ratings with their numbers; those without one are no part of it."""
    return {rating.name: float(rating.value) for rating in ratings_of(settings) if rating.value is not None}


def _rating(entry: object) -> Rating:
    # YAML reads an unquoted True as a boolean.
    if not isinstance(entry, Mapping):
        return Rating(str(entry).strip())
    value = entry.get("value")
    number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
    return Rating(str(entry.get("name", "")).strip(), str(entry.get("description") or "").strip(), number)


def _publisher(settings: Mapping[str, Any]) -> Mapping[str, Any]:
    found = settings.get("publisher")
    return found if isinstance(found, Mapping) else {"name": found}


def _words(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
