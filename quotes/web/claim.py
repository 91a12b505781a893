"""/-/claim/<id>: one claim in its sentence, with its figures, its voices, its reasons and the claims it relates to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datasette.utils.asgi import Request, Response

from quotes.web.article import sentence_in_context
from quotes.web.flags import LONGEST_NOTE
from quotes.web.outgoing import claim_context
from quotes.web.private import claim_history
from quotes.web.site import identifier, may_review, page, readable_database, row_or_404, rows

if TYPE_CHECKING:
    from datasette.app import Datasette

CLAIM = """
SELECT claims.*, coalesce(documents.title, documents.input) AS document, documents.outlet, documents.published,
    questions.label AS question
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
SELECT claim_reviewed, claimant, claim_date, rating, publisher, published, title, url, decided, score, why
FROM claim_fact_checks WHERE claim_id = ?
ORDER BY CASE decided WHEN 'accept' THEN 0 WHEN 'reject' THEN 2 ELSE 1 END, score DESC, fact_check_id LIMIT 20
"""
FLAGS = """
SELECT action, reviewed_at FROM reviews
WHERE target_type = 'claim' AND target_id = ? AND action IN ('flag', 'unflag')
ORDER BY reviewed_at DESC, rowid DESC LIMIT 200
"""


async def show_claim(datasette: Datasette, request: Request) -> Response:
    """The page of one claim; notes and names of those who flagged it are for reviewers."""
    database = await readable_database(datasette, request)
    claim = await row_or_404(database, CLAIM, identifier(request), "claim")
    key = [claim["id"]]
    if await may_review(datasette, request):
        history = await claim_history(database, claim["id"])
    else:
        history = await rows(database, FLAGS, key)
    context = {
        "claim": claim,
        **await claim_context(datasette, request, database, claim["id"]),
        "sentence": await sentence_in_context(database, claim),
        "figures": await rows(database, FIGURES, key),
        "chain": await rows(database, CHAIN, key),
        "reasons": await rows(database, REASONS, key),
        "related": await rows(database, RELATED, {"id": claim["id"]}),
        "fact_checks": await rows(database, FACT_CHECKS, key),
        "history": history,
        "is_flagged": next((row["action"] == "flag" for row in history if row["action"] in {"flag", "unflag"}), False),
        "longest_note": LONGEST_NOTE,
    }
    return await page(datasette, request, "quotes_claim.html", context)
