"""Does the score of check-worthiness put first what people found worth checking?

Gold is ClaimBuster's JSON, a list of `{"text": str, "label": 0 | 1}`, or a folder of CheckThat's debates (*.tsv:
line, speaker, text, label).  Every text is read as one sentence that nobody in particular says.  Out, as JSON:

    average_precision  the mean, over worthy sentences, of the share of worthy ones down to each (ties in file order)
    auc                the chance that a worthy sentence is scored above another
    precision_at       the share of worthy ones among the first 50 and 100
    cross_validated    the same with weights fitted on four fifths and tested on the fifth, five times
    reasons            code → shipped weight, weight fitted on everything, how often it holds, how often rightly
    mean_over_files    of a folder, the mean average precision (MAP) over files with a worthy sentence
"""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language

from quotes.claims.checkworthiness import score, weights
from quotes.claims.sentences import reasons_of
from quotes.errors import InputError
from quotes.evaluation.calibration import Judged, area_under_roc
from quotes.evaluation.polnear import read_text

FOLDS, FIRST = 5, (50, 100)
_RIDGE, _STEPS, _SEED = 3.0, 15, 0
_BATCH = 256
Numbers = NDArray[np.float64]


class Sentence(NamedTuple):
    """One sentence, whether people found it worth checking, and the file it is from."""

    text: str
    worthy: bool
    file: str


class Read(NamedTuple):
    """A sentence with its score under the shipped weights and the codes of its reasons."""

    sentence: Sentence
    score: float
    codes: frozenset[str]


def evaluate_worthiness(gold: Path, nlp: Language) -> dict[str, Any]:
    """The payload for a file or folder; `nlp` needs a parser and named entities only.  Raises InputError."""
    return worthiness(read_reasons(read_sentences(gold), nlp))


def read_sentences(gold: Path) -> list[Sentence]:
    """The sentences of gold; InputError names the file that is malformed or holds only one of the two labels."""
    files = sorted(gold.glob("*.tsv")) if gold.is_dir() else [gold]
    found = [sentence for file in files for sentence in (_tsv(file) if gold.is_dir() else _json(file))]
    if len({sentence.worthy for sentence in found}) != 2:
        raise InputError(str(gold), "needs sentences of both labels, 1 (worth checking) and 0, in JSON or *.tsv")
    return found


def _json(file: Path) -> list[Sentence]:
    try:
        rows = json.loads(read_text(file))
    except ValueError as error:
        raise InputError(str(file), 'is no JSON: write a list of {"text", "label"}') from error
    if not isinstance(rows, list):
        raise InputError(str(file), 'is no list: write a list of {"text", "label"}')
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict) or not isinstance(row.get("text"), str) or row.get("label") not in (0, 1):
            raise InputError(f"{file}, item {number}", 'needs "text" and "label": 1 (worth checking) or 0')
    return [Sentence(row["text"], row["label"] == 1, file.name) for row in rows]


def _tsv(file: Path) -> list[Sentence]:
    rows = csv.reader(read_text(file).splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    found = []
    for number, row in enumerate(rows, start=1):
        if len(row) != 4 or row[3] not in ("0", "1"):
            raise InputError(f"{file}, line {number}", "needs four fields: line, speaker, text, and 1 or 0")
        found.append(Sentence(row[2], row[3] == "1", file.name))
    return found


def read_reasons(sentences: Sequence[Sentence], nlp: Language) -> list[Read]:
    """Every sentence with its reasons and score."""
    docs = nlp.pipe((sentence.text for sentence in sentences), batch_size=_BATCH)
    found = []
    for sentence, doc in zip(sentences, docs, strict=True):
        reasons = reasons_of(doc)
        found.append(Read(sentence, score(reasons), frozenset(reason.code for reason in reasons)))
    return found


def worthiness(read: Sequence[Read]) -> dict[str, Any]:
    """The payload for sentences that are read."""
    worthy = np.array([one.sentence.worthy for one in read], dtype=np.float64)
    shipped = np.array([one.score for one in read], dtype=np.float64)
    # Flags weigh nothing on purpose, so nothing is fitted for them.
    codes = [code for code, weight in weights().items() if code != "BASE" and weight]
    held = np.array([[code in one.codes for code in codes] for one in read], dtype=np.float64)
    folds = _folds(len(read))
    tested = np.zeros(len(read))
    for fold in range(FOLDS):
        fitted = fit(held[folds != fold], worthy[folds != fold])
        tested[folds == fold] = fitted[0] + held[folds == fold] @ fitted[1:]
    files = sorted({one.sentence.file for one in read})
    return {
        "sentences": len(read),
        "worthy": int(worthy.sum()),
        "shipped": _ranking(worthy, shipped),
        "cross_validated": _ranking(worthy, tested),
        "mean_over_files": _mean_over_files(read, worthy, shipped) if len(files) > 1 else None,
        "reasons": _by_reason(codes, held, worthy),
    }


def fit(held: Numbers, worthy: Numbers) -> Numbers:
    """Weights of a logistic regression with a small ridge, the constant first: reasons held (rows × codes), labels."""
    rows = np.column_stack([np.ones(len(held)), held])
    ridge = np.eye(rows.shape[1]) * _RIDGE
    ridge[0, 0] = 0.0
    found = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-rows @ found))
        slope = rows.T @ (chance - worthy) + ridge @ found
        curve = (rows * (chance * (1 - chance))[:, None]).T @ rows + ridge
        found = found - np.linalg.solve(curve, slope)
    return found


def average_precision(worthy: Numbers, scores: Numbers) -> float | None:
    """0..1; None where nothing is worthy."""
    ordered = worthy[np.argsort(-scores, kind="stable")]
    at = np.cumsum(ordered) / np.arange(1, len(ordered) + 1)
    return float(at[ordered == 1].mean()) if ordered.any() else None


def precision_at(worthy: Numbers, scores: Numbers, first: int) -> float:
    """The share of worthy ones among the `first` sentences, or among all where there are fewer."""
    return float(worthy[np.argsort(-scores, kind="stable")][:first].mean())


def _folds(count: int) -> NDArray[np.int64]:
    numbers = [i % FOLDS for i in range(count)]
    random.Random(_SEED).shuffle(numbers)  # noqa: S311 - no secret: the same folds every time
    return np.array(numbers)


def _ranking(worthy: Numbers, scores: Numbers) -> dict[str, Any]:
    judged = [Judged(float(value), bool(right)) for value, right in zip(scores, worthy, strict=True)]
    return {
        "average_precision": average_precision(worthy, scores),
        "auc": area_under_roc(judged),
        "precision_at": {str(first): precision_at(worthy, scores, first) for first in FIRST},
    }


def _mean_over_files(read: Sequence[Read], worthy: Numbers, scores: Numbers) -> float:
    places: dict[str, list[int]] = {}
    for place, one in enumerate(read):
        places.setdefault(one.sentence.file, []).append(place)
    found = [average_precision(worthy[at], scores[at]) for at in places.values()]
    return float(np.mean([value for value in found if value is not None]))


def _by_reason(codes: Sequence[str], held: Numbers, worthy: Numbers) -> dict[str, Mapping[str, Any]]:
    fitted = fit(held, worthy)[1:]
    counts, right = held.sum(axis=0), held.T @ worthy
    return {
        code: {
            "weight": weights()[code],
            "fitted": round(float(fitted[i]), 2) if counts[i] else None,
            "held": int(counts[i]),
            "worthy": float(right[i] / counts[i]) if counts[i] else None,
        }
        for i, code in enumerate(codes)
    }
