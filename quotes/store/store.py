"""The database as the rest of the program sees it: open, ask what is known, save, count.

Extractions go in, one transaction a document; saving what is stored already changes no row.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from sqlite_utils import Database

from quotes.errors import InputError, StoreError
from quotes.identity.roster import Known
from quotes.models import Document, Extraction, KnownSpeaker, Run
from quotes.store.comparing import compare_claims, regroup
from quotes.store.connection import BUSY_SECONDS, connect, is_the_databases_fault, store_error, translated, writing
from quotes.store.facts import QuestionOf, Relate
from quotes.store.judging import judge_questions
from quotes.store.known import load_known, told
from quotes.store.merging import Judge, judge_different, judge_same, split_mention
from quotes.store.rows import document_row
from quotes.store.saving import save_extraction
from quotes.store.settling import ROUNDS, settle_these, to_settle
from quotes.store.speakers import index_names
from quotes.store.verifying import verify

_AT_ONCE = 200
"""How many speakers are settled in one transaction."""

Stage = Literal["reading", "extraction", "storing"]
State = Literal["new", "unchanged", "changed", "duplicate"]
Saved = Literal["added", "updated", "unchanged"]


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be read, extracted or stored."""

    input: str
    stage: Stage
    message: str
    attempts: int
    failed_at: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows there are; of quotations and claims those that are still found."""

    documents: int
    quotations: int
    attributed: int
    """Quotations with a speaker."""
    speakers: int
    claims: int
    questions: int
    reviews: int
    failures: int


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A run, when it was first used, and how many documents it extracted last."""

    id: str
    version: str
    model: str
    model_version: str
    settings: str
    started_at: str
    documents: int


def utc_now() -> str:
    """The time in UTC, ISO 8601, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Store:
    """An open database; a context manager that closes it."""

    def __init__(self, db: Database, path: Path, *, now: Callable[[], str] = utc_now) -> None:
        self.db = db
        self.path = path
        self._now = now
        self._new_speakers: list[str] = []
        self._is_indexed = False

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        create: bool = True,
        busy_seconds: float = BUSY_SECONDS,
        now: Callable[[], str] = utc_now,
    ) -> Self:
        """Open a database at this program's version; with `create` it is made where missing and must be writable.

        Raises StoreError when the path cannot be a database, is locked, or is newer than this program.
        """
        path = Path(path)
        return cls(connect(path, create=create, busy_seconds=busy_seconds), path, now=now)

    def close(self) -> None:
        """Close the database."""
        self.db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def state_of(self, document: Document) -> State:
        """What is stored of a document: nothing, the same, something else, or the same article from another input.

        The last is never written over, or two files of one article would replace each other for ever.
        """
        stored = next(self.db.query("SELECT * FROM documents WHERE id = ?", [document.id]), None)
        if stored is None:
            return "new"
        if stored["input"] != document.input:
            return "duplicate"
        same = all(stored[column] == value for column, value in document_row(document).items())
        return "unchanged" if same else "changed"

    def is_stored(self, document: Document) -> bool:
        """Whether a document need not be extracted, whatever run it was stored by."""
        return self.state_of(document) in ("unchanged", "duplicate")

    def save(self, extraction: Extraction, run: Run, *, again: bool = False) -> Saved:
        """Store one document's extraction in one transaction, and forget its input's failure.

        With `again` the document counts as extracted now even if no row differed.
        Raises InputError when this document cannot be stored, StoreError when none can.
        """
        document = extraction.document
        is_new = self.state_of(document) == "new"
        try:
            with writing(self.db):
                if not self._is_indexed:
                    index_names(self.db)
                written = save_extraction(self.db, extraction, run, self._now(), again=again)
                self._forget_failure(document.input)
        except Exception as error:
            if is_the_databases_fault(error):
                raise store_error(self.path, error) from error
            raise InputError(document.input, f"could not be stored ({type(error).__name__}: {error})") from error
        self._is_indexed = True
        self._new_speakers += written.new_speakers
        return ("added" if is_new else "updated") if written.changed else "unchanged"

    def record_failure(self, name: str, stage: Stage, message: str) -> None:
        """Record that an input failed; `clear_failure` and `save` take it back."""
        row = {"name": name, "stage": stage, "message": " ".join(message.split()), "now": self._now()}
        sql = """
            INSERT INTO failures (input, stage, message, failed_at) VALUES (:name, :stage, :message, :now)
            ON CONFLICT (input) DO UPDATE SET stage = excluded.stage, message = excluded.message,
                failed_at = excluded.failed_at, attempts = attempts + 1
        """
        with translated(self.path):
            self.db.execute(sql, row)

    def clear_failure(self, name: str) -> None:
        """Forget an input's failure: it was read well, though it may be stored already."""
        with translated(self.path):
            self._forget_failure(name)

    def failures(self) -> list[Failure]:
        """Inputs that failed and have not succeeded since, the latest first."""
        return [Failure(**row) for row in self.db.query("SELECT * FROM failures ORDER BY failed_at DESC, input")]

    def runs(self) -> list[StoredRun]:
        """Every run that stored something, the first first."""
        sql = """
            SELECT runs.*, (SELECT count(*) FROM documents WHERE run_id = runs.id) AS documents
            FROM runs ORDER BY started_at, id
        """
        return [StoredRun(**row) for row in self.db.query(sql)]

    def counts(self) -> Counts:
        """How much is in the database."""
        sql = """
            SELECT (SELECT count(*) FROM documents) AS documents,
                (SELECT count(*) FROM quotations WHERE is_current) AS quotations,
                (SELECT count(*) FROM quotations WHERE is_current AND speaker_id IS NOT NULL) AS attributed,
                (SELECT count(*) FROM speakers WHERE merged_into IS NULL AND (NOT is_known
                    OR EXISTS (SELECT 1 FROM document_speakers WHERE speaker_id = speakers.id))) AS speakers,
                (SELECT count(*) FROM claims WHERE is_current) AS claims,
                (SELECT count(*) FROM questions) AS questions,
                (SELECT count(*) FROM reviews) AS reviews,
                (SELECT count(*) FROM failures) AS failures
        """
        return Counts(**next(self.db.query(sql)))

    def load_roster(self, roster: Iterable[Known]) -> int:
        """Store speakers known beforehand, and weigh those of stored documents against them; how many were new."""
        with translated(self.path), writing(self.db):
            return load_known(self.db, roster, self._now())

    def known_speakers(self) -> tuple[KnownSpeaker, ...]:
        """The speakers of the rosters that were loaded, as extraction is told of them."""
        with translated(self.path):
            return told(self.db)

    def judge_same(self, one: str, other: str, reviewer: str, note: str = "", *, into: str | None = None) -> str:
        """Record that two speakers are one, and make them so (`into` stands for both); the id that does.

        Raises StoreError where an earlier judgement keeps them apart, or there is no such speaker.
        """
        with translated(self.path), writing(self.db):
            return judge_same(self.db, one, other, Judge(reviewer, self._now(), note), into=into)

    def judge_different(self, one: str, other: str, reviewer: str, note: str = "") -> None:
        """Record that two speakers are two, for ever, and take them apart where they had been made one."""
        with translated(self.path), writing(self.db):
            judge_different(self.db, one, other, Judge(reviewer, self._now(), note))

    def split_document(self, speaker_id: str, document_id: str, reviewer: str, note: str = "") -> list[str]:
        """Record that a document means somebody else than a speaker; the ids of who it means now."""
        with translated(self.path), writing(self.db):
            return split_mention(self.db, speaker_id, document_id, Judge(reviewer, self._now(), note))

    def settle_speakers(self) -> int:
        """After a batch: weigh names once more that did not tell who they are; how many now do."""
        with translated(self.path):
            pending = wanted = to_settle(self.db, self._new_speakers)
            for all_seen in ROUNDS:
                left: list[str] = []
                # Other writers get their turn in between.
                for start in range(0, len(pending), _AT_ONCE):
                    with writing(self.db):
                        left += settle_these(self.db, pending[start : start + _AT_ONCE], all_seen=all_seen)
                pending = left
        self._new_speakers.clear()
        return len(wanted) - len(pending)

    def optimise(self) -> None:
        """Let SQLite learn how rows are spread, where that has changed: queries choose their index by it."""
        with translated(self.path):
            self.db.execute("PRAGMA analysis_limit = 1000")
            self.db.execute("PRAGMA optimize")

    def compare_claims(self, question_of: QuestionOf, relate: Relate, *, everything: bool = False) -> int:
        """Put new and changed claims (or all) to their questions and relate them; the number of rows that changed."""
        with translated(self.path), writing(self.db):
            return compare_claims(self.db, question_of, relate, everything=everything)

    def judge_questions(
        self, one: str, other: str, decision: str, reviewer: str, note: str, by: tuple[QuestionOf, Relate]
    ) -> None:
        """Record whether two questions, or claims, are one question, and group all claims by what is judged now.

        `decision` is `same`, `different` or `unsure`; `by` are the functions that `compare_claims` is given.
        Raises StoreError where an id is unknown.
        """
        with translated(self.path), writing(self.db):
            judge_questions(self.db, one, other, decision, Judge(reviewer, self._now(), note))
            regroup(self.db, *by)

    def verify(self) -> list[str]:
        """Every problem of the database, in words; see `quotes.store.verifying`."""
        with translated(self.path):
            return verify(self.db)

    def backup(self, path: str | Path) -> None:
        """Copy the database, while others use it, to a file that is whole from the first moment it is there."""
        target = Path(path)
        if target.exists() and target.samefile(self.path):
            raise StoreError(f"{target}: is the database itself; name another file")
        partial = target.with_name(f"{target.name}.partial")
        with translated(target):
            copy: sqlite3.Connection = sqlite3.connect(partial)
            try:
                self.db.conn.backup(copy)
            except BaseException:
                partial.unlink(missing_ok=True)
                raise
            finally:
                copy.close()
        partial.replace(target)

    def _forget_failure(self, name: str) -> None:
        self.db.execute("DELETE FROM failures WHERE input = ?", [name])
