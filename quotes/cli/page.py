"""Extractions as one self-contained page: each article with its quotations and claims marked, and a list of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

from quotes.models import Extraction
from quotes.records import to_record
from quotes.web.highlight import Mark, highlight

_STYLE = Path(__file__).resolve().parent.parent / "web" / "static" / "quotes.css"
_HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Quotations and claims</title><style>{style}
body {{ margin: 1rem auto; max-width: 60rem; padding: 0 1rem; }}</style></head><body>"""


def extraction_page(extractions: Iterator[Extraction]) -> Iterator[str]:
    """The page, piece by piece."""
    yield _HEAD.format(style=_STYLE.read_text(encoding="utf-8"))
    for extraction in extractions:
        record = to_record(extraction)
        yield _article(extraction.document.text, record)
    yield "</body></html>"


def _article(text: str, record: Mapping[str, Any]) -> str:
    document, quotations, claims = record["document"], record["quotations"], record["claims"]
    facts = " · ".join(escape(document[key]) for key in ("outlet", "published", "dateline", "agency") if document[key])
    items = "".join(_quotation_item(q) for q in quotations if q["act"] != "thought") + "".join(map(_claim_item, claims))
    return (
        f"<article><h1>{escape(document['title'] or document['input'])}</h1><p>{facts}</p>"
        f'<div class="article-text">{highlight(text, _marks(quotations, claims))}</div><ul>{items}</ul></article>'
    )


def _marks(quotations: list[dict[str, Any]], claims: list[dict[str, Any]]) -> Iterator[Mark]:
    for quotation in quotations:
        if quotation["act"] != "thought":
            classes = f"quotation {quotation['type']} {quotation['act']}"
            yield Mark(quotation["id"], _spans(quotation["content_spans"]), classes)
            yield Mark("", _spans(quotation["cue_spans"]), "cue", "span")
            yield Mark("", _spans(quotation["source_spans"]), "source", "span")
    for claim in claims:
        yield Mark(claim["id"], ((claim["start"], claim["end"]),), "claim", "span")
        for figure in claim["figures"]:
            yield Mark("", ((figure["start"], figure["end"]),), "figure", "b")


def _spans(spans: list[list[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in spans)


def _quotation_item(quotation: Mapping[str, Any]) -> str:
    speaker = quotation["speaker"] or quotation["source"] or "nobody named"
    return f'<li><a href="#{quotation["id"]}">{escape(speaker)}</a>: {escape(quotation["content"])}</li>'


def _claim_item(claim: Mapping[str, Any]) -> str:
    worth = f"{claim['check_worthiness']:.2f}"
    voice = escape(claim["asserted_by"])
    return f'<li><a href="#{claim["id"]}">Claim by {voice}</a> ({worth}): {escape(claim["text"])}</li>'
