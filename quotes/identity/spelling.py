"""Spellings of one name that different desks use: Zelensky, Zelenskyy; Mohammed, Muhammad; Qaddour, Kaddour.

In: folded words.  Out: a form that is equal for spellings of one name.  Conservative: Price and Pryce, John and
Jon, Stephen and Stéphane stay two.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_SKI = re.compile(r"sk(?:yy|iy|yi|ij|ii|yj|y|i)$")
_IY = re.compile(r"(?<=[bcdfghklmnprstvz])(?:iy|yy|ij)$")
_LONG = 5
_DOUBLE = re.compile(r"(.)\1+")


@cache
def lines(name: str) -> tuple[str, ...]:
    """The entries of a word list beside this module, without comments."""
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    entries = (line.partition("#")[0].strip() for line in text.splitlines())
    return tuple(entry for entry in entries if entry)


@cache
def _variants() -> dict[str, str]:
    return {word: line.split()[0] for line in lines("variants.txt") for word in line.split()}


@cache
def spelled(word: str) -> str:
    """One form for the common romanisations of a name's word."""
    known = _variants().get(word)
    if known:
        return known
    plain = _SKI.sub("ski", word)
    plain = _IY.sub("i", plain) if plain == word else plain
    plain = plain.replace("q", "k").replace("ou", "u")
    if len(word) >= _LONG:
        plain = plain.replace("ee", "i").replace("oo", "u")
    return _DOUBLE.sub(r"\1", plain)
