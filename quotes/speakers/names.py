"""Names of persons as words: parse, tidy, compare.

In: words or a string as printed.  Out: names without titles, roles and possessives.  Nothing here
knows of spaCy or of a document; a name is a tuple of words, never empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from quotes.models import make_id
from quotes.speakers import lexicon
from quotes.speakers.lexicon import fold

Words = tuple[str, ...]

SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$", re.IGNORECASE)
_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")
_MODIFIERS = frozenset({"former", "ex", "late", "acting", "then", "interim", "the", "deputy", "retired", "current"})


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in parts; `surname` is folded words, `given` too, initials included."""

    given: Words
    surname: Words
    suffix: str | None = None


def strip_possessive(text: str) -> str:
    """Without the ending: "Rubio's" → "Rubio", "Sanders’" → "Sanders"."""
    return _POSSESSIVE.sub("", text)


def title_length(words: Words) -> int:
    """How many leading words are titles, roles and what stands before them, the last role included.

    ("U.S.", "Secretary", "of", "State", "Marco", "Rubio") → 4.  At least one word is always left.
    """
    folded = tuple(fold(word) for word in words)
    end = 0
    for start in range(len(words) - 1):
        length = _role_length(folded, start)
        end = start + length if length else end
    while end < len(words) - 1 and folded[end] in _MODIFIERS | lexicon.honorifics().keys():
        end += 1
    return end


def _role_length(folded: Words, start: int) -> int:
    """The length of the longest role or form of address that starts here and leaves a word over."""
    longest = min(lexicon.longest_role(), len(folded) - 1 - start)
    for length in range(longest, 0, -1):
        if folded[start : start + length] in lexicon.roles():
            return length
    return int(longest > 0 and folded[start] in lexicon.honorifics())


def normal_case(word: str) -> str:
    """A word in capitals as usually printed: "RUBIO" → "Rubio", "MCCONNELL" → "McConnell"; others unchanged."""
    if not word.isupper() or len(word.replace(".", "")) < 3 or fold(word) in SUFFIXES:
        return word
    parts = [part.capitalize() for part in re.split(r"(?<=[-'’])", word)]
    titled = "".join(parts)
    if titled.startswith("Mc") and len(titled) > 3:
        titled = "Mc" + titled[2:].capitalize()
    return strip_possessive(titled) if not titled.endswith(("'S", "’S")) else titled[:-2]


def parse_name(words: Words) -> PersonName | None:
    """The parts of a person's name given without titles; None when there is no word."""
    folded = [fold(word).strip(",") for word in words]
    folded = [word for word in folded if word]
    suffix = folded.pop() if len(folded) > 1 and folded[-1] in SUFFIXES else None
    if not folded:
        return None
    cut = len(folded) - 1
    while cut > 1 and folded[cut - 1] in lexicon.particles():
        cut -= 1
    return PersonName(tuple(folded[:cut]), tuple(folded[cut:]), suffix)


def same_person(one: PersonName, other: PersonName) -> bool:
    """Whether two full names can be one person's: same surname, given names that agree, same suffix.

    A suffix tells a son from his father, so it has to be printed with both.
    """
    if one.suffix != other.suffix:
        return False
    if not (one.given and other.given) or one.surname[-1] != other.surname[-1]:
        return False
    if not lexicon.same_given_name(one.given[0], other.given[0]):
        # "J. Edgar Hoover", "Edgar Hoover"; "Hillary Clinton", "Mary Hillary Clinton" stay rare.
        return one.given[0] in other.given or other.given[0] in one.given
    return _initials_agree(one.given[1:], other.given[1:])


def _initials_agree(one: Words, other: Words) -> bool:
    """Middle names disagree only when both have one and they begin differently: George H. and George W."""
    return not (one and other) or one[0][0] == other[0][0]


def short_forms(name: PersonName) -> tuple[frozenset[str], frozenset[str]]:
    """Single words that may stand for a full name: surnames, and given names (weaker)."""
    surnames = {name.surname[-1], " ".join(name.surname)}
    return frozenset(surnames), frozenset(word for word in name.given if len(word) > 1)


def speaker_id(name: str) -> str:
    """The id of a speaker: the name as ASCII words joined by hyphens, a hash where that leaves nothing."""
    slug = _NOT_IN_SLUG.sub("-", fold(name).replace("’", "").replace("'", "")).strip("-")
    letters = sum(c.isalpha() for c in name)
    kept = sum(c.isalpha() for c in slug)
    return slug if slug and kept * 2 > letters else make_id("s", fold(name))
