"""`quotes train`, small: one command from corpus to model; gone on with, refused, stopped, fed with reviews."""

# ruff: noqa: F811 (fixtures are imported, and named again as arguments)

from __future__ import annotations

import json
import os
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from test_training_corrections import Newsroom
from training_fixtures import corpus, documents, encoder, equal, parser, place, weights  # noqa: F401

NEEDS = "needs the extra: pip install 'quotes[train]'"
torch = pytest.importorskip("torch", reason=NEEDS)
pytest.importorskip("transformers", reason=NEEDS)
pytest.importorskip("onnx", reason=NEEDS)

from quotes.cli import main  # noqa: E402
from quotes.quotations.tagger.inputs import SIZES  # noqa: E402
from quotes.quotations.tagger.model import TaggerModel  # noqa: E402
from quotes.training.fitting import Fitting  # noqa: E402

pytestmark = [pytest.mark.model, pytest.mark.usefixtures("parser")]


def train(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["train", *map(str, arguments)])


@pytest.fixture
def command(corpus: Path, encoder: Path, tmp_path: Path) -> Callable[..., Result]:
    def run_it(*more: str | Path) -> Result:
        fixed = ("--encoder", encoder, "--out", tmp_path / "out", "--epochs", "2", "--held-out", "3", "--batch", "300")
        return train(corpus, *fixed, "--device", "cpu", "--threads", "1", *more)

    return run_it


def test_one_command_from_corpus_to_model(command: Callable[..., Result], documents: dict, tmp_path: Path) -> None:
    result = command()
    assert result.exit_code == 0, result.output
    assert "7 documents to train on, 3 kept back" in result.stdout
    assert "epoch 2 of 2: label loss" in result.stdout
    assert "exported to" in result.stdout
    assert "batches, loss" in result.stderr
    model = TaggerModel(tmp_path / "out" / "model")
    words, _ = documents["doc00"]
    (scored,) = model.score([words])
    assert sum(end - start for window in scored for start, end in [window.span]) == len(words.tokens)
    assert model.pieces("bridge") == tuple(words.pieces[5])
    card = model.card
    assert card["training"]["corpora"] == ["corpus/train"]
    assert (card["training"]["documents"], card["training"]["held_out"]) == (7, 3)
    assert card["features"]["sizes"] == list(SIZES)
    assert card["labels"][:3] == ["O", "B-source", "I-source"]
    assert card["calibration"] is None
    assert set(card["sha256"]) == {"NOTICE", "model.onnx", "tokenizer.json"}
    assert str(tmp_path) not in json.dumps(card)


def test_asked_again_it_does_nothing_twice_and_gives_the_same_model(
    command: Callable[..., Result], tmp_path: Path
) -> None:
    command()
    card = (tmp_path / "out" / "model" / "model.json").read_bytes()
    again = command()
    assert again.exit_code == 0
    assert "going on after 2 epochs" in again.stdout
    assert "parsing" not in again.stderr
    assert "epoch 1" not in again.stdout.split("going on")[1].replace("epoch 1 exported", "")
    assert (tmp_path / "out" / "model" / "model.json").read_bytes() == card
    anew = command("--restart")
    assert "going on" not in anew.stdout
    assert (tmp_path / "out" / "model" / "model.json").read_bytes() == card


@pytest.mark.parametrize("option", [("--seed", "1"), ("--share", "0.5"), ("--held-out", "2")])
def test_another_run_is_not_gone_on_from(command: Callable[..., Result], option: tuple[str, str]) -> None:
    command()
    result = command(*option)
    assert result.exit_code == 1
    (line,) = [line for line in result.stderr.splitlines() if line.startswith("Error")]
    assert "another run" in line
    assert "--restart" in line
    assert command(*option, "--restart").exit_code == 0


def test_other_threads_are_the_same_run(command: Callable[..., Result]) -> None:
    command()
    assert command("--threads", "2").exit_code == 0


def test_a_damaged_checkpoint_is_named(command: Callable[..., Result], tmp_path: Path) -> None:
    command()
    (tmp_path / "out" / "checkpoint.pt").write_bytes(b"junk")
    result = command()
    assert result.exit_code == 1
    assert "checkpoint.pt: is damaged" in result.stderr


def test_export_alone(command: Callable[..., Result], tmp_path: Path) -> None:
    nothing = command("--export-only")
    assert nothing.exit_code == 1
    assert "no finished epoch" in nothing.stderr
    command()
    card = (tmp_path / "out" / "model" / "model.json").read_bytes()
    for path in (tmp_path / "out" / "model").iterdir():
        path.unlink()
    (tmp_path / "out" / "epochs.json").unlink()
    assert command("--export-only").exit_code == 0
    assert (tmp_path / "out" / "model" / "model.json").read_bytes() == card
    exact = command("--export-only", "--exact")
    assert exact.exit_code == 0
    assert "8 bits" not in exact.stdout
    assert TaggerModel(tmp_path / "out" / "model").card["scores"]["small_against_exact"] is None


def test_without_documents_kept_back_it_takes_the_last_epoch(command: Callable[..., Result], tmp_path: Path) -> None:
    result = command("--held-out", "0")
    assert result.exit_code == 0, result.output
    assert TaggerModel(tmp_path / "out" / "model").card["training"]["epoch"] == 2


def test_ctrl_c_keeps_what_was_done(
    command: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    train_, calls = Fitting._train, []

    def interrupted(self: Fitting, *arguments: object) -> float:
        calls.append(1)
        if len(calls) == 2:
            os.kill(os.getpid(), signal.SIGINT)
        return train_(self, *arguments)

    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(Fitting, "_train", interrupted)
    stopped = command()
    assert stopped.exit_code == 130
    assert "the same command goes on" in stopped.stderr
    assert signal.getsignal(signal.SIGINT) is before
    later = command()
    assert later.exit_code == 0
    assert "going on after 0 epochs and 2 batches" in later.stdout


def newsroom(path: Path, action: str) -> Path:
    Newsroom(path).review("q_late", action)
    return path


def test_a_newsrooms_reviews_are_learned_from(command: Callable[..., Result], tmp_path: Path) -> None:
    database = newsroom(tmp_path / "news.db", "accept")
    result = command("--db", database, "--db-weight", "3")
    assert result.exit_code == 0, result.output
    assert "corrections: 1 accepted, in 1 documents" in result.stdout
    told = TaggerModel(tmp_path / "out" / "model").card["training"]["corrections"]
    assert told == {"accepted": 1, "documents": 1, "weight": 3}
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(
            "INSERT INTO reviews (id, target_type, target_id, document_id, action, reviewer, reviewed_at)"
            " VALUES ('r_new', 'quotation', 'q_cared', 'd_ferry', 'reject', 'somebody', '2025-04-01')"
        )
    changed = command("--db", database, "--db-weight", "3")
    assert changed.exit_code == 1
    assert "data" in changed.stderr


def test_reviews_change_what_is_learned(command: Callable[..., Result], tmp_path: Path) -> None:
    found = []
    for action in ("accept", "reject"):
        database = newsroom(tmp_path / f"{action}.db", action)
        assert command("--db", database, "--db-weight", "9", "--restart").exit_code == 0
        found.append(weights(tmp_path / "out"))
    assert not equal(*found)


ERRORS = [
    ("encoder", lambda t, e: ["--encoder", t], "config.json"),
    ("database", lambda t, e: ["--encoder", e, "--db", t / "missing.db"], "missing.db: no such database"),
    ("out is in a file", lambda t, e: ["--encoder", e, "--out", t / "file" / "out"], "cannot be written"),
    ("too small", lambda t, e: ["--encoder", e, "--held-out", "10"], "--held-out 10"),
    ("no gpu", lambda t, e: ["--encoder", e, "--device", "cuda"], "--device cpu"),
]


@pytest.mark.parametrize(("options", "told"), [row[1:] for row in ERRORS], ids=[row[0] for row in ERRORS])
def test_a_mistake_is_one_line(
    corpus: Path, encoder: Path, tmp_path: Path, options: Callable, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    result = train(corpus, "--out", tmp_path / "out", *options(tmp_path, encoder))
    assert result.exit_code == 1
    assert told in result.stderr
    assert [line.startswith("Error") for line in result.stderr.splitlines()] == [True]


def test_an_empty_corpus_is_one_line(encoder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = train(tmp_path / "empty", "--encoder", encoder, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "empty: holds no attributions" in result.stderr
