"""A table or view as CSV, row by row.  Reviewers' names, notes and fixes are empty."""

from __future__ import annotations

import csv
import sqlite3
from typing import TextIO

from quotes.errors import StoreError

PRIVATE_COLUMNS = frozenset({"reviewer", "note", "change"})
"""Whatever table has a column of such a name: it is written empty, also through a view."""


def listed_tables(connection: sqlite3.Connection) -> list[str]:
    """The tables and views that may be named, those of search indexes aside."""
    sql = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY type DESC, name"
    names = [name for (name,) in connection.execute(sql)]
    return [name for name in names if "_fts" not in name and not name.startswith(("sqlite_", "_"))]


def write_csv(connection: sqlite3.Connection, name: str, file: TextIO) -> None:
    """A table or view as CSV (RFC 4180, but for line ends); StoreError names what there is where it is none.

    From then on the connection hides private columns.
    """
    names = listed_tables(connection)
    if name not in names:
        raise StoreError(f"{name}: no such table or view; there are {', '.join(names)}")
    connection.set_authorizer(_hide)
    cursor = connection.execute(f'SELECT * FROM "{name}"')
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(column[0] for column in cursor.description)
    writer.writerows(cursor)


def _hide(action: int, _table: str | None, column: str | None, *_: str | None) -> int:
    is_private = action == sqlite3.SQLITE_READ and str(column).lower() in PRIVATE_COLUMNS
    return sqlite3.SQLITE_IGNORE if is_private else sqlite3.SQLITE_OK
