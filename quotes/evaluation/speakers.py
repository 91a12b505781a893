"""Are speakers right?  Who a quotation is attributed to, against speakers that people gave to gold attributions.

Gold is stand-off JSON, a file or a folder of them: `{"items": [{"doc_id": str, "content": [[s, e], …],
"form": FORM, "speaker": str | null, "also": [str, …]}, …]}`, in code points.  "form" is what the source
looks like as printed; "speaker" is null where the source is anonymous, unnamed or absent; "also" are
further names that are right; "any" is true where several answers are right and the item is not judged.
A gold item is paired with the predicted quotation of its document whose content overlaps by half
(`quotes.evaluation.items`), one to one.  A name is right when it is one of the gold names, whatever its
case, accents and full stops.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from quotes.errors import InputError
from quotes.evaluation.items import Item, make_items, pair_items
from quotes.evaluation.polnear import read_text
from quotes.evaluation.scoring import precision_recall_f1
from quotes.evaluation.triples import MalformedError, Spans, Triple, spans_from_json, triple_from_json
from quotes.evaluation.views import View

Form = Literal["name", "pronoun", "description", "collective", "none"]
FORMS: tuple[Form, ...] = get_args(Form)
_ARTICLES = ("the ", "a ", "an ")


class GoldSpeaker(NamedTuple):
    """Who is the source of one gold attribution."""

    document_id: str
    content: Spans
    form: Form
    speaker: str | None
    also: tuple[str, ...] = ()
    any: bool = False
    """Not judged: two people at once, or a people that may as well go unnamed."""

    @property
    def names(self) -> frozenset[str]:
        """All right names, folded."""
        return frozenset(fold_name(name) for name in (self.speaker, *self.also) if name)


def fold_name(name: str) -> str:
    """A name without case, accents, full stops, possessives and leading article."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    plain = plain.replace("’", "'").replace(".", "").replace("'s", "").strip()
    for article in _ARTICLES:
        plain = plain.removeprefix(article)
    return plain


def read_speakers(path: Path) -> list[GoldSpeaker]:
    """The items of a file, or of all *.json of a folder; InputError names the file and item that is malformed."""
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    items = [item for file in files for item in _read_file(file)]
    if not items:
        raise InputError(str(path), "holds no items: name a file, or a folder of *.json, with speakers of contents")
    return items


def _read_file(path: Path) -> list[GoldSpeaker]:
    try:
        value = json.loads(read_text(path))
    except ValueError as error:
        raise InputError(str(path), "is no JSON: write an object with a list of items") from error
    if not isinstance(value, dict) or not isinstance(value.get("items"), list):
        raise InputError(str(path), 'needs "items": a list of objects with doc_id, content, form and speaker')
    return [_read_item(f"{path}, item {number}", raw) for number, raw in enumerate(value["items"], start=1)]


def _read_item(name: str, raw: object) -> GoldSpeaker:
    if not isinstance(raw, dict) or not isinstance(raw.get("doc_id"), str):
        raise InputError(name, 'needs "doc_id": the name of a text without .txt')
    if raw.get("form") not in FORMS:
        raise InputError(name, f'needs "form": one of {", ".join(FORMS)}')
    speaker, also = raw.get("speaker"), raw.get("also", [])
    if not isinstance(speaker, str | None) or not isinstance(also, list) or not all(isinstance(n, str) for n in also):
        raise InputError(name, 'needs "speaker": a name or null; "also" may list further names')
    try:
        content = spans_from_json("content", raw.get("content"))
    except MalformedError as error:
        raise InputError(name, str(error)) from error
    if not content:
        raise InputError(name, 'needs "content": [[start, end], …]')
    return GoldSpeaker(raw["doc_id"], content, raw["form"], speaker, tuple(also), bool(raw.get("any")))


Outcome = Literal["right", "wrong", "missing", "false", "unpaired", "open"]
"""Of a known speaker: right, wrong name, no name; of nobody: right (no name), false (a name); open: not judged."""


class Judged(NamedTuple):
    """A gold item, its text's view of it, and what became of it."""

    gold: GoldSpeaker
    item: Item
    found: str | None
    outcome: Outcome


def judge(
    gold: Sequence[GoldSpeaker], predicted: Mapping[str, Sequence[dict[str, Any]]], texts: Mapping[str, str]
) -> tuple[list[Judged], Counter[str]]:
    """Every gold item with its outcome, in order; and how many predictions there are of each type."""
    judged: list[Judged] = []
    predictions: Counter[str] = Counter()
    by_document: dict[str, list[GoldSpeaker]] = {}
    for item in gold:
        by_document.setdefault(item.document_id, []).append(item)
    for document_id, items in by_document.items():
        view = View(texts[document_id])
        rows = list(predicted.get(document_id, ()))
        mine = [make_items(view, [Triple((), (), item.content)])[0] for item in items]
        # An item keeps its place: a prediction without letters would shift the rows.
        theirs = [(row, made[0]) for row in rows if (made := make_items(view, [triple_from_json(row)]))]
        predictions.update(item.type for _, item in theirs)
        pairs = dict(pair_items(mine, [item for _, item in theirs]))
        for n, item in enumerate(items):
            row = theirs[pairs[n]][0] if n in pairs else None
            judged.append(Judged(item, mine[n], row.get("speaker") if row else None, _outcome(item, row)))
    return judged, predictions


def _outcome(gold: GoldSpeaker, row: Mapping[str, Any] | None) -> Outcome:
    if row is None:
        return "unpaired"
    found = row.get("speaker")
    if gold.any:
        return "open"
    if gold.speaker is None:
        return "false" if found else "right"
    if not found:
        return "missing"
    return "right" if fold_name(found) in gold.names else "wrong"


def identity(judged: Sequence[Judged], predictions: Mapping[str, int]) -> dict[str, Any]:
    """The payload on speakers: accuracy by form over paired known speakers, false names, and end to end F1.

    Figures over nothing are null.  "end_to_end" is over all gold of a type: a pair whose speaker is right
    (or rightly absent, or not judged) against all gold and all predictions of that type.
    """
    known = [j for j in judged if j.gold.speaker is not None and not j.gold.any]
    nobody = [j for j in judged if j.gold.speaker is None and not j.gold.any]
    return {
        "items": len(judged),
        "forms": {form: _accuracy([j for j in known if j.gold.form == form]) for form in FORMS}
        | {"all": _accuracy(known)},
        "nobody": _accuracy(nobody),
        "end_to_end": {kind: _end_to_end(judged, predictions, kind) for kind in ("direct", "indirect", "mixed")},
    }


def _accuracy(judged: Iterable[Judged]) -> dict[str, Any]:
    outcomes = Counter(j.outcome for j in judged)
    paired = outcomes.total() - outcomes["unpaired"]
    counts = {key: outcomes[key] for key in ("right", "wrong", "missing", "false")}
    return {"items": outcomes.total(), "paired": paired, **counts} | {
        "accuracy": counts["right"] / paired if paired else None
    }


def _end_to_end(judged: Iterable[Judged], predictions: Mapping[str, int], kind: str) -> list[float]:
    of_kind = [j for j in judged if j.item.type == kind]
    right = sum(j.outcome in {"right", "open"} for j in of_kind)
    return list(precision_recall_f1(right, predictions.get(kind, 0), right, len(of_kind)))
