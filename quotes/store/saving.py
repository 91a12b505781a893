"""Write one document's extraction: only the rows that differ from what is stored.

In come rows, out goes a database in which the document's derived rows are exactly those, plus rows
that somebody decided on and that are no longer found (kept, `is_current = 0`).  Writing the same
rows twice changes nothing at all.  The caller holds the transaction.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from quotes.models import Extraction, Run
from quotes.store.comparing import ask_again, forget_relations
from quotes.store.decisions import move_decisions
from quotes.store.identities import link_speakers
from quotes.store.reviewed import with_reviews
from quotes.store.reviewing import Target, refresh
from quotes.store.rows import Row, Rows, derived_rows, document_row, run_row
from quotes.store.speakers import remove_unused_speakers
from quotes.store.verdicts import refresh_verdict

Key = tuple[object, ...]

TO_COMPARE: Row = {"question_id": None}
"""A claim without a question is compared anew; see `quotes.store.comparing`."""


@dataclass(frozen=True, slots=True)
class Changes:
    """How many derived rows of a document were written and removed; all 0 when nothing differed."""

    written: int = 0
    removed: int = 0

    def __add__(self, other: Changes) -> Changes:
        return Changes(self.written + other.written, self.removed + other.removed)

    def __bool__(self) -> bool:
        return bool(self.written or self.removed)


@dataclass(frozen=True, slots=True)
class Written:
    """What saving a document did: whether any row differed, and the speakers first seen in it."""

    changed: bool
    new_speakers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stored:
    """The rows of one table that a document has, by key."""

    table: str
    keys: tuple[str, ...]
    rows: dict[Key, Row]

    def differing(self, wanted: Iterable[Row]) -> list[Row]:
        """Those of the wanted rows that are new or differ in a column they name."""
        return [row for row in wanted if not _agree(self.rows.get(self.key(row)), row)]

    def missing(self, wanted: Iterable[Row]) -> list[Row]:
        """Stored rows that are not wanted."""
        kept = {self.key(row) for row in wanted}
        return [row for key, row in self.rows.items() if key not in kept]

    def key(self, row: Row) -> Key:
        """The primary key of a row."""
        return tuple(row[name] for name in self.keys)


def save_extraction(db: Database, extraction: Extraction, run: Run, now: str, *, again: bool) -> Written:
    """Store an extraction; whether any row differed, and which speakers are new.

    With `again` the document's `run_id` and `extracted_at` are written even when none did.
    """
    document, rows = document_row(extraction.document), derived_rows(extraction)
    stored = next(db.query("SELECT * FROM documents WHERE id = ?", [document["id"]]), None)
    add_run(db, run, now)
    before = speakers_of(db, document["id"])
    changed = not _agree(stored, document)
    if changed:
        _write_document(db, stored, document, run, now)
        ask_again(db, [row["id"] for row in db.query("SELECT id FROM claims WHERE document_id = ?", [document["id"]])])
    links = link_speakers(db, extraction, rows.speaker_ids(), now)
    rows = with_reviews(db, document, rows.with_speakers(links.ids))
    changed |= links.changed | bool(_write_derived(db, stored, document, rows))
    changed |= remove_unused_speakers(db, before - rows.speaker_ids())
    if stored and (changed or again or stored["run_id"] != run.id):
        db.execute(
            "UPDATE documents SET run_id = ?, extracted_at = ? WHERE id = ?", [run.id, now, extraction.document.id]
        )
    return Written(changed, tuple(links.added))


def add_run(db: Database, run: Run, now: str) -> None:
    """Record a run, once."""
    db.table("runs").insert({**run_row(run), "started_at": now}, ignore=True)


def speakers_of(db: Database, document_id: str) -> set[str]:
    """Every speaker that the stored rows of a document refer to."""
    sql = """
        SELECT speaker_id FROM mentions WHERE document_id = :id
        UNION SELECT speaker_id FROM quotations WHERE document_id = :id
        UNION SELECT on_behalf_of_id FROM quotations WHERE document_id = :id
        UNION SELECT speaker_id FROM claims WHERE document_id = :id
        UNION SELECT speaker_id FROM document_speakers WHERE document_id = :id
        UNION SELECT own_id FROM document_speakers WHERE document_id = :id
        UNION SELECT assertions.speaker_id FROM assertions
            JOIN claims ON claims.id = assertions.claim_id WHERE claims.document_id = :id
    """
    return {row[0] for row in db.execute(sql, {"id": document_id}) if row[0]}


def _write_document(db: Database, stored: Row | None, document: Row, run: Run, now: str) -> None:
    times = {"run_id": run.id, "added_at": stored["added_at"] if stored else now, "extracted_at": now}
    db.table("documents").upsert({**document, **times}, pk="id")


def _write_derived(db: Database, old_document: Row | None, document: Row, rows: Rows) -> Changes:
    texts = (old_document or document)["text"], document["text"]
    mentions = _stored(db, "mentions", ["id"], "document_id = ?", [document["id"]])
    quotations = _stored(db, "quotations", ["id"], "document_id = ?", [document["id"]])
    claims = _stored(db, "claims", ["id"], "document_id = ?", [document["id"]])
    changes = _write(db, mentions, rows.mentions) + _write(db, quotations, rows.quotations)
    changes += _write(db, claims, rows.claims, TO_COMPARE)
    changes += _write_claim_parts(db, rows)
    # Claims first: deleting a quotation would reach into the claims that are about to go.
    changes += _retire(db, claims, rows.claims, texts)
    changes += _retire(db, quotations, rows.quotations, texts)
    return changes + _remove(db, mentions, mentions.missing(rows.mentions))


def _write_claim_parts(db: Database, rows: Rows) -> Changes:
    where = "claim_id IN (SELECT value FROM json_each(?))"
    claim_ids = [json.dumps([row["id"] for row in rows.claims])]
    changes = Changes()
    for table, keys, wanted in (
        ("figures", ["id"], rows.figures),
        ("assertions", ["claim_id", "depth"], rows.assertions),
        ("check_reasons", ["claim_id", "position"], rows.check_reasons),
    ):
        stored = _stored(db, table, keys, where, claim_ids)
        differing = [*stored.differing(wanted), *stored.missing(wanted)]
        ask_again(db, {row["claim_id"] for row in differing if table == "figures"})
        changes += _write(db, stored, wanted) + _remove(db, stored, stored.missing(wanted))
    return changes


def _stored(db: Database, table: str, keys: Sequence[str], where: str, parameters: Sequence[object]) -> Stored:
    rows = db.query(f"SELECT * FROM {table} WHERE {where} ORDER BY rowid", parameters)
    return Stored(table, tuple(keys), {tuple(row[key] for key in keys): row for row in rows})


def _write(db: Database, stored: Stored, wanted: Sequence[Row], more: Row | None = None) -> Changes:
    """Write rows that differ, and with them the columns of `more`."""
    rows = [row | (more or {}) for row in stored.differing(wanted)]
    if rows:
        db.table(stored.table).upsert_all(rows, pk=list(stored.keys))
    return Changes(written=len(rows))


def _remove(db: Database, stored: Stored, rows: Collection[Row]) -> Changes:
    where = " AND ".join(f"{key} = ?" for key in stored.keys)
    for row in rows:
        db.execute(f"DELETE FROM {stored.table} WHERE {where}", stored.key(row))
    return Changes(removed=len(rows))


def _retire(db: Database, stored: Stored, wanted: Sequence[Row], texts: tuple[str, str]) -> Changes:
    """Remove the quotations or claims that are no longer found, but keep those that decisions still hang on."""
    gone = stored.missing(wanted)
    for row in gone if stored.table == "claims" else ():
        forget_relations(db, row["id"])
    kept, got = move_decisions(db, stored.table, gone, wanted, texts) if gone else (set[str](), set[str]())
    for row_id in got:
        refresh(db, Target("claim" if stored.table == "claims" else "quotation", row_id))
        if stored.table == "claims":
            refresh_verdict(db, row_id)
    retired = [row for row in gone if row["id"] in kept and row["is_current"]]
    for row in retired:
        db.execute(f"UPDATE {stored.table} SET is_current = 0 WHERE id = ?", [row["id"]])
    return Changes(written=len(retired)) + _remove(db, stored, [row for row in gone if row["id"] not in kept])


def _agree(stored: Row | None, wanted: Row) -> bool:
    return stored is not None and all(stored[column] == value for column, value in wanted.items())
