"""Are figures right?  Quantities found in single sentences, against sentences annotated as in NewsQuant.

Gold is a JSON list of `{"text", "quantities": [{"change", "value", "normalized_unit", "referred_concepts"}]}`.
A predicted and a gold quantity of a sentence can be paired when their values are equal; of all one-to-one
pairings the one that agrees most in unit, change and concept counts.  A range equals only a range.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from quotes.errors import InputError
from quotes.evaluation.polnear import read_text

CHANGES = ("=", "~", ">", "<", "up", "down")
LEVELS = (
    "value",
    "value+unit",
    "value+unit_loose",
    "value+change",
    "value+unit+change",
    "value+unit_loose+change",
    "value+concept_partial",
)
_NO_UNIT = "-"
_SAME_UNIT = {
    "percentage": "percent",
    "per cent": "percent",
    "%": "percent",
    "united states dollar": "dollar",
    "us dollar": "dollar",
    "-": "",
    "count": "",
    "dimensionless": "",
}
_EMPTY_WORDS = frozenset({"of", "the", "per", "a"})
_RANGE = re.compile(r"(-?[\d.]+)\s*-\s*(-?[\d.]+)")


class Item(NamedTuple):
    """One quantity: `ends` are its value, or the two ends of a range in rising order."""

    ends: tuple[float, ...]
    unit: str = _NO_UNIT
    change: str = "="
    concepts: frozenset[str] = frozenset({"-"})


class Sentence(NamedTuple):
    """One gold sentence."""

    text: str
    items: tuple[Item, ...]


def read_sentences(path: Path) -> list[Sentence]:
    """The sentences of a gold file; InputError names the one that is malformed."""
    try:
        value = json.loads(read_text(path))
    except ValueError as error:
        raise InputError(str(path), "is no JSON: write a list of sentences with quantities") from error
    if not isinstance(value, list) or not value:
        raise InputError(str(path), "holds no sentences: write a list of objects with text and quantities")
    return [_sentence(f"{path}, sentence {number}", raw) for number, raw in enumerate(value, start=1)]


def _sentence(name: str, raw: dict[str, Any]) -> Sentence:
    try:
        return Sentence(str(raw["text"]), tuple(_item(quantity) for quantity in raw["quantities"]))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(
            name, "needs text and quantities, each with value, normalized_unit, change and referred_concepts"
        ) from error


def _item(raw: Mapping[str, str]) -> Item:
    printed = str(raw["value"]).strip()
    both = None if "e" in printed.lower() else _RANGE.fullmatch(printed)
    ends = tuple(sorted(map(float, both.groups()))) if both else (float(printed),)
    concepts = frozenset(word.lower() for word in re.split(r"[,\s]+", raw["referred_concepts"]) if word)
    return Item(ends, unit_key(raw["normalized_unit"]), raw["change"].strip(), concepts)


def unit_key(unit: str | None) -> str:
    """A unit's name in lower case with single spaces, "-" for none."""
    return " ".join((unit or "").lower().split()) or _NO_UNIT


def newsquant_scores(sentences: Sequence[Sentence], predicted: Mapping[str, Sequence[Item]]) -> dict[str, Any]:
    """The payload: counts, P/R/F1 in percent at each level, and of each change among the pairs.

    `predicted` is text → items; a text without prediction has none.
    """
    hits: Counter[str] = Counter()
    changes: Counter[tuple[str, str]] = Counter()
    ranges = Counter(gold=0, hit=0)
    all_gold = all_predicted = false_in_empty = 0
    for text, gold in sentences:
        found = predicted.get(text, ())
        all_gold, all_predicted = all_gold + len(gold), all_predicted + len(found)
        false_in_empty += 0 if gold else len(found)
        ranges["gold"] += sum(len(item.ends) == 2 for item in gold)
        for i, j in paired(gold, found):
            one, other = gold[i], found[j]
            hits.update(_agreed(one, other))
            changes[one.change, other.change] += 1
            ranges["hit"] += len(one.ends) == 2
    return {
        "sentences": len(sentences),
        "gold": all_gold,
        "pred": all_predicted,
        "false_in_empty_sentences": false_in_empty,
        "ranges_hit": ranges["hit"],
        "ranges_gold": ranges["gold"],
        "levels": {level: _prf(hits[level], all_gold, all_predicted) for level in LEVELS},
        "change_given_value": {label: _prf_of_change(label, changes) for label in CHANGES},
    }


def paired(gold: Sequence[Item], found: Sequence[Item]) -> list[tuple[int, int]]:
    """The one-to-one pairs (gold, found) of equal values whose agreement adds up to most."""

    @cache
    def best(i: int, taken: frozenset[int]) -> tuple[float, tuple[tuple[int, int], ...]]:
        if i == len(gold):
            return 0.0, ()
        chosen = best(i + 1, taken)
        for j, candidate in enumerate(found):
            if j in taken or not _equal(gold[i].ends, candidate.ends):
                continue
            total, pairs = best(i + 1, taken | {j})
            total += _agreement(gold[i], candidate)
            if total > chosen[0] + 1e-9:
                chosen = total, ((i, j), *pairs)
        return chosen

    return list(best(0, frozenset())[1])


def _equal(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return len(one) == len(other) and all(
        math.isclose(a, b, rel_tol=1e-5, abs_tol=1e-8) for a, b in zip(sorted(one), sorted(other), strict=True)
    )


def _agreement(gold: Item, found: Item) -> float:
    agreed = _agreed(gold, found)
    worth = {"value": 1.0, "value+unit": 0.5, "value+change": 0.25, "value+unit_loose": 0.1}
    return sum(worth.get(level, 0.0) for level in agreed) + 0.05 * ("value+concept_partial" in agreed)


def _agreed(gold: Item, found: Item) -> list[str]:
    """The levels at which a pair of equal values agrees."""
    unit, change, loose = gold.unit == found.unit, gold.change == found.change, _alike(gold.unit, found.unit)
    concept = bool(gold.concepts & found.concepts)
    agreed = (True, unit, loose, change, unit and change, loose and change, concept)
    return [level for level, holds in zip(LEVELS, agreed, strict=True) if holds]


def _alike(one: str, other: str) -> bool:
    a, b = _words(one), _words(other)
    return bool(a & b) or not (a or b)


@cache
def _words(unit: str) -> frozenset[str]:
    found = re.findall(r"[a-z%$€£]+", _SAME_UNIT.get(unit, unit))
    return frozenset(map(_singular, found)) - _EMPTY_WORDS


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] != "s" else word


def _prf(hits: int, gold: int, predicted: int) -> dict[str, float | int]:
    precision, recall = hits / predicted if predicted else 0.0, hits / gold if gold else 0.0
    both = precision + recall
    f1 = 2 * precision * recall / both if both else 0.0
    return {"P": round(100 * precision, 1), "R": round(100 * recall, 1), "F1": round(100 * f1, 1), "hits": hits}


def _prf_of_change(label: str, changes: Counter[tuple[str, str]]) -> dict[str, float | int]:
    gold = sum(n for (one, _), n in changes.items() if one == label)
    predicted = sum(n for (_, other), n in changes.items() if other == label)
    return {**_prf(changes[label, label], gold, predicted), "gold": gold, "pred": predicted}
