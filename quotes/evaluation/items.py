"""Attributions made ready for comparing, and the rules that say which count and when a source is right."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

from quotes.evaluation.triples import Triple, source_key
from quotes.evaluation.views import Offsets, View
from quotes.models import QuotationType, Span

PUNCTUATION_CUES = frozenset({":", "―", "—", "–", "-", "--"})
SAME = 0.5
"""Contents are about the same thing from this IoU (intersection over union) on."""
SOURCE_LIMIT = 40
SOURCE_FACTOR = 3
"""A predicted source may have 40 letters, or three times those of the gold source."""


@dataclass(frozen=True, slots=True)
class Item:
    """One attribution with its offset sets; `head` is the part of the source that must be met."""

    triple: Triple
    type: QuotationType
    content: Offsets
    ink: Offsets
    source: Offsets
    head: Offsets


def make_items(view: View, triples: Iterable[Triple], heads: Mapping[str, Span] | None = None) -> list[Item]:
    """The attributions whose content has a letter or digit; `heads` (source key → span) is for gold only."""
    items = []
    for triple in triples:
        content, source = view.alnum(triple.content), view.alnum(triple.source)
        if content:
            head = _head(triple, source, heads or {})
            items.append(Item(triple, view.type_of(content), content, view.ink(triple.content), source, head))
    return items


def _head(triple: Triple, source: Offsets, heads: Mapping[str, Span]) -> Offsets:
    span = heads.get(source_key(triple)) if triple.source else None
    return (source & frozenset(range(*span)) if span else source) or source


def head_correct(gold: Item, predicted: Item) -> bool:
    """Whether a predicted source names the gold source: none for none, else its head without rambling."""
    if not gold.source:
        return not predicted.source
    limit = max(SOURCE_LIMIT, SOURCE_FACTOR * len(gold.source))
    return bool(predicted.source & gold.head) and len(predicted.source) <= limit


def iou(one: Offsets, other: Offsets) -> float:
    """Intersection over union of two sets, 0 when they are disjoint."""
    common = len(one & other)
    return common / len(one | other) if common else 0.0


def pair_items(gold: Sequence[Item], predicted: Sequence[Item]) -> list[tuple[int, int]]:
    """One-to-one pairs (index of gold, index of prediction) of the same content, best first."""
    candidates = [
        (-likeness, i, j)
        for i, g in enumerate(gold)
        for j, p in enumerate(predicted)
        if (likeness := iou(g.content, p.content)) >= SAME
    ]
    used_gold: set[int] = set()
    used_predicted: set[int] = set()
    pairs = []
    for _, i, j in sorted(candidates):
        if i not in used_gold and j not in used_predicted:
            used_gold.add(i)
            used_predicted.add(j)
            pairs.append((i, j))
    return pairs


def is_speech(view: View, item: Item) -> bool:
    """Whether the cue of an attribution is a word of speech or writing, or bare punctuation."""
    cue = view.words(item.triple.cue)
    return bool(speech_pattern().search(cue)) or cue.strip() in PUNCTUATION_CUES


def keep_speech(view: View, gold: Sequence[Item], predicted: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """Gold in the scope of speech, and the predictions that are not about other gold only."""
    speech = [is_speech(view, g) for g in gold]
    kept = [g for g, counts in zip(gold, speech, strict=True) if counts]
    ignored = frozenset[int]().union(*(g.content for g, counts in zip(gold, speech, strict=True) if not counts))

    def counts(p: Item) -> bool:
        inside = len(p.content & ignored) >= 0.5 * len(p.content)
        return not inside or any(iou(p.content, g.content) >= SAME for g in kept)

    return kept, [p for p in predicted if counts(p)]


@functools.cache
def speech_pattern() -> re.Pattern[str]:
    """The words whose cues are in the scope of speech."""
    return re.compile(r"\b(" + "|".join(read_lexicon("speech.txt")) + r")\b", re.IGNORECASE)


def read_lexicon(name: str) -> list[str]:
    """The lines of a text file of this package, without comments."""
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return [line for line in lines if line]
