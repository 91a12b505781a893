"""/-/claim/<id>: one claim in its sentence, with its figures, its voices, its reasons and the claims it relates to."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from datasette.database import Database
from datasette.utils.asgi import Request, Response

from quotes.web.article import safe_address, sentence_in_context
from quotes.web.flags import LONGEST_NOTE
from quotes.web.outgoing import claim_context
from quotes.web.private import decisions, verdicts
from quotes.web.question import answers_to, chart
from quotes.web.site import Row, identifier, may_review, page, readable_database, row_or_404, rows

if TYPE_CHECKING:
    from datasette.app import Datasette

CLAIM = """
SELECT claims.*, coalesce(documents.title, documents.input) AS document, documents.outlet, documents.published,
    questions.label AS question, questions.unit AS question_unit
FROM claims
JOIN documents ON documents.id = claims.document_id
LEFT JOIN questions ON questions.id = claims.question_id
WHERE claims.id = ?
"""
FIGURES = "SELECT * FROM figure_list WHERE claim_id = ? ORDER BY start_char"
CHAIN = "SELECT speaker, speaker_id, stance, cue FROM assertions WHERE claim_id = ? ORDER BY depth"
REASONS = """
SELECT lower(replace(code, '_', ' ')) AS reason, weight, text FROM check_reasons WHERE claim_id = ? ORDER BY position
"""
RELATED = """
SELECT relation.kind, relation.why, relation.score, claim_list.claim, claim_list.figures, claim_list.asserted_by,
    claim_list.speaker_id, claim_list.outlet, claim_list.published, claim_list.claim_id
FROM (
    SELECT other_id AS id, kind, why, score FROM claim_relations WHERE claim_id = :id
    UNION ALL
    SELECT claim_id AS id, kind, why, score FROM claim_relations WHERE other_id = :id
) AS relation
JOIN claim_list ON claim_list.claim_id = relation.id
ORDER BY
    CASE relation.kind
        WHEN 'conflicts' THEN 0 WHEN 'updates' THEN 1 WHEN 'refines' THEN 2 WHEN 'same' THEN 3 ELSE 4
    END,
    claim_list.published
LIMIT 50
"""
FACT_CHECKS = """
SELECT fact_check_id, claim_reviewed, claimant, claim_date, rating, publisher, published, title, url, decided, score,
    why
FROM claim_fact_checks WHERE claim_id = ?
ORDER BY CASE decided WHEN 'accept' THEN 0 WHEN 'reject' THEN 2 ELSE 1 END, score DESC, fact_check_id LIMIT 20
"""
AROUND = 8
"""Answers drawn before and after the claim's own; the question's page has all."""
GROUPS = {
    "conflicts": "Contradicts",
    "updates": "Updates, or was updated by",
    "refines": "More or less exact",
    "same": "Said again",
    "compatible": "Agrees",
    "incomparable": "Cannot be compared",
}


async def show_claim(datasette: Datasette, request: Request) -> Response:
    """The page of one claim; drafts, notes and names of those who decided are for reviewers."""
    database = await readable_database(datasette, request)
    claim = await row_or_404(database, CLAIM, identifier(request), "claim")
    key = [claim["id"]]
    private = await may_review(datasette, request)
    history = await decisions(database, "claim", claim["id"], private=private)
    given = [with_links(row) for row in await verdicts(database, claim["id"], private=private)]
    context = {
        "claim": claim,
        **await claim_context(datasette, request, database, claim["id"]),
        "sentence": await sentence_in_context(database, claim),
        "figures": await rows(database, FIGURES, key),
        "chain": await rows(database, CHAIN, key),
        "reasons": await rows(database, REASONS, key),
        "related": by_kind(await rows(database, RELATED, {"id": claim["id"]})),
        "fact_checks": await rows(database, FACT_CHECKS, key),
        "history": history,
        "verdict": next((row for row in given if row["state"] != "draft"), None),
        "verdicts": given,
        "is_flagged": next((row["action"] == "flag" for row in history if row["action"] in {"flag", "unflag"}), False),
        "longest_note": LONGEST_NOTE,
        **await _answers(datasette, database, claim),
    }
    return await page(datasette, request, "quotes_claim.html", context)


def with_links(verdict: Row) -> dict[str, Any]:
    """A verdict with its evidence as a list of addresses that may be linked."""
    return {**verdict, "links": [address for address in json.loads(verdict["evidence"]) if safe_address(address)]}


def by_kind(related: Iterable[Row]) -> list[tuple[str, str, list[Row]]]:
    """The kinds of relations with their titles and claims, conflicts first."""
    found = list(related)
    grouped = [(kind, title, [row for row in found if row["kind"] == kind]) for kind, title in GROUPS.items()]
    return [group for group in grouped if group[2]]


async def _answers(datasette: Datasette, database: Database, claim: Row) -> dict[str, Any]:
    """The claim among the other answers to its question, as a small picture."""
    if not claim["question_id"]:
        return {"chart": "", "answers": 0}
    asked = {"id": claim["question_id"], "unit": claim["question_unit"]}
    found, _ = await answers_to(database, asked)
    own = next((n for n, answer in enumerate(found) if claim["id"] in answer["ids"]), len(found) - 1)
    shown = found[max(0, own - AROUND) : own + AROUND + 1]
    picture = chart(datasette, shown, claim["question"], here=claim["id"]) if len(found) > 1 else ""
    return {"chart": picture, "answers": len(found)}
