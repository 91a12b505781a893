"""The benchmark runs, counts what it says, and fails when the tracker is too slow."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

SCRIPT = Path(__file__).parent.parent / "benchmarks" / "throughput.py"


@pytest.fixture(scope="module")
def throughput():
    spec = importlib.util.spec_from_file_location("throughput", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    (tmp_path / "one.txt").write_text("The mayor said the harbour will open in May.\n")
    (tmp_path / "two.md").write_text('"We are ready," Ada Brook told reporters.\n')
    (tmp_path / "README.md").write_text("Not an article.\n")
    return tmp_path


@pytest.mark.model
def test_measures_all_three_and_checks_the_swap(throughput, texts: Path) -> None:
    result = CliRunner().invoke(throughput.main, ["--texts", str(texts), "--repeats", "2", "--json"])
    measured = json.loads(result.stdout)
    assert (measured["documents"], measured["words"]) == (2, 16)
    assert measured["tokens"] == 23 and measured["tokens_parsed_differently"] == 0
    assert {name: [len(batch) for batch in batches] for name, batches in measured["cpu_seconds"].items()} == {
        "as shipped": [2],
        "swapped": [2],
        "tracker": [2],
    }
    fastest = {name: min(batches[0]) for name, batches in measured["cpu_seconds"].items()}
    assert measured["ratio_to_swapped"] == pytest.approx(fastest["swapped"] / fastest["tracker"])
    assert "tracker / bare pipeline, swapped:" in throughput.table(measured)


def test_fastest_of_every_batch_counts(throughput) -> None:
    assert throughput.fastest([[3.0, 1.0], [2.0, 5.0]]) == 3.0
    assert throughput.slowest([[3.0, 1.0], [2.0, 5.0]]) == 8.0


@pytest.mark.parametrize(
    ("shipped", "swapped", "differing", "status"),
    [(0.5, 0.3, 0, 0), (0.39, 1.2, 0, 1), (0.5, 0.4, 1, 1)],
    ids=["fast enough", "too slow for the shipped", "another parse"],
)
def test_exit_status(throughput, texts: Path, monkeypatch, shipped, swapped, differing, status) -> None:
    measured = {"ratio_to_shipped": shipped, "ratio_to_swapped": swapped, "tokens_parsed_differently": differing}
    monkeypatch.setattr(throughput, "benchmark", lambda *_: measured)
    assert CliRunner().invoke(throughput.main, ["--texts", str(texts), "--json"]).exit_code == status


def test_folder_without_texts(throughput, tmp_path: Path) -> None:
    result = CliRunner().invoke(throughput.main, ["--texts", str(tmp_path)])
    assert result.exit_code == 1 and "holds no .txt or .md file" in result.stderr
