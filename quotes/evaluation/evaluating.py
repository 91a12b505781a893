"""Predictions against gold: the figures that `quotes evaluate` prints.

The payload is `{"scope", "documents", "types", "slices"}`, and `"outlets"` when asked for.  "types"
is type → measure → figure, or [precision, recall, F1], and "ci" with their intervals; "slices" is
slice → [gold, found, joint], over all attributions whatever the scope; "outlets" is outlet → types.
By outlet, and where `unlinked` is asked for, every type has unlinked sources and cues ("role_source",
"role_cue"; unlinked pieces of contents are "frag") and all of its F1 figures have intervals.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

from quotes.evaluation.bootstrap import intervals
from quotes.evaluation.heads import Heads, get_heads
from quotes.evaluation.items import Item, keep_speech, make_items
from quotes.evaluation.polnear import GoldDocument, read_gold, read_outlets
from quotes.evaluation.scoring import Counts, Scores, add_up, count_document, summarise
from quotes.evaluation.slices import count_slices, new_table
from quotes.evaluation.triples import triple_from_json
from quotes.evaluation.views import View

Scope = Literal["all", "speech"]
Gold = Mapping[str, GoldDocument]
Predicted = Mapping[str, list[dict[str, Any]]]


class Compared(NamedTuple):
    """A document's gold beside its predictions, in scope "all"."""

    document_id: str
    view: View
    gold: list[Item]
    predicted: list[Item]


def evaluate(
    gold_folder: Path,
    predictions: Predicted,
    *,
    scope: Scope = "all",
    boot: int = 0,
    heads: Path | None = None,
    model: str | None = None,
    slices: bool = False,
    by_outlet: bool = False,
) -> dict[str, Any]:
    """Score predictions against a folder of gold; documents without predictions count as empty."""
    gold = read_gold(gold_folder)
    outlets = read_outlets(gold_folder) if by_outlet else None
    compared = compare(gold, predictions, get_heads(gold, heads, model))
    payload = score(compared, scope=scope, boot=boot, slices=slices, unlinked=by_outlet)
    if outlets is not None:
        payload["outlets"] = score_outlets(compared, outlets, scope, boot)
    return payload


def compare(gold: Gold, predictions: Predicted, heads: Heads) -> list[Compared]:
    """Every gold document beside its predictions, in the order of the gold."""
    return list(_compare(gold, predictions, heads))


def _compare(gold: Gold, predictions: Predicted, heads: Heads) -> Iterator[Compared]:
    for document_id, document in gold.items():
        view = View(document.text)
        predicted = [triple_from_json(value) for value in predictions.get(document_id, [])]
        items = make_items(view, document.attributions, heads.get(document_id))
        yield Compared(document_id, view, items, make_items(view, predicted))


def score(
    compared: list[Compared], *, scope: Scope = "all", boot: int = 0, slices: bool = False, unlinked: bool = False
) -> dict[str, Any]:
    """The payload of compared documents; `boot` is the number of resamples for 95 % intervals, 0 for none."""
    types = _score_types([_count(document, scope) for document in compared], boot, unlinked=unlinked)
    table = _slices(compared) if slices else None
    return {"scope": scope, "documents": len(compared), "types": types, "slices": table}


def score_outlets(
    compared: list[Compared], outlets: Mapping[str, str], scope: Scope, boot: int = 0
) -> dict[str, Scores]:
    """Outlet → figures, with "documents" under "all"; documents of no known outlet come under "unknown"."""
    documents: defaultdict[str, list[Counts]] = defaultdict(list)
    for document in compared:
        documents[outlets.get(document.document_id, "unknown")].append(_count(document, scope))
    scores = {outlet: _score_types(documents[outlet], boot, unlinked=True) for outlet in sorted(documents)}
    for outlet, types in scores.items():
        types["all"]["documents"] = len(documents[outlet])
    return scores


def _score_types(documents: Sequence[Counts], boot: int, *, unlinked: bool) -> Scores:
    types = summarise(add_up(documents), unlinked=unlinked)
    if boot:
        for kind, found in intervals(documents, boot, unlinked=unlinked).items():
            types[kind]["ci"] = found
    return types


def _count(document: Compared, scope: Scope) -> Counts:
    _, view, gold, predicted = in_scope(document, scope)
    return count_document(view, gold, predicted)


def in_scope(document: Compared, scope: Scope) -> Compared:
    """The document with the gold of a scope, and the predictions that count there."""
    if scope == "all":
        return document
    gold, predicted = keep_speech(document.view, document.gold, document.predicted)
    return document._replace(gold=gold, predicted=predicted)


def _slices(compared: list[Compared]) -> dict[str, list[int]]:
    table = new_table()
    for document in compared:
        count_slices(table, document.view, document.gold, document.predicted)
    return dict(sorted(table.items()))


def mismatches(gold: Collection[str], predictions: Collection[str]) -> list[str]:
    """What a user should know before trusting the figures: documents on one side only."""
    without, unknown = set(gold) - set(predictions), set(predictions) - set(gold)
    said = []
    if without:
        said.append(f"{len(without)} documents without predictions (scored as empty), as {min(without)}")
    if unknown:
        said.append(f"{len(unknown)} documents predicted but not in gold (left out), as {min(unknown)}")
    return said
