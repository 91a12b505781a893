"""Calibration: whether scores say how often a prediction is right, in figures worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from annotated import copies, corpus, no_heads
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import InputError
from quotes.evaluation import read_gold
from quotes.evaluation.calibration import (
    Judged,
    area_under_roc,
    brier,
    calibration,
    equal_mass,
    equal_width,
    expected_error,
    summarise,
)
from quotes.evaluation.evaluating import Compared, compare

__all__ = ["corpus", "no_heads"]  # fixtures

HAND = [
    Judged(0.05, False),
    Judged(0.15, True),
    Judged(0.15, False),
    Judged(0.9, True),
    Judged(0.95, True),
    Judged(1.0, False),
]
JUDGED = st.lists(st.builds(Judged, st.floats(0, 1), st.booleans()), min_size=1, max_size=60)


def test_equal_width_bins_by_hand() -> None:
    bins = equal_width(HAND)
    assert [(b.low, b.high, b.n) for b in bins] == [(0.05, 0.05, 1), (0.15, 0.15, 2), (0.9, 1.0, 3)]
    assert [b.score for b in bins] == pytest.approx([0.05, 0.15, 0.95])
    assert [b.right for b in bins] == pytest.approx([0, 0.5, 2 / 3])
    assert expected_error(bins) == pytest.approx((1 * 0.05 + 2 * 0.35 + 3 * (0.95 - 2 / 3)) / 6)


def test_equal_mass_bins_by_hand() -> None:
    bins = equal_mass(HAND, 2)
    assert [(b.low, b.high, b.n) for b in bins] == [(0.05, 0.15, 3), (0.9, 1.0, 3)]
    assert expected_error(bins) == pytest.approx((3 * (1 / 3 - 0.35 / 3) + 3 * (0.95 - 2 / 3)) / 6)


def test_equal_mass_bins_keep_one_score_together() -> None:
    tied = [Judged(0.2, False)] * 2 + [Judged(0.5, True)] * 7 + [Judged(0.8, True)]
    assert [(b.low, b.high, b.n) for b in equal_mass(tied)] == [(0.2, 0.2, 2), (0.5, 0.5, 7), (0.8, 0.8, 1)]


@pytest.mark.parametrize(
    ("judged", "expected"),
    [
        ([Judged(1, True), Judged(0, False)], 0),
        ([Judged(0, True), Judged(1, False)], 1),
        ([Judged(0.5, True), Judged(0.5, False)], 0.25),
        ([Judged(0.8, True), Judged(0.6, False)], (0.04 + 0.36) / 2),
    ],
)
def test_brier(judged: list[Judged], expected: float) -> None:
    assert brier(judged) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("right", "wrong", "expected"),
    [
        ([0.9, 0.8], [0.2, 0.1], 1),
        ([0.1], [0.9], 0),
        ([0.5, 0.5], [0.5], 0.5),
        ([0.9, 0.4], [0.5, 0.4], (2 + 0 + 0.5) / 4),
        ([0.9], [], None),
        ([], [0.9], None),
    ],
    ids=["perfect", "upside down", "tied", "one tie of four", "all right", "all wrong"],
)
def test_area_under_roc(right: list[float], wrong: list[float], expected: float | None) -> None:
    judged = [Judged(score, True) for score in right] + [Judged(score, False) for score in wrong]
    assert area_under_roc(judged) == (expected if expected is None else pytest.approx(expected))


@given(JUDGED)
def test_figures_are_shares_and_bins_hold_everything(judged: list[Judged]) -> None:
    figures = summarise(judged)
    assert figures.pop("n") == len(judged)
    assert all(value is None or -1e-9 <= value <= 1 + 1e-9 for value in figures.values())
    for bins in (equal_width(judged), equal_mass(judged)):
        assert sum(b.n for b in bins) == len(judged) and len(bins) <= 10
        assert all(b.low <= b.high for b in bins)
        assert [b.low for b in bins] == sorted(b.low for b in bins)


@given(JUDGED, st.randoms(use_true_random=False))
def test_figures_do_not_depend_on_the_order(judged: list[Judged], random) -> None:
    shuffled = random.sample(judged, len(judged))
    assert summarise(shuffled) == pytest.approx(summarise(judged))


@given(st.dictionaries(st.integers(0, 20), st.integers(1, 4), min_size=1))
def test_perfectly_calibrated_scores_have_no_error(groups: dict[int, int]) -> None:
    # Of 20 predictions scored n/20, n are right.
    judged = [Judged(n / 20, i % 20 < n) for n, times in groups.items() for i in range(20 * times)]
    assert expected_error(equal_width(judged)) == pytest.approx(0, abs=1e-9)
    assert expected_error(equal_mass(judged)) == pytest.approx(0, abs=1e-9)


@given(st.lists(st.booleans(), min_size=1))
def test_one_score_for_all_is_wrong_by_its_distance_from_the_share_right(outcomes: list[bool]) -> None:
    judged = [Judged(0.3, right) for right in outcomes]
    gap = abs(0.3 - sum(outcomes) / len(outcomes))
    assert expected_error(equal_width(judged)) == pytest.approx(gap)
    assert expected_error(equal_mass(judged)) == pytest.approx(gap)


def scored(folder: Path, scores: dict[str, list[float | None]]) -> list[Compared]:
    """Gold predicted of itself with these scores, but the first of the harbour from nobody."""
    found = copies()
    found["harbour"][0]["source"] = None
    for name, values in scores.items():
        for attribution, value in zip(found[name], values, strict=True):
            attribution["score"] = value
    return compare(read_gold(folder), found, {})


def test_right_is_what_counts_for_joint(corpus: Path) -> None:
    compared = scored(corpus, {"harbour": [0.4, 0.8, 0.8, 0.8], "budget": [1, None]})
    figures = calibration(compared)
    assert figures["all"]["unscored"] == 1
    assert {kind: (row["n"], row["right"]) for kind, row in figures.items()} == {
        "direct": (1, 1),
        "indirect": (3, pytest.approx(2 / 3)),
        "mixed": (1, 1),
        "all": (5, 0.8),
    }
    assert figures["all"]["ece_width"] == pytest.approx((0.4 + 3 * 0.2 + 0) / 5)
    assert figures["all"]["auc"] == 1
    assert figures["all"]["bins"]["width"][0] == {"low": 0.4, "high": 0.4, "n": 1, "score": 0.4, "right": 0}


def test_scope_of_speech_leaves_thought_out(corpus: Path) -> None:
    compared = scored(corpus, {"harbour": [0.4, 0.8, 0.8, 0.8], "budget": [1, 1]})
    figures = calibration(compared, "speech")
    assert figures["all"]["n"] == 5
    assert figures["mixed"] == dict.fromkeys(figures["mixed"], None) | {"n": 0}


def test_predictions_without_scores_cannot_be_judged(corpus: Path) -> None:
    with pytest.raises(InputError, match="have no scores to calibrate"):
        calibration(scored(corpus, {}))
