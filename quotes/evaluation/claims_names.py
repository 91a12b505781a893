"""When a unit or an asserter printed in two ways is one."""

from __future__ import annotations

from collections.abc import Iterable

from quotes.evaluation.speakers import fold_name

_UNITS = {
    "%": "percent",
    "per_cent": "percent",
    "percentage": "percent",
    "people": "person",
    "men": "man",
    "women": "woman",
    "children": "child",
    "$": "usd",
    "dollar": "usd",
    "us_dollar": "usd",
    "£": "gbp",
    "€": "eur",
    "euro": "eur",
    "time": "times",
}
_TITLE_WORDS = """
    mr mrs ms miss dr sir lord lady sen senator rep representative congressman congresswoman gov governor president
    president-elect vice former first prime minister secretary chancellor mayor judge justice gen general lt col maj
    sgt capt captain adm admiral chief sheriff prof professor rev reverend king queen prince princess pope
"""
_TITLES = frozenset(_TITLE_WORDS.split())
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_NOBODY = frozenset({"article", "anonymous"})


def same_unit(one: str | None, other: str | None) -> bool:
    """Whether two units are equal when folded; none equals only none."""
    return _fold_unit(one) == _fold_unit(other)


def _fold_unit(unit: str | None) -> str:
    folded = "_".join((unit or "").casefold().split())
    return _UNITS.get(folded, _UNITS.get(_singular(folded), _singular(folded)))


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def same_asserter(right: Iterable[str], found: str) -> bool:
    """Whether a name is one of the right ones: whatever case, title and article, and by surname alone."""
    theirs = _fold_asserter(found)
    return any(_same(_fold_asserter(name), theirs) for name in right)


def _fold_asserter(name: str) -> tuple[str, ...]:
    words = fold_name(name).replace(",", " ").split()
    while len(words) > 1 and words[0] in _TITLES:
        del words[0]
    while len(words) > 1 and words[-1] in _SUFFIXES:
        del words[-1]
    return tuple(words)


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if one == other or not one or not other or one[-1] in _NOBODY or other[-1] in _NOBODY:
        return one == other
    shorter, longer = sorted((one, other), key=len)
    return longer[-len(shorter) :] == shorter
