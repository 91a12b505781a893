"""`quotes evaluate`, and what it does with the real pipeline: heads of sources, predictions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from annotated import HARBOUR, at, copies, corpus, jsonl, no_heads
from click.testing import CliRunner

from quotes.cli import main
from quotes.evaluation import evaluate, predict, read_predictions
from quotes.evaluation.heads import find_heads, read_heads
from quotes.evaluation.polnear import GoldDocument
from quotes.evaluation.triples import Triple

__all__ = ["corpus", "no_heads"]  # fixtures


def run(*arguments: object, given: str | None = None):
    return CliRunner().invoke(main, ["evaluate", *(str(argument) for argument in arguments)], input=given)


def test_command_prints_json(corpus: Path, no_heads: Path, tmp_path: Path) -> None:
    predictions = tmp_path / "p.jsonl"
    predictions.write_text(jsonl(copies()))
    result = run(corpus, "--format", "polnear", "--pred", predictions, "--heads", no_heads, "--slices")
    assert result.exit_code == 0 and result.stderr == ""
    payload = json.loads(result.stdout)
    assert list(payload) == ["scope", "documents", "types", "slices"]
    assert payload["types"]["all"]["joint"] == [1, 1, 1]


def test_command_reads_standard_input_warns_and_saves(corpus: Path, no_heads: Path, tmp_path: Path) -> None:
    found = copies()
    found["other"] = found.pop("budget")
    saved = tmp_path / "saved.jsonl"
    options = ("--pred", "-", "--heads", no_heads, "--table", "--scope", "speech", "--save-predictions", saved)
    result = run(corpus, *options, given=jsonl(found))
    assert result.exit_code == 0, result.output
    assert "warning: 1 documents without predictions (scored as empty), as budget" in result.stderr
    assert "warning: 1 documents predicted but not in gold (left out), as other" in result.stderr
    assert result.stdout.startswith("| -, dev, scope=speech | gold | pred |")
    assert "| F1       | gold | pred |" in result.stdout
    assert read_predictions("saved", saved.read_text().splitlines()) == found


@pytest.mark.parametrize(
    ("arguments", "given", "message"),
    [
        (["--pred", "-"], "{\n", "standard input:1: is no JSON"),
        (["--pred", "-"], b"\xff\xfe", "standard input: is not UTF-8"),
        (["--pred", "-", "--heads", "{corpus}/text/budget.txt"], "", "budget.txt: is no file of heads"),
        (["--pred", "-", "--by-outlet"], "", "metadata.tsv: cannot be read"),
        (["--pred", "-", "--save-predictions", "{corpus}/no/p.jsonl"], "", "p.jsonl: cannot be written"),
        (["--pred", "-", "--errors", "{corpus}/no/e.html"], jsonl(copies()), "e.html: cannot be written"),
        (["--pred", "-", "--calibration"], jsonl(copies()), "have no scores to calibrate"),
    ],
)
def test_command_errors_are_one_line(corpus: Path, arguments: list[str], given, message: str) -> None:
    result = run(corpus, *(argument.format(corpus=corpus) for argument in arguments), given=given)
    assert result.exit_code == 1
    assert message in result.stderr and result.stderr.count("\n") == 1 and "Traceback" not in result.output


def test_command_adds_calibration_and_writes_errors(corpus: Path, no_heads: Path, tmp_path: Path) -> None:
    found = copies()
    for attributions in found.values():
        for attribution in attributions:
            attribution |= {"score": 0.75, "act": "speech"}
    found["harbour"][0]["source"] = None
    page, saved = tmp_path / "errors.html", tmp_path / "saved.jsonl"
    options = ("--pred", "-", "--heads", no_heads, "--calibration", "--errors", page, "--save-predictions", saved)
    result = run(corpus, *options, given=jsonl(found))
    assert result.exit_code == 0, result.output
    payload = json.loads(result.stdout)
    assert list(payload) == ["scope", "documents", "types", "slices", "calibration"]
    assert payload["calibration"]["all"]["right"] == pytest.approx(5 / 6)
    assert "wrong source" in page.read_text() and "1 of them with errors" in page.read_text()
    assert read_predictions("saved", saved.read_text().splitlines()) == found
    table = run(corpus, *options, "--table", given=jsonl(found)).stdout
    assert "| 0.750 - 0.750       | 6 | 75.0       | 83.3  |" in table


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--format", "acts"], "needs --texts"),
        (["--format", "acts", "--pred", "-", "--by-outlet"], "--by-outlet says nothing with --format acts"),
        (["--rules", "--tagger", "{corpus}"], "give one of --rules and --tagger"),
        (["--texts", "{corpus}"], "--texts says nothing with --format polnear"),
    ],
)
def test_command_refuses_options_that_do_not_go_together(corpus: Path, arguments: list[str], message: str) -> None:
    result = run(corpus, *(argument.format(corpus=corpus) for argument in arguments), given="")
    assert result.exit_code == 2 and message in result.stderr


def test_command_wants_a_folder_of_annotations(tmp_path: Path) -> None:
    result = run(tmp_path)
    assert result.exit_code == 1 and "holds no attributions/*.ann" in result.stderr
    assert run(tmp_path / "none").exit_code == 2


@pytest.mark.model
@pytest.mark.parametrize("how", [[], ["--rules"]], ids=["tagger", "rules"])
def test_command_runs_the_tracker(corpus: Path, no_heads: Path, tmp_path: Path, how: list[str]) -> None:
    saved = tmp_path / "saved.jsonl"
    result = run(corpus, "--heads", no_heads, "--save-predictions", saved, *how)
    assert result.exit_code == 0, result.output
    again = run(corpus, "--heads", no_heads, "--pred", saved)
    assert json.loads(again.stdout) == json.loads(result.stdout)
    assert json.loads(result.stdout)["types"]["all"]["pred"] > 0


@pytest.mark.model
def test_heads_are_the_roots_of_sources(nlp) -> None:
    text = "A spokesman for the mayor said no. The “boss”, Ada Brook, agreed."
    sources = ["A spokesman for the mayor", "The “boss”"]
    triples = tuple(Triple(tuple(map(tuple, at(text, source))), (), ((27, 34),)) for source in sources)
    heads = find_heads({"x": GoldDocument(text, triples)})
    assert [text[start:end] for start, end in heads["x"].values()] == ["spokesman", "boss"]


@pytest.mark.model
def test_heads_are_found_once_and_kept(corpus: Path, tmp_path: Path) -> None:
    cache = tmp_path / "new.json"
    evaluate(corpus, {}, heads=cache)
    heads = read_heads(cache)
    assert {HARBOUR[start:end] for start, end in heads["harbour"].values()} == {"mayor", "Brook", "Officials"}


@pytest.mark.model
def test_predict_returns_what_the_pipeline_finds(nlp) -> None:
    text = '"The bridge is closed," Ada Brook said on Monday.'
    found = predict({"one": text, "none": "", "two": text}, nlp)
    assert list(found) == ["one", "none", "two"] and found["none"] == [] and found["one"] == found["two"]
    (only,) = found["one"]
    assert [text[s:e] for s, e in only["source"]] == ["Ada Brook"]
    assert [text[s:e] for s, e in only["cue"]] == ["said"]
    assert only["act"] == "speech" and 0 < only["score"] <= 1
    assert "The bridge is closed" in " ".join(text[s:e] for s, e in only["content"])
