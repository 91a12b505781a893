"""Are acts right?  Speech, writing or thought, against acts that people gave to gold cues.

Gold is stand-off JSON, a file or a folder of them: `{"guidelines": "…", "items": [{"doc_id": str,
"cue": [[s, e], …], "content_start": int, "act": "speech" | "writing" | "thought"}, …]}`, in code points.
Each gold item is paired with the predicted quotation of its document whose cue shares most characters
with its own; of several, the one whose content starts nearest to `content_start`.  The accuracy over the
paired is that of acts alone; over all items, unpaired ones are wrong.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from quotes.errors import InputError
from quotes.evaluation.polnear import read_text
from quotes.evaluation.triples import ACTS, MalformedError, Spans, Triple, spans_from_json, triple_from_json
from quotes.models import Act

UNPAIRED = "unpaired"
NO_ACT = "none"
Confusion = Counter[tuple[Act, str]]
"""(gold act, predicted act, "none" or "unpaired") → how many items."""


class GoldAct(NamedTuple):
    """The act that a person gave to one cue."""

    document_id: str
    cue: Spans
    content_start: int
    act: Act


def read_acts(path: Path) -> list[GoldAct]:
    """The items of a file, or of all *.json of a folder; InputError names the file and item that is malformed."""
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    items = [item for file in files for item in _read_file(file)]
    if not items:
        raise InputError(str(path), "holds no items: name a file, or a folder of *.json, with acts of cues")
    return items


def _read_file(path: Path) -> list[GoldAct]:
    try:
        value = json.loads(read_text(path))
    except ValueError as error:
        raise InputError(str(path), "is no JSON: write an object with a list of items") from error
    if not isinstance(value, dict) or not isinstance(value.get("items"), list):
        raise InputError(str(path), 'needs "items": a list of objects with doc_id, cue, content_start and act')
    return [_read_item(f"{path}, item {number}", raw) for number, raw in enumerate(value["items"], start=1)]


def _read_item(name: str, raw: object) -> GoldAct:
    if not isinstance(raw, dict) or not isinstance(raw.get("doc_id"), str):
        raise InputError(name, 'needs "doc_id": the name of a text without .txt')
    if type(raw.get("content_start")) is not int:
        raise InputError(name, 'needs "content_start": where the content starts, in code points')
    if raw.get("act") not in ACTS:
        raise InputError(name, f'needs "act": one of {", ".join(ACTS)}')
    try:
        return GoldAct(raw["doc_id"], spans_from_json("cue", raw.get("cue")), raw["content_start"], raw["act"])
    except MalformedError as error:
        raise InputError(name, str(error)) from error


def read_texts(folder: Path, document_ids: Iterable[str]) -> dict[str, str]:
    """Document id → text, from `folder`/text/<document id>.txt."""
    return {name: read_text(folder / "text" / f"{name}.txt") for name in sorted(document_ids)}


def act_accuracy(gold_items: Sequence[GoldAct], predicted: Mapping[str, Sequence[dict[str, Any]]]) -> dict[str, Any]:
    """The payload on acts: counts, accuracies (null where over nothing), and the confusion of acts.

    `predicted` is document id → attributions in their JSON form, with "cue" and "act".
    """
    found = {name: [triple_from_json(value) for value in values] for name, values in predicted.items()}
    confusion: Confusion = Counter()
    for item in gold_items:
        pair = paired_with(item, found.get(item.document_id, ()))
        confusion[item.act, (pair.act or NO_ACT) if pair else UNPAIRED] += 1
    return {**_accuracy(confusion, ACTS), "acts": {act: _accuracy(confusion, (act,)) for act in ACTS}} | {
        "confusion": {act: {other: confusion[act, other] for other in (*ACTS, NO_ACT, UNPAIRED)} for act in ACTS}
    }


def paired_with(item: GoldAct, triples: Iterable[Triple]) -> Triple | None:
    """The prediction whose cue overlaps the gold cue most, None where none does."""
    candidates = [(_common(item.cue, t.cue), -_distance(item, t), -n, t) for n, t in enumerate(triples)]
    shared, *_, best = max(candidates, default=(0, 0, 0, None), key=lambda candidate: candidate[:3])
    return best if shared else None


def _distance(item: GoldAct, triple: Triple) -> int:
    return min((abs(start - item.content_start) for start, _ in triple.content), default=0)


def _common(one: Spans, other: Spans) -> int:
    """How many characters two lists of spans share."""
    characters = ({i for start, end in spans for i in range(start, end)} for spans in (one, other))
    return len(set.intersection(*characters))


def _accuracy(confusion: Confusion, acts: Sequence[Act]) -> dict[str, Any]:
    items = sum(n for (gold, _), n in confusion.items() if gold in acts)
    paired = items - sum(confusion[act, UNPAIRED] for act in acts)
    right = sum(confusion[act, act] for act in acts)
    return {
        "items": items,
        "paired": paired,
        "right": right,
        "accuracy_paired": right / paired if paired else None,
        "accuracy_all": right / items if items else None,
    }
