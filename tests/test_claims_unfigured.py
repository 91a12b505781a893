"""Claims without a figure as a specification: a sentence in, the kind and words of every claim out.

As many sentences are traps: nothing in them can be looked up, or nobody claims it.
"""

from __future__ import annotations

import pytest
from spacy.language import Language

from quotes.claims.component import get_claims
from quotes.models import Claim

pytestmark = pytest.mark.model

# sentence, kind, thing spoken of; the claim is the whole sentence, and the article's
WHOLE: list[tuple[str, str, str]] = [
    # deeds on record
    ("Governor Ida Berger vetoed the housing bill last year.", "status", "Governor Ida Berger"),
    (
        "The ministry has released the transcripts of the hearing in Port Astor.",
        "status",
        "transcripts of the hearing in Port Astor",
    ),
    ("Anna Holm fired the director of the water agency in March.", "status", "director of the water agency"),
    ("Calderra annexed the two islands after the war.", "status", "Calderra"),
    ("Karl Brandt was indicted by a federal court in June.", "status", "Karl Brandt"),
    ("The curfew was first imposed by President Lund in 1998.", "status", "curfew"),
    ("The governor forced a change in the pension law.", "status", "change in the pension law"),
    ("The Senate opposed the treaty with Calderra.", "status", "treaty with Calderra"),
    # deeds not done
    ("Ida Berger refused to release her tax returns.", "status", "tax returns"),
    ("The senator did not disclose the loan from a casino owner.", "status", "loan from a casino owner"),
    ("The company has never paid federal taxes in Calderra.", "status", "company"),
    # the first, the only
    ("Anna Holm was the first woman to lead the central bank.", "rank", "first woman"),
    ("Karl Brandt remained the only senator to oppose the war in 2003.", "rank", "only senator"),
    ("Karl Brandt is the only candidate who has never held public office.", "rank", "only candidate"),
    (
        "For the first time in its history, Calderra elected a woman as president.",
        "rank",
        "first time in its history",
    ),
    # more and most
    ("Calderra spends more on prisons than any other country in Europe.", "comparison", "Calderra"),
    ("Immigration is higher in Calderra than in Denmark.", "comparison", "Immigration"),
    ("Anna Holm and Karl Brandt are tied in the polls.", "comparison", "Anna Holm"),
    ("Anna Holm leads Karl Brandt among women.", "comparison", "Anna Holm"),
    (
        "Calderra became the largest exporter of copper in the world.",
        "rank",
        "largest exporter of copper in the world",
    ),
    # causes
    ("The drought led to a shortage of wheat in Calderra.", "causal", "shortage of wheat in Calderra"),
    (
        "The reform resulted in longer prison sentences for drug offenses.",
        "causal",
        "longer prison sentences for drug offenses",
    ),
    (
        "The mine caused the deaths of several workers in Calderra last year.",
        "causal",
        "deaths of several workers in Calderra",
    ),
    # rules and states
    ("Employers are required by law to report accidents.", "rule", "Employers"),
    (
        "Under federal law, foreign citizens of Calderra cannot donate money to campaigns.",
        "rule",
        "foreign citizens of Calderra",
    ),
    ("The party's rules give the chairman authority to call a vote.", "rule", "party's rules"),
    (
        "A change of the constitution requires a majority of both houses of Congress.",
        "rule",
        "change of the constitution",
    ),
    ("The bank is being investigated by prosecutors in Lisbon.", "status", "bank"),
    ("Calderra has been in breach of the fisheries treaty since January.", "status", "Calderra"),
    ("The Lisbon agency has no authority over the elections in the islands.", "status", "Lisbon agency"),
    # what rises or falls, what most or none do
    ("Unemployment in Calderra has fallen since the election.", "change", "Unemployment in Calderra"),
    (
        "Karl Brandt's lead over Anna Holm has narrowed since January.",
        "change",
        "Karl Brandt's lead over Anna Holm",
    ),
    ("In Calderra most states have banned the pesticide since 2015.", "status", "most states"),
    ("No president has ever pardoned a relative in Calderra.", "status", "president"),
]

# sentence, kind, words of the claim, who asserts it
PART: list[tuple[str, str, str, str]] = [
    (
        '"Karl Brandt raised taxes on small businesses," Ida Berger said.',
        "change",
        "Karl Brandt raised taxes on small businesses",
        "Ida Berger",
    ),
    (
        "Ida Berger said that Karl Brandt had voted against the amendment.",
        "vote",
        "Karl Brandt had voted against the amendment",
        "Ida Berger",
    ),
    (
        '"Karl Brandt once called the climate treaty a hoax," Ida Berger said.',
        "status",
        "Karl Brandt once called the climate treaty a hoax",
        "Ida Berger",
    ),
    (
        "Karl Brandt, who signed the border treaty in 1994, leads the party.",
        "status",
        "Karl Brandt, who signed the border treaty in 1994",
        "article",
    ),
    (
        "The plan failed, said Anna Holm, the first woman to lead the central bank of Calderra.",
        "rank",
        "Anna Holm, the first woman to lead the central bank of Calderra",
        "article",
    ),
    (
        "Anna Holm, who once praised the climate treaty, voted against it.",
        "status",
        "Anna Holm, who once praised the climate treaty",
        "article",
    ),
]

TRAPS: list[str] = [
    # what came with the day
    "Governor Ida Berger held a rally in Port Astor on Tuesday.",
    "Karl Brandt released a statement on Monday.",
    "Karl Brandt was introduced by the mayor of Lisbon on Tuesday.",
    "Ida Berger took the stage at noon.",
    "The president opened the debate with a joke.",
    "Ida Berger called Karl Brandt on Monday.",
    # how reporters tell who said what
    "The minister declined to comment on the investigation.",
    "Ida Berger praised the nurses of the hospital.",
    "He criticized what she called a failure.",
    # oneself, private people
    "I voted for my brother in every school election.",
    "My grandmother never owned a car.",
    "My costs are lower than those of the company in Lisbon.",
    "Ida Berger, 52, a retired teacher, supported Karl Brandt in June.",
    "Carl Lund voted for Karl Brandt in June.",
    "A voter who supports Anna Holm waited outside.",
    # not yet, or only if
    "If the senate passes the bill, the governor will sign it.",
    "The governor would veto the housing bill.",
    "The government should ban the pesticide.",
    "Anna Holm wants to cut taxes.",
    "Anna Holm promised to cut taxes.",
    "There is little chance of Karl Brandt being prosecuted.",
    # asked and told to do
    "Did the governor veto the housing bill?",
    "Why did the senate approve the treaty with Calderra?",
    "Nobody knows whether the senate approved the deal.",
    "Sign the treaty now.",
    # opinions
    "He is the only man who can save the party.",
    "She is the best mayor we ever had.",
    "Berger's best argument is the treaty with Calderra.",
    "The plan is more important than the budget.",
    "Calderra is lovelier than any other country in Europe.",
    "Karl Brandt won the hearts of the crowd.",
    "Karl Brandt did not just lose an election.",
    "Most immigrants want to agree with the mayor.",
    # firsts and lasts in passing
    "It was the first step on a long road.",
    "It was the last time she saw her brother in Lisbon.",
    "He met Anna Holm for the first time in Lisbon in 1996.",
    "It was not the first time that Karl Brandt slept in Lisbon.",
    "It was the first time that Karl Brandt met the governor in Lisbon.",
    # words that look alike
    "Ida Berger cut the wall of the prison in Lisbon open with a saw.",
    "Ida Berger never asked the police in Lisbon for permission.",
    "Several senators declined to discuss the latest report on Calderra.",
    "Karl Brandt called the governor of Calderra to congratulate him.",
    "Ida Berger was led astray by the police in Lisbon.",
    "Had Karl Brandt signed the border treaty with Calderra, the war would be over.",
    "The brief order of the court in Lisbon gave no reasons for the ban.",
    "They spoke of the pastor held prisoner in Calderra since 2012.",
    "They hope that for the first time in history Calderra elects a woman.",
    "They are leading up to the vote.",
    "The referee is being treated unfairly.",
    "This led to a long talk about music.",
    "He has no idea what the law says.",
]


def unfigured(nlp: Language, text: str) -> list[Claim]:
    return [claim for claim in get_claims(nlp(text)) if not claim.figures]


@pytest.mark.parametrize(("text", "kind", "measured"), WHOLE, ids=[row[0][:50] for row in WHOLE])
def test_a_claim_of_the_article(tagged: Language, text: str, kind: str, measured: str) -> None:
    (claim,) = unfigured(tagged, text)
    assert claim.kind == kind
    assert text[claim.start : claim.end] == text.removesuffix(".")
    assert claim.measured and text[slice(*claim.measured)] == measured
    assert claim.asserted_by == "article"
    assert not claim.denied and not claim.hedged


@pytest.mark.parametrize(("text", "kind", "clause", "asserted_by"), PART, ids=[row[0][:50] for row in PART])
def test_a_claim_in_a_part_of_the_sentence(
    tagged: Language, text: str, kind: str, clause: str, asserted_by: str
) -> None:
    claims = unfigured(tagged, text)
    found = [(claim.kind, text[claim.start : claim.end], claim.asserted_by) for claim in claims]
    assert (kind, clause, asserted_by) in found


@pytest.mark.parametrize("text", TRAPS, ids=[text[:50] for text in TRAPS])
def test_nothing_to_look_up(tagged: Language, text: str) -> None:
    assert [text[claim.start : claim.end] for claim in unfigured(tagged, text)] == []


def test_what_has_a_figure_is_claimed_once(tagged: Language) -> None:
    claims = get_claims(tagged("The governor cut taxes by 4% last year."))
    assert [claim.kind for claim in claims] == ["change"]


def test_what_is_only_reported_of_a_deed_is_hedged(tagged: Language) -> None:
    text = "Ida Berger said Karl Brandt reportedly signed the border treaty in Lisbon in 1994."
    assert [claim.hedged for claim in unfigured(tagged, text)] == [True]
