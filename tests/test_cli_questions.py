"""`quotes claims DB --conflicts`, `--drift`, `--question` and judgements on the seeds: they tell the planted stories."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from quotes.cli.main import main

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, seeds: Path) -> Path:
    path = tmp_path_factory.mktemp("questions") / "quotes.db"
    result = CliRunner().invoke(main, ["add", str(path), str(seeds / "documents")])
    assert result.exit_code == 0, result.output
    return path


@pytest.fixture
def database(built: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return Path(shutil.copy(built, tmp_path / "quotes.db"))


def claims(database: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["claims", str(database), *arguments])


def rows(database: Path, *arguments: str) -> list[dict[str, Any]]:
    result = claims(database, *arguments, "--format", "jsonl")
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.output.splitlines() if line]


CONFLICTS = {
    "unemployment": "7.9% and 8.4 per cent cannot both be true",
    "jobs": "15,000 jobs and 9,400 jobs cannot both be true",
    "arrests": "1,350 people and about 1,700 cannot both be true",
    "toll": "a count that only grows is lower 2 days later: more than 60 people and 41 people",
}


@pytest.mark.parametrize("why", CONFLICTS.values(), ids=CONFLICTS)
def test_a_planted_conflict_is_listed_once(built: Path, why: str) -> None:
    assert [row["why"] for row in rows(built, "--conflicts")].count(why) == 1


def test_no_other_pair_is_listed_but_the_same_rumour_against_the_drifted_toll(built: Path) -> None:
    others = {row["why"] for row in rows(built, "--conflicts")} - set(CONFLICTS.values())
    assert others == {"a count that only grows is lower 1 day later: more than 60 people and 35 people"}


def test_jobs_of_a_firm_and_arrests_not_registered_conflict_with_nothing(built: Path) -> None:
    said = [row[key] for row in rows(built, "--conflicts") for key in ("claim", "other_claim")]
    assert not [words for words in said if "9,800" in words or "350 arrests" in words]


def test_a_conflict_tells_who_said_what_where_and_when(built: Path) -> None:
    printed = claims(built, "--conflicts").output
    assert "2025-02-28  The Daily Tocsin · " in printed
    assert "“the real rate is 8.4 per cent and climbing”" in printed
    assert "Tessen Valley Courier and others, in 2 outlets" in printed
    assert max(map(len, printed.splitlines())) <= 100


def test_precision_drift_is_found(built: Path) -> None:
    (found,) = rows(built, "--drift")
    assert found["why"] == "precision drift: at least 35 people is reprinted as 35 people"
    assert (found["published"], found["other_published"]) == ("2025-03-05", "2025-03-06")
    assert "reprinted as 35 people" in claims(built, "--drift").output


def test_a_question_tells_its_answers_over_time(built: Path) -> None:
    answers = rows(built, "--question", "died Tessen")
    told = [(row["published"], row["figures"]) for row in answers]
    assert told[:1] + sorted(told[1:3]) + told[3:4] + told[5:] == [
        ("2025-03-04", "12 people"),
        ("2025-03-05", "at least 35 people"),
        ("2025-03-05", "more than 60 people"),
        ("2025-03-06", "35 people"),
        ("2025-03-19", "41 people"),
        ("2025-03-28", "41 people"),
    ]
    assert told[4][0] == "2025-03-07" and told[4][1].endswith("41 people")
    assert [row["outlets"] for row in answers if row["published"] == "2025-03-07"] == [2]
    printed = claims(built, "--question", answers[0]["question_id"]).output
    assert "updates" in printed and "a count that only grows" in printed


@pytest.mark.parametrize("words", ["unemployment", "Calderra’s unemployment rate"])
def test_a_question_is_found_by_words_of_it(built: Path, words: str) -> None:
    figures = [row["figures"] for row in rows(built, "--question", words)]
    assert [figure.split("; ")[-1] for figure in figures] == [
        "falling to 7.9 percent", "8.4 percent", "7.9 percent", "8.7 percent", "7.9 percent",
    ]  # fmt: skip


def test_questions_are_listed_the_disputed_first(built: Path) -> None:
    listed = rows(built, "--questions")
    assert [row["conflicts"] > 0 for row in listed[:5]] == [True, True, True, True, False]
    assert listed[0]["answers"] >= 3 and listed[0]["outlets"] >= 3


def test_a_wire_story_is_listed_once(built: Path) -> None:
    listed = rows(built, "--limit", "1000")
    toll = [row for row in listed if row["claim"].endswith("has risen to 41")]
    assert [row["outlets"] for row in toll] == [2]


def test_a_claim_split_from_its_question_conflicts_no_more(database: Path, seeds: Path) -> None:
    before = rows(database, "--conflicts")
    pair = next(row for row in before if row["why"] == CONFLICTS["unemployment"])
    decided = claims(database, "different", pair["claim_id"], pair["other_id"], "--reviewer", "Ada Lind")
    assert decided.exit_code == 0 and "are two questions" in decided.output
    assert CONFLICTS["unemployment"] not in [row["why"] for row in rows(database, "--conflicts")]
    again = CliRunner().invoke(main, ["add", str(database), str(seeds / "documents"), "--again"])
    assert again.exit_code == 0
    assert CONFLICTS["unemployment"] not in [row["why"] for row in rows(database, "--conflicts")]
    assert claims(database, "unsure", pair["other_id"], pair["claim_id"]).exit_code == 0
    assert rows(database, "--conflicts") == before


def test_two_questions_become_one_and_two_again(database: Path) -> None:
    one, other = (row["question_id"] for row in rows(database, "--questions")[:2])
    assert claims(database, "same", one, other).exit_code == 0
    merged = rows(database, "--question", other)
    assert merged == rows(database, "--question", one)
    assert claims(database, "different", one, other).exit_code == 0
    assert len(rows(database, "--question", one)) < len(merged)


@pytest.mark.parametrize(
    "arguments",
    [("same", "q_none", "q_nought"), ("different", "q_none", "q_nought"), ("--question", "nonesuchword")],
    ids=lambda arguments: arguments[0],
)
def test_an_unknown_id_is_one_line(built: Path, arguments: tuple[str, ...]) -> None:
    result = claims(built, *arguments)
    assert result.exit_code == 1
    assert result.output.startswith("Error: ") and len(result.output.splitlines()) == 1
