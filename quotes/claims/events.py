"""Events by name: the lemmas that report one event ("killed", "death toll" → die).  No parse is needed here."""

from __future__ import annotations

from functools import cache

from quotes.claims.lexicon import words_by_key

_LISTS = frozenset({"cumulative", "general", "counting", "disputing", "titles", "making", "polled"})
"""Keys of `events.txt` that are lists of words, not events."""


@cache
def events() -> dict[str, str]:
    """Lemma → event."""
    listed = words_by_key("events").items()
    return {word: event for event, listed_words in listed if event not in _LISTS for word in listed_words}


@cache
def event_names() -> frozenset[str]:
    """The names of all events."""
    return frozenset(events().values())
