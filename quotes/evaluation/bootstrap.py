"""95 % intervals by resampling documents (Efron & Tibshirani 1993).

Documents are drawn, not attributions, because those of one article share its writer and subject.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

from quotes.evaluation.scoring import TYPES, Counts, Scores, add_up, summarise

F1_MEASURES = ("norm", "soft", "iou50", "joint")
MEASURES = (*F1_MEASURES, "src_nn")
SEED = 7
Intervals = dict[str, dict[str, tuple[float, float]]]
"""Type → measure → (low, high)."""


def intervals(documents: Sequence[Counts], resamples: int, seed: int = SEED) -> Intervals:
    """The intervals of the F1 figures and of the accuracy of sources, the same for the same seed."""
    # Drawing documents needs no secrecy, only the same draws every time.
    rng = random.Random(seed)  # noqa: S311
    drawn: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    for _ in range(resamples):
        _draw(drawn, summarise(add_up(documents[rng.randrange(len(documents))] for _ in documents)))
    low, high = int(0.025 * resamples), int(0.975 * resamples)
    ordered = {key: sorted(values) for key, values in drawn.items()}
    return {kind: {m: (ordered[kind, m][low], ordered[kind, m][high]) for m in MEASURES} for kind in TYPES}


def _draw(drawn: defaultdict[tuple[str, str], list[float]], scores: Scores) -> None:
    for kind, row in scores.items():
        for measure in F1_MEASURES:
            drawn[kind, measure].append(row[measure][2])
        drawn[kind, "src_nn"].append(row["src_nn"])
