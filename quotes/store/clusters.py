"""Speakers that were merged: who stands for whom, and what people decided about it.

A merge is `speakers.merged_into`; a chain of them leads to the speaker that stands for all, and is undone by
taking one link away.  `document_speakers.own_id` keeps whom each document's speaker was before any merge.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable

from sqlite_utils import Database

VALUES = "(SELECT value FROM json_each(?))"

_ROOT = """
    WITH RECURSIVE chain (id, next) AS (
        SELECT id, merged_into FROM speakers WHERE id = ?
        UNION SELECT speakers.id, speakers.merged_into FROM chain JOIN speakers ON speakers.id = chain.next
    )
    SELECT id FROM chain WHERE next IS NULL
"""
_MEMBERS = """
    WITH RECURSIVE members (id) AS (
        SELECT id FROM speakers WHERE id = ?
        UNION SELECT speakers.id FROM members JOIN speakers ON speakers.merged_into = members.id
    )
    SELECT id FROM members
"""
_ANY_DIFFERENT = "SELECT 1 FROM judgements WHERE subject = 'speaker' AND decision = 'different' LIMIT 1"
_DECISIONS = f"""
    SELECT left_id, right_id, decision FROM judgements WHERE subject = 'speaker' AND left_id IN {VALUES}
    UNION ALL SELECT left_id, right_id, decision FROM judgements WHERE subject = 'speaker' AND right_id IN {VALUES}
"""


def root_of(db: Database, speaker_id: str) -> str:
    """Who stands for a speaker after all merges."""
    row = db.execute(_ROOT, [speaker_id]).fetchone()
    return str(row[0]) if row else speaker_id


def members_of(db: Database, speaker_id: str) -> list[str]:
    """A speaker and all that were merged into it."""
    return [row[0] for row in db.execute(_MEMBERS, [speaker_id]).fetchall()]


def judged(db: Database, left: str, right: str, subject: str = "speaker") -> str | None:
    """What was decided last on a pair."""
    if subject == "speaker":
        left, right = sorted((left, right))
    row = db.execute(
        "SELECT decision FROM judgements WHERE subject = ? AND left_id = ? AND right_id = ?"
        " ORDER BY decided_at DESC, rowid DESC LIMIT 1",
        [subject, left, right],
    ).fetchone()
    return str(row[0]) if row else None


def kept_apart(db: Database, one: str, other: str) -> tuple[str, str] | None:
    """The pair that forbids that two speakers, with all merged into them, become one; None where none does."""
    if not db.execute(_ANY_DIFFERENT).fetchone():
        return None
    ours, theirs = members_of(db, one), members_of(db, other)
    for left, right in _decided_pairs(db, ours):
        pair = {left, right}
        if pair & set(ours) and pair & set(theirs) and judged(db, left, right) == "different":
            return left, right
    return None


def _decided_pairs(db: Database, ids: Iterable[str]) -> set[tuple[str, str]]:
    wanted = json.dumps(list(ids))
    return {(row[0], row[1]) for row in db.execute(_DECISIONS, [wanted, wanted])}


def mention_key(document_id: str, local_id: str) -> str:
    """What a judgement on a mention calls it."""
    return f"{document_id}/{local_id}"


def mention_decisions(db: Database, keys: Collection[str]) -> dict[str, str]:
    """Speaker → what was decided last on whether a document's speaker, under any of its keys, is that one."""
    sql = f"""
        SELECT right_id, decision FROM judgements WHERE subject = 'mention' AND left_id IN {VALUES}
        ORDER BY decided_at, rowid
    """
    return {row[0]: row[1] for row in db.execute(sql, [json.dumps(list(keys))])}
