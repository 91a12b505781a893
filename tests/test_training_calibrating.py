"""Raw scores are brought to how often they are right."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from quotes.evaluation.calibration import Judged, equal_width, expected_error
from quotes.quotations.tagger.confidence import Calibration
from quotes.training.calibrating import fit, write


def judged(calibration: Calibration, count: int = 4000) -> list[Judged]:
    """Raw scores, right as often as a calibration says."""
    rng = random.Random(1)  # noqa: S311
    scores = [rng.random() for _ in range(count)]
    return [Judged(score, rng.random() < calibration.apply(score)) for score in scores]


@pytest.mark.parametrize("truth", [Calibration(0.6, 1.0), Calibration(1.5, -0.5), Calibration(1.0, 0.0)])
def test_the_curve_that_made_the_outcomes_is_found_again(truth: Calibration) -> None:
    found = fit(judged(truth))
    assert found is not None
    assert found[:3] == pytest.approx(truth[:3], abs=0.2)


def test_words_in_marks_have_an_offset_of_their_own() -> None:
    truth = Calibration(0.6, 1.0, 1.5)
    rng = random.Random(2)  # noqa: S311
    scores = [one.score for one in judged(truth)]
    quoted = [Judged(score, rng.random() < truth.apply(score, quoted=True)) for score in scores]
    found = fit(judged(truth), quoted)
    assert found is not None and found[:3] == pytest.approx(truth[:3], abs=0.25)
    assert found.apply(0.7, quoted=True) > found.apply(0.7)


def test_calibrated_scores_are_off_by_less() -> None:
    outcomes = judged(Calibration(0.6, 1.0))
    found = fit(outcomes)
    assert found is not None
    mended = [Judged(found.apply(one.score), one.right) for one in outcomes]
    assert expected_error(equal_width(mended)) < 0.03 < expected_error(equal_width(outcomes))


@pytest.mark.parametrize("right", [True, False])
def test_nothing_is_learned_where_all_end_alike(right: bool) -> None:
    assert fit([Judged(0.2, right), Judged(0.9, right)]) is None


def test_nothing_is_learned_from_nothing() -> None:
    assert fit([]) is None


def test_the_card_keeps_the_rest(tmp_path: Path) -> None:
    (tmp_path / "model.json").write_text('{"format": 1, "calibration": null}', encoding="utf-8")
    write(tmp_path, Calibration(0.5, 0.25))
    card = json.loads((tmp_path / "model.json").read_text(encoding="utf-8"))
    assert card == {"format": 1, "calibration": {"slope": 0.5, "offset": 0.25, "quoted": 0.0, "least": 0.0}}
