"""/-/speaker/<id>: what one speaker said, where and when, and which claims the speaker asserts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datasette.utils.asgi import Request, Response

from quotes.web.cells import page_path
from quotes.web.site import identifier, page, readable_database, row_or_404, rows

if TYPE_CHECKING:
    from datasette.app import Datasette

MOST = 50
"""Quotations and claims on the page; the tables have them all."""

SPEAKER = "SELECT id, name, type, merged_into FROM speakers WHERE id = ?"
NAMES = "SELECT name FROM speaker_names WHERE speaker_id = ? ORDER BY name"
QUOTATIONS = f"""
SELECT * FROM quotation_list WHERE speaker_id = ? ORDER BY published DESC, document_id, quotation_id LIMIT {MOST}
"""
CLAIMS = f"SELECT * FROM claim_list WHERE speaker_id = ? ORDER BY check_worthiness DESC LIMIT {MOST}"
MONTHS = """
SELECT substr(published, 1, 7) AS month, count(*) AS quotations
FROM quotation_list WHERE speaker_id = ? AND published IS NOT NULL
GROUP BY month ORDER BY month DESC LIMIT 24
"""
COUNTS = "SELECT type, count(*) AS quotations FROM quotation_list WHERE speaker_id = ? GROUP BY type ORDER BY type"
OUTLETS = """
SELECT coalesce(outlet, 'unknown') AS outlet, count(*) AS quotations
FROM quotation_list WHERE speaker_id = ? GROUP BY outlet ORDER BY quotations DESC, outlet LIMIT 12
"""
BESIDE = """
SELECT speakers.id, speakers.name, count(DISTINCT theirs.document_id) AS documents
FROM (SELECT DISTINCT document_id FROM quotations WHERE speaker_id = ? AND is_current = 1 LIMIT 200) AS own
JOIN quotations AS theirs ON theirs.document_id = own.document_id AND theirs.is_current = 1
JOIN speakers ON speakers.id = theirs.speaker_id
WHERE theirs.speaker_id <> ?
GROUP BY speakers.id ORDER BY documents DESC, speakers.name LIMIT 10
"""


async def show_speaker(datasette: Datasette, request: Request) -> Response:
    """The page of one speaker; a speaker merged into another leads there."""
    database = await readable_database(datasette, request)
    speaker = await row_or_404(database, SPEAKER, identifier(request), "speaker")
    if speaker["merged_into"]:
        return Response.redirect(page_path(datasette, "speaker", speaker["merged_into"]))
    key = [speaker["id"]]
    months = (await rows(database, MONTHS, key))[::-1]
    context = {
        "speaker": speaker,
        "names": [row["name"] for row in await rows(database, NAMES, key) if row["name"] != speaker["name"]],
        "quotations": await rows(database, QUOTATIONS, key),
        "claims": await rows(database, CLAIMS, key),
        "counts": await rows(database, COUNTS, key),
        "months": months,
        "busiest": max((row["quotations"] for row in months), default=0),
        "outlets": await rows(database, OUTLETS, key),
        "beside": await rows(database, BESIDE, key * 2),
        "most": MOST,
        "database_path": datasette.urls.database(database.name),
    }
    return await page(datasette, request, "quotes_speaker.html", context)
