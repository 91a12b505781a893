"""What only reviewers may see: their notes and names.

A table's `allow` block does not stop `?sql=`, a facet or a view, so the guard sits in SQLite itself: on Datasette's
connections the columns below read as NULL, wherever they are named.  The pages for reviewers read them through a
connection of their own, after asking for the permission.  Whoever can open the file can read everything in it: the
copy for the public (`quotes publish`) leaves these columns out altogether.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from datasette.database import Database

from quotes.export.public import PUBLIC_COPY
from quotes.web.site import OUR_TABLES, Row, rows

if TYPE_CHECKING:
    from sqlite_utils import Database as Tables

T = TypeVar("T")
Parameters = Mapping[str, Any] | Sequence[Any]

BUSY_SECONDS = 5.0
"""How long a decision waits for another writer."""

MAPPED = 2**31
"""Bytes of the file that are read without copying them: lists of a million rows take a fifth less time."""

PRIVATE_COLUMNS = frozenset(
    {
        ("reviews", "note"),
        ("reviews", "reviewer"),
        ("reviews", "change"),
        ("verdicts", "reviewer"),
        ("draft_returns", "note"),
        ("draft_returns", "reviewer"),
        ("judgements", "note"),
        ("judgements", "reviewer"),
        ("fact_check_decisions", "note"),
        ("fact_check_decisions", "reviewer"),
        # SQL would tell where on the machine the file lies.
        ("pragma_database_list", "file"),
    }
)

# Of a draft nobody may see more than that there is one.  Columns are hidden, not rows, so what was published is read
# by the pages, too; the copy for the public has no drafts and hides none of these.
DRAFTED_COLUMNS = frozenset(
    {
        *(("verdicts", column) for column in ("rating", "explanation", "evidence", "correction")),
        ("claims", "draft"),
        ("claims", "draft_at"),
        ("draft_returns", "decision"),
    }
)


def guard(connection: sqlite3.Connection, *, crossdb: bool) -> None:
    """Prepare a connection of Datasette's: foreign keys are enforced and private columns hidden, in our databases.

    With `--crossdb` our tables are attached to Datasette's memory database later, so all connections are guarded.
    """
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    if {row[0] for row in found} >= OUR_TABLES:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA mmap_size = {MAPPED}")
        is_public = connection.execute("PRAGMA application_id").fetchone()[0] == PUBLIC_COPY
        hide_columns(connection, PRIVATE_COLUMNS if is_public else PRIVATE_COLUMNS | DRAFTED_COLUMNS)
    elif crossdb:
        hide_columns(connection, PRIVATE_COLUMNS | DRAFTED_COLUMNS)


def hide_columns(connection: sqlite3.Connection, hidden: Collection[tuple[str, str]]) -> None:
    """Make columns (table, column) read as NULL on this connection; writing them still works."""

    def authorise(action: int, table: str | None, column: str | None, *_: str | None) -> int:
        if action == sqlite3.SQLITE_READ and (str(table).lower(), str(column).lower()) in hidden:
            return sqlite3.SQLITE_IGNORE
        return sqlite3.SQLITE_OK

    connection.set_authorizer(authorise)


async def question_history(database: Database, question_id: str, *, private: bool) -> list[Row]:
    """The latest judgements on a question, newest first; notes and names only if `private`."""
    read = whole_rows if private else rows
    return await read(database, _ABOUT_QUESTION, {"id": question_id})


async def own_last_judgement(database: Database, reviewer: str) -> Row | None:
    """A reviewer's last judgement on two speakers that can be taken back: nobody judged the two since."""
    return next(iter(await whole_rows(database, _OWN_LAST, {"reviewer": reviewer})), None)


async def pair_history(database: Database, left: str, right: str, *, private: bool) -> list[Row]:
    """All judgements on two speakers, newest first; notes and names only if `private`."""
    read = whole_rows if private else rows
    return await read(
        database, _JUDGEMENTS.format(condition="left_id = :left AND right_id = :right"), {"left": left, "right": right}
    )


async def speaker_history(database: Database, speaker_id: str, *, private: bool) -> list[Row]:
    """All judgements on a speaker and on those merged into it, newest first; notes and names only if `private`."""
    read = whole_rows if private else rows
    return await read(database, _ABOUT_SPEAKER, {"id": speaker_id})


async def decisions(database: Database, target_type: str, target_id: str, *, private: bool) -> list[Row]:
    """All decisions on a quotation or claim but skips, newest first; fixes, notes and names only if `private`."""
    read = whole_rows if private else rows
    return await read(database, _DECISIONS, {"type": target_type, "id": target_id})


async def draft_returns(database: Database, claim_id: str) -> list[Row]:
    """How often drafts on a claim were sent back and that taken back, newest first, with notes: for reviewers."""
    return await whole_rows(database, _RETURNS, [claim_id])


async def verdicts(database: Database, claim_id: str, *, private: bool) -> list[Row]:
    """All verdicts on a claim, newest first; drafts and names only if `private`."""
    found = await whole_rows(database, _VERDICTS, {"id": claim_id, "drafts": private})
    return [dict(row) if private else {**row, "reviewer": None} for row in found]


async def whole_rows(database: Database, sql: str, parameters: Parameters = ()) -> list[Row]:
    """Rows read through a connection that hides nothing and writes nothing: for those who may see it."""
    return await asyncio.to_thread(_read, Path(str(database.path)), sql, parameters)


async def read_whole(database: Database, read: Callable[[sqlite3.Connection], T]) -> T:
    """What `read` finds on a connection that hides nothing and writes nothing: it must select what is public itself."""

    def ask() -> T:
        with closing(_open(Path(str(database.path)))) as connection:
            return read(connection)

    return await asyncio.to_thread(ask)


async def own_last_decision(database: Database, reviewer: str) -> Row | None:
    """What a reviewer did last on the desk and can take back: an accept, reject or fix, or a draft sent back.

    `target_type` and `target_id` say on what, `action` what it was: “return” for a draft.
    """

    def ask() -> Row | None:
        from sqlite_utils import Database as Tables

        from quotes.store.drafts import own_last_return
        from quotes.store.reviewing import own_last

        with closing(_open(Path(str(database.path)))) as connection:
            db = Tables(connection)
            review, returned = own_last(db, reviewer), own_last_return(db, reviewer)
        if returned and (review is None or review["reviewed_at"] <= returned["decided_at"]):
            return {
                **returned,
                "action": returned["decision"],
                "target_type": "claim",
                "target_id": returned["claim_id"],
            }
        return review

    return await asyncio.to_thread(ask)


async def change(database: Database, what: Callable[[Tables], T]) -> T:
    """Change our database in one transaction, on a connection that hides nothing: what was decided counts, and by whom.

    Raises what `what` raises, and sqlite3.OperationalError where another writer takes too long.
    """

    def write() -> T:
        # Only here: reading pages should not wait for the store to load.
        from sqlite_utils import Database as Tables

        from quotes.store.connection import writing

        with closing(sqlite3.connect(str(database.path), timeout=BUSY_SECONDS)) as connection:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = NORMAL")
            db = Tables(connection)
            with writing(db):
                return what(db)

    return await asyncio.to_thread(write)


_DECISIONS = """
SELECT id, action, change, note, reviewer, reviewed_at FROM reviews
WHERE target_type = :type AND target_id = :id AND action <> 'skip' ORDER BY rowid DESC LIMIT 50
"""
_VERDICTS = """
SELECT id, rating, explanation, evidence, state, correction, reviewer, decided_at FROM verdicts
WHERE claim_id = :id AND (:drafts OR state <> 'draft') ORDER BY rowid DESC LIMIT 50
"""
_RETURNS = """
SELECT draft_returns.* FROM verdicts JOIN draft_returns ON draft_returns.verdict_id = verdicts.id
WHERE verdicts.claim_id = ? ORDER BY draft_returns.rowid DESC LIMIT 50
"""
# The note's beginning is quotes.store.undoing.TAKEN_BACK: what only takes back is not taken back.
_OWN_LAST = """
SELECT judgements.id, decision, left_id, right_id, one.name AS left_name, other.name AS right_name
FROM judgements JOIN speakers AS one ON one.id = left_id JOIN speakers AS other ON other.id = right_id
WHERE subject = 'speaker' AND reviewer = :reviewer AND note NOT LIKE 'taken back: %'
    AND NOT EXISTS (
        SELECT 1 FROM judgements AS later
        WHERE later.subject = 'speaker' AND later.left_id = judgements.left_id
            AND later.right_id = judgements.right_id AND later.rowid > judgements.rowid
    )
ORDER BY judgements.rowid DESC LIMIT 1
"""
_JUDGEMENTS = """
SELECT decision, note, reviewer, decided_at, subject, left_id, right_id, one.name AS left_name,
    other.name AS right_name
FROM judgements LEFT JOIN speakers AS one ON one.id = left_id LEFT JOIN speakers AS other ON other.id = right_id
WHERE {condition} ORDER BY decided_at DESC, judgements.rowid DESC LIMIT 50
"""
_ABOUT_SPEAKER = """
WITH RECURSIVE members (id) AS (
    SELECT :id UNION SELECT speakers.id FROM members JOIN speakers ON speakers.merged_into = members.id
)""" + _JUDGEMENTS.format(
    condition="judgements.rowid IN ("
    "SELECT rowid FROM judgements WHERE subject IN ('speaker', 'mention') AND right_id IN members"
    " UNION SELECT rowid FROM judgements WHERE subject = 'speaker' AND left_id IN members)"
)

_ABOUT_QUESTION = """
SELECT decision, note, reviewer, decided_at, left_id, right_id, one.label AS left_label, other.label AS right_label
FROM judgements LEFT JOIN questions AS one ON one.id = left_id LEFT JOIN questions AS other ON other.id = right_id
WHERE judgements.rowid IN (
    SELECT rowid FROM judgements WHERE subject = 'question' AND left_id = :id
    UNION SELECT rowid FROM judgements WHERE subject = 'question' AND right_id = :id
) ORDER BY decided_at DESC, judgements.rowid DESC LIMIT 50
"""


def _read(path: Path, sql: str, parameters: Parameters) -> list[Row]:
    with closing(_open(path)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(sql, parameters)]


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
