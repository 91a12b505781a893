"""Take people's decisions along when a re-extraction moves the span they are on.

In come the rows of a document that are no longer found and those that now are; reviews and verdicts
of the former go to the latter that covers most of the same words.  What finds no such row stays
where it is: no decision is ever lost, and none jumps to other words.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence

from sqlite_utils import Database

from quotes.models import Span
from quotes.store.rows import Row

MIN_OVERLAP = 0.5
"""The share of the characters of both that two spans must have in common to be the same thing."""

TARGET_TYPES = {"quotations": "quotation", "claims": "claim"}


def move_decisions(
    db: Database, table: str, gone: Collection[Row], wanted: Collection[Row], texts: tuple[str, str]
) -> tuple[set[str], set[str]]:
    """Move decisions from rows that are gone to wanted rows.

    Returned are the ids of the gone rows that keep some, and of the wanted ones that got some.
    `texts` are the document's text before and now.
    """
    kept, got = set(), set()
    for row in gone:
        if not _is_decided(db, table, row["id"]):
            continue
        target = best_overlap(_spans_now(row, texts), wanted)
        if target is None:
            kept.add(row["id"])
        else:
            _move(db, table, row["id"], target["id"])
            got.add(target["id"])
    return kept, got


def best_overlap(spans: Sequence[Span], rows: Iterable[Row]) -> Row | None:
    """The row that covers most of the same characters, if it has at least half of both in common."""
    share, best = max(
        ((overlap(spans, spans_of(row)), row) for row in rows), key=lambda pair: pair[0], default=(0, None)
    )
    return best if share >= MIN_OVERLAP else None


def overlap(spans: Sequence[Span], others: Sequence[Span]) -> float:
    """Characters in common over characters in either, 0..1."""
    one, other = ({at for start, end in each for at in range(start, end)} for each in (spans, others))
    return len(one & other) / len(one | other) if one | other else 0.0


def spans_of(row: Row) -> list[Span]:
    """The spans of a quotation's content or of a claim."""
    if "content_spans" in row:
        return [(start, end) for start, end in json.loads(row["content_spans"])]
    return [(row["start_char"], row["end_char"])]


def _spans_now(row: Row, texts: tuple[str, str]) -> list[Span]:
    """Where the words of a row stand in the text as it is now; empty when one part is gone."""
    before, now = texts
    if before == now:
        return spans_of(row)
    found = [_nearest(now, before[start:end], start) for start, end in spans_of(row)]
    return [span for span in found if span] if all(found) else []


def _nearest(text: str, words: str, near: int) -> Span | None:
    behind, ahead = text.rfind(words, 0, near + len(words)), text.find(words, near)
    start = min((at for at in (behind, ahead) if at >= 0), key=lambda at: abs(at - near), default=None)
    return None if start is None else (start, start + len(words))


def _is_decided(db: Database, table: str, row_id: str) -> bool:
    sql = "SELECT 1 FROM reviews WHERE target_type = :type AND target_id = :id"
    if table == "claims":
        sql += " UNION ALL SELECT 1 FROM verdicts WHERE claim_id = :id"
        sql += " UNION ALL SELECT 1 FROM fact_check_decisions WHERE claim_id = :id"
        sql += " UNION ALL SELECT 1 FROM question_names WHERE claim_id = :id"
    return bool(db.execute(sql + " LIMIT 1", {"type": TARGET_TYPES[table], "id": row_id}).fetchone())


def _move(db: Database, table: str, row_id: str, target_id: str) -> None:
    db.execute(
        "UPDATE reviews SET target_id = ? WHERE target_type = ? AND target_id = ?",
        [target_id, TARGET_TYPES[table], row_id],
    )
    if table == "claims":
        db.execute("UPDATE verdicts SET claim_id = ? WHERE claim_id = ?", [target_id, row_id])
        db.execute("UPDATE fact_check_decisions SET claim_id = ? WHERE claim_id = ?", [target_id, row_id])
        db.execute("UPDATE question_names SET claim_id = ? WHERE claim_id = ?", [target_id, row_id])
