"""Numbers in a text, in digits and words: text in, intervals with their spans out.

Only the number itself is read here: "2.5 billion", "forty-three", "half a million", "hundreds of
thousands", "two out of three", "a third", "doubled".  Signs, units, comparators and everything that
needs a parse belong to `figures`.  Invariant: spans are in text order and do not overlap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from quotes.claims.lexicon import key_of
from quotes.claims.number_pattern import DIGITS, FACTOR_WORDS, GLYPHS, atoms, number_pattern, scales

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


_RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def find_numbers(text: str) -> list[Number]:
    """Every number of a text, in order."""
    found: list[Number] = []
    pattern, position = number_pattern(), 0
    while match := pattern.search(text, position):
        position = max(match.end(), position + 1)
        made = list(_read(match))
        found += made
        if made:
            position = max(made[-1].end, match.start() + 1)
    return found


def _read(match: re.Match[str]) -> Iterator[Number]:
    start, end = match.span()
    kind = match.lastgroup if match.lastgroup in ("factor", "power", "digits", "words") else _group(match)
    if kind == "ratio":
        yield from _ratio(match)
    elif kind == "half":
        scale = scales()[match["halfscale"].lower()]
        yield Number(start, end, scale / 2, scale / 2, "words", scale / 2, scale)
    elif kind == "vague":
        low, high = _vague(match)
        yield Number(start, end, low, high, "vague", low)
    elif kind == "few":
        scale = scales()[match["fewscale"].lower()]
        couple = "couple" in match["some"].lower()
        yield Number(start, end, 2 * scale, (2 if couple else 10) * scale, "vague", scale, scale)
    elif kind == "part":
        yield from _part(match)
    elif kind == "fold":
        value = _simple(match["times"])
        yield Number(start, end, value, value, "factor")
    elif kind == "factor":
        value = FACTOR_WORDS[match[0].lower()]
        yield Number(start, end, value, value, "factor")
    elif kind == "power":
        yield _power(match)
    else:
        yield from _plain(match[0], start)


def _power(match: re.Match[str]) -> Number:
    """ "1.5 × 10^9", also where the sign of the power was lost in print."""
    mantissa, _, exponent = re.split(r"\s?([x×])\s?10", match[0].translate(_RAISED), maxsplit=1, flags=re.IGNORECASE)
    scale = 10.0 ** int(re.sub(r"[−–]", "-", exponent.replace("^", "").replace(" ", "")))
    value, places = float(mantissa.replace(",", "")), len(mantissa.partition(".")[2])
    return Number(match.start(), match.end(), value * scale, value * scale, "digits", scale * 10.0**-places, scale)


def _group(match: re.Match[str]) -> str:
    names = ("ratio", "half", "vague", "few", "part", "fold", "factor", "power", "digits", "words")
    return next(name for name in names if match[name] is not None)


def _simple(word: str) -> float:
    return atoms().get(word.lower()) if word.lower() in atoms() else float(word.replace(",", ""))  # type: ignore[return-value]


def _ratio(match: re.Match[str]) -> Iterator[Number]:
    """ "two out of three", "one in five"; "seven in 2019" and "five in three cities" are two numbers."""
    up, down = _simple(match["up"]), _simple(match["down"])
    out_of = "out" in match[0].lower()
    if down > up > 0 and down <= 10_000 and (out_of or (up <= 10 and down <= 1_000 and not _spelt_apart(match))):
        yield Number(match.start(), match.end(), up / down, up / down, "ratio", 0.01)
    else:
        yield from _plain(match["up"], match.start("up"))
        yield from _plain(match["down"], match.start("down"))


def _spelt_apart(match: re.Match[str]) -> bool:
    return match["up"].isdigit() and not match["down"].isdigit()


def _vague(match: re.Match[str]) -> tuple[float, float]:
    def interval(word: str) -> tuple[float, float]:
        low, _, high = key_of("vague")[word.lower()].partition("-")
        return float(low), float(high)

    low, high = interval(match["inner"])
    if match["outer"]:
        outer_low, outer_high = interval(match["outer"])
        return outer_low * low, outer_high * low
    return low, high


def _part(match: re.Match[str]) -> Iterator[Number]:
    """Fractions; "third" and "quarter" alone are ordinals or three months, "half" alone may be a time."""
    count, denominator = match["count"], match["denominator"].lower()
    bottom = float(key_of("parts")[denominator])
    if count is None and bottom != 2:
        return
    top = 1.0 if count is None or count.lower() in ("a", "an") else _simple(count)
    if top < bottom and (top == 1) != denominator.endswith(("s", "ves")):
        yield Number(match.start(), match.end(), top / bottom, top / bottom, "part", 0.01)


def _plain(printed: str, offset: int) -> Iterator[Number]:
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
        self.current, self.room, self.printed = float(word.replace(",", "")), 0.0, "digits"
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
        scale = scales().get(lower) or {"k": 1e3, "m": 1e6, "b": 1e9}.get(lower)
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


def scaled(number: Number, scale: float) -> Number:
    """The same number with another's magnitude: the 10 of "$10 to $15 billion"."""
    return replace(
        number, low=number.low * scale, high=number.high * scale, step=number.step * scale, scale=number.scale * scale
    )
