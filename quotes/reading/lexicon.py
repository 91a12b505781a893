"""The word lists of this stage, read once from the text files beside this module; `#` starts a comment."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files


@cache
def agencies() -> frozenset[str]:
    """News agencies, folded."""
    return frozenset(line.casefold() for line in _lines("agencies.txt"))


@cache
def no_places() -> frozenset[str]:
    """Words that no place of a dateline holds, folded."""
    return frozenset(word.casefold() for line in _lines("no_places.txt") for word in line.split())


def _lines(name: str) -> Iterator[str]:
    for line in files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines():
        if entry := line.partition("#")[0].strip():
            yield entry
