"""Opening and writing a database file: pragmas, transactions, and errors a user can mend.

In comes a path, out goes a connection on which foreign keys are enforced and writers wait for each
other.  Every sqlite3 error that a user can cause becomes a StoreError of one line.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from quotes import schema
from quotes.errors import StoreError
from quotes.store.counting import count_answers

BUSY_SECONDS = 30.0


def connect(path: Path, *, create: bool = True, busy_seconds: float = BUSY_SECONDS) -> Database:
    """Open a database and bring it to this version; with `create` it is made where missing and must be writable.

    Raises StoreError when the path cannot be a database, is locked, or is newer than this program.
    """
    _check_path(path, create=create)
    with translated(path):
        connection = sqlite3.connect(path, timeout=busy_seconds)
        try:
            db = _prepare(Database(connection), busy_seconds)
            if create:
                _try_writing(db)
        except BaseException:
            connection.close()
            raise
        return db


@contextmanager
def writing(db: Database) -> Iterator[None]:
    """One write transaction: all of it or nothing; counts that are kept are true at its end.

    It takes the write lock at once.  A transaction that reads first and then writes is refused
    without waiting when another process wrote in between.
    """
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield
        count_answers(db)
        db.conn.execute("COMMIT")
    except BaseException:
        db.rollback()
        raise


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn sqlite3's errors, and our own without a path, into StoreErrors that name the file."""
    try:
        yield
    except StoreError as error:
        raise StoreError(f"{path}: {error}") from error
    except sqlite3.Error as error:
        raise store_error(path, error) from error


def store_error(path: Path, error: Exception) -> StoreError:
    """What an error of SQLite's means to a user, and the mend."""
    return StoreError(f"{path}: {_explain(str(error))}")


def is_the_databases_fault(error: Exception) -> bool:
    """Whether an error while writing is of the whole database (locked, full, damaged), not of what is written."""
    return isinstance(error, sqlite3.OperationalError) or type(error) is sqlite3.DatabaseError


def _check_path(path: Path, *, create: bool) -> None:
    if path.is_dir():
        raise StoreError(f"{path}: is a folder; name a database file, such as {path / 'quotes.db'}")
    if not path.parent.is_dir():
        raise StoreError(f"{path}: there is no folder {path.parent}; make it first")
    if not create and not path.exists():
        raise StoreError(f"{path}: no such database; make one with: quotes add {path} INPUT")


def _try_writing(db: Database) -> None:
    """Fail now, not after the first document has been extracted; nothing is written."""
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        # BEGIN IMMEDIATE alone succeeds on a file that is read-only.
        db.conn.execute("CREATE TABLE _quotes_probe (id TEXT)")
    finally:
        db.rollback()


def _prepare(db: Database, busy_seconds: float) -> Database:
    if not schema.is_current(db):
        with writing(db):
            schema.migrate(db)
    _use_write_ahead_log(db, busy_seconds)
    db.execute("PRAGMA synchronous = NORMAL")
    # Only now: a migration that rebuilds a table must not set off its cascades.
    db.execute("PRAGMA foreign_keys = ON")
    return db


def _use_write_ahead_log(db: Database, busy_seconds: float) -> None:
    """Let readers and one writer work at once; SQLite does not wait for this lock, so we do."""
    deadline = time.monotonic() + busy_seconds
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return


def _explain(message: str) -> str:
    if "not a database" in message:
        return "is not an SQLite database"
    if "locked" in message or "busy" in message:
        return "is locked by another program; try again when it has finished"
    if "readonly" in message or "unable to open" in message:
        return "cannot be written; check the permissions of the file and its folder"
    if "already exists" in message:
        return f"is a database of something else ({message}); name another file"
    return message
