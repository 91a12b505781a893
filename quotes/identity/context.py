"""What stands around a name: words rare enough that two articles which share them speak of one matter.

In: an article's text.  Out: folded names of places, bodies and things in it (runs of capitals), and its long words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from quotes.identity.roles import fields_of, region_of
from quotes.identity.spelling import lines
from quotes.speakers import lexicon
from quotes.speakers.lexicon import fold

_RUN = re.compile(r"[A-Z][\w’'.-]*(?: (?:of|the|de|for|and) (?=[A-Z])| (?=[A-Z]))?(?:[A-Z][\w’'.-]*(?: (?=[A-Z]))?)*")
_WORD = re.compile(r"[^\W\d_][\w-]+")
_LONG = 7
_MOST = 120
_NAME, _SINGLE, _WORDS, _ENOUGH = 1.0, 0.5, 0.25, 3.0
"""What a shared name of several words, of one word, and a shared long word weigh, and where counting stops."""


@cache
def _common() -> frozenset[str]:
    return frozenset(word for line in lines("common.txt") for word in line.split())


def _is_common(word: str) -> bool:
    return word in _common() or word in lexicon.role_words() or region_of(word) is not None


def context_of(text: str, names: Iterable[str]) -> frozenset[str]:
    """The telling words of a text, without the words of the speakers' own names."""
    own = {fold(part) for name in names for part in re.split(r"[\s-]+", name)}
    found: dict[str, None] = {}
    for match in _RUN.finditer(text):
        words = [fold(word).strip("’'.-").removesuffix("’s").removesuffix("'s") for word in match[0].split()]
        if len(words) > 1 and not own.intersection(words) and not region_of("_".join(words)):
            found[" ".join(words)] = None
        if len(words) == 1 and len(words[0]) > 3 and words[0] not in own and not _is_common(words[0]):
            found[words[0]] = None
    for word in _WORD.findall(text):
        if len(word) >= _LONG and word.islower() and not _is_common(word):
            found[f"~{word.removesuffix('s')}"] = None
    return frozenset(list(found)[:_MOST])


def place_of(dateline: str) -> str:
    """The town of a dateline, folded."""
    return fold(dateline.split(",", maxsplit=1)[0]).strip()


def topics_near(text: str, spans: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    """The fields of life that the sentences around some spans speak of, where they speak of one clearly."""
    words: set[str] = set()
    for start, end in spans:
        words.update(fold(word) for word in _WORD.findall(_sentence(text, start, end)))
    counts = fields_of(words)
    best = max(counts.values(), default=0)
    return tuple(sorted(field for field, count in counts.items() if count == best)) if best > 1 else ()


def regions_near(text: str, spans: Iterable[tuple[int, int]]) -> frozenset[str]:
    """The states and countries that the sentences around some spans name, else those of the whole text."""
    found = frozenset(region for start, end in spans for region in regions_in(_sentence(text, start, end)))
    return found or regions_in(text)


def regions_in(text: str) -> frozenset[str]:
    """The states and countries that a text names."""
    words = [fold(word) for word in _WORD.findall(text) if word[0].isupper()]
    pairs = (f"{one}_{two}" for one, two in pairwise(words))
    return frozenset(region for word in (*words, *pairs) if (region := region_of(word)))


def _sentence(text: str, start: int, end: int) -> str:
    first = max(text.rfind("\n", 0, start), text.rfind(". ", 0, start), 0)
    stops = [at for at in (text.find(". ", end), text.find("\n", end)) if at >= 0]
    return text[first : min(stops, default=len(text))]


def shared_weight(one: frozenset[str], other: frozenset[str]) -> float:
    """How much two contexts have in common: names count more than words."""
    shared = one & other
    long_names = sum(" " in word for word in shared)
    return min(
        3.0,
        long_names + 0.5 * sum(" " not in w and w[0] != "~" for w in shared) + 0.25 * sum(w[0] == "~" for w in shared),
    )
