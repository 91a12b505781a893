"""Annotated texts as the network reads them: read, parsed, cut into pieces, kept on disk.

In: folders in PolNeAR's format, or corrections.  Out: `Prepared` documents by name.  Invariant: what is kept is
found again only for the same texts, annotations, language pipeline, encoder and features.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from threadpoolctl import threadpool_limits

import quotes
from quotes.errors import InputError
from quotes.evaluation.polnear import read_gold
from quotes.evaluation.triples import triple_to_json
from quotes.quotations.page import make_page
from quotes.quotations.rules import rules
from quotes.quotations.tagger.inputs import MAX_PIECES, Pieces, features_sha256, read_words
from quotes.training.archive import load_prepared, save_prepared
from quotes.training.targets import Annotated, Prepared, annotated_targets

if TYPE_CHECKING:
    from spacy.language import Language

"""Features of a word and their values, in the order of the network's tables."""
NOT_NEEDED = ("ner",)
BATCH_DOCUMENTS = 32

Progress = Callable[[Iterable[Prepared], int], Iterable[Prepared]]
"""What is laid round a stream of so many documents to show how far it is."""


def read_corpora(folders: Iterable[Path]) -> dict[str, Annotated]:
    """The documents of folders in PolNeAR's format; InputError names the one that is malformed."""
    found: dict[str, Annotated] = {}
    for folder in folders:
        for name, gold in read_gold(folder).items():
            if name in found:
                raise InputError(
                    f"{folder}: {name}", "stands in another corpus too: leave out or rename one of the two"
                )
            annotated = Annotated(gold.text, gold.attributions)
            _check_spans(f"{folder}: {name}", annotated)
            found[name] = annotated
    return found


def _check_spans(name: str, annotated: Annotated) -> None:
    for triple in annotated.attributions:
        for start, end in (*triple.source, *triple.cue, *triple.content):
            if not 0 <= start < end <= len(annotated.text):
                size = len(annotated.text)
                raise InputError(name, f"span {start}-{end} lies outside the text of {size} characters: mend it")


def split(names: Iterable[str], held_out: int, share: float) -> tuple[list[str], list[str]]:
    """Names to train on and names kept back; the latter are the same whatever the share."""
    shuffled = sorted(names)
    random.Random(0).shuffle(shuffled)  # noqa: S311
    held, rest = shuffled[:held_out], shuffled[held_out:]
    kept = rest[: round(share * len(rest))]
    if not kept:
        problem = f"of {len(shuffled)} documents none is left to train on"
        raise InputError("corpus", f"{problem}: keep back fewer than --held-out {held_out}, or take a larger --share")
    return kept, held


def data_key(documents: Mapping[str, Annotated], *made_by: str) -> str:
    """A hash of texts, annotations, features and of what made them readable: pipeline, encoder, this program."""
    digest = hashlib.sha256()
    made = [quotes.__version__, *made_by, features_sha256(), MAX_PIECES]
    for value in (made, *(_key_row(name, documents[name]) for name in sorted(documents))):
        digest.update(json.dumps(value, ensure_ascii=True).encode() + b"\n")
    return digest.hexdigest()[:16]


def _key_row(name: str, document: Annotated) -> list[object]:
    groups = (document.attributions, document.rejected, document.unknown)
    return [name, document.text, document.whole, [[triple_to_json(t) for t in group] for group in groups]]


def load_parser(model: str | None) -> Language:
    """The language pipeline as far as the network's features need it."""
    from quotes.language import load_bare

    nlp = load_bare(model)
    nlp.add_pipe("paragraphs", first=True)
    for name in NOT_NEEDED:
        nlp.remove_pipe(name)
    return nlp


def prepare(
    documents: Mapping[str, Annotated], nlp: Language, pieces: Pieces, cache: Path, *, threads: int, progress: Progress
) -> dict[str, Prepared]:
    """Documents parsed and cut into pieces, from the file `cache` where it has them; InputError names a bad one."""
    kept = load_prepared(cache)
    if kept is not None and kept.keys() == documents.keys():
        return kept
    names = sorted(documents)
    for name in names:
        if len(documents[name].text) > nlp.max_length:
            raise InputError(name, f"is longer than {nlp.max_length:,} characters: split it")
    with threadpool_limits(threads, "blas"):
        stream = _prepared(names, documents, nlp, pieces)
        made = dict(zip(names, progress(stream, len(names)), strict=True))
    save_prepared(cache, made)
    return made


def _prepared(
    names: Sequence[str], documents: Mapping[str, Annotated], nlp: Language, pieces: Pieces
) -> Iterator[Prepared]:
    texts = (documents[name].text for name in names)
    for name, doc in zip(names, nlp.pipe(texts, batch_size=BATCH_DOCUMENTS), strict=True):
        page = make_page(doc)
        words = read_words(page, rules(page), pieces)
        if not len(words.tokens):
            raise InputError(name, "holds no words: leave it out")
        yield words, annotated_targets(doc, words, documents[name])
