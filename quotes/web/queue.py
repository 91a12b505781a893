"""The queue of /-/review in SQL: which item comes next, how far one is, under the filters.

Claims stand in it by check-worthiness, quotations by uncertainty: the lowest score first.  What nobody has reviewed
is open.  Drafts of verdicts that wait for an editor are a queue of claims, those that were sent back another: the
oldest first.  Every query reads a bounded number of rows: the queue is an index that is walked from where one is, and a
filter that few rows pass is walked itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, NamedTuple

from datasette.database import Database

from quotes.web import private
from quotes.web.choices import speakers_called
from quotes.web.site import MOST_COUNTED, Row, count, rows

Target = Literal["claim", "quotation"]

FEW_DOCUMENTS, FEW_ROWS = 300, 3_000
"""A filter that passes no more is walked itself, and its rows are sorted; else the queue is."""
FURTHEST = 5_000
"""How many rows of the queue are looked at to count those that pass a filter that many do."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class _Order(NamedTuple):
    """How one queue is sorted, and by which indexes it and its filters are walked."""

    target: Target
    table: str
    open: str
    """What is still to be decided."""
    rank: str
    direction: str
    further: str
    """Which of two ranks is further down."""
    kind: str
    columns: str
    indexes: Mapping[str, str]
    is_private: bool = False
    """What stands in it is for reviewers; there is little of it, and what leaves it is not counted."""


_UNREVIEWED = "review IS NULL AND is_current = 1"
_ORDERS = {
    "claims": _Order(
        "claim", "claims", _UNREVIEWED, "check_worthiness", "DESC", "<", "kind",
        "id, check_worthiness, document_id, speaker_id, kind, review",
        {"queue": "claims_to_review", "done": "claims_reviewed", "speaker": "claims_speaker_id", "kind": "claims_kind"},
    ),
    "quotations": _Order(
        "quotation", "quotations", _UNREVIEWED, "score", "ASC", ">", "type",
        "id, score, document_id, speaker_id, type, act, review",
        {"queue": "quotations_to_review", "done": "quotations_reviewed", "speaker": "quotations_speaker_act",
         "kind": "quotations_type"},
    ),
    "drafts": _Order(
        "claim", "claims", "draft = 'waiting'", "draft_at", "ASC", ">", "kind", "", {"queue": "claims_drafts"},
        is_private=True,
    ),
    "returned": _Order(
        "claim", "claims", "draft = 'returned'", "draft_at", "ASC", ">", "kind", "", {"queue": "claims_drafts"},
        is_private=True,
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filters:
    """Which queue, and which part of it; an empty value asks nothing.  `since` and `until` are days."""

    queue: str = "claims"
    outlet: str = ""
    speaker: str = ""
    """A name or an id."""
    kind: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Filters:
        """From an address or a form; what cannot be a value is left out."""
        given = {name: str(values.get(name) or "").strip()[:300] for name in cls.__slots__}
        days = {name: given[name] if _DAY.fullmatch(given[name]) else "" for name in ("since", "until")}
        queue = given["queue"] if given["queue"] in _ORDERS else "claims"
        return cls(**{**given, **days, "queue": queue})

    def given(self) -> dict[str, str]:
        """What is asked for: the fields of an address or a form that asks for the same."""
        return {name: value for name, value in asdict(self).items() if value and (name, value) != ("queue", "claims")}

    def of(self, target: str) -> Filters:
        """The same for the queue that such an item stands in."""
        if target == self.target:
            return self
        return self.in_queue(next(name for name, order in _ORDERS.items() if order.target == target))

    def in_queue(self, queue: str) -> Filters:
        """The same for another queue; kinds of claims are none of quotations."""
        return replace(self, queue=queue, kind=self.kind if _ORDERS[queue].target == self.target else "")

    @property
    def target(self) -> Target:
        return _ORDERS[self.queue].target

    @property
    def of_drafts(self) -> bool:
        """Whether it is a queue of drafts, which only reviewers see."""
        return _ORDERS[self.queue].is_private

    @property
    def is_any(self) -> bool:
        return bool(self.outlet or self.speaker or self.kind or self.since or self.until)


class Place(NamedTuple):
    """Where an item stands in its queue."""

    rank: float | str
    id: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one is; counts stop at MOST_COUNTED + 1, or earlier in a filter that is long to walk."""

    done: int
    open: int
    before: int
    """Open ones before the item."""
    is_cut: bool
    """There may be more open ones than were counted."""

    @property
    def number(self) -> str:
        """Which item this is, counting those that are done."""
        return count(self.done + self.before + 1)

    @property
    def total(self) -> str:
        words = count(self.done + self.open)
        return words if words.endswith("+") or not self.is_cut else f"{words}+"


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue under its filters: how it is walked was decided when it was opened."""

    filters: Filters
    walk: str
    parameters: Mapping[str, Any]
    has_speaker: bool
    """False: nobody is called so, and nothing passes."""

    async def after(self, database: Database, place: Place | None = None) -> str | None:
        """The id of the first open item, or of the first behind a place."""
        if not self.has_speaker:
            return None
        order = _ORDERS[self.filters.queue]
        condition = "1"
        if place:
            rank = f"items.{order.rank}"
            condition = f"{rank} {order.further}= :rank AND ({rank} {order.further} :rank OR items.id > :id)"
        sql = f"""
            SELECT items.id FROM {self._rows(order)} WHERE {self._open(order)} AND {condition}
            ORDER BY items.{order.rank} {order.direction}, items.id LIMIT 1
        """
        found = await _read(order, database, sql, {**self.parameters, **(place._asdict() if place else {})})
        return str(found[0]["id"]) if found else None

    async def progress(self, database: Database, place: Place) -> Progress:
        """How many are done, open, and open before a place."""
        if not self.has_speaker:
            return Progress(0, 0, 0, is_cut=False)
        order = _ORDERS[self.filters.queue]
        rank = f"items.{order.rank}"
        nearer = {"<": ">", ">": "<"}[order.further]
        before = f"{rank} {nearer}= :rank AND ({rank} {nearer} :rank OR items.id < :id)"
        sql = f"""
            SELECT {_counted(self._counted_rows(order), self._open(order))} AS open,
                {_counted(self._counted_rows(order), f"{self._open(order)} AND {before}")} AS before,
                {self._done(order)} AS done,
                (SELECT count(*) FROM (SELECT 1 FROM {order.table} INDEXED BY {order.indexes["queue"]}
                    WHERE {order.open} LIMIT {FURTHEST + 1})) AS all_open
        """
        found = (await _read(order, database, sql, {**self.parameters, **place._asdict()}))[0]
        cut = self.walk == "queue" and self.filters.is_any and found["all_open"] > FURTHEST
        return Progress(found["done"], found["open"], found["before"], is_cut=cut)

    def _rows(self, order: _Order) -> str:
        """The items and their documents, in the order in which they are walked; CROSS JOIN keeps it."""
        if self.walk == "documents":
            return f"documents CROSS JOIN {order.table} AS items ON items.document_id = documents.id"
        return f"{order.table} AS items INDEXED BY {order.indexes[self.walk]} {self._documents()}"

    def _counted_rows(self, order: _Order) -> str:
        if self.walk != "queue" or not self.filters.is_any or order.is_private:
            return self._rows(order)
        return f"""(
            SELECT {order.columns}, 1 AS is_current FROM {order.table} INDEXED BY {order.indexes["queue"]}
            WHERE {order.open} ORDER BY {order.rank} {order.direction}, id LIMIT {FURTHEST}
        ) AS items {self._documents()}"""

    def _done(self, order: _Order) -> str:
        """Its count; what left a queue of drafts is not counted."""
        if order.is_private:
            return "0"
        return _counted(self._done_rows(order), f"{self._passing(order)} AND items.review IS NOT NULL")

    def _done_rows(self, order: _Order) -> str:
        if self.walk != "queue":
            return self._rows(order)
        return f"""(
            SELECT {order.columns} FROM {order.table} INDEXED BY {order.indexes["done"]}
            WHERE review IS NOT NULL LIMIT {FURTHEST}
        ) AS items {self._documents()}"""

    def _documents(self) -> str:
        asked = self.filters.outlet or self.filters.since or self.filters.until
        return "CROSS JOIN documents ON documents.id = items.document_id" if asked else ""

    def _open(self, order: _Order) -> str:
        return f"{order.open} AND {self._passing(order)}"

    def _passing(self, order: _Order) -> str:
        """The conditions of the filters; what people are reported to think is nobody's to review."""
        filters = self.filters
        conditions = ["1"] if order.target == "claim" else ["items.act IN ('speech', 'writing')"]
        if filters.kind:
            conditions.append(f"items.{order.kind} = :kind")
        if filters.speaker:
            conditions.append("items.speaker_id IN (SELECT value FROM json_each(:speakers))")
        return " AND ".join([*conditions, *_about_documents(filters)])


async def open_queue(database: Database, filters: Filters) -> Queue:
    """A queue, with the way to walk it that reads the fewest rows."""
    order = _ORDERS[filters.queue]
    speakers = await speakers_called(database, filters.speaker) if filters.speaker else []
    parameters = {**asdict(filters), "speakers": json.dumps(speakers)}
    conditions = _about_documents(filters)
    choices: list[tuple[str, str, str, int]] = []
    if conditions and not order.is_private:
        choices.append(("documents", "documents", " AND ".join(conditions), FEW_DOCUMENTS))
    if speakers and not order.is_private:
        passing = "speaker_id IN (SELECT value FROM json_each(:speakers))"
        choices.append(("speaker", f"{order.table} INDEXED BY {order.indexes['speaker']}", passing, FEW_ROWS))
    if filters.kind and not order.is_private:
        passing = f"{order.kind} = :kind"
        choices.append(("kind", f"{order.table} INDEXED BY {order.indexes['kind']}", passing, FEW_ROWS))
    walk = "queue"
    for name, table, condition, few in choices:
        sql = f"SELECT count(*) AS n FROM (SELECT 1 FROM {table} WHERE {condition} LIMIT {few + 1})"
        if (await rows(database, sql, parameters))[0]["n"] <= few:
            walk = name
            break
    return Queue(filters, walk, parameters, has_speaker=bool(speakers) or not filters.speaker)


async def place_of(database: Database, filters: Filters, item: Mapping[str, Any]) -> Place:
    """Where an item stands in its queue."""
    order = _ORDERS[filters.queue]
    if not order.is_private:
        return Place(float(item[order.rank]), str(item["id"]))
    sql = f"SELECT {order.rank} AS rank FROM {order.table} WHERE id = ? AND {order.open}"
    found = await private.whole_rows(database, sql, [item["id"]])
    return Place(found[0]["rank"] if found else "", str(item["id"]))


async def count_drafts(database: Database) -> dict[str, int]:
    """How many drafts wait, and how many were sent back, each counted up to MOST_COUNTED + 1; for reviewers."""
    counted = (
        f"{_counted('claims INDEXED BY claims_drafts', order.open)} AS {name}"
        for name, order in _ORDERS.items()
        if order.is_private
    )
    return dict((await private.whole_rows(database, f"SELECT {', '.join(counted)}"))[0])


async def _read(order: _Order, database: Database, sql: str, parameters: Mapping[str, Any]) -> list[Row]:
    return await (private.whole_rows if order.is_private else rows)(database, sql, parameters)


def _about_documents(filters: Filters) -> list[str]:
    conditions = {
        "outlet": "documents.outlet = :outlet",
        "since": "documents.published >= :since",
        # A time of day makes a date longer, and a tilde stands behind all of them.
        "until": "documents.published <= :until || '~'",
    }
    return [condition for name, condition in conditions.items() if getattr(filters, name)]


def _counted(table: str, condition: str) -> str:
    return f"(SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {condition} LIMIT {MOST_COUNTED + 1}))"
