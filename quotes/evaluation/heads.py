"""The head word of every gold source: what a predicted source must cover to be right.

Heads come from a parse, so they move with the model; a file of heads pins them.  It is JSON:
document id → source key (the spans of the source as JSON) → [start, end] of the head.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.errors import InputError
from quotes.evaluation.polnear import GoldDocument, read_text
from quotes.evaluation.triples import source_key
from quotes.models import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as DocSpan

Heads = dict[str, dict[str, Span]]


def get_heads(gold: Mapping[str, GoldDocument], cache: Path | None, model: str | None = None) -> Heads:
    """The heads in `cache`; where there is no such file, those of a parse, which are written to it."""
    if cache and cache.exists():
        return read_heads(cache)
    heads = find_heads(gold, model)
    if cache:
        write_heads(heads, cache)
    return heads


def read_heads(path: Path) -> Heads:
    """Heads from a file; InputError when it holds something else."""
    try:
        raw = json.loads(read_text(path))
        return {document: {key: _span(span) for key, span in found.items()} for document, found in raw.items()}
    except (AttributeError, TypeError, ValueError) as error:
        raise InputError(str(path), "is no file of heads: name a new file, and they are found and written") from error


def _span(value: list[int]) -> Span:
    start, end = value
    return int(start), int(end)


def write_heads(heads: Heads, path: Path) -> None:
    """Write heads for `read_heads`; InputError where that is impossible."""
    try:
        path.write_text(json.dumps(heads), encoding="utf-8")
    except OSError as error:
        raise InputError(str(path), f"cannot be written ({error.strerror}): name another file of heads") from error


def find_heads(gold: Mapping[str, GoldDocument], model: str | None = None) -> Heads:
    """The root of the first span of every gold source, in a parse by the bare pipeline of `model`."""
    from quotes.language import load_bare

    docs = load_bare(model).pipe(document.text for document in gold.values())
    return {document_id: _heads_of(doc, gold[document_id]) for document_id, doc in zip(gold, docs, strict=True)}


def _heads_of(doc: Doc, document: GoldDocument) -> dict[str, Span]:
    heads = {}
    for triple in document.attributions:
        if triple.source and (span := doc.char_span(*triple.source[0], alignment_mode="expand")):
            head = _head_token(span)
            heads[source_key(triple)] = (head.idx, head.idx + len(head))
    return heads


def _head_token(span: DocSpan) -> Token:
    """The span's root, or its last word where the root is punctuation."""
    words = [token for token in span if any(character.isalnum() for character in token.text)]
    root = span.root
    is_word = not root.is_punct and root in words
    return words[-1] if words and not is_word else root
