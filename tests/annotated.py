"""A small annotated corpus, written as PolNeAR is: texts of our own, and their gold in brat files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

HARBOUR = (
    "The mayor said the harbour will open in May.\n"
    '"We are ready," Ada Brook told reporters. "The cranes work."\n'
    "Officials believe the cost “may double” by June.\n"
    "It was reported that two ferries sank.\n"
)
BUDGET = 'According to Tom Reed, taxes fell.\nREED: "No."\n'


def at(text: str, *printed: str) -> list[list[int]]:
    """The spans of these words, each looked for behind the one before."""
    spans, position = [], 0
    for words in printed:
        start = text.index(words, position)
        position = start + len(words)
        spans.append([start, position])
    return spans


def triple(text: str, source: list[str], cue: list[str], content: list[str]) -> dict:
    return {"source": at(text, *source) or None, "cue": at(text, *cue) or None, "content": at(text, *content)}


HARBOUR_GOLD = [
    triple(HARBOUR, ["The mayor"], ["said"], ["the harbour will open in May"]),
    triple(HARBOUR, ["Ada Brook"], ["told"], ["We are ready", "The cranes work"]),
    triple(HARBOUR, ["Officials"], ["believe"], ["the cost “may double” by June"]),
    triple(HARBOUR, [], ["reported"], ["two ferries sank"]),
]
BUDGET_GOLD = [
    triple(BUDGET, ["Tom Reed"], ["According to"], ["taxes fell"]),
    triple(BUDGET, ["REED"], [":"], ['"No."']),
]
GOLD = {"harbour": (HARBOUR, HARBOUR_GOLD), "budget": (BUDGET, BUDGET_GOLD)}


def brat(text: str, triples: list[dict]) -> str:
    """The brat file of triples, every content one discontinuous T-line."""
    lines, number = [], 0
    for event, found in enumerate(triples, start=1):
        arguments = []
        for role in ("source", "cue", "content"):
            if not found[role]:
                continue
            number += 1
            offsets = ";".join(f"{start} {end}" for start, end in found[role])
            printed = " ".join(text[start:end] for start, end in found[role])
            lines.append(f"T{number}\t{role.title()} {offsets}\t{printed}")
            arguments.append(f"{role.title()}:T{number}")
        lines.append(f"E{event}\t" + " ".join(arguments))
    return "\n".join(lines) + "\n"


def write_corpus(folder: Path, gold: dict[str, tuple[str, list[dict]]]) -> Path:
    (folder / "text").mkdir(parents=True)
    (folder / "attributions").mkdir()
    for name, (text, triples) in gold.items():
        (folder / "text" / f"{name}.txt").write_bytes(text.encode())
        (folder / "attributions" / f"{name}_a1.ann").write_bytes(brat(text, triples).encode())
    return folder


def copies(gold: dict[str, tuple[str, list[dict]]] = GOLD) -> dict[str, list[dict]]:
    return {name: json.loads(json.dumps(triples)) for name, (_, triples) in gold.items()}


def jsonl(predictions: dict[str, list[dict]]) -> str:
    return "".join(json.dumps({"doc_id": name, "attributions": found}) + "\n" for name, found in predictions.items())


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus" / "dev", GOLD)


@pytest.fixture
def no_heads(tmp_path: Path) -> Path:
    """A file of heads without any: every source is its own head, and no model is needed."""
    path = tmp_path / "heads.json"
    path.write_text("{}")
    return path
