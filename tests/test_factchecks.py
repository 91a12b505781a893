"""Known fact-checks: read as ClaimReview, found for claims with the evidence, applied by people only."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import site_data
from click.testing import CliRunner, Result
from conftest import ROOT
from site_client import REVIEWER, Active, Client

from quotes.cli import main
from quotes.errors import InputError
from quotes.factchecks.claimreview import FactCheck, read_fact_checks
from quotes.factchecks.matching import Known, Matcher, Query
from quotes.factchecks.words import read_words

ENTRY = {
    "@type": "ClaimReview",
    "url": "https://checks.example/1",
    "claimReviewed": "The storm flooded 2,000 homes in Veldhaven",
    "itemReviewed": {"author": {"name": "Ana Keller"}, "datePublished": "2025-03-01T10:00:00Z"},
    "reviewRating": {"alternateName": "False"},
    "author": {"name": "Plumb Line"},
    "datePublished": "2025-03-04",
    "name": "How many homes?",
}


def read(value: object) -> list[FactCheck | InputError]:
    return list(read_fact_checks("f.json", value if isinstance(value, str) else json.dumps(value)))


@pytest.mark.parametrize(
    "value",
    [
        ENTRY,
        [ENTRY],
        {"@graph": [{"@type": "Person"}, ENTRY]},
        {"dataFeedElement": [{"@type": "DataFeedItem", "item": [ENTRY]}]},
        ENTRY | {"@type": ["Review", "http://schema.org/ClaimReview"]},
        f'<html><script type="application/ld+json">{json.dumps(ENTRY)}</script><script>no = 1</script>',
    ],
    ids=["one", "list", "graph", "feed", "types", "html"],
)
def test_a_claimreview_is_found_wherever_it_stands(value: object) -> None:
    assert read(value) == [
        FactCheck(
            "The storm flooded 2,000 homes in Veldhaven",
            "https://checks.example/1",
            claimant="Ana Keller",
            claim_date="2025-03-01",
            rating="False",
            publisher="Plumb Line",
            published="2025-03-04",
            title="How many homes?",
        )
    ]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"claimReviewed": " "}, "f.json, entry 1: has no claimReviewed"),
        ({"claimReviewed": "a" * 6000}, "entry 1: claimReviewed has 6,000 characters"),
        ({"url": None}, "entry 1: has no url"),
        ({"url": "javascript:alert(1)"}, "entry 1: url “javascript:alert(1)” is no address"),
    ],
)
def test_a_broken_entry_is_named_and_the_rest_go_on(change: dict[str, Any], problem: str) -> None:
    broken, sound = read([ENTRY | change, ENTRY])
    assert isinstance(broken, InputError)
    assert problem in str(broken)
    assert "\n" not in str(broken)
    assert isinstance(sound, FactCheck)


@pytest.mark.parametrize("text", ["", "{", "[]", "<p>nothing</p>", "[" * 100_000])
def test_a_file_of_something_else_is_one_error(text: str) -> None:
    (error,) = read(text)
    assert isinstance(error, InputError)


def test_a_rating_in_figures_and_a_date_that_is_none() -> None:
    (found,) = read(ENTRY | {"reviewRating": {"ratingValue": 2, "bestRating": 5}, "datePublished": "2025-13-44"})
    assert isinstance(found, FactCheck)
    assert (found.rating, found.published) == ("2 of 5", None)


def test_words_are_stems_names_and_numbers() -> None:
    words = read_words("Pumps in #VeldHaven cost 2.5 million euros https://a.example/x two")
    assert {"veld", "haven", "pump"} <= set(words.stems)
    assert words.numbers == {2.5e6, 2.0}
    assert "http" not in " ".join(words.stems)


KNOWN = [
    Known("homes", ENTRY["claimReviewed"], "How many homes?", "Ana Keller", "2025-03-01"),
    Known("pumps", "Pumps cost Veldhaven three million euros."),
    Known("other", "A whale was seen in the harbour."),
]


def test_the_best_match_comes_first_and_says_why() -> None:
    query = Query("The storm flooded 1,450 homes in Veldhaven", "Ana Keller", "2025-03-05")
    best, *_ = Matcher(KNOWN).rank(query, ["other", "pumps", "homes"])
    assert best.id == "homes"
    assert 0 < best.score <= 1
    assert {"storm", "homes", "Veldhaven"} <= set(best.shared)
    assert "other figures: 1,450 here, 2,000 there" in best.why
    assert "made by Ana Keller too" in best.why
    assert "claim of 2025-03-01, article of 2025-03-05" in best.why


def test_a_claim_repeated_word_for_word_scores_higher_than_one_reworded() -> None:
    matcher = Matcher(KNOWN)
    same, other = (
        matcher.rank(Query(text), ["homes"])[0].score
        for text in ("The storm flooded 2,000 homes in Veldhaven", "In Veldhaven homes stood in water after a storm")
    )
    assert same > other


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = site_data.build(tmp_path / "news.db")
    # The store keeps its own record of migrations; a database it made itself is filled from the built one.
    return migrated(path, tmp_path / "own.db")


def migrated(built: Path, own: Path) -> Path:
    from quotes.store import Store

    with Store.open(own):
        pass
    with closing(sqlite3.connect(own)) as connection, connection:
        connection.execute("ATTACH ? AS built", [str(built)])
        for table in ("runs", "documents", "speakers", "claims"):
            columns = ", ".join(row[1] for row in connection.execute(f"PRAGMA table_info({table})"))
            connection.execute(
                f"INSERT INTO {table} ({columns}) SELECT {columns} FROM built.{table}"
                + (" WHERE document_id <> ''" if table == "claims" else "")
            )
    return own


def run(database: Path, *arguments: object) -> Result:
    return CliRunner().invoke(main, ["claims", str(database), *map(str, arguments)])


def stored(database: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(sql).fetchall()


def test_import_twice_stores_once_and_names_what_is_broken(tmp_path: Path) -> None:
    database, file = tmp_path / "a.db", tmp_path / "checks.json"
    file.write_text(json.dumps([ENTRY, ENTRY | {"claimReviewed": None}]), encoding="utf-8")
    first = run(database, "import", file)
    assert first.exit_code == 1
    assert "1 new, 0 changed, 0 unchanged, 1 broken" in first.stdout
    assert f"warning: {file}, entry 2: has no claimReviewed" in first.stderr
    assert "0 new, 0 changed, 1 unchanged" in run(database, "import", file).stdout
    file.write_text(json.dumps(ENTRY | {"reviewRating": {"alternateName": "True"}}), encoding="utf-8")
    assert "0 new, 1 changed" in run(database, "import", file).stdout
    assert stored(database, "SELECT rating FROM fact_checks") == [("True",)]


def test_a_missing_file_does_not_stop_the_next(tmp_path: Path) -> None:
    file = tmp_path / "checks.json"
    file.write_text(json.dumps(ENTRY), encoding="utf-8")
    done = run(tmp_path / "a.db", "import", tmp_path / "none.json", file)
    assert done.exit_code == 1
    assert "none.json: cannot be read" in done.stderr
    assert "1 new" in done.stdout


def test_the_seeds_are_fact_checks_of_an_invented_publisher(tmp_path: Path) -> None:
    done = run(tmp_path / "a.db", "import", ROOT / "seeds" / "fact-checks.json")
    assert (done.exit_code, "8 new" in done.stdout) == (0, True)
    urls = stored(tmp_path / "a.db", "SELECT url FROM fact_checks")
    assert all(url.startswith("https://plumb-line.example/") for (url,) in urls)


def test_matches_are_suggestions_until_somebody_decides(database: Path, tmp_path: Path) -> None:
    file = tmp_path / "checks.json"
    file.write_text(json.dumps(ENTRY), encoding="utf-8")
    assert run(database, "import", file).exit_code == 0
    listed = [json.loads(line) for line in run(database, "match", "--format", "jsonl").stdout.splitlines()]
    assert {row["decided"] for row in listed} == {"suggested"}
    assert {"c_homes", "c_board"} <= {row["claim_id"] for row in listed}
    (check,) = {row["fact_check_id"] for row in listed}
    assert stored(database, "SELECT count(*) FROM fact_check_decisions") == [(0,)]

    assert run(database, "accept", "c_homes", check, "--reviewer", "ada", "--note", "yes").exit_code == 0
    assert run(database, "reject", "c_homes", check, "--reviewer", "ada").exit_code == 0
    (row,) = map(json.loads, run(database, "match", "--claim", "c_homes", "--format", "jsonl").stdout.splitlines())
    assert row["decided"] == "reject", "the last one holds"
    assert stored(database, "SELECT decision FROM fact_check_decisions ORDER BY rowid") == [("accept",), ("reject",)]


def test_what_is_not_there_is_said_in_one_line(database: Path) -> None:
    for arguments in (("match", "--claim", "c_none"), ("accept", "c_homes", "f_none"), ("reject", "c_none", "f")):
        done = run(database, *arguments)
        assert done.exit_code == 1
        assert "no such" in done.stderr


def test_the_claim_page_shows_suggestions_and_runs_nothing(tmp_path: Path) -> None:
    client = Client(shutil.copy(site_data.build(tmp_path / "a.db"), tmp_path / "quotes.db"))
    page = client.get("/-/claim/c_homes").text
    assert "Known fact-checks" in page
    assert "Suggested by a program" in page
    assert 'href="https://checks.example/homes"' in page
    assert "&lt;b&gt;False&lt;/b&gt;" in page
    assert "about this claim</span>" in client.get("/-/claim/c_board").text
    hostile = client.get("/-/claim/c_staff").text
    assert "alert(&#39;check&#39;)" in hostile
    assert not [address for address in Active(hostile).addresses if address.startswith("javascript:")]
    assert "Known fact-checks" not in client.get("/-/claim/c_spent").text
    rows = client.get("/quotes/fact_check_decisions.json?_shape=array", REVIEWER).json()
    assert [(row["note"], row["reviewer"]) for row in rows] == [(None, None)]
