"""Quotations on real news: the scores on PolNeAR dev may only rise, and the user's document is read well."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from spacy.language import Language

from quotes.models import Quotation
from quotes.quotations.component import get_quotations

pytestmark = [pytest.mark.model, pytest.mark.corpus]

FLOORS = [
    pytest.param("all", "direct", 88.0, id="direct"),
    pytest.param("all", "mixed", 66.0, id="mixed"),
    pytest.param("all", "indirect", 54.0, id="indirect"),
    pytest.param("all", "all", 63.0, id="all"),
    pytest.param("speech", "all", 76.5, id="all-speech"),
]
"""Joint F1 in percent."""


@pytest.fixture(scope="module")
def scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_attributions", shared / "eval" / "score_attributions.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def scores(nlp: Language, shared: Path, scorer: ModuleType) -> dict:
    gold = scorer.read_gold(shared / "data" / "polnear" / "dev")
    heads = scorer.get_heads(gold, shared / "eval" / "heads_dev.json", "")
    with nlp.select_pipes(disable=["speakers", "claims"]):
        docs = dict(zip(gold, nlp.pipe((d["text"] for d in gold.values()), batch_size=32), strict=True))
    predictions = {
        name: [
            {"source": q.source or None, "cue": q.cue or None, "content": q.content} for q in get_quotations(doc)
        ]
        for name, doc in docs.items()
    }  # fmt: skip
    return {scope: scorer.evaluate(gold, predictions, heads, scope) for scope in ("all", "speech")}


@pytest.mark.parametrize(("scope", "kind", "floor"), FLOORS)
def test_joint_f1_on_polnear_dev(scores: dict, scope: str, kind: str, floor: float) -> None:
    assert 100 * scores[scope][kind]["joint"][2] >= floor


@pytest.fixture(scope="module")
def document(nlp: Language, shared: Path) -> tuple[str, tuple[Quotation, ...]]:
    text = (shared / "data" / "seed" / "reuters-2025-02-13.txt").read_bytes().decode("utf-8")
    return text, get_quotations(nlp(text))


@pytest.mark.parametrize(
    ("kind", "source", "cue", "held"),
    [
        ("direct", "Rubio", "told", ["not good", "traffickers"]),
        ("direct", "Rubio", "said", ["farther down"]),
        ("direct", "Rubio", "said", ["assistance program"]),
        ("indirect", "Rubio, who", "said", ["repatriating migrants", "disincentive"]),
        ("indirect", "Rubio", "said", ["waiver had to be issued", "broader waiver"]),
        ("indirect", "He", "credited", ["deportation program", "Darien Gap", "90%"]),
        ("indirect", "Washington", "are credited", ["His policies", "reducing the number"]),
    ],
)
def test_the_users_document(
    document: tuple[str, tuple[Quotation, ...]], kind: str, source: str, cue: str, held: list[str]
) -> None:
    text, found = document

    def printed(spans: tuple[tuple[int, int], ...]) -> str:
        return " ".join(text[start:end] for start, end in spans)

    (match,) = [q for q in found if all(words in printed(q.content) for words in held)]
    assert (match.type, printed(match.cue)) == (kind, cue)
    assert printed(match.source).startswith(source)
