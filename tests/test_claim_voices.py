"""Who asserts a figure, sentence by sentence: asserters of all claims in text order, through the whole pipeline."""

from __future__ import annotations

import pytest
from spacy.language import Language

from quotes.claims.component import get_claims

pytestmark = pytest.mark.model

POLL = "A Kelton University poll released in May found that 71 percent of adults wanted the list published. "
KELTON = "Kelton University"

ASSERTERS: dict[str, tuple[str, list[str]]] = {
    # Polls
    "a poll's next sentence": (POLL + "Sixty-two percent of Democrats agreed.", [KELTON, KELTON]),
    "a poll's next paragraph": (POLL + "\n\nTorres leads Walsh by 49 percent to 47 percent.", [KELTON, KELTON]),
    "a poll by its other name": (POLL + "The survey also showed that 12 percent were undecided.", [KELTON, KELTON]),
    "in a poll": ("In a Kelton University survey, 71 percent of Democrats approved of the mayor.", [KELTON]),
    "a lead in a poll": ("Torres leads Walsh by 5 points in a new Kelton University poll.", [KELTON]),
    "a university of a place": (
        "A University of Lima poll out this week shows that 40 percent of voters are undecided.",
        ["University of Lima"],
    ),
    "pollsters in a list": (
        "Averages show a small lead, with PollMetrics showing her ahead 3 points, DataHeads 4.3 points, and StatNation "
        "2.1 points.",
        ["PollMetrics", "DataHeads", "StatNation"],
    ),
    "how a poll was made is told by the article": (
        POLL + "The poll’s margin of error is 3.5 points.",
        [KELTON, "article"],
    ),
    "money beside a poll is not the poll's": (POLL + "Torres has raised $12 million.", [KELTON, "article"]),
    "a share of something else": (POLL + "Last year the city spent 12 percent of its budget on roads.", [KELTON, "article"]),
    "far behind a poll": (
        POLL + "The list is long. It was written in May. Nobody has read it. The city keeps it in a vault. "
        "Torres leads Walsh by 5 percentage points.",
        [KELTON, "article"],
    ),
    "polls that show": (
        "The vote comes after polls by Kelton University that showed that 40 percent of voters were undecided.",
        [KELTON],
    ),
    "votes that were cast": (POLL + "Torres led Walsh by 20 percentage points with most precincts reporting.", [KELTON, "article"]),
    "an election of long ago": (POLL + "Torres won women by 71 percent to 27 percent in 2012.", [KELTON, "article"]),
    "a poll of nobody": ("A new poll found that 40 percent of voters are undecided.", ["anonymous"]),
    # Studies, data, documents
    "a study by scholars of a body": (
        "Emissions fell by 15 percent, according to a study by economists at Kelton University.",
        [KELTON],
    ),
    "scholars at a body": ("Scholars at the Harbor Institute found that the tariff would cost 4 million jobs.", ["Harbor Institute"]),
    "a body's data": ("The town had 90 break-ins in 2009, according to the Coast Guard data.", ["Coast Guard"]),
    "data had from a body": (
        "The town had 90 break-ins in 2009, according to the latest figures from the Coast Guard.",
        ["Coast Guard"],
    ),
    "a report in a newspaper": ("About 40 shops have closed, according to a report in the Lima Register.", ["Lima Register"]),
    "an analysis of data by a body": (
        "Women gave 43 percent of the money, according to an analysis of court data by the Harbor Institute.",
        ["Harbor Institute"],
    ),
    "records speak for nobody": ("Court records show that 12 officers were suspended.", ["article"]),
    "a body's records": ("The hall has 11 exits, according to N.S.B. records.", ["N.S.B."]),
    "a person's records": ("Ana Torres was there. Torres’s records show that she paid $300.", ["article"]),
    "reports that are filed": ("New campaign finance reports show that she paid $300.", ["article"]),
    "her book": ("Ana Torres bought the hall for $8 million, according to her book.", ["Ana Torres"]),
    "records in somebody's words": (
        "Ana Torres said that court records show that 12 officers were suspended.",
        ["Ana Torres"],
    ),
    "a study of nobody": ("One study found that the plan would raise taxes on 8 million families.", ["anonymous"]),
    # People without a name
    "a body's spokesman": ("A spokesman for the Interior Ministry said 40 people were killed.", ["Interior Ministry"]),
    "an aide": ("An aide said that 40 people were killed.", ["anonymous"]),
    "a body's official is not its spokesman": (
        "An official at the Interior Ministry said 40 people were killed.",
        ["anonymous"],
    ),
    "a named spokesman": (
        "Ana Sol, a spokeswoman for the Interior Ministry, said 40 people were killed.",
        ["Ana Sol"],
    ),
    "her campaign": ("Ana Torres raised $33 million, her campaign announced Saturday.", ["Ana Torres"]),
    "her opponents": ("Ana Torres raised $33 million, her opponents said Saturday.", ["anonymous"]),
    "the paper's own we": ("Each week we ask a group of 30 experts who will win.", ["article"]),
    "how many back whom": ("Farmers back her by nearly 30 points.", ["article"]),
    # Words in marks
    "the next paragraph in marks": (
        "“It is too late,” Ana Torres said.\n\n“We have lost 300 jobs in a year.”\n",
        ["Ana Torres"],
    ),
    "an office is an agency": (
        "The tax would cost a family $90 a year, according to the Federal Budget Office. Poor families would pay $20, "
        "the agency said.",
        ["Federal Budget Office", "Federal Budget Office"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ASSERTERS.values(), ids=ASSERTERS)
def test_who_asserts_a_figure(tagged: Language, text: str, expected: list[str]) -> None:
    claims = sorted(get_claims(tagged(text)), key=lambda claim: claim.figures[0].start)
    assert [claim.asserted_by for claim in claims] == expected


@pytest.mark.xfail(
    strict=True, reason="a paragraph in marks behind an attribution is joined to it as a running quotation"
)
def test_an_answer_is_not_the_askers(tagged: Language) -> None:
    (claim,) = get_claims(
        tagged("“How many jobs have you lost?” Ana Torres asked.\n\n“We have lost 300 jobs in a year.”\n")
    )
    assert claim.asserted_by != "Ana Torres"
