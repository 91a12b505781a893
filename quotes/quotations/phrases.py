"""Quotations whose cue is no verb: "according to X", "reportedly", "X's claim that …", "in X's view".

In: a Page.  Out: drafts.  Invariant: the cue phrase is cut out of the content it stands in.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from quotes.models import Act
from quotes.quotations import sources
from quotes.quotations.contents import subtree
from quotes.quotations.drafts import Draft, Ranges
from quotes.quotations.lexicon import Entry, nouns, verbs
from quotes.quotations.page import Page, Range

HEARSAY = frozenset({"reportedly", "allegedly", "supposedly", "purportedly"})
_VIEWS = frozenset({"view", "opinion", "word", "telling", "judgment", "judgement", "estimation"})
_CLIMB = frozenset({"prep", "pobj", "pcomp", "advcl", "xcomp", "ccomp", "dobj", "attr", "acomp", "amod", "npadvmod",
                    "compound", "acl", "relcl", "appos", "nsubj", "oprd", "agent", "dep", "advmod"})  # fmt: skip
_LIGHT = frozenset({"make", "repeat", "issue", "express", "voice", "renew", "give", "reiterate", "raise", "have"})
_ACCORDING, _HEARSAY, _VIEW = 0.77, 0.3, 0.35
"""Precision of the three rules on PolNeAR train."""


def phrase_drafts(page: Page) -> Iterator[Draft]:
    """Drafts of all cue phrases in narration."""
    known = nouns()
    for token in page.doc:
        if not page.narrated(token.i):
            continue
        if token.lower_ == "according":
            yield from _according(page, token)
        elif token.lower_ in HEARSAY:
            yield from _hearsay(page, token)
        elif token.pos_ == "NOUN" and token.lemma_ in _VIEWS and token.dep_ == "pobj" and token.head.lower_ == "in":
            yield from _view(page, token)
        elif token.pos_ == "NOUN" and (entry := known.get(token.lemma_)):
            yield from _of_noun(page, token, entry)


def _hearsay(page: Page, adverb: Token) -> Iterator[Draft]:
    """ "He reportedly left"; in "he reportedly said" the verb is the cue."""
    verb = adverb.head
    entry = verbs().get(verb.lemma_)
    if verb.pos_ not in {"VERB", "AUX"} or (entry is not None and "clause" in entry.frames):
        return
    start = min([verb.left_edge.i, *(c.left_edge.i for c in verb.lefts if c.dep_ in {"nsubj", "nsubjpass"})])
    end = min([verb.right_edge.i + 1, *(c.left_edge.i for c in verb.rights if c.dep_ in {"advcl", "conj", "cc"})])
    pieces = (page.trim(start, adverb.i), page.trim(adverb.i + 1, end))
    content = tuple(piece for piece in pieces if piece)
    if content:
        cue = (adverb.i, adverb.i + 1)
        yield Draft(content, (cue,), (), "speech", "hearsay", _HEARSAY, adverb.i)


def _according(page: Page, token: Token) -> Iterator[Draft]:
    to = next((child for child in token.rights if child.lower_ == "to"), None)
    noun = next((child for child in to.rights if child.dep_ in {"pobj", "pcomp"}), None) if to is not None else None
    if to is None or noun is None:
        return
    cue = (token.i, to.i + 1)
    source = sources.phrase(page, noun, cue)
    if source:
        out = (token.i, max(source[1], to.i + 1))
        yield from _around(page, token, out, source=source, cue=cue, method="according-to", score=_ACCORDING)


def _view(page: Page, noun: Token) -> Iterator[Draft]:
    owner = next((child for child in noun.lefts if child.dep_ == "poss"), None)
    if owner is None:
        return
    cue = (noun.i, noun.i + 1)
    source = sources.phrase(page, owner, cue)
    if source:
        out = (noun.head.i, noun.right_edge.i + 1)
        yield from _around(page, noun.head, out, source=source, cue=cue, method="in-view", score=_VIEW)


def _around(
    page: Page, token: Token, out: Range, *, source: Range, cue: Range, method: str, score: float
) -> Iterator[Draft]:
    """The clause around a cue phrase, without the phrase."""
    clause = token.head
    while clause.dep_ in _CLIMB and clause.head is not clause:
        clause = clause.head
    start, end = subtree(clause)
    pieces = [page.trim(start, min(out[0], end)), page.trim(max(out[1], start), end)]
    content: Ranges = tuple(piece for piece in pieces if piece)
    if content:
        act: Act = "thought" if method == "in-view" else "speech"
        yield Draft(content, (cue,), (source,), act, method, score, cue[0])


def _of_noun(page: Page, noun: Token, entry: Entry) -> Iterator[Draft]:
    for child in noun.rights:
        frame, content = _noun_content(page, noun, child)
        score = entry.frames.get(frame)
        if content is None or not score:
            continue
        cue = (noun.i, content[0]) if content[0] == noun.i + 2 else (noun.i, noun.i + 1)
        owner = _owner(noun)
        source = sources.phrase(page, owner, cue) if owner is not None else None
        yield Draft((content,), (cue,), (source,) if source else (), entry.act, "noun", score, noun.i)


def _noun_content(page: Page, noun: Token, child: Token) -> tuple[str, Range | None]:
    if child.dep_ in {"acl", "ccomp", "relcl"} and page.doc[child.left_edge.i].lower_ == "that":
        own = sources.subject(child)
        if own is not None and own.lower_ != "that":
            return "clause", page.trim(*subtree(child))
    elif child.dep_ in {"acl", "xcomp"} and page.doc[child.left_edge.i].tag_ == "TO":
        return "infinitive", page.trim(*subtree(child))
    elif child.dep_ == "prep" and child.i == noun.i + 1:
        return child.lower_, page.trim(child.i + 1, child.right_edge.i + 1)
    return "", None


def _owner(noun: Token) -> Token | None:
    """Whose claim: its possessive, the subject of the verb that makes it, or who it is "by" or "from"."""
    owner = next((child for child in noun.lefts if child.dep_ == "poss"), None)
    if owner is None and noun.dep_ == "dobj" and noun.head.lemma_ in _LIGHT and not sources.is_passive(noun.head):
        owner = sources.speaker_of(noun.head)
    if owner is not None:
        return owner
    makers = (child for child in noun.rights if child.dep_ == "prep" and child.lower_ in {"by", "from", "among"})
    return next((word for maker in makers for word in maker.rights if word.dep_ == "pobj"), None)
