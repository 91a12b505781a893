"""Traps of the kinds that news sentences set, through the whole pipeline: sentence in, every claim out."""

from __future__ import annotations

import pytest
from claim_rows import claim_rows
from spacy.language import Language

pytestmark = pytest.mark.model

TRAPS: list[tuple[str, list[str]]] = [
    # percent and points
    (
        "Support for the coalition fell 3 percentage points to 31% in June.",
        ["change | Support for the coalition | delta = 3 percentage_point down, to = 31 percent down | article"],
    ),
    (
        "Exports grew 7%, while imports shrank by 2%.",
        ["change | Exports | delta = 7 percent up | article", "change | imports | delta = 2 percent down | article"],
    ),
    # from/to and ranges
    (
        "Average rents climbed from $900 to $1,100 in two years.",
        ["change | Average rents | from = 900 USD up, to = 1100 USD up | article"],
    ),
    (
        "The fee will be between 20 and 30 euros.",
        ["quantity | fee | level range 20..30 EUR | article | hedged | forecast"],
    ),
    ("The storm destroyed 300 to 400 homes.", ["quantity | homes | level range 300..400 home | article"]),
    # comparators
    (
        "At least 14 miners, among them two brothers, were trapped.",
        ["quantity | brothers | level = 2 brother | article", "quantity | miners | level >= 14.. miner | article"],
    ),
    (
        "More than 60 schools and three hospitals were damaged.",
        ["quantity | hospitals | level = 3 hospital | article", "quantity | schools | level > 60.. school | article"],
    ),
    ("The fund paid up to $5 million for the land.", ["quantity | land | level <= ..5000000 USD | article"]),
    ("Nearly 40% of teachers work part time.", ["quantity | teachers | share ~ 40 percent | article"]),
    # speaker as measured
    (
        "The mayor, Ida Berger, said crime had dropped by 12%.",
        ["change | crime | delta = 12 percent down | Ida Berger"],
    ),
    (
        "Ida Berger told reporters on Monday that the city had lost 4,000 jobs.",
        ["change | jobs | delta = 4000 job down | Ida Berger"],
    ),
    ('"We have built 900 flats," Ida Berger said.', ["quantity | flats | level = 900 flat | Ida Berger"]),
    ("Crime has dropped by 12%, Ida Berger said.", ["change | Crime | delta = 12 percent down | Ida Berger"]),
    # denial
    (
        "Ida Berger denied that 70 nurses had resigned.",
        ["quantity | nurses | level = 70 nurse | Ida Berger denies | denied"],
    ),
    (
        "Ida Berger rejected reports that 40 prisoners had escaped.",
        ["quantity | prisoners | level = 40 prisoner | Ida Berger denies | denied"],
    ),
    (
        "Ida Berger said that rents had not risen by 10%.",
        ["change | rents | delta = 10 percent up | Ida Berger | denied"],
    ),
    ("The company did not lose 500 customers.", ["change | customers | delta = 500 customer down | article | denied"]),
    # multipliers
    ("The number of patients has doubled since 2019.", ["change | number of patients | delta = 2 times up | article"]),
    ("Prices have tripled in a year.", ["change | Prices | delta = 3 times up | article"]),
    ("The budget was halved.", ["change | budget | delta = 0.5 times down | article"]),
    # vague
    ("Hundreds of farmers blocked the road.", ["quantity | farmers | level ~ 100..999 farmer | article"]),
    (
        "Tens of thousands of people marched through the capital.",
        ["quantity | people | level ~ 10000..99000 person | article"],
    ),
    ("A handful of shops reopened.", ["quantity | shops | level ~ 3..10 shop | article"]),
    # none
    # ratios
    ("One in five pupils misses school.", ["quantity | pupils | share = 0.2 pupil | article"]),
    ("Three out of four drivers wear seat belts.", ["quantity | drivers | share = 0.75 driver | article"]),
    ("A third of the houses are empty.", ["quantity | houses | share = 0.3333333333 house | article"]),
    # scores and votes
    ("The council voted 9-4 to close the airport.", ["vote | council | level = 9 vote, level = 4 vote | article"]),
    # superlatives
    ("Inflation is at its highest level since 1991.", ["rank | Inflation | - | article"]),
    ("The river fell to its lowest level in 60 years.", ["rank | river | - | article"]),
    # polls
    (
        "Sixty percent of voters oppose the plan, according to a Gallup poll.",
        ["quantity | voters | share = 60 percent | Gallup"],
    ),
    ("A Gallup poll showed that 60% of voters oppose the plan.", ["quantity | voters | share = 60 percent | Gallup"]),
    (
        "Ida Berger cited a Gallup poll showing that 60% of voters oppose the plan.",
        ["quantity | voters | share = 60 percent | Ida Berger > Gallup"],
    ),
    (
        "Trust in the police fell to 38%, a Gallup poll found.",
        ["change | Trust in the police | to = 38 percent down | Gallup"],
    ),
    # transitive direction
    ("The new law reduced road deaths by 15%.", ["change | road deaths | delta = 15 percent down | article"]),
    ("The bank raised its fees by 8%.", ["change | fees | delta = 8 percent up | article"]),
    ("The factory slashed emissions by 30%.", ["change | emissions | delta = 30 percent down | article"]),
    ("Drought pushed up wheat prices by 11%.", ["change | wheat prices | delta = 11 percent up | article"]),
    # rates
    ("The port handles 4,000 containers a day.", ["quantity | containers | level = 4000 container | article"]),
    (
        "The plan would cost $2 billion a year.",
        ["quantity | plan | level = 2000000000 USD | article | hedged | forecast"],
    ),
    # causal
    (
        "Ida Berger credited the curfew with cutting burglaries by 20%.",
        [
            "causal | burglaries | - | Ida Berger credits",
            "change | burglaries | delta = 20 percent down | Ida Berger credits",
        ],
    ),
    (
        "Ida Berger blamed the strike for a 5% fall in output.",
        ["causal | output | - | Ida Berger credits", "change | output | delta = 5 percent down | Ida Berger credits"],
    ),
    (
        "The tax helped cut smoking by 9%.",
        ["causal | smoking | - | article", "change | smoking | delta = 9 percent down | article"],
    ),
    (
        "The flood led to a 12% rise in food prices.",
        ["causal | food prices | - | article", "change | food prices | delta = 12 percent up | article"],
    ),
    (
        "Thanks to the new tunnel, journey times fell by 25%.",
        ["causal | journey times | - | article", "change | journey times | delta = 25 percent down | article"],
    ),
    (
        "Tourism fell by 30% because of the war.",
        ["causal | Tourism | - | article", "change | Tourism | delta = 30 percent down | article"],
    ),
    # forecasts, promises, estimates
    (
        "The bank expects inflation to fall to 2% next year.",
        ["change | inflation | to = 2 percent down | anonymous estimates | hedged | forecast"],
    ),
    (
        "Ida Berger promised to build 5,000 homes.",
        ["quantity | homes | level = 5000 home | Ida Berger promises | hedged | forecast"],
    ),
    (
        "Ida Berger predicted that unemployment would rise to 9%.",
        ["change | unemployment | to = 9 percent up | Ida Berger estimates | hedged | forecast"],
    ),
    (
        "The ministry estimated that 3,000 people had fled.",
        ["quantity | people | level = 3000 person | anonymous estimates | hedged"],
    ),
    ("The dam could displace 2,000 people.", ["quantity | people | level = 2000 person | article | hedged"]),
    ("Spending will rise by 6% next year.", ["change | Spending | delta = 6 percent up | article | hedged | forecast"]),
    # nested
    (
        "According to figures from the Interior Ministry, Ida Berger said, arrests fell by 6%.",
        ["change | arrests | delta = 6 percent down | Ida Berger > Interior Ministry"],
    ),
    (
        "Ida Berger said the police had told her that burglaries fell by 6%.",
        ["change | burglaries | delta = 6 percent down | Ida Berger > anonymous"],
    ),
    (
        "Ida Berger doubted that 300 jobs had been created.",
        ["quantity | jobs | level = 300 job | Ida Berger doubts | hedged"],
    ),
    (
        "Ida Berger questioned whether 300 jobs had been created.",
        ["quantity | jobs | level = 300 job | Ida Berger doubts | hedged"],
    ),
    (
        "Ida Berger disputed that rents had fallen by 10%.",
        ["change | rents | delta = 10 percent down | Ida Berger denies | denied"],
    ),
    (
        "Ida Berger pledged that taxes would fall by 10%.",
        ["change | taxes | delta = 10 percent down | Ida Berger promises | hedged | forecast"],
    ),
    (
        "Ida Berger vowed to cut taxes by 10%.",
        ["change | taxes | delta = 10 percent down | Ida Berger promises | hedged | forecast"],
    ),
    (
        "The Interior Ministry projected that crime would fall by 4%.",
        ["change | crime | delta = 4 percent down | Interior Ministry estimates | hedged | forecast"],
    ),
    # unfigured
    ("The senator is under investigation for fraud.", ["status | senator | - | article"]),
    ("Karl Brandt has been charged with murder.", ["status | Karl Brandt | - | article"]),
    ("The bridge remains closed.", ["status | bridge | - | article"]),
    ("The law requires landlords to register their flats.", ["rule | law | - | article"]),
    ("The law bans smoking in parks.", ["rule | law | - | article"]),
    ("Anna Holm voted against the bill.", ["vote | bill | - | article"]),
    ("The council approved the plan.", ["vote | plan | - | article"]),
    ("The program helped reduce poverty.", ["causal | poverty | - | article"]),
    ("The cuts led to a fall in enrolment.", ["causal | enrolment | - | article"]),
    (
        "Fewer than 200 of the 1,500 seats were sold.",
        ["quantity | seats | level < ..200 seat | article", "quantity | seats | level = 1500 seat | article"],
    ),
    (
        "Turnout was 58%, up 6 points from 2018.",
        ["change | Turnout | to = 58 percent up, delta = 6 percentage_point up | article"],
    ),
    (
        "The central bank cut its rate by half a percentage point to 4%.",
        ["change | rate | delta = 0.5 percentage_point down, to = 4 percent down | article"],
    ),
    (
        "Waiting times were cut from 12 weeks to 9.",
        ["change | Waiting times | from = 12 week down, to = 9 week down | article"],
    ),
    (
        "No passengers were hurt.",
        ["quantity | passengers | level = 0 passenger | article"],
    ),
    (
        "The audit found no errors.",
        ["quantity | errors | level = 0 error | article"],
    ),
    ("Lisbon is the largest city in Portugal.", ["rank | largest city in Portugal | - | article"]),
    ("Exports hit a record high.", ["rank | Exports | - | article"]),
    ("The reservoir is at its lowest level since 1976.", ["rank | reservoir | - | article"]),
    (
        "It was the most expensive election in the country's history.",
        ["rank | most expensive election in the country's history | - | article"],
    ),
    ("She is the best cook I know.", []),
    ("He set a record last night.", []),
]

KNOWN_FAILURES: list[tuple[str, list[str], str]] = [
    (
        "Parliament rejected the treaty by 210 votes to 180.",
        ["vote | treaty | level = 210 vote, level = 180 vote | article"],
        "the votes are taken for what is measured, not the bill",
    ),
    ("The drug is banned in Denmark.", ["status | drug | - | article"], "the tagger takes banned for a cue"),
]


@pytest.mark.parametrize(("text", "expected"), TRAPS, ids=[text[:50] for text, _ in TRAPS])
def test_trap(tagged: Language, text: str, expected: list[str]) -> None:
    assert claim_rows(tagged, text) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(text, expected, marks=pytest.mark.xfail(strict=True, reason=why), id=text[:50])
        for text, expected, why in KNOWN_FAILURES
    ],
)
def test_trap_not_yet_avoided(tagged: Language, text: str, expected: list[str]) -> None:
    assert claim_rows(tagged, text) == sorted(expected)
