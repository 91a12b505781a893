"""Sentences in order of their score against what people found worth checking: reading gold, measures, fitting."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from spacy.language import Language

from quotes.cli import main
from quotes.errors import InputError
from quotes.evaluation.checkworthy import (
    average_precision,
    evaluate_worthiness,
    fit,
    precision_at,
    read_sentences,
)
from quotes.language import load_bare

WORTHY = ["The ferry carried 4,000 people in 2019.", "She voted against the harbour bill.", "Rents rose by 4% in May."]
OTHER = ["Thank you all.", "Do you like boats?", "I hope we talk again.", "Let us be brave."]


def write(path: Path, rows: object) -> Path:
    path.write_text(json.dumps(rows), encoding="utf-8")
    return path


def labelled() -> list[dict]:
    return [{"text": text, "label": 1} for text in WORTHY] + [{"text": text, "label": 0} for text in OTHER]


def test_average_precision_is_the_mean_precision_at_each_worthy_sentence() -> None:
    worthy, scores = np.array([1.0, 0.0, 1.0]), np.array([0.9, 0.8, 0.7])
    assert average_precision(worthy, scores) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision(np.zeros(2), np.array([0.1, 0.2])) is None
    assert precision_at(worthy, scores, 2) == 0.5


def test_fitting_finds_which_reason_speaks_for_and_which_against() -> None:
    held = np.array([[1.0, 0.0], [0.0, 1.0]] * 40)
    base, speaks_for, against = fit(held, held[:, 0])
    assert speaks_for > 0.5 and against < -0.5
    assert abs(base) < 0.5


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ({}, "no list"),
        ([{"text": "Hello."}], "item 1"),
        ([{"text": "Hello.", "label": 2}], "item 1"),
        ([{"text": "Hello.", "label": 1}], "both labels"),
    ],
)
def test_malformed_gold_is_named(tmp_path: Path, rows: object, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_sentences(write(tmp_path / "gold.json", rows))


def test_a_folder_of_debates_is_read_by_file(tmp_path: Path) -> None:
    (tmp_path / "b.tsv").write_text('1\tANN\tSo "what?\t0\n', encoding="utf-8")
    (tmp_path / "a.tsv").write_text("1\tANN\tIt fell by 4%.\t1\n", encoding="utf-8")
    assert [(one.file, one.worthy) for one in read_sentences(tmp_path)] == [("a.tsv", True), ("b.tsv", False)]
    (tmp_path / "c.tsv").write_text("1\tANN\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"c\.tsv, line 1"):
        read_sentences(tmp_path)


@pytest.mark.model
def test_the_command_prints_figures_and_reasons(tmp_path: Path) -> None:
    gold = str(write(tmp_path / "gold.json", labelled()))
    payload = json.loads(CliRunner().invoke(main, ["evaluate", gold, "--format", "checkworthy"]).output)
    assert (payload["sentences"], payload["worthy"]) == (7, 3)
    assert payload["shipped"]["average_precision"] == 1.0
    assert payload["reasons"]["QUESTION"] | {"fitted": None} == {
        "weight": -1.6, "fitted": None, "held": 1, "worthy": 0.0,
    }  # fmt: skip
    shown = CliRunner().invoke(main, ["evaluate", gold, "--format", "checkworthy", "--table"]).output
    assert "7 sentences, 3 worth checking" in shown
    assert CliRunner().invoke(main, ["evaluate", gold, "--format", "checkworthy", "--scope", "all"]).exit_code == 2


@pytest.fixture(scope="module")
def bare() -> Language:
    return load_bare()


@pytest.mark.corpus
@pytest.mark.model
def test_debate_sentences_rank_as_people_ranked_them(bare: Language, shared: Path) -> None:
    gold = shared / "data" / "claimbuster" / "test.json"
    if not gold.is_file():
        pytest.skip("needs ../shared/data/claimbuster, which is not part of the repository")
    assert evaluate_worthiness(gold, bare)["shipped"]["average_precision"] >= 0.8
