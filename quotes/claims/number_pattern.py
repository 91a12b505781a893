"""How numbers are printed: the tables of number words and the pattern that finds a number, in digits or words."""

from __future__ import annotations

import re
from functools import cache

from quotes.claims.lexicon import alternatives, key_of, words_by_key

DIGITS = r"(?:\d{1,3}(?:,\d{2,3})*,\d{3}(?!\d)|\d+)(?:\.\d+)?|\.\d+"
GLYPHS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125}
_DOUBLING = {"double": 2.0, "treble": 3.0, "triple": 3.0, "quadruple": 4.0, "quintuple": 5.0, "halve": 0.5}
FACTOR_WORDS = {
    **{form: value for stem, value in _DOUBLING.items() for form in (stem, stem + "s", stem + "d", stem[:-1] + "ing")},
    "twice": 2.0,
    "thrice": 3.0,
}


@cache
def atoms() -> dict[str, float]:
    """Number word → value."""
    return {word: float(value) for word, value in key_of("numbers").items()}


@cache
def scales() -> dict[str, float]:
    """Magnitude word → factor."""
    return {word: float(value) for word, value in key_of("scales").items()}


@cache
def number_pattern() -> re.Pattern[str]:
    """One number; the named group that matched says how it is printed."""
    atom, scale = alternatives(list(atoms())), alternatives(list(scales()))
    vague = alternatives([word for words in words_by_key("vague").values() for word in words])
    parts = alternatives([word for words in words_by_key("parts").values() for word in words])
    plain = rf"(?:{DIGITS})(?:\s?[{''.join(GLYPHS)}])?|[{''.join(GLYPHS)}]"
    power = r"\s?[x×]\s?10(?:\^\s?[-−–+]?\d{1,3}|[-−–]\d{1,3}|[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
    spaced = r"(?<=\d)\s(?-i:[MB])(?=\s(?:people|[a-z]+s)\b)"
    tail = rf"(?:(?:[\s-]|\sand\s)(?:{atom}|{scale})(?![a-z])|(?<=\d)(?:{scale}|[kKmMbB])(?![A-Za-z])|{spaced})*"
    return re.compile(
        rf"""
          (?P<ratio>(?<![\w.,])(?P<up>\d+|{atom})\s+(?:out\s+of|in)\s+(?:every\s+)?(?P<down>\d+|{atom})(?![\w%]|[.,:-]\d))
        | (?P<of>(?<![\w.,])(?P<some_of>\d{{1,2}}|{atom})\s+of\s+(?:every\s+)?(?P<all_of>\d{{1,3}}|{atom})(?=\s+[a-z]+(?!\w)))
        | (?P<half>(?<!\w)half\s+(?:an?\s+)?(?P<halfscale>{scale})(?!\w))
        | (?P<vague>(?<!\w)(?:(?P<outer>dozens|scores|tens|hundreds|thousands)\s+(?:and\s+\w+\s+)?of\s+)?
            (?P<inner>{vague})(?!\w))
        | (?P<few>(?<!\w)(?P<some>several|a\s+few|few|a\s+couple(?:\s+of)?)\s+(?P<fewscale>{scale})(?!\w))
        | (?P<part>(?<!\w)(?:(?P<count>an?|{atom})[\s-])?(?:(?P<denominator>{parts}))(?!\w))
        | (?P<fold>(?<!\w)(?P<times>{atom}|{DIGITS})[\s-]?fold(?!\w))
        | (?P<factor>(?<!\w)(?:{alternatives(list(FACTOR_WORDS))})(?!\w))
        | (?P<power>(?<![\w.,])(?:{DIGITS}){power})
        | (?P<digits>(?<![\d.,])(?:{plain}){tail})
        | (?P<words>(?<!\w)(?:{atom}|an?\s+(?:{scale}))(?!\w){tail})
        """,
        re.VERBOSE | re.IGNORECASE,
    )
