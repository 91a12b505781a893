"""Check-worthiness: the reasons found for a sentence, and how they add up."""

from __future__ import annotations

import pytest
from spacy.language import Language

from quotes.claims.checkworthiness import Evidence, find_reasons, score, weights
from quotes.claims.component import find_claims
from quotes.models import Claim, Reason
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
