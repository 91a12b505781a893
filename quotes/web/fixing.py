"""A reviewer's form in, what it changes of a quotation or claim out: the `change` of a fix.

Only what differs from the row is a change.  Words are found in the article, not counted: where they were marked
counts, blanks and line breaks are all alike, and where they do not stand there the nearest place that has them does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from quotes.errors import StoreError

if TYPE_CHECKING:
    from sqlite_utils import Database as Tables

Span = tuple[int, int]

LONGEST_WORDS = 10_000
MOST_PARTS = 50


def change_of(
    db: Tables, target_type: str, row: Mapping[str, Any], form: Mapping[str, str], now: str
) -> dict[str, Any]:
    """What a form changes; a speaker whom nobody knew is added.  Raises StoreError where it cannot be told."""
    text = str(db.execute("SELECT text FROM documents WHERE id = ?", [row["document_id"]]).fetchone()[0])
    change = _speaker(db, target_type, row, form, now)
    field = "kind" if target_type == "claim" else "type"
    if form[field] and form[field] != row[field]:
        change[field] = form[field]
    lines = [" ".join(line.split()) for line in form["words"].splitlines() if line.strip()]
    if lines:
        spans = find_all(text, lines, starts(form["at"]), row["start_char"])
        change |= _words(target_type, row, spans)
    if not change:
        raise StoreError("nothing differs from what is there; accept it, or change something")
    return change


def _speaker(db: Tables, target_type: str, row: Mapping[str, Any], form: Mapping[str, str], now: str) -> dict[str, Any]:
    from quotes.store.naming import named_speaker
    from quotes.store.patches import ANONYMOUS, ARTICLE

    who, name = form["who"], form["speaker"].strip()
    asserted = row["asserted_by"] if target_type == "claim" else None
    if who == "nobody":
        same = row["speaker_id"] is None and asserted in (None, ANONYMOUS)
        return {} if same else {"speaker_id": None}
    if who == "article" and target_type == "claim":
        return {} if asserted == ARTICLE else {"asserted_by": ARTICLE}
    if not name:
        if who == "named":
            raise StoreError("say who it is, or choose that nobody is named")
        return {}
    speaker = named_speaker(db, name, row["document_id"], now, form["speaker_type"])
    return {} if speaker == row["speaker_id"] else {"speaker_id": speaker}


def _words(target_type: str, row: Mapping[str, Any], spans: list[Span]) -> dict[str, Any]:
    if target_type == "claim":
        if len(spans) > 1:
            raise StoreError("a claim is one run of words: leave one line")
        return {} if spans[0] == (row["start_char"], row["end_char"]) else {"span": list(spans[0])}
    before = [tuple(span) for span in json.loads(row["content_spans"])]
    return {} if spans == before else {"content_spans": [list(span) for span in spans]}


def starts(field: str) -> list[int]:
    """Where each line was marked, in code points: `12,80`."""
    return [int(each) for each in field.split(",") if each.strip().isdecimal()]


def find_all(text: str, lines: list[str], marked: list[int], near: int) -> list[Span]:
    """The spans of all lines, in the order of the text; `near` is where to look for the first without a mark."""
    if len(lines) > MOST_PARTS or sum(map(len, lines)) > LONGEST_WORDS:
        raise StoreError(f"at most {MOST_PARTS} parts and {LONGEST_WORDS:,} characters can be chosen")
    spans: list[Span] = []
    for number, line in enumerate(lines):
        place = marked[number] if len(marked) == len(lines) else spans[-1][1] if spans else near
        spans.append(find(text, line, place))
    return sorted(spans)


def find(text: str, words: str, near: int) -> Span:
    """Where words stand, at `near` or nearest to it; any blanks between them are alike."""
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    spans = [match.span() for match in pattern.finditer(text)]
    if not spans:
        raise StoreError(f"“{words[:80]}” does not stand in this article: choose words as printed")
    return min(spans, key=lambda span: abs(span[0] - near))
