"""/: what is in here, and what deserves a look first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from datasette.database import Database, QueryInterrupted
from datasette.utils.asgi import Request, Response

from quotes.web.kept import kept_rows
from quotes.web.site import Row, find_database, page, readable_database

if TYPE_CHECKING:
    from datasette.app import Datasette

# A wire story that several outlets print counts once, where it was first: with min(), SQLite takes the other
# columns from the row that has the minimum.
OVERVIEW = {
    "counts": """
        SELECT (SELECT count(*) FROM documents) AS documents,
            (SELECT count(*) FROM quotations WHERE is_current = 1 AND act IN ('speech', 'writing')) AS quotations,
            (SELECT count(*) FROM speakers WHERE merged_into IS NULL AND (NOT is_known
                OR EXISTS (SELECT 1 FROM document_speakers WHERE speaker_id = speakers.id))) AS speakers,
            (SELECT count(*) FROM claims WHERE is_current = 1) AS claims,
            (SELECT count(*) FROM speaker_pairs) AS pairs
    """,
    "claims": """
        SELECT claim, figures, asserted_by, speaker_id, outlet, min(published) AS published, document,
            document_id, claim_id,
            check_worthiness, reasons, is_flagged
        FROM (
            SELECT * FROM claim_list ORDER BY check_worthiness DESC LIMIT 40
        ) GROUP BY claim, figures ORDER BY check_worthiness DESC, claim LIMIT 8
    """,
    "conflicts": "SELECT * FROM claims_in_conflict LIMIT 5",
    "speakers": """
        SELECT speakers.id, speakers.name, quoted.quotations
        FROM (
            SELECT speaker_id, count(*) AS quotations FROM quotations
            WHERE speaker_id IS NOT NULL AND is_current = 1 AND act IN ('speech', 'writing')
            GROUP BY speaker_id ORDER BY quotations DESC, speaker_id LIMIT 10
        ) AS quoted
        JOIN speakers ON speakers.id = quoted.speaker_id
        ORDER BY quoted.quotations DESC, speakers.name
    """,
    "documents": "SELECT * FROM document_list ORDER BY published DESC LIMIT 8",
    "failures": "SELECT input, message FROM failures ORDER BY failed_at DESC LIMIT 5",
}


async def show_home(datasette: Datasette, request: Request) -> Response:
    """Our front page; Datasette's own where no database of ours is served."""
    if await find_database(datasette) is None:
        request.scope = {**request.scope, "url_route": {"kwargs": {"format": None}}}
        # Not at the top: Datasette loads this module before its own views.
        from datasette.views.index import IndexView

        response: Response = await IndexView(datasette).get(request)
        return response
    database = await readable_database(datasette, request)
    context: dict[str, Any] = {name: await _in_time(database, sql) for name, sql in OVERVIEW.items()}
    queries = await datasette.get_canned_queries(database.name, request.actor)
    context["queries"] = sorted(queries.values(), key=lambda query: str(query.get("title") or query["name"]))
    context["database_path"] = datasette.urls.database(database.name)
    context["metadata"] = datasette.metadata()
    return await page(datasette, request, "quotes_home.html", context)


async def _in_time(database: Database, sql: str) -> list[Row]:
    """The rows, or none when the database is too large for the time limit: the rest of the page still shows."""
    try:
        return await kept_rows(database, sql)
    except QueryInterrupted:
        return []
