"""What is scored: read from JSON lines, written to them, or made by running the pipeline.

One line a document: `{"doc_id": …, "attributions": [triple, …]}`, see `quotes.evaluation.triples`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TextIO

from quotes.errors import InputError
from quotes.evaluation.triples import MalformedError, Triple, triple_from_json, triple_to_json
from quotes.models import Document, Extraction, Quotation

if TYPE_CHECKING:
    from spacy.language import Language

Predictions = dict[str, list[dict[str, Any]]]
"""Document id → attributions in their JSON form."""


def read_predictions(name: str, lines: Iterable[str]) -> Predictions:
    """Predictions from JSON lines; InputError names `name` and the line that is no prediction."""
    found: Predictions = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            document_id, attributions = _read_line(line)
        except MalformedError as error:
            raise InputError(f"{name}:{number}", str(error)) from error
        if document_id in found:
            problem = f"document {document_id!r} has a line already: give each document one line"
            raise InputError(f"{name}:{number}", problem)
        found[document_id] = attributions
    return found


def _read_line(line: str) -> tuple[str, list[dict[str, Any]]]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise MalformedError(f"is no JSON ({error.msg}): write one object a line") from error
    if not isinstance(row, dict) or not isinstance(row.get("doc_id"), str):
        raise MalformedError('needs "doc_id": the name of a text without .txt')
    attributions = row.get("attributions")
    if not isinstance(attributions, list):
        raise MalformedError('needs "attributions": a list, empty when nothing was found')
    for attribution in attributions:
        triple_from_json(attribution)
    return row["doc_id"], attributions


def write_predictions(predictions: Mapping[str, list[dict[str, Any]]], target: TextIO) -> None:
    """Write JSON lines that `read_predictions` reads back."""
    for document_id, attributions in predictions.items():
        target.write(json.dumps({"doc_id": document_id, "attributions": attributions}) + "\n")


def predict(texts: Mapping[str, str], nlp: Language) -> Predictions:
    """Run the tracker over texts (document id → text) and return the quotations it finds.

    InputError names a document that broke it: scored as empty, it would pass unseen.
    """
    # Scoring a file of predictions needs no spaCy, so the tracker is imported only here.
    from quotes.tracker import Failed, track

    found: Predictions = {}
    documents = (Document(name, f"{name}.txt", _sha256(text), text) for name, text in texts.items())
    for result in track(documents, nlp):
        if isinstance(result, Failed):
            raise InputError(result.document.input, result.message)
        found[result.document.id] = list(_attributions(result))
    return found


def _attributions(extraction: Extraction) -> Iterator[dict[str, Any]]:
    """The quotations of an extraction as predictions, each with its speaker's name, null for none."""
    names = {speaker.id: speaker.name for speaker in extraction.speakers}
    speakers = {a.quotation_id: a for a in extraction.attributions}
    for quotation in extraction.quotations:
        link = speakers.get(quotation.id)
        who = {"speaker": names[link.speaker_id] if link else None, "speaker_method": link.method if link else None}
        yield quotation_to_json(quotation) | who


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def quotation_to_json(quotation: Quotation) -> dict[str, Any]:
    """A quotation as a prediction, with its act and score."""
    triple = Triple(quotation.source, quotation.cue, quotation.content, quotation.act, quotation.score)
    return triple_to_json(triple)
