"""The trained tagger as a finder of quotations.

In: pages.  Out: the drafts of each, settled.  The rules run first: what they found is shown to the network as a
feature of each word, and quotation marks keep the last word on where quoted content begins and ends.
"""

from __future__ import annotations

from collections.abc import Sequence

from quotes.quotations.acts import act_of
from quotes.quotations.drafts import Draft, Ranges, tokens_of
from quotes.quotations.linking import settle
from quotes.quotations.page import NOWHERE, Page
from quotes.quotations.rules import rules
from quotes.quotations.running import join_running
from quotes.quotations.tagger.confidence import Calibration
from quotes.quotations.tagger.decoding import Found, decode
from quotes.quotations.tagger.inputs import Words, read_words, token_ranges
from quotes.quotations.tagger.model import Scored, TaggerModel

MARKED_BY_LAYOUT = frozenset({"transcript", "signed"})
"""Rules that go by how a text is set out (NAME: words), of which the training corpus has next to nothing."""


class Tagger:
    """Finds quotations with a trained model."""

    def __init__(self, model: TaggerModel) -> None:
        self.model = model

    def __call__(self, pages: Sequence[Page]) -> list[list[Draft]]:
        ruled = [rules(page) for page in pages]
        words = [read_words(page, found, self.model.pieces) for page, found in zip(pages, ruled, strict=True)]
        scored = self.model.score(words)
        calibration = self.model.calibration
        return [drafts(*document, calibration) for document in zip(pages, words, scored, ruled, strict=True)]

    @property
    def settings(self) -> dict[str, str]:
        """What a run records of this finder."""
        return {"finder": "tagger", "tagger": self.model.version}


def drafts(
    page: Page, words: Words, windows: Sequence[Scored], ruled: Sequence[Draft], calibration: Calibration
) -> list[Draft]:
    """The drafts of one page from the scores of its windows, settled and joined."""
    found = [
        _draft(page, words, attribution, window.span[0], calibration)
        for window in windows
        for attribution in decode(window.labels, window.links, window.path)
    ]
    marked = [draft for draft in ruled if draft.method in MARKED_BY_LAYOUT]
    taken = {index for draft in marked for index in tokens_of(draft.content)}
    kept = [draft for draft in found if not tokens_of(draft.content) & taken]
    joined = join_running(page, settle(page, [*marked, *kept]))
    return [draft for draft in joined if draft.score >= calibration.least or _is_ruled(draft, ruled)]


def _is_ruled(draft: Draft, ruled: Sequence[Draft]) -> bool:
    """Whether the rules found the same: what two methods agree on is worth telling, however unsure one is."""
    content = tokens_of(draft.content)
    shared = ((content, tokens_of(other.content)) for other in ruled)
    return any(len(one & other) * 2 >= len(one | other) for one, other in shared)


def _draft(page: Page, words: Words, found: Found, offset: int, calibration: Calibration) -> Draft:
    source, cue, content = (_ranges(words, ranges, offset) for ranges in (found.source, found.cue, found.content))
    # Without a cue, the place of the content stands in for it: such drafts must not be taken for one.
    head = cue[0][0] if cue else -1 - content[0][0]
    quoted = any(page.inside[index] != NOWHERE for index in tokens_of(content))
    score = calibration.apply(found.spans * found.edges * found.links, quoted=quoted)
    return Draft(content, cue, source, act_of(page, cue, source, content), "tagger", score, head)


def _ranges(words: Words, ranges: Ranges, offset: int) -> Ranges:
    return token_ranges(words, tuple((start + offset, end + offset) for start, end in ranges))
