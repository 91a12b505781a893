"""Whose words a publication is: "a Quinnipiac University poll", "research by the Calderran Legal Aid Centre".

In: the token that heads a source.  Out: the tokens that may name who issued it, likeliest first; whether
one of them is a name is the caller's question.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

_PUBLICATIONS = frozenset(
    {
        *("poll", "survey", "study", "report", "analysis", "research", "review", "paper", "data", "figure", "index"),
        *("average", "tally", "calculation", "estimate", "projection", "count", "audit", "ranking", "forecast"),
        *("article", "story", "editorial", "column", "ad", "advertisement", "commercial", "video", "book", "memoir"),
        *("statement", "letter", "email", "e-mail", "memo", "tweet", "post", "message", "release", "note", "filing"),
    }
)
_REACH = 250
"""Tokens back in which "a statement" may stand that "the statement" takes up."""
_SUBJECTS = frozenset({"nsubj", "agent"})
_BY = frozenset({"by", "from"})


def issuers(head: Token) -> Iterator[Token]:
    """Tokens that may name the issuer of the publication a source is headed by; none where it is no publication."""
    if head.lemma_.lower() not in _PUBLICATIONS:
        return
    for child in head.rights:
        if child.dep_ == "acl":
            yield from (noun for by in child.children if by.lower_ == "by" for noun in by.children)
        elif child.dep_ == "prep" and child.lower_ in _BY:
            yield from child.children
    yield from (child for child in reversed(list(head.lefts)) if child.dep_ in {"compound", "poss", "nmod", "amod"})


def introduced(head: Token) -> Iterator[Token]:
    """For a definite publication ("the statement") tokens that may name who issued it, by where it came up first.

    "The council issued a statement on Friday": the subject of whose object it was.
    """
    if head.lemma_.lower() not in _PUBLICATIONS or not any(c.dep_ == "det" and c.lower_ == "the" for c in head.lefts):
        return
    for token in reversed(head.doc[max(0, head.i - _REACH) : head.i]):
        if token.lemma_ == head.lemma_ and not any(c.dep_ == "det" and c.lower_ == "the" for c in token.lefts):
            yield from issuers(token)
            if token.dep_ == "dobj":
                yield from (child for child in token.head.children if child.dep_ in _SUBJECTS)
