"""Labels of words: outside, or beginning and inside of source, cue and content.

In: spans, or scores of labels.  Out: labels, or the likeliest spans.  Invariant: in what `best_paths` returns
every inside label follows the beginning or inside label of its own role.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from quotes.quotations.drafts import Ranges

Scores = NDArray[np.float32]
Ints = NDArray[np.int64]

SOURCE, CUE, CONTENT = 0, 1, 2
ROLES = ("source", "cue", "content")
LABELS = 7
"""0: outside; then for each role its beginning and its inside."""

_FORBIDDEN = -1e4


def begin(role: int) -> int:
    """The label of the first word of a role."""
    return 1 + 2 * role


def paint(length: int, attributions: Iterable[tuple[Ranges, Ranges, Ranges]]) -> list[int]:
    """Labels of `length` words from (source, cue, content) ranges; cues lie over sources, sources over contents."""
    labels = [0] * length
    spans = list(attributions)
    for role in (CONTENT, SOURCE, CUE):
        for attribution in spans:
            for start, end in attribution[role]:
                labels[start:end] = [begin(role) + 1] * (end - start)
                labels[start] = begin(role)
    return mend(labels)


def mend(labels: list[int]) -> list[int]:
    """Labels in which a piece cut off by another role begins anew."""
    before = 0
    for index, label in enumerate(labels):
        if label and label % 2 == 0 and before not in {label, label - 1}:
            labels[index] = label - 1
        before = labels[index]
    return labels


def _transitions() -> Scores:
    allowed = np.zeros((LABELS, LABELS), dtype=np.float32)
    for after in range(2, LABELS, 2):
        allowed[:, after] = _FORBIDDEN
        allowed[after - 1 : after + 1, after] = 0
    return allowed


_TRANSITIONS = _transitions()
_STARTS = np.array([_FORBIDDEN if label and label % 2 == 0 else 0 for label in range(LABELS)], dtype=np.float32)


def best_paths(scores: Scores) -> Ints:
    """The likeliest allowed labels of windows x words x labels log-probabilities (Viterbi 1967)."""
    count, length, _ = scores.shape
    back = np.zeros(scores.shape, dtype=np.int64)
    total = scores[:, 0] + _STARTS
    for index in range(1, length):
        paths = total[:, :, None] + _TRANSITIONS
        back[:, index] = paths.argmax(axis=1)
        total = paths.max(axis=1) + scores[:, index]
    labels = np.zeros((count, length), dtype=np.int64)
    labels[:, -1] = total.argmax(axis=1)
    for index in range(length - 1, 0, -1):
        labels[:, index - 1] = np.take_along_axis(back[:, index], labels[:, index, None], axis=1)[:, 0]
    return labels


def spans_of(labels: Sequence[int], role: int) -> list[tuple[int, int]]:
    """Ranges of one role."""
    first, inside = begin(role), begin(role) + 1
    found: list[tuple[int, int]] = []
    for index, label in enumerate(labels):
        if label == first:
            found.append((index, index + 1))
        elif label == inside and found and found[-1][1] == index:
            found[-1] = found[-1][0], index + 1
    return found
