"""/-/verdicts: what was published about claims, newest first, and what had to be corrected; for everybody."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from datasette.database import Database
from datasette.utils.asgi import BadRequest, Request, Response

from quotes.web.article import safe_address
from quotes.web.private import read_whole
from quotes.web.site import Row, page, readable_database

if TYPE_CHECKING:
    from datasette.app import Datasette

MOST = 25
"""Verdicts on one page."""

# Drafts, and who decided, are read by no page for everybody: only published rows and these columns are selected.
PUBLISHED = """
SELECT verdicts.rowid AS place, verdicts.rating, verdicts.explanation, verdicts.evidence, verdicts.state,
    verdicts.correction, verdicts.decided_at, verdicts.claim_id, claims.text AS claim, claims.asserted_by,
    claims.speaker_id, documents.outlet, documents.published,
    (
        SELECT earlier.rating FROM verdicts AS earlier
        WHERE earlier.claim_id = verdicts.claim_id AND earlier.state <> 'draft' AND earlier.rowid < verdicts.rowid
        ORDER BY earlier.rowid DESC LIMIT 1
    ) AS rating_before,
    NOT EXISTS (
        SELECT 1 FROM verdicts AS later
        WHERE later.claim_id = verdicts.claim_id AND later.state <> 'draft' AND later.rowid > verdicts.rowid
    ) AS holds
FROM verdicts JOIN claims ON claims.id = verdicts.claim_id JOIN documents ON documents.id = claims.document_id
WHERE verdicts.state IN (SELECT value FROM json_each(:states)) AND verdicts.rowid < :before
ORDER BY verdicts.rowid DESC LIMIT :most
"""
EVER = 2**62
"""Later than any verdict."""


async def show_verdicts(datasette: Datasette, request: Request) -> Response:
    """One page of them; `?corrections=1` leaves the corrections, `?before=` is where the page before ended."""
    database = await readable_database(datasette, request)
    corrections = request.args.get("corrections") == "1"
    found = await published(database, before=_place(request.args.get("before")), corrections=corrections)
    context = {
        "verdicts": found[:MOST],
        "corrections": corrections,
        "next": found[MOST - 1]["place"] if len(found) > MOST else None,
        "path": datasette.urls.path("/-/verdicts"),
    }
    return await page(datasette, request, "quotes_verdicts.html", context)


async def published(database: Database, *, before: int, corrections: bool) -> list[dict[str, Any]]:
    """The verdicts of one page and one more, each with the addresses of its evidence that may be linked."""
    states = ["corrected"] if corrections else ["published", "corrected"]
    asked = {"states": json.dumps(states), "before": before, "most": MOST + 1}

    def read(connection: sqlite3.Connection) -> list[Row]:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(PUBLISHED, asked)]

    return [{**row, "links": _links(json.loads(row["evidence"]))} for row in await read_whole(database, read)]


def _links(addresses: Iterable[str]) -> list[str]:
    return [address for address in addresses if safe_address(address)]


def _place(value: str | None) -> int:
    if not value:
        return EVER
    if not value.isdecimal() or not 0 < int(value) <= EVER:
        raise BadRequest("`before` is a number that this page gave")
    return int(value)
