"""Prepared documents in one file of plain arrays, so that a run that goes on need not parse again.

In: documents by name.  Out: an `.npz` of numbers and names, no pickles.  Invariant: what is loaded equals what was
saved, and a file that is broken off or of another layout counts as none.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from quotes.quotations.tagger.inputs import Words
from quotes.quotations.tagger.scheme import Ints
from quotes.training.targets import Prepared, Targets

Arrays = dict[str, NDArray[np.generic]]

_BY_WORD = ("tokens", "features", "labels", "links")


def save_prepared(path: Path, documents: Mapping[str, Prepared]) -> None:
    """Write documents, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    with fresh.open("wb") as target:
        np.savez_compressed(target, allow_pickle=False, **_arrays(documents))
    fresh.replace(path)


def load_prepared(path: Path) -> dict[str, Prepared] | None:
    """The documents of a file, None where there is none that can be used."""
    if not path.is_file():
        return None
    try:
        # Opened here because np.load leaves a file that is none open.
        with path.open("rb") as source, np.load(source, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        return _documents(arrays)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def _arrays(documents: Mapping[str, Prepared]) -> Arrays:
    words = [w for w, _ in documents.values()]
    targets = [t for _, t in documents.values()]
    pieces = [piece for w in words for piece in w.pieces]
    return {
        "names": np.array(list(documents), dtype=np.str_),
        "words": _numbers([len(w.tokens) for w in words]),
        "tokens": np.concatenate([w.tokens for w in words]),
        "features": np.concatenate([w.features for w in words]),
        "labels": np.concatenate([t.labels for t in targets]),
        "links": np.concatenate([t.links for t in targets]),
        "piece_counts": _numbers([len(piece) for piece in pieces]),
        "pieces": _numbers([number for piece in pieces for number in piece]),
        "paragraph_counts": _numbers([len(w.paragraphs) for w in words]),
        "paragraphs": _numbers([span for w in words for span in w.paragraphs]).reshape(-1, 2),
        "sentence_counts": _numbers([len(w.sentences) for w in words]),
        "sentences": _numbers([start for w in words for start in w.sentences]),
    }


def _numbers(values: list[int] | list[tuple[int, int]]) -> Ints:
    return np.array(values, dtype=np.int64)


def _documents(arrays: Mapping[str, NDArray[np.generic]]) -> dict[str, Prepared]:
    by_word = {name: _cut(arrays[name], arrays["words"]) for name in _BY_WORD}
    pieces = [tuple(piece.tolist()) for piece in _cut(arrays["pieces"], arrays["piece_counts"])]
    bounds = np.concatenate(([0], np.cumsum(arrays["words"])))
    paragraphs = _cut(arrays["paragraphs"], arrays["paragraph_counts"])
    sentences = _cut(arrays["sentences"], arrays["sentence_counts"])
    found: dict[str, Prepared] = {}
    for index, name in enumerate(arrays["names"].tolist()):
        words = Words(
            by_word["tokens"][index],
            tuple(pieces[bounds[index] : bounds[index + 1]]),
            by_word["features"][index],
            tuple((start, end) for start, end in paragraphs[index].tolist()),
            tuple(sentences[index].tolist()),
        )
        found[name] = words, Targets(by_word["labels"][index], by_word["links"][index])
    return found


def _cut(array: NDArray[np.generic], counts: NDArray[np.generic]) -> list[Ints]:
    """An array as one piece for each count."""
    if int(counts.sum()) != len(array):
        raise ValueError("the file is of another layout")
    return np.split(array.astype(np.int64), np.cumsum(counts)[:-1])
