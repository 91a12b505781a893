"""Our scorer gives every figure that the reference scorer gives, where that is present."""

from __future__ import annotations

import importlib.util
import json
import random
import sys
from pathlib import Path
from types import ModuleType

import pytest
from annotated import write_corpus
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.evaluation import evaluate, read_gold
from quotes.evaluation.heads import find_heads, read_heads


@pytest.fixture(scope="session")
def reference(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_attributions", shared / "eval" / "score_attributions.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses and typing look modules up there
    spec.loader.exec_module(module)
    return module


def reference_payload(reference: ModuleType, folder: Path, predictions: dict, heads: dict, scope: str, boot: int = 0):
    docs = reference.read_gold(folder)
    types = reference.evaluate(docs, predictions, heads, scope, boot)
    slices = reference.slice_recall(docs, predictions, heads)
    return {"scope": scope, "documents": len(docs), "types": types, "slices": slices}


PIECES = [
    '"',
    "“",
    "”",
    "''",
    "``",
    "«",
    "’’",
    "\n",
    " ",
    " ",
    "said",
    "believes",
    "Ada",
    "it",
    "7",
    "é",
    ", ",
    "mayor",
]
TEXTS = st.lists(st.sampled_from(PIECES), min_size=4, max_size=40).map("".join)


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, list[dict], list[dict]]:
    """A text, its gold and predictions for it: gold kept, moved, or made up."""
    text = draw(TEXTS)
    edge = st.integers(0, len(text) + 2)
    span = st.tuples(edge, edge).filter(lambda pair: pair[0] != pair[1]).map(sorted)
    some = st.none() | st.lists(span, min_size=1, max_size=2).map(sorted)
    made_up = st.fixed_dictionaries(
        {"source": some, "cue": some, "content": st.lists(span, min_size=1, max_size=3).map(sorted)}
    )
    gold = draw(st.lists(made_up, max_size=5))
    kept = st.sampled_from(gold) if gold else made_up
    moved = st.builds(lambda one, other: {**one, "source": other["source"]}, kept, made_up)
    return text, gold, draw(st.lists(st.one_of(kept, moved, made_up), max_size=6))


@pytest.mark.corpus
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(documents(), min_size=1, max_size=3), scope=st.sampled_from(["all", "speech"]))
def test_agrees_with_the_reference_on_anything(reference: ModuleType, tmp_path_factory, drawn, scope: str) -> None:
    folder = tmp_path_factory.mktemp("gold")
    gold = {f"d{n}": (text, triples) for n, (text, triples, _) in enumerate(drawn)}
    write_corpus(folder / "dev", gold)
    heads = {
        name: {json.dumps(t["source"]): t["source"][0] for t in ts if t["source"]} for name, (_, ts) in gold.items()
    }
    (folder / "heads.json").write_text(json.dumps(heads))
    predictions = {f"d{n}": found for n, (_, _, found) in enumerate(drawn)}
    ours = evaluate(folder / "dev", predictions, scope=scope, heads=folder / "heads.json", slices=True)
    assert ours == reference_payload(reference, folder / "dev", predictions, heads, scope)


def perturb(folder: Path, seed: int) -> dict[str, list[dict]]:
    """Gold with words of its spans cut off, sources swapped and dropped, attributions lost and doubled."""
    rng = random.Random(seed)  # noqa: S311
    found = {}
    for name, document in read_gold(folder).items():
        triples = [
            {role: [list(span) for span in getattr(t, role)] or None for role in ("source", "cue", "content")}
            for t in document.attributions
            if rng.random() < 0.8
        ]
        for t in triples:
            for role in ("source", "content"):
                if t[role] and rng.random() < 0.5:
                    start, end = t[role][-1]
                    t[role][-1] = [start, max(start + 1, end - rng.randrange(60))]
            if rng.random() < 0.3:
                t["source"] = rng.choice(triples)["source"]
        found[name] = triples + rng.sample(triples, len(triples) // 10)
    return found


@pytest.mark.corpus
@pytest.mark.parametrize("scope", ["all", "speech"])
def test_agrees_with_the_reference_on_polnear(reference: ModuleType, shared: Path, scope: str) -> None:
    folder, heads = shared / "data" / "polnear" / "dev", shared / "eval" / "heads_dev.json"
    predictions = perturb(folder, seed=3)
    ours = evaluate(folder, predictions, scope=scope, boot=40, heads=heads, slices=True)
    theirs = reference_payload(reference, folder, predictions, json.loads(heads.read_text()), scope, boot=40)
    assert ours == theirs
    assert 0.3 < ours["types"]["all"]["joint"][2] < 0.9  # perturbed enough to mean something


@pytest.mark.corpus
@pytest.mark.model
def test_heads_are_those_of_the_reference(shared: Path) -> None:
    gold = read_gold(shared / "data" / "polnear" / "dev")
    some = dict(list(gold.items())[:4])
    pinned = read_heads(shared / "eval" / "heads_dev.json")
    assert find_heads(some) == {name: pinned[name] for name in some}
