"""The gate: what the tracker reaches on PolNeAR dev must not fall below its pinned floors.

To raise the floors: python -m quotes.evaluation.floors --update
"""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest
from spacy.language import Language

from quotes.errors import InputError
from quotes.evaluation import floors, predict, read_gold
from quotes.evaluation.evaluating import compare, score
from quotes.evaluation.heads import read_heads

FLOORS = Path(__file__).parent / "gold" / "floors.json"
MUST_REACH = {("all", "direct"): 0.92, ("all", "indirect"): 0.61, ("all", "mixed"): 0.76, ("all", "all"): 0.69}


@pytest.fixture(scope="session")
def measured(tagged: Language, shared: Path) -> floors.Measured:
    """What the tracker reaches, in the form of the floors; run once."""
    folder = shared / "data" / "polnear" / "dev"
    gold = read_gold(folder)
    predictions = predict({name: document.text for name, document in gold.items()}, tagged)
    compared = compare(gold, predictions, read_heads(shared / "eval" / "heads_dev.json"))
    return floors.describe(folder, {scope: score(compared, scope=scope)["types"] for scope in floors.SCOPES})


@pytest.mark.corpus
@pytest.mark.model
def test_no_figure_falls_below_its_floor(measured: floors.Measured) -> None:
    shown = "\n" + floors.table(floors.read_floors(FLOORS), measured)
    assert floors.shortfalls(floors.read_floors(FLOORS), measured) == [], shown


@pytest.mark.corpus
@pytest.mark.model
@pytest.mark.parametrize(("scope", "kind"), MUST_REACH)
def test_as_good_as_was_asked(measured: floors.Measured, scope: str, kind: str) -> None:
    assert measured["floors"][scope][kind] >= MUST_REACH[scope, kind]


@pytest.mark.corpus
def test_floors_are_of_this_corpus(shared: Path) -> None:
    folder = shared / "data" / "polnear" / "dev"
    pinned = floors.read_floors(FLOORS)
    assert pinned["sha256"] == floors.fingerprint(folder)
    assert pinned["documents"] == len(read_gold(folder)) == 84


# ----------------------------------------------------------------------------------- the gate itself

KINDS = ("direct", "indirect", "mixed", "all")
EXAMPLE = {
    "sha256": "0" * 64,
    "documents": 2,
    "gold": {scope: dict.fromkeys(KINDS, 4) for scope in floors.SCOPES},
    "floors": {scope: dict.fromkeys(KINDS, 0.5) for scope in floors.SCOPES},
}


def changed(scope: str, kind: str, value: float) -> floors.Measured:
    measured = copy.deepcopy(EXAMPLE)
    measured["floors"][scope][kind] = value
    return measured


@pytest.mark.parametrize(
    ("value", "problems"),
    [(0.6, []), (0.4975, []), (0.496, ["joint F1 mixed, scope speech: 49.60 < floor 50.00"])],
)
def test_gate_fails_below_a_floor_only(value: float, problems: list[str]) -> None:
    assert floors.shortfalls(EXAMPLE, changed("speech", "mixed", value)) == problems


@pytest.mark.parametrize("key", ["sha256", "documents", "gold"])
def test_gate_refuses_another_corpus(key: str) -> None:
    (problem,) = floors.shortfalls(EXAMPLE, {**EXAMPLE, key: None})
    assert f"({key} differ)" in problem


def test_floors_only_rise(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    assert floors.pin(path, EXAMPLE) == []
    raised = changed("all", "direct", 0.6)
    assert floors.pin(path, raised) == []
    # Less than the tolerance passes the gate, but may not be pinned.
    assert floors.pin(path, changed("all", "direct", 0.5999)) == [
        "joint F1 direct, scope all: would lower 60.00 to 59.99"
    ]
    assert floors.read_floors(path) == raised
    assert floors.pin(path, EXAMPLE, allow_regression=True) == []
    assert floors.read_floors(path) == EXAMPLE


def test_pinning_keeps_other_floors_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    path.write_text(json.dumps(EXAMPLE | {"claims": {"documents": 1}}))
    assert floors.pin(path, EXAMPLE) == []
    assert json.loads(path.read_text()) == EXAMPLE | {"claims": {"documents": 1}}


def test_fingerprint_changes_with_any_file(tmp_path: Path) -> None:
    for name in ("text/a.txt", "attributions/a_x.ann", "attributions/notes.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("one")
    first = floors.fingerprint(tmp_path)
    (tmp_path / "attributions/notes.md").write_text("two")
    assert floors.fingerprint(tmp_path) == first
    (tmp_path / "attributions/a_x.ann").write_text("two")
    second = floors.fingerprint(tmp_path)
    (tmp_path / "text/a.txt").rename(tmp_path / "text/b.txt")
    assert len({first, second, floors.fingerprint(tmp_path)}) == 3


@pytest.mark.parametrize("content", [None, "{", "[]", json.dumps({"floors": {}})])
def test_unreadable_floors_say_how_to_mend_them(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "floors.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(InputError, match="pin floors with --update"):
        floors.read_floors(path)
