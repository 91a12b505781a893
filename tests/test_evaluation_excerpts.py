"""The excerpts of the page of errors: which paragraphs are shown, and where marks begin and end."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from quotes.evaluation.excerpts import excerpts, runs, shorten
from quotes.evaluation.triples import Triple


def test_an_excerpt_is_cut_where_marks_change() -> None:
    text = "Nobody asked.\nAda said no, never.\nThe end."
    one = Triple(((14, 17),), ((18, 22),), ((23, 25),))
    other = Triple(((14, 17),), (), ((23, 32),))
    (excerpt,) = excerpts(text, one, other)
    assert excerpt.pieces == (
        ("Ada", "source", "source"),
        (" ", "", ""),
        ("said", "cue", ""),
        (" ", "", ""),
        ("no", "content", "content"),
        (", never", "", "content"),
        (".", "", ""),
    )


def test_paragraphs_between_are_left_out() -> None:
    text = "Ada spoke.\n\nIt rained.\n\n“No.”"
    first, last = excerpts(text, Triple(((0, 3),), (), ((24, 29),)), None)
    assert (first.apart, last.apart) == (False, True)
    assert [piece.text for piece in last.pieces] == ["“No.”"]


def test_long_paragraphs_are_cut_between_words() -> None:
    text = "word " * 300 + "Ada said no. " + "more " * 300
    start = text.index("Ada")
    (excerpt,) = excerpts(text, Triple(((start, start + 3),), (), ((start + 9, start + 11),)), None)
    shown = text[excerpt.start : excerpt.end]
    assert "Ada said no" in shown and len(shown) < 600
    assert excerpt.cut_before and excerpt.cut_after
    assert shown.startswith("word ") and shown.endswith(" more")


TEXTS = st.text(st.sampled_from('ab .\n"<&é'), max_size=60)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, Triple, Triple]:
    text = draw(TEXTS)
    edge = st.integers(0, len(text) + 3)
    spans = st.lists(st.tuples(edge, edge).map(lambda pair: (min(pair), max(pair))), max_size=2).map(tuple)
    return text, *(Triple(draw(spans), draw(spans), draw(spans)) for _ in range(2))


@given(marked())
def test_excerpts_print_the_text_as_it_is(drawn: tuple[str, Triple, Triple]) -> None:
    text, one, other = drawn
    shown = excerpts(text, one, other)
    for excerpt in shown:
        assert "".join(piece.text for piece in excerpt.pieces) == text[excerpt.start : excerpt.end]
        assert all(piece.text for piece in excerpt.pieces)
    for start, end in (*one.content, *other.content):
        inside = {i for i in range(start, min(end, len(text))) if text[i] != "\n"}
        assert inside <= {i for excerpt in shown for i in range(excerpt.start, excerpt.end)}


def test_long_words_lose_their_middle_and_whole_words() -> None:
    assert shorten("a  b\nc") == "a b c"
    assert shorten("first " + "middle " * 60 + "last").startswith("first middle ")
    assert re.fullmatch(r"(first)( middle)+ \[…\] (middle )+last", shorten("first " + "middle " * 60 + "last"))
    assert len(shorten("x" * 1000)) < 200


def test_runs_join_neighbouring_words() -> None:
    text = "no, never again"
    offsets = frozenset({0, 1, *range(4, 9)})
    assert runs(text, offsets) == ["no, never"]
    assert runs(text, offsets | {14}) == ["no, never", "n"]
