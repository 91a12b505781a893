"""Figures against the cases other readers of numbers are tested with: the share that passes is held.

Every case counts, also those about what this finder leaves out on purpose (bare years, dates, telephone numbers,
fractions of fractions, SI formulas); the floors sit right at the measured share.  A case passes, when
- Recognizers-Text `NumberModel`: the values of all figures of the text are exactly those expected, a range and a bound
  giving each of their ends;
- Recognizers-Text `NumberRangeModel`: each expected interval is one figure, and no other figure is bounded.
  "(20,)" is `value_min` 20 with ">", "[20,)" with ">=", "(,20)" and "(,20]" likewise with "<" and "<=", "[20,20]" is
  20 with "=", and an interval with two ends is a "range" with these ends (a figure keeps no open ends of ranges);
- quantulum3: values and units of all figures are exactly those expected, its "12 ± 4" being the range 8 to 16, and
  "dimensionless" being no unit or a counted noun.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from quotes.claims.figures import find_quantities
from quotes.claims.quantities import Quantity

Row = tuple[float | None, float | None, str]
_INTERVAL = re.compile(r"(?P<left>[\[(])(?P<low>[-\d.E+]*),(?P<high>[-\d.E+]*)(?P<right>[\])])")
_NAMES = {
    "USD": "dollar",
    "EUR": "euro",
    "GBP": "pound sterling",
    "JPY": "japanese yen",
    "percent": "percentage",
    "pound": "pound-mass",
    "celsius": "degree celsius",
    "fahrenheit": "degree fahrenheit",
    "millilitre": "cubic centimetre",
}


@pytest.fixture
def corpora(shared: Path) -> Path:
    if not (shared / "data" / "recognizers_specs").is_dir() or not (shared / "data" / "quantulum3_tests").is_dir():
        pytest.skip("needs recognizers_specs and quantulum3_tests in ../shared/data")
    return shared / "data"


def _read(path: Path) -> list[dict[str, Any]]:
    cases = json.loads(path.read_text(encoding="utf-8-sig"))
    assert isinstance(cases, list)
    return cases


def _share(passed: list[bool]) -> float:
    return round(100 * sum(passed) / len(passed), 1)


def _ends(quantity: Quantity) -> list[float]:
    return sorted({end for end in (quantity.low, quantity.high) if end is not None})


def _key(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.6g}")


def has_values(found: list[Quantity], results: list[dict[str, Any]]) -> bool:
    expected = Counter(_key(float(result["Resolution"]["value"])) for result in results)
    return expected == Counter(_key(end) for quantity in found for end in _ends(quantity))


def interval(printed: str) -> Row:
    match = _INTERVAL.fullmatch(printed)
    assert match, printed
    low, high = (_key(float(end)) if end else None for end in (match["low"], match["high"]))
    if low is not None and high is not None:
        return low, high, "=" if low == high else "range"
    if high is None:
        return low, None, ">=" if match["left"] == "[" else ">"
    return None, high, "<=" if match["right"] == "]" else "<"


def has_intervals(found: list[Quantity], results: list[dict[str, Any]]) -> bool:
    expected = Counter(interval(result["Resolution"]["value"]) for result in results)
    rows = [(_key(quantity.low), _key(quantity.high), quantity.comparator) for quantity in found]
    bounded = Counter(row for row in rows if row[2] not in ("=", "~"))
    return not expected - Counter(rows) and not bounded - expected


def _unit(quantity: Quantity) -> str:
    if quantity.unit is None or (quantity.counted is not None and quantity.kind in ("count", "share")):
        unit = "dimensionless"
    else:
        unit = _NAMES.get(quantity.unit, quantity.unit.replace("_", " "))
    return f"{unit} per {quantity.rate}" if quantity.rate else unit


def has_parses(found: list[Quantity], results: list[dict[str, Any]]) -> bool:
    expected: Counter[tuple[tuple[float | None, ...], str]] = Counter()
    for result in results:
        value, spread = float(result["value"]), float(result.get("uncertainty") or 0)
        expected[tuple(map(_key, sorted({value - spread, value + spread}))), result["unit"].lower()] += 1
    return expected == Counter((tuple(map(_key, _ends(quantity))), _unit(quantity)) for quantity in found)


@pytest.mark.parametrize(
    ("printed", "row"),
    [
        ("(20,)", (20, None, ">")),
        ("[-10,)", (-10, None, ">=")),
        ("(,170)", (None, 170, "<")),
        ("(,35]", (None, 35, "<=")),
        ("(20,35]", (20, 35, "range")),
        ("[20,20]", (20, 20, "=")),
    ],
)
def test_intervals_are_read(printed: str, row: Row) -> None:
    assert interval(printed) == row


def _held(share: float, floor: float, what: str) -> None:
    assert share >= floor, f"{what}: {share} % of the cases pass, {floor} % did before"
    assert share <= floor, f"{what}: {share} % of the cases pass now: raise the floor of {floor} %"


@pytest.mark.corpus
@pytest.mark.model
def test_numbers_as_recognizers_reads_them(nlp: Language, corpora: Path) -> None:
    cases = _read(corpora / "recognizers_specs" / "NumberModel.json")
    docs = nlp.pipe([case["Input"] for case in cases])
    passed = [has_values(find_quantities(d), case["Results"]) for d, case in zip(docs, cases, strict=True)]
    assert len(passed) == 235
    _held(_share(passed), 58.3, "NumberModel")


@pytest.mark.corpus
@pytest.mark.model
def test_number_ranges_as_recognizers_reads_them(nlp: Language, corpora: Path) -> None:
    cases = _read(corpora / "recognizers_specs" / "NumberRangeModel.json")
    docs = nlp.pipe([case["Input"] for case in cases])
    passed = [has_intervals(find_quantities(d), case["Results"]) for d, case in zip(docs, cases, strict=True)]
    assert len(passed) == 87
    _held(_share(passed), 80.5, "NumberRangeModel")


@pytest.mark.corpus
@pytest.mark.model
def test_quantities_as_quantulum_reads_them(nlp: Language, corpora: Path) -> None:
    cases = _read(corpora / "quantulum3_tests" / "quantities.json")
    docs = nlp.pipe([case["req"] for case in cases])
    passed = [has_parses(find_quantities(d), case["res"]) for d, case in zip(docs, cases, strict=True)]
    assert len(passed) == 101
    _held(_share(passed), 61.4, "quantulum3")
