"""The database's definition: what db/ says, and how it comes into a database."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlite_utils import Database

from quotes import schema
from quotes.errors import StoreError
from quotes.store.connection import connect

MIGRATIONS = sorted((schema.DEFINITION / "migrations").glob("*.sql"))
VIEWS = sorted((schema.DEFINITION / "views").glob("*.sql"))
CONTRACT = {
    "documents", "speakers", "speaker_names", "quotations", "claims", "figures", "assertions", "check_reasons",
    "questions", "claim_relations", "fact_checks", "reviews", "verdicts", "judgements", "runs", "failures",
}  # fmt: skip
SEARCHED = ("documents", "quotations", "claims", "fact_checks")


@pytest.fixture
def db(tmp_path: Path):
    database = connect(tmp_path / "quotes.db")
    yield database
    database.close()


@pytest.fixture
def definition(tmp_path: Path) -> Path:
    """A copy of db/ that a test may change."""
    return Path(shutil.copytree(schema.DEFINITION, tmp_path / "definition"))


def own_tables(db: Database) -> list[str]:
    sql = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
    return [name for (name,) in db.execute(sql) if not name.startswith(("sqlite_", "_"))]


def schema_of(db: Database) -> list[tuple[str, str]]:
    return db.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


# What db/ says.


def test_every_table_of_the_contract_is_there(db: Database):
    assert set(own_tables(db)) >= CONTRACT


def test_every_table_is_strict(db: Database):
    lax = db.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict"
    ).fetchall()
    assert {name for (name,) in lax} <= {"_sqlite_migrations", "sqlite_schema", "sqlite_sequence", "sqlite_stat1"}


@pytest.mark.parametrize("path", MIGRATIONS, ids=lambda path: path.stem)
def test_every_column_has_a_comment(path: Path):
    silent = []
    for table, body in re.findall(r"CREATE TABLE (\w+) \(\n(.*?)\n\) STRICT;", path.read_text(encoding="utf-8"), re.S):
        for line in body.splitlines():
            column = re.match(r"    ([a-z_]+) (TEXT|INTEGER|REAL)\b", line)
            if column and not re.search(r" -- \S+", line):
                silent.append(f"{table}.{column[1]}")
    assert silent == []


def test_comments_are_seen_in_every_table(db: Database):
    """The check above reads columns line by line; this holds that it sees all of them."""
    written = "\n".join(path.read_text(encoding="utf-8") for path in MIGRATIONS)
    for table in own_tables(db):
        body = re.search(rf"CREATE TABLE {table} \(\n(.*?)\n\) STRICT;", written, re.S)
        assert body, table
        for column in db.table(table).columns:
            seen = re.search(rf"^    {column.name} (TEXT|INTEGER|REAL)\b.* -- \S", body[1], re.M)
            added = rf"^ALTER TABLE {table} ADD COLUMN {column.name} (TEXT|INTEGER|REAL)\b.* -- \S"
            assert seen or re.search(added, written, re.M), (table, column.name)


def test_times_are_named_at_and_flags_is(db: Database):
    for table in own_tables(db):
        for column in db.table(table).columns:
            assert not re.search(r"(_time|_date_at|_on)$", column.name), (table, column.name)
            assert column.name != "source_id", "an outlet is never a source"


def test_every_reference_to_another_table_has_an_index(db: Database):
    for table in own_tables(db):
        led = {index.columns[0] for index in db.table(table).indexes} | {db.table(table).pks[0]}
        for key in db.table(table).foreign_keys:
            assert key.column in led, f"{table}.{key.column}: deleting from {key.other_table} would scan the table"


def test_the_parts_of_a_document_go_with_it(db: Database):
    cascades = {
        (table, key[3]): key[6]
        for table in own_tables(db)
        for key in db.execute(f"PRAGMA foreign_key_list({table})").fetchall()
    }
    for table in ("mentions", "quotations", "claims"):
        assert cascades[(table, "document_id")] == "CASCADE"
    for table in ("figures", "assertions", "check_reasons"):
        assert cascades[(table, "claim_id")] == "CASCADE"
    assert cascades[("reviews", "document_id")] == "NO ACTION", "a document with decisions cannot be deleted"


# Views.


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: path.stem)
def test_a_view_is_named_like_its_file_and_can_be_read(path: Path, db: Database):
    assert path.stem in db.view_names()
    db.execute(f"SELECT * FROM {path.stem} LIMIT 1").fetchall()


def test_views_may_come_before_what_they_are_built_on(tmp_path: Path, definition: Path):
    (definition / "views" / "aa_outer.sql").write_text("CREATE VIEW aa_outer AS SELECT id FROM zz_inner;\n")
    (definition / "views" / "zz_inner.sql").write_text("-- inner\nCREATE VIEW zz_inner AS SELECT id FROM documents;\n")
    with Database(tmp_path / "x.db") as db:
        schema.migrate(db, definition)
        assert db.execute("SELECT * FROM aa_outer").fetchall() == []


def test_a_changed_view_is_made_anew(tmp_path: Path, definition: Path):
    view = definition / "views" / "probe.sql"
    view.write_text("CREATE VIEW probe AS SELECT 1 AS one;")
    with Database(tmp_path / "x.db") as db:
        schema.migrate(db, definition)
        assert schema.is_current(db, definition)
        view.write_text("CREATE VIEW probe AS SELECT 2 AS two;")
        assert not schema.is_current(db, definition)
        schema.migrate(db, definition)
        assert list(db.query("SELECT * FROM probe")) == [{"two": 2}]


def test_views_of_the_users_own_stay(tmp_path: Path):
    with connect(tmp_path / "x.db") as db:
        db.execute("CREATE VIEW mine AS SELECT outlet FROM documents")
        db.execute(f"DROP VIEW {VIEWS[0].stem}") if VIEWS else None
    with connect(tmp_path / "x.db") as db:
        assert {"mine", *(path.stem for path in VIEWS)} <= set(db.view_names())


# Migrating.


def test_opening_twice_changes_nothing(tmp_path: Path):
    with connect(tmp_path / "x.db") as db:
        before = list(db.conn.iterdump())
    with connect(tmp_path / "x.db") as db:
        assert list(db.conn.iterdump()) == before


@pytest.mark.parametrize("stop", [path.stem for path in MIGRATIONS])
def test_an_older_database_comes_forward_with_its_rows(tmp_path: Path, stop: str):
    with Database(tmp_path / "old.db") as old:
        schema.migrations.apply(old, stop_before=stop)
        if "failures" in old.table_names():
            old.execute("INSERT INTO failures (input, stage, message, failed_at) VALUES ('a.txt', 'reading', 'x', 't')")
        had_rows = "failures" in old.table_names()
    with connect(tmp_path / "old.db") as db, connect(tmp_path / "new.db") as new:
        assert schema_of(db) == schema_of(new) or sorted(schema_of(db)) == sorted(schema_of(new))
        assert db.table("failures").count == int(had_rows)


def test_a_failing_migration_leaves_nothing(tmp_path: Path, definition: Path):
    broken = definition / "migrations" / "9999_broken.sql"
    with Database(tmp_path / "x.db") as db:
        schema.migrate(db, definition)
        before = list(db.conn.iterdump())
        broken.write_text("CREATE TABLE half (id TEXT) STRICT;\nDROP TABLE mentions;\nSELECT no_such_thing;\n")
        with pytest.raises(sqlite3.OperationalError, match="no_such_thing"):
            schema.migrate(db, definition)
        assert list(db.conn.iterdump()) == before


def test_a_failing_first_migration_leaves_an_empty_file(tmp_path: Path, definition: Path):
    (definition / "migrations" / "0000_broken.sql").write_text("CREATE TABLE half (id TEXT) STRICT;\nSELECT nothing;\n")
    with Database(tmp_path / "x.db") as db:
        with pytest.raises(sqlite3.OperationalError, match="nothing"):
            schema.migrate(db, definition)
        assert schema_of(db) == []


def test_a_migration_may_drop_a_column_that_a_view_shows(tmp_path: Path):
    migrations, views = tmp_path / "migrations", tmp_path / "views"
    migrations.mkdir()
    views.mkdir()
    (migrations / "0001_first.sql").write_text("CREATE TABLE things (id TEXT, gone TEXT) STRICT;")
    (views / "thing_list.sql").write_text("CREATE VIEW thing_list AS SELECT gone FROM things;")
    with Database(memory=True) as db:
        schema.migrate(db, tmp_path)
        (migrations / "0002_drop.sql").write_text("ALTER TABLE things DROP COLUMN gone;")
        (views / "thing_list.sql").write_text("CREATE VIEW thing_list AS SELECT id FROM things;")
        schema.migrate(db, tmp_path)
        assert db.execute("SELECT * FROM thing_list").description[0][0] == "id"


def test_a_database_of_a_newer_version_is_refused(tmp_path: Path, definition: Path):
    (definition / "migrations" / "9998_future.sql").write_text("CREATE TABLE future (id TEXT) STRICT;")
    with Database(tmp_path / "x.db") as db:
        schema.migrate(db, definition)
    with pytest.raises(StoreError, match=r"x\.db: made by a newer version of quotes \(it has 9998_future\): update"):
        connect(tmp_path / "x.db")


def test_sqlite_utils_migrate_makes_the_same_database(tmp_path: Path):
    target = tmp_path / "cli.db"
    command = [sys.executable, "-m", "sqlite_utils", "migrate", str(target), schema.__file__]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    with Database(target) as db, connect(tmp_path / "x.db") as ours:
        assert schema.is_current(db)
        assert sorted(schema_of(db)) == sorted(schema_of(ours))


@pytest.mark.parametrize("inside", [True, False], ids=["wheel", "checkout"])
def test_the_definition_is_found_in_a_wheel_and_beside_a_checkout(tmp_path: Path, inside: bool):
    package = tmp_path / "site" / "quotes"
    package.mkdir(parents=True)
    folder = (package if inside else package.parent) / "db"
    shutil.copytree(schema.DEFINITION, folder)
    assert schema.find_definition(package) == folder


def test_a_missing_definition_says_how_to_mend_it(tmp_path: Path):
    with pytest.raises(StoreError, match="install quotes again"):
        schema.find_definition(tmp_path / "quotes")


# What the tables refuse.

RUN = "INSERT INTO runs (id, version, model, model_version, started_at) VALUES ('r', '1', 'm', '1', 't')"
DOCUMENT = (
    "INSERT INTO documents (id, input, sha256, text, run_id, added_at, extracted_at)"
    " VALUES ('d', 'a.txt', 'x', 'Some text', 'r', 't', 't')"
)
CLAIM = (
    "INSERT INTO claims (id, document_id, kind, text, sentence, asserted_by, check_worthiness, method, score,"
    " start_char, end_char, sentence_start, sentence_end)"
    " VALUES ('c', 'd', 'quantity', 'Some', 'Some text', 'article', 0.5, 'm', 1, 0, 4, 0, 9)"
)
DECISIONS = {
    "reviews": (
        "INSERT INTO reviews (id, target_type, target_id, document_id, action, reviewer, reviewed_at)"
        " VALUES ('x', 'claim', 'c', 'd', 'accept', 'somebody', 't')"
    ),
    "verdicts": (
        "INSERT INTO verdicts (id, claim_id, rating, state, reviewer, decided_at)"
        " VALUES ('x', 'c', 'true', 'draft', 'somebody', 't')"
    ),
    "judgements": (
        "INSERT INTO judgements (id, subject, left_id, right_id, decision, reviewer, decided_at)"
        " VALUES ('x', 'speaker', 'a', 'b', 'same', 'somebody', 't')"
    ),
    "fact_check_decisions": (
        "INSERT INTO fact_check_decisions (id, claim_id, fact_check_id, decision, reviewer, decided_at)"
        " VALUES ('x', 'c', 'f', 'accept', 'somebody', 't')"
    ),
}
FACT_CHECK = (
    "INSERT INTO fact_checks (id, claim_reviewed, url, imported_at) VALUES ('f', 'Some', 'https://a.example/', 't')"
)


@pytest.fixture
def filled(db: Database) -> Database:
    for sql in (RUN, DOCUMENT, CLAIM, FACT_CHECK, *DECISIONS.values()):
        db.execute(sql)
    return db


@pytest.mark.parametrize("table", DECISIONS)
def test_decisions_are_append_only(filled: Database, table: str):
    before = list(filled.query(f"SELECT * FROM {table}"))
    carried = {"reviews": {"target_id"}, "judgements": set()}.get(table, {"claim_id"})
    for column in filled.table(table).columns_dict.keys() - carried:
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            filled.execute(f"UPDATE {table} SET {column} = {column}")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        filled.execute(f"DELETE FROM {table}")
    assert list(filled.query(f"SELECT * FROM {table}")) == before


@pytest.mark.parametrize("table", DECISIONS)
def test_replacing_is_no_way_round_it(filled: Database, table: str):
    filled.execute("PRAGMA recursive_triggers = OFF")  # as on a plain connection, such as Datasette's
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        filled.execute(DECISIONS[table].replace("INSERT INTO", "INSERT OR REPLACE INTO").replace("somebody", "other"))


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        pytest.param(DOCUMENT.replace("'d'", "'e'").replace("'r'", "'no'"), "FOREIGN KEY", id="no such run"),
        pytest.param(DOCUMENT.replace("'d'", "NULL"), "NOT NULL", id="no id"),
        pytest.param("UPDATE documents SET words = 'many'", "cannot store TEXT", id="text in a number"),
        pytest.param("UPDATE claims SET end_char = start_char", "CHECK", id="empty span"),
        pytest.param("UPDATE claims SET measured = 'Some'", "CHECK", id="words without offsets"),
        pytest.param("UPDATE claims SET check_worthiness = 1.2", "CHECK", id="beyond 1"),
        pytest.param("UPDATE claims SET kind = 'opinion'", "CHECK", id="unknown kind"),
        pytest.param("DELETE FROM documents", "FOREIGN KEY", id="a document with decisions"),
    ],
)
def test_the_tables_refuse(filled: Database, sql: str, message: str):
    with pytest.raises(sqlite3.IntegrityError, match=message):
        filled.execute(sql)


@pytest.mark.parametrize("table", SEARCHED)
def test_vacuum_keeps_search_in_step(filled: Database, table: str):
    """SQLite does not promise this for text keys (see db/README.md); should it ever change, this says so."""
    filled.execute(DOCUMENT.replace("'d'", "'e'"))
    filled.execute(CLAIM.replace("'c'", "'b'"))
    filled.execute("DELETE FROM documents WHERE id = 'e'")
    filled.execute(DOCUMENT.replace("'d'", "'f'").replace("Some", "Other"))
    filled.execute("VACUUM")
    filled.execute(f"INSERT INTO {table}_fts ({table}_fts, rank) VALUES ('integrity-check', 1)")


def test_a_damaged_index_is_noticed(filled: Database):
    filled.execute("INSERT INTO documents_fts (rowid, title, text) VALUES (99, 'ghost', 'ghost')")
    with pytest.raises(sqlite3.DatabaseError):
        filled.execute("INSERT INTO documents_fts (documents_fts, rank) VALUES ('integrity-check', 1)")
