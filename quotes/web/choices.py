"""What the queue of /-/review can be narrowed to: outlets, and the speakers whom a name means."""

from __future__ import annotations

from datasette.database import Database

from quotes.web.evidence import ROOT
from quotes.web.site import rows

MOST_SPEAKERS = 20


async def speakers_called(database: Database, called: str) -> list[str]:
    """The ids of those called so, or of the one with that id."""
    sql = f"""
        SELECT speaker_id AS id FROM (
            SELECT speaker_id FROM speaker_names WHERE name = :name LIMIT {MOST_SPEAKERS}
        ) UNION SELECT id FROM speakers WHERE id = :name
    """
    found = []
    for row in await rows(database, sql, {"name": called}):
        found += [root["id"] for root in await rows(database, ROOT, {"id": row["id"]})]
    return sorted(set(found))


async def outlets(database: Database) -> list[str]:
    """The first few hundred outlets by name; each is one step in the index, however many articles it has."""
    return [row["outlet"] for row in await rows(database, _OUTLETS)]


_OUTLETS = """
WITH RECURSIVE found (outlet) AS (
    SELECT min(outlet) FROM documents
    UNION ALL
    SELECT (SELECT min(outlet) FROM documents WHERE documents.outlet > found.outlet) FROM found
    WHERE found.outlet IS NOT NULL
)
SELECT outlet FROM found WHERE outlet IS NOT NULL LIMIT 300
"""
