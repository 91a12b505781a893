"""Quotations in styles that the corpora of US politics lack: a text in, everything quoted in it out.

The texts stand in `tests/gold/styles/`, the conventions in its README.  What is known to fail is listed in
`known_failures.yml` there; a case that no longer fails must leave the list.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest
from spacy.language import Language
from styles import (
    FOLDER,
    KNOWN,
    Case,
    Expected,
    Found,
    cases,
    differences,
    find_span,
    known_failures,
    run,
    scores,
    table,
    wrong_types,
)

from quotes.evaluation.views import View
from quotes.models import Quotation

FLOOR = 0.87
"""Joint F1 over all texts, as shipped; the rules alone reach 0.77."""
HARBOUR = Case(
    "example/harbour",
    "example",
    "Ada said the harbour was open. Ben said it was shut.",
    (
        Expected(((9, 29),), ((4, 8),), ((0, 3),), "indirect", "speech"),
        Expected(((40, 51),), ((35, 39),), ((31, 34),), "indirect", "speech"),
    ),
)


def listed(what: str) -> list:
    """All cases, those known to fail marked so."""
    reasons = known_failures()[what]

    def marks(case: Case) -> list:
        return [pytest.mark.xfail(strict=True, reason=reasons[case.id])] if case.id in reasons else []

    return [pytest.param(case, marks=marks(case), id=case.id) for case in cases()]


every = pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)


# --- the gold itself


def test_there_are_enough_texts_and_no_two_alike() -> None:
    assert len(cases()) >= 90
    assert sum(not case.quotations for case in cases()) >= 10
    for value in ("id", "text"):
        assert max(Counter(getattr(case, value) for case in cases()).values()) == 1


def test_a_file_is_one_style() -> None:
    files = {path.stem for path in FOLDER.glob("*.yml") if path != KNOWN}
    assert files == {case.style for case in cases()}


@every
def test_spans_are_in_order_and_apart(case: Case) -> None:
    for quotation in case.quotations:
        assert quotation.content
        for spans in (quotation.content, quotation.cue, quotation.source):
            assert list(spans) == sorted(spans)
    contents = sorted(span for quotation in case.quotations for span in quotation.content)
    assert all(before[1] <= after[0] for before, after in pairwise(contents))


@every
def test_source_and_cue_stand_outside_the_content(case: Case) -> None:
    view = View(case.text)
    contents = view.ink(tuple(span for quotation in case.quotations for span in quotation.content))
    for quotation in case.quotations:
        assert not contents & view.ink(quotation.cue)
        assert not contents & view.ink(quotation.source)


@every
def test_no_stop_or_comma_behind_a_content_without_marks(case: Case) -> None:
    indirect = (q for q in case.quotations if q.type == "indirect")
    assert [case.text[s:e] for q in indirect for s, e in q.content if re.search(r"[.,]$|^\s|\s$", case.text[s:e])] == []


@every
def test_acts_are_known(case: Case) -> None:
    assert {quotation.act for quotation in case.quotations} <= {"speech", "writing", "thought"}


@pytest.mark.parametrize("case", listed("marks"))
def test_types_agree_with_the_marks(case: Case) -> None:
    assert wrong_types(case) == []


def test_known_failures_are_cases() -> None:
    for rows in known_failures().values():
        assert rows.keys() <= {case.id for case in cases()}


# --- the specification


@pytest.fixture(scope="module")
def found(tagged: Language) -> Found:
    return run(tagged)


@pytest.mark.model
@pytest.mark.parametrize("case", listed("pipeline"))
def test_quotations_of_a_text(found: Found, case: Case) -> None:
    assert differences(case, found[case.id]) == []


@pytest.mark.model
def test_joint_f1_is_not_below_its_floor(found: Found) -> None:
    assert scores(cases(), found)["joint"][2] >= FLOOR, "\n" + table(found)


# --- reading and comparing


@pytest.mark.parametrize(
    ("printed", "span"), [("Ada", (0, 3)), ("said@1", (4, 8)), ("said@2", (35, 39)), ("it was shut", (40, 51))]
)
def test_words_become_offsets(printed: str, span: tuple[int, int]) -> None:
    assert find_span("x", HARBOUR.text, printed) == span


@pytest.mark.parametrize("printed", ["said", "said@3", "said@0", "arb", "Cleo"])
def test_absent_and_ambiguous_words_are_refused(printed: str) -> None:
    with pytest.raises(AssertionError, match="stands there"):
        find_span("x", HARBOUR.text, printed)


def quotation(expected: Expected, **changes: object) -> Quotation:
    values = {name: getattr(expected, name) for name in ("type", "act", "content", "cue", "source")}
    return Quotation(id="q", method="", score=1.0, **{**values, **changes})


ONE, TWO = HARBOUR.quotations


@pytest.mark.parametrize(
    ("found", "lines"),
    [
        pytest.param([quotation(ONE), quotation(TWO)], [], id="right"),
        pytest.param([quotation(TWO), quotation(ONE, content=((9, 30),))], [], id="a-stop-more"),
        pytest.param([quotation(ONE)], ["missed: [it was shut]"], id="missed"),
        pytest.param([quotation(ONE), quotation(TWO, source=())], ["source nobody for [Ben]"], id="another-source"),
        pytest.param(
            [quotation(ONE, content=((13, 29),), type="mixed"), quotation(TWO)],
            ["content [harbour was open] for [the harbour was open], mixed for indirect"],
            id="another-content-and-type",
        ),
        pytest.param(
            [quotation(ONE), quotation(TWO), quotation(ONE, content=((0, 3),))], ["not annotated: [Ada]"], id="too-many"
        ),
    ],
)
def test_differences(found: list[Quotation], lines: list[str]) -> None:
    assert differences(HARBOUR, found) == lines


def test_scores_count_sources_that_overlap() -> None:
    found = {HARBOUR.id: [quotation(ONE), quotation(TWO, source=())]}
    assert scores([HARBOUR], found)["joint"] == (0.5, 0.5, 0.5)
