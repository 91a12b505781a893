"""The word lists of the claims stage: text files beside this module, read once.

A line is `key: word, word, two words`; several lines may share a key, `#` starts a comment line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType


@cache
def words_by_key(name: str) -> Mapping[str, tuple[str, ...]]:
    """Key → its words, in the order written; `name` is the file's name without `.txt`."""
    text = resources.files("quotes.claims").joinpath(f"{name}.txt").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        key, colon, words = line.partition(":")
        if not colon:
            raise ValueError(f"{name}.txt, line {number}: no colon")
        found.setdefault(key.strip(), []).extend(word.strip() for word in words.split(",") if word.strip())
    return MappingProxyType({key: tuple(words) for key, words in found.items()})


@cache
def key_of(name: str) -> Mapping[str, str]:
    """Word → its key."""
    return MappingProxyType({word: key for key, words in words_by_key(name).items() for word in words})


@cache
def words(name: str, key: str) -> frozenset[str]:
    """The words of one key, as a set."""
    return frozenset(words_by_key(name).get(key, ()))


def alternatives(phrases: tuple[str, ...] | list[str]) -> str:
    """A regular expression that matches any of the phrases, longest first, with any white space between words."""
    ordered = sorted(phrases, key=len, reverse=True)
    return "|".join(r"\s+".join(re.escape(part) for part in phrase.split()) for phrase in ordered)
