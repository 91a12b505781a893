"""Claims read back as plain values, for those who compare them.

Nothing here writes; the values know nothing of the database they came from.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Protocol

from sqlite_utils import Database

from quotes.models import Figure
from quotes.store.rows import Row

VALUES = "(SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """A claim as it is compared: its words, figures and who says so where and when."""

    id: str
    document_id: str
    outlet: str | None
    published: str | None
    kind: str
    text: str
    sentence: str
    sentence_start: int
    measured: str | None
    asserted_by: str
    is_denied: bool
    is_hedged: bool
    terms: tuple[str, ...]
    figures: tuple[Figure, ...]
    title: str | None = None


class QuestionLike(Protocol):
    """What a claim answers; claims with the same `id` answer the same question."""

    @property
    def id(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def kind(self) -> str: ...


class RelationLike(Protocol):
    """What a later claim is to an earlier one, how sure that is (0..1), and why, in words."""

    @property
    def kind(self) -> str: ...
    @property
    def score(self) -> float: ...
    @property
    def why(self) -> str: ...


QuestionOf = Callable[[StoredClaim], QuestionLike]
Relate = Callable[[StoredClaim, StoredClaim], RelationLike | None]


class Facts:
    """Claims as plain values, read when first needed."""

    def __init__(self, db: Database, claim_ids: Collection[str]) -> None:
        self._db = db
        self._claims: dict[str, StoredClaim] = {}
        self.load(claim_ids)

    def __getitem__(self, claim_id: str) -> StoredClaim:
        return self._claims[claim_id]

    def load(self, claim_ids: Iterable[str]) -> None:
        """Read those claims that are not here yet."""
        ids = json.dumps([claim_id for claim_id in claim_ids if claim_id not in self._claims])
        figures = defaultdict(list)
        for row in self._db.query(f"SELECT * FROM figures WHERE claim_id IN {VALUES} ORDER BY start_char, id", [ids]):
            figures[row["claim_id"]].append(_figure(row))
        sql = f"""
            SELECT claims.*, documents.outlet, documents.published, documents.title
            FROM claims JOIN documents ON documents.id = claims.document_id WHERE claims.id IN {VALUES}
        """
        for row in self._db.query(sql, [ids]):
            self._claims[row["id"]] = _claim(row, tuple(figures[row["id"]]))


def _figure(row: Row) -> Figure:
    return Figure(
        row["start_char"], row["end_char"], row["value_min"], row["value_max"],
        row["comparator"], row["direction"], row["unit"], row["role"],
    )  # fmt: skip


def _claim(row: Row, figures: tuple[Figure, ...]) -> StoredClaim:
    columns = ("id", "document_id", "outlet", "published", "kind", "text", "sentence", "sentence_start",
               "measured", "asserted_by", "title")  # fmt: skip
    return StoredClaim(
        **{column: row[column] for column in columns},
        is_denied=bool(row["is_denied"]),
        is_hedged=bool(row["is_hedged"]),
        terms=tuple(json.loads(row["terms"])),
        figures=figures,
    )
