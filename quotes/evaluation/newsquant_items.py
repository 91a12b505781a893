"""Figures in NewsQuant's terms: a parsed sentence in, one `Item` a quantity out, also for those in passing.

Its one slot for "change" holds a comparator or a direction; ours has two, so the comparator goes first.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import zip_longest

from spacy.language import Language
from spacy.tokens import Doc, Token

from quotes.claims.figures import find_quantities
from quotes.claims.frames import frame_of
from quotes.claims.lexicon import key_of
from quotes.claims.nouns import Counted, counted_noun
from quotes.claims.quantities import Quantity, governed
from quotes.evaluation.newsquant import Item, unit_key

_COMPARATORS = {"~": "~", ">": ">", ">=": ">", "<": "<", "<=": "<"}
_UNITS = {
    "USD": "dollar",
    "EUR": "euro",
    "GBP": "pound sterling",
    "JPY": "japanese yen",
    "INR": "indian rupee",
    "CNY": "chinese yuan",
    "CAD": "canadian dollar",
    "AUD": "australian dollar",
    "NZD": "new zealand dollar",
    "HKD": "hong kong dollar",
    "SGD": "singapore dollar",
    "ILS": "shekel",
    "MYR": "malaysian ringgit",
    "KRW": "south korean won",
    "RUB": "russian ruble",
    "BRL": "brazilian real",
    "CHF": "swiss franc",
    "SEK": "swedish krona",
    "NOK": "norwegian krone",
    "DKK": "danish krone",
    "PLN": "polish zloty",
    "CZK": "czech koruna",
    "HUF": "hungarian forint",
    "HRK": "croatian kuna",
    "TRY": "turkish lira",
    "UAH": "ukrainian hryvnia",
    "MXN": "mexican peso",
    "ARS": "argentine peso",
    "CLP": "chilean peso",
    "COP": "colombian peso",
    "ZAR": "south african rand",
    "NGN": "nigerian naira",
    "KES": "kenyan shilling",
    "EGP": "egyptian pound",
    "SAR": "saudi riyal",
    "AED": "united arab emirates dirham",
    "PKR": "pakistani rupee",
    "IDR": "indonesian rupiah",
    "THB": "thai baht",
    "PHP": "philippine peso",
    "VND": "vietnamese dong",
    "TWD": "new taiwan dollar",
    "percent": "percentage",
    "times": "count",
    "innings": "inning",
    "pound": "pound-mass",
    "pound_foot": "pound-foot",
    "revolution_per_minute": "revolutions per minute",
    "milliampere_hour": "milliampere-hour",
    "part_per_billion": "parts-per-billion",
    "part_per_million": "parts-per-million",
    "person": "people",
}
_UNSAID = frozenset({"VBG", "VBN", "DT", "PRP$", "CD", "CC", "HYPH", ",", "POS", "IN", "PDT"})
_TEN = 10.0
_NOT_FOR_CLAIMS = ("quotations", "speakers", "claims")


def find_items(texts: Iterable[str], nlp: Language) -> dict[str, list[Item]]:
    """Text → its items.  Figures need the parse alone, so the components behind it are left out."""
    unique = list(dict.fromkeys(texts))
    with nlp.select_pipes(disable=[name for name in _NOT_FOR_CLAIMS if name in nlp.pipe_names]):
        return {text: items_of(doc) for text, doc in zip(unique, nlp.pipe(unique), strict=True)}


def items_of(doc: Doc) -> list[Item]:
    """The quantities of a Doc as items: the two ends of a change, and the two sides of a score, are one range there;
    "about eight or nine" is two, the first alone bounded, and "twice" and "double" none.
    """
    items: list[Item] = []
    quantities = [quantity for quantity in find_quantities(doc) if not _is_unmarked(doc, quantity)]
    skip = False
    for quantity, following in zip_longest(quantities, quantities[1:]):
        if skip:
            skip = False
        elif following is not None and _is_one(doc, quantity, following):
            skip = True
            unit = quantity if quantity.unit else following
            items.append(Item(_ends(quantity.low, following.low), _unit(doc, unit), "="))
        elif quantity.join == "or" and quantity.low != quantity.high:
            made = _item(doc, quantity)
            items.append(made._replace(ends=_ends(quantity.low, quantity.low)))
            items.append(made._replace(ends=_ends(quantity.high, quantity.high), change="="))
        else:
            items.append(_item(doc, quantity))
    return items


def _is_unmarked(doc: Doc, quantity: Quantity) -> bool:
    """What NewsQuant never marks: a spelled zero ("no deaths"), "twice", "doubled", "aged 18 to 34"."""
    if quantity.kind == "age" and quantity.comparator == "range" and quantity.unit is None:
        return True
    if quantity.kind == "factor":
        return quantity.printed == "factor" and not doc.text[quantity.start : quantity.end].lower().endswith("fold")
    return quantity.printed == "words" and quantity.low == quantity.high == 0 and doc[quantity.left].lower_ == "no"


def _is_one(doc: Doc, quantity: Quantity, following: Quantity) -> bool:
    """Whether two figures are one range there: from and to of one verb, or a score."""
    if quantity.kind == following.kind == "score" and 0 < following.start - quantity.end <= 1:
        return True
    if quantity.end_of == "from" and following.end_of == "to":
        return True
    if quantity.unit != following.unit and following.unit is not None:
        return False
    one, two = governed(doc, quantity), governed(doc, following)
    if one is None or two is None or one.token.i != two.token.i:
        return False
    return one.prep == "from" and two.prep == "to" and quantity.comparator == following.comparator == "="


def _item(doc: Doc, quantity: Quantity) -> Item:
    high = quantity.high
    if quantity.printed == "vague" and high is not None and high >= _TEN:
        high = 10.0 ** math.ceil(math.log10(high))  # "hundreds" end at 1,000 there, below it here
    return Item(_ends(quantity.low, high), _unit(doc, quantity), _change(doc, quantity))


def _ends(low: float | None, high: float | None) -> tuple[float, ...]:
    ends = sorted({end for end in (low, high) if end is not None})
    return tuple(ends)


def _unit(doc: Doc, quantity: Quantity) -> str:
    if quantity.kind == "age":
        return f"{quantity.unit or 'year'} of age"
    if quantity.unit is None or quantity.kind == "duration":
        unit = quantity.unit or "-"
    elif quantity.counted is not None and quantity.kind in ("count", "share"):
        unit = _noun_phrase(doc, quantity)
    else:
        unit = _UNITS.get(quantity.unit, quantity.unit.replace("_", " "))
    if quantity.unit == "part_per_million" and " per " in doc.text[quantity.start : quantity.end]:
        unit = "part per million"
    if quantity.kind == "share":
        unit = "% " + unit
    return unit_key(f"{unit} per {quantity.rate}" if quantity.rate else unit)


def _noun_phrase(doc: Doc, quantity: Quantity) -> str:
    """The counted noun with its modifiers, as lemmas: a unit there is "public housing property"."""
    counted = quantity.counted
    if counted is None:
        return "-"
    head = doc[counted.head]
    if head.lower_ == "times":
        return "count"
    inner = [
        token for token in doc[counted.start : counted.head] if token.tag_ not in _UNSAID and not _has_digit(token)
    ]
    last = "people" if head.lower_ == "people" else _UNITS.get(head.lemma_, head.lemma_)
    return " ".join([*(token.lemma_ for token in inner), last, *_complement(doc, counted)])


def _complement(doc: Doc, counted: Counted) -> list[str]:
    """ "kinds of tools" are counted in "kind tool" there; "members of the board" in "member"."""
    behind = counted.head + 1
    if behind + 1 >= len(doc) or doc[behind].lower_ != "of" or doc[behind + 1].tag_ not in ("NN", "NNS", "JJ"):
        return []
    further = counted_noun(doc, behind + 1, may_skip_of=False)
    if further is None:
        return []
    return [t.lemma_ for t in doc[further.start : further.head + 1] if t.tag_ not in _UNSAID and not _has_digit(t)]


def _has_digit(token: Token) -> bool:
    return any(sign.isdigit() for sign in token.text)


def _change(doc: Doc, quantity: Quantity) -> str:
    """The comparator, else the direction of a printed change: where a change ends is a level there."""
    if quantity.comparator == "range":
        return "="
    vague = quantity.printed == "vague"
    if quantity.comparator in _COMPARATORS and not vague:
        return _COMPARATORS[quantity.comparator]
    sentence = doc[quantity.left].sent
    figure = frame_of(doc, quantity, (sentence.start_char, sentence.end_char)).figure
    changed = figure.role == "delta" and not vague and _by_verb(doc, quantity)
    return figure.direction or "=" if changed and not _is_compared(doc, quantity) else "="


def _is_compared(doc: Doc, quantity: Quantity) -> bool:
    """ "5% lower", "12 more than": how far two things lie apart is no change there."""
    behind = doc[quantity.right + 1].lower_ if quantity.right + 1 < len(doc) else ""
    return behind in key_of("change_words") and behind not in ("up", "down", "off")


def _by_verb(doc: Doc, quantity: Quantity) -> bool:
    """Whether it is a verb that moves by the figure: "rose 5%", not "a 5% rise"."""
    governor = governed(doc, quantity)
    return governor is None or governor.token.pos_ != "NOUN"
