"""Whether words before a dash can be the place, or the agency, of a dateline.

In: words as printed.  Out: yes or no.  A place has its name in capitals (RENO, Nev.), or, where a
known news agency stands behind it, in title case (New York).
"""

from __future__ import annotations

import re

from quotes.reading.lexicon import agencies, no_places

_LONGEST_CITY = 4  # HO CHI MINH CITY, ABOARD AIR FORCE ONE
_LONGEST_REGION = 3  # N.H.; British Columbia; Isle of Man
_LONGEST_AGENCY = 4
_MOST_REGIONS = 2

_WORD = re.compile(r"[^\W\d_][\w.’']*", re.UNICODE)
_REGION = re.compile(r"[^\W\d_][\w.’' -]*", re.UNICODE)
_AGENCY = re.compile(r"[^\W\d_][\w.&’'/ ,-]+", re.UNICODE)
_BETWEEN_WORDS = re.compile(r"[\s/-]+")
_BETWEEN_AGENCIES = re.compile(r"\s*(?:/|,|;|\band\b|&)\s*")
_SMALL_PREFIX = re.compile(r"(?:Mc|Mac|De|La|Du)(?=[A-Z]{2})")
_PARTICLES = frozenset(
    (
        "al",
        "and",
        "au",
        "da",
        "das",
        "de",
        "del",
        "der",
        "do",
        "du",
        "la",
        "las",
        "le",
        "los",
        "of",
        "on",
        "sur",
        "the",
        "upon",
    )
)
_PARTY = re.compile(r"[RDI]-", re.IGNORECASE)


def is_dateline(place: str | None, agency: str | None) -> bool:
    """Whether a place, an agency, or both, as printed before a dash, are a dateline."""
    known = agency is not None and is_known_agency(agency)
    if agency is not None and not known and not _can_be_agency(agency):
        return False
    if place is None:
        return known
    city, *regions = place.split(",")
    if len(regions) > _MOST_REGIONS or not all(_can_be_region(region.strip()) for region in regions):
        return False
    words = [word for word in _BETWEEN_WORDS.split(city) if word]
    return _can_be_city(words, backed=bool(agency or regions)) and (_is_capitals(words) or (known and _is_title(words)))


def is_known_agency(agency: str) -> bool:
    """Whether one of the words between brackets is an agency that we know: Reuters; AP/UPI."""
    parts = (agency, *_BETWEEN_AGENCIES.split(agency))
    return any(part.strip().casefold() in agencies() for part in parts)


def _can_be_agency(agency: str) -> bool:
    words = agency.split()
    fits = _AGENCY.fullmatch(agency) and len(words) <= _LONGEST_AGENCY and agency[0].isupper()
    return bool(fits) and not _PARTY.match(agency) and not all(word.casefold() in no_places() for word in words)


def _can_be_region(region: str) -> bool:
    longest = _LONGEST_REGION - region.isupper()
    return bool(_REGION.fullmatch(region)) and region[0].isupper() and len(region.split()) <= longest


def _can_be_city(words: list[str], *, backed: bool) -> bool:
    """Words that are tags elsewhere (LIVE OAK, NEWPORT NEWS) need a region or an agency to back them."""
    if not words or len(words) > _LONGEST_CITY + backed or not all(_WORD.fullmatch(word) for word in words):
        return False
    tags = sum(word.casefold() in no_places() for word in words)
    letters = sum(c.isalpha() for word in words for c in word)
    return letters > 1 and (tags < len(words) if backed else tags == 0)


def _is_capitals(words: list[str]) -> bool:
    bare = [_SMALL_PREFIX.sub("", word) for word in words if word not in _PARTICLES]
    return bool(bare) and all(word.isupper() for word in bare)


def _is_title(words: list[str]) -> bool:
    return all(word[0].isupper() or word in _PARTICLES for word in words) and words[0][0].isupper()
