"""The copy for the public: a fresh file into which only what `quotes.export.public` names is written.

Nothing is deleted from a copy of the private file, so no byte of what is left out can remain in it.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Collection
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from sqlite_utils import Database

from quotes import schema
from quotes.errors import StoreError
from quotes.export.public import DOCUMENTS, PARTS, PUBLIC_COPY
from quotes.store.connection import translated, writing

GAP = "…"
"""Stands where words of an article were left out; blanks fill the rest, so that every offset still holds."""

_KEPT_SPANS = """
    SELECT start_char, end_char FROM main.claims WHERE document_id = :id AND is_current
    UNION SELECT sentence_start, sentence_end FROM main.claims WHERE document_id = :id AND is_current
    UNION SELECT measured_start, measured_end FROM main.claims
        WHERE document_id = :id AND is_current AND measured_start IS NOT NULL
    UNION SELECT part.start_char, part.end_char FROM main.claims JOIN main.figures AS part ON part.claim_id = claims.id
        WHERE document_id = :id AND is_current
    UNION SELECT part.start_char, part.end_char
        FROM main.claims JOIN main.check_reasons AS part ON part.claim_id = claims.id
        WHERE document_id = :id AND is_current AND part.start_char IS NOT NULL
"""
_KEPT_QUOTATIONS = "SELECT content_spans, cue_spans, source_spans FROM main.quotations WHERE document_id = :id"
_STANDS = """
    row.text = (
        SELECT substr(text, row.start_char + 1, row.end_char - row.start_char) FROM main.documents
        WHERE documents.id = row.document_id
    )
"""
_SEARCHED = ("documents", "quotations", "claims", "fact_checks")


@dataclass(frozen=True, slots=True)
class Texts:
    """How much of each article is public: all of it, or, with `excerpts`, what is quoted or claimed.

    Articles under a licence of `free_licences` (as printed in `documents.licence`) stay whole all the same.
    """

    excerpts: bool = False
    free_licences: tuple[str, ...] = ()


def publish(database: Path, out: Path, texts: Texts | None = None, *, force: bool = False) -> dict[str, int]:
    """Write the public copy of a database to OUT, whole or not at all; the rows of each table in it.

    Raises StoreError where OUT is the database itself, or is there already and `force` is not given.
    """
    if out.exists():
        if out.samefile(database):
            raise StoreError(f"{out}: is the database itself; name another file")
        if not force:
            raise StoreError(f"{out}: is there already; --force writes over it")
    partial = out.with_name(f"{out.name}.partial")
    _remove(partial)
    try:
        with translated(out):
            counts = _write(database, partial, texts or Texts())
            _flush(partial)
            partial.replace(out)
    finally:
        _remove(partial)
    return counts


def _write(database: Path, target: Path, texts: Texts) -> dict[str, int]:
    with closing(sqlite3.connect(target.absolute().as_uri(), uri=True)) as connection:
        db = Database(connection)
        with writing(db):
            schema.migrate(db)
        db.execute("ATTACH ? AS private", [f"{database.absolute().as_uri()}?mode=ro"])
        with writing(db):
            for part in PARTS:
                if texts.excerpts and part is DOCUMENTS:
                    _copy_excerpts(connection, texts.free_licences)
                elif texts.excerpts and part.table == "mentions":
                    connection.execute(replace(part, where=_STANDS).sql)
                else:
                    connection.execute(part.sql)
            for table in _SEARCHED:
                connection.execute(f"INSERT INTO main.{table}_fts ({table}_fts) VALUES ('optimize')")
        db.execute("DETACH private")
        broken = db.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise StoreError(f"{len(broken)} rows of {broken[0][0]} refer to rows that are not public")
        db.execute("ANALYZE")
        db.execute("VACUUM")
        # One file without a log beside it can be copied and served as it is.
        db.execute(f"PRAGMA application_id = {PUBLIC_COPY}")
        db.execute("PRAGMA journal_mode = DELETE")
        return {part.table: int(db.execute(f"SELECT count(*) FROM {part.table}").fetchone()[0]) for part in PARTS}


def _copy_excerpts(connection: sqlite3.Connection, free_licences: Collection[str]) -> None:
    """Documents with what is not quoted or claimed blanked out, but for those under a free licence."""
    names = [*DOCUMENTS.columns, *DOCUMENTS.instead]
    select = "SELECT" + DOCUMENTS.sql.partition(" SELECT")[2]
    text, licence = names.index("text"), names.index("licence")
    insert = f"INSERT INTO main.documents ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    for row in connection.execute(select):
        values = list(row)
        if values[licence] not in free_licences:
            values[text] = excerpt(values[text], kept_spans(connection, values[0]))
        connection.execute(insert, values)


def kept_spans(connection: sqlite3.Connection, document_id: str) -> list[tuple[int, int]]:
    """The spans of a document that the public rows are about."""
    key = {"id": document_id}
    spans = [(start, end) for start, end in connection.execute(_KEPT_SPANS, key)]
    for row in connection.execute(_KEPT_QUOTATIONS, key):
        spans += [(start, end) for part in row for start, end in json.loads(part)]
    return spans


def excerpt(text: str, spans: Collection[tuple[int, int]]) -> str:
    """A text of the same length in which each line outside the spans is a gap and blanks; line ends stay."""
    made, done = [], 0
    for start, end in sorted(spans):
        if end > done:
            made += [_gap(text[done:start]), text[max(start, done) : end]]
            done = end
    return "".join([*made, _gap(text[done:])])


def _gap(words: str) -> str:
    """Blanks in place of words, a mark where each line of them began; what has no words stays."""
    return "".join(_line_gap(line) for line in words.splitlines(keepends=True))


def _line_gap(line: str) -> str:
    if not any(c.isalnum() for c in line):
        return line
    body = line.rstrip("\r\n")
    lead = len(body) - len(body.lstrip(" "))
    blanks = len(body) - lead - len(GAP)
    return body[:lead] + GAP + " " * blanks + line[len(body) :]


def _flush(path: Path) -> None:
    """Have the file on the disk before it gets its name."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _remove(partial: Path) -> None:
    for name in (partial.name, f"{partial.name}-journal", f"{partial.name}-wal", f"{partial.name}-shm"):
        with suppress(FileNotFoundError):
            partial.with_name(name).unlink()
