"""The rules as a finder: quotation marks, transcripts, clauses and phrases.

In: pages.  Out: the drafts of each.  They need no learned weights; the tagger reads what they find as a hint.
"""

from __future__ import annotations

from collections.abc import Sequence

from quotes.quotations.clauses import clause_drafts
from quotes.quotations.drafts import Draft
from quotes.quotations.linking import settle
from quotes.quotations.page import Page
from quotes.quotations.phrases import phrase_drafts
from quotes.quotations.quoted import quote_drafts
from quotes.quotations.running import join_running
from quotes.quotations.transcripts import transcript_drafts


class Rules:
    """Finds quotations by rules alone."""

    def __call__(self, pages: Sequence[Page]) -> list[list[Draft]]:
        return [rules(page) for page in pages]

    @property
    def settings(self) -> dict[str, str]:
        """What a run records of this finder."""
        return {"finder": "rules"}


def rules(page: Page) -> list[Draft]:
    """Drafts of all rules, settled and joined."""
    drafts = [*quote_drafts(page), *transcript_drafts(page), *clause_drafts(page), *phrase_drafts(page)]
    return join_running(page, settle(page, drafts))
