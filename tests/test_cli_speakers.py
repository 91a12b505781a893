"""`quotes speakers`: lists, shows, and takes people's judgements."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from test_identity_store import BARE, ONE, OTHER, TWO, save, who

from quotes.cli import main
from quotes.store import Store


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "news.db"
    with Store.open(path) as store:
        save(store, ONE, TWO, OTHER, BARE)
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["speakers", *map(str, arguments)])


def speakers_of(database: Path, name: str) -> list[str]:
    with Store.open(database) as store:
        return who(store, name)


def test_the_list_says_how_often_and_what_is_open(database: Path) -> None:
    rows = [json.loads(line) for line in run(database, "--format", "jsonl").stdout.splitlines()]
    first = rows[0]
    assert (first["speaker_id"], first["quotations"], first["documents"]) == ("ana-sol", 2, 2)
    assert first["also_known_as"] == "Ana M. Sol"
    assert first["open_pairs"] == 2


@pytest.mark.parametrize("words", [["Ana M. Sol"], ["show", "Ana M. Sol"], ["ana-sol"]])
def test_a_name_shows_the_speaker(database: Path, words: list[str]) -> None:
    shown = run(database, *words).stdout
    assert "It rained." in shown
    assert "mayor (alba)" in shown
    assert "Ana M. Sol can be Ana Sol" in shown, "what each document's speaker was taken for, and why"


def test_a_name_shows_the_speaker_in_other_forms(database: Path) -> None:
    said = [json.loads(line) for line in run(database, "ana-sol", "--format", "jsonl").stdout.splitlines()]
    assert [row["content"] for row in said] == ["It rained.", "It rained."]


def test_open_pairs_are_listed_with_why(database: Path) -> None:
    pairs = [json.loads(line) for line in run(database, "--open", "--format", "jsonl").stdout.splitlines()]
    assert {("ana-sol", "ana-sol-judge")} <= {(pair["left_id"], pair["right_id"]) for pair in pairs}
    assert all(pair["why"] and 0 <= pair["score"] <= 1 for pair in pairs)


def test_merge_and_split(database: Path) -> None:
    merged = run(database, "merge", "ana-sol-judge", "ana-sol", "--note", "the same", "--reviewer", "ada")
    assert (merged.exit_code, merged.stdout) == (0, "ana-sol-judge is ana-sol\n")
    assert speakers_of(database, "other") == ["ana-sol"]
    assert "It rained." in run(database, "ana-sol-judge").stdout, "the old id leads to the new one"
    assert run(database, "split", "ana-sol", "ana-sol-judge").exit_code == 0
    assert speakers_of(database, "other") == ["ana-sol-judge"]


def test_same_and_different(database: Path) -> None:
    (bare,) = speakers_of(database, "bare")
    assert run(database, "same", bare, "ana-sol").stdout == f"{bare} and ana-sol are ana-sol\n"
    assert speakers_of(database, "bare") == ["ana-sol"]
    assert run(database, "different", bare, "ana-sol").exit_code == 0
    assert speakers_of(database, "bare") == [bare]


def test_a_document_is_split_off(database: Path) -> None:
    done = run(database, "split", "ana-sol", "--document", TWO.document.id)
    assert done.exit_code == 0
    assert speakers_of(database, "two") != ["ana-sol"]


@pytest.mark.parametrize(
    ("words", "code", "problem"),
    [
        (["Nobody"], 1, "Nobody: no such speaker"),
        (["show", "Ana Sol"], 1, "Ana Sol: several speakers go by this name; use an id: ana-sol, ana-sol-judge"),
        (["merge", "ana-sol", "nobody"], 1, "nobody: no such speaker"),
        (["split", "ana-sol"], 2, "give either a second speaker or --document DOC"),
        (["split", "ana-sol", "--document", "d_none"], 1, "d_none: nobody in that document was taken for ana-sol"),
        (["--load", "no.yml"], 2, "no.yml"),
    ],
)
def test_what_goes_wrong_is_one_line(database: Path, words: list[str], code: int, problem: str) -> None:
    failed = run(database, *words)
    assert failed.exit_code == code
    assert problem in failed.output
    assert "Traceback" not in failed.output


def test_a_roster_is_loaded(database: Path, tmp_path: Path) -> None:
    roster = tmp_path / "speakers.yml"
    roster.write_text("- name: Eva Rio\n")
    assert run(database, "--load", roster).stdout.endswith(f"1 speakers new or changed in {database}\n")
    roster.write_text("- nome: Eva Rio\n")
    failed = run(database, "--load", roster)
    assert (failed.exit_code, "entry 1: has no name" in failed.output) == (1, True)
