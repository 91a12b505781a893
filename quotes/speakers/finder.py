"""Finding the names in a Doc: of persons, organisations and groups.

In: a parsed Doc with entities, and the tokens that head sources.  Out: `NameMention`s in text order,
without overlap, each over the bare name.  The recogniser's entities come first; titles, known given
names and sources show where it missed one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from quotes.speakers import lexicon
from quotes.speakers.kinds import decide_kinds
from quotes.speakers.lexicon import fold
from quotes.speakers.mentions import NameMention, is_capital, is_title, read_mention

_LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC", "LOC", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW"})

_CAMEL = re.compile(r"[a-z][A-Z][a-z]")
"""Capitals inside a word are a name's, whatever the tagger says: "DataHeads"."""


def find_names(doc: Doc, roots: Iterable[int]) -> list[NameMention]:
    """All names in the text, and whatever proper name heads a source although the recogniser missed it."""
    source_roots = frozenset(roots)
    found: list[NameMention] = []
    taken = bytearray(len(doc))
    for start, end, label in _candidates(doc, source_roots):
        mention = read_mention(doc, start, end, label)
        if mention and not any(taken[mention.start : mention.end]):
            taken[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
            found.append(mention)
    decided = list(decide_kinds(doc, found))
    return sorted([*decided, *_overlooked(doc, decided, taken)], key=lambda mention: mention.start)


def _overlooked(doc: Doc, mentions: list[NameMention], taken: bytearray) -> Iterator[NameMention]:
    """Surnames of persons named elsewhere that the recogniser passed over."""
    surnames = {mention.words[-1] for mention in mentions if mention.kind == "person" and len(mention.words) > 1}
    for token in doc:
        if taken[token.i] or token.text not in surnames:
            continue
        if not (token.dep_ == "compound" and is_capital(token.head) and token.head.i > token.i):
            mention = read_mention(doc, token.i, token.i + 1, "")
            if mention:
                yield replace(mention, kind="person")


def _candidates(doc: Doc, roots: frozenset[int]) -> Iterator[tuple[int, int, str]]:
    """Entities first, then runs of capitals that a title introduces or that head a source."""
    covered = bytearray(len(doc))
    for entity in doc.ents:
        if entity.label_ in _LABELS and not _is_clause(entity):
            covered[entity.start : entity.end] = b"\x01" * (entity.end - entity.start)
            for start, end in _split(doc, entity.start, entity.end):
                yield start, end, entity.label_
    for token in doc:
        if covered[token.i] or not is_capital(token):
            continue
        titled = token.i > 0 and is_title(doc[token.i - 1])
        introduced = token.pos_ == "PROPN" and (titled or _starts_name(doc, token))
        if introduced or (token.i in roots and _is_proper(token)):
            yield *_run(doc, token.i, covered), ""


def _is_clause(entity: Span) -> bool:
    """A headline or clause that the recogniser took for a title: "Trump accused Holt of being a"."""
    return entity.label_ not in {"PERSON", "GPE"} and any(token.tag_ in {"VBD", "VBZ"} for token in entity)


def _split(doc: Doc, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of an entity around a possessive or bracket: "Globe News’ Ana Torres" and "World Bank (WB" are two.

    "The Coroner's Office" is one.
    """
    if fold(doc[end - 1].text) in lexicon.bodies():
        yield start, end
        return
    for index in range(start, end):
        if index > start and (doc[index].tag_ == "POS" or doc[index].text in {"'", "’", "("}):
            yield start, index
            start = index + 1
    yield start, end


def _starts_name(doc: Doc, token: Token) -> bool:
    """Whether this is a known given name with a name behind it."""
    following = doc[token.i + 1] if token.i + 1 < len(doc) else None
    is_followed = following is not None and following.pos_ == "PROPN" and is_capital(following)
    return is_followed and lexicon.is_given_name(fold(token.text))


def _is_proper(token: Token) -> bool:
    if token.pos_ == "PROPN" or _CAMEL.search(token.text):
        return True
    if token.is_upper and _is_hyphen(token.doc, token.i - 1) and is_capital(token.doc[token.i - 2]):
        return True  # the X of "Data-X"
    return token.is_upper and len(token) > 2 and token.pos_ not in {"PRON", "DET"}


def _run(doc: Doc, index: int, covered: bytearray) -> tuple[int, int]:
    """The run of capitalised words around a token, particles and hyphens inside it included."""
    start, end = index, index + 1
    while start > 0 and not covered[start - 1]:
        step = 2 if _is_hyphen(doc, start - 1) else 1
        before = doc[start - step] if start >= step else None
        if before is None or covered[before.i] or not (is_capital(before) and _is_proper(before)):
            break
        start = before.i
    while end < len(doc) and not covered[end]:
        inner = doc[end].lower_ in lexicon.particles() or _is_hyphen(doc, end)
        inner = inner and end + 1 < len(doc) and is_capital(doc[end + 1])
        if not inner and not (is_capital(doc[end]) and _is_proper(doc[end])):
            break
        end += 1
    return start, end


def _is_hyphen(doc: Doc, index: int) -> bool:
    """Whether a hyphen joins the words on both its sides: "Data-X"."""
    return index > 0 and doc[index].text == "-" and not doc[index].whitespace_ and not doc[index - 1].whitespace_
