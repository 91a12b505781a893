"""Units around a number: text and an offset in, the unit's name and where it ends (or begins) out.

Names are ISO 4217 codes for money, and those of `units.txt` and `durations.txt` otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from quotes.claims.lexicon import alternatives, words_by_key

Kind = Literal["percent", "points", "money", "measure", "duration", "age", "factor", "count", "share", "score"]

_POINTS = ("percentage_point", "basis_point")
_FACTOR = re.compile(
    r"\s+(?:more|less|fewer|higher|lower|larger|bigger|greater|faster|as|the|its|their|his|that|what|over|this|last)\b"
)
_RATE = re.compile(
    r"""(?:\s+(?:per|for\s+every)\s+
          (?P<per>(?:\d[\d,]*|hundred|thousand|million)(?:\s+(?:people|residents|inhabitants|population|births|women))?(?!\w)(?!\s+(?:year|month|week|day|hour|minute)s?\b))
        |(?:\s*/\s*|\s+(?:per|an?|each|every|for\s+every)\s+|\s*-?a-|\s*-per-)
          (?P<thing>person|capita|head|household|family|student|pupil|child|patient|worker|employee|barrel|gallon|litre|liter
            |tonne|ton|kilo|kilogram|kg|gram|ounce|pound|kilowatt-hour|kWh|megawatt-hour|mmBTU|share|unit|square\s\w+|sq\s?\w+
            |game|match|mile|kilometre|kilometer|vehicle|car|home|acre|hectare|annum|night)(?!\w)
        |(?:\s*/\s*|\s+(?:per|an?|each|every|for\s+every)\s+|\s*-?a-|\s*-per-)
          (?P<time>year|month|week|day|hour|minute|second|quarter|decade|century)(?![\w-])
          (?!\s+(?:earlier|ago|before|later|prior|on|after|previously|from\s+now)\b))""",
    re.VERBOSE | re.IGNORECASE,
)

_SLASH = re.compile(r"\s?/\s?(?=[A-Za-z])")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as printed beside a number; `edge` is its outer offset."""

    name: str
    kind: Kind
    edge: int


@cache
def _forms_behind() -> tuple[dict[str, Unit], dict[str, Unit]]:
    """Forms matched with their case, and without."""
    exact: dict[str, Unit] = {}
    folded: dict[str, Unit] = {}
    for form, name, kind in _all_forms():
        strict = len(form) <= 2 or form.isupper()
        (exact if strict else folded).setdefault(form if strict else form.lower(), Unit(name, kind, 0))
    return exact, folded


def _all_forms() -> Iterable[tuple[str, str, Kind]]:
    for name, forms in words_by_key("units").items():
        kind: Kind = "percent" if name == "percent" else "points" if name in _POINTS else "measure"
        kind = "factor" if name == "times" else kind
        yield from ((form, name, kind) for form in forms)
    for name, forms in words_by_key("durations").items():
        yield from ((form, name, "duration") for form in forms)
    for code, forms in words_by_key("currencies").items():
        if not code.endswith("<"):
            yield from ((form, code, "money") for form in forms)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    exact, folded = _forms_behind()
    signs = [form for code, forms in words_by_key("currencies").items() if code.endswith("<") for form in forms]
    end = r"(?![A-Za-z0-9])"
    return (
        re.compile(rf"[\s-]?(?P<form>{alternatives(list(exact))}){end}"),
        re.compile(rf"[\s-]?(?P<form>{alternatives(list(folded))}){end}", re.IGNORECASE),
        re.compile(rf"(?<![A-Za-z])(?P<form>{alternatives(signs)})\s?(?P<sign>[-−–])?$"),
    )


def unit_behind(text: str, end: int) -> Unit | None:
    """The unit printed right behind a number that ends at `end`; the longest form wins."""
    exact, folded = _forms_behind()
    strict, loose, _ = _patterns()
    found: list[tuple[int, Unit]] = []
    if match := strict.match(text, end):
        found.append((match.end(), exact[_spaced(match["form"])]))
    if (match := loose.match(text, end)) and (unit := folded.get(_spaced(match["form"]).lower())):
        found.append((match.end(), unit))
    found = [(edge, unit) for edge, unit in found if unit.name != "times" or _multiplies(text, edge)]
    if not found:
        return None
    edge, unit = max(found, key=lambda pair: pair[0])
    return Unit(unit.name, unit.kind, edge)


def _multiplies(text: str, end: int) -> bool:
    """ "three times as many", "ten times the price"; "refused three times" only counts."""
    return bool(_FACTOR.match(text, end)) or not text[end - 1].isalpha() or text[end - 1] in "xd"


def _spaced(form: str) -> str:
    return " ".join(form.split())


def currency_before(text: str, start: int) -> Unit | None:
    """The currency sign or code printed right in front of a number that starts at `start`."""
    window = text[max(0, start - 8) : start]
    match = _patterns()[2].search(window)
    if match is None:
        return None
    return Unit(_codes()[_spaced(match["form"])], "money", start - len(window) + match.start())


@cache
def _codes() -> dict[str, str]:
    """Sign in front of a number → ISO code."""
    listed = words_by_key("currencies").items()
    return {form: code.rstrip("<") for code, forms in listed if code.endswith("<") for form in forms}


def rate_behind(text: str, end: int) -> str | None:
    """What a figure is counted per: "year" behind "$3 billion a year", "100,000" behind "12 per 100,000"."""
    slash = _SLASH.match(text, end)
    below = unit_behind(text, slash.end()) if slash else None
    if below is not None and below.kind == "measure":
        return below.name
    match = _RATE.match(text, end)
    if match is None:
        return None
    return " ".join((match["per"] or match["thing"] or match["time"]).lower().split())
