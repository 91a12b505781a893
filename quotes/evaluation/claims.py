"""Are claims right?  Figures, what they measure, who asserts them and what is worth checking, against claims that
people marked in articles (`quotes.evaluation.claims_items`).

    figure        gold and predicted figures of one document are paired one to one, most characters in common first;
                  a pair overlaps, and both ends of its intervals are equal (to 1 part in 100,000; open equals open)
    span only     the same without the intervals; with comparator: of the pairs, those with the same comparator
    full claim    pairs whose unit and direction agree, and whose claims have the same asserter
    unit          equal when folded: case, spaces, plural; "people" is "person", "%" is "percent"
    asserter      gold's "asserted_by" or one of "also", whatever case, title and article; a surname alone is the
                  full name
    measured      the mean, over pairs whose gold claim has a measured thing, of the F1 of its words (lower case,
                  without articles) and the predicted ones; 0 where none is predicted
    worth         average precision of check-worthiness over sentences (`quotes.evaluation.claims_worth`): those with
                  gold or predicted claims, and all of the texts
    unfigured     claims without figures: a predicted and a gold one match when they share half of either clause.
                  Gold has only the clearest ones, so precision is a lower bound

P and R of figures are over all predicted and all gold figures.  The shares under "agreement" are of the pairs.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from quotes.evaluation.bootstrap import resample
from quotes.evaluation.claims_items import SPLITS, ClaimItem, FigureItem, GoldClaims
from quotes.evaluation.claims_names import same_asserter, same_unit
from quotes.evaluation.claims_worth import Ranked, average_precision, overlap, rank_sentences
from quotes.evaluation.scoring import precision_recall_f1
from quotes.models import Span

_WORD = re.compile(r"\w+")
_ARTICLES = frozenset({"a", "an", "the"})
AGREEMENT = ("unit", "direction", "comparator", "role", "asserted_by", "stance", "denied", "hedged", "kind")
SIZES = ("documents", "claims_gold", "claims_pred", "figures_gold", "figures_pred")
HEADLINES = ("figure", "full_claim", "measured", "average_precision")


class Printed(NamedTuple):
    """A figure with the claim that holds it."""

    figure: FigureItem
    claim: ClaimItem


class Counted(NamedTuple):
    """What is counted in one document."""

    counts: Counter[str]
    sentences: Sequence[Ranked]


def claim_scores(
    gold: Sequence[GoldClaims],
    predicted: Mapping[str, Sequence[ClaimItem]],
    texts: Mapping[str, str],
    boot: int = 0,
) -> dict[str, Any]:
    """The payload: split ("all", and "open" and "kept" where there are both) → figures.

    A document that `predicted` does not have counts as one without predicted claims.  `boot` is the
    number of resamples for 95 % intervals of the headline figures ("ci"), 0 for none.
    """
    counted = [
        (one.split, _count(texts[one.document_id], one.claims, predicted.get(one.document_id, ()))) for one in gold
    ]
    splits = {"all": [count for _, count in counted]}
    if len({split for split, _ in counted}) > 1:
        splits |= {name: [count for split, count in counted if split == name] for name in SPLITS}
    return {"splits": {name: _figures(counts, boot) for name, counts in splits.items()}}


def pair_figures(
    gold: Sequence[Printed], predicted: Sequence[Printed], *, values: bool = True
) -> list[tuple[int, int]]:
    """Pairs (gold, predicted) that overlap, with equal intervals unless `values` is false; most in common first."""
    shared = [
        (-common, i, j)
        for i, one in enumerate(gold)
        for j, other in enumerate(predicted)
        if (common := overlap(one.figure.span, other.figure.span))
        and (not values or same_interval(one.figure, other.figure))
    ]
    pairs: list[tuple[int, int]] = []
    taken: tuple[set[int], set[int]] = set(), set()
    for _, i, j in sorted(shared):
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            pairs.append((i, j))
    return sorted(pairs)


def same_interval(one: FigureItem, other: FigureItem) -> bool:
    """Whether both ends are equal; an open side equals only an open side."""
    return _same_end(one.low, other.low) and _same_end(one.high, other.high)


def _same_end(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-5)


def agreement(gold: Printed, found: Printed) -> dict[str, bool]:
    """In what a pair of figures and their claims agrees."""
    one, other = gold.figure, found.figure
    mine, theirs = gold.claim, found.claim
    return {
        "unit": same_unit(one.unit, other.unit),
        "direction": one.direction == other.direction,
        "comparator": one.comparator == other.comparator,
        "role": one.role == other.role,
        "asserted_by": same_asserter((mine.asserted_by, *mine.also), theirs.asserted_by),
        "stance": mine.stance == theirs.stance,
        "denied": mine.denied == theirs.denied,
        "hedged": mine.hedged == theirs.hedged,
        "kind": mine.kind == theirs.kind,
    }


def is_full(agreed: Mapping[str, bool]) -> bool:
    """Whether a pair of equal intervals is a full claim."""
    return agreed["unit"] and agreed["direction"] and agreed["asserted_by"]


def token_f1(one: str, other: str) -> float:
    """F1 of the words of two phrases, in lower case and without articles; a word counts as often as it stands."""
    mine, theirs = _words(one), _words(other)
    common = (mine & theirs).total()
    return precision_recall_f1(common, theirs.total(), common, mine.total())[2]


def _words(phrase: str) -> Counter[str]:
    return Counter(word for word in _WORD.findall(phrase.lower()) if word not in _ARTICLES)


def _printed(claims: Sequence[ClaimItem]) -> list[Printed]:
    return [Printed(figure, claim) for claim in claims for figure in claim.figures]


def _count(text: str, gold: Sequence[ClaimItem], predicted: Sequence[ClaimItem]) -> Counted:
    mine, theirs = _printed(gold), _printed(predicted)
    counts: Counter[str] = Counter()
    counts["documents"] = 1
    counts.update(claims_gold=len(gold), claims_pred=len(predicted), figures_gold=len(mine), figures_pred=len(theirs))
    counts["span"] = len(pair_figures(mine, theirs, values=False))
    for i, j in pair_figures(mine, theirs):
        agreed = agreement(mine[i], theirs[j])
        counts["paired"] += 1
        counts["full"] += is_full(agreed)
        counts.update(key for key, holds in agreed.items() if holds)
        _count_measured(counts, text, mine[i].claim.measured, theirs[j].claim.measured)
    _count_unfigured(counts, gold, predicted)
    return Counted(counts, rank_sentences(text, gold, predicted))


def _count_measured(counts: Counter[str], text: str, gold: Span | None, found: Span | None) -> None:
    if gold is None:
        counts["measured_false"] += found is not None
        return
    counts["measured_gold"] += 1
    counts["measured_missing"] += found is None
    # Counter is typed for integers; shares are added to it as well.
    counts["measured_f1"] += token_f1(text[slice(*gold)], text[slice(*found)]) if found else 0.0  # type: ignore[assignment]


def _count_unfigured(counts: Counter[str], gold: Sequence[ClaimItem], predicted: Sequence[ClaimItem]) -> None:
    mine, theirs = ([claim for claim in claims if not claim.figures] for claims in (gold, predicted))
    counts["unfigured_gold"] += len(mine)
    counts["unfigured_pred"] += len(theirs)
    counts["unfigured_found"] += sum(any(_same_clause(one, other) for other in theirs) for one in mine)
    counts["unfigured_right"] += sum(any(_same_clause(one, other) for one in mine) for other in theirs)


def _same_clause(one: ClaimItem, other: ClaimItem) -> bool:
    shorter = min(claim.clause[1] - claim.clause[0] for claim in (one, other))
    return 2 * overlap(one.clause, other.clause) >= shorter


def _figures(documents: Sequence[Counted], boot: int) -> dict[str, Any]:
    counts = _sum(documents)
    claimed = [one for document in documents for one in document.sentences if one.claims]
    everything = [one for document in documents for one in document.sentences]
    payload = {
        **{key: int(counts[key]) for key in SIZES},
        "figure": _prf(counts, "paired"),
        "span_only": _prf(counts, "span"),
        "with_comparator": _prf(counts, "comparator"),
        "full_claim": _prf(counts, "full"),
        "paired": int(counts["paired"]),
        "agreement": {key: _share(counts[key], counts["paired"]) for key in AGREEMENT},
        "measured": {
            "items": int(counts["measured_gold"]),
            "token_f1": _share(counts["measured_f1"], counts["measured_gold"]),
            "missing": int(counts["measured_missing"]),
            "false": int(counts["measured_false"]),
        },
        "worth": {"sentences_with_claims": _worth(claimed), "all_sentences": _worth(everything)},
        "unfigured": {
            "gold": int(counts["unfigured_gold"]),
            "pred": int(counts["unfigured_pred"]),
            "P": _share(counts["unfigured_right"], counts["unfigured_pred"]),
            "R": _share(counts["unfigured_found"], counts["unfigured_gold"]),
        },
    }
    return payload | ({"ci": resample(documents, headlines, boot)} if boot else {})


def headlines(documents: Sequence[Counted]) -> dict[str, float | None]:
    """The four figures that there are goals for: two F1, token-F1, average precision over sentences with claims."""
    counts = _sum(documents)
    claimed = [one for document in documents for one in document.sentences if one.claims]
    values = (
        _prf(counts, "paired")[2],
        _prf(counts, "full")[2],
        _share(counts["measured_f1"], counts["measured_gold"]),
        average_precision(claimed),
    )
    return dict(zip(HEADLINES, values, strict=True))


def _sum(documents: Sequence[Counted]) -> Counter[str]:
    total: Counter[str] = Counter()
    for document in documents:
        total.update(document.counts)
    return total


def _prf(counts: Mapping[str, float], key: str) -> list[float]:
    return list(precision_recall_f1(counts[key], counts["figures_pred"], counts[key], counts["figures_gold"]))


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _worth(sentences: Sequence[Ranked]) -> dict[str, Any]:
    worthy = sum(one.worthy for one in sentences)
    return {
        "sentences": len(sentences),
        "worthy": worthy,
        "prevalence": _share(worthy, len(sentences)),
        "average_precision": average_precision(sentences),
    }
