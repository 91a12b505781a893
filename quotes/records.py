"""Extractions as plain records: the JSON of `quotes extract --format jsonl` and `quotes export`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from quotes.models import Claim, Document, Extraction, Figure, Quotation, Span, Speaker

Record = dict[str, Any]


def to_record(extraction: Extraction) -> Record:
    """One document's extraction as a JSON-ready record."""
    speakers = {speaker.id: speaker for speaker in extraction.speakers}
    attributions = {a.quotation_id: a for a in extraction.attributions}
    text = extraction.document.text
    bodies = {a.quotation_id: speakers[a.speaker_id].name for a in extraction.spoken_for}
    quotations = []
    for quotation in extraction.quotations:
        attribution = attributions.get(quotation.id)
        record = _quotation(quotation, speakers.get(attribution.speaker_id) if attribution else None, text)
        if quotation.id in bodies:
            record["on_behalf_of"] = bodies[quotation.id]
        if attribution:
            record |= {"speaker_method": attribution.method, "speaker_score": attribution.score}
            record["speaker_roles"] = [str(role) for role in speakers[attribution.speaker_id].roles]
        quotations.append(record)
    return {
        "document": _document(extraction.document),
        "quotations": quotations,
        "claims": [_claim(claim, text) for claim in extraction.claims],
    }


def words(text: str, spans: Iterable[Span]) -> str | None:
    """The words of some spans, joined by a blank; None where there are none."""
    return " ".join(text[start:end] for start, end in spans) or None


def _document(document: Document) -> Record:
    return {
        "id": document.id,
        "input": document.input,
        "sha256": document.sha256,
        "title": document.title,
        "outlet": document.outlet,
        "author": document.author,
        "published": document.published,
        "dateline": document.dateline,
        "agency": document.agency,
        "url": document.url,
    }


def _quotation(quotation: Quotation, speaker: Speaker | None, text: str) -> Record:
    return {
        "id": quotation.id,
        "type": quotation.type,
        "act": quotation.act,
        "content": words(text, quotation.content),
        "content_spans": [list(span) for span in quotation.content],
        "cue": words(text, quotation.cue),
        "cue_spans": [list(span) for span in quotation.cue],
        "source": words(text, quotation.source),
        "source_spans": [list(span) for span in quotation.source],
        "speaker": speaker.name if speaker else None,
        "speaker_type": speaker.type if speaker else None,
        "method": quotation.method,
        "score": quotation.score,
    }


def _claim(claim: Claim, text: str) -> Record:
    return {
        "id": claim.id,
        "text": text[claim.start : claim.end],
        "start": claim.start,
        "end": claim.end,
        "sentence": text[slice(*claim.sentence)],
        "kind": claim.kind,
        "figures": [_figure(figure, text) for figure in claim.figures],
        "measured": text[slice(*claim.measured)] if claim.measured else None,
        "measured_span": list(claim.measured) if claim.measured else None,
        **_scopes(claim, text),
        "asserted_by": claim.asserted_by,
        "assertion": [
            {"speaker": link.speaker, "cue": link.cue, "stance": link.stance, "quotation": link.quotation_id}
            for link in claim.assertion
        ],
        "denied": claim.denied,
        "hedged": claim.hedged,
        "forecast": claim.forecast,
        "check_worthiness": claim.check_worthiness,
        "reasons": [
            {"code": r.code, "weight": r.weight, "span": list(r.span) if r.span else None} for r in claim.reasons
        ],
        "method": claim.method,
        "score": claim.score,
    }


def _scopes(claim: Claim, text: str) -> Record:
    record: Record = {}
    for name, span in (("base", claim.base), ("time_scope", claim.time_scope), ("place", claim.place)):
        record |= {name: text[slice(*span)] if span else None, f"{name}_span": list(span) if span else None}
    return record


def _figure(figure: Figure, text: str) -> Record:
    return {
        "start": figure.start,
        "end": figure.end,
        "text": text[figure.start : figure.end],
        "value_min": figure.value_min,
        "value_max": figure.value_max,
        "comparator": figure.comparator,
        "direction": figure.direction,
        "unit": figure.unit,
        "role": figure.role,
    }
