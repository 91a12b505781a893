"""95 % intervals by resampling documents (Efron & Tibshirani 1993).

Documents are drawn, not attributions, because those of one article share its writer and subject.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from quotes.evaluation.scoring import TYPES, Counts, Scores, add_up, summarise

MEASURES = ("norm", "soft", "iou50", "joint", "src_nn")
ALL_MEASURES = (*MEASURES, "exact", "frag", "role_source", "role_cue")
SEED = 7
T = TypeVar("T")
Intervals = dict[str, dict[str, tuple[float, float]]]
"""Type → measure → (low, high)."""


def intervals(documents: Sequence[Counts], resamples: int, *, unlinked: bool = False, seed: int = SEED) -> Intervals:
    """The intervals of the F1 figures and of the accuracy of sources, the same for the same seed.

    `unlinked` adds those of exact contents and of unlinked sources, cues and pieces of contents.
    """
    # Drawing documents needs no secrecy, only the same draws every time.
    rng = random.Random(seed)  # noqa: S311
    measures = ALL_MEASURES if unlinked else MEASURES
    drawn: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    for _ in range(resamples):
        total = add_up(documents[rng.randrange(len(documents))] for _ in documents)
        _keep(drawn, summarise(total, unlinked=unlinked), measures)
    low, high = int(0.025 * resamples), int(0.975 * resamples)
    ordered = {key: sorted(values) for key, values in drawn.items()}
    return {kind: {m: (ordered[kind, m][low], ordered[kind, m][high]) for m in measures} for kind in TYPES}


def _keep(drawn: defaultdict[tuple[str, str], list[float]], scores: Scores, measures: Sequence[str]) -> None:
    for kind, row in scores.items():
        for measure in measures:
            figure = row[measure]
            drawn[kind, measure].append(figure if isinstance(figure, float) else figure[2])


def resample(
    documents: Sequence[T],
    measure: Callable[[Sequence[T]], Mapping[str, float | None]],
    resamples: int,
    seed: int = SEED,
) -> dict[str, tuple[float, float] | None]:
    """The intervals of what `measure` says of documents, the same for the same seed; None where it never says any."""
    rng = random.Random(seed)  # noqa: S311 - only the same draws every time
    drawn: defaultdict[str, list[float]] = defaultdict(list)
    names = list(measure(documents))
    for _ in range(resamples):
        for name, value in measure([documents[rng.randrange(len(documents))] for _ in documents]).items():
            if value is not None:
                drawn[name].append(value)
    return {name: _middle(sorted(drawn[name])) for name in names}


def _middle(ordered: Sequence[float]) -> tuple[float, float] | None:
    return (ordered[int(0.025 * len(ordered))], ordered[int(0.975 * len(ordered))]) if ordered else None
