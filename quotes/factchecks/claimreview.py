"""schema.org ClaimReview, wherever it stands in a file → fact-checks.

In: the text of a JSON file, of a feed (`dataFeedElement` → `item`), or of a web page with
`<script type="application/ld+json">`.  Out: a `FactCheck` for each ClaimReview, or an InputError that names the
file and the entry.  A broken entry does not stop the others.  A date that is no ISO date is left out.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from quotes.errors import InputError

LONGEST = 5_000
"""Characters that a claim or a headline may have; what is longer is no claim."""

_TYPE = "ClaimReview"
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class FactCheck:
    """One published fact-check of one claim."""

    claim_reviewed: str
    url: str
    claimant: str | None = None
    claim_date: str | None = None
    rating: str | None = None
    publisher: str | None = None
    published: str | None = None
    title: str | None = None

    @property
    def id(self) -> str:
        """Hash of its address and claim: one address may check several claims."""
        return "f_" + hashlib.sha256(f"{self.url}\x1f{self.claim_reviewed}".encode()).hexdigest()[:16]


def read_fact_checks(name: str, text: str) -> Iterator[FactCheck | InputError]:
    """Every ClaimReview of a text in its order, or the InputError of an entry; one of the whole where it has none."""
    found = 0
    for value in _parsed(name, text):
        if isinstance(value, InputError):
            found += 1
            yield value
            continue
        for entry in _entries(value):
            found += 1
            try:
                yield _fact_check(entry)
            except ValueError as error:
                yield InputError(f"{name}, entry {found}", str(error))
    if not found:
        yield InputError(name, "holds no ClaimReview; give JSON-LD, a Data Commons feed, or a page that contains it")


def _parsed(name: str, text: str) -> Iterator[Any]:
    if text.lstrip("\ufeff \t\r\n").startswith("<"):
        for number, script in enumerate(_Scripts(text).scripts, start=1):
            yield _load(f"{name}, script {number}", script)
    else:
        yield _load(name, text.lstrip("\ufeff"))


def _load(name: str, text: str) -> Any:  # noqa: ANN401
    try:
        return json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        return InputError(name, f"is not JSON (line {error.lineno}, column {error.colno}: {error.msg})")
    except (RecursionError, ValueError) as error:
        return InputError(name, f"cannot be read as JSON ({type(error).__name__})")


class _Scripts(HTMLParser):
    """The JSON-LD of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self._is_open = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = (dict(attrs).get("type") or "").split(";")[0].strip().lower()
        self._is_open = tag == "script" and kind == "application/ld+json"
        if self._is_open:
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._is_open = self._is_open and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._is_open:
            self.scripts[-1] += data


def _entries(value: object) -> Iterator[Any]:
    """ClaimReviews at any depth in their order, and elements of a feed that hold none.

    Without recursion: a file may be nested more deeply than Python's stack.
    """
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            types = _types(each)
            if _TYPE in types or ("DataFeedItem" in types and not _holds(each.get("item"))):
                yield each
            else:
                waiting += reversed(list(each.values()))
        elif isinstance(each, list):
            waiting += reversed(each)


def _holds(item: object) -> bool:
    return isinstance(item, dict | list) and bool(item)


def _types(entry: dict[str, Any]) -> set[str]:
    kinds = entry.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return {re.split(r"[/:#]", kind)[-1] for kind in listed if isinstance(kind, str)}


def _fact_check(entry: dict[str, Any]) -> FactCheck:
    """Raises ValueError, in words, where the entry is no fact-check that can be used."""
    if _TYPE not in _types(entry):
        raise ValueError("holds no ClaimReview (its item is empty)")
    claim = _words(entry.get("claimReviewed"))
    if not claim:
        raise ValueError("has no claimReviewed: say which claim was checked")
    if len(claim) > LONGEST:
        raise ValueError(f"claimReviewed has {len(claim):,} characters, which is no claim; at most {LONGEST:,}")
    url = _words(entry.get("url")) or _words(entry.get("@id"))
    if not url:
        raise ValueError("has no url: say where the fact-check can be read")
    if not re.match(r"https?://[^\s/]+", url) or " " in url:
        raise ValueError(f"url “{url[:80]}” is no address of the web")
    item = _first(entry.get("itemReviewed"))
    return FactCheck(
        claim,
        url,
        claimant=_name(item.get("author")) or _name(item.get("creator")),
        claim_date=_date(item.get("datePublished")),
        rating=_rating(_first(entry.get("reviewRating"))),
        publisher=_name(entry.get("author")) or _name(entry.get("publisher")),
        published=_date(entry.get("datePublished")),
        title=(_words(entry.get("name")) or _words(entry.get("headline")) or "")[:LONGEST] or None,
    )


def _rating(rating: dict[str, Any]) -> str | None:
    words = _words(rating.get("alternateName")) or _words(rating.get("name"))
    if words:
        return words
    value, best = _words(rating.get("ratingValue")), _words(rating.get("bestRating"))
    return f"{value} of {best}" if value and best else value


def _name(value: object) -> str | None:
    """The name of a person or body, or the names of several."""
    each = value if isinstance(value, list) else [value]
    names = [_words(one.get("name")) if isinstance(one, dict) else _words(one) for one in each]
    return ", ".join(name for name in names if name) or None


def _date(value: object) -> str | None:
    """The day of an ISO date; None for what is no day of the calendar."""
    found = _DATE.match(_words(value) or "")
    try:
        return datetime.date.fromisoformat(found.group()).isoformat() if found else None
    except ValueError:
        return None


def _first(value: object) -> dict[str, Any]:
    if isinstance(value, list):
        value = next((each for each in value if isinstance(each, dict)), {})
    return value if isinstance(value, dict) else {}


def _words(value: object) -> str | None:
    """A text or number on one line without unprintable characters; None for anything else, or nothing."""
    if isinstance(value, dict):
        value = value.get("@value")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = "".join(c if c.isprintable() else " " for c in str(value))
    return " ".join(text.split()) or None
