"""metadata.yml and the schema say the same: everything is described, nothing that is described is missing."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
import site_data

from quotes.web.serve import load_metadata

METADATA = load_metadata("quotes")
DATABASE: dict[str, Any] = METADATA["databases"]["quotes"]
TABLES: dict[str, dict[str, Any]] = DATABASE["tables"]
QUERIES: dict[str, dict[str, Any]] = DATABASE["queries"]
VIEWS = sorted(path.stem for path in (site_data.ROOT / "db" / "views").glob("*.sql"))
INTERNAL = ("_fts_", "sqlite_", "_sqlite_")


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    return sqlite3.connect(site_data.build(tmp_path_factory.mktemp("metadata") / "quotes.db"))


def columns(connection: sqlite3.Connection, table: str) -> list[str]:
    found = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
    return [name for name in found if name not in {table, "rank"}]


def stored_tables(connection: sqlite3.Connection) -> set[str]:
    found = connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
    return {name for (name,) in found if not any(part in name for part in INTERNAL)}


def test_every_table_and_view_is_described_and_no_other(connection: sqlite3.Connection) -> None:
    assert set(TABLES) - {"_sqlite_migrations"} == stored_tables(connection)


@pytest.mark.parametrize("table", sorted(TABLES))
def test_titles_and_descriptions(table: str) -> None:
    assert TABLES[table]["title"].strip()
    assert TABLES[table]["description"].strip().endswith(".")


@pytest.mark.parametrize("table", sorted(set(TABLES) - {"_sqlite_migrations"}))
def test_every_column_is_described_and_no_other(connection: sqlite3.Connection, table: str) -> None:
    described = TABLES[table]["columns"]
    assert list(described) == columns(connection, table)
    assert all(isinstance(text, str) and len(text) > 3 for text in described.values())


@pytest.mark.parametrize("table", sorted(TABLES))
def test_settings_name_real_columns(connection: sqlite3.Connection, table: str) -> None:
    entry = TABLES[table]
    named = [entry[key] for key in ("sort", "sort_desc", "label_column") if key in entry] + entry.get("facets", [])
    if entry.get("fts_pk"):
        named.append(entry["fts_pk"])
    assert set(named) <= set(columns(connection, table))


@pytest.mark.parametrize("table", [name for name in TABLES if "fts_table" in TABLES[name]])
def test_search_finds_the_row_it_indexed(connection: sqlite3.Connection, table: str) -> None:
    index, key = TABLES[table]["fts_table"], TABLES[table].get("fts_pk", "rowid")
    rows = connection.execute(f"SELECT {key} FROM {table}").fetchall()
    found = connection.execute(f"SELECT count(*) FROM {table} WHERE {key} IN (SELECT rowid FROM {index})").fetchone()
    assert rows
    assert found == (len(rows),)


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_is_called_as_its_file_and_says_what_it_is(connection: sqlite3.Connection, view: str) -> None:
    text = (site_data.ROOT / "db" / "views" / f"{view}.sql").read_text(encoding="utf-8")
    assert text.startswith("-- ")
    assert f"CREATE VIEW {view} AS" in text
    connection.execute(f"SELECT * FROM {view}")


def test_there_are_enough_questions_and_each_is_explained() -> None:
    assert len(QUERIES) >= 14
    for name, query in QUERIES.items():
        assert query["title"], name
        assert query["description"].endswith("."), name
        for parameter in query.get("params", []):
            assert f":{parameter}" in query["sql"]
            assert f"{parameter}:" in query["description"], f"{name} does not explain {parameter}"


def test_no_query_writes_unless_it_says_who_may() -> None:
    for name, query in QUERIES.items():
        assert not query.get("write") or query.get("allow"), name


def test_the_shadow_tables_of_search_are_hidden(tmp_path: Path) -> None:
    for table in ("documents_fts", "quotations_fts", "claims_fts", "fact_checks_fts", "_sqlite_migrations"):
        assert TABLES[table]["hidden"] is True


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ((90, 90, "=", "down", "percent", "delta"), "down 90 percent"),
        ((80_000, None, ">", None, "person", "level"), "more than 80,000 people"),
        ((35, None, ">=", None, "person", "level"), "at least 35 people"),
        ((None, 6_000, "<=", None, "USD", "level"), "at most USD 6,000"),
        ((1.9e9, 1.9e9, "=", None, "USD", "level"), "USD 1.9 billion"),
        ((1_234_567, 1_234_567, "=", None, "vote", "level"), "1,234,567 votes"),
        ((8.1, 8.1, "=", "down", "percent", "from"), "down from 8.1 percent"),
        ((1, 1, "=", None, "person", "level"), "1 person"),
        ((0.2, 0.2, "~", "up", "percentage_point", "delta"), "up about 0.2 percentage points"),
        ((3, 5, "range", None, "country", "level"), "3 to 5 countries"),
        ((2, 2, "=", None, "church", "level"), "2 churches"),
        ((2, 2, "=", None, "woman", "level"), "2 women"),
        ((60, 60, "=", None, "kilometre_per_hour", "level"), "60 kilometres per hour"),
        ((2, 2, "=", None, "square_foot", "level"), "2 square feet"),
        ((2, 2, "=", None, "bus", "level"), "2 buses"),
        ((-4, -4, "=", None, "celsius", "level"), "-4 °C"),
        ((1 / 3, 1 / 3, "=", None, None, "share"), "0.333"),
        ((43, 43, "=", None, None, "level"), "43"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_figures_in_words(connection: sqlite3.Connection, figure: tuple[Any, ...], words: str) -> None:
    connection.execute("BEGIN")
    connection.execute(
        "INSERT INTO figures (id, claim_id, text, value_min, value_max, comparator, direction, unit, role, start_char,"
        " end_char) VALUES ('f_new', 'c_homes', 'as printed', ?, ?, ?, ?, ?, ?, 0, 1)",
        figure,
    )
    found = connection.execute("SELECT figure FROM figure_list WHERE figure_id = 'f_new'").fetchone()
    connection.execute("ROLLBACK")
    assert found == (words,)
