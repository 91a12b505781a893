"""Known fact-checks in the database: imported, looked up by words, matched with claims, decided upon.

Rows go in and out as plain mappings; what is a good match is decided in `quotes.factchecks`.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from quotes.errors import StoreError

Row = Mapping[str, Any]

COLUMNS = ("claim_reviewed", "claimant", "claim_date", "rating", "publisher", "url", "published", "title")
"""What is imported; `input` and the time come beside it."""

_UPSERT = f"""
INSERT INTO fact_checks (id, {", ".join(COLUMNS)}, input, imported_at)
VALUES (:id, {", ".join(f":{column}" for column in COLUMNS)}, :input, :now)
ON CONFLICT (id) DO UPDATE SET input = excluded.input, imported_at = excluded.imported_at,
    {", ".join(f"{column} = excluded.{column}" for column in COLUMNS)}
"""
_CANDIDATES = """
SELECT fact_checks.id FROM fact_checks_fts JOIN fact_checks ON fact_checks.rowid = fact_checks_fts.rowid
WHERE fact_checks_fts MATCH ? ORDER BY bm25(fact_checks_fts), fact_checks.id LIMIT ?
"""
_CLAIMS = """
SELECT claims.id, claims.text, claims.sentence, claims.asserted_by, claims.speaker_id, documents.published
FROM claims JOIN documents ON documents.id = document_id
WHERE is_current = 1 ORDER BY check_worthiness DESC, claims.id
"""


def import_fact_check(db: Database, row: Row, source: str, now: str) -> str:
    """Store one fact-check: "new", "changed", or "unchanged", which writes nothing."""
    stored = next(db.query("SELECT * FROM fact_checks WHERE id = ?", [row["id"]]), None)
    if stored and all(stored[column] == row[column] for column in COLUMNS):
        return "unchanged"
    db.execute(_UPSERT, {**row, "input": source, "now": now})
    return "changed" if stored else "new"


def known_fact_checks(db: Database) -> list[dict[str, Any]]:
    """Every fact-check's id, claim_reviewed, title, claimant and claim_date."""
    return list(db.query("SELECT id, claim_reviewed, title, claimant, claim_date FROM fact_checks ORDER BY id"))


def candidates(db: Database, words: Iterable[str], limit: int) -> list[str]:
    """Ids of the fact-checks with the best BM25 for any of these words."""
    # A quoted string is never an operator of FTS5's; a quotation mark in it would end it.
    terms = " OR ".join(f'"{word}"' for word in dict.fromkeys(words) if '"' not in word)
    return [row[0] for row in db.execute(_CANDIDATES, [terms, limit])] if terms else []


def claims_to_match(db: Database, claim_id: str | None = None) -> list[dict[str, Any]]:
    """Current claims, those most worth checking first, or one of them.

    Raises StoreError where there is no such claim.
    """
    if claim_id is None:
        return list(db.query(_CLAIMS))
    found = list(db.query(_CLAIMS.replace("is_current = 1", "claims.id = ?"), [claim_id]))
    if not found:
        raise StoreError(f"{claim_id}: no such claim")
    return found


def replace_matches(db: Database, claim_id: str, rows: Sequence[Row]) -> None:
    """Make these the suggestions for a claim; rows hold fact_check_id, score, why and parts (JSON)."""
    db.execute("DELETE FROM fact_check_matches WHERE claim_id = ?", [claim_id])
    db.conn.executemany(
        "INSERT INTO fact_check_matches (claim_id, fact_check_id, score, why, parts)"
        " VALUES (:claim_id, :fact_check_id, :score, :why, :parts)",
        [{**row, "claim_id": claim_id} for row in rows],
    )


def decide(db: Database, claim_id: str, fact_check_id: str, decision: str, made: tuple[str, str, str]) -> None:
    """Record whether a fact-check is about a claim; `made` is the reviewer, the note and the time.

    Raises StoreError where one of the two is not there.
    """
    for table, row_id, name in (("claims", claim_id, "claim"), ("fact_checks", fact_check_id, "fact-check")):
        if not db.execute(f"SELECT 1 FROM {table} WHERE id = ?", [row_id]).fetchone():
            raise StoreError(f"{row_id}: no such {name}")
    reviewer, note, now = made
    db.execute(
        "INSERT INTO fact_check_decisions (id, claim_id, fact_check_id, decision, note, reviewer, decided_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [uuid.uuid4().hex, claim_id, fact_check_id, decision, note, reviewer, now],
    )
