"""Names of organisations and groups compared: one normal form, acronyms, and names that mean one body a place.

In: names as printed.  Out: normal forms, keys, and `BodyMatch` or None.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from typing import Literal

from quotes.identity.spelling import lines
from quotes.speakers.lexicon import fold

BodyKind = Literal["exact", "acronym", "generic", "place"]
"""The same name; its initials; the same name, which many bodies have; the same but for a country before it."""

_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "to", "&"})
_SAME = {
    "organisation": "organization", "organisations": "organizations", "centre": "center", "defence": "defense",
    "labour": "labor", "programme": "program", "&": "and",
}  # fmt: skip
_TURNED = frozenset({"department", "ministry"})
_ENDINGS = frozenset({"inc", "corp", "co", "ltd", "llc", "plc"})
_COUNTRIES = frozenset({"us", "uk"})
_MOST_LETTERS = 6


@dataclass(frozen=True, slots=True)
class BodyMatch:
    """How two names of bodies agree."""

    kind: BodyKind
    words: str


@lru_cache(maxsize=65536)
def normal_form(name: str) -> tuple[str, ...]:
    """The words of a body's name as they are compared: "the U.S. Department of State" is "us state department"."""
    text = fold(name.replace("’", "'").replace("-", " ")).replace("united states", "us").replace("united nations", "un")
    words = [_SAME.get(word, word) for word in (w.strip(",'").removesuffix("'s") for w in text.split()) if word]
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    if len(words) > 1 and words[-1] in _ENDINGS:
        words = words[:-1]
    for index, word in enumerate(words):
        if word in _TURNED and words[index + 1 : index + 2] == ["of"]:
            rest = [w for w in words[index + 2 :] if w != "the"]
            words = [*words[:index], *rest, word]
            break
    return tuple(words) or (fold(name),)


@cache
def _generic_words() -> frozenset[str]:
    return frozenset(word for line in lines("generic_bodies.txt") for word in line.split())


def is_generic(name: str) -> bool:
    """Whether a name tells what kind of body it is, but not which."""
    return all(word in _generic_words() for word in normal_form(name))


def is_acronym(name: str) -> bool:
    """Whether a name is one word of capitals."""
    letters = name.replace(".", "")
    return letters.isupper() and letters.isalpha() and 1 < len(letters) <= _MOST_LETTERS


def initials(name: str) -> str:
    """The initials of a name of several words, small words left out."""
    words = [word for word in normal_form(name) if word not in _SMALL]
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def body_keys(name: str) -> frozenset[str]:
    """The keys a body is found by: `o:` its normal form, without a country too, and `a:` its initials."""
    form = normal_form(name)
    keys = {f"o:{' '.join(form)}"}
    if form[0] in _COUNTRIES and len(form) > 1:
        keys.add(f"o:{' '.join(form[1:])}")
    if is_acronym(name):
        keys.add(f"a:{fold(name)}")
    elif len(short := initials(name)) > 1:
        keys.add(f"a:{short}")
    return frozenset(keys)


def match_bodies(names: tuple[str, ...], others: tuple[str, ...]) -> BodyMatch | None:
    """The best way in which two bodies' names agree."""
    full = [name for name in names if not is_acronym(name)]
    other_full = [name for name in others if not is_acronym(name)]
    # Two full names decide alone: Eastland Airways is not the Environment Agency because both are EA.
    pairs = product(full, other_full) if full and other_full else product(names, others)
    found = [match for pair in pairs if (match := _match(*pair))]
    order = ("exact", "generic", "place", "acronym")
    return min(found, key=lambda match: order.index(match.kind), default=None)


def _match(one: str, other: str) -> BodyMatch | None:
    a, b = normal_form(one), normal_form(other)
    if a == b:
        if is_acronym(one) or is_acronym(other):
            return BodyMatch("acronym", f"both {other}")
        return BodyMatch("generic" if is_generic(one) else "exact", f"both {other}")
    long, short = (a, b) if len(a) > len(b) else (b, a)
    if long[0] in _COUNTRIES and long[1:] == short:
        return BodyMatch("place", f"{one} can be {other}")
    for short_name, long_name in ((one, other), (other, one)):
        if is_acronym(short_name) and fold(short_name) == initials(long_name):
            return BodyMatch("acronym", f"{short_name} are the initials of {long_name}")
    return None
