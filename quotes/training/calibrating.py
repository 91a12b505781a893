"""How sure the tagger may say it is: its raw scores brought to how often it is right.

In: a model folder and annotated documents that the model has not learned from.  Out: a logistic
curve over the logit of the raw score (Platt 1999), written into the folder's `model.json`.
Right is what counts in joint F1: content overlapping by half or more, and the head of the source covered.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from quotes.evaluation.calibration import Judged, judge
from quotes.evaluation.evaluating import compare, in_scope
from quotes.evaluation.heads import get_heads
from quotes.evaluation.polnear import GoldDocument
from quotes.evaluation.predictions import predict
from quotes.quotations.tagger.confidence import Calibration, logit
from quotes.training.targets import Annotated

CARD = "model.json"
_STEPS = 30
_RIDGE = 0.1
LEAST = 0.35
"""Half of the joint F1 that is reached, about."""


def calibrate(folder: Path, documents: Mapping[str, Annotated], model: str | None = None) -> Calibration | None:
    """Fit a folder's calibration on annotated documents and write it there; None where there are none."""
    from quotes.language import load

    write(folder, None)
    if not documents:
        return None
    gold = {name: GoldDocument(document.text, document.attributions) for name, document in documents.items()}
    nlp = load(model, tagger=str(folder))
    predictions = predict({name: document.text for name, document in gold.items()}, nlp)
    compared = compare(gold, predictions, get_heads(gold, None, model))
    judged, _ = judge(in_scope(document, "all") for document in compared)
    found = fit(judged["indirect"], [*judged["direct"], *judged["mixed"]])
    write(folder, found)
    return found


def fit(unquoted: Sequence[Judged], quoted: Sequence[Judged] = ()) -> Calibration | None:
    """The curve of least log loss, by Newton's method; None where all are right, or all wrong."""
    everything = [*unquoted, *quoted]
    right = np.array([float(one.right) for one in everything])
    if len(right) == 0 or right.min() == right.max():
        return None
    marks = np.concatenate([np.zeros(len(unquoted)), np.ones(len(quoted))])
    inputs = np.stack([np.array([logit(one.score) for one in everything]), np.ones(len(right)), marks], axis=1)
    weights = np.array([1.0, 0.0, 0.0])
    for _ in range(_STEPS):
        told = 1 / (1 + np.exp(-inputs @ weights))
        # The last term keeps what nothing was seen of at 0, and a side that is always right from running away.
        gradient = inputs.T @ (right - told) - _RIDGE * np.array([0.0, 0.0, weights[2]])
        curvature = inputs.T @ (inputs * (told * (1 - told))[:, None]) + np.diag([1e-6, 1e-6, _RIDGE])
        weights += np.linalg.solve(curvature, gradient)
    slope, offset, marked = (round(float(weight), 6) for weight in weights)
    return Calibration(slope, offset, marked, LEAST)


def write(folder: Path, calibration: Calibration | None) -> None:
    """Write a calibration into the folder's card."""
    path = folder / CARD
    card = json.loads(path.read_text(encoding="utf-8"))
    card["calibration"] = None if calibration is None else calibration._asdict()
    path.write_text(json.dumps(card, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
