"""Marks in article text: what the HTML says, and what holds for any marks."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.web.article import passage
from quotes.web.highlight import Mark, highlight, paragraphs

TEXTS = st.text(alphabet="ab <>&\"'\n\t“”🌊é", max_size=60)
SPANS = st.tuples(st.integers(-5, 70), st.integers(-5, 70))
MARKS = st.lists(
    st.builds(
        Mark,
        anchor=st.sampled_from(["", "q1", 'q"2', "c<3"]),
        spans=st.lists(SPANS, min_size=1, max_size=3).map(tuple),
        classes=st.sampled_from(["quotation direct", "claim"]),
        tag=st.sampled_from(["mark", "span", "b"]),
        label=st.sampled_from(["", "1", '"><script>']),
    ),
    max_size=6,
)


class Checker(HTMLParser):
    """Follows open elements; an element closed out of order is an error."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.inside: list[tuple[str, tuple[str, ...]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"p", "mark", "span", "b"}
        self.open.append(tag)
        self.ids += [value for name, value in attrs if name == "id" and value]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.inside.append((data, tuple(self.open)))


def text_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


@given(TEXTS, MARKS)
def test_taking_the_tags_away_gives_back_the_text(text: str, marks: list[Mark]) -> None:
    assert text_of(highlight(text, marks)) == text


@given(TEXTS, MARKS)
def test_any_marks_make_well_formed_html_with_unique_ids(text: str, marks: list[Mark]) -> None:
    checker = Checker()
    checker.feed(highlight(text, marks))
    checker.close()
    assert checker.open == []
    assert len(checker.ids) == len(set(checker.ids))


@given(TEXTS, st.integers(-3, 70), st.integers(-3, 70), MARKS)
def test_a_window_gives_back_its_part_of_the_text(text: str, start: int, end: int, marks: list[Mark]) -> None:
    shown = text_of(highlight(text, marks, window=(start, end)))
    assert shown == text[max(0, start) : max(max(0, start), end)]


@given(TEXTS)
def test_paragraphs_hold_all_that_is_not_blank(text: str) -> None:
    spans = paragraphs(text)
    assert spans == sorted(spans)
    rest = "".join(
        text[a:b] for a, b in zip([0, *(e for _, e in spans)], [*(s for s, _ in spans), len(text)], strict=True)
    )
    assert not rest.strip()


@pytest.mark.parametrize(
    ("text", "marks", "html"),
    [
        pytest.param("a <b>", [], "<p>a &lt;b&gt;</p>", id="plain text is escaped"),
        pytest.param(
            "one two three",
            [Mark("q1", ((0, 7),), "quotation"), Mark("c1", ((4, 13),), "claim", "span")],
            '<p><mark class="quotation" data-mark="q1" id="q1">one '
            '<span class="claim" data-mark="c1" id="c1">two</span>'
            '</mark><span class="claim" data-mark="c1"> three</span></p>',
            id="overlapping marks: one is split and has its id once",
        ),
        pytest.param(
            "one two",
            [Mark("", ((4, 7),), "inner", "b"), Mark("", ((0, 7),), "outer", "span")],
            '<p><span class="outer">one <b class="inner">two</b></span></p>',
            id="the longer mark is outside",
        ),
        pytest.param(
            "one\n\ntwo",
            [Mark("q1", ((0, 8),), "q")],
            '<p><mark class="q" data-mark="q1" id="q1">one</mark></p>\n\n'
            '<p><mark class="q" data-mark="q1">two</mark></p>',
            id="a mark over two paragraphs is closed and opened again",
        ),
        pytest.param("one\ntwo", [], "<p>one</p>\n<p>two</p>", id="without blank lines each line is a paragraph"),
        pytest.param("one\ntwo\n\nthree", [], "<p>one\ntwo</p>\n\n<p>three</p>", id="hard-wrapped lines stay together"),
        pytest.param("ab", [Mark("q1", ((1, 1), (5, 9)), "q")], "<p>ab</p>", id="empty and outside spans show nothing"),
        pytest.param(
            "ab",
            [Mark("q1", ((0, 1),), "q", label="1")],
            '<p><mark class="q" data-mark="q1" id="q1" data-label="1">a</mark>b</p>',
            id="label",
        ),
    ],
)
def test_highlight(text: str, marks: list[Mark], html: str) -> None:
    assert highlight(text, marks) == html


def test_offsets_are_code_points() -> None:
    assert '<mark class="q">wave</mark>' in highlight("🌊🌊 wave", [Mark("", ((3, 7),), "q")])


def test_a_passage_takes_short_neighbours_and_cuts_long_paragraphs() -> None:
    assert passage("One.\n\nTwo.\n\nThree.", (6, 10)) == (0, 18)
    long = "word " * 2_000
    start, end = passage(long, (5_000, 5_010))
    assert start <= 5_000 < 5_010 <= end
    assert end - start < 2_000
