"""Reviewed quotations of a newsroom's database as texts to learn from.

In: a database of `quotes`, opened for reading only.  Out: `Corrections`.  Of every reviewer the latest accept, reject
or fix of a quotation counts; where reviewers disagree, or the stored words no longer stand in the text, the quotation
is left out and counted.  Invariant: no reviewer's name and no note leaves this module.

A fix may change "content", "cue" and "source" (or "content_spans" and so on), each a list of [start, end];
null is an empty list.  A fix of nothing but the speaker, the type or the act says that the spans are right.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from quotes.errors import StoreError
from quotes.evaluation.triples import MalformedError, Spans, Triple, triple_from_json
from quotes.records import words
from quotes.training.targets import Annotated

Row = Mapping[str, Any]

_QUOTATIONS = """
SELECT quotations.* FROM quotations
WHERE document_id IN (
    SELECT document_id FROM reviews WHERE target_type = 'quotation' AND action IN ('accept', 'reject', 'fix')
)
ORDER BY document_id, start_char, id
"""
_REVIEWS = """
SELECT target_id, reviewer, action, change FROM reviews
WHERE target_type = 'quotation' AND action IN ('accept', 'reject', 'fix')
ORDER BY reviewed_at, rowid
"""
_TEXTS = "SELECT id, text FROM documents WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"

COUNTED = {
    "accepted": "accepted",
    "fixed": "fixed",
    "rejected": "rejected",
    "conflicting": "left out because reviewers disagree",
    "stale": "left out because their words no longer stand in the text",
    "malformed": "left out because their fix is no list of [start, end] in the text",
}
"""What can become of a reviewed quotation, and how it is told."""


@dataclass(frozen=True, slots=True)
class Corrections:
    """Documents with at least one usable review, and what became of every reviewed quotation."""

    documents: dict[str, Annotated] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def summary(self) -> str:
        """One line for people."""
        told = [f"{self.counts[key]} {text}" for key, text in COUNTED.items() if self.counts[key]]
        return f"{', '.join(told) or 'none'}, in {len(self.documents)} documents"


def read_corrections(paths: Iterable[Path]) -> Corrections:
    """The reviews of some databases; StoreError where one cannot be read."""
    found = Corrections()
    for number, path in enumerate(paths, start=1):
        for document_id, annotated, counts in _read(path):
            found.counts.update(counts)
            if annotated.attributions or annotated.rejected:
                found.documents[f"db{number}:{document_id}"] = annotated
    return found


def _read(path: Path) -> list[tuple[str, Annotated, Counter[str]]]:
    if not path.is_file():
        raise StoreError(f"{path}: no such database; make one with: quotes add {path} INPUT")
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            return list(_documents(connection))
    except sqlite3.Error as error:
        mend = f"name a database made by quotes, brought to this version with: quotes status {path}"
        raise StoreError(f"{path}: cannot be read as a database of quotes ({error}); {mend}") from error


def _documents(connection: sqlite3.Connection) -> Iterator[tuple[str, Annotated, Counter[str]]]:
    latest: defaultdict[str, dict[str, Row]] = defaultdict(dict)
    for review in connection.execute(_REVIEWS):
        latest[review["target_id"]][review["reviewer"]] = review
    quotations: defaultdict[str, list[Row]] = defaultdict(list)
    for row in connection.execute(_QUOTATIONS):
        quotations[row["document_id"]].append(row)
    for document_id, text in connection.execute(_TEXTS, [json.dumps(list(quotations))]):
        judged = [_judge(text, row, latest[row["id"]].values()) for row in quotations[document_id]]
        yield document_id, _annotated(text, judged), Counter(kind for kind, _ in judged if kind in COUNTED)


def _judge(text: str, row: Row, reviews: Iterable[Row]) -> tuple[str, Triple | None]:
    """What became of a quotation, one of COUNTED or "unknown", and its triple; None where its words are gone."""
    triple = Triple(_spans(row["source_spans"]), _spans(row["cue_spans"]), _spans(row["content_spans"]))
    decided = list(reviews)
    printed = all(
        words(text, spans) == row[part]
        for part, spans in (("source", triple.source), ("cue", triple.cue), ("content", triple.content))
    )
    if not printed:
        return ("stale" if decided else "gone"), None
    try:
        verdicts = {_verdict(text, triple, review) for review in decided}
    except MalformedError:
        return "malformed", triple
    if len(verdicts) != 1:
        return ("conflicting" if verdicts else "unknown"), triple
    (verdict,) = verdicts
    if verdict is None:
        return "rejected", triple
    return ("accepted" if verdict == triple else "fixed"), verdict


def _verdict(text: str, triple: Triple, review: Row) -> Triple | None:
    """What a reviewer says is right; None for a rejection."""
    if review["action"] == "reject":
        return None
    change = json.loads(review["change"]) if review["action"] == "fix" else {}
    if not isinstance(change, dict):
        raise MalformedError("a change is an object")
    parts = {"source": triple.source, "cue": triple.cue, "content": triple.content}
    value = {part: _changed(change, part, spans) for part, spans in parts.items()}
    fixed = triple_from_json(value)
    spans = (*fixed.source, *fixed.cue, *fixed.content)
    if not fixed.content or any(not 0 <= start < end <= len(text) for start, end in spans):
        raise MalformedError("a span lies outside the text")
    return Triple(tuple(sorted(fixed.source)), tuple(sorted(fixed.cue)), tuple(sorted(fixed.content)))


def _changed(change: Mapping[str, Any], part: str, spans: Spans) -> object:
    """The changed spans of a part, as they stand in the review; those it had where they were not changed."""
    if f"{part}_spans" in change:
        return change[f"{part}_spans"] or []
    # Beside its spans a fix may give a part's new words, which are then a string.
    if part in change and not isinstance(change[part], str):
        return change[part] or []
    return [list(span) for span in spans]


def _spans(stored: str) -> Spans:
    return tuple((int(start), int(end)) for start, end in json.loads(stored))


def _annotated(text: str, judged: Iterable[tuple[str, Triple | None]]) -> Annotated:
    groups: defaultdict[str, list[Triple]] = defaultdict(list)
    for kind, triple in judged:
        if triple:
            groups[{"accepted": "right", "fixed": "right", "rejected": "wrong"}.get(kind, "open")].append(triple)
    return Annotated(
        text, tuple(dict.fromkeys(groups["right"])), tuple(groups["wrong"]), tuple(groups["open"]), whole=False
    )
