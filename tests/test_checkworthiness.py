"""Check-worthiness: the reasons found for a sentence, and how they add up."""

from __future__ import annotations

import pytest
from spacy.language import Language

from quotes.claims.checkworthiness import Evidence, find_reasons, score, weights
from quotes.claims.component import find_claims
from quotes.claims.sentences import reasons_of
from quotes.models import Claim, Figure, Reason
from quotes.speakers.component import Resolution

FLAGS = {"NO_BASE", "NO_TIME_SCOPE", "ANON_SOURCE"}


def first_claim(nlp: Language, sentence: str) -> Claim:
    with nlp.select_pipes(disable=["quotations", "speakers", "claims"]):
        return find_claims(nlp(sentence), [], Resolution())[0]


REASONS = [
    ("Unemployment fell by 4% in May.", {"HAS_QUANTITY", "IS_CHANGE", "OFFICIAL_TOPIC", "NO_BASE"}),
    ("Police arrested 80,000 people in 2023.", {"HAS_QUANTITY", "MANY_AFFECTED", "OFFICIAL_TOPIC"}),
    ("Crime is lower than it was in 2019.", {"HAS_COMPARISON", "OFFICIAL_TOPIC"}),
    ("The scheme is credited with reducing the number of accidents.", {"CAUSAL_CREDIT"}),
    ("Prices will rise by 4%.", {"FORECAST", "HAS_QUANTITY"}),
    ("Prices may rise by 4%.", {"HEDGED"}),
    ("I bought 12 lemons.", {"PERSONAL_EXPERIENCE"}),
    ("We should hire 12 good teachers.", {"OPINION"}),
    ("Dozens of trucks came.", {"VAGUE_UNIT", "NO_TIME_SCOPE"}),
]


@pytest.mark.model
@pytest.mark.parametrize(("sentence", "codes"), REASONS, ids=[row[0] for row in REASONS])
def test_reasons(nlp: Language, sentence: str, codes: set[str]) -> None:
    claim = first_claim(nlp, sentence)
    assert codes <= {reason.code for reason in claim.reasons}
    assert claim.check_worthiness == score(claim.reasons)
    for reason in claim.reasons:
        assert reason.weight == weights()[reason.code]
        assert reason.span is None or claim.start <= reason.span[0] < reason.span[1] <= claim.end


@pytest.mark.model
@pytest.mark.parametrize(
    ("more", "less"),
    [
        ("Unemployment fell by 4% in May.", "Unemployment may fall by 4% in May."),
        ("Police arrested 80,000 people.", "I saw 12 ducks."),
        ("The budget deficit doubled in May.", "We will buy dozens of hats."),
    ],
)
def test_what_can_be_looked_up_ranks_above_what_cannot(nlp: Language, more: str, less: str) -> None:
    assert first_claim(nlp, more).check_worthiness > first_claim(nlp, less).check_worthiness


@pytest.mark.model
def test_the_comparator_of_a_figure_is_no_comparison(nlp: Language) -> None:
    claim = first_claim(nlp, "Guards detained more than 6,400 people.")
    assert "HAS_COMPARISON" not in {reason.code for reason in claim.reasons}


def test_flags_weigh_nothing_and_everything_else_something() -> None:
    assert {code for code, weight in weights().items() if weight == 0} == FLAGS


def test_every_reason_for_raises_and_every_reason_against_lowers_the_score() -> None:
    base = score(())
    for code, weight in weights().items():
        if code != "BASE" and weight:
            assert (score((Reason(code, weight),)) > base) == (weight > 0)


@pytest.mark.parametrize(
    ("speaker", "source", "codes"),
    [
        (None, "", set()),
        ("", "an official", {"ANON_SOURCE", "POWERFUL_SPEAKER"}),
        ("Ida Berger", "the mayor", {"NAMED_SPEAKER", "POWERFUL_SPEAKER"}),
        ("Ida Berger", "the baker", {"NAMED_SPEAKER"}),
    ],
)
def test_reasons_from_who_speaks(speaker: str | None, source: str, codes: set[str]) -> None:
    found = {reason.code for reason in find_reasons(Evidence((), speaker=speaker, source=source))}
    assert found == codes


SENTENCES = [
    ("Her opponent voted against the harbour bill.", {"RECORD_OF_ACTION", "NAMES_ACTOR", "OFFICIAL_TOPIC"}),
    ("The senator said that the bridge was safe.", {"POSITION_OF_OTHER", "PAST_STATE"}),
    ("We built the new school last year.", {"OWN_RECORD", "TIME_SCOPE"}),
    ("The bridge collapsed in Norway.", {"PAST_EVENT", "NAMES_PLACE"}),
    ("Wages fell because of the tax.", {"CAUSAL_CREDIT", "IS_CHANGE", "SECOND_TOPIC"}),
    ("The rate never moved.", {"STATISTIC", "ABSOLUTE"}),
    ("She runs the oldest bank.", {"ABOUT_OTHER", "HAS_COMPARISON"}),
    ("The report is public.", {"ON_RECORD", "SHORT"}),
    ("Where did the ferry go?", {"QUESTION"}),
    ("Prices will go up.", {"FORECAST"}),
    ("We are going to win.", {"FORECAST"}),
    ("We have to build more ships.", {"ADVICE"}),
    ("They should build more ships.", {"ADVICE"}),
    ("It is a wonderful town.", {"OPINION"}),
    ("I think the ferry is late.", {"OPINION", "ABOUT_SELF"}),
    ("I remember my grandfather.", {"PERSONAL_EXPERIENCE"}),
    ("Good evening and thank you.", {"GREETING"}),
    ("That is a good question to discuss.", {"TALK"}),
    ("Build the bridge.", {"COMMAND"}),
    ("If the ferry sinks, nobody swims.", {"CONDITION"}),
    ("The ferry might sink.", {"HEDGED"}),
]


@pytest.mark.model
@pytest.mark.parametrize(("sentence", "codes"), SENTENCES, ids=[row[0] for row in SENTENCES])
def test_reasons_of_any_sentence(nlp: Language, sentence: str, codes: set[str]) -> None:
    with nlp.select_pipes(disable=["quotations", "speakers", "claims"]):
        reasons = reasons_of(nlp(sentence))
    assert codes <= {reason.code for reason in reasons}
    assert 0 <= score(reasons) <= 1
    assert all(reason.span is None or 0 <= reason.span[0] < reason.span[1] <= len(sentence) for reason in reasons)


@pytest.mark.model
@pytest.mark.parametrize("sentence", [row[0] for row in SENTENCES + REASONS])
def test_a_figure_more_never_lowers_the_score(nlp: Language, sentence: str) -> None:
    with nlp.select_pipes(disable=["quotations", "speakers", "claims"]):
        tokens = list(nlp(sentence))
    last = tokens[-1]
    for comparator in ("=", ">", "~"):
        figure = Figure(last.idx, last.idx + len(last), 900, 1100, comparator, None, "people", "level")
        without, with_one, with_two = (
            score(find_reasons(Evidence(tokens, figures=figures))) for figures in ((), (figure,), (figure, figure))
        )
        assert without <= with_one <= with_two


@pytest.mark.model
def test_an_empty_text_has_no_reasons(nlp: Language) -> None:
    assert reasons_of(nlp.make_doc("")) == ()
