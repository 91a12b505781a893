"""Quotations without a reporting verb: transcripts (PENCE: …), signed lists (“…” – Pence).

In: a Page.  Out: drafts whose cue is a colon or a dash.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from quotes.quotations.drafts import Draft
from quotes.quotations.lexicon import labels
from quotes.quotations.page import Page, Range

_DASHES = frozenset({"-", "–", "—", "―", "--"})
_NAME_TOKENS = 6
_LABELLED, _HEADLINE, _SIGNED = 0.45, 0.78, 0.83
"""Precision of the three rules on PolNeAR train."""


def transcript_drafts(page: Page) -> Iterator[Draft]:
    """Drafts of paragraphs that begin with a speaker's label, and of stretches signed with a name."""
    colons = [_label(page, paragraph) for paragraph in page.paragraphs]
    dialogue = sum(colon is not None for colon in colons) > 1
    for index, (paragraph, colon) in enumerate(zip(page.paragraphs, colons, strict=True)):
        # One label in capitals can be anything ("STAT OF THE WEEK:"); two are people talking.
        if colon is not None and (dialogue or _is_named(page, paragraph[0], colon)):
            yield from _labelled(page, paragraph, colon, headline=index == 0)
    for index in range(len(page.ranges)):
        yield from _signed(page, index)


def _label(page: Page, paragraph: Range) -> int | None:
    """Position of the colon behind a name that opens the paragraph."""
    start, end = paragraph
    for position in range(start + 1, min(start + _NAME_TOKENS + 1, end - 1)):
        token = page.doc[position]
        if token.text == ":":
            return position if _is_name(page.doc[start:position]) else None
    return None


def _is_name(tokens: Iterable[Token]) -> bool:
    words = [token for token in tokens if token.is_alpha]
    if not words or words[0].text in {"Q", "A"} or words[0].lower_ in labels():
        return False  # questions and answers of an interview name nobody
    capital = all(word.text[0].isupper() or word.lower_ in {"of", "de", "van", "the"} for word in words)
    named = all(word.text.isupper() for word in words) or any(word.ent_type_ in {"PERSON", "ORG"} for word in words)
    return capital and named and not any(word.pos_ in {"VERB", "AUX"} and not word.text.isupper() for word in words)


def _is_named(page: Page, start: int, colon: int) -> bool:
    words = [token for token in page.doc[start:colon] if token.is_alpha]
    return len(words) == 1 or any(word.ent_type_ in {"PERSON", "ORG"} for word in words)


def _labelled(page: Page, paragraph: Range, colon: int, *, headline: bool) -> Iterator[Draft]:
    source = page.trim(paragraph[0], colon)
    content = page.trim(colon + 1, paragraph[1])
    if source and content:
        score = _HEADLINE if headline else _LABELLED
        yield Draft((content,), ((colon, colon + 1),), (source,), "speech", "transcript", score, colon)


def _signed(page: Page, index: int) -> Iterator[Draft]:
    start, end = page.ranges[index]
    dash = end
    limit = len(page.doc)
    while dash < limit and page.doc[dash].is_space:
        dash += 1
    if dash >= limit or page.doc[dash].text not in _DASHES:
        return
    stop = page.paragraphs[page.paragraph_of(dash)][1]
    words = [token for token in page.doc[dash + 1 : stop] if token.is_alpha]
    starts = start == page.paragraphs[page.paragraph_of(start)][0]
    if not starts or not words or len(words) > 12 or not words[0].text[0].isupper():
        return
    comma = next((token.i for token in page.doc[dash + 1 : stop] if token.text in {",", ";", "("}), stop)
    source = page.trim(dash + 1, comma)
    if source and not any(token.pos_ in {"VERB", "AUX"} for token in page.doc[source[0] : source[1]]):
        yield Draft(((start, end),), ((dash, dash + 1),), (source,), "speech", "signed", _SIGNED, dash)
