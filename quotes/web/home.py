"""/: what is in here, and what deserves a look first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from datasette.database import Database, QueryInterrupted
from datasette.utils.asgi import Request, Response

from quotes.web import releases
from quotes.web.kept import kept_rows
from quotes.web.prints import first_of_each
from quotes.web.queue import count_drafts
from quotes.web.site import Row, count, find_database, has_desk, may_review, page, readable_database

if TYPE_CHECKING:
    from datasette.app import Datasette

COUNTED = 10_000
"""What waits and what was decided is counted so far; beyond it the page says "+"."""
CONFLICTS_READ, CONFLICTS_SHOWN = 60, 5
"""Conflicts are shown by question, one pair of each."""
LATEST = 10_000
"""The quotations stored last, in which the most quoted are counted."""

# A wire story that several outlets print counts once, where it was first: with min(), SQLite takes the other
# columns from the row that has the minimum.
OVERVIEW = {
    "counts": f"""
        SELECT (SELECT count(*) FROM documents) AS documents,
            (SELECT count(*) FROM quotations WHERE is_current = 1 AND act IN ('speech', 'writing')) AS quotations,
            (SELECT count(*) FROM speakers WHERE merged_into IS NULL AND (NOT is_known
                OR EXISTS (SELECT 1 FROM document_speakers WHERE speaker_id = speakers.id))) AS speakers,
            (SELECT count(*) FROM claims WHERE is_current = 1) AS claims,
            (SELECT count(*) FROM (SELECT 1 FROM speaker_pairs LIMIT {COUNTED})) AS pairs,
            (SELECT count(*) FROM (SELECT 1 FROM claims WHERE review IS NOT NULL LIMIT {COUNTED})) AS claims_reviewed,
            (SELECT count(*) FROM (SELECT 1 FROM quotations WHERE review IS NOT NULL LIMIT {COUNTED}))
                AS quotations_reviewed
    """,
    "claims": """
        SELECT claim, figures, asserted_by, speaker_id, outlet, min(published) AS published, document,
            document_id, claim_id,
            check_worthiness, reasons, is_flagged
        FROM (
            SELECT claim_list.* FROM (
                SELECT id FROM claims WHERE review IS NULL AND is_current = 1
                ORDER BY check_worthiness DESC, id LIMIT 40
            ) AS open JOIN claim_list ON claim_list.claim_id = open.id
        ) GROUP BY claim ORDER BY check_worthiness DESC, claim LIMIT 8
    """,
    "conflicts": f"SELECT * FROM claims_in_conflict LIMIT {CONFLICTS_READ}",
    "speakers": f"""
        SELECT speakers.id, speakers.name, quoted.quotations
        FROM (
            SELECT speaker_id, count(*) AS quotations FROM (
                SELECT speaker_id, is_current, act FROM quotations ORDER BY rowid DESC LIMIT {LATEST}
            )
            WHERE speaker_id IS NOT NULL AND is_current = 1 AND act IN ('speech', 'writing')
            GROUP BY speaker_id ORDER BY quotations DESC, speaker_id LIMIT 10
        ) AS quoted
        JOIN speakers ON speakers.id = quoted.speaker_id
        ORDER BY quoted.quotations DESC, speakers.name
    """,
    "verdicts": """
        SELECT claims.id AS claim_id, claims.text AS claim, claims.rating, latest.state, latest.decided_at
        FROM (
            SELECT claim_id, max(place) AS place, state, decided_at FROM (
                SELECT rowid AS place, * FROM verdicts WHERE state <> 'draft' ORDER BY rowid DESC LIMIT 50
            ) GROUP BY claim_id ORDER BY place DESC LIMIT 5
        ) AS latest JOIN claims ON claims.id = latest.claim_id ORDER BY latest.place DESC
    """,
    "documents": "SELECT * FROM document_list ORDER BY published DESC LIMIT 8",
    "runs": """
        SELECT version, model, model_version, started_at,
            (SELECT extracted_at FROM documents ORDER BY rowid DESC LIMIT 1) AS last_at
        FROM runs ORDER BY started_at DESC LIMIT 3
    """,
    "failures": "SELECT input, stage, message, failed_at FROM failures ORDER BY failed_at DESC LIMIT 5",
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
    context["conflicts"] = first_of_each(context["conflicts"], "question_id", CONFLICTS_SHOWN)
    queries = await releases.stored_queries(datasette, database.name, request.actor)
    context["queries"] = sorted(queries, key=lambda query: str(query.get("title") or query["name"]))
    context["database_path"] = datasette.urls.database(database.name)
    context |= {"counted": COUNTED, "latest": LATEST}
    if await has_desk(database) and await may_review(datasette, request):
        context["drafts"] = {name: count(number) for name, number in (await count_drafts(database)).items() if number}
    context["metadata"] = await releases.site_metadata(datasette)
    return await page(datasette, request, "quotes_home.html", context)


async def _in_time(database: Database, sql: str) -> list[Row]:
    """The rows, or none when the database is too large for the time limit: the rest of the page still shows."""
    try:
        return await kept_rows(database, sql)
    except QueryInterrupted:
        return []
