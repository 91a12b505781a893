"""The words that introduce quotations, read from the text files beside this module.

In: `verbs.txt`, `nouns.txt`.  Out: for a lemma its act and, for each frame (see `contents`), how often the
frame is an attribution: the precision measured on PolNeAR train.  The acts are those of Semino & Short,
"Corpus Stylistics" (2004): speech, writing, thought.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import cast, get_args

from quotes.models import Act


@dataclass(frozen=True, slots=True)
class Entry:
    """One reporting word: its act and the frames it takes, with their precision 0..1."""

    lemma: str
    act: Act
    frames: dict[str, float] = field(default_factory=dict)


@cache
def verbs() -> dict[str, Entry]:
    """Reporting verbs by lemma."""
    return _read("verbs.txt")


@cache
def nouns() -> dict[str, Entry]:
    """Reporting nouns by lemma: "claim", "promise"."""
    return _read("nouns.txt")


@cache
def labels() -> frozenset[str]:
    """Words before a colon that name no speaker, in small letters."""
    return frozenset(words[0] for words in _lines("labels.txt"))


def _read(name: str) -> dict[str, Entry]:
    return {words[0]: _entry(words, name) for words in _lines(name)}


def _lines(name: str) -> list[list[str]]:
    """The words of each line that is no comment."""
    text = files("quotes.quotations").joinpath(name).read_text(encoding="utf-8")
    return [words for line in text.splitlines() if (words := line.split("#", 1)[0].split())]


def _entry(words: list[str], name: str) -> Entry:
    lemma, act, *frames = words
    if act not in get_args(Act):
        raise ValueError(f"{name}: {lemma}: unknown act {act!r}")
    pairs = (frame.rsplit(":", 1) for frame in frames)
    return Entry(lemma, cast(Act, act), {frame: int(percent) / 100 for frame, percent in pairs})
