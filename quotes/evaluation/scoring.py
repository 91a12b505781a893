"""From items to figures: what is counted in a document, and precision, recall and F1 of the sums.

Counts are kept per document, because intervals and outlets need them one by one; their key is
(statistic, type), with every type counted again under "all".  A statistic that ends in `_g` is over
gold, one in `_p` over predictions.

    exact   same characters           norm   same letters and digits     soft   mean share covered
    tok     share covered, pooled     pair   paired at IoU >= 0.5        joint  paired and source right
    frag    same letters and digits, every piece of a content by itself
    role_…  same letters and digits, every piece of a source or cue by itself, whatever it belongs to
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from quotes.evaluation.items import Item, head_correct, pair_items
from quotes.evaluation.triples import Spans
from quotes.evaluation.views import Offsets, View

TYPES = ("direct", "indirect", "mixed", "all")
ROLES = ("source", "cue")
Counts = Counter[tuple[str, str]]
Scores = dict[str, dict[str, Any]]
"""Type → measure → figure, or (precision, recall, F1)."""


def count_document(view: View, gold: Sequence[Item], predicted: Sequence[Item]) -> Counts:
    """All that is counted in one document."""
    counts: Counts = Counter()
    for side, mine, others in (("g", gold, predicted), ("p", predicted, gold)):
        _count_contents(counts, side, mine, others)
        _count_fragments(counts, view, side, mine, others)
        for role in ROLES:
            _count_roles(counts, view, role, side, mine, others)
    _count_pairs(counts, gold, predicted)
    return counts


def _add(counts: Counts, statistic: str, kind: str, value: float = 1) -> None:
    # Counter is typed for integers; shares are added to it as well.
    counts[statistic, kind] += value  # type: ignore[assignment]
    counts[statistic, "all"] += value  # type: ignore[assignment]


def _count_contents(counts: Counts, side: str, mine: Sequence[Item], others: Sequence[Item]) -> None:
    union = frozenset[int]().union(*(other.content for other in others))
    inks, contents = {other.ink for other in others}, {other.content for other in others}
    for item in mine:
        size, common = len(item.content), len(item.content & union)
        _add(counts, f"n_{side}", item.type)
        _add(counts, f"exact_{side}", item.type, item.ink in inks)
        _add(counts, f"norm_{side}", item.type, item.content in contents)
        _add(counts, f"soft_{side}", item.type, common / size)
        _add(counts, f"tok_{side}", item.type, common)
        _add(counts, f"tokn_{side}", item.type, size)


def _count_fragments(counts: Counts, view: View, side: str, mine: Sequence[Item], others: Sequence[Item]) -> None:
    there = _pieces(view, (other.triple.content for other in others))
    for piece in _pieces(view, (item.triple.content for item in mine)):
        kind = view.type_of(piece)
        _add(counts, f"fragn_{side}", kind)
        _add(counts, f"frag_{side}", kind, piece in there)


def _count_roles(
    counts: Counts, view: View, role: str, side: str, mine: Sequence[Item], others: Sequence[Item]
) -> None:
    """A source or cue of attributions of two types counts in both, and once under "all"."""
    there = _pieces(view, (getattr(other.triple, role) for other in others))
    for kind in TYPES:
        of_kind = (item for item in mine if kind in {item.type, "all"})
        pieces = _pieces(view, (getattr(item.triple, role) for item in of_kind))
        counts[f"role_{role}n_{side}", kind] += len(pieces)
        counts[f"role_{role}_{side}", kind] += len(pieces & there)


def _pieces(view: View, lists: Iterable[Spans]) -> set[Offsets]:
    return {view.alnum((span,)) for spans in lists for span in spans} - {frozenset()}


def _count_pairs(counts: Counts, gold: Sequence[Item], predicted: Sequence[Item]) -> None:
    for i, j in pair_items(gold, predicted):
        g, p = gold[i], predicted[j]
        correct = head_correct(g, p)
        _add(counts, "pair_g", g.type)
        _add(counts, "pair_p", p.type)
        _add(counts, "joint_g", g.type, correct)
        _add(counts, "joint_p", p.type, correct)
        if g.source:
            _add(counts, "nn", g.type)
            _add(counts, "nn_head", g.type, correct)
            _add(counts, "nn_overlap", g.type, bool(g.source & p.source))
            _add(counts, "nn_exact", g.type, g.source == p.source)
            _add(counts, "nn_missing", g.type, not p.source)


def add_up(documents: Iterable[Counts]) -> Counts:
    """The sum of the counts of documents."""
    total: Counts = Counter()
    for counts in documents:
        total.update(counts)
    return total


def precision_recall_f1(hit_p: float, n_p: float, hit_g: float, n_g: float) -> tuple[float, float, float]:
    """Precision, recall and their harmonic mean; 0 where there is nothing to divide by."""
    precision, recall = _share(hit_p, n_p), _share(hit_g, n_g)
    return precision, recall, _share(2 * precision * recall, precision + recall)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def summarise(counts: Counts, *, unlinked: bool = False) -> Scores:
    """The figures of every type, and of unlinked sources and cues under "all", or if asked under each type."""
    scores = {kind: _summarise_type(counts, kind) for kind in TYPES}
    for kind in TYPES if unlinked else ("all",):
        for role in ROLES:
            scores[kind][f"role_{role}"] = _measure(counts, kind, f"role_{role}", f"role_{role}n")
    return scores


def _measure(counts: Counts, kind: str, statistic: str, whole: str = "n") -> tuple[float, float, float]:
    keys = (f"{statistic}_p", f"{whole}_p", f"{statistic}_g", f"{whole}_g")
    return precision_recall_f1(*(counts[key, kind] for key in keys))


def _summarise_type(counts: Counts, kind: str) -> dict[str, Any]:
    def share(statistic: str, whole: str) -> float:
        return _share(counts[statistic, kind], counts[whole, kind])

    return {
        "gold": counts["n_g", kind],
        "pred": counts["n_p", kind],
        "pairs": counts["pair_g", kind],
        "exact": _measure(counts, kind, "exact"),
        "norm": _measure(counts, kind, "norm"),
        "soft": _measure(counts, kind, "soft"),
        "tok": _measure(counts, kind, "tok", "tokn"),
        "iou50": _measure(counts, kind, "pair"),
        "joint": _measure(counts, kind, "joint"),
        "frag": _measure(counts, kind, "frag", "fragn"),
        "src_acc": share("joint_g", "pair_g"),
        "src_nn": share("nn_head", "nn"),
        "src_nn_overlap": share("nn_overlap", "nn"),
        "src_nn_exact": share("nn_exact", "nn"),
        "src_nn_missing": share("nn_missing", "nn"),
    }
