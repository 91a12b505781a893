"""The windows of an epoch, in batches of about one length.

In: prepared documents and a random generator.  Out: batches of (document, range of words).
Invariant: the same generator gives the same batches.
"""

from __future__ import annotations

import random
from collections.abc import Mapping

from quotes.quotations.page import Range
from quotes.quotations.tagger.inputs import Words, cut
from quotes.training.targets import UNKNOWN, Prepared

Window = tuple[str, Range]

_PATCH = 8
"""Pieces allowed for a window's start and its paragraphs' ends."""


def make_batches(
    documents: Mapping[str, Prepared], repeats: Mapping[str, int], rng: random.Random, *, size: int, window: int
) -> list[list[Window]]:
    """Batches of at most `size` pieces in random order; `repeats` says who is seen more than once."""
    windows: list[tuple[int, Window]] = []
    for name, (words, targets) in sorted(documents.items()):
        for _ in range(repeats.get(name, 1)):
            windows.extend(
                (_length(words, span) + rng.randrange(16), (name, span))
                for span in cut(words, size=window, skip=rng.randrange(4))
                if (targets.labels[slice(*span)] != UNKNOWN).any()
            )
    windows.sort(key=lambda pair: pair[0])
    batches: list[list[Window]] = [[]]
    for length, found in windows:
        if (len(batches[-1]) + 1) * (length + _PATCH) > size and batches[-1]:
            batches.append([])
        batches[-1].append(found)
    rng.shuffle(batches)
    return batches


def even_batches(documents: Mapping[str, Prepared], *, size: int, window: int) -> list[list[Window]]:
    """Every window of the documents once, always in the same batches."""
    windows = [(_length(words, span), (name, span)) for name, (words, _) in sorted(documents.items())
               for span in cut(words, size=window)]  # fmt: skip
    batches: list[list[Window]] = []
    for length, found in sorted(windows):
        if not batches or (len(batches[-1]) + 1) * (length + _PATCH) > size:
            batches.append([])
        batches[-1].append(found)
    return batches


def _length(words: Words, span: Range) -> int:
    return sum(len(words.pieces[word]) for word in range(*span))
