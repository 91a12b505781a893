"""/-/find?q=words: one search box over quotations, claims, documents and speakers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from datasette.database import Database, QueryInterrupted
from datasette.utils.asgi import Request, Response
from markupsafe import Markup, escape

from quotes.web.site import Row, page, readable_database, rows

if TYPE_CHECKING:
    from datasette.app import Datasette

MOST = 10
"""Hits shown of each kind; the tables have them all."""

OPEN, CLOSE = "\x02", "\x03"
_HIT = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")
_SNIPPET = "snippet({table}, -1, char(2), char(3), '…', 32) AS snippet"

SEARCHES = {
    "quotations": f"""
        SELECT hit.snippet, quotation_list.* FROM (
            SELECT rowid AS key, rank AS place, {_SNIPPET.format(table="quotations_fts")}
            FROM quotations_fts WHERE quotations_fts MATCH :words {{order}} LIMIT {MOST * 2}
        ) AS hit
        JOIN quotation_list ON quotation_list.search_key = hit.key LIMIT {MOST}
    """,
    "claims": f"""
        SELECT hit.snippet, claim_list.* FROM (
            SELECT rowid AS key, rank AS place, {_SNIPPET.format(table="claims_fts")}
            FROM claims_fts WHERE claims_fts MATCH :words {{order}} LIMIT {MOST * 2}
        ) AS hit
        JOIN claim_list ON claim_list.search_key = hit.key LIMIT {MOST}
    """,
    "documents": f"""
        SELECT hit.snippet, document_list.* FROM (
            SELECT rowid AS key, rank AS place, {_SNIPPET.format(table="documents_fts")}
            FROM documents_fts WHERE documents_fts MATCH :words {{order}} LIMIT {MOST}
        ) AS hit
        JOIN document_list ON document_list.search_key = hit.key
    """,
}
SPEAKERS = f"""
SELECT DISTINCT speakers.id, speakers.name, speakers.type
FROM speaker_names JOIN speakers ON speakers.id = speaker_names.speaker_id
WHERE speaker_names.name LIKE '%' || :name || '%' AND speakers.merged_into IS NULL
ORDER BY speakers.name LIMIT {MOST}
"""


def fts_query(words: str) -> str:
    """The words as an FTS5 query that cannot be a syntax error: all of them, each taken literally."""
    return " ".join('"' + word.replace('"', '""') + '"' for word in words.split())


def marked(snippet: str) -> Markup:
    """A snippet of SQLite's with its hits marked, everything else escaped."""
    # Every other part is a hit; control characters that stand in the article itself are dropped.
    parts = [part.replace(OPEN, "").replace(CLOSE, "") for part in _HIT.split(snippet)]
    shown = [Markup("<mark>{}</mark>").format(part) if hit % 2 else escape(part) for hit, part in enumerate(parts)]
    return Markup("").join(shown)


async def show_hits(datasette: Datasette, request: Request) -> Response:
    """The hits of each kind, best first."""
    database = await readable_database(datasette, request)
    words = (request.args.get("q") or "").strip()[:200]
    context: dict[str, Any] = {"words": words, "database_path": datasette.urls.database(database.name), "most": MOST}
    if words:
        context["speakers"] = await rows(database, SPEAKERS, {"name": words})
        for kind, sql in SEARCHES.items():
            hits = await _search(database, sql, fts_query(words))
            context[kind] = [{**hit, "snippet": marked(hit["snippet"])} for hit in hits]
    return await page(datasette, request, "quotes_find.html", context)


async def _search(database: Database, sql: str, words: str) -> list[Row]:
    """Best first; where ranking a million hits takes too long, any hits are better than none."""
    for order in ("ORDER BY rank", ""):
        try:
            return await rows(database, sql.format(order=order), {"words": words})
        except QueryInterrupted:
            continue
    return []
