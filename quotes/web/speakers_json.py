"""/-/speakers.json?q=…: the speakers whose names begin so, for the fields in which one names a speaker.

Whoever may read the site may ask.  The index on names is case-sensitive, so a few ways to write the beginning are
looked up; each reads a bounded number of rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from datasette.database import Database
from datasette.utils.asgi import Request, Response

from quotes.web.site import Row, readable_database, rows

if TYPE_CHECKING:
    from datasette.app import Datasette

MOST = 12

_BEGINNING = """
SELECT speakers.id, speakers.name, speakers.type, min(named.name) AS printed
FROM (
    SELECT speaker_id, name FROM speaker_names
    WHERE name >= :beginning AND name < :beginning || char(1114111) ORDER BY name LIMIT 60
) AS named JOIN speakers ON speakers.id = named.speaker_id
WHERE speakers.merged_into IS NULL
GROUP BY speakers.id ORDER BY speakers.name, speakers.id LIMIT :most
"""


async def complete(datasette: Datasette, request: Request) -> Response:
    """GET: `{"speakers": [{"id", "name", "type", "printed", "value"}]}`; `value` is what names this one alone."""
    database = await readable_database(datasette, request)
    found = await _found(database, (request.args.get("q") or "").strip()[:100])
    names = [row["name"] for row in found]
    speakers = [
        {**row, "value": row["name"] if names.count(row["name"]) == 1 else f"{row['name']} [{row['id']}]"}
        for row in found
    ]
    return Response.json({"speakers": speakers})


async def _found(database: Database, typed: str) -> list[Row]:
    if not typed:
        return []
    found: dict[str, Row] = {}
    for beginning in dict.fromkeys((typed, typed[0].upper() + typed[1:], typed.title(), typed.upper())):
        for row in await rows(database, _BEGINNING, {"beginning": beginning, "most": MOST}):
            found.setdefault(row["id"], row)
    return list(found.values())[:MOST]
