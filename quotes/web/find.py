"""/-/find?q=words: one search box over quotations, claims, documents and speakers.

Each kind is searched, ranked and counted by itself, and no query reads more than a bounded number of rows: where
words stand in more rows than can be ranked in time, those stored last are shown.  What several outlets print is
shown once, where it was published first.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from datasette.database import Database, QueryInterrupted
from datasette.utils.asgi import Request, Response
from markupsafe import Markup, escape

from quotes.web.prints import letters, once
from quotes.web.site import MOST_COUNTED, Row, page, readable_database, rows

if TYPE_CHECKING:
    from datasette.app import Datasette

MOST = 10
"""Hits shown of each kind; the lists have them all."""
READ = 60
"""Hits read of each kind, so that enough are left when the copies of a wire story are taken together."""
RANKED = 2_000
"""With more hits than this, the latest are shown instead of the best: all of them would have to be ranked."""
NAMED = 3
"""Outlets named beside the first one."""

OPEN, CLOSE = "\x02", "\x03"
_HIT = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")
_MARKS = "char(2), char(3)"

# FTS5 sorts before it makes snippets, so that only those of the rows that are read are made.
SEARCHES = {
    "quotations": f"""
        SELECT hit.snippet, hit.source_snippet, quotation_list.* FROM (
            SELECT rowid AS key, {{score}} AS score, snippet(quotations_fts, 0, {_MARKS}, '…', 48) AS snippet,
                highlight(quotations_fts, 1, {_MARKS}) AS source_snippet
            FROM quotations_fts WHERE quotations_fts MATCH :words ORDER BY {{order}} LIMIT {READ}
        ) AS hit
        JOIN quotation_list ON quotation_list.search_key = hit.key ORDER BY hit.score
    """,
    "claims": f"""
        SELECT hit.snippet, hit.sentence_snippet, claim_list.* FROM (
            SELECT rowid AS key, {{score}} AS score, highlight(claims_fts, 0, {_MARKS}) AS snippet,
                snippet(claims_fts, 1, {_MARKS}, '…', 24) AS sentence_snippet
            FROM claims_fts WHERE claims_fts MATCH :words ORDER BY {{order}} LIMIT {READ}
        ) AS hit
        JOIN claim_list ON claim_list.search_key = hit.key ORDER BY hit.score
    """,
    "documents": f"""
        SELECT hit.snippet, substr(documents.text, documents.body_start + 1, 400) AS beginning, document_list.*
        FROM (
            SELECT rowid AS key, {{score}} AS score, snippet(documents_fts, 1, {_MARKS}, '…', 32) AS snippet
            FROM documents_fts WHERE documents_fts MATCH :words ORDER BY {{order}} LIMIT {READ // 2}
        ) AS hit
        JOIN documents ON documents.rowid = hit.key
        JOIN document_list ON document_list.search_key = hit.key ORDER BY hit.score
    """,
}
_MATCHES = "SELECT count(*) AS hits FROM (SELECT 1 FROM {kind}_fts WHERE {kind}_fts MATCH :words LIMIT {most})"
COUNTS = {
    "quotations": f"""
        SELECT count(*) AS hits FROM (
            SELECT 1 FROM quotations_fts JOIN quotations ON quotations.rowid = quotations_fts.rowid
            WHERE quotations_fts MATCH :words AND is_current = 1 AND act IN ('speech', 'writing')
            LIMIT {MOST_COUNTED + 1}
        )
    """,
    "claims": f"""
        SELECT count(*) AS hits FROM (
            SELECT 1 FROM claims_fts JOIN claims ON claims.rowid = claims_fts.rowid
            WHERE claims_fts MATCH :words AND is_current = 1 LIMIT {MOST_COUNTED + 1}
        )
    """,
    "documents": _MATCHES.format(kind="documents", most=MOST_COUNTED + 1),
}
"""How many rows a list shows for the same words; counting stops where it says "1,000+"."""

SPEAKERS = f"""
SELECT found.id, found.name, found.also, (
    SELECT count(*) FROM (
        SELECT 1 FROM quotations
        WHERE speaker_id = found.id AND act IN ('speech', 'writing') AND is_current = 1 LIMIT {MOST_COUNTED + 1}
    )
) AS quotations
FROM (
    SELECT speakers.id, speakers.name, min(speaker_names.name) AS also
    FROM speaker_names JOIN speakers ON speakers.id = speaker_names.speaker_id
    WHERE speaker_names.name LIKE '%' || :name || '%' AND speakers.merged_into IS NULL
    GROUP BY speakers.id LIMIT {READ}
) AS found
ORDER BY quotations DESC, found.name LIMIT {MOST}
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


def first_hit(snippet: str) -> str:
    """The first words marked in a snippet; empty where none are."""
    found = _HIT.search(snippet)
    return found[1] if found else ""


def text_fragment(words: str) -> str:
    """The end of an address at which a browser shows these words of a page; empty for no words.

    As in the W3C community group's text fragments; a browser that does not know them shows the page from its top.
    """
    return f"#:~:text={quote(words, safe='').replace('-', '%2D')}" if words else ""


KEYS: dict[str, Callable[[Row], tuple[object, ...]]] = {
    "quotations": lambda hit: (letters(hit["quotation"]), hit["speaker_id"] or letters(hit["source"] or "")),
    "claims": lambda hit: (letters(hit["claim"]), hit["asserted_by"]),
    "documents": lambda hit: (letters(hit["beginning"]),),
}


def _shown(kind: str, hit: dict[str, Any]) -> dict[str, Any]:
    """A hit with its snippets as Markup."""
    shown = {**hit, "snippet": marked(hit["snippet"] or "")}
    if kind == "quotations":
        shown["source_snippet"] = marked(hit["source_snippet"] or "") if first_hit(hit["source_snippet"] or "") else ""
    elif kind == "claims":
        # The sentence is needed where the words stand in it, but not in the claim.
        shown["sentence_snippet"] = "" if first_hit(hit["snippet"]) else marked(hit["sentence_snippet"])
        together = [hit, *(copy for copy in hit["copies"] if copy["document_id"] == hit["document_id"])]
        shown["check_worthiness"] = max(each["check_worthiness"] for each in together)
        shown["each_figure"] = {each["figures"]: each["claim_id"] for each in together if each["figures"]}
    else:
        shown["fragment"] = text_fragment(first_hit(hit["snippet"]))
    return shown


async def show_hits(datasette: Datasette, request: Request) -> Response:
    """The hits of each kind, best first, each with its number and the list of all."""
    database = await readable_database(datasette, request)
    words = (request.args.get("q") or "").strip()[:200]
    context: dict[str, Any] = {
        "words": words,
        "database_path": datasette.urls.database(database.name),
        "most_counted": MOST_COUNTED,
        "named": NAMED,
        "kinds": [],
    }
    if words:
        context["speakers"] = await rows(database, SPEAKERS, {"name": words})
        context["kinds"] = [await _found(database, kind, fts_query(words)) for kind in SEARCHES]
    return await page(datasette, request, "quotes_find.html", context)


async def _found(database: Database, kind: str, words: str) -> dict[str, Any]:
    """What is found of one kind: the hits shown, how many there are, and whether they are the best or the latest."""
    ranked = await _count(database, _MATCHES.format(kind=kind, most=RANKED + 1), words) <= RANKED
    hits = once(await _search(database, kind, words, ranked=ranked), KEYS[kind])
    return {
        "kind": kind,
        "hits": [_shown(kind, hit) for hit in hits[:MOST]],
        "count": await _count(database, COUNTS[kind], words),
        "is_ranked": ranked,
    }


async def _search(database: Database, kind: str, words: str, *, ranked: bool) -> list[Row]:
    """The best hits, or those stored last."""
    score, order = ("rank", "rank") if ranked else ("-rowid", "rowid DESC")
    try:
        return await rows(database, SEARCHES[kind].format(score=score, order=order), {"words": words})
    except QueryInterrupted:
        return []


async def _count(database: Database, sql: str, words: str) -> int:
    """A number of hits; where even counting to its limit takes too long, more than any limit."""
    try:
        return int((await rows(database, sql, {"words": words}))[0]["hits"])
    except QueryInterrupted:
        return max(RANKED, MOST_COUNTED) + 1
