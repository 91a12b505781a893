"""Finding quotations: marks → cues → contents → sources → linking → type.

In: a parsed Doc.  Out: quotations in the order of their content.  `rules` is one finder of drafts; a trained
tagger can stand in its place if it settles and joins its drafts as `rules` does; type and ids are made behind it.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Doc

from quotes.annotations import document_id
from quotes.models import Quotation, QuotationType, Span, make_id
from quotes.quotations.clauses import clause_drafts
from quotes.quotations.drafts import Draft, Ranges
from quotes.quotations.linking import settle
from quotes.quotations.page import Page, make_page
from quotes.quotations.phrases import phrase_drafts
from quotes.quotations.quoted import quote_drafts
from quotes.quotations.running import join_running
from quotes.quotations.transcripts import transcript_drafts

Finder = Callable[[Page], list[Draft]]
"""What can find quotations: the rules, or a trained tagger."""

DIRECT = 0.95
"""Least share of letters and digits inside quotation marks of a direct quotation."""


def rules(page: Page) -> list[Draft]:
    """Drafts of all rules, settled and joined."""
    drafts = [*quote_drafts(page), *transcript_drafts(page), *clause_drafts(page), *phrase_drafts(page)]
    return join_running(page, settle(page, drafts))


def find_quotations(doc: Doc, finder: Finder = rules) -> list[Quotation]:
    """Quotations of a parsed Doc, in the order of their content."""
    page = make_page(doc)
    key = document_id(doc)
    found = {q.id: q for draft in finder(page) if (q := _quotation(page, draft, key))}
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
