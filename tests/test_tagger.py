"""The tagger's own parts: labels, windows, decoding, and the checks on its files."""

from __future__ import annotations

import json
import pickle
import shutil
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from quotes.errors import ModelError
from quotes.quotations.component import get_quotations
from quotes.quotations.page import make_page
from quotes.quotations.tagger.confidence import Calibration
from quotes.quotations.tagger.decoding import decode
from quotes.quotations.tagger.inputs import SIZES, Words, cut, read_words, stack
from quotes.quotations.tagger.model import SHIPPED, TaggerModel, read_card
from quotes.quotations.tagger.scheme import CONTENT, CUE, LABELS, SOURCE, best_paths, mend, paint, spans_of

LABEL_ROWS = st.lists(st.integers(0, LABELS - 1), min_size=1, max_size=30)


def scores_of(labels: list[int]) -> np.ndarray:
    scores = np.full((len(labels), LABELS), -9.0, dtype=np.float32)
    scores[np.arange(len(labels)), labels] = -0.01
    return scores


def links_of(count: int, links: dict[int, int | None]) -> np.ndarray:
    """Each word of `links` points to another, or to none."""
    scores = np.full((count, count + 1), -9.0, dtype=np.float32)
    for word, target in links.items():
        scores[word, 0 if target is None else target + 1] = -0.01
    return scores


# “We won,” Keller said. = “ We won , ” Keller said
#                         0 1  2   3 4 5      6
QUOTE = [5, 6, 6, 6, 6, 1, 3]


def test_a_painted_attribution_is_read_back() -> None:
    labels = paint(7, [(((5, 6),), ((6, 7),), ((0, 5),))])
    assert labels == QUOTE
    assert [spans_of(labels, role) for role in (SOURCE, CUE, CONTENT)] == [[(5, 6)], [(6, 7)], [(0, 5)]]


def test_a_cue_inside_a_content_cuts_it_in_two() -> None:
    labels = paint(6, [(((2, 3),), ((3, 4),), ((0, 6),))])
    assert labels == [5, 6, 1, 3, 5, 6]


@given(LABEL_ROWS)
def test_the_best_path_of_sure_labels_is_those_labels_mended(labels: list[int]) -> None:
    allowed = mend(list(labels))
    assert best_paths(scores_of(allowed)[None])[0].tolist() == allowed


@given(st.lists(st.lists(st.floats(-5, 0), min_size=LABELS, max_size=LABELS), min_size=1, max_size=20))
def test_no_path_goes_on_with_what_did_not_begin(rows: list[list[float]]) -> None:
    path = best_paths(np.array([rows], dtype=np.float32))[0].tolist()
    assert path == mend(list(path))


def test_content_cue_and_source_are_linked() -> None:
    labels = scores_of(QUOTE)
    (found,) = decode(labels, links_of(7, dict.fromkeys(range(5), 6) | {6: 5}), QUOTE)
    assert (found.content, found.cue, found.source) == (((0, 5),), ((6, 7),), ((5, 6),))
    assert 0 < found.edges <= found.spans <= 1


def test_a_cue_that_points_to_nothing_has_no_source() -> None:
    (found,) = decode(scores_of(QUOTE), links_of(7, dict.fromkeys(range(5), 6) | {6: None}), QUOTE)
    assert (found.cue, found.source) == (((6, 7),), ())


def test_two_pieces_of_one_quotation_have_one_cue() -> None:
    labels = [5, 6, 1, 3, 5, 6]
    links = {0: 3, 1: 3, 3: 2, 4: 3, 5: 3}
    (found,) = decode(scores_of(labels), links_of(6, links), labels)
    assert found.content == ((0, 2), (4, 6))


def test_content_without_a_cue_is_an_attribution_of_its_own() -> None:
    labels = [5, 6, 0, 5, 6]
    found = decode(scores_of(labels), links_of(5, dict.fromkeys((0, 1, 3, 4))), labels)
    assert [f.content for f in found] == [((0, 2),), ((3, 5),)]


def words_of(lengths: list[list[int]]) -> Words:
    """Paragraphs of words with so many pieces each, without any sentence bounds."""
    flat = [count for paragraph in lengths for count in paragraph]
    ends = np.cumsum([0, *(len(paragraph) for paragraph in lengths)]).tolist()
    return Words(
        np.arange(len(flat)),
        tuple((7,) * count for count in flat),
        np.ones((len(flat), len(SIZES)), dtype=np.int64),
        tuple(pairwise(ends)),
        (),
    )


PARAGRAPHS = st.lists(st.lists(st.integers(1, 12), min_size=1, max_size=60), min_size=1, max_size=12)


@given(PARAGRAPHS, st.integers(30, 120), st.integers(0, 3))
@settings(deadline=None)
def test_windows_hold_every_word_once_and_no_more_than_fits(lengths: list[list[int]], size: int, skip: int) -> None:
    words = words_of(lengths)
    windows = cut(words, size=size, skip=skip)
    assert [index for span in windows for index in range(*span)] == list(range(len(words.tokens)))
    batch = stack([(words, span) for span in windows])
    assert batch.ids.shape[1] <= size
    assert [len(firsts) for firsts in batch.firsts] == [end - start for start, end in windows]


def test_short_paragraphs_are_never_cut() -> None:
    words = words_of([[1] * 20] * 10)
    edges = {end for _, end in words.paragraphs}
    assert all(end in edges for _, end in cut(words, size=50))


@pytest.mark.model
def test_marks_read_alike_however_they_are_printed(nlp: Language) -> None:
    def pieces(word: str) -> tuple[int, ...]:
        return tuple(ord(char) for char in word)

    rows = []
    for text in ("“We won,” she said.", '"We won," she said.', "«We won,» she said.", "‘We won,’ she said."):
        with nlp.select_pipes(disable=["quotations", "speakers", "claims"]):
            rows.append(read_words(make_page(nlp(text)), [], pieces).pieces)
    assert rows[0] == rows[1] == rows[2] == rows[3]


def copy_of_model(folder: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, folder / "model"))


def test_a_changed_file_is_not_used(tmp_path: Path) -> None:
    folder = copy_of_model(tmp_path)
    with (folder / "model.onnx").open("ab") as target:
        target.write(b" ")
    with pytest.raises(ModelError, match=r"model\.onnx was changed or cut off"):
        read_card(folder)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    folder = copy_of_model(tmp_path)
    (folder / "tokenizer.json").unlink()
    with pytest.raises(ModelError, match=r"tokenizer\.json cannot be read"):
        read_card(folder)


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="holds no tagger"):
        TaggerModel(tmp_path).card  # noqa: B018


def test_a_model_of_another_format_is_named(tmp_path: Path) -> None:
    folder = copy_of_model(tmp_path)
    card = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    (folder / "model.json").write_text(json.dumps(card | {"format": 99}), encoding="utf-8")
    with pytest.raises(ModelError, match="format 99 is not 1"):
        read_card(folder)


def test_a_model_that_reads_words_otherwise_is_not_used(tmp_path: Path) -> None:
    folder = copy_of_model(tmp_path)
    card = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    card["features"]["values_sha256"] = "0" * 64
    (folder / "model.json").write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(ModelError, match="trained to read words otherwise"):
        read_card(folder)


def test_the_shipped_model_says_where_it_is_from() -> None:
    card = read_card(SHIPPED)
    assert card["encoder"]["name"] == "sentence-transformers/all-MiniLM-L6-v2"
    assert "Apache" in (SHIPPED / "NOTICE").read_text(encoding="utf-8")
    assert sum(path.stat().st_size for path in SHIPPED.iterdir()) < 50_000_000


@pytest.mark.parametrize(("raw", "low", "high"), [(0.0, 0.0, 0.01), (0.5, 0.49, 0.51), (1.0, 0.99, 1.0)])
def test_without_a_calibration_scores_stay_what_they_are(raw: float, low: float, high: float) -> None:
    assert low <= Calibration().apply(raw) <= high


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.1, 3), st.floats(-3, 3))
def test_a_surer_quotation_never_gets_the_lower_score(a: float, b: float, slope: float, offset: float) -> None:
    calibration = Calibration(slope, offset)
    low, high = sorted((a, b))
    assert 0 <= calibration.apply(low) <= calibration.apply(high) <= 1


@pytest.mark.model
def test_words_set_out_as_a_transcript_stay_with_the_rules(tagged: Language) -> None:
    found = get_quotations(tagged("KELLER: Who pays for the bridge?\n\nBRANDT: We all do, in the end."))
    assert [q.method for q in found] == ["transcript", "transcript"]


@pytest.mark.model
def test_a_quotation_of_the_tagger_has_all_its_parts(tagged: Language) -> None:
    text = "The council is expected to vote in May. “We will lose,” Keller told reporters, “and they know it.”"
    (vote, lose) = get_quotations(tagged(text))
    assert (vote.type, vote.act, vote.source) == ("indirect", "thought", ())
    assert (lose.type, lose.act, lose.method) == ("direct", "speech", "tagger")
    assert [text[s:e] for s, e in lose.content] == ["“We will lose,”", "“and they know it.”"]
    assert [text[s:e] for s, e in (*lose.source, *lose.cue)] == ["Keller", "told"]
    assert 0.8 < lose.score <= 1


@pytest.mark.model
def test_a_model_can_be_handed_to_another_process() -> None:
    model = TaggerModel()
    model.pieces("word")
    copy = pickle.loads(pickle.dumps(model))  # noqa: S301
    assert copy.pieces("Keller") == model.pieces("Keller") != ()


@pytest.mark.model
def test_scores_do_not_depend_on_what_else_is_in_the_batch(nlp: Language) -> None:
    model = TaggerModel()
    pages = [
        make_page(nlp(text))
        for text in ("“We won,” Keller said.", "The council said that it was " + "very " * 90 + "late.")
    ]
    words = [read_words(page, [], model.pieces) for page in pages]
    together, alone = model.score(words), [model.score([one])[0] for one in words]
    for left, right in zip(together, alone, strict=True):
        for one, other in zip(left, right, strict=True):
            assert one.path == other.path
