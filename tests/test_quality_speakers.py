"""Who speaks, measured on what was annotated: figures may rise, not fall."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotes.evaluation.acts import read_texts
from quotes.evaluation.predictions import predict
from quotes.evaluation.speakers import identity, judge, read_speakers

GOLD = Path(__file__).parent / "gold"
pytestmark = [pytest.mark.model]

ACCURACY = {"name": 0.95, "pronoun": 0.86, "description": 0.60}
FALSE_NAMES = 0.04
DIRECT = 0.895


@pytest.mark.corpus
def test_who_speaks_in_articles_of_polnear(shared: Path, tagged) -> None:
    items = read_speakers(GOLD / "speakers")
    texts = read_texts(shared / "data" / "polnear" / "dev", {item.document_id for item in items})
    found = identity(*judge(items, predict(texts, tagged), texts))
    reached = {form: round(found["forms"][form]["accuracy"], 3) for form in ACCURACY}
    assert all(reached[form] >= least for form, least in ACCURACY.items()), reached
    assert 1 - found["nobody"]["accuracy"] <= FALSE_NAMES
    assert found["end_to_end"]["direct"][2] >= DIRECT
