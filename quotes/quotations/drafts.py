"""What the rules propose: a quotation in tokens, before overlaps are settled and ids given."""

from __future__ import annotations

from dataclasses import dataclass

from quotes.models import Act
from quotes.quotations.page import Range

Ranges = tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """One proposed quotation; `content`, `cue` and `source` are ordered, disjoint token ranges."""

    content: Ranges
    cue: Ranges
    source: Ranges
    act: Act
    method: str
    score: float
    cue_head: int = -1
    """Index of the cue's main word, -1 without a cue."""


def tokens_of(ranges: Ranges) -> set[int]:
    """The indices of all tokens in the ranges."""
    return {index for start, end in ranges for index in range(start, end)}


def size(ranges: Ranges) -> int:
    """How many tokens the ranges hold."""
    return sum(end - start for start, end in ranges)


def merge(ranges: Ranges | list[Range]) -> Ranges:
    """Ranges in order, joined where they touch or overlap."""
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
