"""Are scores to be believed?  Of attributions with a score of 0.8, eight in ten should be right.

In: compared documents whose predictions carry a "score".  Out: figures as JSON.  An attribution is
right where it counts for joint: its content pairs with gold at IoU >= 0.5, and its source is right.

    ece    expected calibration error: the gap between mean score and share right, over ten bins of equal
           width or of equal mass, weighted by their size (Naeini, Cooper & Hauskrecht 2015)
    brier  mean squared distance of score and outcome (Brier 1950)
    auc    area under the ROC curve: the chance that a right one is scored above a wrong one, a tie
           being half (Hanley & McNeil 1982); null where all are right or all wrong
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from quotes.errors import InputError
from quotes.evaluation.evaluating import Compared, Scope, in_scope
from quotes.evaluation.items import head_correct, pair_items
from quotes.evaluation.scoring import TYPES

BINS = 10


class Judged(NamedTuple):
    """One predicted attribution: how sure the predictor was (0..1), and whether it is right."""

    score: float
    right: bool


class Bin(NamedTuple):
    """Predictions of similar scores: the least and greatest score, how many, mean score, share right."""

    low: float
    high: float
    n: int
    score: float
    right: float


def calibration(compared: Iterable[Compared], scope: Scope = "all") -> dict[str, Any]:
    """Type → figures, with "bins" under "all"; InputError where no prediction has a score."""
    judged, unscored = judge(in_scope(document, scope) for document in compared)
    if not judged["all"]:
        raise InputError("predictions", 'have no scores to calibrate: give attributions a "score" from 0 to 1')
    figures = {kind: summarise(judged[kind]) for kind in TYPES}
    bins = {"width": equal_width(judged["all"]), "mass": equal_mass(judged["all"])}
    shown = {name: [one._asdict() for one in found] for name, found in bins.items()}
    figures["all"] |= {"unscored": unscored, "bins": shown}
    return figures


def judge(documents: Iterable[Compared]) -> tuple[dict[str, list[Judged]], int]:
    """Type → its scored predictions, judged, all of them again under "all"; and how many have no score."""
    judged: dict[str, list[Judged]] = {kind: [] for kind in TYPES}
    unscored = 0
    for document in documents:
        pairs = pair_items(document.gold, document.predicted)
        right = {j for i, j in pairs if head_correct(document.gold[i], document.predicted[j])}
        for j, item in enumerate(document.predicted):
            if item.triple.score is None:
                unscored += 1
                continue
            for kind in (item.type, "all"):
                judged[kind].append(Judged(item.triple.score, j in right))
    return judged, unscored


def summarise(judged: Sequence[Judged]) -> dict[str, Any]:
    """The figures of some predictions: all null but "n" where there are none."""
    some = bool(judged)
    return {
        "n": len(judged),
        "score": _mean(one.score for one in judged) if some else None,
        "right": _mean(one.right for one in judged) if some else None,
        "ece_width": expected_error(equal_width(judged)) if some else None,
        "ece_mass": expected_error(equal_mass(judged)) if some else None,
        "brier": brier(judged) if some else None,
        "auc": area_under_roc(judged),
    }


def equal_width(judged: Iterable[Judged], count: int = BINS) -> list[Bin]:
    """The non-empty of `count` bins between 0 and 1; a bound belongs to the bin above it, 1 to the last."""
    bins: list[list[Judged]] = [[] for _ in range(count)]
    for one in judged:
        bins[min(int(one.score * count), count - 1)].append(one)
    return [_bin(members) for members in bins if members]


def equal_mass(judged: Sequence[Judged], count: int = BINS) -> list[Bin]:
    """At most `count` bins of about as many predictions each.

    Predictions of one score stay together, in the bin that their middle falls in: split at a bound,
    the figure would depend on the order in which they come.
    """
    bins: list[list[Judged]] = [[] for _ in range(count)]
    before = 0
    for _, group in itertools.groupby(sorted(judged), key=lambda one: one.score):
        same = list(group)
        bins[int((before + len(same) / 2) * count / len(judged))] += same
        before += len(same)
    return [_bin(members) for members in bins if members]


def _bin(members: Sequence[Judged]) -> Bin:
    scores = [one.score for one in members]
    return Bin(min(scores), max(scores), len(members), _mean(scores), _mean(one.right for one in members))


def expected_error(bins: Sequence[Bin]) -> float:
    """The expected calibration error over bins, 0..1."""
    return sum(one.n * abs(one.score - one.right) for one in bins) / sum(one.n for one in bins)


def brier(judged: Iterable[Judged]) -> float:
    """The mean squared distance of score and outcome, 0..1; a constant score of 0.5 gives 0.25."""
    return _mean((one.score - one.right) ** 2 for one in judged)


def area_under_roc(judged: Iterable[Judged]) -> float | None:
    """The share of (right, wrong) pairs in which the right one has the higher score; None without such pairs."""
    wrong_below, won, right = 0, 0.0, 0
    for _, group in itertools.groupby(sorted(judged), key=lambda one: one.score):
        outcomes = [one.right for one in group]
        here_right, here_wrong = sum(outcomes), len(outcomes) - sum(outcomes)
        won += here_right * (wrong_below + here_wrong / 2)
        wrong_below, right = wrong_below + here_wrong, right + here_right
    return won / (right * wrong_below) if right and wrong_below else None


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found)
