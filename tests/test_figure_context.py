"""What a figure has from the words around it: shared units, bounds of conversions, groups that are only named."""

from __future__ import annotations

import pytest
from spacy.language import Language

from quotes.claims.figures import find_quantities
from quotes.claims.frames import frame_of

pytestmark = pytest.mark.model

Row = tuple[str, float | None, float | None, str, str | None]
"""Printed words, `value_min`, `value_max`, comparator, unit."""

SENTENCES: list[tuple[str, list[Row]]] = [
    # A conversion is bounded as what it converts.
    (
        "The engine makes just under 200 hp (149 kW).",
        [("200 hp", None, 200, "<", "horsepower"), ("149 kW", None, 149, "<", "kilowatt")],
    ),
    (
        "The walkers covered more than 12 miles (19 km).",
        [("12 miles", 12, None, ">", "mile"), ("19 km", 19, None, ">", "kilometre")],
    ),
    (
        "The wall is 12 feet (3.7 metres) high.",
        [("12 feet", 12, 12, "=", "foot"), ("3.7 metres", 3.7, 3.7, "=", "metre")],
    ),
    # The unit is not said again.
    (
        "The clinic treated 81 patients in May, compared with 57 a year before.",
        [("81", 81, 81, "=", "patient"), ("57", 57, 57, "=", "patient")],
    ),
    (
        "The index rose 35 points to 2,910.",
        [("35", 35, 35, "=", "point"), ("2,910", 2910, 2910, "=", "point")],
    ),
    (
        "The budget was $40 million against $35 million in 2019.",
        [
            ("$40 million", 40e6, 40e6, "=", "USD"),
            ("$35 million", 35e6, 35e6, "=", "USD"),
        ],
    ),
    ("The list names 40,300 who waited for a flat.", [("40,300", 40_300, 40_300, "=", "person")]),
    (
        "Sales rose 12 and 15 percent in the two towns.",
        [("12", 12, 12, "=", "percent"), ("15 percent", 15, 15, "=", "percent")],
    ),
    # Whom it is about, not how much.
    ("The plan taxes the top 1 percent.", []),
    ("Households making $100,000 or more would pay the levy.", []),
    ("The bill needs at least one Democrat.", []),
    ("At least one person was killed.", [("one", 1, None, ">=", "person")]),
    ("The storm cost $3 million or more.", [("$3 million", 3e6, None, ">=", "USD")]),
    # Shares of a few, and of a unit of money.
    ("Eight of 10 voters back the mayor.", [("Eight of 10", 0.8, 0.8, "=", "voter")]),
    ("Five of 11 schools are closed.", [("Five", 5, 5, "=", "school"), ("11", 11, 11, "=", "school")]),
    ("The state pays $4 of every $5 spent on the ferries.", [("$4 of every $5", 0.8, 0.8, "=", None)]),
    ("Pensions take 37 cents of each dollar.", [("37 cents of each dollar", 0.37, 0.37, "=", None)]),
    # Two figures, no range.
    (
        "Voters back the plan by 46 percent to 42 percent.",
        [("46 percent", 46, 46, "=", "percent"), ("42 percent", 42, 42, "=", "percent")],
    ),
    (
        "Parliament rejected the treaty by 210 votes to 180.",
        [("210", 210, 210, "=", "vote"), ("180", 180, 180, "=", "vote")],
    ),
    (
        "Waiting times were cut from 12 weeks to 9.",
        [("12 weeks", 12, 12, "=", "week"), ("9", 9, 9, "=", "week")],
    ),
    ("The poll has a margin of error of plus or minus 4 points.", [("4", 4, 4, "=", "point")]),
    (
        "Turnout was 58%, up 6 points from 2018.",
        [("58%", 58, 58, "=", "percent"), ("6", 6, 6, "=", "percentage_point")],
    ),
    (
        "Cases fell from 12 patients to 9.",
        [("12", 12, 12, "=", "patient"), ("9", 9, 9, "=", "patient")],
    ),
    ("The town has 40 000 houses.", [("40 000", 40_000, 40_000, "=", "house")]),
    ("Growth was three point two percent.", [("three point two percent", 3.2, 3.2, "=", "percent")]),
    (
        "Two-thirds of the firm's 4,500 workers went home.",
        [("Two-thirds", 2 / 3, 2 / 3, "=", "worker"), ("4,500", 4500, 4500, "=", "worker")],
    ),
    ("Arrests rose to 43 last year.", [("43", 43, 43, "=", None)]),
    ("The blast hurt 12 Monday.", [("12", 12, 12, "=", None)]),
    # Magnitudes and bounds.
    (
        "The firms owe hundreds of billions of dollars.",
        [("hundreds of billions of dollars", 1e11, 9.99e11, "~", "USD")],
    ),
    ("Sales surged past $1bn.", [("$1bn", 1e9, None, ">", "USD")]),
    (
        "The bank cut its rate by half a percentage point.",
        [("half a percentage point", 0.5, 0.5, "=", "percentage_point")],
    ),
    ("The walk takes two and a half hours.", [("two and a half hours", 2.5, 2.5, "=", "hour")]),
    ("One and a half million people fled.", [("One and a half million", 1.5e6, 1.5e6, "=", "person")]),
    ("The plank is 2 1/2 inches wide.", [("2 1/2 inches", 2.5, 2.5, "=", "inch")]),
    ("Each dose must be greater than or equal to 40 mg.", [("40 mg", 40, None, ">=", "milligram")]),
    ("Fees must be less than or equal to $90.", [("$90", None, 90, "<=", "USD")]),
    ("Rents exceed $3,000 in most streets.", [("$3,000", 3000, None, ">", "USD")]),
    ("Classes hold at least 12 and at most 30 pupils.", [("12 and at most 30", 12, 30, "range", "pupil")]),
    ("The dams hold between 40 and 60 tonnes of silt.", [("40 and 60 tonnes", 40, 60, "range", "tonne")]),
    ("Support fell by a third", [("a third", 1 / 3, 1 / 3, "=", None)]),
    # None of what a finding, a harm or a loss could have been.
    ("No passengers were hurt.", [("No", 0, 0, "=", "passenger")]),
    ("The audit found no errors.", [("no", 0, 0, "=", "error")]),
    ("There were no deaths.", [("no", 0, 0, "=", "death")]),
    ("The mayor has no plans to resign.", []),
    ("Officials gave no details.", []),
    ("There are no easy answers.", []),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[row[0][:50] for row in SENTENCES])
def test_figures_in_context(nlp: Language, sentence: str, expected: list[Row]) -> None:
    found = [q for q in find_quantities(nlp(sentence)) if not q.passing]
    assert [(sentence[q.start : q.end], q.low, q.high, q.comparator, q.unit) for q in found] == expected


CHANGES = [
    ("The index was up 3 points, or 0.2%.", [("3", "up", "delta"), ("0.2%", "up", "delta")]),
    (
        "Shares of Alba fell 2%, Berg 3% and Carl by 4%.",
        [("2%", "down", "delta"), ("3%", "down", "delta"), ("4%", "down", "delta")],
    ),
    ("The vote was held by 2% or 300 people.", [("2%", None, "level"), ("300", None, "level")]),
    ("Taxes were cut by 12 percent in 2018.", [("12 percent", "down", "delta")]),
    ("Fares will be raised by £5.", [("£5", "up", "delta")]),
    ("The drug cut deaths by a third.", [("a third", "down", "delta")]),
    ("The law was backed by a third of voters.", [("a third", None, "share")]),
    ("Rates rose by a quarter point.", [("a quarter point", "up", "delta")]),
    ("The plant gave up 40 acres.", [("40 acres", None, "level")]),
    ("Wages rose 3%, and rents make up 40% of spending.", [("3%", "up", "delta"), ("40%", None, "share")]),
]


@pytest.mark.parametrize(("sentence", "expected"), CHANGES, ids=[row[0][:50] for row in CHANGES])
def test_changes_said_once(nlp: Language, sentence: str, expected: list[tuple[str, str | None, str]]) -> None:
    doc = nlp(sentence)
    figures = [frame_of(doc, q, (0, len(sentence))).figure for q in find_quantities(doc) if not q.passing]
    assert [(sentence[f.start : f.end], f.direction, f.role) for f in figures] == expected


def test_a_rate_may_stand_behind_the_counted_noun(nlp: Language) -> None:
    (quantity,) = find_quantities(nlp("The lab made 3,000 tests a day."))
    assert (quantity.unit, quantity.rate) == ("test", "day")
