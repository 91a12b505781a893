"""A document's quotations as W3C Web Annotations (https://www.w3.org/TR/annotation-model/), one collection a document.

Each part of a quotation's content is a target with two selectors: the words with what stands around them, by which
they are found in the original, and their place in our text, counted in code points.
"""

from __future__ import annotations

import json
from typing import Any

from quotes.export.asking import Ask, Row
from quotes.export.claimreview import Publisher, web_address

Record = dict[str, Any]

AROUND = 32
"""Characters before and after the words that tell where they stand."""

_DOCUMENT = "SELECT id, title, input, url, text FROM documents WHERE id = :id"
_QUOTATIONS = """
    SELECT quotations.id, quotations.type, quotations.act, quotations.content_spans, quotations.cue,
        quotations.source, quotations.speaker_id, speakers.name AS speaker, speakers.wikidata
    FROM quotations LEFT JOIN speakers ON speakers.id = quotations.speaker_id
    WHERE quotations.document_id = :id AND quotations.is_current = 1
    ORDER BY quotations.start_char, quotations.end_char DESC, quotations.id
"""


def read_annotations(ask: Ask, document_id: str, site: Publisher) -> Record | None:
    """The annotations of a document; None where there is no such document."""
    found = ask(_DOCUMENT, {"id": document_id})
    return annotation_collection(found[0], ask(_QUOTATIONS, {"id": document_id}), site) if found else None


def annotation_collection(document: Row, quotations: list[Row], site: Publisher) -> Record:
    """An AnnotationCollection with its one page; `site` says where our pages are."""
    page = site.document_page(document["id"])
    address = f"{page}.annotations.json"
    items = [_annotation(row, document, page) for row in quotations]
    first: Record = {"id": f"{address}#page", "type": "AnnotationPage", "startIndex": 0, "items": items}
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": address,
        "type": "AnnotationCollection",
        "label": f"Quotations in: {document['title'] or document['input']}",
        "total": len(items),
        "first": first,
    }


def _annotation(row: Row, document: Row, page: str) -> Record:
    source = web_address(document["url"]) or page
    spans = [(start, end) for start, end in json.loads(row["content_spans"])]
    return {
        "id": f"{page}#{row['id']}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": _bodies(row),
        "target": [{"source": source, "selector": _selectors(document["text"], *span)} for span in spans],
    }


def _bodies(row: Row) -> list[Record]:
    bodies = [_text(f"{row['type']} quotation", "classifying"), _text(row["act"], "classifying")]
    if row["speaker"]:
        bodies.append(_text(row["speaker"], "identifying"))
    if row["wikidata"]:
        item = f"http://www.wikidata.org/entity/{row['wikidata']}"
        bodies.append({"type": "SpecificResource", "purpose": "identifying", "source": item})
    attribution = " ".join(filter(None, (row["source"], row["cue"])))
    if attribution:
        bodies.append(_text(attribution, "describing"))
    return bodies


def _text(value: str, purpose: str) -> Record:
    return {"type": "TextualBody", "value": value, "format": "text/plain", "language": "en", "purpose": purpose}


def _selectors(text: str, start: int, end: int) -> list[Record]:
    return [
        {
            "type": "TextQuoteSelector",
            "exact": text[start:end],
            "prefix": text[max(0, start - AROUND) : start],
            "suffix": text[end : end + AROUND],
        },
        {"type": "TextPositionSelector", "start": start, "end": end},
    ]
