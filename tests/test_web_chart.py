"""The picture of a question's answers: each answer in a row of its own, in order, whatever its words and values."""

from __future__ import annotations

import math
from html import unescape
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.web.chart import LEFT, RIGHT, Answer, draw, scale_of, short

WORDS = st.text(st.characters(exclude_categories=["C"]), max_size=30)
VALUES = st.floats(allow_nan=False, min_value=-1e300, max_value=1e300)


@st.composite
def answers(draw_from: st.DrawFn) -> Answer:
    low, high = sorted([draw_from(VALUES), draw_from(VALUES)])
    opened = draw_from(st.sampled_from(["", "low", "high"]))
    return Answer(
        day="2025-03-03",
        figure=draw_from(WORDS),
        low=None if opened == "low" else low,
        high=None if opened == "high" else draw_from(st.sampled_from([low, high])) if opened == "" else high,
        who=draw_from(WORDS),
        outlets=tuple(draw_from(st.lists(WORDS, max_size=3))),
        path="/-/claim/c_1",
        states=tuple(draw_from(st.lists(st.sampled_from(["denied", "hedged", "in conflict"]), unique=True))),
    )


def answer(low: float | None, high: float | None, *states: str) -> Answer:
    return Answer("2025-03-03", "1,200 homes", low, high, "Ana Keller", ("Harbour Post",), "/-/claim/c", states)


def picture(*drawn: Answer) -> ElementTree.Element:
    return ElementTree.fromstring(str(draw(drawn, "How many homes?")))  # noqa: S314 (our own picture)


@given(st.lists(answers(), min_size=1, max_size=8))
def test_every_answer_is_in_the_picture_in_order_and_its_words_are_only_words(drawn: list[Answer]) -> None:
    root = picture(*drawn)
    rows = root.findall("a")
    assert len(rows) == len(drawn)
    tops = [float(row.find("rect").get("y", "")) for row in rows]  # type: ignore[union-attr]
    assert tops == sorted(set(tops))
    for row, given_answer in zip(rows, drawn, strict=True):
        assert f"{given_answer.figure}: {given_answer.who}" in (row.findtext("title") or "")
        assert row.findall("line") or row.findall("circle") or row.findall("svg")
    known = {"svg", "title", "desc", "line", "text", "a", "rect", "tspan", "circle", "path"}
    assert {element.tag for element in root.iter()} <= known
    assert not [name for element in root.iter() for name in element.attrib if name.startswith("on") or name == "style"]


@given(st.lists(answers(), min_size=1, max_size=6), st.lists(VALUES, min_size=2, max_size=6))
def test_greater_values_are_never_farther_left_and_all_are_on_the_picture(
    drawn: list[Answer], values: list[float]
) -> None:
    scale = scale_of(drawn)
    assert scale is not None
    places = [scale.at(value) for value in sorted(values)]
    assert places == sorted(places)
    assert all(LEFT <= place <= RIGHT for place in places)
    assert scale.ticks() == sorted(set(scale.ticks())) and len(scale.ticks()) <= 7


@pytest.mark.parametrize(
    ("low", "high", "states", "shapes"),
    [
        (1200, 1200, (), {"dot": 1}),
        (1200, 1200, ("hedged",), {"ring": 1}),
        (1200, 1200, ("denied",), {"cross": 1}),
        (3, 5, (), {"span": 1, "end": 2}),
        (35, None, (), {"span": 1, "end": 1, "arrow": 1}),
        (None, 35, (), {"span": 1, "end": 1, "arrow": 1}),
        (3, 5, ("denied",), {"span": 1, "end": 2, "cross": 1}),
    ],
)
def test_the_shape_says_what_an_answer_is(
    low: float | None, high: float | None, states: tuple[str, ...], shapes: dict[str, int]
) -> None:
    row = picture(answer(low, high, *states)).find("a")
    assert row is not None
    found = [each.get("class") for each in row.iter() if each.tag in {"line", "circle", "path"}]
    assert {shape: found.count(shape) for shape in found} == shapes


def test_states_are_in_words_too() -> None:
    row = picture(answer(1, 1, "denied", "in conflict")).find("a")
    assert row is not None
    assert "denied · in conflict" in "".join(row.itertext())


def test_values_that_differ_a_thousandfold_share_a_logarithmic_scale() -> None:
    scale = scale_of([answer(3, 3), answer(9000, 9000)])
    assert scale is not None and scale.is_logarithmic
    assert scale.at(300) - scale.at(30) == pytest.approx(scale.at(3000) - scale.at(300))
    assert scale.ticks() == [10, 100, 1000]


def test_nothing_to_draw_is_no_picture() -> None:
    assert draw([], "How many?") == ""
    assert draw([answer(math.inf, None)], "How many?") == ""


@pytest.mark.parametrize(
    ("value", "words"),
    [(1200, "1,200"), (3e6, "3M"), (2.5e9, "2.5bn"), (0.5, "0.5"), (-40, "-40"), (0, "0"), (1e12, "1tn"), (5, "5")],
)
def test_values_of_the_scale_in_few_characters(value: float, words: str) -> None:
    assert short(value) == words


def test_hostile_words_stay_words() -> None:
    html = str(draw([Answer("<b>", "<script>", 1, 1, '"><img onerror=x>', ("&",), '/-/claim/"x')], "<title>"))
    assert "<script>" not in html and "<img" not in html
    assert "<script>" in unescape(html)
