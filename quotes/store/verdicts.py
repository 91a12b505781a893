"""Verdicts on claims: drafts, what was published, and corrections in the open.

A verdict is a row that is never edited.  A claim is published once; what changes after that is a correction that
says what was wrong.  The caller holds the transaction.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from sqlite_utils import Database

from quotes.errors import StoreError
from quotes.store.merging import Judge
from quotes.store.reviewing import ChangedError
from quotes.store.rows import Row

VerdictState = Literal["draft", "published", "corrected"]

# What happened last to the verdicts on a claim: the last one, or that it was sent back.  `id` tells whether anything
# happened since somebody looked.
LAST_CHANGE = """
SELECT coalesce(returned.id, last.id) AS id, coalesce(returned.reviewer, last.reviewer) AS reviewer,
    coalesce(returned.decision, 'a verdict') AS action, last.state,
    CASE WHEN returned.decision = 'return' THEN returned.decided_at ELSE last.decided_at END AS at
FROM (SELECT rowid, * FROM verdicts WHERE claim_id = :id ORDER BY rowid DESC LIMIT 1) AS last
LEFT JOIN draft_returns AS returned
    ON returned.rowid = (SELECT max(rowid) FROM draft_returns WHERE verdict_id = last.id)
"""
MOST_EVIDENCE, LONGEST_EXPLANATION = 50, 20_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found: a rating of the site's scale, why, and addresses of the evidence."""

    rating: str
    explanation: str
    evidence: tuple[str, ...]
    state: VerdictState
    correction: str = ""
    """For a correction, or the draft of one: what was wrong, for readers."""


def give_verdict(
    db: Database, claim_id: str, verdict: Verdict, by: Judge, *, scale: Collection[str], seen: str | None = None
) -> str:
    """Record a verdict on a claim; its id.

    `scale` are the ratings that may be given; `seen` is the id of the last change the reviewer knew of, see
    LAST_CHANGE ("" for none; None asks nothing).  Raises StoreError where it is not fit to be stored, ChangedError
    where something happened since.
    """
    if not db.execute("SELECT 1 FROM claims WHERE id = ?", [claim_id]).fetchone():
        raise StoreError(f"{claim_id}: no such claim")
    check_seen(db, claim_id, seen)
    check(verdict, scale, is_public=public_verdict(db, claim_id) is not None)
    verdict_id = f"v_{uuid.uuid4().hex[:16]}"
    db.table("verdicts").insert(
        {
            "id": verdict_id, "claim_id": claim_id, "rating": verdict.rating,
            "explanation": verdict.explanation.strip(),
            "evidence": json.dumps(list(verdict.evidence), ensure_ascii=False), "state": verdict.state,
            "correction": verdict.correction.strip(), "reviewer": by.reviewer, "decided_at": by.now,
        }
    )  # fmt: skip
    refresh_verdict(db, claim_id)
    return verdict_id


def check_seen(db: Database, claim_id: str, seen: str | None) -> None:
    """Raise ChangedError where something happened to the verdicts on a claim since somebody looked."""
    last = next(db.query(LAST_CHANGE, {"id": claim_id}), None)
    if seen is not None and seen != (last["id"] if last else ""):
        raise ChangedError(last["reviewer"] if last else "somebody", last["action"] if last else "taken back")


def check(verdict: Verdict, scale: Collection[str], *, is_public: bool) -> None:
    """Raise StoreError where a verdict may not be stored; `is_public`: one on this claim was published before."""
    if verdict.rating not in scale:
        raise StoreError(f"the rating is one of {', '.join(scale)}")
    if len(verdict.explanation) > LONGEST_EXPLANATION or len(verdict.evidence) > MOST_EVIDENCE:
        raise StoreError(
            f"an explanation has at most {LONGEST_EXPLANATION:,} characters, evidence {MOST_EVIDENCE} links"
        )
    for address in verdict.evidence:
        if not is_address(address):
            raise StoreError(f"{address}: evidence is linked by an address that begins with http:// or https://")
    if verdict.state == "draft":
        if verdict.correction.strip() and not is_public:
            raise StoreError("only a correction says what was wrong")
        return
    if not verdict.evidence:
        raise StoreError("a verdict is published with at least one link to evidence")
    if not verdict.explanation.strip():
        raise StoreError("a verdict is published with an explanation")
    if (verdict.state == "corrected") != is_public:
        raise StoreError("published already: correct it" if is_public else "only what was published is corrected")
    if (verdict.state == "corrected") != bool(verdict.correction.strip()):
        raise StoreError("a correction says what was wrong")


def is_address(address: str) -> bool:
    """Whether evidence may be linked so: http or https, with a host, without blanks."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not any(c.isspace() for c in address)


def addresses(lines: str) -> tuple[str, ...]:
    """The links in a text field, one a line, each once."""
    return tuple(dict.fromkeys(line.strip() for line in lines.splitlines() if line.strip()))


def last_verdict(db: Database, claim_id: str) -> Row | None:
    """The last verdict on a claim, a draft or not."""
    sql = "SELECT * FROM verdicts WHERE claim_id = ? ORDER BY rowid DESC LIMIT 1"
    return next(db.query(sql, [claim_id]), None)


def public_verdict(db: Database, claim_id: str) -> Row | None:
    """What was published last on a claim."""
    sql = "SELECT * FROM verdicts WHERE claim_id = ? AND state <> 'draft' ORDER BY rowid DESC LIMIT 1"
    return next(db.query(sql, [claim_id]), None)


def refresh_verdict(db: Database, claim_id: str) -> None:
    """Write beside the claim what was published last, and whether a draft waits or was sent back."""
    public, last = public_verdict(db, claim_id), next(db.query(LAST_CHANGE, {"id": claim_id}), None)
    is_draft = last is not None and last["state"] == "draft"
    values = {
        "rating": public["rating"] if public else None,
        "draft": ("returned" if last["action"] == "return" else "waiting") if last and is_draft else None,
        "draft_at": last["at"] if last and is_draft else None,
    }
    db.execute(
        "UPDATE claims SET rating = :rating, draft = :draft, draft_at = :draft_at WHERE id = :id"
        " AND (rating, draft, draft_at) IS NOT (:rating, :draft, :draft_at)",
        {"id": claim_id, **values},
    )
