"""What an input says about itself, checked.

In: keys and values, as any format gives them.  Out: `Metadata`.  Keys: title, outlet, author (or
authors), published (or published_at, date), url, licence (or license); others are left to other tools.
Invariant: every value is one line; `published` is an ISO date, `url` an address of the web.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from quotes.errors import InputError
from quotes.reading.dates import parse_date

_FIELDS = {
    "title": "title",
    "outlet": "outlet",
    "author": "author",
    "authors": "author",
    "published": "published",
    "published_at": "published",
    "date": "published",
    "url": "url",
    "licence": "licence",
    "license": "licence",
}


@dataclass(frozen=True, slots=True)
class Metadata:
    """What an input says about itself; None where it says nothing."""

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None
    licence: str | None = None


def read_metadata(name: str, values: Mapping[str, object]) -> Metadata:
    """The known ones of some values; the first of two keys that mean the same.  Raises InputError for a bad value."""
    known: dict[str, str] = {}
    for key, value in values.items():
        field = _FIELDS.get(key.strip().lower().replace("-", "_"))
        if field and field not in known and (words := _read_words(name, key, value)):
            known[field] = _check(name, field, words)
    return Metadata(**known)


def one_line(words: str) -> str:
    """Words on one line, without what cannot be shown or stored: control characters and half surrogate pairs."""
    kept = (c for c in words if c.isspace() or unicodedata.category(c) not in {"Cc", "Cs"})
    return " ".join("".join(kept).split())


def _read_words(name: str, key: str, value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = ", ".join(value)
    if not isinstance(value, str):
        raise InputError(name, f"front matter: {key} is no line of text; write {key}: and the words behind it")
    return one_line(value) or None


def _check(name: str, field: str, words: str) -> str:
    if field == "published":
        return _check_date(name, words)
    if field == "url" and not _is_web_address(words):
        raise InputError(name, f"front matter: {words!r} is no web address; start it with https:// or leave it out")
    return words


def _check_date(name: str, words: str) -> str:
    found = parse_date(words)
    if found is None:
        raise InputError(name, f"front matter: {words!r} is no date; write it as 2025-02-13")
    return found


def _is_web_address(words: str) -> bool:
    try:
        parts = urlsplit(words)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in words
    except ValueError:  # brackets that hold no IPv6 address
        return False
