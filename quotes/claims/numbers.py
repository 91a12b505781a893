"""Numbers in a text, in digits and words: text in, intervals with their spans out.

Only the number itself is read here: "2.5 billion", "forty-three", "half a million", "hundreds of
thousands", "two out of three", "a third", "doubled".  Signs, units, comparators and everything that
needs a parse belong to `figures`.  Invariant: spans are in text order and do not overlap.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from quotes.claims.lexicon import key_of
from quotes.claims.number_pattern import FACTOR_WORDS, atoms, number_pattern, scales
from quotes.claims.number_runs import Number, digits_of, plain_numbers

_WHOLES = frozenset({3, 4, 5, 10, 20, 100})
"""What people are counted out of: "nine of 10", "three of four"; "five of 11 states" are five states."""
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
    if kind in _READERS:
        yield from _READERS[kind](match)
    elif kind == "half":
        scale, part = scales()[match["halfscale"].lower()], _part_of_scale(match[0].lower())
        yield Number(start, end, scale * part, scale * part, "words", scale * part, scale)
    elif kind == "vague":
        low, high = _vague(match)
        yield Number(start, end, low, high, "vague", low)
    elif kind == "few":
        scale = scales()[match["fewscale"].lower()]
        couple = "couple" in match["some"].lower()
        yield Number(start, end, 2 * scale, (2 if couple else 10) * scale, "vague", scale, scale)
    elif kind == "fold":
        value = _simple(match["times"])
        yield Number(start, end, value, value, "factor")
    elif kind == "factor":
        value = FACTOR_WORDS[match[0].lower()]
        yield Number(start, end, value, value, "factor")
    else:
        yield from plain_numbers(match[0], start)


def _power(match: re.Match[str]) -> Iterator[Number]:
    """ "1.5 × 10^9", also where the sign of the power was lost in print."""
    mantissa, _, exponent = re.split(r"(\s?[x×]\s?10|e)", match[0].translate(_RAISED), maxsplit=1, flags=re.IGNORECASE)
    scale = 10.0 ** int(re.sub(r"[−–]", "-", re.sub(r"[\^\s]", "", exponent)))
    value, places = float(mantissa.replace(",", "")), len(mantissa.partition(".")[2])
    yield Number(match.start(), match.end(), value * scale, value * scale, "digits", scale * 10.0**-places, scale)


def _group(match: re.Match[str]) -> str:
    names = (
        "slash",
        "mixed",
        "spoken",
        "ratio",
        "of",
        "half",
        "vague",
        "few",
        "part",
        "fold",
        "factor",
        "power",
        "digits",
        "words",
    )
    return next(name for name in names if match[name] is not None)


def _simple(word: str) -> float:
    return atoms().get(word.lower()) if word.lower() in atoms() else digits_of(word)  # type: ignore[return-value]


def _ratio(match: re.Match[str]) -> Iterator[Number]:
    """ "two out of three", "one in five"; "seven in 2019" and "five in three cities" are two numbers."""
    up, down = _simple(match["up"]), next(plain_numbers(match["down"], 0)).low
    out_of = "out" in match[0].lower()
    few = up == 1 and down > 1_000 and not 1900 <= down <= 2100
    if down > up > 0 and (out_of or few or (up <= 10 and down <= 1_000 and not _spelt_apart(match))):
        yield Number(match.start(), match.end(), up / down, up / down, "ratio", min(0.01, 1 / down))
    else:
        yield from plain_numbers(match["up"], match.start("up"))
        yield from plain_numbers(match["down"], match.start("down"))


def _of(match: re.Match[str]) -> Iterator[Number]:
    """ "eight of 10 voters": a share where the whole is a round number of few; else two numbers."""
    up, down = _simple(match["some_of"]), _simple(match["all_of"])
    if 0 < up < down and down in _WHOLES:
        yield Number(match.start(), match.end(), up / down, up / down, "ratio", 0.01)
    else:
        yield from plain_numbers(match["some_of"], match.start("some_of"))
        yield from plain_numbers(match["all_of"], match.start("all_of"))


def _slash(match: re.Match[str]) -> Iterator[Number]:
    """ "3/4", "2 1/2"."""
    top, bottom = float(match["top"]), float(match["bottom"])
    if 0 < top < bottom:
        value = float(match["whole"] or 0) + top / bottom
        yield Number(match.start(), match.end(), value, value, "digits" if match["whole"] else "part", 1 / bottom)
    else:
        yield from plain_numbers(match[0], match.start())


def _mixed(match: re.Match[str]) -> Iterator[Number]:
    """ "two and a half", "one and three quarters", with a magnitude behind."""
    tops = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}
    joined = re.split(r"[\s-]+", match[0][match.end("wholes") - match.start() :].strip().lower())
    part = tops[joined[joined.index("and") + 1]] / float(key_of("parts")[match["denominators"].lower()])
    scale = scales()[(match["mixedscale"] or match["wholescale"]).lower()] if _has_scale(match) else 1.0
    whole = scales()[match["wholescale"].lower()] if match["wholescale"] else scale
    value = _small(match["wholes"]) * whole + part * scale
    yield Number(match.start(), match.end(), value, value, "digits", 0.1 * scale, scale)


def _has_scale(match: re.Match[str]) -> bool:
    return bool(match["mixedscale"] or match["wholescale"])


def _part_of_scale(printed: str) -> float:
    """The 0.5 of "half a million", the 0.75 of "three quarters of a million"."""
    if "half" in printed:
        return 0.5
    tops = {"two": 2, "three": 3}
    return tops.get(re.split(r"[\s-]", printed)[0], 1) / (3 if "third" in printed else 4)


def _spoken(match: re.Match[str]) -> Iterator[Number]:
    """ "three point two million", as speech is written down."""
    words = re.split(r"[\s-]", match["behind_point"])
    places = "".join(f"{atoms()[word.lower()]:.0f}" for word in words)
    if len(words) == 2 and len(places) == 3 and places[1] == "0":
        places = places[0] + places[2]
    scale = scales()[match["spokenscale"].lower()] if match["spokenscale"] else 1.0
    value = round((_small(match["before_point"]) + float(f"0.{places}")) * scale, 9)
    yield Number(match.start(), match.end(), value, value, "digits", 10.0 ** -len(places) * scale, scale)


def _small(printed: str) -> float:
    """A whole number below a hundred, in digits or in one or two words."""
    return sum(_simple(word) for word in re.split(r"[\s-]", printed))


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


_READERS: dict[str, Callable[[re.Match[str]], Iterator[Number]]] = {
    "ratio": _ratio,
    "of": _of,
    "part": _part,
    "power": _power,
    "slash": _slash,
    "mixed": _mixed,
    "spoken": _spoken,
}
"""How a match of a named group is read, where that needs more than a line."""
