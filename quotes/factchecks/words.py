"""Text → what two wordings of one claim have in common: stems, names and numbers.

Everything here is pure and takes plain text; a tweet's handles, hashtags and links are taken apart or left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NOT_WORDS = re.compile(r"https?://\S+|www\.\S+|pic\.twitter\.com/\S+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])")
_TAG = re.compile(r"[#@]\w+")
_TOKEN = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?|[^\W\d_]+(?:['’][^\W\d_]+)?")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;]\s+|\n)[^\w]*$")
_SCALES = {"thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "b": 1e9, "trillion": 1e12}
_NUMBER_WORDS = {
    word: float(value)
    for value, words in {
        2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten",
        11: "eleven", 12: "twelve", 13: "thirteen", 14: "fourteen", 15: "fifteen", 16: "sixteen", 17: "seventeen",
        18: "eighteen", 19: "nineteen", 20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty",
        70: "seventy", 80: "eighty", 90: "ninety",
    }.items()
    for word in words.split()
}  # fmt: skip
_YEARS = (1800.0, 2100.0)

# The last ones are what pictures and posts are called: that says nothing of what they claim.
_STOP = (
    "a about after all also am an and any are as at be been before being but by can could did do does for from "
    "had has have he her here him his how i if in into is it its just like made make many me more most my no "
    "not now of on one only or other our out over said say says she so some such than that the their them then "
    "there these they this those to too up us was we were what when where which while who whom why will with "
    "would you your rt via amp photograph video shows show image depicts meme posted claims "
)
STOP_WORDS = frozenset(_STOP.split())


@dataclass(frozen=True, slots=True)
class Words:
    """A text as matching sees it."""

    stems: tuple[str, ...]
    """In order, without stop words."""
    names: frozenset[str]
    """Stems of words written with a capital inside a sentence."""
    numbers: frozenset[float]
    """Values, with scale words multiplied in; no years."""
    printed: tuple[str, ...]
    """The words behind `stems`, as printed, one for one."""


def read_words(text: str) -> Words:
    """The stems, names and numbers of a text."""
    plain = _plain(text)
    stems, printed, names, numbers = [], [], set(), set()
    tokens = list(_TOKEN.finditer(plain))
    for position, token in enumerate(tokens):
        word = token.group()
        value = _value(word)
        if value is not None:
            following = tokens[position + 1].group().lower() if position + 1 < len(tokens) else ""
            value *= _SCALES.get(following, 1)
            if not _YEARS[0] <= value <= _YEARS[1] or "," in word:
                numbers.add(value)
            stem = f"{value:g}"
        else:
            lower = word.lower()
            if lower in STOP_WORDS or len(lower) < 2:
                continue
            stem = stem_of(lower)
            if word[0].isupper() and not _SENTENCE_START.search(plain[: token.start()][-8:]):
                names.add(stem)
        stems.append(stem)
        printed.append(word)
    return Words(tuple(stems), frozenset(names), frozenset(numbers), tuple(printed))


def _plain(text: str) -> str:
    text = _NOT_WORDS.sub(" ", text)
    return _TAG.sub(lambda tag: " " + _CAMEL.sub(" ", tag.group()[1:].replace("_", " ")) + " ", text)


def _value(word: str) -> float | None:
    if word[0] in "0123456789":
        return float(word.replace(",", ""))
    return _NUMBER_WORDS.get(word.lower())


def stem_of(word: str) -> str:
    """A word in small letters without its commonest endings; what is left need not be a word."""
    word = word.replace("’", "'").removesuffix("'s").replace("'", "")
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-2] if word.endswith(("sses", "xes", "ches", "shes")) else word[:-1]
    for ending in (
        "ational",
        "ation",
        "ments",
        "ment",
        "ingly",
        "ing",
        "edly",
        "ed",
        "ers",
        "er",
        "ors",
        "or",
        "ions",
        "ion",
        "ly",
        "al",
        "ic",
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "aeiou":
        word = word[:-1]
    if len(word) > 4 and word[-1] in "ey":
        word = word[:-1]
    return word
