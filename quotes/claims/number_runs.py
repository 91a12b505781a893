"""Plain numbers in digits and words, read word by word: "2.5 billion", "forty-three", "two hundred and six"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from quotes.claims.number_pattern import DIGITS, GLYPHS, atoms, scales

Printed = Literal["digits", "words", "vague", "part", "ratio", "factor"]


@dataclass(frozen=True, slots=True)
class Number:
    """A printed number.  `step` is the value of its last printed place: 0.1 for 8.1, 1e8 for 2.5 billion."""

    start: int
    end: int
    low: float
    high: float
    printed: Printed
    step: float = 1.0
    scale: float = 1.0
    """The magnitude that was printed: 1e9 in "2.5 billion"."""


def plain_numbers(printed: str, offset: int) -> Iterator[Number]:
    """Read digits and number words; "two three" and "one hundred two hundred" come apart."""
    pieces = [
        (m[0], m.start(), m.end())
        for m in re.finditer(rf"{DIGITS}|[{''.join(GLYPHS)}]|[A-Za-z]+", printed)
        if m[0].lower() != "and"
    ]
    run = _Run()
    for word, start, end in pieces:
        if not run.take(word, start, end):
            if run.started:
                yield run.number(offset)
            run = _Run()
            run.take(word, start, end)
    if run.started:
        yield run.number(offset)


class _Run:
    """One number under construction: what has been read, and which word may still follow."""

    def __init__(self) -> None:
        self.total = self.current = 0.0
        self.room = float("inf")
        """What the next plain word must be less than: 10 behind "twenty", 100 behind "hundred"."""
        self.last_scale = float("inf")
        self.step = self.scale = 1.0
        self.start = self.end = -1
        self.printed: Printed = "words"

    @property
    def started(self) -> bool:
        return self.start >= 0 and (self.total or self.current or self.room < float("inf")) != 0

    def take(self, word: str, start: int, end: int) -> bool:
        lower = word.lower()
        if self.start < 0:
            self.start = start
        took = (
            self._take_digits(word)
            if word[0].isdigit() or word[0] == "."
            else self._take_glyph(word)
            if word in GLYPHS
            else self._take_word(lower)
        )
        if took:
            self.end = end
        return took

    def _take_digits(self, word: str) -> bool:
        if self.room < float("inf"):
            return False
        self.current, self.room, self.printed = digits_of(word), 0.0, "digits"
        self.step = 10.0 ** -len(word.partition(".")[2])
        return True

    def _take_glyph(self, word: str) -> bool:
        if self.current != int(self.current) or (self.room < float("inf") and self.printed != "digits"):
            return False
        self.current, self.room, self.printed, self.step = self.current + GLYPHS[word], 0.0, "digits", 0.25
        return True

    def _take_word(self, lower: str) -> bool:
        if lower in ("a", "an"):
            return True
        if lower in atoms():
            return self._take_atom(atoms()[lower])
        scale = scales().get(lower) or {"k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12}.get(lower)
        return scale is not None and self._take_scale(scale)

    def _take_atom(self, value: float) -> bool:
        if value >= self.room or (value == 0 and self.room < float("inf")):
            return False
        self.current += value
        self.room = 10.0 if value >= 20 else 0.0
        self.step = 1.0
        return True

    def _take_scale(self, scale: float) -> bool:
        if scale == 100 and self.room < float("inf") and self.current >= 100:
            return False
        if self.current == 0 and self.room < float("inf"):
            return False
        self.current = (self.current or 1.0) * scale
        if scale == 100:
            self.room = 100.0
        elif scale >= self.last_scale:
            return False
        else:
            self.total, self.current, self.last_scale = self.total + self.current, 0.0, scale
            self.room = scale if scale != 12 else 0.0
        self.step, self.scale = self.step * scale, max(self.scale, 1.0) * scale
        return True

    def number(self, offset: int) -> Number:
        value = self.total + self.current
        return Number(offset + self.start, offset + self.end, value, value, self.printed, self.step, self.scale)


def digits_of(printed: str) -> float:
    """ "1,234.5" and "1 234.5": what groups the thousands does not count."""
    return float(re.sub(r"[,\s]", "", printed))


def scaled(number: Number, scale: float) -> Number:
    """The same number with another's magnitude: the 10 of "$10 to $15 billion"."""
    return replace(
        number, low=number.low * scale, high=number.high * scale, step=number.step * scale, scale=number.scale * scale
    )
