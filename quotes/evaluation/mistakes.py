"""What went wrong, one by one: gold against found, and the kinds of error of each.

In: compared documents.  Out: the errors of each in text order.  A pair (IoU >= 0.5) can be wrong in
several ways at once; gold and predictions without a pair are missed and spurious.  What overlaps a
missed or spurious attribution too little to pair with it is kept beside it, for the reader to compare.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple, get_args

from quotes.evaluation.evaluating import Compared
from quotes.evaluation.items import Item, head_correct, iou, is_speech, pair_items
from quotes.evaluation.views import View
from quotes.models import QuotationType

Kind = Literal["missed", "spurious", "source", "boundary", "type"]
KINDS: tuple[Kind, ...] = get_args(Kind)


class Mistake(NamedTuple):
    """One error: its kinds, and the gold and the prediction to compare.

    `gold` is None only where nothing annotated overlaps a spurious prediction, `found` only where
    nothing predicted overlaps missed gold.
    """

    kinds: tuple[Kind, ...]
    gold: Item | None
    found: Item | None
    type: QuotationType
    """That of the gold, of a spurious prediction its own."""
    speech: bool
    """Whether the cue is of speech: the gold cue, of a spurious prediction its own."""


class CueCount(NamedTuple):
    """How often a cue, in lower case, is missed (of gold) or spurious (of predictions)."""

    cue: str
    wrong: int
    total: int


def mistakes_of(document: Compared) -> list[Mistake]:
    """The errors of one document in the order of their content."""
    _, view, gold, predicted = document
    pairs = dict(pair_items(gold, predicted))
    found = list(_of_gold(view, gold, predicted, pairs))
    found += [
        Mistake(("spurious",), _nearest(item, gold), item, item.type, is_speech(view, item))
        for j, item in enumerate(predicted)
        if j not in pairs.values()
    ]
    return sorted(found, key=_position)


def _of_gold(view: View, gold: Sequence[Item], predicted: Sequence[Item], pairs: dict[int, int]) -> Iterator[Mistake]:
    for i, item in enumerate(gold):
        if i not in pairs:
            yield Mistake(("missed",), item, _nearest(item, predicted), item.type, is_speech(view, item))
        elif kinds := _kinds(item, predicted[pairs[i]]):
            yield Mistake(kinds, item, predicted[pairs[i]], item.type, is_speech(view, item))


def _kinds(gold: Item, predicted: Item) -> tuple[Kind, ...]:
    wrong: dict[Kind, bool] = {
        "source": not head_correct(gold, predicted),
        "boundary": gold.content != predicted.content,
        "type": gold.type != predicted.type,
    }
    return tuple(kind for kind, applies in wrong.items() if applies)


def _nearest(item: Item, others: Sequence[Item]) -> Item | None:
    likeness, _, best = max(
        ((iou(item.content, other.content), -n, other) for n, other in enumerate(others)),
        key=lambda candidate: candidate[:2],
        default=(0, 0, None),
    )
    return best if likeness else None


def _position(mistake: Mistake) -> int:
    item = mistake.found if "spurious" in mistake.kinds else mistake.gold
    return min(item.content) if item else 0


def count_kinds(mistakes: Sequence[Mistake]) -> Counter[tuple[str, str]]:
    """(kind or "all", type or "all") → how many; an error of two kinds counts once in "all"."""
    counts: Counter[tuple[str, str]] = Counter()
    for mistake in mistakes:
        for kind in (*mistake.kinds, "all"):
            counts[kind, mistake.type] += 1
            counts[kind, "all"] += 1
    return counts


def count_cues(
    documents: Iterable[tuple[Compared, Sequence[Mistake]]], kind: Literal["missed", "spurious"]
) -> list[CueCount]:
    """How often each cue is missed or spurious, the most often first; a missing cue is ""."""
    wrong: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for document, mistakes in documents:
        view = document.view
        total.update(_cue(view, item) for item in (document.gold if kind == "missed" else document.predicted))
        items = (m.gold if kind == "missed" else m.found for m in mistakes if kind in m.kinds)
        wrong.update(_cue(view, item) for item in items if item)
    return [CueCount(cue, n, total[cue]) for cue, n in sorted(wrong.items(), key=lambda row: (-row[1], row[0]))]


def _cue(view: View, item: Item) -> str:
    return " ".join(view.words(item.triple.cue).lower().split())
