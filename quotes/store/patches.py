"""What a reviewer's fix makes of a row: the row as extracted and the fix in, the columns that change out.

A fix names what a person changed, never columns: `{"speaker_id": "ana-keller"}`, `{"type": "mixed"}`,
`{"content_spans": [[10, 20]], "words": "…"}` for a quotation; `{"speaker_id": …}`, `{"kind": "change"}`,
`{"span": [10, 20], "words": "…"}` for a claim.  A speaker of None is nobody named; a claim's may also be
`{"asserted_by": "article"}`.  Where the words no longer stand where they stood, the nearest place that has them counts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from quotes.models import Span
from quotes.records import words
from quotes.store.rows import Row

NameOf = Callable[[str], tuple[str, str] | None]
"""Speaker id → the id and name it stands for now, after merges; None when it is gone."""

ANONYMOUS, ARTICLE = "anonymous", "article"
QUOTATION_TYPES = ("direct", "indirect", "mixed")
CLAIM_KINDS = ("quantity", "change", "comparison", "rank", "causal", "status", "rule", "vote")


def patch(table: str, change: Mapping[str, Any], text: str, name_of: NameOf) -> Row:
    """The columns of a quotation (table "quotations") or claim ("claims") that a fix sets."""
    return _quotation(change, text, name_of) if table == "quotations" else _claim(change, text, name_of)


def _quotation(change: Mapping[str, Any], text: str, name_of: NameOf) -> Row:
    columns: Row = {}
    if "speaker_id" in change:
        found = name_of(change["speaker_id"]) if change["speaker_id"] else None
        if found or not change["speaker_id"]:
            named = found is not None
            columns |= {"speaker_id": found[0] if found else None}
            columns |= {"speaker_method": "reviewed" if named else None, "speaker_score": 1.0 if named else None}
    if "type" in change:
        columns["type"] = change["type"]
    spans = located(text, change.get("content_spans", ()), change.get("words", ""))
    if spans:
        columns |= {"content_spans": json.dumps([list(span) for span in spans]), "content": words(text, spans)}
        columns |= {"start_char": spans[0][0], "end_char": spans[-1][1]}
    return columns


def _claim(change: Mapping[str, Any], text: str, name_of: NameOf) -> Row:
    columns: Row = {}
    if "speaker_id" in change or "asserted_by" in change:
        speaker_id = change.get("speaker_id")
        found = name_of(speaker_id) if speaker_id else None
        if found:
            columns |= {"speaker_id": found[0], "asserted_by": found[1]}
        elif not speaker_id:
            columns |= {"speaker_id": None, "asserted_by": change.get("asserted_by") or ANONYMOUS}
    if "kind" in change:
        columns["kind"] = change["kind"]
    spans = located(text, [change["span"]] if "span" in change else (), change.get("words", ""))
    if spans:
        (start, end) = spans[0]
        columns |= {"start_char": start, "end_char": end, "text": text[start:end]}
    return columns


def located(text: str, spans: Iterable[Iterable[int]], printed: str) -> list[Span]:
    """Spans whose words stand where they are said to stand, or as near as they can be found; else none."""
    wanted = sorted((int(start), int(end)) for start, end in spans)
    if not wanted or any(not 0 <= start < end <= len(text) for start, end in wanted):
        return []
    if not printed or words(text, wanted) == printed:
        return wanted
    start = _nearest(text, printed, wanted[0][0]) if len(wanted) == 1 else None
    return [(start, start + len(printed))] if start is not None else []


def _nearest(text: str, printed: str, near: int) -> int | None:
    behind, ahead = text.rfind(printed, 0, near + len(printed)), text.find(printed, near)
    return min((at for at in (behind, ahead) if at >= 0), key=lambda at: abs(at - near), default=None)
