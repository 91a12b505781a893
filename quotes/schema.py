"""The database's definition: `db/migrations/*.sql` and `db/views/*.sql`, applied to a database.

In comes an open database, out goes one with every table and view of this version.  Migrations are
applied in name order, each whole or not at all; views hold no data and are simply made anew.
`sqlite-utils migrate quotes.db quotes/schema.py` does the same as `migrate`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlite_utils import Database, Migrations

from quotes.errors import StoreError

SET_NAME = "quotes"


def find_definition(package: Path) -> Path:
    """The folder of migrations and views: inside an installed package, else beside a checkout's package."""
    for folder in (package / "db", package.parent / "db"):
        if (folder / "migrations").is_dir():
            return folder
    raise StoreError("this installation of quotes lacks its db folder: install quotes again")


def load_migrations(definition: Path) -> Migrations:
    """Every file of `migrations/`, registered by its stem in name order."""
    found = Migrations(SET_NAME)
    for path in sorted((definition / "migrations").glob("*.sql")):
        found(name=path.stem)(_migration(path, definition))
    return found


def read_views(definition: Path) -> dict[str, str]:
    """The views of `views/`: name to SQL, as SQLite stores it."""
    files = sorted((definition / "views").glob("*.sql"))
    with Database(memory=True) as scratch:
        scratch.executescript("\n;\n".join(path.read_text(encoding="utf-8") for path in files))
        return _stored_views(scratch)


def is_current(db: Database, definition: Path | None = None) -> bool:
    """Whether a database has every migration and view of this version.

    Raises StoreError when it has migrations this version does not know.
    """
    definition = definition or DEFINITION
    known = load_migrations(definition)
    _refuse_newer(db, known, definition)
    if known.pending(db):
        return False
    stored = _stored_views(db)
    return all(stored.get(name) == sql for name, sql in read_views(definition).items())


def migrate(db: Database, definition: Path | None = None) -> None:
    """Bring a database to this version: all of it, or on an error nothing.

    Foreign keys must not be enforced meanwhile, so that a migration can rebuild a table.
    """
    definition = definition or DEFINITION
    known = load_migrations(definition)
    _refuse_newer(db, known, definition)
    with db.atomic():
        known.apply(db)
        _recreate_views(db, definition)


def _migration(path: Path, definition: Path) -> Callable[[Database], None]:
    def apply(db: Database) -> None:
        # A view over a column that a migration drops would make the migration fail.
        _drop_views(db, definition)
        db.executescript(path.read_text(encoding="utf-8"))
        _recreate_views(db, definition)

    return apply


def _recreate_views(db: Database, definition: Path) -> None:
    # SQLite looks into a view's tables and views only when it is read, so any order will do.
    _drop_views(db, definition)
    for sql in read_views(definition).values():
        db.execute(sql)


def _drop_views(db: Database, definition: Path) -> None:
    # Only those of ours: a researcher may keep views of their own in the same file.
    for name in read_views(definition):
        db.execute(f'DROP VIEW IF EXISTS "{name}"')


def _stored_views(db: Database) -> dict[str, str]:
    return dict(db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'view' ORDER BY rowid").fetchall())


def _refuse_newer(db: Database, known: Migrations, definition: Path) -> None:
    files = {path.stem for path in (definition / "migrations").glob("*.sql")}
    unknown = sorted({migration.name for migration in known.applied(db)} - files)
    if unknown:
        raise StoreError(f"made by a newer version of quotes (it has {unknown[-1]}): update quotes")


DEFINITION = find_definition(Path(__file__).resolve().parent)
# At module level because `sqlite-utils migrate` looks for it there; files are read when applied.
migrations = load_migrations(DEFINITION)
