"""Answers of queries that read much and change seldom, kept until the database file changes.

A count of a million rows takes a tenth of a second, however good the index; the front page asks for several.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from weakref import WeakKeyDictionary

from datasette.database import Database

from quotes.web.site import Row, rows

State = tuple[tuple[int, int] | None, ...]

Asked = tuple[str, tuple[tuple[str, str], ...]]

MOST = 500
"""Answers that are kept; then all are forgotten."""

_kept: WeakKeyDictionary[Database, tuple[State, dict[Asked, list[Row]]]] = WeakKeyDictionary()


async def kept_rows(database: Database, sql: str, parameters: Mapping[str, str] | None = None) -> list[Row]:
    """All rows of a query; the kept ones while nobody has written to the file since."""
    given = parameters or {}
    if database.path is None:
        return await rows(database, sql, given)
    state = file_state(Path(str(database.path)))
    if database not in _kept or _kept[database][0] != state or len(_kept[database][1]) >= MOST:
        _kept[database] = (state, {})
    answers = _kept[database][1]
    asked = (sql, tuple(sorted(given.items())))
    if asked not in answers:
        # What is written while this is read changes the state, and the answer is not used again.
        answers[asked] = await rows(database, sql, given)
    return answers[asked]


def file_state(path: Path) -> State:
    """What tells that a database was written to: time and size of the file and of its write-ahead log."""
    return tuple(_stamp(each) for each in (path, path.with_name(f"{path.name}-wal")))


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_size
