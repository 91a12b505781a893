"""Lists over many rows read what is kept beside them: it is always what counting the rows would give.

Each list has here its plain definition, which groups and joins everything; the view must show the same rows.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from quotes.store.connection import connect, writing
from quotes.store.counting import recount, wrong_counts

NOW = "2026-01-05T08:00:00Z"
KINDS = ("same", "same", "conflicts", "updates", "refines", "compatible", "incomparable")

PLAIN = {
    "question_list": """
        SELECT questions.label AS question, counted.*, (
            SELECT count(*) FROM claim_relations
            JOIN claims AS earlier ON earlier.id = claim_id AND earlier.is_current
            JOIN claims AS later ON later.id = other_id AND later.is_current
            WHERE claim_relations.kind = 'conflicts' AND earlier.question_id = questions.id
                AND later.question_id = questions.id
        ) AS conflicts
        FROM questions JOIN (
            SELECT question_id, count(*) FILTER (WHERE copy_of IS NULL) AS answers,
                count(DISTINCT asserted_by) AS voices, count(DISTINCT coalesce(outlet, documents.id)) AS outlets,
                min(published) AS first_published, max(published) AS last_published
            FROM claims JOIN documents ON documents.id = document_id WHERE is_current GROUP BY question_id
        ) AS counted ON counted.question_id = questions.id
    """,
    "repeated_claims": """
        SELECT claims.text AS claim, grouped.repeats + 1 AS times, grouped.last_published,
            coalesce(documents.title, documents.input) AS document, documents.published AS first_published,
            documents.outlet AS first_outlet, claims.id AS claim_id, claims.document_id, claims.question_id
        FROM (
            SELECT claim_id, count(*) AS repeats, max(published) AS last_published
            FROM claim_relations JOIN claims AS said ON said.id = other_id AND said.is_current
            JOIN documents ON documents.id = said.document_id
            WHERE claim_relations.kind = 'same'
                AND claim_id NOT IN (SELECT other_id FROM claim_relations WHERE kind = 'same')
            GROUP BY claim_id
        ) AS grouped
        JOIN claims ON claims.id = grouped.claim_id JOIN documents ON documents.id = claims.document_id
        WHERE claims.is_current
    """,
    "related_claims": """
        SELECT claim_relations.kind, why, claim_relations.score,
            (SELECT label FROM questions WHERE id = earlier.question_id) AS question,
            earlier.text AS claim, earlier.asserted_by, earlier_in.outlet, earlier_in.published, later.text AS other_claim,
            later.asserted_by AS other_asserted_by, later_in.outlet AS other_outlet,
            later_in.published AS other_published,
            max(earlier.check_worthiness, later.check_worthiness) AS check_worthiness,
            claim_id NOT IN (SELECT other_id FROM claim_relations WHERE kind = 'same') AND (
                claim_relations.kind = 'same'
                OR other_id NOT IN (SELECT other_id FROM claim_relations WHERE kind = 'same')
            ) AS is_first,
            claim_id, other_id, earlier.document_id, later.document_id AS other_document_id, earlier.question_id
        FROM claim_relations JOIN claims AS earlier ON earlier.id = claim_id JOIN claims AS later ON later.id = other_id
        JOIN documents AS earlier_in ON earlier_in.id = earlier.document_id
        JOIN documents AS later_in ON later_in.id = later.document_id
        WHERE earlier.is_current AND later.is_current AND earlier.question_id = later.question_id
    """,
    "claims_in_conflict": """
        SELECT (SELECT label FROM questions WHERE id = earlier.question_id) AS question,
            earlier.text AS claim, earlier.asserted_by, earlier_in.outlet, earlier_in.published,
            later.text AS other_claim, later.asserted_by AS other_asserted_by, later_in.outlet AS other_outlet,
            later_in.published AS other_published, why, claim_relations.score, claim_id, other_id,
            earlier.document_id, later.document_id AS other_document_id, earlier.speaker_id,
            later.speaker_id AS other_speaker_id, earlier.question_id
        FROM claim_relations JOIN claims AS earlier ON earlier.id = claim_id JOIN claims AS later ON later.id = other_id
        JOIN documents AS earlier_in ON earlier_in.id = earlier.document_id
        JOIN documents AS later_in ON later_in.id = later.document_id
        WHERE claim_relations.kind = 'conflicts' AND earlier.is_current AND later.is_current
            AND earlier.question_id = later.question_id
    """,
}


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """Three articles of two outlets and one of none, and two questions."""
    with connect(tmp_path / "quotes.db") as database:
        database.execute(
            "INSERT INTO runs (id, version, model, model_version, started_at) VALUES ('r', '1', 'm', '1', ?)", [NOW]
        )
        for name, outlet, day in [("d1", "Harbour Post", "2025-03-01"), ("d2", "Northline Daily", "2025-03-02"),
                                  ("d3", "Harbour Post", None), ("d4", None, "2025-03-09")]:  # fmt: skip
            database.table("documents").insert(
                {"id": name, "title": f"Title of {name}", "outlet": outlet, "published": day, "input": f"{name}.md",
                 "sha256": "0", "text": "Some text", "run_id": "r", "added_at": NOW, "extracted_at": NOW}
            )  # fmt: skip
        for name in ("homes", "boats"):
            database.table("questions").insert({"id": name, "label": f"How many {name}?", "kind": "quantity"})
        yield database


def claim(db: Database, name: str, document: str, question: str | None = "homes", **more: object) -> None:
    values = {
        "id": name, "document_id": document, "kind": "quantity", "text": f"Text of {name}", "sentence": "Some text",
        "asserted_by": "Ada", "check_worthiness": 0.5, "question_id": question, "method": "m", "score": 1.0,
        "start_char": 0, "end_char": 4, "sentence_start": 0, "sentence_end": 9, **more,
    }  # fmt: skip
    db.table("claims").insert(values)


def relate(db: Database, earlier: str, later: str, kind: str) -> None:
    db.table("claim_relations").upsert(
        {"claim_id": earlier, "other_id": later, "kind": kind, "score": 0.9, "why": "both say so"},
        pk=["claim_id", "other_id"],
    )


def one(db: Database, sql: str) -> tuple[object, ...]:
    return db.execute(sql).fetchone()  # type: ignore[no-any-return]


HOMES = "SELECT answers, voices, outlets, conflicts, first_published, last_published FROM question_list"
PAIR = "SELECT question_id, check_worthiness FROM claim_relations"
REPEATED = "SELECT claim_id, times FROM repeated_claims"


# Questions.


def test_a_question_counts_answers_voices_and_outlets(db: Database) -> None:
    with writing(db):
        claim(db, "a", "d1")
        claim(db, "b", "d2", asserted_by="Bruno")
        claim(db, "c", "d3")
        relate(db, "a", "b", "conflicts")
    assert one(db, HOMES) == (3, 2, 2, 1, "2025-03-01", "2025-03-02")


def test_a_reprint_counts_for_its_outlet_alone(db: Database) -> None:
    with writing(db):
        claim(db, "a", "d1")
        claim(db, "b", "d4", copy_of="a")
    assert one(db, HOMES) == (1, 1, 2, 0, "2025-03-01", "2025-03-09")


def test_a_question_that_nobody_answers_is_not_listed(db: Database) -> None:
    with writing(db):
        claim(db, "a", "d1")
    with writing(db):
        db.execute("UPDATE claims SET is_current = 0")
    assert one(db, HOMES) is None


@pytest.mark.parametrize(
    ("change", "answers"),
    [
        pytest.param("DELETE FROM claims WHERE id = 'b'", (1, 1, 1, 0, "2025-03-01", "2025-03-01"), id="claim goes"),
        pytest.param(
            "UPDATE claims SET question_id = 'boats' WHERE id = 'b'",
            (1, 1, 1, 0, "2025-03-01", "2025-03-01"),
            id="another question",
        ),
        pytest.param(
            "UPDATE claims SET asserted_by = 'Ada' WHERE id = 'b'",
            (2, 1, 2, 0, "2025-03-01", "2025-03-02"),
            id="another voice",
        ),
        pytest.param(
            "UPDATE documents SET published = '2026-01-01', outlet = 'Harbour Post' WHERE id = 'd2'",
            (2, 2, 1, 0, "2025-03-01", "2026-01-01"),
            id="document corrected",
        ),
    ],
)
def test_answers_are_counted_again_when_they_change(db: Database, change: str, answers: tuple[object, ...]) -> None:
    with writing(db):
        claim(db, "a", "d1")
        claim(db, "b", "d2", asserted_by="Bruno")
    with writing(db):
        db.execute(change)
    assert one(db, f"{HOMES} WHERE question_id = 'homes'") == answers


def test_what_did_not_change_is_not_counted(db: Database) -> None:
    with writing(db):
        claim(db, "a", "d1")
        claim(db, "b", "d2", "boats")
    db.execute("UPDATE claims SET asserted_by = asserted_by, question_id = question_id, check_worthiness = 0.1")
    assert one(db, "SELECT min(is_counted) FROM questions") == (1,)


# Pairs.


def test_a_pair_has_the_question_that_both_answer_and_the_greater_worth(db: Database) -> None:
    claim(db, "a", "d1", check_worthiness=0.3)
    claim(db, "b", "d2", check_worthiness=0.6)
    relate(db, "a", "b", "updates")
    assert one(db, PAIR) == ("homes", 0.6)
    db.execute("UPDATE claims SET check_worthiness = 0.9 WHERE id = 'a'")
    assert one(db, PAIR) == ("homes", 0.9)


@pytest.mark.parametrize("side", ["a", "b"])
def test_a_pair_of_which_one_is_rejected_or_asked_elsewhere_is_not_listed(db: Database, side: str) -> None:
    claim(db, "a", "d1")
    claim(db, "b", "d2")
    relate(db, "a", "b", "conflicts")
    for change, back in [("is_current = 0", "is_current = 1"), ("question_id = NULL", "question_id = 'homes'")]:
        db.execute(f"UPDATE claims SET {change} WHERE id = ?", [side])
        assert one(db, "SELECT (SELECT count(*) FROM claims_in_conflict), (SELECT count(*) FROM related_claims)") == (
            0,
            0,
        )
        db.execute(f"UPDATE claims SET {back} WHERE id = ?", [side])
        assert one(db, "SELECT (SELECT count(*) FROM claims_in_conflict), (SELECT count(*) FROM related_claims)") == (
            1,
            1,
        )


# What is claimed again.


@pytest.fixture
def again(db: Database) -> Database:
    """Three claims: the first is made twice more."""
    for name, document in [("a", "d1"), ("b", "d2"), ("c", "d4")]:
        claim(db, name, document)
    for earlier, later in [("a", "b"), ("a", "c"), ("b", "c")]:
        relate(db, earlier, later, "same")
    return db


@pytest.mark.parametrize(
    ("change", "rows"),
    [
        pytest.param("SELECT 1", [("a", 3)], id="as it is"),
        pytest.param("UPDATE claims SET is_current = 0 WHERE id = 'c'", [("a", 2)], id="a repeat is rejected"),
        pytest.param("UPDATE claims SET is_current = 0 WHERE id = 'a'", [], id="the first is rejected"),
        pytest.param("DELETE FROM claims WHERE id = 'a'", [("b", 2)], id="the first goes"),
        pytest.param("DELETE FROM claims WHERE id = 'b'", [("a", 2)], id="a repeat goes"),
        pytest.param("UPDATE claim_relations SET kind = 'updates' WHERE claim_id = 'a'", [("b", 2)], id="an update"),
    ],
)
def test_each_group_is_listed_once_with_how_often_it_is_claimed(
    again: Database, change: str, rows: list[tuple[str, int]]
) -> None:
    again.execute(change)
    assert again.execute(REPEATED).fetchall() == rows


# Whoever writes whatever.


def _random_change(db: Database, rng: random.Random, number: int) -> None:
    # Few of them, so that most are related.
    names = [row[0] for row in db.execute("SELECT id FROM claims ORDER BY rowid")][-8:]
    what = rng.randrange(10)
    if what < 3 or len(names) < 4:
        more = {"asserted_by": rng.choice(["Ada", "Bruno", "article"]), "check_worthiness": rng.random(),
                "copy_of": rng.choice([None, *names])}  # fmt: skip
        claim(db, f"c{number}", rng.choice(["d1", "d2", "d3", "d4"]), rng.choice(["homes", "boats", None]), **more)
    elif what < 6:
        earlier, later = sorted(rng.sample(names, 2))
        relate(db, earlier, later, rng.choice(KINDS))
    elif what == 6:
        db.execute("DELETE FROM claim_relations WHERE claim_id = ?", [rng.choice(names)])
    elif what == 7:
        db.execute("DELETE FROM claims WHERE id = ?", [rng.choice(names)])
    elif what == 8:
        outlet, day = (
            rng.choice([None, "Harbour Post", "Northline Daily"]),
            rng.choice([None, "2025-01-01", "2026-01-01"]),
        )
        db.execute(
            "UPDATE documents SET outlet = ?, published = ? WHERE id = ?", [outlet, day, rng.choice(["d1", "d4"])]
        )
    else:
        column, value = rng.choice(
            [("is_current", 0), ("is_current", 1), ("is_current", 0), ("is_current", 1), ("question_id", "boats"), ("question_id", None),
             ("asserted_by", "Ada"), ("copy_of", None), ("check_worthiness", rng.random())]
        )  # fmt: skip
        db.execute(f"UPDATE claims SET {column} = ? WHERE id = ?", [value, rng.choice(names)])


@pytest.mark.parametrize("seed", range(8))
def test_after_any_changes_every_list_shows_what_its_plain_definition_does(db: Database, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311
    for step in range(40):
        with writing(db):
            for part in range(rng.randint(1, 5)):
                _random_change(db, rng, step * 10 + part)
        assert wrong_counts(db) == []
    for view, sql in PLAIN.items():
        cursor = db.execute(sql)
        columns = ", ".join(column[0] for column in cursor.description)
        assert sorted(db.execute(f"SELECT {columns} FROM {view}"), key=repr) == sorted(cursor, key=repr), view


def test_rows_written_in_bulk_without_triggers_are_counted_at_once(again: Database) -> None:
    again.execute("UPDATE claims SET times = 1, is_repeat = 0")
    again.execute("UPDATE claim_relations SET question_id = NULL, check_worthiness = 0")
    assert {table for table, _ in wrong_counts(again)} == {"claims", "claim_relations", "questions"}
    recount(again)
    assert wrong_counts(again) == []
    assert again.execute(REPEATED).fetchall() == [("a", 3)]
