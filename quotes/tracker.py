"""Documents in, extractions out: the one place where the stages meet.

A document that breaks the pipeline is yielded as a `Failed` with the reason; the others of its
batch go on.  Order is kept, and nothing is kept in memory beyond one batch.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc
from threadpoolctl import threadpool_limits

import quotes
from quotes.annotations import DOCUMENT_ID, PUBLISHED
from quotes.claims.component import get_claims
from quotes.language import model_name
from quotes.models import Document, Extraction, Run, make_id
from quotes.quotations.component import Quotations, get_quotations
from quotes.speakers.component import get_speakers

BATCH_DOCUMENTS = 32
BATCH_CHARACTERS = 200_000

log = logging.getLogger(__name__)
log.addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class Failed:
    """A document that could not be extracted, and why, in one line."""

    document: Document
    message: str


def track(documents: Iterable[Document], nlp: Language, *, threads: int = 1) -> Iterator[Extraction | Failed]:
    """Extract quotations, speakers and claims from documents, in their order.

    `nlp` comes from `quotes.language.load`; `threads` bounds the threads of matrix multiplication.
    """
    for batch in _batches(documents):
        with threadpool_limits(threads, "blas"):
            results = _track_batch(batch, nlp)
        yield from results


def extraction_of(document: Document, doc: Doc) -> Extraction:
    """What the components wrote on a Doc, as one value."""
    resolution = get_speakers(doc)
    return Extraction(
        document=document,
        quotations=get_quotations(doc),
        speakers=resolution.speakers,
        mentions=resolution.mentions,
        attributions=resolution.attributions,
        spoken_for=resolution.spoken_for,
        claims=get_claims(doc),
    )


def make_run(nlp: Language, model: str | None = None) -> Run:
    """The run that extractions of this pipeline belong to; the same software gives the same id."""
    name, version = model_name(model), str(nlp.meta.get("version", "unknown"))
    settings = dict(cast(Quotations, nlp.get_pipe("quotations")).finder.settings)
    run_id = make_id("r", quotes.__version__, name, version, sorted(settings.items()))
    return Run(run_id, quotes.__version__, name, version, settings)


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    batch: list[Document] = []
    characters = 0
    for document in documents:
        batch.append(document)
        characters += len(document.text)
        if len(batch) >= BATCH_DOCUMENTS or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _track_batch(batch: list[Document], nlp: Language) -> list[Extraction | Failed]:
    try:
        docs = list(nlp.pipe(_make_doc(document, nlp) for document in batch))
    except Exception:
        # One of them is to blame; find out which by taking them one at a time.
        log.debug("batch failed, going on document by document", exc_info=True)
        return [_track_one(document, nlp) for document in batch]
    return [extraction_of(document, doc) for document, doc in zip(batch, docs, strict=True)]


def _track_one(document: Document, nlp: Language) -> Extraction | Failed:
    try:
        return extraction_of(document, nlp(_make_doc(document, nlp)))
    except Exception as error:
        log.debug("%s failed", document.input, exc_info=True)
        return Failed(document, f"extraction failed ({type(error).__name__}: {' '.join(str(error).split())[:200]})")


def _make_doc(document: Document, nlp: Language) -> Doc:
    doc = nlp.make_doc(document.text)
    doc.user_data[DOCUMENT_ID] = document.id
    doc.user_data[PUBLISHED] = document.published
    return doc
