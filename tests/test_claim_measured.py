"""What a figure measures: the noun that a reader would name, with what restricts it, and never a pronoun."""

from __future__ import annotations

import pytest
from claim_rows import claim_rows
from spacy.language import Language

SHARES = [
    # The part, where it is printed as a noun; else the whole.
    ("Nine percent of the town's workers are farmers.", ["quantity | farmers | share = 9 percent | article"]),
    ("Farmers make up nine percent of the town's workers.", ["quantity | Farmers | share = 9 percent | article"]),
    ("Students account for a third of the tenants.", ["quantity | Students | share = 0.3333333333 tenant | article"]),
    (
        "Retirees, who comprise 30 percent of the district, vote early.",
        ["quantity | Retirees | share = 30 percent | article"],
    ),
    ("The district is 30 percent Hispanic.", ["quantity | Hispanic | share = 30 percent | article"]),
    ("Prisons take 20 percent of the state budget.", ["quantity | Prisons | share = 20 percent | article"]),
    (
        "Forty percent of the money to the party came from unions.",
        ["quantity | money to the party | share = 40 percent | article"],
    ),
    (
        "The unemployment rate for young people was 18 percent.",
        ["quantity | unemployment rate for young people | level = 18 percent | article"],
    ),
    ("Only 12 percent said they trusted the government.", ["quantity | - | share = 12 percent | article"]),
]
POLLS = [
    (
        "Miller leads Dale by 46 percent to 42 percent, a new poll found.",
        ["comparison | Miller | share = 46 percent, share = 42 percent | anonymous"],
    ),
    (
        "The poll showed 46 percent for Anna Miller and 42 percent for Carl Dale.",
        [
            "quantity | Anna Miller | share = 46 percent | anonymous",
            "quantity | Carl Dale | share = 42 percent | anonymous",
        ],
    ),
    (
        "46 percent of likely voters support Anna Miller.",
        ["quantity | Anna Miller | share = 46 percent | article"],
    ),
    (
        "Miller has 46 percent and Dale 42 percent.",
        ["quantity | Dale | share = 42 percent | article", "quantity | Miller | share = 46 percent | article"],
    ),
    ("Seventy percent of Americans favor the treaty.", ["quantity | Americans | share = 70 percent | article"]),
    (
        "Anna Miller leads by 5 points among registered voters.",
        ["comparison | Anna Miller | delta = 5 percentage_point | article"],
    ),
    (
        "Anna Miller has a 4-point lead in the survey.",
        ["comparison | lead | level = 4 percentage_point | anonymous"],
    ),
    (
        "The poll has a margin of error of 4 percentage points.",
        ["quantity | margin of error | level = 4 percentage_point | article"],
    ),
    # Points of games and of stocks are no percentage points.
    ("The team won by 12 points.", ["quantity | team | level = 12 point | article"]),
    ("The index fell 300 points.", ["change | index | delta = 300 point down | article"]),
]
PRONOUNS = [
    (
        "The programme is popular, but it costs $5 million a year.",
        ["quantity | programme | level = 5000000 USD | article"],
    ),
    (
        "The prison holds 900 inmates, 60 percent of whom are awaiting trial.",
        ["quantity | inmates | level = 900 inmate | article", "quantity | inmates | share = 60 percent | article"],
    ),
    (
        "The crash killed at least 40 people and injured 60.",
        ["quantity | people | level = 60 person | article", "quantity | people | level >= 40.. person | article"],
    ),
    (
        "Police arrested 30 protesters, 12 of whom were minors.",
        ["quantity | protesters | level = 12 - | article", "quantity | protesters | level = 30 protester | article"],
    ),
    ("He paid $2 million for the house.", ["quantity | house | level = 2000000 USD | article"]),
    ("They borrowed $12 million from a bank.", ["quantity | - | level = 12000000 USD | article"]),
]
RESTRICTED = [
    (
        "Seven of 10 apples eaten in Norway are imported.",
        ["quantity | apples eaten in Norway | share = 0.7 apple | article"],
    ),
    (
        "The army sent 3,000 troops, tanks and aircraft to the border.",
        ["quantity | troops, tanks and aircraft | level = 3000 troop | article"],
    ),
    (
        "The average salary of teachers is $45,000.",
        ["quantity | average salary of teachers | level = 45000 USD | article"],
    ),
    (
        "The city imposed new fees, ranging from 5 percent to 9 percent, on taxis.",
        ["quantity | new fees | level range 5..9 percent | article"],
    ),
    (
        "The minister insulted all Danes — 6 million citizens of one nation.",
        ["quantity | Danes | level = 6000000 citizen | article"],
    ),
]
MONEY_AND_VOTES = [
    (
        "The state spent $40 million on the new stadium.",
        ["quantity | new stadium | level = 40000000 USD | article"],
    ),
    ("The new stadium cost $40 million.", ["quantity | new stadium | level = 40000000 USD | article"]),
    (
        "Clerks make $12 an hour in poor regions.",
        ["quantity | Clerks | level = 12 USD | article"],
    ),
    ("The firm posted a $9 million loss.", ["quantity | loss | level = 9000000 USD | article"]),
    ("Exports climbed past the $2 billion mark.", ["change | Exports | to > 2000000000.. USD up | article"]),
    ("The house passed the bill 60-38.", ["vote | bill | level = 60 vote, level = 38 vote | article"]),
    (
        "The court made a 5-4 decision.",
        ["vote | decision | level = 5 vote, level = 4 vote | article"],
    ),
    ("Rents are twice as high as in 2010.", ["comparison | Rents | level = 2 times | article"]),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [pytest.param(*case, id=case[0][:50]) for case in SHARES + POLLS + PRONOUNS + RESTRICTED + MONEY_AND_VOTES],
)
def test_measured(tagged: Language, text: str, expected: list[str]) -> None:
    assert claim_rows(tagged, text) == sorted(expected)
