"""A stored document as the record that `quotes extract --format jsonl` prints: what holds now, with people's fixes."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from quotes.export.asking import Ask, Row
from quotes.models import (
    Assertion,
    Attribution,
    Claim,
    Document,
    Extraction,
    Figure,
    Quotation,
    Reason,
    Span,
    Speaker,
    SpeakerRole,
)

_DOCUMENT = "SELECT * FROM documents WHERE id = :id"
_QUOTATIONS = """
    SELECT * FROM quotations WHERE document_id = :id AND is_current = 1 ORDER BY start_char, end_char, id
"""
_SPEAKERS = """
    SELECT id, name, type, (
        SELECT roles FROM document_speakers AS seen WHERE seen.speaker_id = speakers.id AND seen.document_id = :id
        ORDER BY seen.rowid LIMIT 1
    ) AS roles
    FROM speakers WHERE id IN (
        SELECT speaker_id FROM quotations WHERE document_id = :id
        UNION SELECT on_behalf_of_id FROM quotations WHERE document_id = :id
    )
"""
_CLAIMS = "SELECT * FROM claims WHERE document_id = :id AND is_current = 1 ORDER BY start_char, end_char, id"
_OF_CLAIMS = """
    SELECT part.* FROM claims JOIN {table} AS part ON part.claim_id = claims.id
    WHERE claims.document_id = :id AND claims.is_current = 1 ORDER BY part.{order}
"""


def read_extraction(ask: Ask, document_id: str) -> Extraction | None:
    """A document with the quotations and claims that hold; None where there is no such document."""
    key = {"id": document_id}
    found = ask(_DOCUMENT, key)
    if not found:
        return None
    quotations = ask(_QUOTATIONS, key)
    return Extraction(
        _document(found[0]),
        tuple(_quotation(row) for row in quotations),
        tuple(_speaker(row) for row in ask(_SPEAKERS, key)),
        attributions=tuple(
            Attribution(row["id"], row["speaker_id"], row["speaker_method"], row["speaker_score"])
            for row in quotations
            if row["speaker_id"]
        ),
        claims=_claims(ask, document_id),
        spoken_for=tuple(
            Attribution(row["id"], row["on_behalf_of_id"], "stored", 1.0)
            for row in quotations
            if row["on_behalf_of_id"]
        ),
    )


def _document(row: Row) -> Document:
    return Document(
        **{
            column: row[column]
            for column in (
                "id",
                "input",
                "sha256",
                "text",
                "title",
                "outlet",
                "author",
                "published",
                "url",
                "licence",
                "dateline",
                "agency",
                "body_start",
            )
        }
    )


def _quotation(row: Row) -> Quotation:
    return Quotation(
        row["id"],
        row["type"],
        row["act"],
        _spans(row["content_spans"]),
        _spans(row["cue_spans"]),
        _spans(row["source_spans"]),
        row["method"],
        row["score"],
    )


def _speaker(row: Row) -> Speaker:
    roles = (
        SpeakerRole(head, tuple(modifiers), bool(past)) for head, modifiers, past in json.loads(row["roles"] or "[]")
    )
    return Speaker(row["id"], row["name"], row["type"], roles=tuple(roles))


def _claims(ask: Ask, document_id: str) -> tuple[Claim, ...]:
    parts = {
        table: _by_claim(ask(_OF_CLAIMS.format(table=table, order=order), {"id": document_id}))
        for table, order in (("figures", "start_char"), ("assertions", "depth"), ("check_reasons", "position"))
    }
    return tuple(
        Claim(
            row["id"],
            row["start_char"],
            row["end_char"],
            (row["sentence_start"], row["sentence_end"]),
            row["kind"],
            tuple(_figure(figure) for figure in parts["figures"][row["id"]]),
            (row["measured_start"], row["measured_end"]) if row["measured"] else None,
            row["asserted_by"],
            tuple(_assertion(link) for link in parts["assertions"][row["id"]]),
            bool(row["is_denied"]),
            bool(row["is_hedged"]),
            row["check_worthiness"],
            tuple(_reason(reason) for reason in parts["check_reasons"][row["id"]]),
            row["method"],
            row["score"],
        )
        for row in ask(_CLAIMS, {"id": document_id})
    )


def _by_claim(rows: list[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["claim_id"]].append(row)
    return grouped


def _figure(row: Row) -> Figure:
    return Figure(
        row["start_char"],
        row["end_char"],
        row["value_min"],
        row["value_max"],
        row["comparator"],
        row["direction"],
        row["unit"],
        row["role"],
    )


def _assertion(row: Row) -> Assertion:
    return Assertion(row["speaker"], row["stance"], row["cue"], row["speaker_id"], row["quotation_id"])


def _reason(row: Row) -> Reason:
    return Reason(row["code"], row["weight"], (row["start_char"], row["end_char"]) if row["text"] else None)


def _spans(found: str) -> tuple[Span, ...]:
    spans: list[Any] = json.loads(found)
    return tuple((start, end) for start, end in spans)
