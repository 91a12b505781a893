"""Questions in words: a claim's facts in, the question as a newsroom would ask it out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quotes.claims.answers import ClaimFacts
from quotes.claims.labels import label_of
from quotes.claims.questions import question_of, relate
from quotes.claims.wording import Around, is_many, many, participle, past, with_article

CLAIM = ClaimFacts(
    claim_id="c_1", document_id="d_1", outlet="Courier", published="2025-03-05", text="", measured=None, terms=(),
    unit=None, kind="quantity", direction=None, role="level", value_min=35, value_max=35, comparator="=",
    asserted_by="article", denied=False,
)  # fmt: skip


def asked(text: str, printed: str, unit: str | None, measured: str | None, terms: str = "", **more: object) -> str:
    return label_of(
        replace(
            CLAIM, text=text, sentence=f"{text}.", printed=printed, unit=unit, measured=measured,
            terms=tuple(terms.split()), **more,  # type: ignore[arg-type]
        )
    )  # fmt: skip


COUNTS = [
    ("police in Belport arrested 40 people", "40", "person", "people", "arrest .arrest Belport",
     "How many people were arrested in Belport?"),
    ("19 people were killed near Old Harrow", "19", "person", "people", "die .die Old Harrow",
     "How many people died near Old Harrow?"),
    ("about 700 people were looking for a flat at the end of June", "700", "person", "people", ".look",
     "How many people were looking for a flat?"),
    ("62 of the 70 pupils had been vaccinated, a doctor said", "62", "pupil", "pupils", "pupil .vaccinate",
     "How many of the 70 pupils had been vaccinated?"),
    ("three nurses resigned after the vote", "three", "nurse", "nurses", "nurse .resign", "How many nurses resigned?"),
    ("the Harbour Fund had created 900 jobs since it began", "900", "job", "jobs", "job .create Harbour Fund",
     "How many jobs had the Harbour Fund created?"),
    ("We have created 900 jobs on the coast", "900", "job", "jobs on the coast", "job :coast .create",
     "How many jobs on the coast were created?"),
    ("The union surveyed more than 300 members", "300", "member", "members", "member .survey",
     "How many members did the union survey?"),
    ("it has looked at four ports", "four", "port", "ports", "port .look", "How many ports?"),
    ("the centre deported 40 Norlanders", "40", "norlander", "Norlanders", ".deport Norlanders",
     "How many Norlanders did the centre deport?"),
    ("One baker, who gave no name, left", "One", "baker", "baker", "baker .leave", "How many bakers?"),
    ("between 30 and 50 millimetres of rain", "30 and 50", "millimetre", "rain", "rain",
     "How many millimetres of rain?"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "printed", "unit", "measured", "terms", "label"), COUNTS, ids=[c[-1] for c in COUNTS])
def test_what_is_counted(text: str, printed: str, unit: str, measured: str, terms: str, label: str) -> None:
    assert asked(text, printed, unit, measured, terms) == label


OTHERS = [
    ("homelessness fell by 12%", "12%", "percent", "homelessness", "delta", "down",
     "By how much did homelessness fall?"),
    ("The water rose by two metres", "two metres", "metre", "water", "delta", "up", "By how much did the water rise?"),
    ("owners will pay 3 per cent more property tax", "3 per cent", "percent", "owners", "delta", "up",
     "By how much will property tax rise?"),
    ("the increase of 4%", "4%", "percent", "increase", "delta", "up", "How large was the increase?"),
    ("the unemployment rate fell to 7.9%", "7.9%", "percent", "unemployment rate", "to", "down",
     "What is the unemployment rate?"),
    ("Norland’s unemployment rate was 7.9%", "7.9%", "percent", "Norland’s unemployment rate", "level", None,
     "What is Norland’s unemployment rate?"),
    ("inflation was 2%", "2%", "percent", "inflation", "level", None, "How high is inflation?"),
    ("5 per cent of shoppers will go elsewhere", "5 per cent", "percent", "shoppers", "share", None,
     "What share of shoppers will go elsewhere?"),
    ("half of the cranes were idle", "half", "crane", "cranes", "share", None, "What share of the cranes were idle?"),
    ("The sirens cost $2 million", "$2 million", "USD", "sirens", "level", None, "How much do the sirens cost?"),
    ("the town would get €900,000", "€900,000", "EUR", "town", "level", None, "How much would the town get?"),
    ("the reserves, which stand at £4m", "£4m", "GBP", "reserves", "level", None, "How much are the reserves?"),
    ("it is 10,000", "10,000", None, None, "level", None, "What is the figure?"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "printed", "unit", "measured", "role", "direction", "label"), OTHERS, ids=[row[-1] for row in OTHERS]
)
def test_changes_rates_shares_and_money(
    text: str, printed: str, unit: str | None, measured: str | None, role: str, direction: str | None, label: str
) -> None:
    assert asked(text, printed, unit, measured, "Norland", role=role, direction=direction) == label


@pytest.mark.parametrize(
    ("kind", "measured", "label"),
    [
        ("causal", "burglaries", "Why did burglaries change?"),
        ("vote", "budget", "What was the vote on the budget?"),
        ("rank", "best harvest", "Which is the best harvest?"),
    ],
)
def test_what_has_no_figure(kind: str, measured: str, label: str) -> None:
    facts = {"kind": kind, "role": None, "value_min": None, "value_max": None}
    assert asked(f"so much for the budget and {measured}", "", None, measured, **facts) == label


class TestNames:
    def test_a_short_question_says_where_it_is_asked(self) -> None:
        assert asked("12 people were killed", "12", "person", "people", "die", title="Fire in Old Harrow") == (
            "How many people died?"
        )
        known = "die ^Old ^Harrow"
        assert asked("12 people were killed", "12", "person", "people", known, title="Fire in Old Harrow") == (
            "How many people died in Old Harrow?"
        )

    def test_or_what_news_it_is_of_with_two_names_at_most(self) -> None:
        known = "house ^Tom ^Brandt ^Water ^Board ^Ines ^Kahl"
        title = "Tom Brandt accuses Ines Kahl of misleading Water Board"
        label = asked("nine houses", "nine", "house", "houses", known, title=title)
        assert label == "How many houses, in news of Tom Brandt and Ines Kahl?"

    def test_a_name_in_the_question_is_enough(self) -> None:
        label = asked("Norland’s rate was 3%", "3%", "percent", "Norland’s rate", "Norland ^Belport", title="Belport")
        assert label == "What is Norland’s rate?"


def test_what_has_not_happened_yet_is_told_by_a_verb_or_by_a_word_before() -> None:
    assert asked("20 posts could be cut", "20", "post", "posts", "post .cut") == "How many posts could be cut?"
    label = asked("unemployment is expected to reach 8%", "8%", "percent", "unemployment", "unemployment")
    assert label == "Forecast: how high is unemployment?"


def test_words_make_no_other_question() -> None:
    one = replace(CLAIM, text="police arrested 40 people", printed="40", unit="person", measured="people",
                  terms=("arrest", "Belport"))  # fmt: skip
    other = replace(one, text="40 people were arrested in Belport", printed="40")
    assert question_of(one).id == question_of(other).id
    assert question_of(one).label != question_of(other).label


def test_reasons_say_units_as_people_do() -> None:
    jobs = replace(CLAIM, unit="job", terms=("job",))
    assert relate(jobs, replace(jobs, unit="percentage_point")).why == "different units: jobs and percentage points"
    assert relate(jobs, replace(jobs, rate="year")).why == "different rates: in all and per year"


@pytest.mark.parametrize(
    ("verb", "told", "done"),
    [("create", "created", "created"), ("carry", "carried", "carried"), ("stop", "stopped", "stopped"),
     ("visit", "visited", "visited"), ("take", "took", "taken"), ("build", "built", "built")],
)  # fmt: skip
def test_forms_of_verbs(verb: str, told: str, done: str) -> None:
    assert (past(verb), participle(verb)) == (told, done)


def test_many_of_a_thing() -> None:
    things = ["worker", "member of staff", "family", "jobs on the coast", "woman"]
    assert [many(each) for each in things] == ["workers", "members of staff", "families", "jobs on the coast", "women"]
    assert [is_many(each) for each in ("jobs in Oss", "business", "people")] == [True, False, True]


def test_a_thing_has_the_article_it_has_in_the_text() -> None:
    assert with_article("water", "The water rose") == "the water"
    assert with_article("job", "Each job has cost") == "each job"
    assert with_article("prices", "prices rose") == "prices"


def test_a_pronoun_cannot_be_asked_about() -> None:
    around = Around.of("Two guards contradicted her", "Two")
    assert around is not None
    assert around.predicate("contradict") == ""
    again = Around.of("they had built 40 homes", "40")
    assert again is not None
    assert again.asked_of_subject("build") == ""
    assert Around.of("no figure here", "12") is None
