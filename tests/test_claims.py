"""Claims as a specification: a sentence and who says what in, the claims out.

Quotations and speakers are made by hand, so that a failure here is one of this stage.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from quotes.claims.component import find_claims, get_claims, set_claims
from quotes.models import Act, Attribution, Claim, Quotation, Span, Speaker
from quotes.speakers.component import Resolution

pytestmark = pytest.mark.model
NOBODY = Resolution()


def parse(nlp: Language, text: str) -> Doc:
    with nlp.select_pipes(disable=["quotations", "speakers", "claims"]):
        return nlp(text)


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return start, start + len(words)


def quoted(
    text: str, source: str, cue: str, content: str, *, speaker: str | None = None, act: Act = "speech", key: str = "q1"
) -> tuple[Quotation, Resolution]:
    """A quotation made by hand, and its speaker."""
    quotation = Quotation(
        key, "indirect", act, (span_of(text, content),), (span_of(text, cue),), (span_of(text, source),), "hand", 1.0
    )
    if speaker is None:
        return quotation, NOBODY
    made = Speaker(f"s_{speaker}", speaker, "person", (speaker,))
    return quotation, Resolution((made,), (), (Attribution(key, made.id, "name", 1.0),))


def words(doc: Doc, claim: Claim) -> tuple[str, str | None]:
    measured = doc.text[slice(*claim.measured)] if claim.measured else None
    return doc.text[claim.start : claim.end], measured


# sentence, kind, clause, measured; the first claim found, asserted by the article
CLAIMS = [
    (
        "Rents in the capital fell 4% last year.",
        "change",
        "Rents in the capital fell 4% last year",
        "Rents in the capital",
    ),
    ("The mayor opened 12 new clinics.", "quantity", "The mayor opened 12 new clinics", "new clinics"),
    ("Turnout was 62%.", "quantity", "Turnout was 62%", "Turnout"),
    ("The bridge cost $40 million.", "quantity", "The bridge cost $40 million", "bridge"),
    (
        "The ministry spent £4 million on new roads.",
        "quantity",
        "The ministry spent £4 million on new roads",
        "new roads",
    ),
    ("The port posted a 12% increase in exports.", "change", "The port posted a 12% increase in exports", "exports"),
    ("Wages rose by 3% and rents fell by 2%.", "change", "Wages rose by 3%", "Wages"),
    ("Fares doubled in May.", "change", "Fares doubled in May", "Fares"),
    ("Police stopped 43 Danish lorries.", "quantity", "Police stopped 43 Danish lorries", "Danish lorries"),
    ("60% of voters back the law.", "quantity", "60% of voters back the law", "voters"),
    (
        "The army began a sweep, detaining more than 900 people.",
        "quantity",
        "The army began a sweep, detaining more than 900 people",
        "people",
    ),
    (
        "Unemployment hit the highest level since 2008.",
        "rank",
        "Unemployment hit the highest level since 2008",
        "Unemployment",
    ),
    ("Crime is lower than it was in 2019.", "comparison", "Crime is lower than it was in 2019", "Crime"),
]


@pytest.mark.parametrize(("sentence", "kind", "clause", "measured"), CLAIMS, ids=[row[0] for row in CLAIMS])
def test_claims_of_the_article(nlp: Language, sentence: str, kind: str, clause: str, measured: str) -> None:
    doc = parse(nlp, sentence)
    claim = find_claims(doc, [], NOBODY)[0]
    assert claim.kind == kind
    assert words(doc, claim) == (clause, measured)
    assert claim.asserted_by == "article"
    assert [link.speaker for link in claim.assertion] == ["article"]


def test_both_ends_of_a_change_are_one_claim(nlp: Language) -> None:
    doc = parse(nlp, "Inflation slowed from 6.3% to 5.9% in May.")
    (claim,) = find_claims(doc, [], NOBODY)
    assert [(f.role, f.direction) for f in claim.figures] == [("from", "down"), ("to", "down")]


def test_figures_about_different_things_are_two_claims(nlp: Language) -> None:
    doc = parse(nlp, "At least 14 people, including three children, were hurt.")
    claims = find_claims(doc, [], NOBODY)
    assert sorted(words(doc, claim)[1] or "" for claim in claims) == ["children", "people"]
    assert len({claim.id for claim in claims}) == 2


def test_two_clauses_are_two_claims(nlp: Language) -> None:
    doc = parse(nlp, "Wages rose by 3% and rents fell by 2%.")
    assert [words(doc, claim)[0] for claim in find_claims(doc, [], NOBODY)] == ["Wages rose by 3%", "rents fell by 2%"]


def test_an_origin_in_apposition_belongs_to_the_level(nlp: Language) -> None:
    doc = parse(nlp, "The rate stood at 4.2%, up from 3.9% in May.")
    (claim,) = find_claims(doc, [], NOBODY)
    assert [(f.value_min, f.role, f.direction) for f in claim.figures] == [(4.2, "to", "up"), (3.9, "from", "up")]


def test_the_speaker_is_never_what_is_measured(nlp: Language) -> None:
    text = "Berger said that rents fell by 4%."
    quotation, resolution = quoted(text, "Berger", "said", "that rents fell by 4%", speaker="Ida Berger")
    doc = parse(nlp, text)
    (claim,) = find_claims(doc, [quotation], resolution)
    assert words(doc, claim) == ("rents fell by 4%", "rents")
    assert claim.asserted_by == "Ida Berger"


def test_crediting_makes_a_change_and_a_cause(nlp: Language) -> None:
    text = "She credited the city's bus scheme, which began in June, with cutting traffic through the old town by 18%."
    content = text[text.index("the city's") : -1]
    quotation, resolution = quoted(text, "She", "credited", content, speaker="Ida Berger")
    doc = parse(nlp, text)
    claims = {claim.kind: claim for claim in find_claims(doc, [quotation], resolution)}
    assert set(claims) == {"change", "causal"}
    assert words(doc, claims["change"]) == (
        "cutting traffic through the old town by 18%",
        "traffic through the old town",
    )
    assert words(doc, claims["causal"])[0] == content
    (figure,) = claims["change"].figures
    assert (figure.value_min, figure.unit, figure.direction, figure.role) == (18, "percent", "down", "delta")
    for claim in claims.values():
        assert claim.asserted_by == "Ida Berger"
        assert claim.assertion[-1].stance == "credits"
    assert claims["causal"].figures == ()


def test_crediting_without_a_figure_is_a_causal_claim(nlp: Language) -> None:
    doc = parse(nlp, "The scheme is credited with reducing the number of accidents.")
    (claim,) = find_claims(doc, [], NOBODY)
    assert claim.kind == "causal"
    assert words(doc, claim)[1] == "number of accidents"


STANCES = [
    ("Berger denied that as many as 70 nurses had resigned.", "denied", "denies", True, False),
    ("Berger said that 70 nurses had not resigned.", "said", "asserts", True, False),
    ("Berger denied that 70 nurses had not resigned.", "denied", "denies", False, False),
    ("Berger doubted that 70 nurses had resigned.", "doubted", "doubts", False, True),
    ("Berger predicted that 70 nurses would resign.", "predicted", "estimates", False, True),
    ("Berger promised that 70 nurses would return.", "promised", "promises", False, True),
    ("Berger said that 70 nurses may have resigned.", "said", "asserts", False, True),
    ("Berger said that 70 nurses had allegedly resigned.", "said", "asserts", False, True),
]


@pytest.mark.parametrize(("text", "cue", "stance", "denied", "hedged"), STANCES, ids=[row[0] for row in STANCES])
def test_stance_denial_and_hedging(nlp: Language, text: str, cue: str, stance: str, denied: bool, hedged: bool) -> None:
    content = text[text.index("that") : -1]
    quotation, resolution = quoted(text, "Berger", cue, content, speaker="Ida Berger")
    (claim,) = find_claims(parse(nlp, text), [quotation], resolution)
    assert claim.assertion[-1].stance == stance
    assert claim.assertion[-1].cue == cue
    assert (claim.denied, claim.hedged) == (denied, hedged)


def test_a_thought_is_hedged(nlp: Language) -> None:
    text = "Berger expects rents to fall by 4%."
    quotation, resolution = quoted(
        text, "Berger", "expects", "rents to fall by 4%", speaker="Ida Berger", act="thought"
    )
    (claim,) = find_claims(parse(nlp, text), [quotation], resolution)
    assert claim.hedged


def test_a_quotation_without_speaker_is_anonymous(nlp: Language) -> None:
    text = "An aide said that rents fell by 4%."
    quotation, resolution = quoted(text, "An aide", "said", "that rents fell by 4%")
    (claim,) = find_claims(parse(nlp, text), [quotation], resolution)
    assert claim.asserted_by == "anonymous"
    assert "ANON_SOURCE" in {reason.code for reason in claim.reasons}


def test_nested_quotations_make_a_chain_outermost_first(nlp: Language) -> None:
    text = "Berger said the police told her that rents fell by 4%."
    outer, one = quoted(
        text, "Berger", "said", "the police told her that rents fell by 4%", speaker="Ida Berger", key="q1"
    )
    inner, two = quoted(text, "the police", "told", "that rents fell by 4%", speaker="Police", key="q2")
    both = Resolution(one.speakers + two.speakers, (), one.attributions + two.attributions)
    (claim,) = find_claims(parse(nlp, text), [inner, outer], both)
    assert [link.speaker for link in claim.assertion] == ["Ida Berger", "Police"]
    assert claim.asserted_by == "Police"


def test_a_dateline_is_no_part_of_a_claim(nlp: Language) -> None:
    doc = parse(nlp, "PORT AMARO (Meridian) — Police have arrested 1,200 people in the first month.")
    (claim,) = find_claims(doc, [], NOBODY)
    assert doc.text[claim.start : claim.end].startswith("Police have arrested")


@pytest.mark.parametrize(
    ("sentence", "terms"),
    [
        ("The flood killed 35 people in Tessen.", {"die"}),
        ("There were 35 deaths in the Tessen valley.", {"die"}),
        ("Police arrested 80 protesters in Ghent.", {"protester", "arrest", "Ghent"}),
        ("Unemployment in Belgium fell to 5.1%.", {"unemployment", "change", "Belgium"}),
    ],
)
def test_terms_name_the_thing_the_event_and_the_place(nlp: Language, sentence: str, terms: set[str]) -> None:
    claim = find_claims(parse(nlp, sentence), [], NOBODY)[0]
    assert terms <= set(claim.terms)


def test_claims_survive_the_doc(nlp: Language) -> None:
    doc = parse(nlp, "Inflation slowed from 6.3% to 5.9% in May. The mayor opened 12 new clinics.")
    claims = find_claims(doc, [], NOBODY)
    set_claims(doc, claims)
    assert get_claims(Doc(nlp.vocab).from_bytes(doc.to_bytes())) == tuple(claims)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            [
                "rents",
                "fell",
                "by",
                "4%",
                "to",
                "$3bn",
                "from",
                "12",
                "people",
                "and",
                "more",
                "than",
                "two",
                "children",
                "died",
                "credited",
                "with",
                "reducing",
                "crime",
                ".",
                "“",
                "”",
                "the",
                "highest",
                "level",
                "since",
                "2008",
                "no",
                "deaths",
                "half",
                "of",
                "voters",
                "52-48",
                "doubled",
                "€",
                "10-year-old\n",
                "said",
                "that",
            ]
        ),
        max_size=25,
    )
)
def test_offsets_hold_for_any_text(nlp: Language, pieces: list[str]) -> None:
    text = " ".join(pieces)
    doc = parse(nlp, text)
    claims = find_claims(doc, [], NOBODY)
    assert len({claim.id for claim in claims}) == len(claims)
    for claim in claims:
        for start, end in [(claim.start, claim.end), *((f.start, f.end) for f in claim.figures)]:
            span = doc.char_span(start, end)
            assert span is not None
            assert span.text == text[start:end]
        assert all(claim.start <= f.start and f.end <= claim.end for f in claim.figures)
        assert 0 <= claim.check_worthiness <= 1


def test_the_users_document(nlp: Language, shared: object) -> None:
    from pathlib import Path

    doc = nlp((Path(str(shared)) / "data/seed/reuters-2025-02-13.txt").read_text(encoding="utf-8"))
    found = {
        (words(doc, claim)[1], figure.value_min, figure.unit, figure.direction, figure.comparator, claim.asserted_by)
        for claim in get_claims(doc)
        for figure in claim.figures
    }
    gap = "migration through the Darien Gap between Colombia and Panama"
    assert (gap, 90, "percent", "down", "=", "Marco Rubio") in found
    assert ("people", 80_000, "person", None, ">", "article") in found
    assert ("Colombian migrants", 43, "migrant", None, "=", "article") in found
