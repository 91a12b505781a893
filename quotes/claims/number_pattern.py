"""How numbers are printed: the tables of number words and the pattern that finds a number, in digits or words."""

from __future__ import annotations

import re
from functools import cache

from quotes.claims.lexicon import alternatives, key_of, words_by_key

DIGITS = (
    r"(?:\d{1,3}(?:,\d{2,3})*,\d{3}(?!\d)|\d{1,3}(?:[\u2009\u202f\xa0]\d{3})+(?!\d)|\d{1,3}(?:\s\d{3}){2,}(?!\d)"
    r"|\d{1,3}\s000(?!\d)|\d+)(?:\.\d+)?|\.\d+"
)
"""Digits with commas or spaces between thousands."""
GLYPHS = {
    "½": 0.5,
    "¼": 0.25,
    "¾": 0.75,
    "⅓": 1 / 3,
    "⅔": 2 / 3,
    "⅛": 0.125,
    "⅜": 0.375,
    "⅝": 0.625,
    "⅞": 0.875,
    "⅕": 0.2,
    "⅙": 1 / 6,
}
GAP = r"(?:[^\S\n]+\n?[^\S\n]*|\n[^\S\n]*)"
"""White space between words of one number; never a blank line."""
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
    power = r"(?:\s?[x×]\s?10(?:\^\s?[-−–+]?\d{1,3}|[-−–]\d{1,3}|[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)|(?-i:e)[-−+]?\d{1,3}(?!\w))"
    spaced = r"(?<=\d)\s(?-i:[MB])(?=\s(?:people|[a-z]+s)\b)"
    tail = (
        rf"(?:(?:{GAP}|-|{GAP}and{GAP})(?:{atom}|{scale})(?![a-z])|(?<=\d)(?:{scale}|[kKmMbBT])(?![A-Za-z])|{spaced})*"
    )
    small = rf"(?:\d+|(?:(?:{atom})[\s-])?(?:{atom}))"
    share = r"(?P<some_of>\d{1,2}|ATOM)\s+of\s+(?:every\s+)?(?P<all_of>\d{1,3}|ATOM)".replace("ATOM", atom)
    return re.compile(
        rf"""
          (?:(?=[\d.{"".join(GLYPHS)}])|(?<!\w)(?=[a-z]))
        (?:(?P<slash>(?<![\w.,/])(?:(?P<whole>\d{{1,4}})[\s-])?(?P<top>\d{{1,2}})/(?P<bottom>(?:2|3|4|5|8|16)(?![\w/]|[.,-]\d)
            |\d{{1,3}}(?=\s+of\b)))
        | (?P<mixed>(?<![\w.,-])(?P<wholes>{small})(?:\s+(?P<wholescale>{scale}))?
            \s+and\s+(?:an?|one|two|three)[\s-](?P<denominators>{parts})(?!\w)
            (?:\s+(?P<mixedscale>{scale})(?!\w))?(?!\s+of\b))
        | (?P<spoken>(?<!\w)(?P<before_point>{small})\s+point\s+(?P<behind_point>(?:{atom})(?:[\s-](?:{atom}))*)
            (?:\s+(?P<spokenscale>{scale}))?(?!\w))
        | (?P<ratio>(?<![\w.,])(?P<up>\d+|{atom})\s+(?:out\s+of|in)\s+(?:every\s+)?
            (?P<down>\d{{1,3}}(?:,\d{{3}})+|(?:\d+|(?:{atom})(?:-(?:{atom}))?)(?:\s+(?:hundred|thousand|million))?)
            (?![\w%]|[.,:-]\d|\s+(?:hundred|thousand|million|billion)\b))
        | (?P<of>(?<![\w.,]){share}(?=\s+[a-z]+(?!\w)))
        | (?P<half>(?<!\w)(?:(?:half|(?:an?\s+)?quarter)\s+(?:of\s+)?(?:an?\s+)?
            |(?:an?|one|two|three)[\s-](?:half|thirds?|quarters?)\s+of\s+an?\s+)(?P<halfscale>{scale})(?!\w))
        | (?P<vague>(?<!\w)(?:(?P<outer>dozens|scores|tens|hundreds|thousands)\s+(?:and\s+\w+\s+)?of\s+)?
            (?P<inner>{vague})(?!\w))
        | (?P<few>(?<!\w)(?P<some>several|a\s+few|few|a\s+couple(?:\s+of)?)\s+(?P<fewscale>{scale})(?!\w))
        | (?P<part>(?<!\w)(?:(?P<count>an?|{atom})[\s-])?(?:(?P<denominator>{parts}))(?!\w))
        | (?P<fold>(?<!\w)(?P<times>{atom}|{DIGITS})[\s-]?fold(?!\w))
        | (?P<factor>(?<!\w)(?:{alternatives(list(FACTOR_WORDS))})(?!\w))
        | (?P<power>(?<![\w.,])(?:{DIGITS}){power})
        | (?P<digits>(?<![\d.,])(?:{plain}){tail})
        | (?P<words>(?<!\w)(?:{atom}|an?\s+(?:{scale}))(?!\w){tail}))
        """,
        re.VERBOSE | re.IGNORECASE,
    )
