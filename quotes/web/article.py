"""/-/document/<id>: the article set for reading, with its quotations and claims marked and listed beside it."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from datasette.database import Database
from datasette.utils.asgi import Request, Response

from quotes.web.highlight import Mark, Span, highlight, paragraphs
from quotes.web.outgoing import document_alternates
from quotes.web.site import Row, identifier, page, readable_database, row_or_404, rows

if TYPE_CHECKING:
    from datasette.app import Datasette

LONG_PASSAGE = 1_000
"""Characters shown around a claim."""

DOCUMENT = """
SELECT id, title, outlet, author, published, dateline, agency, url, licence, input, text, words
FROM documents WHERE id = ?
"""
QUOTATIONS = """
SELECT quotations.id, quotations.type, quotations.act, quotations.content, quotations.cue, quotations.source,
    quotations.start_char, quotations.content_spans, quotations.cue_spans, quotations.source_spans,
    quotations.speaker_id, quotations.speaker_method, quotations.speaker_score, speakers.name AS speaker,
    quotations.on_behalf_of_id, bodies.name AS on_behalf_of, quotations.review
FROM quotations LEFT JOIN speakers ON speakers.id = quotations.speaker_id
LEFT JOIN speakers AS bodies ON bodies.id = quotations.on_behalf_of_id
WHERE quotations.document_id = ? AND quotations.is_current = 1
ORDER BY quotations.start_char, quotations.end_char DESC, quotations.id
"""
CLAIMS = """
SELECT claims.id, claims.start_char, claims.end_char, claim_list.claim, claim_list.figures, claim_list.asserted_by,
    claim_list.speaker_id, claim_list.check_worthiness, claim_list.reasons, claim_list.is_denied,
    claim_list.is_hedged, claim_list.is_flagged, claims.review, claims.rating
FROM claims JOIN claim_list ON claim_list.claim_id = claims.id
WHERE claims.document_id = ? AND claims.is_current = 1
ORDER BY claims.start_char, claims.end_char DESC, claims.id
"""
FIGURES = """
SELECT figures.id, figures.start_char, figures.end_char
FROM claims JOIN figures ON figures.claim_id = claims.id
WHERE claims.document_id = ? AND claims.is_current = 1
ORDER BY figures.start_char
"""

REJECTED = """
SELECT 'quotation' AS kind, id, content AS words, start_char FROM quotations
WHERE document_id = :id AND review = 'rejected'
UNION ALL SELECT 'claim', id, text, start_char FROM claims WHERE document_id = :id AND review = 'rejected'
ORDER BY start_char LIMIT 200
"""
REVIEWED = {"accepted": " ✓", "fixed": " ✎"}
"""What a mark's number says of a person's decision."""


async def show_document(datasette: Datasette, request: Request) -> Response:
    """The page of one document; `?thoughts=1` shows what people are reported to think, too."""
    database = await readable_database(datasette, request)
    document = await row_or_404(database, DOCUMENT, identifier(request), "document")
    found = await rows(database, QUOTATIONS, [document["id"]])
    thoughts = sum(row["act"] == "thought" for row in found)
    with_thoughts = request.args.get("thoughts") == "1"
    quotations = [row for row in found if with_thoughts or row["act"] != "thought"]
    claims = await rows(database, CLAIMS, [document["id"]])
    cards = [*_quotation_cards(quotations), *_claim_cards(claims)]
    marks = article_marks(quotations, claims, await rows(database, FIGURES, [document["id"]]))
    context = {
        "document": {key: value for key, value in document.items() if key != "text"},
        "original": safe_address(document["url"]),
        "article": highlight(document["text"], marks),
        "rejected": await rows(database, REJECTED, {"id": document["id"]}),
        "voices": voices(cards),
        "cards": sorted(cards, key=lambda card: (card["start_char"], card["kind"] == "claim")),
        "counts": {"quotations": len(quotations), "claims": len(claims), "thoughts": thoughts},
        "with_thoughts": with_thoughts,
        "alternates": document_alternates(datasette, document["id"]),
    }
    return await page(datasette, request, "quotes_document.html", context)


def safe_address(address: str | None) -> str | None:
    """A web address that may be linked; None for any other scheme (javascript:, file:, data:)."""
    return address if address and address.lower().startswith(("http://", "https://")) else None


def article_marks(quotations: list[Row], claims: list[Row], figures: list[Row]) -> list[Mark]:
    """The marks of an article: content, cue and source of each quotation, claims, figures."""
    marks = []
    for number, row in enumerate(quotations, 1):
        classes = f"quotation {row['type']} {row['act']}"
        marks.append(
            Mark(row["id"], _spans(row["content_spans"]), classes, label=str(number) + REVIEWED.get(row["review"], ""))
        )
        marks.append(Mark("", _spans(row["cue_spans"]), "cue", "span"))
        marks.append(Mark("", _spans(row["source_spans"]), "source", "span"))
    for number, row in enumerate(claims, 1):
        span = (row["start_char"], row["end_char"])
        label = f"C{number}" + REVIEWED.get(row["review"], "")
        marks.append(Mark(row["id"], (span,), "claim", "span", label))
    marks.extend(Mark("", ((row["start_char"], row["end_char"]),), "figure", "b") for row in figures)
    return marks


def _spans(stored: str) -> tuple[tuple[int, int], ...]:
    return tuple((int(start), int(end)) for start, end in json.loads(stored))


def _quotation_cards(quotations: list[Row]) -> list[dict[str, Any]]:
    return [{**row, "kind": "quotation", "label": str(number)} for number, row in enumerate(quotations, 1)]


def _claim_cards(claims: list[Row]) -> list[dict[str, Any]]:
    return [{**row, "kind": "claim", "label": f"C{number}"} for number, row in enumerate(claims, 1)]


def voices(cards: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Ids and names of the speakers of more than one card, in order of name: who the cards can be narrowed to."""
    named = {card["speaker_id"]: str(card.get("speaker") or card.get("asserted_by")) for card in cards}
    counts = Counter(card["speaker_id"] for card in cards)
    return sorted(((key, name) for key, name in named.items() if key and counts[key] > 1), key=lambda pair: pair[1])


async def sentence_in_context(database: Database, claim: Row) -> str:
    """The claim in its sentence with the paragraphs around it, as safe HTML."""
    text = (await row_or_404(database, DOCUMENT, claim["document_id"], "document"))["text"]
    figures = await rows(database, "SELECT id, start_char, end_char FROM figures WHERE claim_id = ?", [claim["id"]])
    sentence = (claim["sentence_start"], claim["sentence_end"])
    marks = [Mark("", (sentence,), "sentence", "span"), *article_marks([], [claim], figures)]
    return highlight(text, marks, window=passage(text, sentence))


def passage(text: str, sentence: Span) -> Span:
    """The paragraphs a sentence stands in, with those before and behind while they are short."""
    blocks = paragraphs(text)
    touched = [n for n, (start, end) in enumerate(blocks) if start < sentence[1] and end > sentence[0]]
    if not touched:
        return sentence
    first, last = touched[0], touched[-1]
    if blocks[last][1] - blocks[first][0] > LONG_PASSAGE:
        return max(0, sentence[0] - LONG_PASSAGE // 2), min(len(text), sentence[1] + LONG_PASSAGE // 2)
    if first > 0 and blocks[last][1] - blocks[first - 1][0] <= LONG_PASSAGE:
        first -= 1
    if last + 1 < len(blocks) and blocks[last + 1][1] - blocks[first][0] <= LONG_PASSAGE:
        last += 1
    return blocks[first][0], blocks[last][1]
