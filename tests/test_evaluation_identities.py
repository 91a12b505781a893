"""Scoring who is whom across articles."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from quotes.errors import InputError
from quotes.evaluation.identities import Found, Told, evaluate_identities, read_identities, score_identities

GOLD = Path(__file__).resolve().parent / "gold" / "identities" / "mentions.yml"


def told(document: str, identity: str) -> Told:
    return Told(document, "Ana Sol", identity)


def test_pairs_and_b_cubed() -> None:
    gold = [told("1", "a"), told("2", "a"), told("3", "a"), told("4", "b"), told("5", "b")]
    found = {t: Found(speaker, "exact", "why") for t, speaker in zip(gold[:4], ("x", "x", "y", "y"), strict=True)}
    scores = score_identities(gold, found)
    assert (scores["mentions"], scores["unmatched"]) == (5, 1)
    assert scores["pairs"] == {"precision": 0.5, "recall": 0.3333, "f1": 0.4}
    assert scores["b_cubed"] == {"precision": 0.75, "recall": 0.6667, "f1": 0.7059}
    assert {error["document"] for error in scores["false_joins"]} == {"3", "4"}
    assert scores["missed_joins"][0]["document"] == "3", "the name most pairs hang on comes first"


@pytest.mark.parametrize("text", ["", "a: b", "- doc: x", "- {doc: x, text: y, speakers: [z]}", "- ["])
def test_gold_of_another_form_is_refused_in_one_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "gold.yml"
    path.write_text(text)
    with pytest.raises(InputError, match=r"gold\.yml: is no list of \{doc, text, speakers"):
        read_identities(path)


@pytest.mark.model
def test_who_is_whom_across_articles(nlp: Language) -> None:
    """Floors a little under what is reached (docs/quality.md): a false join is worse than a missed one."""
    scores = evaluate_identities(GOLD, nlp)
    for figures in (scores, scores["reversed"]):
        assert figures["pairs"]["precision"] >= 0.99
        assert figures["pairs"]["recall"] >= 0.66
        assert figures["b_cubed"]["precision"] >= 0.98
