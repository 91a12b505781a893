"""Names of persons compared across documents: can two names be one person's, and how safely.

In: names as printed.  Out: `NameMatch` or None.  A match says only that the names allow it; whether two
persons are one is decided with their roles and surroundings (`quotes.identity.deciding`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from typing import Literal

from quotes.identity.spelling import lines, spelled
from quotes.speakers import lexicon
from quotes.speakers.lexicon import fold
from quotes.speakers.names import SUFFIXES

Kind = Literal[
    "exact", "order", "middle", "initials", "nickname", "spelling",
    "added surname", "initial", "suffix", "longer name", "bare", "given",
]  # fmt: skip
"""In the first line what is enough where nothing speaks against it, in the second what needs something for it."""

SAFE: frozenset[Kind] = frozenset({"exact", "order", "middle", "initials", "nickname", "spelling"})
BARE: frozenset[Kind] = frozenset({"bare", "given"})

STRENGTH: dict[Kind, float] = {
    "exact": 0.97, "order": 0.92, "middle": 0.94, "initials": 0.9, "nickname": 0.9, "spelling": 0.88,
    "added surname": 0.88, "initial": 0.6, "suffix": 0.5, "longer name": 0.6, "bare": 0.4, "given": 0.3,
}  # fmt: skip

_ARTICLES = frozenset({"al", "el", "ul", "ad", "as", "at", "ar", "ash", "an"})
_INITIALS = re.compile(r"(?:[A-Z]\.){2,}|[A-Z]{2,3}")
_QUOTED = re.compile(r"[\"“”(][^\"“”()]*[\"“”)]")


@dataclass(frozen=True, slots=True)
class NameMatch:
    """How two names agree."""

    kind: Kind
    words: str
    """For the why: "Bill Ferris" can be "William T. Ferris"."""

    @property
    def strength(self) -> float:
        return STRENGTH[self.kind]


@dataclass(frozen=True, slots=True)
class Parts:
    """A name as words to compare: folded, hyphens apart, particles and suffix taken out."""

    words: tuple[str, ...]
    suffix: str | None
    compact: str
    """All letters in one, so that Soo-yeon is Sooyeon and van den Broek is Vandenbroek."""
    hyphened: bool

    @property
    def is_bare(self) -> bool:
        return len(self.words) < 2


@lru_cache(maxsize=65536)
def parts(name: str) -> Parts:
    """A printed name as words to compare."""
    printed = _QUOTED.sub(" ", name).replace("’", "'").split()
    words: list[str] = []
    letters: list[str] = []
    suffix = None
    for word in printed:
        folded = fold(word).strip(",.'")
        if not folded:
            continue
        if folded in SUFFIXES and words:
            suffix = folded
            continue
        pieces = list(folded.replace(".", "")) if _is_initials(word, printed) else folded.split("-")
        letters += pieces
        words += [piece.replace("'", "") for piece in pieces if piece and piece not in _ARTICLES | lexicon.particles()]
    if not words:
        words = [re.sub(r"[^a-z]", "", "".join(letters)) or fold(name)]
    compact = "".join(letters).replace("'", "")
    return Parts(tuple(words), suffix, compact, "-" in printed[-1] if printed else False)


def _is_initials(word: str, printed: list[str]) -> bool:
    """Whether a word is initials written in one: "J.D.", and "JD" before a name that is not in capitals."""
    if not _INITIALS.fullmatch(word) or word == printed[-1]:
        return False
    return "." in word or (not printed[-1].isupper() and not lexicon.is_given_name(fold(word)))


def person_keys(name: str) -> frozenset[str]:
    """The keys a person is found by: `x:` the whole name, `s:` each word that may be a surname, `b:` a bare surname."""
    own = parts(name)
    if own.is_bare:
        return frozenset({f"b:{spelled(own.words[0])}"})
    first, *rest = own.words
    surnames = {word for word in rest if len(word) > 1}
    if len(first) > 1 and (first in family_first() or not lexicon.is_given_name(first)):
        surnames.add(first)
    # Zhang Wei and Zhangwei, van den Broek and Vandenbroek: words written in one.
    joined = {own.compact[len(first) :]} if len(own.words) > 1 and own.compact.startswith(first) else set()
    found = {f"s:{spelled(word)}" for word in surnames | joined if word}
    return frozenset(found | {f"x:{spelled_whole(own)}"})


def spelled_whole(own: Parts) -> str:
    """The whole name in one, in its common spelling."""
    return "".join(spelled(word) for word in own.words)


@cache
def family_first() -> frozenset[str]:
    """Family names that are mostly printed before the given name."""
    return frozenset(word for line in lines("family_first.txt") for word in line.split())


def match_people(names: tuple[str, ...], others: tuple[str, ...]) -> NameMatch | None:
    """The best way in which two persons' names agree; None where their full names rule it out."""
    full = [name for name in names if not parts(name).is_bare]
    other_full = [name for name in others if not parts(name).is_bare]
    if full and other_full:
        pairs = list(product(full, other_full))
        found = [match for pair in pairs if (match := match_names(*pair))]
        return max(found, key=lambda match: match.strength, default=None)
    found = [match for pair in product(names, others) if (match := match_names(*pair))]
    return max(found, key=lambda match: match.strength, default=None)


@lru_cache(maxsize=65536)
def match_names(one: str, other: str) -> NameMatch | None:
    """How two printed names of persons agree."""
    kind = _kind(parts(one), parts(other))
    if kind is None:
        return None
    return NameMatch(kind, f"both {other}" if one == other else f"{one} can be {other}")


def _kind(one: Parts, other: Parts) -> Kind | None:
    if one.is_bare or other.is_bare:
        return _bare_kind(*((one, other) if one.is_bare else (other, one)))
    kind = _full_kind(one, other)
    if kind is None or one.suffix == other.suffix:
        return kind
    return "suffix" if not (one.suffix and other.suffix) and kind in SAFE else None


def _full_kind(one: Parts, other: Parts) -> Kind | None:
    if one.words == other.words or one.compact == other.compact:
        return "exact"
    if _alike(one.words, other.words) or spelled_whole(one) == spelled_whole(other):
        return "spelling"
    if _rotated(one, other) or _rotated(other, one):
        return "order"
    if spelled(one.words[-1]) == spelled(other.words[-1]):
        return _given_kind(one.words[:-1], other.words[:-1])
    short, long = sorted((one, other), key=lambda own: len(own.words))
    if len(long.words) > len(short.words) and _alike(short.words, long.words[: len(short.words)]):
        return "added surname" if long.hyphened else "longer name"
    if len(long.words) > len(short.words) and _alike(short.words, long.words[-len(short.words) :]):
        return "bare"
    return None


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return len(one) == len(other) and all(spelled(a) == spelled(b) for a, b in zip(one, other, strict=True))


def _rotated(one: Parts, other: Parts) -> bool:
    """Family name first: Szalai Tibor, Min-jun Kim; not James Thomas and Thomas James."""
    turned = (*one.words[1:], one.words[0])
    if "".join(turned) != "".join(other.words):
        return False
    first, last = one.words[0], one.words[-1]
    return first in family_first() or not (lexicon.is_given_name(first) and lexicon.is_given_name(last))


def _given_kind(one: tuple[str, ...], other: tuple[str, ...]) -> Kind | None:
    """How given names before one surname agree."""
    short, long = sorted((one, other), key=len)
    initials = sum(len(a) == 1 or len(b) == 1 for a, b in zip(one, other, strict=False))
    if not all(_same_given(a, b) for a, b in zip(short, long, strict=False)):
        # J. Edgar Hoover, Edgar Hoover.
        return "longer name" if len(long) > len(short) and _same_given(short[0], long[-1]) else None
    if len(short[0]) == 1 or len(long[0]) == 1:
        return "initials" if initials > 1 or short == long else "initial"
    if spelled(one[0]) != spelled(other[0]):
        return "nickname"
    return "middle" if len(short) != len(long) or initials else "spelling"


def _same_given(one: str, other: str) -> bool:
    if spelled(one) == spelled(other) or (1 in {len(one), len(other)} and one[0] == other[0]):
        return True
    return lexicon.same_given_name(one, other)


def _bare_kind(bare: Parts, full: Parts) -> Kind | None:
    word = spelled(bare.words[0])
    if full.is_bare:
        return "bare" if spelled(full.words[0]) == word else None
    surnames = [spelled(w) for w in full.words[1:] if len(w) > 1]
    first = full.words[0]
    if word in surnames or word == spelled("".join(full.words[1:])):
        return "bare"
    if word != spelled(first):
        return None
    return "bare" if first in family_first() else "given"
