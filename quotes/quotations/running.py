"""Quoted stretches without a cue of their own: "A," X said. "B."; and paragraphs that go on with a quotation.

In: a Page and settled drafts.  Out: the same drafts with such stretches joined to the quotation they continue.
Invariant: only stretches that are sentences by themselves are joined; a quoted word or title stays out.
"""

from __future__ import annotations

from dataclasses import replace

from quotes.quotations.drafts import Draft, merge, tokens_of
from quotes.quotations.page import Page
from quotes.quotations.quoted import ends_sentence, narration_start

_MIN_WORDS = 3


def join_running(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Give each free-standing stretch to the quotation before it, or to the one right behind it."""
    made = list(drafts)
    owner: dict[int, int] = {}
    for position, draft in enumerate(made):
        for index in tokens_of(draft.content):
            if page.inside[index] >= 0:
                owner.setdefault(page.inside[index], position)
    for index in range(len(page.ranges)):
        if index not in owner and stands_alone(page, index):
            found = _previous(page, index, owner)
            if found is not None:
                owner[index] = found
                made[found] = _with(made[found], page.ranges[index])
    for index in range(len(page.ranges) - 2, -1, -1):
        if page.quoted[index].continues and index not in owner and (index + 1) in owner:
            owner[index] = owner[index + 1]
            made[owner[index]] = _with(made[owner[index]], page.ranges[index])
    return sorted(made, key=lambda draft: draft.content)


def _with(draft: Draft, stretch: tuple[int, int]) -> Draft:
    return replace(draft, content=merge([*draft.content, stretch]))


def stands_alone(page: Page, index: int) -> bool:
    """Whether a stretch is a sentence or more by itself: it begins one and it ends one."""
    start, end = page.ranges[index]
    words = [token for token in page.doc[start:end] if token.is_alpha]
    if len(words) < _MIN_WORDS or narration_start(page, index) < start:
        return False
    return words[0].text[0].isupper() and (ends_sentence(page, index) or not page.quoted[index].closed)


def _previous(page: Page, index: int, owner: dict[int, int]) -> int | None:
    paragraph = page.quoted[index].paragraph
    if index > 0 and (index - 1) in owner:
        before = page.quoted[index - 1]
        if before.paragraph == paragraph or before.continues:
            return owner[index - 1]
        if before.paragraph == paragraph - 1 and _only_quoted(page, paragraph):
            return owner[index - 1]
    return None


def _only_quoted(page: Page, paragraph: int) -> bool:
    start, end = page.paragraphs[paragraph]
    return all(page.inside[i] >= 0 for i in range(start, end) if page.doc[i].is_alpha)
