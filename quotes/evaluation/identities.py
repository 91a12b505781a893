"""Is one person one speaker across documents, and are two two?

Gold is YAML: a list of `{doc, outlet, published, text, speakers: {name as printed: who that is}}`.  The texts
are extracted, stored in the order of the file in a temporary database, and each name is looked up in what the
document's speakers were taken for.  Scored by pairs of mentions, and by B-cubed (Bagga & Baldwin, 1998).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import yaml

from quotes.errors import InputError
from quotes.evaluation.scoring import precision_recall_f1
from quotes.models import Document, make_id

if TYPE_CHECKING:
    from spacy.language import Language

    from quotes.identity.roster import Known

WORST = 25
"""How many of the worst errors are listed."""


@dataclass(frozen=True, slots=True)
class Told:
    """One name of one document, and who it is."""

    document_id: str
    name: str
    identity: str


@dataclass(frozen=True, slots=True)
class Found:
    """Which speaker the database says that is, and why."""

    speaker_id: str
    method: str
    why: str


def read_identities(path: Path) -> tuple[list[Document], list[Told]]:
    """Texts and identities of a gold file; InputError names what is not as it should be."""
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))
        documents = [_document(row) for row in rows]
        told = [Told(d.id, name, str(who)) for d, row in zip(documents, rows, strict=True)
                for name, who in row["speakers"].items()]  # fmt: skip
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise InputError(str(path), "is no list of {doc, text, speakers: {name: who}}: see docs/quality.md") from error
    return documents, told


def _document(row: Mapping[str, Any]) -> Document:
    text, name = str(row["text"]), str(row["doc"])
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    published = str(row["published"]) if row.get("published") else None
    return Document(make_id("d", name), name, sha256, text, outlet=row.get("outlet"), published=published)


def identify(
    documents: Sequence[Document], told: Iterable[Told], nlp: Language, roster: Iterable[Known] = ()
) -> dict[Told, Found]:
    """Who the names are in a database made of the documents, in their order; names of nobody found are left out."""
    from quotes.store import Store
    from quotes.tracker import Failed, make_run, track

    with TemporaryDirectory() as folder, Store.open(Path(folder) / "identities.db") as store:
        store.load_roster(roster)
        run = make_run(nlp)
        for result in track(documents, nlp):
            if isinstance(result, Failed):
                raise InputError(result.document.input, result.message)
            store.save(result, run)
        store.settle_speakers()
        linked: dict[tuple[str, str], Found] = {}
        for row in store.db.query("SELECT * FROM document_speakers ORDER BY rowid"):
            for name in json.loads(row["names"]):
                key = (row["document_id"], name.casefold())
                linked.setdefault(key, Found(row["speaker_id"], row["method"], row["why"]))
    return {t: linked[t.document_id, t.name.casefold()] for t in told if (t.document_id, t.name.casefold()) in linked}


def evaluate_identities(path: Path, nlp: Language) -> dict[str, Any]:
    """Score a gold file in its order, and once more from its end: the order must not matter much."""
    documents, told = read_identities(path)
    forward = score_identities(told, identify(documents, told, nlp))
    backward = score_identities(told, identify(documents[::-1], told, nlp))
    return {**forward, "reversed": {name: backward[name] for name in ("pairs", "b_cubed", "speakers")}}


def score_identities(told: Sequence[Told], found: Mapping[Told, Found]) -> dict[str, Any]:
    """Figures by pairs and B-cubed, how many names were not found, and the worst errors."""
    mentions = [t for t in told if t in found]
    right, joined, meant = 0, 0, 0
    false_joins, missed = Counter[Told](), Counter[Told]()
    for one, other in combinations(mentions, 2):
        is_joined = found[one].speaker_id == found[other].speaker_id
        is_one = one.identity == other.identity
        right += is_joined and is_one
        joined += is_joined
        meant += is_one
        if is_joined != is_one:
            (false_joins if is_joined else missed).update((one, other))
    return {
        "mentions": len(told),
        "unmatched": len(told) - len(mentions),
        "identities": len({t.identity for t in mentions}),
        "speakers": len({found[t].speaker_id for t in mentions}),
        "pairs": _rounded(precision_recall_f1(right, joined, right, meant)),
        "b_cubed": _b_cubed(mentions, found),
        "false_joins": _worst(false_joins, found),
        "missed_joins": _worst(missed, found),
    }


def _rounded(figures: Sequence[float]) -> dict[str, float]:
    return {name: round(value, 4) for name, value in zip(("precision", "recall", "f1"), figures, strict=True)}


def _b_cubed(mentions: Sequence[Told], found: Mapping[Told, Found]) -> dict[str, float]:
    by_gold, by_speaker = defaultdict(set), defaultdict(set)
    for mention in mentions:
        by_gold[mention.identity].add(mention)
        by_speaker[found[mention].speaker_id].add(mention)
    precision = recall = 0.0
    for mention in mentions:
        gold, speaker = by_gold[mention.identity], by_speaker[found[mention].speaker_id]
        precision += len(gold & speaker) / len(speaker) / len(mentions)
        recall += len(gold & speaker) / len(gold) / len(mentions)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return _rounded((precision, recall, f1))


def _worst(counts: Counter[Told], found: Mapping[Told, Found]) -> list[dict[str, Any]]:
    return [
        {
            "name": told.name, "document": told.document_id, "is": told.identity, "taken_for": found[told].speaker_id,
            "pairs": count, "method": found[told].method, "why": found[told].why,
        }
        for told, count in counts.most_common(WORST)
    ]  # fmt: skip
