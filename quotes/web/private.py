"""What only reviewers may see: their notes and names.

A table's `allow` block does not stop `?sql=`, a facet or a view, so the guard sits in SQLite itself: on Datasette's
connections the columns below read as NULL, wherever they are named.  The pages for reviewers read them through a
connection of their own, after asking for the permission.  Whoever can open the file can read everything in it: the
copy for the public (`quotes publish`) leaves these columns out altogether.
"""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from datasette.database import Database

from quotes.web.site import OUR_TABLES, Row

PRIVATE_COLUMNS = frozenset(
    {
        ("reviews", "note"),
        ("reviews", "reviewer"),
        ("reviews", "change"),
        ("verdicts", "reviewer"),
        ("judgements", "note"),
        ("judgements", "reviewer"),
    }
)


def guard(connection: sqlite3.Connection, *, crossdb: bool) -> None:
    """Prepare a connection of Datasette's: foreign keys are enforced and private columns hidden, in our databases.

    With `--crossdb` our tables are attached to Datasette's memory database later, so all connections are guarded.
    """
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    if {row[0] for row in found} >= OUR_TABLES:
        connection.execute("PRAGMA foreign_keys = ON")
        hide_private_columns(connection)
    elif crossdb:
        hide_private_columns(connection)


def hide_private_columns(connection: sqlite3.Connection) -> None:
    """Make the private columns read as NULL on this connection; writing them still works."""

    def authorise(action: int, table: str | None, column: str | None, *_: str | None) -> int:
        if action == sqlite3.SQLITE_READ and (str(table).lower(), str(column).lower()) in PRIVATE_COLUMNS:
            return sqlite3.SQLITE_IGNORE
        return sqlite3.SQLITE_OK

    connection.set_authorizer(authorise)


async def claim_history(database: Database, claim_id: str) -> list[Row]:
    """All decisions on a claim with notes and names, newest first: for reviewers only, the caller has asked."""
    return await asyncio.to_thread(_claim_history, Path(str(database.path)), claim_id)


def _claim_history(path: Path, claim_id: str) -> list[Row]:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        found = connection.execute(
            "SELECT action, note, reviewer, reviewed_at FROM reviews WHERE target_type = 'claim' AND target_id = ?"
            " ORDER BY reviewed_at DESC, rowid DESC LIMIT 200",
            [claim_id],
        )
        return [dict(row) for row in found]
