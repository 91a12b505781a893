"""From many drafts to one consistent set of quotations.

In: a Page and all drafts.  Out: drafts in text order.  Invariants: no cue stands in another draft's content
(outermost attributions only), contents overlap nowhere, a quoted stretch is whole or not there at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from quotes.quotations.drafts import Draft, merge, size, tokens_of
from quotes.quotations.page import Page

_MARKED = frozenset({"quote-verb", "signed"})


def settle(page: Page, drafts: Iterable[Draft]) -> list[Draft]:
    """Widen to whole quoted stretches, join what has one cue, drop what is nested or overlaps."""
    widened = [widened for draft in drafts if (widened := _widen(page, draft))]
    joined = _join_by_cue(widened)
    outer = _outermost(joined)
    return sorted(_disjoint(outer), key=lambda draft: draft.content)


def _widen(page: Page, draft: Draft) -> Draft | None:
    """Take quoted stretches whole: a quotation of several sentences is one, however it was parsed."""
    touched = {page.inside[index] for index in tokens_of(draft.content)} - {-1}
    own = tokens_of(draft.cue) | tokens_of(draft.source)
    whole = [page.ranges[index] for index in touched]
    if any(own & set(range(*stretch)) for stretch in whole if draft.method in _MARKED):
        return None
    whole = [stretch for stretch in whole if not own & set(range(*stretch))]
    content = merge([*draft.content, *whole])
    pieces = _without(content, own)
    return replace(draft, content=pieces) if pieces else None


def _without(content: tuple[tuple[int, int], ...], own: set[int]) -> tuple[tuple[int, int], ...]:
    """Content ranges with the cue's and the source's own tokens cut out."""
    pieces: list[tuple[int, int]] = []
    for start, end in content:
        run = start
        for index in range(start, end + 1):
            if index == end or index in own:
                if run < index:
                    pieces.append((run, index))
                run = index + 1
    return tuple(pieces)


def _join_by_cue(drafts: list[Draft]) -> list[Draft]:
    """One draft a cue: marked stretches and the clause around them are joined, else the surer frame wins."""
    best: dict[int, Draft] = {}
    for draft in sorted(drafts, key=lambda d: -d.score):
        other = best.get(draft.cue_head)
        if other is None:
            best[draft.cue_head] = draft
        elif other.method == "quote-verb" and draft.method == "quote-verb":
            best[draft.cue_head] = replace(other, content=merge([*other.content, *draft.content]))
    return list(best.values())


def _outermost(drafts: list[Draft]) -> list[Draft]:
    """Drop drafts whose cue stands in the content of a larger one."""
    kept: list[Draft] = []
    covered: set[int] = set()
    for draft in sorted(drafts, key=lambda d: -size(d.content)):
        if draft.cue_head not in covered or draft.method in _MARKED:
            kept.append(draft)
            covered |= tokens_of(draft.content)
    return kept


def _disjoint(drafts: list[Draft]) -> list[Draft]:
    """Of drafts that share content, the surer keeps it; the other keeps the rest where that is most of it."""
    kept: list[Draft] = []
    taken: set[int] = set()
    for draft in sorted(drafts, key=lambda d: (-d.score, d.cue_head)):
        mine = tokens_of(draft.content)
        shared = mine & taken
        if len(shared) * 2 > len(mine):
            continue
        content = _without(draft.content, shared) if shared else draft.content
        kept.append(replace(draft, content=content))
        taken |= mine
    return kept
