"""An extraction as rows of the database's tables: pure, no SQL.

Every row carries the printed words beside their offsets, cut from the document's text, so that
`text[start:end]` equals the stored words by construction.  Where two values make the same row the
surer one is kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from quotes.models import Attribution, Claim, Document, Extraction, Figure, Mention, Quotation, Run, Span, make_id
from quotes.records import words

Row = dict[str, Any]
Found = TypeVar("Found", Quotation, Claim)


_SPEAKERS = ("speaker_id", "on_behalf_of_id")


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows derived from one document, by table."""

    mentions: tuple[Row, ...]
    quotations: tuple[Row, ...]
    claims: tuple[Row, ...]
    figures: tuple[Row, ...]
    assertions: tuple[Row, ...]
    check_reasons: tuple[Row, ...]

    def with_speakers(self, ids: Mapping[str, str]) -> Rows:
        """The same rows with a document's own speakers exchanged for those they are across documents."""

        def exchanged(rows: tuple[Row, ...]) -> tuple[Row, ...]:
            return tuple(row | {key: ids.get(row[key], row[key]) for key in _SPEAKERS if key in row} for row in rows)

        return replace(
            self,
            mentions=exchanged(self.mentions),
            quotations=exchanged(self.quotations),
            claims=exchanged(self.claims),
            assertions=exchanged(self.assertions),
        )

    def speaker_ids(self) -> set[str]:
        """Every speaker that a row refers to."""
        tables = (self.mentions, self.quotations, self.claims, self.assertions)
        return {row[key] for table in tables for row in table for key in _SPEAKERS if row.get(key)}


def document_row(document: Document) -> Row:
    """What is stored of a document as read; a document is unchanged when this is."""
    return {
        "id": document.id,
        "title": document.title,
        "outlet": document.outlet,
        "author": document.author,
        "published": document.published,
        "dateline": document.dateline,
        "agency": document.agency,
        "url": document.url,
        "licence": document.licence,
        "input": document.input,
        "sha256": document.sha256,
        "text": document.text,
        "body_start": document.body_start,
        "words": len(document.text.split()),
    }


def run_row(run: Run) -> Row:
    """What is stored of a run, but for its time."""
    return {
        "id": run.id,
        "version": run.version,
        "model": run.model,
        "model_version": run.model_version,
        "settings": json.dumps(run.settings, ensure_ascii=False, sort_keys=True),
    }


def derived_rows(extraction: Extraction) -> Rows:
    """Every row that follows from an extraction, in text order."""
    document = extraction.document
    attributions = {a.quotation_id: a for a in sorted(extraction.attributions, key=lambda a: a.score)}
    bodies = {a.quotation_id: a.speaker_id for a in extraction.spoken_for}
    claims = _surest(extraction.claims)
    return Rows(
        mentions=_mention_rows(document, extraction.mentions),
        quotations=tuple(
            _quotation_row(document, quotation, attributions.get(quotation.id))
            | {"on_behalf_of_id": bodies.get(quotation.id)}
            for quotation in _surest(extraction.quotations)
        ),
        claims=tuple(_claim_row(document, claim) for claim in claims),
        figures=tuple(row for claim in claims for row in _figure_rows(document, claim)),
        assertions=tuple(row for claim in claims for row in _assertion_rows(claim)),
        check_reasons=tuple(row for claim in claims for row in _reason_rows(document, claim)),
    )


def _surest(values: Iterable[Found]) -> list[Found]:
    by_id: dict[str, Found] = {}
    for value in values:
        if value.id not in by_id or value.score > by_id[value.id].score:
            by_id[value.id] = value
    return list(by_id.values())


def _mention_rows(document: Document, mentions: Iterable[Mention]) -> tuple[Row, ...]:
    rows: dict[str, Row] = {}
    for mention in sorted(mentions, key=lambda m: (m.start, m.end, m.score)):
        row: Row = {
            "id": make_id("m", document.id, mention.start, mention.end),
            "document_id": document.id,
            "speaker_id": mention.speaker_id,
            "text": document.text[mention.start : mention.end],
            "start_char": mention.start,
            "end_char": mention.end,
            "method": mention.method,
            "score": float(mention.score),
        }
        rows[row["id"]] = row
    return tuple(rows.values())


def _quotation_row(document: Document, quotation: Quotation, attribution: Attribution | None) -> Row:
    return {
        "id": quotation.id,
        "document_id": document.id,
        "type": quotation.type,
        "act": quotation.act,
        "content": words(document.text, quotation.content),
        "cue": words(document.text, quotation.cue),
        "source": words(document.text, quotation.source),
        "speaker_id": attribution.speaker_id if attribution else None,
        "speaker_method": attribution.method if attribution else None,
        "speaker_score": float(attribution.score) if attribution else None,
        "method": quotation.method,
        "score": float(quotation.score),
        "start_char": min(start for start, _ in quotation.content),
        "end_char": max(end for _, end in quotation.content),
        "content_spans": _spans_json(quotation.content),
        "cue_spans": _spans_json(quotation.cue),
        "source_spans": _spans_json(quotation.source),
        "is_current": 1,
    }


def _claim_row(document: Document, claim: Claim) -> Row:
    last = claim.assertion[-1] if claim.assertion else None
    carriers = [link.quotation_id for link in claim.assertion if link.quotation_id]
    measured_start, measured_end = claim.measured or (None, None)
    return {
        "id": claim.id,
        "document_id": document.id,
        "kind": claim.kind,
        "text": document.text[claim.start : claim.end],
        "sentence": document.text[slice(*claim.sentence)],
        "measured": document.text[slice(*claim.measured)] if claim.measured else None,
        "asserted_by": claim.asserted_by,
        "speaker_id": last.speaker_id if last else None,
        "quotation_id": carriers[-1] if carriers else None,
        "is_denied": int(claim.denied),
        "is_hedged": int(claim.hedged),
        "is_forecast": int(claim.forecast),
        "check_worthiness": float(claim.check_worthiness),
        "terms": json.dumps(claim.terms, ensure_ascii=False),
        "method": claim.method,
        "score": float(claim.score),
        "start_char": claim.start,
        "end_char": claim.end,
        "sentence_start": claim.sentence[0],
        "sentence_end": claim.sentence[1],
        "measured_start": measured_start,
        "measured_end": measured_end,
        **_printed(document, "base", claim.base),
        **_printed(document, "time_scope", claim.time_scope),
        **_printed(document, "place", claim.place),
        "is_current": 1,
    }


def _printed(document: Document, name: str, span: Span | None) -> Row:
    """A span's words and offsets, all three empty where there is none."""
    start, end = span or (None, None)
    return {
        name: document.text[start:end] if span else None,
        f"{name}_start": start,
        f"{name}_end": end,
    }


def _figure_rows(document: Document, claim: Claim) -> list[Row]:
    rows = {row["id"]: row for figure in claim.figures for row in [_figure_row(document, claim, figure)]}
    return list(rows.values())


def _figure_row(document: Document, claim: Claim, figure: Figure) -> Row:
    return {
        "id": make_id("f", claim.id, figure.start, figure.end, figure.role),
        "claim_id": claim.id,
        "text": document.text[figure.start : figure.end],
        "value_min": None if figure.value_min is None else float(figure.value_min),
        "value_max": None if figure.value_max is None else float(figure.value_max),
        "comparator": figure.comparator,
        "direction": figure.direction,
        "unit": figure.unit,
        "role": figure.role,
        "start_char": figure.start,
        "end_char": figure.end,
    }


def _assertion_rows(claim: Claim) -> list[Row]:
    return [
        {
            "claim_id": claim.id,
            "depth": depth,
            "speaker": link.speaker,
            "speaker_id": link.speaker_id,
            "stance": link.stance,
            "cue": link.cue,
            "quotation_id": link.quotation_id,
        }
        for depth, link in enumerate(claim.assertion)
    ]


def _reason_rows(document: Document, claim: Claim) -> list[Row]:
    return [
        {
            "claim_id": claim.id,
            "position": position,
            "code": reason.code,
            "weight": float(reason.weight),
            "text": document.text[slice(*reason.span)] if reason.span else None,
            "start_char": reason.span[0] if reason.span else None,
            "end_char": reason.span[1] if reason.span else None,
        }
        for position, reason in enumerate(sorted(claim.reasons, key=lambda r: -abs(r.weight)))
    ]


def _spans_json(spans: Iterable[Span]) -> str:
    return json.dumps([list(span) for span in spans])
