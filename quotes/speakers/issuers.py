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
        *("polling", "datum", "statistic", "sheet", "tracker", "database", "assessment", "bulletin", "briefing"),
    }
)
RECORDS = frozenset({"record", "document", "file"})
"""What a body keeps: "F.A.A. records" are its word, those of a person nobody's."""
POLLS = frozenset({"poll", "survey", "polling"})
"""Publications that are called by each other's name: the survey is the poll."""
_REACH = 250
"""Tokens back in which "a statement" may stand that "the statement" takes up; an article goes on about its poll."""
_SUBJECTS = frozenset({"nsubj", "agent"})
_BY = frozenset({"by", "from"})
_PRINTED = frozenset(
    {"report", "article", "story", "column", "editorial", "essay", "op-ed", "interview", "study", "paper"}
)
"""What stands in a newspaper or journal, whose it is where nobody wrote it."""
_LEFT = frozenset({"compound", "nmod", "amod", "nsubj"})
"""No noun has a subject: where the parse says so, "a University of Lima poll" was read wrong."""
_AT = frozenset({"at", "of", "from", "with"})
_POSTED = frozenset({"post", "message", "tweet", "video", "note", "statement"})
_PLATFORMS = frozenset({"facebook", "twitter", "instagram", "youtube", "tiktok", "telegram", "snapchat", "linkedin"})
"""Where somebody posts: "a Twitter message" is not Twitter's."""


def issuers(head: Token) -> Iterator[Token]:
    """Tokens that may name the issuer of the publication a source is headed by; none where it is no publication."""
    word = _word(head)
    if word not in _PUBLICATIONS and word not in RECORDS:
        return
    for child in head.rights:
        if child.dep_ == "acl":
            yield from (maker for by in child.children if by.lower_ == "by" for maker in _makers(by))
        elif child.dep_ == "prep" and (child.lower_ in _BY or (child.lower_ == "in" and word in _PRINTED)):
            yield from _makers(child)
        elif child.dep_ == "prep" and child.lower_ == "of":
            for matter in child.children:
                if word == "average" and _word(matter) in POLLS:
                    yield from issuers(matter)
                # "an analysis of court data by the Lima Institute", whatever the parse hangs "by" on
                yield from (m for by in matter.rights if by.lower_ == "by" for m in _makers(by))
        elif child.dep_ == "amod":  # "figures available from the bureau"
            yield from (maker for by in child.children if by.lower_ in _BY for maker in _makers(by))
    # An owner comes first, whatever the parse hangs it on: "the Gazette's Swing States average".
    yield from (owner for child in head.lefts for owner in (*child.lefts, child) if owner.dep_ == "poss")
    for child in reversed(list(head.lefts)):
        if child.dep_ in _LEFT and not (word in _POSTED and child.lower_ in _PLATFORMS):
            yield child


def _makers(preposition: Token) -> Iterator[Token]:
    """Who stands behind "by", and the body that they are of: "by economists at Lima University"."""
    for maker in preposition.children:
        yield maker
        for at in maker.rights:
            if at.dep_ == "prep" and at.lower_ in _AT and maker.pos_ == "NOUN":
                yield from at.children


def introduced(head: Token) -> Iterator[Token]:
    """For a definite publication ("the statement") tokens that may name who issued it, by where it came up first.

    "The council issued a statement on Friday": the subject of whose object it was.
    """
    word = _word(head)
    if word not in _PUBLICATIONS or not _is_definite(head):
        return
    same = POLLS if word in POLLS else frozenset({word})
    start = 0 if word in POLLS else max(0, head.i - _REACH)
    for token in reversed(head.doc[start : head.i]):
        if _word(token) not in same or token.pos_ != "NOUN":
            continue
        if word in POLLS:
            yield from issuers(token)
        elif not _is_definite(token):
            yield from issuers(token)
            if token.dep_ == "dobj":
                yield from (child for child in token.head.children if child.dep_ in _SUBJECTS)


def _is_definite(head: Token) -> bool:
    return any(child.dep_ == "det" and child.lower_ == "the" for child in head.lefts)


def _word(token: Token) -> str:
    return token.lemma_.lower()
