"""Check a database against itself: do all offsets give the stored words, is everything linked and indexed?

In comes a database, out come the problems, one line each; none in a sound one.  Rows that are no
longer found (`is_current = 0`) are left out: the text may have changed since.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from sqlite_utils import Database

from quotes.records import words
from quotes.store.counting import wrong_counts
from quotes.store.rows import Row

# Table, columns of the words, the start and the end, and the rows of one document.
SPANS = (
    ("mentions", "text", "start_char", "end_char", "document_id = ?"),
    ("claims", "text", "start_char", "end_char", "document_id = ? AND is_current"),
    ("claims", "sentence", "sentence_start", "sentence_end", "document_id = ? AND is_current"),
    ("claims", "measured", "measured_start", "measured_end", "document_id = ? AND is_current"),
    *(
        (
            table,
            "text",
            "start_char",
            "end_char",
            "claim_id IN (SELECT id FROM claims WHERE document_id = ? AND is_current)",
        )
        for table in ("figures", "check_reasons")
    ),
)
SEARCHED = ("documents", "quotations", "claims")


def verify(db: Database) -> list[str]:
    """Every problem of a database, in words."""
    return [*_broken_pages(db), *_broken_links(db), *_broken_searches(db), *_wrong_counts(db), *_wrong_words(db)]


def _broken_pages(db: Database) -> Iterator[str]:
    for (message,) in db.execute("PRAGMA quick_check").fetchall():
        if message != "ok":
            yield f"damaged file: {message}"


def _broken_links(db: Database) -> Iterator[str]:
    for table, rowid, parent, _ in db.execute("PRAGMA foreign_key_check").fetchall():
        yield f"{table} row {rowid}: refers to a missing row of {parent}"


def _broken_searches(db: Database) -> Iterator[str]:
    for table in SEARCHED:
        # Rank 1 compares the index with the table it is of; this writes nothing.
        sql = f"INSERT INTO {table}_fts ({table}_fts, rank) VALUES ('integrity-check', 1)"
        try:
            db.execute(sql)
        except sqlite3.DatabaseError:
            yield f"{table}_fts: the search index does not match its table"


def _wrong_counts(db: Database) -> Iterator[str]:
    for table, row_id in wrong_counts(db):
        yield f"{table} row {row_id}: what is kept of it is not what counting gives"


def _wrong_words(db: Database) -> Iterator[str]:
    for document_id, text in db.execute("SELECT id, text FROM documents"):
        for table, column, start, end, where in SPANS:
            sql = f"SELECT rowid, {column}, {start}, {end} FROM {table} WHERE {where} AND {start} IS NOT NULL"
            for rowid, stored, first, last in db.execute(sql, [document_id]):
                if text[first:last] != stored:
                    yield f"{table} row {rowid}: {column} is not what stands at {first}-{last} of {document_id}"
        for row in db.query("SELECT * FROM quotations WHERE document_id = ? AND is_current", [document_id]):
            yield from _wrong_quotation(row, text)


def _wrong_quotation(row: Row, text: str) -> Iterator[str]:
    for part in ("content", "cue", "source"):
        if words(text, json.loads(row[f"{part}_spans"])) != row[part]:
            yield f"quotations row {row['id']}: {part} is not what stands at {row[f'{part}_spans']}"
    content = json.loads(row["content_spans"])
    if (row["start_char"], row["end_char"]) != (min(s for s, _ in content), max(e for _, e in content)):
        yield f"quotations row {row['id']}: does not start or end where its content does"
