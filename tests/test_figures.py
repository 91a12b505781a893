"""Figures as a specification: a sentence in, its quantities out."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from quotes.claims.amounts import find_amounts
from quotes.claims.figures import find_quantities
from quotes.claims.frames import frame_of
from quotes.claims.numbers import find_numbers

NUMBERS = [
    ("forty-three", 43, 43),
    ("two hundred and fifty thousand", 250_000, 250_000),
    ("three thousand five hundred and twelve", 3512, 3512),
    ("half a million", 500_000, 500_000),
    ("a hundred", 100, 100),
    ("two dozen", 24, 24),
    ("2.5 billion", 2.5e9, 2.5e9),
    ("1,234,567.89", 1_234_567.89, 1_234_567.89),
    ("12,00,000", 1_200_000, 1_200_000),
    ("3½", 3.5, 3.5),
    ("10k", 10_000, 10_000),
    ("2bn", 2e9, 2e9),
    ("hundreds of thousands", 100_000, 999_000),
    ("several hundred", 200, 1000),
    ("zero", 0, 0),
    ("two and a half", 2.5, 2.5),
    ("two and a half million", 2.5e6, 2.5e6),
    ("3 million and a half", 3.5e6, 3.5e6),
    ("a quarter of a million", 250_000, 250_000),
    ("three quarters of a million", 750_000, 750_000),
    ("twenty-two and three quarters", 22.75, 22.75),
    ("three point two million", 3.2e6, 3.2e6),
    ("one point zero five", 1.05, 1.05),
    ("2 1/2", 2.5, 2.5),
    ("3/4", 0.75, 0.75),
    ("1 234 567", 1_234_567, 1_234_567),
    ("40 000", 40_000, 40_000),
    ("three  hundred and six", 306, 306),
    ("one in 5,000", 0.0002, 0.0002),
    ("one in five hundred", 0.002, 0.002),
    ("1.5e3", 1500, 1500),
    ("three dozens", 36, 36),
]


@pytest.mark.parametrize(("printed", "low", "high"), NUMBERS, ids=[row[0] for row in NUMBERS])
def test_numbers(printed: str, low: float, high: float) -> None:
    (number,) = find_numbers(printed)
    assert (number.start, number.end) == (0, len(printed))
    assert (number.low, number.high) == (low, high)


AMOUNTS = [
    ("$2.5 billion", "money", "USD", 2.5e9, 2.5e9),
    ("£4.5m", "money", "GBP", 4.5e6, 4.5e6),
    ("€2bn", "money", "EUR", 2e9, 2e9),
    ("12 million pesos", "money", "peso", 12e6, 12e6),
    ("US$3 million", "money", "USD", 3e6, 3e6),
    ("9 million pounds", "money", "GBP", 9e6, 9e6),
    ("9 pounds", "measure", "pound", 9, 9),
    ("5 m", "measure", "metre", 5, 5),
    ("5 per cent", "percent", "percent", 5, 5),
    ("5 percentage points", "points", "percentage_point", 5, 5),
    ("25 basis points", "points", "basis_point", 25, 25),
    ("$10 to $15 billion", "money", "USD", 10e9, 15e9),
    ("$200 to $4 million", "money", "USD", 200, 4e6),
    ("10–15 tonnes", "measure", "tonne", 10, 15),
    ("-5%", "percent", "percent", -5, -5),
    ("50 mph", "measure", "mile_per_hour", 50, 50),
    ("0-to-40-mph", "measure", "mile_per_hour", 0, 40),
    ("sub-9 nanometre", "measure", "nanometre", 9, 9),
    ("minus-3.5 degrees", "measure", "degree", -3.5, -3.5),
    ("$10-15", "money", "USD", 10, 15),
    ("between three to 12 weeks", "duration", "week", 3, 12),
    ("142.5p", "money", "penny", 142.5, 142.5),
    ("PS3.1m", "money", "GBP", 3.1e6, 3.1e6),
    ("$US90 million", "money", "USD", 90e6, 90e6),
    ("35 sen", "money", "sen", 35, 35),
    ("12 MPa", "measure", "megapascal", 12, 12),
    ("7 Ghz", "measure", "gigahertz", 7, 7),
    ("60 degrees celsius", "measure", "celsius", 60, 60),
    ("2.5 × 10^3 kg", "measure", "kilogram", 2500, 2500),
    ("2.5×10−3 kg", "measure", "kilogram", 0.0025, 0.0025),
]


@pytest.mark.parametrize(("printed", "kind", "unit", "low", "high"), AMOUNTS, ids=[row[0] for row in AMOUNTS])
def test_amounts(printed: str, kind: str, unit: str, low: float, high: float) -> None:
    (amount,) = find_amounts(printed, [])
    assert amount.unit is not None
    assert (amount.kind, amount.unit.name, amount.low, amount.high) == (kind, unit, low, high)


def test_a_change_and_a_level_are_no_range() -> None:
    amounts = find_amounts("Debt rose by $12bn to $80bn.", [])
    assert [(a.low, a.high) for a in amounts] == [(12e9, 12e9), (80e9, 80e9)]


MAGNITUDES = [
    ("3 B people", 3e9, None),
    ("2.7m regular viewers", 2.7e6, None),
    ("35m of its phones", 35e6, None),
    ("35m from the wall", 35, "metre"),
    ("1080p", None, None),
    ("5k-20k", 5000, None),
    ("a count of 10M.", 10e6, None),
]


@pytest.mark.parametrize(("printed", "value", "unit"), MAGNITUDES, ids=[row[0] for row in MAGNITUDES])
def test_letters_behind_a_number(printed: str, value: float | None, unit: str | None) -> None:
    found = [(a.low, a.unit.name if a.unit else None) for a in find_amounts(printed, [])]
    assert found == ([] if value is None else [(value, unit)])


RATES = [("$3 a year", "year"), ("$3 a year earlier", None), ("1% for every 9 weeks", None), ("3 kV/cm", "centimetre")]


@pytest.mark.parametrize(("printed", "rate"), RATES, ids=[row[0] for row in RATES])
def test_rates(printed: str, rate: str | None) -> None:
    assert find_amounts(printed, [])[0].rate == rate


# sentence, [(printed, value_min, value_max, comparator, direction, unit, role)]
FIGURES = [
    ("The levy cut traffic in the old town by 18%.", [("18%", 18, 18, "=", "down", "percent", "delta")]),
    ("Guards detained more than 6,400 people.", [("6,400", 6400, None, ">", None, "person", "level")]),
    (
        "Inflation slowed from 6.3% to 5.9% in May.",
        [("6.3%", 6.3, 6.3, "=", "down", "percent", "from"), ("5.9%", 5.9, 5.9, "=", "down", "percent", "to")],
    ),
    ("As many as 70 nurses had resigned.", [("70", None, 70, "<=", None, "nurse", "level")]),
    (
        "At least 14 people, including three children, were hurt.",
        [("14", 14, None, ">=", None, "person", "level"), ("three", 3, 3, "=", None, "child", "level")],
    ),
    (
        "The rate rose 0.2 percentage points to 5.1%.",
        [
            ("0.2 percentage points", 0.2, 0.2, "=", "up", "percentage_point", "delta"),
            ("5.1%", 5.1, 5.1, "=", "up", "percent", "to"),
        ],
    ),
    (
        "They sent dozens of trucks and tens of thousands of blankets.",
        [
            ("dozens", 24, 99, "~", None, "truck", "level"),
            ("tens of thousands", 10_000, 99_000, "~", None, "blanket", "level"),
        ],
    ),
    (
        "There were no injuries and only a handful of complaints.",
        [("no", 0, 0, "=", None, "injury", "level"), ("handful", 3, 10, "~", None, "complaint", "level")],
    ),
    (
        "The council voted 31-17 on Monday.",
        [("31", 31, 31, "=", None, "vote", "level"), ("17", 17, 17, "=", None, "vote", "level")],
    ),
    ("Rents have doubled since the spring.", [("doubled", 2, 2, "=", "up", "times", "delta")]),
    ("Traffic has halved since the spring.", [("halved", 0.5, 0.5, "=", "down", "times", "delta")]),
    (
        "The dam costs between $1.5 billion and $2 billion a year.",
        [("$1.5 billion and $2 billion", 1.5e9, 2e9, "range", None, "USD", "level")],
    ),
    (
        "Three out of four teachers support the plan.",
        [("Three out of four", 0.75, 0.75, "=", None, "teacher", "share")],
    ),
    ("One in five children left the school early.", [("One in five", 0.2, 0.2, "=", None, "child", "share")]),
    ("About 60% of voters back the law.", [("60%", 60, 60, "~", None, "percent", "share")]),
    ("Nearly 500 homes burned.", [("500", 500, 500, "~", None, "home", "level")]),
    ("Fewer than 40 homes were damaged.", [("40", None, 40, "<", None, "home", "level")]),
    ("Up to 300 tents were needed.", [("300", None, 300, "<=", None, "tent", "level")]),
    ("The firm cut 500 jobs.", [("500", 500, 500, "=", "down", "job", "delta")]),
    ("Sales were up 5% at the firm.", [("5%", 5, 5, "=", "up", "percent", "delta")]),
    ("Fares are 5% higher than last year.", [("5%", 5, 5, "=", "up", "percent", "delta")]),
    ("The port posted a 12% increase in exports.", [("12%", 12, 12, "=", "up", "percent", "delta")]),
    ("Officials reported a 7% drop in burglaries.", [("7%", 7, 7, "=", "down", "percent", "delta")]),
    ("Turnout was 62%.", [("62%", 62, 62, "=", None, "percent", "level")]),
    ("The fund raised $5 million.", [("$5 million", 5e6, 5e6, "=", None, "USD", "level")]),
    ("Some 10 to 15 people camped there.", [("10 to 15", 10, 15, "~", None, "person", "level")]),
    ("Two or three buses burned.", [("Two or three", 2, 3, "range", None, "bus", "level")]),
    ("The storm killed 50 people or more.", [("50", 50, None, ">=", None, "person", "level")]),
]


@pytest.mark.model
@pytest.mark.parametrize(("sentence", "expected"), FIGURES, ids=[row[0] for row in FIGURES])
def test_figures(nlp: Language, sentence: str, expected: list[tuple[object, ...]]) -> None:
    doc = nlp(sentence)
    figures = [frame_of(doc, q, (0, len(sentence))).figure for q in find_quantities(doc) if not q.passing]
    assert [
        (sentence[f.start : f.end], f.value_min, f.value_max, f.comparator, f.direction, f.unit, f.role)
        for f in figures
    ] == expected


NOT_FIGURES = [
    "The court met on Jan. 20.",
    "She was elected in 2019.",
    "Trains leave at 5:30 p.m. from the station.",
    "Section 230 shields the sites.",
    "Flight 370 vanished.",
    "They boarded a Boeing 737 in Oslo.",
    "He announced a 90-day freeze.",
    "The first ship arrived.",
    "Call 555-0199 for help.",
    "The two leaders shook hands.",
    "The 30-year-old ran away.",
    "Anna Berg, 35, teaches music.",
    "He read about COVID-19 on the train.",
    "It was the music of the 1990s.",
    "It was the lowest level in 30 years.",
    "No one answered.",
    "The story goes on. 1/3.",
    "The talks took place on 3 March 2021.",
]


@pytest.mark.model
@pytest.mark.parametrize("sentence", NOT_FIGURES)
def test_numbers_that_are_no_figures_of_a_claim(nlp: Language, sentence: str) -> None:
    assert [q for q in find_quantities(nlp(sentence)) if not q.passing] == []


@given(st.integers(0, 10**14))
def test_integers_with_separators_come_back(value: int) -> None:
    (number,) = find_numbers(f"{value:,}")
    assert number.low == number.high == value


@given(st.integers(0, 10**9), st.integers(1, 4))
def test_decimals_come_back(value: int, places: int) -> None:
    printed = f"{value / 10**places:,.{places}f}"
    (number,) = find_numbers(printed)
    assert number.low == float(printed.replace(",", ""))
    assert number.step == 10.0**-places


@given(st.text())
def test_numbers_of_any_text_are_ordered_and_inside(text: str) -> None:
    edge = 0
    for number in find_numbers(text):
        assert edge <= number.start < number.end <= len(text)
        assert number.low <= number.high
        edge = number.end


@pytest.mark.model
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="0123456789%$€ ,.-–aehnortw fio\n", max_size=60))
def test_quantities_of_any_text_lie_inside(nlp: Language, text: str) -> None:
    doc = nlp.make_doc(text)
    for name in ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner"):
        doc = nlp.get_pipe(name)(doc)
    for quantity in find_quantities(doc):
        assert 0 <= quantity.start < quantity.end <= len(text)
        assert doc.char_span(quantity.start, quantity.end) is not None
