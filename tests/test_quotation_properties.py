"""What holds for the quotations of any text, however broken."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from quotes.models import Quotation, Span
from quotes.quotations.component import Quotations, find_quotations, get_quotations, set_quotations
from quotes.quotations.drafts import Draft
from quotes.quotations.finder import type_of
from quotes.quotations.page import Page, make_page
from quotes.quotations.rules import Rules

pytestmark = pytest.mark.model

WORDS = ["He", "said", "that", "the mayor", "told", "KELLER:", "according to", "reportedly", "is expected to", "a", "lie",
         "“", "”", '"', "''", "``", "‘", "’", "'", ",", ".", ":", "–", "\n", "\n\n", "6'2\"", "don't", "é", "\u00a0", "😀", "“”"]  # fmt: skip
BROKEN = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join) | st.text(max_size=60) | st.text(
    alphabet="ab .,:\n\"'“”‘’", max_size=80
)  # fmt: skip
SAMPLE = """“The bridge is lost,” Keller said. “We will rebuild it.”

Brandt told the council that the toll, which he called “a tax,” was too high, according to minutes.
KELLER: Who pays?
The bridge is expected to reopen in May."""
any_text = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def spans(q: Quotation) -> tuple[tuple[Span, ...], ...]:
    return q.content, q.cue, q.source


@any_text
@given(BROKEN)
def test_spans_are_in_bounds_ordered_and_disjoint(nlp: Language, text: str) -> None:
    for q in get_quotations(nlp(text)):
        assert q.content
        for group in spans(q):
            assert all(0 <= start < end <= len(text) for start, end in group)
            assert all(left[1] <= right[0] for left, right in pairwise(group))


@any_text
@given(BROKEN)
def test_what_is_set_is_what_is_got(nlp: Language, text: str) -> None:
    doc = nlp(text)
    (found,) = find_quotations([doc], Rules())
    set_quotations(doc, found)
    assert list(get_quotations(doc)) == found


@any_text
@given(BROKEN)
def test_ids_are_unique_and_stable(nlp: Language, text: str) -> None:
    doc = nlp(text)
    first = [q.id for q in find_quotations([doc], Rules())[0]]
    assert len(first) == len(set(first))
    assert first == [q.id for q in find_quotations([doc], Rules())[0]]


def test_no_content_is_said_twice(nlp: Language) -> None:
    covered = [i for q in get_quotations(nlp(SAMPLE)) for start, end in q.content for i in range(start, end)]
    assert len(covered) == len(set(covered)) > 0


def test_quotations_come_in_the_order_of_their_content(nlp: Language) -> None:
    starts = [q.content[0][0] for q in get_quotations(nlp(SAMPLE))]
    assert starts == sorted(starts)
    assert len(starts) >= 4


def test_quotations_survive_a_doc_bin(nlp: Language) -> None:
    doc = nlp(SAMPLE)
    packed = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    restored = next(iter(DocBin().from_bytes(packed).get_docs(nlp.vocab)))
    assert get_quotations(restored) == get_quotations(doc) != ()


def test_ids_differ_between_documents(nlp: Language) -> None:
    one, other = (get_quotations(nlp(text)) for text in (SAMPLE, SAMPLE + "\n"))
    assert {q.id for q in one}.isdisjoint({q.id for q in other})


def test_another_finder_can_take_the_place_of_the_rules(nlp: Language) -> None:
    class FirstStretch:
        settings: ClassVar = {"finder": "first stretch"}

        def __call__(self, pages: Sequence[Page]) -> list[list[Draft]]:
            return [[Draft((page.ranges[0],), (), (), "speech", "marks", 0.5)] for page in pages]

    doc: Doc = Quotations(FirstStretch())(nlp(SAMPLE))
    (quotation,) = get_quotations(doc)
    assert (quotation.method, quotation.type, quotation.cue, quotation.source) == ("marks", "direct", (), ())


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(((0, 10),), "direct", id="all-inside"),
        pytest.param(((0, 10), (20, 30)), "mixed", id="half-inside"),
        pytest.param(((20, 30),), "indirect", id="none-inside"),
        pytest.param(((10, 11),), None, id="no-letters"),
    ],
)
def test_type_by_share_of_letters_in_marks(content: tuple[Span, ...], expected: str | None) -> None:
    assert type_of("“abcdefgh” the rest is narrated here", content, [(0, 10)]) == expected


def test_a_page_knows_which_words_are_narrated(nlp: Language) -> None:
    page = make_page(nlp('"No," he said.'))
    assert [token.text for token in page.doc if page.narrated(token.i)] == ["he", "said", "."]


@pytest.mark.parametrize("unit", ['"a ', "“a ", "‘a ", 'He said "', "a, ", "He said that ", "x: "])
def test_long_broken_text_takes_time_in_proportion_to_its_length(nlp: Language, unit: str) -> None:
    """A doubled text may not take much more than twice as long; quadratic rules would take four times."""
    from time import process_time

    def seconds(doc: Doc) -> float:
        times = []
        for _ in range(3):
            start = process_time()
            find_quotations([doc], Rules())
            times.append(process_time() - start)
        return min(times)

    with nlp.select_pipes(enable=[]):
        short, long = nlp.make_doc(unit * 4000), nlp.make_doc(unit * 16000)
    assert seconds(long) < 9 * seconds(short) + 0.05
