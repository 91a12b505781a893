"""The scorer: how contents are typed, paired and counted, and when a source is right."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from annotated import HARBOUR, at, copies, corpus, no_heads, triple

from quotes.errors import InputError
from quotes.evaluation import evaluate
from quotes.evaluation.report import report
from quotes.evaluation.views import View, quoted_intervals

__all__ = ["corpus", "no_heads"]  # fixtures


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('He said "no" twice.', ['"no"']),
        ("He said “no” twice.", ["“no”"]),
        ("He said ''no'' and ``yes''.", ["''no''", "``yes''"]),
        ("He said «no» and „yes”.", ["«no»", "„yes”"]),
        ("It's the mayors' plan, 'he' said.", []),
        ('A "quote open\nanother line', ['"quote open']),
        ("“One “two” three”", ["“One “two”"]),
        ("stray” mark", []),
    ],
)
def test_quoted_intervals(text: str, quoted: list[str]) -> None:
    assert [text[start:end] for start, end in quoted_intervals(text)] == quoted


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (["“may double”"], "direct"),
        (["may double"], "direct"),
        (["the cost “may double” by June"], "mixed"),
        (["two ferries sank"], "indirect"),
        (["We are ready", "The cranes work"], "direct"),
        (["We are ready", "two ferries sank"], "mixed"),
    ],
)
def test_type_of_content(content: list[str], expected: str) -> None:
    view = View(HARBOUR)
    spans = tuple((start, end) for start, end in at(HARBOUR, *content))
    assert view.type_of(view.alnum(spans)) == expected


def test_a_slip_of_five_percent_stays_direct() -> None:
    quoted = '"' + "a" * 95 + '"'
    for outside, expected in ((5, "direct"), (6, "mixed")):
        text = quoted + " " + "b" * outside
        view = View(text)
        assert view.type_of(view.alnum(((0, len(text)),))) == expected


def scores(corpus: Path, heads: Path, predictions: dict[str, list[dict]], **options) -> dict:
    return evaluate(corpus, predictions, heads=heads, **options)["types"]


def test_gold_against_itself_is_perfect(corpus: Path, no_heads: Path) -> None:
    for scope in ("all", "speech"):
        types = scores(corpus, no_heads, copies(), scope=scope)
        for kind, row in types.items():
            for measure in ("exact", "norm", "soft", "tok", "iou50", "joint", "frag"):
                if row["gold"]:
                    assert row[measure] == (1, 1, 1), (scope, kind, measure)
        assert types["all"]["role_source"] == types["all"]["role_cue"] == (1, 1, 1)


def test_nothing_predicted_is_nought(corpus: Path, no_heads: Path) -> None:
    row = scores(corpus, no_heads, {})["all"]
    assert (row["gold"], row["pred"], row["joint"], row["soft"]) == (6, 0, (0, 0, 0), (0, 0, 0))


def test_counts_by_type_and_scope(corpus: Path, no_heads: Path) -> None:
    whole = scores(corpus, no_heads, {})
    assert {kind: row["gold"] for kind, row in whole.items()} == {"direct": 2, "indirect": 3, "mixed": 1, "all": 6}
    speech = scores(corpus, no_heads, {}, scope="speech")
    # "believe" is thought; ":" counts as speech.
    assert {kind: row["gold"] for kind, row in speech.items()} == {"direct": 2, "indirect": 3, "mixed": 0, "all": 5}


def test_marks_and_points_at_the_edge_do_not_matter_but_to_exact(corpus: Path, no_heads: Path) -> None:
    found = copies()
    found["harbour"][1]["content"] = at(HARBOUR, '"We are ready,"', '"The cranes work."')
    row = scores(corpus, no_heads, found)["direct"]
    assert row["norm"] == row["joint"] == row["frag"] == (1, 1, 1)
    assert row["exact"] == (0.5, 0.5, 0.5)


def test_half_a_content_is_still_a_pair_and_less_is_not(corpus: Path, no_heads: Path) -> None:
    found = copies()
    for words, pairs in (("the harbour will", 3), ("the", 2)):  # 14 and 3 of 24 letters
        found["harbour"][0]["content"] = at(HARBOUR, words)
        assert scores(corpus, no_heads, found)["indirect"]["pairs"] == pairs


def test_two_predictions_of_one_gold_make_one_pair(corpus: Path, no_heads: Path) -> None:
    found = copies()
    found["budget"].append(found["budget"][0])
    row = scores(corpus, no_heads, found)["all"]
    assert (row["pred"], row["pairs"]) == (7, 6)
    assert row["joint"] == (6 / 7, 1, pytest.approx(12 / 13))


@pytest.mark.parametrize(
    ("which", "source", "right"),
    [
        (1, ["Ada Brook"], True),
        (1, ["Brook"], True),
        (1, ["Ada"], False),
        (1, [], False),
        (1, ["The mayor"], False),
        (1, ['We are ready," Ada Brook told reporters. "The cranes work."\nOfficials believe'], False),
        (3, [], True),
        (3, ["Officials"], False),
    ],
    ids=["whole", "head", "not the head", "missing", "other", "rambling", "none for none", "one for none"],
)
def test_source(corpus: Path, tmp_path: Path, which: int, source: list[str], right: bool) -> None:
    heads = tmp_path / "heads.json"
    whole, brook = at(HARBOUR, "Ada Brook"), at(HARBOUR, "Brook")
    heads.write_text(json.dumps({"harbour": {json.dumps(whole): brook[0]}}))
    found = copies()
    found["harbour"][which]["source"] = at(HARBOUR, *source) or None
    kind = "direct" if which == 1 else "indirect"
    gold = scores(corpus, heads, {})[kind]["gold"]
    assert scores(corpus, heads, found)[kind]["joint"][1] == (1 if right else (gold - 1) / gold)


def test_source_that_is_no_letters_counts_as_none(corpus: Path, no_heads: Path) -> None:
    found = copies()
    found["harbour"][3]["source"] = at(HARBOUR, ".")
    assert scores(corpus, no_heads, found)["all"]["joint"] == (1, 1, 1)


def test_speech_scope_forgives_predictions_of_what_it_ignores(corpus: Path, no_heads: Path) -> None:
    row = scores(corpus, no_heads, copies(), scope="speech")["all"]
    assert (row["gold"], row["pred"], row["joint"]) == (5, 5, (1, 1, 1))
    invented = {"harbour": [triple(HARBOUR, [], [], ["told reporters"])], "budget": []}
    assert scores(corpus, no_heads, invented, scope="speech")["all"]["pred"] == 1


def test_slices_outlets_and_intervals(corpus: Path, no_heads: Path) -> None:
    metadata = 'filename\tpublisher\nharbour\tThe Quay\nbudget\tLedger "Daily\n'
    (corpus.parent / "metadata.tsv").write_text(metadata)
    found = copies()
    found["budget"] = []
    payload = evaluate(corpus, found, heads=no_heads, slices=True, by_outlet=True, boot=50)
    assert payload["slices"]["type=direct"] == [2, 1, 1]
    assert payload["slices"]["discontinuous direct"] == [1, 1, 1]
    assert payload["slices"]["source null"] == [1, 1, 1]
    assert payload["slices"]["punctuation cue"] == [1, 0, 0]
    assert payload["slices"]["according to"] == [1, 0, 0]
    assert {name: types["all"]["joint"][2] for name, types in payload["outlets"].items()} == {
        'Ledger "Daily': 0,
        "The Quay": 1,
    }
    low, high = payload["types"]["all"]["ci"]["joint"]
    assert low == 0 and high == 1  # resampling two documents draws either one twice
    shown = squeezed(report(payload, "mine"))
    assert "[0-100]" in shown and "| source null | 1 | 100 | 100 |" in shown
    assert "| The Quay | 1 | all | 4 | 4 | 100.0 [100-100] |" in shown
    assert '| Ledger "Daily | 1 | all | 2 | 0 | 0.0 [0-0] |' in shown


def squeezed(table: str) -> str:
    """A table without the blanks that align its columns."""
    return re.sub(" +", " ", table)


@pytest.fixture
def by_outlet(corpus: Path, no_heads: Path) -> dict:
    """The harbour's first source is wrong, and its mixed content is cut short."""
    (corpus.parent / "metadata.tsv").write_text("filename\tpublisher\nharbour\tThe Quay\n")
    found = copies()
    found["harbour"][0]["source"] = at(HARBOUR, "the harbour")
    found["harbour"][2]["content"] = at(HARBOUR, "the cost “may double”")
    return evaluate(corpus, found, heads=no_heads, by_outlet=True, boot=20)


def test_outlets_have_every_figure_by_type(by_outlet: dict) -> None:
    assert set(by_outlet["outlets"]) == {"The Quay", "unknown"}
    quay = by_outlet["outlets"]["The Quay"]
    assert quay["all"]["documents"] == 1
    assert {kind: row["gold"] for kind, row in quay.items()} == {"direct": 1, "indirect": 2, "mixed": 1, "all": 4}
    # Of the two indirect ones one has a source: wrong, so nothing agrees.  The other types' are all right.
    assert {kind: row["role_source"][2] for kind, row in quay.items()} == {
        "direct": 1,
        "indirect": 0,
        "mixed": 1,
        "all": pytest.approx(2 / 3),
    }
    assert {kind: row["role_cue"][2] for kind, row in quay.items()} == dict.fromkeys(quay, 1)
    assert [quay[kind]["joint"][1] for kind in ("direct", "indirect", "mixed", "all")] == [1, 0.5, 1, 0.75]
    assert [quay[kind]["exact"][1] for kind in ("direct", "indirect", "mixed", "all")] == [1, 1, 0, 0.75]
    assert by_outlet["outlets"]["unknown"]["all"]["joint"] == (1, 1, 1)


def test_outlets_have_intervals_of_all_figures(by_outlet: dict) -> None:
    for types in (by_outlet["types"], *by_outlet["outlets"].values()):
        for row in types.values():
            assert {"exact", "soft", "joint", "frag", "role_source", "role_cue"} <= set(row["ci"])
    # One document drawn over and over is always the same.
    quay = by_outlet["outlets"]["The Quay"]["all"]
    for measure, (low, high) in quay["ci"].items():
        figure = quay[measure] if measure == "src_nn" else quay[measure][2]
        assert low == high == pytest.approx(figure), measure


def test_unlinked_spans_of_two_types_count_in_both(corpus: Path, no_heads: Path) -> None:
    found = copies()
    found["harbour"][0]["source"] = found["harbour"][1]["source"]
    (corpus.parent / "metadata.tsv").write_text("filename\tpublisher\n")
    types = evaluate(corpus, found, heads=no_heads, by_outlet=True)["types"]
    # Gold has five sources, The mayor among them; predicted are four different ones, all of them in gold.
    assert types["all"]["role_source"][:2] == (1, 4 / 5)
    assert types["indirect"]["role_source"][:2] == (1, 1 / 2)
    assert types["direct"]["role_source"][:2] == (1, 1)


def test_without_outlets_nothing_is_added_to_the_figures_of_the_reference(corpus: Path, no_heads: Path) -> None:
    payload = evaluate(corpus, copies(), heads=no_heads, boot=5)
    assert list(payload) == ["scope", "documents", "types", "slices"]
    assert set(payload["types"]["direct"]["ci"]) == {"norm", "soft", "iou50", "joint", "src_nn"}
    assert "role_source" not in payload["types"]["direct"]


def test_no_outlets_known(corpus: Path, no_heads: Path) -> None:
    with pytest.raises(InputError, match=r"metadata\.tsv: cannot be read"):
        evaluate(corpus, {}, heads=no_heads, by_outlet=True)
    (corpus.parent / "metadata.tsv").write_text("name\nharbour\n")
    with pytest.raises(InputError, match="needs the columns filename and publisher"):
        evaluate(corpus, {}, heads=no_heads, by_outlet=True)
