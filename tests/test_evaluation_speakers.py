"""Speakers against speakers given by hand: what is right, wrong, missing or false, and what is not judged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from annotated import at
from click.testing import CliRunner

from quotes.cli import main
from quotes.errors import InputError
from quotes.evaluation.speakers import GoldSpeaker, fold_name, identity, judge, read_speakers

TEXT = (
    'Ana Torres said the ferry sails. "It pays," she said. An aide said it leaks. '
    "The mayor wants two. Both men doubt that it floats."
)
CONTENTS = ("the ferry sails", "It pays", "it leaks", "two", "it floats")


def gold(content: str, form: str, speaker: str | None, **more: object) -> dict:
    return {"doc_id": "ferry", "content": at(TEXT, content), "form": form, "speaker": speaker} | more


GOLD = [
    gold("the ferry sails", "name", "Ana Torres", also=["Torres"]),
    gold("It pays", "pronoun", "Ana Torres"),
    gold("it leaks", "description", None),
    gold("two", "description", "Ana Torres"),
    gold("it floats", "collective", None, any=True),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "ferry.txt").write_text(TEXT)
    (tmp_path / "gold.json").write_text(json.dumps({"items": GOLD}))
    return tmp_path


def payload(folder: Path, *speakers: str | None) -> dict:
    rows = [{"content": at(TEXT, c), "speaker": s} for c, s in zip(CONTENTS, speakers, strict=False)]
    return identity(*judge(read_speakers(folder / "gold.json"), {"ferry": rows}, {"ferry": TEXT}))


@pytest.mark.parametrize(
    ("speakers", "form", "outcome"),
    [
        (["Torres"], "name", "right"),
        (["TORRES"], "name", "right"),
        (["Ana Torres", "Ana Torres"], "pronoun", "right"),
        (["Ana Torres", None], "pronoun", "missing"),
        (["Ana Torres", "Torres"], "pronoun", "wrong"),
        ([None, None, None, "Paul Hale"], "description", "wrong"),
    ],
)
def test_known_speakers_by_form(folder: Path, speakers: list, form: str, outcome: str) -> None:
    row = payload(folder, *speakers)["forms"][form]
    assert (row["items"], row["paired"], row[outcome]) == (1, 1, 1)
    assert row["accuracy"] == (outcome == "right")


@pytest.mark.parametrize(("speaker", "outcome"), [(None, "right"), ("Ana Torres", "false")])
def test_a_name_for_nobody_is_false(folder: Path, speaker: str | None, outcome: str) -> None:
    row = payload(folder, None, None, speaker)["nobody"]
    assert (row["items"], row["paired"], row[outcome]) == (1, 1, 1)


def test_what_is_open_is_neither_known_nor_nobody(folder: Path) -> None:
    figures = payload(folder, *["Ana Torres"] * 5)
    assert figures["items"] == 5
    assert figures["forms"]["all"]["items"] + figures["nobody"]["items"] == 4


def test_a_missed_quotation_counts_end_to_end_only(folder: Path) -> None:
    figures = payload(folder, "Ana Torres")
    assert figures["forms"]["pronoun"] == {
        "items": 1, "paired": 0, "right": 0, "wrong": 0, "missing": 0, "false": 0, "accuracy": None,
    }  # fmt: skip
    assert figures["end_to_end"]["direct"] == [0, 0, 0]
    assert figures["end_to_end"]["indirect"] == [1, 1 / 4, 2 / 5]


@pytest.mark.parametrize(
    ("one", "other"),
    [("The FBI", "FBI"), ("Donald J. Trump", "donald j trump"), ("José Núñez", "Jose Nunez"), ("Clinton’s", "Clinton")],
)
def test_names_are_compared_folded(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


def test_speakers_of_the_tracker_go_with_its_predictions(folder: Path, nlp) -> None:
    from quotes.evaluation.predictions import predict

    rows = predict({"ferry": TEXT}, nlp)["ferry"]
    assert [(row["speaker"], row["speaker_method"]) for row in rows[:2]] == [
        ("Ana Torres", "name"),
        ("Ana Torres", "pronoun"),
    ]


def test_command(folder: Path) -> None:
    rows = [{"content": at(TEXT, c), "speaker": "Ana Torres"} for c in CONTENTS]
    (folder / "pred.jsonl").write_text(json.dumps({"doc_id": "ferry", "attributions": rows}))
    arguments = [str(folder / "gold.json"), "--format", "speakers", "--texts", str(folder)]
    result = CliRunner().invoke(main, ["evaluate", *arguments, "--pred", str(folder / "pred.jsonl"), "--table"])
    assert result.exit_code == 0, result.output
    assert "| nobody" in result.output and "| content and speaker right" in result.output


def test_command_needs_the_texts(folder: Path) -> None:
    result = CliRunner().invoke(main, ["evaluate", str(folder / "gold.json"), "--format", "speakers"])
    assert result.exit_code == 2 and "--texts" in result.output


@pytest.mark.parametrize(
    ("item", "problem"),
    [
        ({"content": [[0, 1]], "form": "name", "speaker": "A"}, "doc_id"),
        ({"doc_id": "x", "content": [[0, 1]], "form": "noun", "speaker": "A"}, "form"),
        ({"doc_id": "x", "content": [[0, 1]], "form": "name", "speaker": 7}, "speaker"),
        ({"doc_id": "x", "content": [[3, 1]], "form": "name", "speaker": "A"}, "content"),
        ({"doc_id": "x", "form": "name", "speaker": "A"}, "content"),
    ],
)
def test_malformed_gold_is_named(tmp_path: Path, item: dict, problem: str) -> None:
    path = tmp_path / "gold.json"
    path.write_text(json.dumps({"items": [item]}))
    with pytest.raises(InputError, match=f"item 1.*{problem}"):
        read_speakers(path)


def test_content_of_gold_is_not_empty() -> None:
    assert GoldSpeaker("x", ((0, 1),), "name", "Ana Torres", ("Torres",)).names == {"ana torres", "torres"}
