"""Finding quotations: marks → rules → tagger → linking → type.

In: parsed Docs.  Out: the quotations of each, in the order of their content.  A finder proposes drafts, already
settled so that none overlap; type and ids are made behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from spacy.tokens import Doc

from quotes.annotations import document_id
from quotes.models import Quotation, QuotationType, Span, make_id
from quotes.quotations.drafts import Draft, Ranges
from quotes.quotations.page import Page, make_page

DIRECT = 0.95
"""Least share of letters and digits inside quotation marks of a direct quotation."""


class Finder(Protocol):
    """What can find quotations: the rules, or the trained tagger."""

    def __call__(self, pages: Sequence[Page]) -> list[list[Draft]]:
        """The drafts of every page."""
        ...

    @property
    def settings(self) -> dict[str, str]:
        """What a run records of the finder."""
        ...


def find_quotations(docs: Iterable[Doc], finder: Finder) -> list[list[Quotation]]:
    """The quotations of every parsed Doc, in the order of their content."""
    pages = [make_page(doc) for doc in docs]
    return [_quotations(page, drafts) for page, drafts in zip(pages, finder(pages), strict=True)]


def _quotations(page: Page, drafts: Iterable[Draft]) -> list[Quotation]:
    key = document_id(page.doc)
    found = {q.id: q for draft in drafts if (q := _quotation(page, draft, key))}
    return sorted(found.values(), key=lambda q: q.content)


def _quotation(page: Page, draft: Draft, key: str) -> Quotation | None:
    content = _spans(page, draft.content)
    kind = type_of(page.text, content, [(q.start, q.end) for q in page.quoted])
    if kind is None:
        return None
    return Quotation(
        id=make_id("q", key, content, kind),
        type=kind,
        act=draft.act,
        content=content,
        cue=tuple(_span(page, *span) for span in draft.cue),
        source=_spans(page, draft.source),
        method=draft.method,
        score=draft.score,
    )


def _spans(page: Page, ranges: Ranges) -> tuple[Span, ...]:
    """Token ranges as offsets, without white space and stray punctuation at their edges."""
    trimmed = (page.trim(*span) for span in ranges)
    return tuple(_span(page, *span) for span in trimmed if span)


def _span(page: Page, start: int, end: int) -> Span:
    return page.doc[start].idx, page.doc[end - 1].idx + len(page.doc[end - 1])


def type_of(text: str, content: tuple[Span, ...], quoted: list[Span]) -> QuotationType | None:
    """Direct, indirect or mixed by the share of letters and digits in quotation marks; None without any."""
    total = inside = 0
    for start, end in content:
        total += sum(char.isalnum() for char in text[start:end])
        for first, last in quoted:
            inside += sum(char.isalnum() for char in text[max(start, first) : min(end, last)])
    if not total:
        return None
    if inside >= DIRECT * total:
        return "direct"
    return "mixed" if inside else "indirect"
