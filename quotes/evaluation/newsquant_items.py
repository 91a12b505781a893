"""Figures in NewsQuant's terms: a parsed sentence in, one `Item` a quantity out, also for those in passing.

Its one slot for "change" holds a comparator or a direction; ours has two, so the comparator goes first.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count

from spacy.language import Language
from spacy.tokens import Doc

from quotes.claims.figures import find_quantities
from quotes.claims.frames import frame_of
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
    "percent": "percentage",
    "times": "-",
    "pound": "pound-mass",
    "revolution_per_minute": "revolutions per minute",
    "milliampere_hour": "milliampere-hour",
    "part_per_billion": "parts-per-billion",
    "part_per_million": "parts-per-million",
    "person": "people",
}
_UNSAID = frozenset({"DT", "PRP$", "CD", "CC", "HYPH", ",", "POS", "IN", "PDT"})
_NOT_FOR_CLAIMS = ("quotations", "speakers", "claims")


def find_items(texts: Iterable[str], nlp: Language) -> dict[str, list[Item]]:
    """Text → its items.  Figures need the parse alone, so the components behind it are left out."""
    unique = list(dict.fromkeys(texts))
    with nlp.select_pipes(disable=[name for name in _NOT_FOR_CLAIMS if name in nlp.pipe_names]):
        return {text: items_of(doc) for text, doc in zip(unique, nlp.pipe(unique), strict=True)}


def items_of(doc: Doc) -> list[Item]:
    """The quantities of a Doc as items; the two ends of a printed change are one range."""
    found, numbered = find_quantities(doc), count()
    items: dict[int, Item] = {}
    opened: tuple[int, Quantity] | None = None
    for quantity in found:
        if quantity.printed == "words" and quantity.low == quantity.high == 0:
            continue
        if quantity.end_of == "to" and opened is not None:
            index, first = opened
            items[index] = _item(doc, quantity)._replace(
                ends=_ends(first.low, quantity.low), change=_direction(doc, first)
            )
            opened = None
            continue
        index = next(numbered)
        items[index] = _item(doc, quantity)
        opened = (index, quantity) if quantity.end_of == "from" else None
    return list(items.values())


def _item(doc: Doc, quantity: Quantity) -> Item:
    return Item(_ends(quantity.low, quantity.high), _unit(doc, quantity), _change(doc, quantity))


def _ends(low: float | None, high: float | None) -> tuple[float, ...]:
    ends = sorted({end for end in (low, high) if end is not None})
    return tuple(ends)


def _unit(doc: Doc, quantity: Quantity) -> str:
    if quantity.kind == "age":
        return "year of age"
    if quantity.unit is None or quantity.kind == "duration":
        unit = quantity.unit or "-"
    elif quantity.counted is not None and quantity.kind in ("count", "share"):
        unit = _noun_phrase(doc, quantity)
    else:
        unit = _UNITS.get(quantity.unit, quantity.unit.replace("_", " "))
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
    inner = [token for token in doc[counted.start : counted.head] if token.tag_ not in _UNSAID]
    last = "people" if head.lower_ == "people" else head.lemma_
    return " ".join([*(token.lemma_ for token in inner), last])


def _change(doc: Doc, quantity: Quantity) -> str:
    """The comparator, else the direction of a printed change: where a change ends is a level there."""
    vague = quantity.printed == "vague"
    if quantity.comparator in _COMPARATORS and not vague:
        return _COMPARATORS[quantity.comparator]
    sentence = doc[quantity.left].sent
    figure = frame_of(doc, quantity, (sentence.start_char, sentence.end_char)).figure
    changed = figure.role == "delta" and not vague and _by_verb(doc, quantity)
    return figure.direction or "=" if changed else "="


def _direction(doc: Doc, first: Quantity) -> str:
    governor = governed(doc, first)
    return (governor.direction if governor else None) or "="


def _by_verb(doc: Doc, quantity: Quantity) -> bool:
    """Whether it is a verb that moves by the figure: "rose 5%", not "a 5% rise"."""
    governor = governed(doc, quantity)
    return governor is None or governor.token.pos_ != "NOUN"
