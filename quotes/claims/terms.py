"""The terms a claim is found by: a Doc and a claim in, its content lemmas and the names around it out.

Lower-case terms are lemmas of the thing measured and of what happens to it, one word for each event of
`events.txt` ("killed", "death toll" → die); capitalised ones are words of names in the sentence and in the
head of the document.  Values, times and speakers never are terms.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from quotes.claims.events import events
from quotes.claims.lexicon import words_by_key
from quotes.claims.printed import text_of
from quotes.models import Claim

_PLACES = frozenset({"GPE", "LOC", "FAC", "ORG", "EVENT", "NORP", "PRODUCT"})
_CONTENT = frozenset({"NOUN", "PROPN", "ADJ", "VERB"})
_HEAD_CHARACTERS = 400
_MOST_NAMES = 16


def terms_of(doc: Doc, claim: Claim) -> tuple[str, ...]:
    """The terms of a claim, each once, in the order: measured, event, names."""
    clause = doc.char_span(claim.start, claim.end, alignment_mode="expand")
    found = [*_measured(doc, claim), *_events(doc, claim, clause), *_names(doc, claim)]
    return tuple(dict.fromkeys(found))


def _measured(doc: Doc, claim: Claim) -> Iterator[str]:
    span = doc.char_span(*claim.measured, alignment_mode="expand") if claim.measured else None
    general = set(words_by_key("events")["general"])
    for token in span or ():
        if token.pos_ in _CONTENT and not token.like_num:
            lemma = token.lemma_.lower()
            if lemma not in general:
                yield events().get(lemma, lemma) if token.pos_ != "ADJ" else lemma


def _events(doc: Doc, claim: Claim, clause: DocSpan | None) -> Iterator[str]:
    """Events on the way from figures and measured thing up to the clause, and predicates of the counted noun."""
    if any(figure.direction or figure.role in ("delta", "from", "to") for figure in claim.figures):
        yield "change"
    elif clause is not None:
        for token in _near(doc, claim, clause):
            event = events().get(token.lemma_.lower())
            if event and event != "change":
                yield event
    unit = claim.figures[0].unit if claim.figures else None
    if unit in events() and events()[unit] != "change":
        yield events()[unit]


def _near(doc: Doc, claim: Claim, clause: DocSpan) -> Iterator[Token]:
    anchors = [claim.measured, *((f.start, f.end) for f in claim.figures)]
    for span in anchors:
        tokens = doc.char_span(*span, alignment_mode="expand") if span else None
        if tokens is None:
            continue
        for token in (tokens.root, *tokens.root.ancestors):
            if clause.start <= token.i < clause.end and token.pos_ in ("VERB", "AUX", "NOUN", "ADJ"):
                yield token
                yield from (
                    child for child in token.children if child.dep_ in ("acomp", "attr", "amod", "acl", "dobj", "nsubj")
                )
                if token.pos_ == "VERB":
                    yield from (child for child in token.children if child.dep_ in ("xcomp", "ccomp"))
                    break


def _names(doc: Doc, claim: Claim) -> Iterator[str]:
    head = text_of(doc)[:_HEAD_CHARACTERS].rfind(".") + 1 or _HEAD_CHARACTERS
    yielded = 0
    for entity in doc.ents:
        inside = claim.sentence[0] <= entity.start_char < claim.sentence[1]
        if entity.label_ in _PLACES and (inside or entity.start_char < head):
            for token in entity:
                if token.text[0].isupper() and token.is_alpha and yielded < _MOST_NAMES:
                    yielded += 1
                    yield token.text.capitalize()
