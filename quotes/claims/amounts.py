"""Numbers with their signs, units and ranges: text in, amounts out.  No parse is needed here.

"between $2.5 billion and $3 billion" is one amount with two ends, "from 8.1% to 7.9%" too: whether that is
a range or a change is decided by `figures`, from the verb.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from quotes.claims.number_runs import Number, scaled
from quotes.claims.numbers import find_numbers
from quotes.claims.units import Kind, Unit, currency_before, rate_behind, unit_behind
from quotes.models import Span

_MINUS = re.compile(
    r"(?:(?<![\w)\]%/])[-−]|\b(?<!plus or )(?<!plus/)(?<!tested )(?<!test )(?:[Mm]inus|[Nn]egative)[\s-])$"
)
_NO_MODIFIER = (
    r"(?!(?:of|in|on|at|to|by|for|from|with|and|or|but|than|into|over|under|above|below|away|off|out|up|down|is|was|has"
    r"|as|that|which|who|when|where|while|across|along|behind|below|before|after|between|through|this|long|tall|high"
    r"|wide|deep|thick|apart|ahead|short|swimming|swim|race|sprint|breaststroke|backstroke|freestyle|its|his|does|goes)\b)"
)
_NOUN_BEHIND = re.compile(
    rf"\s+(?:of\s+(?:its|their|his|her|our|the|these|those)\s+)?"
    rf"(?:{_NO_MODIFIER}[A-Za-z-]+\s+(?:and\s+)?){{0,3}}(?:{_NO_MODIFIER}[a-z]+s\b|people\b)|-a-"
)
_JOIN = re.compile(
    r"\s*(?:-\s*)?(?P<join>-|–|—|−|to|and|or)\s*(?:-\s*)?(?:as\s+(?:much|many|high)\s+as\s+|up\s+to\s+|about\s+|around\s+|perhaps\s+)?$",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"\b(?P<word>between|from|ranging from|of between)\s+(?:about\s+|around\s+|up\s+to\s+|roughly\s+)?$", re.IGNORECASE
)
_BY = re.compile(
    r"\bby\s+(?:(?:about|around|roughly|nearly|almost|some|over|more than|as much as)\s+)?$", re.IGNORECASE
)
_BESIDE_LETTERS = re.compile(
    r"(?:^|[^A-Za-z])(?:to|sub|minus|now|then|plus|and|or|mid|near|under|over|pre|post)-$", re.IGNORECASE
)
_MANGLED = re.compile(r"(?<!\w)(?P<sign>PS|Y=)$")
"""The signs of pound and yen as some wires print them in plain letters."""
_DOLLARS_BEHIND = re.compile(
    r"\s(?:U\.S\.|US|USD|Canadian|CAD|C|Australian|AUD)(?![\w.])(?=\s(?:per|a|an)\b|[,.;)]|\s?$)"
)
_ONE_OF = re.compile(r"\s(?:of\s)?an?(?=\s)")
_OF_EACH = re.compile(
    r"\s(?:of|out\s+of|in|from|on)\s+(?:every|each)\s+(?:(?P<whole>dollar|pound|euro)(?!\w)(?:\s+of)?)?"
)
_FRACTIONS_OF_MONEY = frozenset({"cent", "penny"})
_NOTHING_COUNTED = re.compile(r"\s*(?:$|[.,;:)]|(?:in|by|at|on|over|since|last|this|after|during|from|for|as|and)\b)")
_QUARTER_POINT = re.compile(r"[\s-]points?\b")
_NOUGHT_BEHIND = re.compile(r"\s*(?:[,;:!?)]|\.(?!\w)|$)")
_PENCE = re.compile(r"p(?![A-Za-z0-9.])")
_LINES_OF_PICTURE = frozenset({240, 360, 480, 540, 576, 720, 1080, 1440, 2160, 4320})
_POUNDS_ARE_MONEY_FROM = 1e5


@dataclass(frozen=True, slots=True)
class Amount:
    """A number and what is printed tight around it.  `first` is the lower or earlier end of two."""

    start: int
    end: int
    number: Number
    unit: Unit | None = None
    sign: int = 1
    first: Amount | None = None
    opening: str | None = None
    """ "between" or "from" in front of a range."""
    join: str | None = None
    rate: str | None = None

    @property
    def signed(self) -> bool:
        """Whether a sign of money stands in front."""
        return self.unit is not None and self.unit.kind == "money" and self.start < self.number.start

    @property
    def kind(self) -> Kind:
        """What sort of quantity it is, as far as the text around it tells."""
        if self.unit:
            return self.unit.kind
        printed = self.number.printed
        return "factor" if printed == "factor" else "share" if printed in ("part", "ratio") else "count"

    @property
    def low(self) -> float:
        value = self.sign * (self.number.low if self.sign > 0 else self.number.high)
        return value if self.first is None else self.first.low

    @property
    def high(self) -> float:
        return self.sign * (self.number.high if self.sign > 0 else self.number.low)


def find_amounts(text: str, excluded: list[Span]) -> list[Amount]:
    """Amounts in text order, ranges joined; what overlaps an excluded span is left out."""
    found: list[Amount] = []
    for number in find_numbers(text):
        if any(start < number.end and number.start < end for start, end in excluded):
            continue
        amount = _amount(text, number)
        if amount is None or (found and amount.start < found[-1].end):
            continue
        if found and (joined := _joined(text, found[-1], amount) or _share_of_money(text, found[-1], amount)):
            found[-1] = joined
        else:
            found.append(_share_of_one(text, amount) or amount)
    return found


def _amount(text: str, number: Number) -> Amount | None:
    start, end = number.start, number.end
    currency = currency_before(text, start) or _mangled_sign(text, number)
    number = _without_letter(text, number, has_currency=bool(currency))
    end = number.end
    if currency is None and start and (text[start - 1].isalpha() or _hangs_on_letter(text, start)):
        return None
    unit = (unit_behind(text, end) or _pence(text, number)) if number.printed != "factor" else None
    if unit is None and number.printed == "part":
        unit = _part_of_unit(text, number, end)
    if unit is None and number.printed == "vague" and text.startswith(" of ", end):
        money = unit_behind(text, end + 3)
        unit = money if money is not None and money.kind == "money" else None
    if currency:
        edge = unit.edge if unit and unit.kind == "money" else end
        if behind := _DOLLARS_BEHIND.match(text, edge):
            edge = behind.end()
        sign = -1 if re.search(r"[-−–]\s?$|[-−]$", text[currency.edge : start]) or _minus(text, currency.edge) else 1
        return Amount(currency.edge, edge, number, replace(currency, edge=edge), sign, rate=rate_behind(text, edge))
    if unit is None and end < len(text) and text[end].isalpha():
        return None
    minus = _MINUS.search(text[max(0, start - 16) : start])
    sign = -1 if minus and number.printed in ("digits", "words") else 1
    if sign < 0 and minus:
        start -= len(minus[0])
    if unit and unit.name == "pound" and number.low >= _POUNDS_ARE_MONEY_FROM:
        unit = Unit("GBP", "money", unit.edge)
    edge = unit.edge if unit and unit.kind not in ("count",) else end
    return Amount(start, edge, number, unit, sign, rate=rate_behind(text, edge))


def _part_of_unit(text: str, number: Number, end: int) -> Unit | None:
    """ "half a percentage point", "a quarter of a mile", the "quarter point" of a bank; half an hour is a time."""
    if number.low == number.high == 0.25 and (point := _QUARTER_POINT.match(text, end)):
        return Unit("percentage_point", "points", point.end())
    article = _ONE_OF.match(text, end)
    unit = unit_behind(text, article.end()) if article else None
    return unit if unit is not None and unit.kind in ("percent", "points", "measure", "money") else None


def _minus(text: str, start: int) -> bool:
    return bool(_MINUS.search(text[max(0, start - 16) : start]))


def _mangled_sign(text: str, number: Number) -> Unit | None:
    match = _MANGLED.search(text[max(0, number.start - 3) : number.start])
    if match is None or number.end - number.start < 2:
        return None
    return Unit("GBP" if match["sign"] == "PS" else "JPY", "money", number.start - len(match["sign"]))


def _pence(text: str, number: Number) -> Unit | None:
    """ "118.5p", but not the lines of a "1080p" picture."""
    if number.printed != "digits" or number.low in _LINES_OF_PICTURE or not _PENCE.match(text, number.end):
        return None
    return Unit("penny", "money", number.end + 1)


def _hangs_on_letter(text: str, start: int) -> bool:
    """ "COVID-19", "F-16": the number is the tail of a name; not so in "0-to-60", "sub-7"."""
    if _BESIDE_LETTERS.search(text[max(0, start - 8) : start]):
        return False
    if start >= 3 and text[start - 2] in "kKmMbB" and text[start - 3].isdigit():
        return False
    return start >= 2 and text[start - 1] in "-_/" and text[start - 2].isalpha() and text[start].isdigit()


def _without_letter(text: str, number: Number, *, has_currency: bool) -> Number:
    """Take back the m of "5m" and the b of "5b" where it is no magnitude: no currency, and nothing counted behind."""
    last = text[number.end - 1]
    if number.printed != "digits" or last not in "mMbBT" or not text[number.end - 2].isdigit() or has_currency:
        return number
    alone = (last == "M" or "." in text[number.start : number.end]) and _NOUGHT_BEHIND.match(text, number.end)
    large = (last in "MB" and re.match(r"\s(?:people|[a-z]+)\b", text[number.end :])) or alone
    if large or (last in "mM" and _NOUN_BEHIND.match(text, number.end)):
        return number
    scale = 1e6 if last in "mM" else 1e12 if last == "T" else 1e9
    return replace(
        number,
        end=number.end - 1,
        low=number.low / scale,
        high=number.high / scale,
        step=number.step / scale,
        scale=1.0,
    )


def _joined(text: str, first: Amount, second: Amount) -> Amount | None:
    """One amount of two joined by a dash, to, or, and: "10 to 15", "$2.5-$3 billion"."""
    match = _JOIN.fullmatch(text[first.end : second.start])
    if match is None or first.first is not None or "\n" in match[0] or not _alike(first, second):
        return None
    join = match["join"].lower()
    if _is_year(text, first) and (second.unit is None or join != "-"):
        return None
    opening = _OPENING.search(text[max(0, first.start - 24) : first.start])
    word = opening["word"].lower().split()[-1] if opening else None
    bare_end = first.unit is not None and second.unit is None and not first.signed
    if bare_end and not (word == "from" and join == "to" and _NOTHING_COUNTED.match(text, second.end)):
        return None
    if not _belong_together(text, first, second, join, word):
        return None
    if second.unit is None and first.unit is not None:
        second = replace(second, unit=first.unit)
    return replace(
        second, start=first.start, first=_lower_end(first, second), opening=word or None, join=join, sign=second.sign
    )


def _belong_together(text: str, first: Amount, second: Amount, join: str, word: str | None) -> bool:
    """Whether the two ends make one range; "rose by $3bn to $40bn" gives a change and a level."""
    if join == "and":
        return word == "between"
    if word == "between":
        return join in ("to", "-", "–", "—")
    if join == "or":
        return first.number.scale == second.number.scale and first.low < second.low <= 3 * first.low + 3
    if join != "to" or word is not None:
        return True
    own_units = first.unit is not None and second.unit is not None
    if own_units and _BY.search(text[max(0, first.start - 20) : first.start]):
        return False
    return _close(first, second) or (own_units and second.kind == "measure")


def _is_year(text: str, amount: Amount) -> bool:
    """Four bare digits that may be a year start no range of counts ("in 2018 to 3.9 million")."""
    printed = text[amount.start : amount.end]
    return amount.unit is None and len(printed) == 4 and printed.isdigit() and 1900 <= amount.low <= 2100


def _close(first: Amount, second: Amount) -> bool:
    """Whether "A to B" without "from" may be a range at all: it rises."""
    return first.low < second.low or first.number.scale < second.number.scale


def _share_of_money(text: str, part: Amount, whole: Amount) -> Amount | None:
    """ "$4 of every $5": a share."""
    between = text[part.end : whole.start]
    money = part.unit is not None and whole.unit is not None and part.unit.name == whole.unit.name
    if not money or part.kind != "money" or not _OF_EACH.fullmatch(between) or not 0 < part.low < whole.low:
        return None
    return _ratio(part, whole.end, part.low / whole.low)


def _share_of_one(text: str, part: Amount) -> Amount | None:
    """ "37 cents of each dollar": a share."""
    behind = _OF_EACH.match(text, part.end)
    if behind is None or behind["whole"] is None or part.unit is None or part.unit.name not in _FRACTIONS_OF_MONEY:
        return None
    return _ratio(part, behind.end("whole"), part.low / 100) if 0 < part.low < 100 else None


def _ratio(part: Amount, end: int, value: float) -> Amount:
    number = replace(
        part.number, start=part.start, end=end, low=value, high=value, printed="ratio", step=0.01, scale=1.0
    )
    return Amount(part.start, end, number)


def _alike(first: Amount, second: Amount) -> bool:
    one, two = first.unit, second.unit
    if first.number.printed not in ("digits", "words") or second.number.printed not in ("digits", "words"):
        return False
    if one is not None and two is None:
        return first.number.scale == 1
    return one is None or (two is not None and one.name == two.name)


def _lower_end(first: Amount, second: Amount) -> Amount:
    """The first end with the magnitude and unit it shares with the second."""
    number = first.number
    mantissa = second.number.low / second.number.scale
    if number.scale == 1 < second.number.scale and number.low < mantissa and number.low < 1000:
        number = scaled(number, second.number.scale)
    return replace(first, number=number, unit=first.unit or second.unit)
