"""/-/speaker/<id>: who a speaker is, what one said, where and when, and how that is known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import NotFound, Request, Response

from quotes.web.cells import page_path
from quotes.web.evidence import ROLES, ROOT, SPEAKER, names_of
from quotes.web.kept import kept_rows
from quotes.web.prints import letters, once
from quotes.web.private import speaker_history
from quotes.web.site import Row, identifier, may_review, page, readable_database, rows

if TYPE_CHECKING:
    from datasette.app import Datasette

MOST = 50
"""Quotations and claims on the page; the tables have them all."""
MONTHS_SHOWN = 24
OUTLETS_SHOWN = 12

_WIKIDATA = re.compile(r"Q[1-9]\d*")

LATEST = 3_000
"""Of who is quoted more often, the quotations stored last are counted by month and outlet and sorted by date."""

# All that is counted.  The first is read from an index alone, so it counts everything; the plus
# keeps SQLite from another index, that would spare it the sorting and have it read every row.
TALLY = f"""
WITH said AS MATERIALIZED (
    SELECT documents.outlet, substr(documents.published, 1, 7) AS month FROM (
        SELECT document_id FROM quotations
        WHERE speaker_id = :id AND is_current = 1 AND act IN ('speech', 'writing') ORDER BY rowid DESC LIMIT {LATEST}
    ) AS latest JOIN documents ON documents.id = latest.document_id
)
SELECT 'type' AS kind, type AS value, count(*) AS quotations FROM quotations
WHERE speaker_id = :id AND is_current = 1 AND act IN ('speech', 'writing') GROUP BY +type
UNION ALL SELECT 'month', month, count(*) FROM said WHERE month IS NOT NULL GROUP BY month
UNION ALL SELECT 'outlet', outlet, count(*) FROM said GROUP BY outlet
"""


def _latest(column: str) -> str:
    """The latest quotations of a speaker in one of the two columns.

    Sorted by the index and the dates alone; the words are read of the few that are shown.
    """
    return f"""
        SELECT quotation_list.* FROM (
            SELECT recent.place, documents.published FROM (
                SELECT rowid AS place, document_id FROM quotations
                WHERE {column} = :id AND is_current = 1 AND act IN ('speech', 'writing')
                ORDER BY rowid DESC LIMIT {LATEST}
            ) AS recent JOIN documents ON documents.id = recent.document_id
            ORDER BY documents.published DESC, recent.document_id LIMIT :most
        ) AS latest JOIN quotation_list ON quotation_list.search_key = latest.place
        ORDER BY latest.published DESC, document_id, quotation_id
    """


# Each query with the number of rows shown; the tables have the rest.
QUERIES: dict[str, tuple[str, int]] = {
    "roles": (ROLES, 20),
    "quotations": (
        _latest("speaker_id"),
        MOST,
    ),
    "on_behalf": (
        _latest("on_behalf_of_id"),
        12,
    ),
    "claims": (
        """
        SELECT claim_list.* FROM (
            SELECT id FROM claims WHERE speaker_id = :id AND is_current = 1 ORDER BY check_worthiness DESC LIMIT :most
        ) AS worth JOIN claim_list ON claim_list.claim_id = worth.id
        ORDER BY check_worthiness DESC, claim_id
        """,
        MOST,
    ),
    "beside": (
        """
        SELECT speakers.id, speakers.name, count(DISTINCT theirs.document_id) AS documents
        FROM (SELECT DISTINCT document_id FROM quotations WHERE speaker_id = :id AND is_current = 1 LIMIT 200) AS own
        JOIN quotations AS theirs ON theirs.document_id = own.document_id AND theirs.is_current = 1
        JOIN speakers ON speakers.id = theirs.speaker_id
        WHERE theirs.speaker_id <> :id
        GROUP BY speakers.id ORDER BY documents DESC, speakers.name LIMIT :most
        """,
        10,
    ),
    # SQLite takes the claim's columns from the row that has the maximum: the claim most worth checking.
    "questions": (
        """
        SELECT questions.id, questions.label, said.claims, said.worth, said.claim_id, first.text AS claim,
            said.documents, (
            SELECT count(*) FROM claims AS all_claims
            WHERE all_claims.question_id = said.question_id AND all_claims.is_current = 1
        ) AS answers
        FROM (
            SELECT question_id, count(*) AS claims, max(check_worthiness) AS worth, id AS claim_id,
                count(DISTINCT document_id) AS documents
            FROM claims WHERE speaker_id = :id AND is_current = 1 AND question_id IS NOT NULL
            GROUP BY question_id ORDER BY claims DESC, worth DESC LIMIT 60
        ) AS said
        JOIN questions ON questions.id = said.question_id JOIN claims AS first ON first.id = said.claim_id
        ORDER BY answers > said.claims DESC, said.claims DESC, said.worth DESC LIMIT :most
        """,
        12,
    ),
    "conflicts": (
        """
        SELECT * FROM (
            SELECT * FROM (SELECT * FROM claims_in_conflict WHERE speaker_id = :id LIMIT 50)
            UNION
            SELECT * FROM (SELECT * FROM claims_in_conflict WHERE other_speaker_id = :id LIMIT 50)
        ) ORDER BY score DESC, other_published DESC, claim_id, other_id LIMIT :most
        """,
        10,
    ),
    "taken": (
        """
        SELECT local.name, local.method, local.score, local.why, local.document_id,
            coalesce(documents.title, documents.input) AS document, documents.outlet, documents.published,
            local.own_id, own.name AS own_name
        FROM document_speakers AS local JOIN documents ON documents.id = local.document_id
        JOIN speakers AS own ON own.id = local.own_id
        WHERE local.speaker_id = :id ORDER BY local.rowid DESC LIMIT :most
        """,
        20,
    ),
    "pairs": (
        """
        SELECT * FROM (
            SELECT speaker_pairs.*, right_id AS other_id FROM speaker_pairs WHERE left_id = :id
            UNION ALL SELECT speaker_pairs.*, left_id AS other_id FROM speaker_pairs WHERE right_id = :id
        ) AS pair JOIN (SELECT id, name AS other_name FROM speakers) AS other ON other.id = pair.other_id
        ORDER BY pair.score DESC, pair.other_id LIMIT :most
        """,
        20,
    ),
}


async def show_speaker(datasette: Datasette, request: Request) -> Response:
    """The page of one speaker; a speaker merged into another leads to who stands for both now."""
    database = await readable_database(datasette, request)
    asked = identifier(request)
    found = await kept_rows(database, SPEAKER, {"id": asked})
    if not found:
        raise NotFound(f"No speaker {asked}")
    speaker = found[0]
    if speaker["merged_into"]:
        root = (await rows(database, ROOT, {"id": asked}))[0]["id"]
        return Response.redirect(page_path(datasette, "speaker", root))
    context: dict[str, Any] = {
        name: await rows(database, sql, {"id": asked, "most": most}) for name, (sql, most) in QUERIES.items()
    }
    claims_found = len(context["claims"])
    full = {name: len(context[name]) == most for name, (_, most) in QUERIES.items()}
    context |= {
        "quotations": once(context["quotations"], lambda row: (letters(row["quotation"]), row["type"])),
        "claims": once(context["claims"], lambda row: (letters(row["claim"]),)),
    }
    context |= tallies(await kept_rows(database, TALLY, {"id": asked}))
    context |= {
        "speaker": speaker,
        "wikidata": wikidata_address(speaker["wikidata"]),
        "names": await names_of(database, asked, 20),
        "busiest": max((row["quotations"] for row in context["months"]), default=0),
        "busiest_outlet": max((row["quotations"] for row in context["outlets"]), default=0),
        "history": await speaker_history(database, asked, private=await may_review(datasette, request)),
        "latest": LATEST,
        "full": full,
        "claims_found": claims_found,
        "limits": {name: most for name, (_, most) in QUERIES.items()},
        "database_path": datasette.urls.database(database.name),
    }
    return await page(datasette, request, "quotes_speaker.html", context)


def tallies(counted: Sequence[Row]) -> dict[str, list[Row]]:
    """Quotations by type, by month and by outlet, the most first."""
    kinds = {kind: [row for row in counted if row["kind"] == kind] for kind in ("type", "month", "outlet")}
    outlets = sorted(kinds["outlet"], key=lambda row: (-row["quotations"], row["value"] or ""))
    return {"counts": kinds["type"], "months": without_gaps(kinds["month"]), "outlets": outlets[:OUTLETS_SHOWN]}


def wikidata_address(item: str | None) -> str | None:
    """The address of a Wikidata item; None for what is no item's id."""
    return f"https://www.wikidata.org/wiki/{item}" if item and _WIKIDATA.fullmatch(item) else None


def without_gaps(months: Sequence[Row]) -> list[Row]:
    """Months in order, the latest two years of them, with those in between in which nothing was said."""
    counted = {
        row["value"]: row["quotations"] for row in months if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", row["value"])
    }
    if not counted:
        return []
    last = _number(max(counted))
    first = max(_number(min(counted)), last - MONTHS_SHOWN + 1)
    names = (f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(first, last + 1))
    return [{"value": name, "quotations": counted.get(name, 0)} for name in names]


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1
