"""Quotation marks: which stretches a text has, in the cases that fool simple pairing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.paragraphs import find_paragraphs
from quotes.quotations.marks import Quoted, find_quoted


def stretches(text: str) -> list[Quoted]:
    return find_quoted(text, find_paragraphs(text))


def words(text: str) -> list[str]:
    return [text[q.start : q.end] for q in stretches(text)]


CASES = [
    pytest.param('"One two," he said. "Three."', ['"One two,"', '"Three."'], id="straight"),
    pytest.param("“One two,” he said. “Three.”", ["“One two,”", "“Three.”"], id="curly"),
    pytest.param("''One two,'' he said. ''Three.''", ["''One two,''", "''Three.''"], id="doubled-apostrophes"),
    pytest.param("``One two,'' he said.", ["``One two,''"], id="backticks"),
    pytest.param("He called it «a gift» and „a joke”.", ["«a gift»", "„a joke”"], id="guillemets-and-low"),
    pytest.param("“He’s late; it’s the workers’ fault,” she said.", ["“He’s late; it’s the workers’ fault,”"],
                 id="apostrophes-inside"),
    pytest.param("The workers' hall and the dogs' home aren't open.", [], id="only-apostrophes"),
    pytest.param("It was the '90s, 'twas cold, and rock 'n' roll was young.", [], id="elisions"),
    pytest.param("‘I won’t go,’ she said. ‘It’s late.’", ["‘I won’t go,’", "‘It’s late.’"], id="single-main-marks"),
    pytest.param("‘We know the workers’ plans are good,’ she said.", ["‘We know the workers’ plans are good,’"],
                 id="possessive-in-single-marks"),
    pytest.param("'I won't go home,' she said.", ["'I won't go home,'"], id="straight-single-main-marks"),
    pytest.param("“He said, ‘Go home,’ and I went,” she said.", ["“He said, ‘Go home,’ and I went,”"], id="nested"),
    pytest.param("'They told us \"no\" again,' he said.", ["'They told us \"no\" again,'"], id="double-in-single"),
    pytest.param("“Say “yes” twice,” she said.", ["“Say “yes” twice,”"], id="nested-same-marks"),
    pytest.param("He is 6'2\" tall. \"I am tall,\" he said.", ['"I am tall,"'], id="inches"),
    pytest.param('A 12" pipe costs $3. "Cheap," he said.', ['"Cheap,"'], id="inch-mark-alone"),
    pytest.param("“Stray. “Go home,” he said.", ["“Go home,”"], id="stray-opening-mark"),
    pytest.param('Go home," he said. "Now."', ['"Now."'], id="stray-closing-mark"),
    pytest.param('He said:"Yes."', ['"Yes."'], id="no-space-before"),
    pytest.param('—"Yes"—', ['"Yes"'], id="between-dashes"),
    pytest.param('She said " yes " and left.', ['" yes "'], id="spaces-inside"),
    pytest.param("", [], id="empty"),
    pytest.param('"', [], id="one-mark"),
    pytest.param('"\n"', [], id="marks-in-two-paragraphs"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_the_outermost_stretches_are_found(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_an_unclosed_mark_runs_to_the_end_of_its_paragraph_only() -> None:
    text = 'He said "this and left.\nShe said "that" and stayed.'
    assert words(text) == ['"this and left.', '"that"']
    assert [q.closed for q in stretches(text)] == [False, True]


def test_a_paragraph_left_open_goes_on_in_the_next_that_opens_with_a_mark() -> None:
    text = "“We lost the house.\n\n“We lost the car,” she said."
    assert [(q.closed, q.continues) for q in stretches(text)] == [(False, True), (True, False)]


def test_a_paragraph_left_open_does_not_go_on_in_narration() -> None:
    assert [q.continues for q in stretches("“We lost the house.\n\nShe wept.")] == [False]


def test_a_stray_mark_spoils_no_other_paragraph() -> None:
    clean = '"One two," he said.'
    assert words(f'A stray " mark here\n{clean}\n{clean}')[-2:] == ['"One two,"', '"One two,"']


def test_a_text_with_few_single_marks_keeps_double_ones_as_main() -> None:
    text = 'The \'new town hall project\' is late. "It is very late," he said. "It costs too much."'
    assert words(text) == ['"It is very late,"', '"It costs too much."']


MARKED = st.text(alphabet="ab S.,:\n\r\"'“”‘’«»„`-——6", max_size=120)


@given(MARKED)
def test_stretches_are_ordered_disjoint_and_inside_one_paragraph(text: str) -> None:
    paragraphs = find_paragraphs(text)
    found = find_quoted(text, paragraphs)
    for q in found:
        first, last = paragraphs[q.paragraph]
        assert first <= q.start < q.end <= last
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(MARKED, st.sampled_from(['"', "“", "”", "''"]))
def test_a_mark_in_one_paragraph_changes_no_double_stretch_of_another(text: str, mark: str) -> None:
    line = text.translate(dict.fromkeys(map(ord, "'‘’`‚‹›"))).replace("\n", " ").replace("\r", " ")
    other = 'A "b c d e" f.'
    assert '"b c d e"' in words(f"x{mark} {line}\n{other}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("„Wir kommen“, sagte er.", ["„Wir kommen“"], id="german"),
        pytest.param("»Wir kommen alle«, sagte sie.", ["»Wir kommen alle«"], id="guillemets-pointing-in"),
        pytest.param("«Nous venons», dit-elle. « Oui », dit-il.", ["«Nous venons»", "« Oui »"], id="guillemets-out"),
        pytest.param("He told of ‘sheer contempt’ by all.", ["‘sheer contempt’"], id="two-words-in-single-marks"),
        pytest.param(
            "‘He said “no way at all” and left,’ she said.",
            ["‘He said “no way at all” and left,’"],
            id="double-within-the-only-single",
        ),
        pytest.param(
            "“It’s ‘the best thing made’, he told us,” she said.",
            ["“It’s ‘the best thing made’, he told us,”"],
            id="single-within-the-only-double",
        ),
    ],
)
def test_marks_of_other_houses(text: str, expected: list[str]) -> None:
    assert words(text) == expected
