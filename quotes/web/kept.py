"""Answers of queries that read much and change seldom, kept until the database file changes.

A count of a million rows takes a tenth of a second, however good the index; the front page asks for several.
"""

from __future__ import annotations

from pathlib import Path
from weakref import WeakKeyDictionary

from datasette.database import Database

from quotes.web.site import Row, rows

State = tuple[tuple[int, int] | None, ...]

_kept: WeakKeyDictionary[Database, tuple[State, dict[str, list[Row]]]] = WeakKeyDictionary()


async def kept_rows(database: Database, sql: str) -> list[Row]:
    """All rows of a query without parameters; the kept ones while nobody has written to the file since."""
    if database.path is None:
        return await rows(database, sql)
    state = file_state(Path(str(database.path)))
    if database not in _kept or _kept[database][0] != state:
        _kept[database] = (state, {})
    answers = _kept[database][1]
    if sql not in answers:
        # What is written while this is read changes the state, and the answer is not used again.
        answers[sql] = await rows(database, sql)
    return answers[sql]


def file_state(path: Path) -> State:
    """What tells that a database was written to: time and size of the file and of its write-ahead log."""
    return tuple(_stamp(each) for each in (path, path.with_name(f"{path.name}-wal")))


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_size
