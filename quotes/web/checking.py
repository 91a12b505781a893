"""POST /-/claim/<id>/fact-check: a person says whether a known fact-check is about the claim.

In comes a signed-in reviewer's form, out goes a redirect to the claim.  Stored as `quotes claims accept` and
`reject` do; the reviewer's name is the actor's id, never a field of the form.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from datasette.utils.asgi import BadRequest, Forbidden, Request, Response

from quotes.errors import StoreError
from quotes.web.cells import page_path
from quotes.web.flags import BUSY, LONGEST_NOTE
from quotes.web.form import Form
from quotes.web.private import change
from quotes.web.site import identifier, may_review, readable_database, row_or_404

if TYPE_CHECKING:
    from datasette.app import Datasette
    from sqlite_utils import Database as Tables

DONE = {"accept": "Stored: it is about this claim", "reject": "Stored: it is not about this claim"}


async def decide(datasette: Datasette, request: Request) -> Response:
    """Record the decision; what holds is the latest one."""
    if request.method != "POST":
        return Response.text("Decide with POST", status=405, headers={"Allow": "POST"})
    if not await may_review(datasette, request):
        raise Forbidden("Only reviewers can say what a fact-check is about")
    database = await readable_database(datasette, request)
    if not database.is_mutable:
        raise Forbidden("This copy of the database is read-only")
    claim = await row_or_404(database, "SELECT id FROM claims WHERE id = ?", identifier(request), "claim")
    form = Form(await request.post_vars())
    decision, note, reviewer = form["decision"], form["note"].strip(), request.actor["id"]
    if decision not in DONE:
        raise BadRequest(f"A decision is one of {', '.join(DONE)}")
    if len(note) > LONGEST_NOTE:
        raise BadRequest(f"A note has at most {LONGEST_NOTE:,} characters")

    def record(db: Tables) -> None:
        from quotes.store import utc_now
        from quotes.store.factchecks import decide as store

        store(db, claim["id"], form["fact_check"], decision, (reviewer, note, utc_now()))

    try:
        await change(database, record)
        datasette.add_message(request, DONE[decision])
    except StoreError as error:
        datasette.add_message(request, f"Not saved: {error}", datasette.ERROR)
    except sqlite3.OperationalError:
        datasette.add_message(request, BUSY, datasette.ERROR)
    return Response.redirect(page_path(datasette, "claim", claim["id"], "h-checks"))
