"""The generator of large databases: what it writes is sound, of the size asked for, and the same for a seed."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from quotes.store import Store
from quotes.web.serve import load_metadata

ROOT = Path(__file__).resolve().parent.parent
TABLES = ["quotations", "claims", "figures", "claim_relations", "reviews", "verdicts", "judgements", "fact_checks",
          "fact_check_decisions", "speaker_pairs"]  # fmt: skip
LISTS = load_metadata("quotes")["databases"]["quotes"]["tables"]
SHORT = {"flagged_claims", "claim_fact_checks"}
"""Lists of what people decide or import: never long."""
SORTED = {"speaker_list", "unresolved_quotations"}
"""Lists that are read whole and sorted: half a second for 50,000 speakers, a tenth for 60,000 quotations."""


def generated(path: Path, seed: int) -> Path:
    sizes = ["--quotations", "400", "--documents", "40", "--seed", str(seed)]
    command = [sys.executable, ROOT / "benchmarks" / "generate.py", path, *sizes]
    subprocess.run(command, check=True, capture_output=True)
    return path


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generated(tmp_path_factory.mktemp("generated") / "small.db", 1)


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def test_every_offset_link_and_search_index_of_a_generated_database_is_true(small: Path) -> None:
    with Store.open(small, create=False) as store:
        assert store.verify() == []


def test_it_has_the_size_asked_for_and_every_kind_of_row(small: Path) -> None:
    assert rows(small, "SELECT count(*) FROM quotations") == [(400,)]
    assert rows(small, "SELECT count(*) FROM documents") == [(40,)]
    for table in TABLES:
        assert rows(small, f"SELECT count(*) FROM {table}")[0][0] > 0, table


def test_one_speaker_is_quoted_in_a_fifth_of_the_articles(small: Path) -> None:
    sql = "SELECT count(DISTINCT document_id) AS n FROM quotations WHERE speaker_id IS NOT NULL GROUP BY speaker_id"
    assert max(rows(small, sql))[0] >= 7


@pytest.mark.parametrize(("seed", "same"), [(1, True), (2, False)])
def test_the_seed_decides_what_is_written(small: Path, tmp_path: Path, seed: int, same: bool) -> None:
    other = generated(tmp_path / "other.db", seed)
    for table in ("quotations", "claims", "reviews"):
        assert (rows(small, f"SELECT * FROM {table}") == rows(other, f"SELECT * FROM {table}")) is same


def test_a_database_that_is_there_is_not_written_over(small: Path) -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "generate.py", small], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "exists already" in done.stderr


def test_no_two_speakers_have_one_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    import invented

    assert len({invented.speaker_name(number) for number in range(60_000)}) == 60_000


@pytest.fixture(scope="module")
def larger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Large enough that SQLite prefers an index to reading all rows."""
    path = tmp_path_factory.mktemp("generated") / "larger.db"
    command = [sys.executable, ROOT / "benchmarks" / "generate.py", path, "--quotations", "8000", "--documents", "800"]
    subprocess.run(command, check=True, capture_output=True)
    return path


VIEWS = sorted(path.stem for path in (ROOT / "db" / "views").glob("*.sql"))


@pytest.mark.parametrize("view", [view for view in VIEWS if view not in SHORT | SORTED])
def test_a_list_opens_in_the_order_of_an_index(larger: Path, view: str) -> None:
    """Otherwise its first page would take as long as all of it."""
    entry = LISTS[view]
    order = f"{entry['sort_desc']} DESC" if "sort_desc" in entry else entry.get("sort", "")
    plan = rows(larger, f"EXPLAIN QUERY PLAN SELECT * FROM {view}{' ORDER BY ' * bool(order)}{order} LIMIT 51")
    # Subqueries, which are read for the rows that are shown, have a parent other than 0.
    assert [step for _, parent, _, step in plan if parent == 0 and "TEMP B-TREE" in str(step)] == []
    assert not any("MATERIALIZE" in str(step[3]) for step in plan)


@pytest.mark.parametrize(
    ("is_list", "milliseconds", "status", "failed"),
    [
        pytest.param(False, 99, 200, False, id="a page of our own"),
        pytest.param(False, 101, 200, True, id="beyond the limit given"),
        pytest.param(True, 990, 200, False, id="a list"),
        pytest.param(True, 1_010, 200, True, id="a list that takes half of what a query may"),
        pytest.param(True, 20, 400, True, id="an error"),
    ],
)
def test_what_makes_the_benchmark_fail(
    monkeypatch: pytest.MonkeyPatch, is_list: bool, milliseconds: float, status: int, failed: bool
) -> None:
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    import pages

    page = pages.Page("a page", "/", is_list=is_list)
    timing = pages.Timing(page, status, milliseconds, milliseconds, milliseconds)
    assert pages.too_slow(timing, 100) is failed
    assert ("too slow" in pages.table("x", [timing], 100)) is (failed and status == 200)
