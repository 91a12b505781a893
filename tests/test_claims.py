"""Claims as a specification: a sentence in, its figures and who asserts them out."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import DocBin

from quotes.claims.component import get_claims
from quotes.models import Claim

pytestmark = pytest.mark.model

Row = tuple[float | None, float | None, str, str | None, str | None, str]

PERCENT, POINTS, PEOPLE = "percent", "percentage_point", "person"

FIGURES: dict[str, tuple[str, list[Row]]] = {
    "percent": ("Unemployment stood at 8% in May.", [(8, 8, "=", None, PERCENT, "level")]),
    "by percent, intransitive": ("Burglaries fell by 12 percent.", [(12, 12, "=", "down", PERCENT, "delta")]),
    "by percent, transitive": ("The law reduced thefts by 40%.", [(40, 40, "=", "down", PERCENT, "delta")]),
    "from … to is no range": (
        "The rate fell from 8.1% to 7.9%.",
        [(8.1, 8.1, "=", "down", PERCENT, "from"), (7.9, 7.9, "=", "down", PERCENT, "to")],
    ),
    "points are no percent": (
        "The rate rose 0.3 percentage points to 4.2%.",
        [(0.3, 0.3, "=", "up", POINTS, "delta"), (4.2, 4.2, "=", "up", PERCENT, "to")],
    ),
    "more than": ("Police arrested more than 80,000 people.", [(80_000, None, ">", None, PEOPLE, "level")]),
    "a comparator has a scope": (
        "The storm killed at least 35 people, including eight children.",
        [(35, None, ">=", None, PEOPLE, "level"), (8, 8, "=", None, "child", "level")],
    ),
    "up to": ("As many as 200 workers left.", [(None, 200, "<=", None, "worker", "level")]),
    "about": ("About 40 houses burned.", [(40, 40, "~", None, "house", "level")]),
    "money": ("The bridge cost $2.5 billion.", [(2.5e9, 2.5e9, "=", None, "USD", "level")]),
    "a range": (
        "The bridge will cost between $2 million and $3 million.",
        [(2e6, 3e6, "range", None, "USD", "level")],
    ),
    "number words": ("Three ferries sank.", [(3, 3, "=", None, "ferry", "level")]),
    "no dates, years or phone numbers": ("On March 3, 2024 they called 555-0143.", []),
    "no names": ("Boeing 737 crews met on Route 66.", []),
}


@pytest.mark.parametrize(("text", "expected"), FIGURES.values(), ids=FIGURES.keys())
def test_figures(nlp: Language, text: str, expected: list[Row]) -> None:
    found = [
        (f.start, (f.value_min, f.value_max, f.comparator, f.direction, f.unit, f.role))
        for claim in get_claims(nlp(text))
        for f in claim.figures
    ]
    assert [row for _, row in sorted(found)] == expected


def claims_by_kind(nlp: Language, text: str) -> dict[str, Claim]:
    return {claim.kind: claim for claim in get_claims(nlp(text))}


ASSERTED = {
    "nobody else": ("Burglaries fell by 12 percent.", "article"),
    "a speaker": ("Lena Ortiz said burglaries fell by 12 percent.", "Lena Ortiz"),
    "a speaker, quoted": ("“Burglaries fell by 12 percent,” Lena Ortiz said.", "Lena Ortiz"),
    "somebody unnamed": ("A neighbour said burglaries fell by 12 percent.", "anonymous"),
}


@pytest.mark.parametrize(("text", "asserted_by"), ASSERTED.values(), ids=ASSERTED.keys())
def test_who_asserts_it_and_what_is_measured(nlp: Language, text: str, asserted_by: str) -> None:
    claim = claims_by_kind(nlp, text)["change"]
    assert claim.asserted_by == asserted_by == claim.assertion[-1].speaker
    assert claim.measured is not None
    assert text[slice(*claim.measured)].casefold() == "burglaries"


def test_credit_makes_two_claims(nlp: Language) -> None:
    text = "Lena Ortiz credited the new law with reducing thefts in the harbour by 40%."
    claims = claims_by_kind(nlp, text)
    change = claims["change"]
    assert change.asserted_by == claims["causal"].asserted_by == "Lena Ortiz"
    assert [(f.value_min, f.direction, f.role) for f in change.figures] == [(40, "down", "delta")]
    assert text[slice(*(change.measured or (0, 0)))] == "thefts in the harbour"
    assert change.assertion[-1].stance == "credits"


def test_denial_is_kept(nlp: Language) -> None:
    (claim,) = get_claims(nlp("Lena Ortiz denied that as many as 200 workers had left."))
    assert (claim.denied, claim.asserted_by, claim.assertion[-1].stance) == (True, "Lena Ortiz", "denies")


def test_check_worthiness_is_the_sum_of_named_reasons(nlp: Language) -> None:
    strong, weak = (
        get_claims(nlp(text))[0]
        for text in (
            "Interior Minister Stefan Oduya said crime had fallen by 30% since 2023.",
            "“I think I might buy two coats,” a neighbour said.",
        )
    )
    assert {"HAS_QUANTITY", "NAMED_SPEAKER"} <= {reason.code for reason in strong.reasons}
    assert 0 <= weak.check_worthiness < strong.check_worthiness <= 1


def test_claims_survive_storing_the_doc(nlp: Language) -> None:
    doc = nlp(" ".join(text for text, _ in FIGURES.values()))
    stored = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (again,) = DocBin().from_bytes(stored).get_docs(nlp.vocab)
    assert get_claims(again) == get_claims(doc) != ()


@given(st.integers(min_value=1_000, max_value=9_999_999))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_number_with_separators_has_its_value(nlp: Language, value: int) -> None:
    (claim,) = get_claims(nlp(f"The city counted {value:,} visitors."))
    assert [(f.value_min, f.value_max) for f in claim.figures] == [(value, value)]


PIECES = st.sampled_from(
    ["12%", "$3m", "more than", "two", "to", "from", "by", "-", "fell", "people", "said", "\n", ".", "“", "”"]
)


@given(st.lists(PIECES | st.text(max_size=4), max_size=30))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_text_offsets_lie_in_it(nlp: Language, pieces: list[str]) -> None:
    text = " ".join(pieces)
    found = get_claims(nlp(text))
    assert len({claim.id for claim in found}) == len(found)
    for claim in found:
        spans = [(claim.start, claim.end), claim.sentence, *((f.start, f.end) for f in claim.figures)]
        assert all(0 <= start < end <= len(text) for start, end in spans)
