"""Flagging a claim: one row in `reviews` for each decision, never an edit.

In comes a signed-in reviewer's form, out goes a redirect to the claim.  The reviewer's name is the actor's id, never
a field of the form; Datasette has checked the CSRF token before this code runs.
"""

from __future__ import annotations

import secrets
import sqlite3
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from datasette.database import Database
from datasette.utils.asgi import Forbidden, Request, Response

from quotes.web.cells import page_path
from quotes.web.private import change
from quotes.web.site import identifier, may_review, readable_database, row_or_404

if TYPE_CHECKING:
    from datasette.app import Datasette

LONGEST_NOTE = 2_000
"""Characters."""

BUSY = "Not saved: the database is busy, please try again"
DONE = {"flag": "Flagged", "unflag": "Flag taken back"}


async def post_flag(datasette: Datasette, request: Request) -> Response:
    """POST /-/claim/<id>/flag: flag a claim, with a note saying why."""
    return await _post(datasette, request, "flag")


async def post_unflag(datasette: Datasette, request: Request) -> Response:
    """POST /-/claim/<id>/unflag: take the flag back, with a note saying why."""
    return await _post(datasette, request, "unflag")


async def _post(datasette: Datasette, request: Request, action: str) -> Response:
    if request.method != "POST":
        return Response.text("Flag with POST", status=405, headers={"Allow": "POST"})
    if not await may_review(datasette, request):
        raise Forbidden("Only reviewers can flag a claim")
    database = await readable_database(datasette, request)
    claim = await row_or_404(database, "SELECT id FROM claims WHERE id = ?", identifier(request), "claim")
    note = str((await request.post_vars()).get("note", "")).strip()
    if len(note) > LONGEST_NOTE:
        return Response.text(f"A note has at most {LONGEST_NOTE:,} characters", status=400)
    if not database.is_mutable:
        raise Forbidden("This copy of the database is read-only")
    try:
        await _write(database, claim["id"], action, note, request.actor["id"])
        datasette.add_message(request, DONE[action])
    except sqlite3.OperationalError:
        datasette.add_message(request, BUSY, datasette.ERROR)
    return Response.redirect(page_path(datasette, "claim", claim["id"]))


async def _write(database: Database, claim_id: str, action: str, note: str, reviewer: str) -> None:
    """Append the decision; what holds is the latest one."""
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    values = {"id": f"r_{secrets.token_hex(8)}", "claim": claim_id, "action": action, "note": note}

    await change(database, lambda db: db.execute(_INSERT, {**values, "reviewer": reviewer, "now": now}))


_INSERT = """
INSERT INTO reviews (id, target_type, target_id, document_id, action, note, reviewer, reviewed_at)
SELECT :id, 'claim', id, document_id, :action, :note, :reviewer, :now
FROM claims
WHERE id = :claim
"""
