"""One quotation or claim as a reviewer sees it: the words in their article, and what speaks for and against them.

In comes its id, out come rows and safe HTML for /-/review.  Every query here reads a bounded number of rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from datasette.database import Database

from quotes.web.article import article_marks
from quotes.web.claim import CHAIN, FIGURES, REASONS
from quotes.web.highlight import Mark, Span, highlight, paragraphs
from quotes.web.queue import Target
from quotes.web.site import Row, row_or_404, rows

LONGEST_ARTICLE, AROUND = 30_000, 8_000
"""Characters of an article that is shown whole, and around the item where it is longer."""
MOST_ANSWERS, MOST_FACT_CHECKS = 5, 3

_DOCUMENT = """
    coalesce(documents.title, documents.input) AS document, documents.outlet, documents.published,
    documents.text AS article
"""
ITEMS = {
    "claim": f"""
        SELECT claims.*, questions.label AS question, {_DOCUMENT}
        FROM claims JOIN documents ON documents.id = claims.document_id
        LEFT JOIN questions ON questions.id = claims.question_id
        WHERE claims.id = ?
    """,
    "quotation": f"""
        SELECT quotations.*, speakers.name AS speaker, speakers.type AS speaker_type, bodies.name AS on_behalf_of,
            {_DOCUMENT}
        FROM quotations JOIN documents ON documents.id = quotations.document_id
        LEFT JOIN speakers ON speakers.id = quotations.speaker_id
        LEFT JOIN speakers AS bodies ON bodies.id = quotations.on_behalf_of_id
        WHERE quotations.id = ?
    """,
}
# The last decision that counts for a collision; asked for before the rest, so that what is shown is no older.
SEEN = """
SELECT coalesce((SELECT id FROM reviews WHERE target_type = :type AND target_id = :id
    AND action IN ('accept', 'reject', 'fix', 'undo') ORDER BY rowid DESC LIMIT 1), '') AS decision,
    coalesce((SELECT id FROM ({last_change})), '') AS verdict
"""
ANSWERS = """
SELECT relation.kind, relation.why, claims.id AS claim_id, claims.text AS claim, claims.asserted_by,
    claims.speaker_id, claims.rating, documents.outlet, documents.published
FROM (
    SELECT * FROM (
        SELECT other_id AS id, kind, why, score FROM claim_relations WHERE claim_id = :id
        UNION ALL
        SELECT claim_id AS id, kind, why, score FROM claim_relations WHERE other_id = :id
        LIMIT 500
    ) ORDER BY
        CASE kind WHEN 'conflicts' THEN 0 WHEN 'updates' THEN 1 WHEN 'refines' THEN 2 WHEN 'same' THEN 3 ELSE 4 END,
        score DESC, id LIMIT :most
) AS relation
JOIN claims ON claims.id = relation.id AND claims.is_current = 1
JOIN documents ON documents.id = claims.document_id
"""
PRINTED = "SELECT id, start_char, end_char FROM figures WHERE claim_id = ?"
FACT_CHECKS = f"""
SELECT claim_reviewed, claimant, claim_date, rating, publisher, published, url, decided, score, why
FROM claim_fact_checks WHERE claim_id = :id AND decided <> 'reject'
ORDER BY decided = 'accept' DESC, score DESC, fact_check_id LIMIT {MOST_FACT_CHECKS}
"""


async def seen_of(database: Database, target: Target, item_id: str) -> Row:
    """The ids of the last decision and of the last change to its verdicts, empty where there is none."""
    # Only here: reading pages should not wait for the store to load.
    from quotes.store.verdicts import LAST_CHANGE

    return (await rows(database, SEEN.format(last_change=LAST_CHANGE), {"type": target, "id": item_id}))[0]


async def read_item(database: Database, target: Target, item_id: str) -> Row:
    """The row with its document, the article's text as `article`; raises NotFound."""
    return await row_or_404(database, ITEMS[target], item_id, target)


async def evidence_for(database: Database, target: Target, item: Row, *, whole: bool) -> dict[str, Any]:
    """All that is shown with an item."""
    key = [item["id"]]
    figures = await rows(database, FIGURES, key) if target == "claim" else []
    printed = await rows(database, PRINTED, key) if target == "claim" else []
    spans = spans_of(target, item)
    window = shown(item["article"], (spans[0][0], spans[-1][1]), whole=whole)
    found: dict[str, Any] = {
        "article": highlight(item["article"], _marks(target, item, printed), window=window),
        "offset": window[0],
        "is_whole": window == (0, len(item["article"])),
        "parts": [" ".join(item["article"][start:end].split()) for start, end in spans],
        "starts": ",".join(str(start) for start, _ in spans),
        "figures": figures,
    }
    if target == "claim":
        found |= {
            "chain": await rows(database, CHAIN, key),
            "reasons": await rows(database, REASONS, key),
            "answers": await rows(database, ANSWERS, {"id": item["id"], "most": MOST_ANSWERS}),
            "fact_checks": await rows(database, FACT_CHECKS, {"id": item["id"]}),
        }
    return found


def spans_of(target: Target, item: Mapping[str, Any]) -> list[Span]:
    """The spans of the words that are reviewed."""
    if target == "claim":
        return [(item["start_char"], item["end_char"])]
    return [(int(start), int(end)) for start, end in json.loads(item["content_spans"])]


def shown(text: str, span: Span, *, whole: bool) -> Span:
    """Which part of an article is shown: all of it unless it is long, else whole paragraphs around the words."""
    if whole or len(text) <= LONGEST_ARTICLE:
        return 0, len(text)
    start, end = max(0, span[0] - AROUND), min(len(text), span[1] + AROUND)
    near = [block for block in paragraphs(text) if block[0] < end and block[1] > start]
    # A text without paragraphs is cut in the middle.
    return max(near[0][0], start - AROUND), min(near[-1][1], end + AROUND)


def _marks(target: Target, item: Mapping[str, Any], figures: list[Row]) -> list[Mark]:
    if target == "quotation":
        return article_marks([item], [], [])
    sentence = Mark("", ((item["sentence_start"], item["sentence_end"]),), "sentence", "span")
    return [sentence, *article_marks([], [item], figures)]


async def fixes_in_words(database: Database, history: Iterable[Row]) -> list[dict[str, Any]]:
    """Decisions with what a fix changed in words, where that may be seen."""
    changes = [json.loads(row["change"] or "{}") for row in history]
    ids = {change["speaker_id"] for change in changes if change.get("speaker_id")}
    sql = "SELECT id, name FROM speakers WHERE id IN (SELECT value FROM json_each(:ids))"
    names = {row["id"]: row["name"] for row in await rows(database, sql, {"ids": json.dumps(sorted(ids))})}
    return [{**row, "told": fix_in_words(change, names)} for row, change in zip(history, changes, strict=True)]


def fix_in_words(change: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """`speaker: Ana Keller; type: mixed; words: “…”`."""
    told = []
    if "speaker_id" in change:
        speaker = change["speaker_id"]
        told.append(f"speaker: {names.get(speaker, speaker) if speaker else 'nobody named'}")
    if change.get("asserted_by") == "article":
        told.append("speaker: the article itself")
    told += [f"{name}: {change[name]}" for name in ("type", "kind") if name in change]
    if "words" in change:
        told.append(f"words: “{change['words']}”")
    return "; ".join(told)
