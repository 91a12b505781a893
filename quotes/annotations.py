"""Where the stages keep their results on a spaCy Doc.

Spans live in `doc.spans` groups, joined by their `span_id` (the id of the quotation or claim), and
everything that is no span in the `attrs` of the stage's main group.  Both survive `to_bytes`,
`DocBin` and `n_process`, so a parsed and annotated Doc can be stored or sent to another process.

    group                label            span_id        attrs["rows"]
    quotation_content    type             quotation id   {id: {act, method, score}}
    quotation_cue        "cue"            quotation id
    quotation_source     "source"         quotation id
    speaker_mentions     speaker type     speaker id     see `quotes.speakers.component`
    claims               kind             claim id       see `quotes.claims.component`
    claim_figures        unit             claim id
    claim_measured       "measured"       claim id
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from spacy.tokens import Doc, SpanGroup
from spacy.tokens import Span as DocSpan

from quotes.models import Span

DOCUMENT_ID = "document_id"
PUBLISHED = "published"
"""Key of the day a document was published, ISO, in `doc.user_data`."""
"""Key of `doc.user_data` under which the tracker puts the document's id."""


def document_id(doc: Doc) -> str:
    """The id of the document a Doc was made from; of its text where nobody said."""
    given = doc.user_data.get(DOCUMENT_ID)
    return given if isinstance(given, str) else "d_" + hashlib.sha256(doc.text.encode()).hexdigest()[:16]


def write_spans(
    doc: Doc, group: str, spans: Iterable[tuple[Span, str, str]], rows: Mapping[str, Any] | None = None
) -> None:
    """Store (offsets, label, span_id) triples as a group; offsets are widened to whole tokens."""
    made: list[DocSpan] = []
    for (start, end), label, span_id in spans:
        span = doc.char_span(start, end, label=label, span_id=span_id, alignment_mode="expand")
        if span is None:
            raise ValueError(f"{group}: [{start}, {end}) lies outside the text")
        made.append(span)
    doc.spans[group] = SpanGroup(doc, name=group, spans=made, attrs={"rows": dict(rows or {})})


def read_spans(doc: Doc, group: str) -> dict[str, list[tuple[Span, str]]]:
    """span_id → [(offsets, label)], in the order they were written."""
    found: defaultdict[str, list[tuple[Span, str]]] = defaultdict(list)
    for span in doc.spans.get(group, ()):
        found[span.id_].append(((span.start_char, span.end_char), span.label_))
    return dict(found)


def read_rows(doc: Doc, group: str) -> dict[str, Any]:
    """What `write_spans` was given as rows."""
    if group not in doc.spans:
        return {}
    rows = doc.spans[group].attrs.get("rows", {})
    return dict(rows)
