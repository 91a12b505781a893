"""What the scorer reads: brat files, texts, files of predictions."""

from __future__ import annotations

from pathlib import Path

import pytest
from annotated import BUDGET, BUDGET_GOLD, brat, corpus, no_heads, triple, write_corpus

from quotes.errors import InputError
from quotes.evaluation import read_gold, read_predictions, write_predictions
from quotes.evaluation.polnear import read_annotations
from quotes.evaluation.triples import Triple, triple_from_json, triple_to_json

__all__ = ["corpus", "no_heads"]  # fixtures


def read(tmp_path: Path, lines: str) -> tuple[Triple, ...]:
    path = tmp_path / "x_a1.ann"
    path.write_bytes(lines.encode())
    return read_annotations(path)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            "T1\tSource 0 3\tAda\nT2\tCue 4 8\tsaid\nT3\tContent 9 11\tno\nE1\tContent:T3 Cue:T2 Source:T1",
            [Triple(((0, 3),), ((4, 8),), ((9, 11),))],
            id="source, cue and content",
        ),
        pytest.param(
            "T1\tContent 30 34;10 14\tb a\nT2\tCue 1 2\tx\nE1\tContent:T1 Cue:T2",
            [Triple((), ((1, 2),), ((10, 14), (30, 34)))],
            id="discontinuous content in text order, no source",
        ),
        pytest.param(
            "T1\tContent 50 54\tb\nT2\tContent 10 14\ta\nE1\tContent:T1 Content2:T2",
            [Triple((), (), ((10, 14), (50, 54)))],
            id="Content2 belongs to the same content",
        ),
        pytest.param(
            "T1\tContent 0 9\tone\ntwo\n\nT2\tSource 20 25\tthree\nE1\tContent:T1 Source:T2",
            [Triple(((20, 25),), (), ((0, 9),))],
            id="text of a T-line wraps over a newline",
        ),
        pytest.param(
            "T1\tContent 40 44\tb\nT2\tContent 10 14\ta\nE1\tContent:T1\nE2\tContent:T2",
            [Triple((), (), ((10, 14),)), Triple((), (), ((40, 44),))],
            id="ordered by content",
        ),
        pytest.param(
            "T1\tDiscuss 0 4\ta\nT2\tCue 5 9\tb\nE1\tAttribution:T1 Cue:T2\n#1\tAnnotatorNotes T1\twhy",
            [],
            id="notes and events without content don't count",
        ),
        pytest.param(
            "T1\tContent 0 4\ta\nE1\tContent:T1 Source:T9", [Triple((), (), ((0, 4),))], id="unknown span is left out"
        ),
        pytest.param("", [], id="empty file"),
    ],
)
def test_reads_brat(tmp_path: Path, lines: str, expected: list[Triple]) -> None:
    assert list(read(tmp_path, lines)) == expected


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        ("T1\tContent 0 4\ta\nT2\tContent 5\tb", ":2: "),
        ("T1\tContent x y\ta", ":1: "),
        ("T1\tContent", ":1: "),
        ("T1\tContent 0 4\ta\n\nE1\tContent=T1", ":3: "),
    ],
)
def test_malformed_brat_names_file_and_line(tmp_path: Path, lines: str, place: str) -> None:
    with pytest.raises(InputError, match="x_a1.ann" + place) as raised:
        read(tmp_path, lines)
    assert "\n" not in str(raised.value)


def test_first_annotator_is_gold(corpus: Path) -> None:
    other = corpus / "attributions" / "budget_a0.ann"
    other.write_text(brat(BUDGET, BUDGET_GOLD[:1]))
    assert len(read_gold(corpus)["budget"].attributions) == 1


def test_line_ends_are_kept_because_offsets_count_them(tmp_path: Path) -> None:
    text = "One.\r\nAda said no.\r\n"
    folder = write_corpus(tmp_path / "dev", {"x": (text, [triple(text, ["Ada"], ["said"], ["no"])])})
    document = read_gold(folder)["x"]
    assert document.text == text
    assert [document.text[s:e] for s, e in document.attributions[0].content] == ["no"]


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda folder: (folder / "text" / "budget.txt").unlink(), "budget.txt: cannot be read"),
        (lambda folder: (folder / "text" / "budget.txt").write_bytes(b"caf\xe9"), "is not UTF-8 at byte 3"),
        (lambda folder: (folder / "attributions" / "plain.ann").write_text(""), "name it <document>_<annotator>.ann"),
        (lambda folder: [p.unlink() for p in (folder / "attributions").iterdir()], r"holds no attributions/\*.ann"),
    ],
    ids=["no text", "not UTF-8", "no annotator", "no annotations"],
)
def test_spoiled_corpus(corpus: Path, spoil, message: str) -> None:
    spoil(corpus)
    with pytest.raises(InputError, match=message):
        read_gold(corpus)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "is no JSON"),
        ("[]", 'needs "doc_id"'),
        ('{"doc_id": 3, "attributions": []}', 'needs "doc_id"'),
        ('{"doc_id": "b"}', 'needs "attributions"'),
        ('{"doc_id": "b", "attributions": [7]}', 'needs "content"'),
        ('{"doc_id": "b", "attributions": [{"source": [[0, 1]]}]}', 'needs "content"'),
        ('{"doc_id": "b", "attributions": [{"content": [[1, "2"]]}]}', '"content" must be a list'),
        ('{"doc_id": "b", "attributions": [{"content": [[1, true]]}]}', '"content" must be a list'),
        ('{"doc_id": "b", "attributions": [{"content": [[5, 2]]}]}', '"content" must be a list'),
        ('{"doc_id": "b", "attributions": [{"content": [[1, 2]], "source": [3, 4]}]}', '"source" must be a list'),
        ('{"doc_id": "b", "attributions": [{"content": [[1, 2]], "score": 1.5}]}', '"score" must be a number from 0'),
        ('{"doc_id": "b", "attributions": [{"content": [[1, 2]], "score": true}]}', '"score" must be a number from 0'),
        ('{"doc_id": "b", "attributions": [{"content": [[1, 2]], "score": NaN}]}', '"score" must be a number from 0'),
        ('{"doc_id": "b", "attributions": [{"content": [[1, 2]], "act": "shouts"}]}', '"act" must be one of speech'),
        ('{"doc_id": "a", "attributions": []}', "'a' has a line already"),
    ],
)
def test_malformed_prediction_names_file_and_line(line: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as raised:
        read_predictions("p.jsonl", ['{"doc_id": "a", "attributions": []}', "", line])
    assert str(raised.value).startswith("p.jsonl:3: ")
    assert "\n" not in str(raised.value)


def test_score_and_act_are_kept_where_they_are_known(tmp_path: Path) -> None:
    plain = {"source": None, "cue": None, "content": [[1, 2]]}
    scored = {**plain, "act": "thought", "score": 0.25}
    path = tmp_path / "p.jsonl"
    with path.open("w") as target:
        write_predictions({"a": [plain, scored]}, target)
    found = read_predictions("p", path.read_text().splitlines())
    assert found == {"a": [plain, scored]}
    assert [triple_to_json(triple_from_json(value)) for value in found["a"]] == [plain, scored]
