"""Drafts of verdicts: an editor publishes them or sends them back with a note.

A draft that is sent back stays as it is, with the note beside it, until somebody gives another verdict; taking that
back adds a row, too.  What holds is written beside the claim (`draft`, `draft_at`), which makes the two queues of
/-/review.  The caller holds the transaction.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection, Mapping
from typing import Any

from sqlite_utils import Database

from quotes.errors import StoreError
from quotes.store.merging import Judge
from quotes.store.rows import Row
from quotes.store.verdicts import (
    Verdict,
    VerdictState,
    check,
    check_seen,
    give_verdict,
    last_verdict,
    public_verdict,
    refresh_verdict,
)

_OWN_LAST = """
    SELECT draft_returns.*, verdicts.claim_id FROM draft_returns JOIN verdicts ON verdicts.id = verdict_id
    WHERE draft_returns.reviewer = :reviewer AND decision = 'return'
        AND NOT EXISTS (
            SELECT 1 FROM draft_returns AS later
            WHERE later.verdict_id = draft_returns.verdict_id AND later.rowid > draft_returns.rowid
        )
        AND NOT EXISTS (
            SELECT 1 FROM verdicts AS later
            WHERE later.claim_id = verdicts.claim_id AND later.rowid > verdicts.rowid
        )
    ORDER BY draft_returns.decided_at DESC, draft_returns.rowid DESC LIMIT 1
"""


def publish_draft(db: Database, claim_id: str, by: Judge, *, scale: Collection[str], seen: str | None = None) -> str:
    """Publish the draft on a claim as it is, as a correction where a verdict is public; the new verdict's id.

    Raises StoreError where there is no draft or it is not fit to be published, ChangedError as `give_verdict` does.
    """
    check_seen(db, claim_id, seen)
    verdict = to_publish(_draft(db, claim_id), is_public=public_verdict(db, claim_id) is not None)
    return give_verdict(db, claim_id, verdict, by, scale=scale)


def lacking(draft: Mapping[str, Any], scale: Collection[str], *, is_public: bool) -> str:
    """Why a draft cannot be published as it is, empty where it can be; `is_public`: its claim has a verdict already."""
    try:
        check(to_publish(draft, is_public=is_public), scale, is_public=is_public)
    except StoreError as error:
        return str(error)
    return ""


def to_publish(draft: Mapping[str, Any], *, is_public: bool) -> Verdict:
    """The verdict that publishing a draft would give."""
    state: VerdictState = "corrected" if is_public else "published"
    evidence = tuple(json.loads(draft["evidence"]))
    return Verdict(draft["rating"], draft["explanation"], evidence, state, draft["correction"])


def send_back(db: Database, claim_id: str, by: Judge, *, seen: str | None = None) -> str:
    """Send the draft on a claim back to be worked over; the note says what is to be done.  The id of the return.

    Raises StoreError where no draft waits or the note is empty, ChangedError as `give_verdict` does.
    """
    check_seen(db, claim_id, seen)
    draft = _draft(db, claim_id)
    if not by.note.strip():
        raise StoreError("a draft is sent back with a note: what is to be done?")
    if db.execute("SELECT draft FROM claims WHERE id = ?", [claim_id]).fetchone()[0] != "waiting":
        raise StoreError("this draft was sent back already")
    return _add(db, draft, "return", by)


def take_back_return(db: Database, return_id: str, by: Judge) -> str:
    """Let a draft wait again that the same person had sent back; the claim's id.

    Raises StoreError where it is another's, or something happened since.
    """
    last = own_last_return(db, by.reviewer)
    if last is None or last["id"] != return_id:
        raise StoreError("taken back already, or somebody worked on it since; look at it anew")
    _add(db, {"id": last["verdict_id"], "claim_id": last["claim_id"]}, "undo", by)
    return str(last["claim_id"])


def own_last_return(db: Database, reviewer: str) -> Row | None:
    """The last draft that somebody sent back, while nobody did anything about it: its return with the claim's id."""
    return next(db.query(_OWN_LAST, {"reviewer": reviewer}), None)


def _draft(db: Database, claim_id: str) -> Row:
    last = last_verdict(db, claim_id)
    if last is None or last["state"] != "draft":
        raise StoreError("there is no draft on this claim")
    return last


def _add(db: Database, draft: Row, decision: str, by: Judge) -> str:
    return_id = f"dr_{uuid.uuid4().hex[:16]}"
    db.table("draft_returns").insert(
        {
            "id": return_id, "verdict_id": draft["id"], "decision": decision, "note": by.note.strip(),
            "reviewer": by.reviewer, "decided_at": by.now,
        }
    )  # fmt: skip
    refresh_verdict(db, draft["claim_id"])
    return return_id
