"""The terms a claim is found by: a Doc and a claim in, what it is about out, as words.

| form | what it is |
|---|---|
| `job` | lemma of the thing measured or of a word before it that narrows it; an event by its name: "killed" → die |
| `:coast` | lemma of what is said of the thing behind it: "jobs on the coast" |
| `.create` | what is done: lemma of the verb over the figure |
| `Tidewater` | word of a name in the claim |
| `^Calderra` | word of a name around it: in the sentence, or in the first sentence of the article |
| `!dispute` | the claim sets its figure against another: "the real number" |

Values, times and speakers never are terms.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from quotes.claims.events import events
from quotes.claims.lexicon import words, words_by_key
from quotes.claims.printed import text_of
from quotes.models import Claim

_CONTENT = frozenset({"NOUN", "PROPN", "ADJ", "VERB"})
_BEFORE = frozenset({"compound", "amod", "nmod", "nummod"})
_NOT_NAMES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL"})
_HEAD_CHARACTERS = 400
_MOST_NAMES = 16
_MOST_LOOKED_BACK = 60
"""How many words before a sentence are searched for what "the rate" is a rate of."""


def terms_of(doc: Doc, claim: Claim) -> tuple[str, ...]:
    """The terms of a claim, each once, in the order: measured, event, predicate, names."""
    clause = doc.char_span(claim.start, claim.end, alignment_mode="expand")
    found = [*_measured(doc, claim), *_events(doc, claim, clause), *_predicate(doc, claim, clause)]
    return tuple(dict.fromkeys([*found, *_names(doc, claim)]))


def _measured(doc: Doc, claim: Claim) -> Iterator[str]:
    span = doc.char_span(*claim.measured, alignment_mode="expand") if claim.measured else None
    if span is None:
        return
    root, empty = span.root, True
    for token in span:
        if token.pos_ not in _CONTENT or token.like_num:
            continue
        lemma = token.lemma_.lower()
        if lemma in words("events", "disputing"):
            yield "!dispute"
        elif lemma not in words("events", "general"):
            near = token.i == root.i or (token.dep_ in _BEFORE and token.head.i == root.i and not _owns(token))
            empty = empty and not near
            yield ("" if near else ":") + _event_or(lemma)
    if empty and root.lemma_.lower() in words("events", "counting"):
        yield from _what_of(doc, root)


def _event_or(lemma: str) -> str:
    event = events().get(lemma, lemma)
    return lemma if event == "change" else event


def _what_of(doc: Doc, head: Token) -> Iterator[str]:
    """What "the rate" or "the real number" is a rate or a number of: the event last named before it."""
    sentence = head.sent
    for token in reversed(doc[sentence.start : head.i]):
        event = events().get(token.lemma_.lower())
        if event and event != "change":
            yield event
            return
    name = head.lemma_.lower()
    for token in reversed(doc[max(0, sentence.start - 10 * _MOST_LOOKED_BACK) : sentence.start]):
        if token.lemma_.lower() == name and token.i and doc[token.i - 1].dep_ in ("compound", "amod"):
            event = events().get(doc[token.i - 1].lemma_.lower())
            if event and event != "change":
                yield event
                return


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
                    child
                    for child in token.children
                    if child.dep_ in ("acomp", "oprd", "attr", "amod", "acl", "dobj", "nsubj")
                )
                if token.pos_ == "VERB":
                    yield from (child for child in token.children if child.dep_ in ("xcomp", "ccomp"))
                    break


def _predicate(doc: Doc, claim: Claim, clause: DocSpan | None) -> Iterator[str]:
    """The verbs over the main figure, up to the first that says more than "be" or "have"."""
    if clause is None or not claim.figures:
        return
    figure = claim.figures[0]
    tokens = doc.char_span(figure.start, figure.end, alignment_mode="expand")
    for token in tokens.root.ancestors if tokens is not None else ():
        if not clause.start <= token.i < clause.end:
            return
        lemma = token.lemma_.lower()
        if token.pos_ == "VERB" and lemma not in words("events", "general"):
            yield f".{_event_or(lemma)}"
            return


def _names(doc: Doc, claim: Claim) -> Iterator[str]:
    """Words of names: those in the claim first, then those in its sentence, then those the article begins with."""
    head = text_of(doc)[:_HEAD_CHARACTERS].rfind(".") + 1 or _HEAD_CHARACTERS
    speaking = {word for link in claim.assertion for word in link.speaker.split()}
    seen: set[str] = set()
    spans = (("", (claim.start, claim.end)), ("^", claim.sentence), ("^", (0, head)))
    for mark, (start, end) in spans:
        words_there = doc.char_span(start, min(end, len(text_of(doc))), alignment_mode="contract")
        for token in words_there if words_there is not None else ():
            name = token.text.capitalize()
            if _is_name(token) and name not in seen and token.text not in speaking and len(seen) < _MOST_NAMES:
                seen.add(name)
                yield mark + name


def _is_name(token: Token) -> bool:
    if not (token.is_alpha and token.text[0].isupper() and len(token) > 1):
        return False
    if token.pos_ != "PROPN" and not (token.pos_ == "NOUN" and _owns(token)) and token.ent_type_ not in ("NORP", "GPE"):
        return False
    if token.ent_type_ in _NOT_NAMES or token.lower_ in words_by_key("events")["titles"]:
        return False
    # "(Meridian)": an agency in a dateline.
    return not (token.i and _beside(token, -1) == "(" and _beside(token, 1) == ")")


def _owns(token: Token) -> bool:
    """Whether a word is a possessive, even where the tagger does not see it: "Calderra’s"."""
    return _beside(token, 1) in ("'s", "’s", "’", "'")


def _beside(token: Token, step: int) -> str:
    """The word beside a token; empty outside the document."""
    at = token.i + step
    return token.doc[at].text if 0 <= at < len(token.doc) else ""
