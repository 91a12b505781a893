"""Who publishes and where, and which ratings have a number: the plugin's settings in metadata.yml → a Publisher.

plugins:
  quotes:
    base_url: https://facts.example.org
    publisher: {name: Example Facts, url: https://example.org}
    ratings: [{name: "True", value: 5}, {name: "False", value: 1}, Unproven]
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from quotes.export.claimreview import Publisher

DEFAULT_SCALE = {"True": 5.0, "Mostly true": 4.0, "Misleading": 2.0, "False": 1.0}
"""The numbers of the ratings that can be given without a setting; what cannot be told has none."""


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


def scale_of(settings: Mapping[str, Any]) -> Mapping[str, float]:
    """Ratings with their numbers; those without one are no part of it."""
    ratings = settings.get("ratings")
    if not isinstance(ratings, list) or not ratings:
        return DEFAULT_SCALE
    return {
        str(entry.get("name", "")).strip(): float(entry["value"])
        for entry in ratings
        if isinstance(entry, Mapping) and isinstance(entry.get("value"), int | float)
    }


def _publisher(settings: Mapping[str, Any]) -> Mapping[str, Any]:
    found = settings.get("publisher")
    return found if isinstance(found, Mapping) else {"name": found}


def _words(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
