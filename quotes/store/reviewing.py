"""What people decide on a quotation or claim, and what becomes of its row.

A decision is a row of `reviews`, never an edit; the last one that was not taken back holds.  What holds is written
beside the row it is on (`review`), a fix also into its columns, with what was extracted kept in `extracted`, so that
every page and query shows what was reviewed.  A rejected row is no longer current.  The caller holds the transaction.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from itertools import pairwise
from typing import Any, Literal, NamedTuple

from sqlite_utils import Database

from quotes.errors import StoreError
from quotes.store.clusters import root_of
from quotes.store.comparing import ask_again, forget_relations
from quotes.store.decisions import TARGET_TYPES
from quotes.store.merging import Judge
from quotes.store.patches import ANONYMOUS, CLAIM_KINDS, QUOTATION_TYPES, NameOf, located, patch
from quotes.store.rows import Row

Action = Literal["accept", "reject", "fix", "skip"]
TargetType = Literal["quotation", "claim"]

STATES = {"accept": "accepted", "reject": "rejected", "fix": "fixed"}
_TABLES = {kind: table for table, kind in TARGET_TYPES.items()}
# What holds: the last decision that was not taken back, nor takes one back.
_STANDING = """
    SELECT * FROM reviews WHERE target_type = :type AND target_id = :id AND action IN ('accept', 'reject', 'fix')
        AND id NOT IN (
            SELECT json_extract(change, '$.undoes') FROM reviews
            WHERE target_type = :type AND target_id = :id AND action = 'undo'
        )
    ORDER BY rowid DESC LIMIT 1
"""
_LAST = """
    SELECT * FROM reviews WHERE target_type = :type AND target_id = :id
        AND action IN ('accept', 'reject', 'fix', 'undo') ORDER BY rowid DESC LIMIT 1
"""
_NEWER = "SELECT 1 FROM reviews WHERE target_type = ? AND target_id = ? AND action <> 'skip' AND rowid > ?"


class ChangedError(StoreError):
    """Somebody decided on the same thing since it was looked at; `by` is who, `action` what."""

    def __init__(self, by: str, action: str) -> None:
        super().__init__(f"decided meanwhile by {by}: {action}")
        self.by, self.action = by, action


class Target(NamedTuple):
    """What is decided on."""

    type: TargetType
    id: str

    @property
    def table(self) -> str:
        return _TABLES[self.type]


def decide(
    db: Database, target: Target, action: Action, by: Judge, *, seen: str | None = None, change: Row | None = None
) -> str:
    """Record a decision and what follows from it; the review's id.

    `seen` is the id of the last decision the reviewer knew of ("" for none; None asks nothing): with another one
    since, ChangedError is raised.  `change` is what a fix changes, see `quotes.store.patches`; it adds to a fix
    that holds already.  Raises StoreError where there is no such row or the change cannot be.
    """
    row = _existing(db, target)
    last = last_decision(db, target)
    if seen is not None and seen != (last["id"] if last else ""):
        raise ChangedError(last["reviewer"] if last else "somebody", last["action"] if last else "taken back")
    given = dict(change or {})
    if action == "fix":
        _check(db, target, row, given)
        standing = standing_decision(db, target)
        if standing and standing["action"] == "fix":
            given = _merged(json.loads(standing["change"]), given)
    review_id = _add(db, target, row, action, given, by)
    if action != "skip":
        refresh(db, target)
    return review_id


def undo(db: Database, review_id: str, by: Judge) -> Target:
    """Take a decision back by another row; what was decided before it holds again.

    Raises StoreError where it is not that reviewer's, was taken back already, or was followed by another.
    """
    sql = "SELECT rowid, * FROM reviews WHERE id = ? AND action IN ('accept', 'reject', 'fix', 'flag', 'unflag')"
    review = next(db.query(sql, [review_id]), None)
    if review is None or review["reviewer"] != by.reviewer:
        raise StoreError(f"{review_id}: no decision of {by.reviewer}'s that can be taken back")
    target = Target(review["target_type"], review["target_id"])
    if db.execute(_NEWER, [target.type, target.id, review["rowid"]]).fetchone():
        raise StoreError("taken back already, or somebody decided since; look at it anew")
    if review["action"] in ("flag", "unflag"):
        opposite = "unflag" if review["action"] == "flag" else "flag"
        _add(db, target, _existing(db, target), opposite, {}, by)
        return target
    _add(db, target, _existing(db, target), "undo", {"undoes": review_id}, by)
    refresh(db, target)
    return target


def own_last(db: Database, reviewer: str) -> Row | None:
    """A reviewer's last decision that `undo` would take back."""
    sql = """
        SELECT * FROM reviews WHERE reviewer = ? AND action IN ('accept', 'reject', 'fix')
            AND NOT EXISTS (
                SELECT 1 FROM reviews AS later WHERE later.target_type = reviews.target_type
                    AND later.target_id = reviews.target_id AND later.action <> 'skip' AND later.rowid > reviews.rowid
            )
        ORDER BY reviewed_at DESC, rowid DESC LIMIT 1
    """
    return next(db.query(sql, [reviewer]), None)


def last_decision(db: Database, target: Target) -> Row | None:
    """The last accept, reject, fix or undo on a row."""
    return next(db.query(_LAST, target._asdict()), None)


def standing_decision(db: Database, target: Target) -> Row | None:
    """The decision that holds."""
    return next(db.query(_STANDING, target._asdict()), None)


def refresh(db: Database, target: Target) -> None:
    """Make a row what the decision on it that holds says; from what was extracted where none does."""
    row = _row(db, target)
    if row is None:
        return
    standing = standing_decision(db, target)
    wanted = as_reviewed(_as_extracted(db, row), target.table, standing, _text(db, row), name_of(db))
    _write(db, target.table, row, wanted)
    if target.type == "quotation" and wanted["speaker_id"] != row["speaker_id"]:
        _tell_claims(db, wanted)
    if target.type == "claim":
        _tell_assertion(db, wanted)
        if not wanted["is_current"] and row["is_current"]:
            forget_relations(db, target.id)
            ask_again(db, [target.id])
        elif any(wanted[column] != row[column] for column in ("is_current", "kind", "text")):
            ask_again(db, [target.id])


def as_reviewed(row: Row, table: str, standing: Row | None, text: str, names: NameOf) -> Row:
    """A row as extracted with what a person decided about it: `review`, fixed columns and `extracted` are set."""
    is_fix = standing is not None and standing["action"] == "fix"
    changed = patch(table, json.loads(standing["change"]), text, names) if standing and is_fix else {}
    kept = {column: row[column] for column in changed}
    made = row | changed | {"review": STATES[standing["action"]] if standing else None}
    made["extracted"] = json.dumps(kept, ensure_ascii=False, sort_keys=True) if changed else None
    if made["review"] == "rejected":
        made["is_current"] = 0
    return made


def name_of(db: Database) -> NameOf:
    """Speakers by id, as they are called now."""

    def find(speaker_id: str) -> tuple[str, str] | None:
        sql = "SELECT id, name FROM speakers WHERE id = ?"
        row = db.execute(sql, [root_of(db, speaker_id)]).fetchone()
        return (row[0], row[1]) if row else None

    return find


def _merged(before: Mapping[str, Any], now: Mapping[str, Any]) -> Row:
    """A fix on top of a fix: what the later one names counts; words belong to their spans."""
    kept = dict(before)
    if "content_spans" in now or "span" in now:
        kept.pop("words", None)
    if "speaker_id" in now or "asserted_by" in now:
        kept = {key: value for key, value in kept.items() if key not in ("speaker_id", "asserted_by")}
    return kept | dict(now)


def _check(db: Database, target: Target, row: Row, change: Row) -> None:
    """Refuse a fix that cannot be made; the words of new spans are noted with them."""
    allowed = {"quotation": {"speaker_id", "type", "content_spans", "words"},
               "claim": {"speaker_id", "asserted_by", "kind", "span", "words"}}[target.type]  # fmt: skip
    if not change or not change.keys() <= allowed:
        raise StoreError(f"a fix of a {target.type} changes some of {', '.join(sorted(allowed - {'words'}))}")
    if change.get("speaker_id") and name_of(db)(change["speaker_id"]) is None:
        raise StoreError(f"{change['speaker_id']}: no such speaker")
    for field, choices in (("type", QUOTATION_TYPES), ("kind", CLAIM_KINDS)):
        if field in change and change[field] not in choices:
            raise StoreError(f"{field} is one of {', '.join(choices)}")
    spans = change.get("content_spans") or ([change["span"]] if "span" in change else [])
    if spans:
        text = _text(db, row)
        change.pop("words", None)
        found = located(text, spans, "")
        if not found or any(one[1] > other[0] for one, other in pairwise(found)):
            raise StoreError("the words chosen do not stand in this document")
        if any(not text[start:end].strip() for start, end in found):
            raise StoreError("choose some words, not blanks")
        change["words"] = " ".join(text[start:end] for start, end in found)


def _add(db: Database, target: Target, row: Row, action: str, change: Row, by: Judge) -> str:
    review_id = f"r_{uuid.uuid4().hex[:16]}"
    db.table("reviews").insert(
        {
            "id": review_id, "target_type": target.type, "target_id": target.id, "document_id": row["document_id"],
            "action": action, "change": json.dumps(change, ensure_ascii=False, sort_keys=True),
            "note": by.note, "reviewer": by.reviewer, "reviewed_at": by.now,
        }
    )  # fmt: skip
    return review_id


def _existing(db: Database, target: Target) -> Row:
    row = _row(db, target)
    if row is None:
        raise StoreError(f"{target.id}: no such {target.type}")
    return row


def _row(db: Database, target: Target) -> Row | None:
    return next(db.query(f"SELECT * FROM {target.table} WHERE id = ?", [target.id]), None)


def _text(db: Database, row: Row) -> str:
    return str(db.execute("SELECT text FROM documents WHERE id = ?", [row["document_id"]]).fetchone()[0])


def _as_extracted(db: Database, row: Row) -> Row:
    """A row without what people made of it; a speaker that was merged or removed since is not brought back."""
    plain: Row = row | json.loads(row["extracted"] or "{}")
    if row["review"] == "rejected":
        plain["is_current"] = 1
    if plain["speaker_id"] and plain["speaker_id"] != row["speaker_id"]:
        found = name_of(db)(plain["speaker_id"])
        plain["speaker_id"] = found[0] if found else None
        if found is None:
            plain |= {column: None for column in ("speaker_method", "speaker_score") if column in plain}
    return plain


def _write(db: Database, table: str, row: Row, wanted: Row) -> None:
    differing = {column: value for column, value in wanted.items() if row.get(column) != value}
    if differing:
        db.table(table).update(row["id"], differing)


def _tell_claims(db: Database, quotation: Row) -> None:
    """What a quotation's speaker vouches for follows when a person says who that is."""
    speaker = name_of(db)(quotation["speaker_id"]) if quotation["speaker_id"] else None
    sql = f"SELECT id FROM claims WHERE quotation_id = ? AND {_FOLLOWS}"
    for (claim_id,) in db.execute(sql, [quotation["id"]]).fetchall():
        who = {"speaker_id": speaker[0] if speaker else None, "asserted_by": speaker[1] if speaker else ANONYMOUS}
        db.table("claims").update(claim_id, who)
        _tell_assertion(db, {"id": claim_id, **who})


_FOLLOWS = """
    review IS NOT 'fixed' AND EXISTS (
        SELECT 1 FROM assertions WHERE claim_id = claims.id AND assertions.quotation_id = claims.quotation_id
            AND depth = (SELECT max(depth) FROM assertions AS deepest WHERE deepest.claim_id = claims.id)
    )
"""


def _tell_assertion(db: Database, claim: Row) -> None:
    """The last link of a claim's chain is who asserts it."""
    sql = """
        UPDATE assertions SET speaker = :asserted_by, speaker_id = :speaker_id
        WHERE claim_id = :id AND depth = (SELECT max(depth) FROM assertions WHERE claim_id = :id)
            AND (speaker IS NOT :asserted_by OR speaker_id IS NOT :speaker_id)
    """
    db.execute(sql, {key: claim[key] for key in ("id", "asserted_by", "speaker_id")})
