"""The word lists of this stage, read once from the text files beside this module.

In: `*.txt` with `#` comments.  Out: frozen sets and dicts of folded words (see `fold`), so a look-up
never minds case, accents or a final full stop.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

Gender = Literal["female", "male"]

_WHOLE_LETTERS = str.maketrans({"ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ł": "l", "Ł": "L",
                                "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i"})  # fmt: skip
"""Letters that are no other letter with an accent, as they are printed without them."""


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Lower case, without accents and without full stops: "Gov." → "gov", "García" → "garcia"."""
    if word.isascii():
        return word.lower().replace(".", "")
    plain = unicodedata.normalize("NFKD", word.translate(_WHOLE_LETTERS))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold().replace(".", "")


def _lines(name: str) -> Iterator[str]:
    for line in files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines():
        entry = line.partition("#")[0].strip()
        if entry:
            yield entry


def _words(name: str) -> frozenset[str]:
    return frozenset(fold(word) for line in _lines(name) for word in line.split())


def _gender(word: str) -> Gender | None:
    if word == "female":
        return "female"
    return "male" if word == "male" else None


@cache
def particles() -> frozenset[str]:
    """Small words inside surnames."""
    return _words("particles.txt")


@cache
def bodies() -> frozenset[str]:
    """Nouns for bodies that speak as one."""
    return _words("bodies.txt")


@cache
def kin() -> frozenset[str]:
    """Nouns for relatives."""
    return _words("kin.txt")


@cache
def common_roles() -> frozenset[str]:
    """Roles too common in one article to reach back far."""
    return _words("common_roles.txt")


@cache
def honorifics() -> dict[str, Gender | None]:
    """Forms of address, with the gender they tell."""
    entries = (line.split() for line in _lines("honorifics.txt"))
    return {fold(entry[0]): _gender(entry[-1]) for entry in entries}


@cache
def _role_entries() -> tuple[dict[tuple[str, ...], tuple[str, ...]], dict[tuple[str, ...], Gender]]:
    roles: dict[tuple[str, ...], tuple[str, ...]] = {}
    genders: dict[tuple[str, ...], Gender] = {}
    for line in _lines("roles.txt"):
        entry, _, gender = (part.strip() for part in line.partition(" : "))
        short, _, long = (part.strip() for part in entry.partition(" = "))
        form = tuple(fold(word) for word in short.split())
        roles[form] = tuple(fold(word) for word in (long or short).split())
        told = _gender(gender)
        if told:
            genders[form] = told
    return roles, genders


@cache
def roles() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Role nouns and phrases as words → the words they stand for ("sen" → "senator")."""
    return _role_entries()[0]


@cache
def role_words() -> frozenset[str]:
    """Last words of all roles: a token that is none of them ends no role."""
    return frozenset(form[-1] for form in roles())


@cache
def longest_role() -> int:
    """How many words the longest role has."""
    return max(len(form) for form in roles())


def role_gender(role: tuple[str, ...]) -> Gender | None:
    """The gender a role tells: "spokeswoman"; None for most."""
    return _role_entries()[1].get(role)


@cache
def _given_names() -> dict[str, Gender | None]:
    male, female = _words("given_male.txt"), _words("given_female.txt")
    names: dict[str, Gender | None] = {}
    for name in male | female:
        names[name] = None if name in male and name in female else "male" if name in male else "female"
    return names


def is_given_name(word: str) -> bool:
    """Whether a folded word is a known given name; a double name counts by its first part."""
    return word in _given_names() or word.partition("-")[0] in _given_names()


def given_gender(word: str) -> Gender | None:
    """The gender of those who mostly bear a given name."""
    names = _given_names()
    return names.get(word) or names.get(word.partition("-")[0])


@cache
def _nicknames() -> dict[str, frozenset[int]]:
    groups: dict[str, set[int]] = {}
    for number, line in enumerate(_lines("nicknames.txt")):
        for word in line.split():
            groups.setdefault(fold(word), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in groups.items()}


def same_given_name(one: str, other: str) -> bool:
    """Whether two folded given names can be one person's: equal, an initial, or a nickname."""
    if one == other or (min(len(one), len(other)) == 1 and one[:1] == other[:1]):
        return True
    return bool(_nicknames().get(one, frozenset()) & _nicknames().get(other, frozenset()))
