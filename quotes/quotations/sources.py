"""Who speaks: from a cue's main word to the noun phrase that is its source.

In: a cue token in a parsed Doc.  Out: the head word of the source, and its full phrase as a token range.
Invariant: a source never holds its own cue.
"""

from __future__ import annotations

from spacy.tokens import Token

from quotes.quotations.page import Page, Range

SUBJECTS = frozenset({"nsubj", "csubj"})
PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
_SHARES_SUBJECT = frozenset({"conj", "xcomp", "advcl", "ccomp", "pcomp", "prep", "dep"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ"})
_EMPTY = frozenset({"it", "there"})


def is_passive(verb: Token) -> bool:
    """Whether a verb is a passive participle, with or without its auxiliary."""
    return any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children)


def subject(verb: Token) -> Token | None:
    """The verb's own subject, on either side of it."""
    found = [child for child in verb.children if child.dep_ in SUBJECTS]
    return found[-1] if found else None


def passive_subject(verb: Token) -> Token | None:
    """The subject of a passive verb."""
    return next((child for child in verb.children if child.dep_ in PASSIVE_SUBJECTS), None)


def agent(verb: Token) -> Token | None:
    """The noun behind "by" of a passive verb."""
    for child in verb.rights:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            return next((noun for noun in child.rights if noun.dep_ == "pobj"), None)
    return None


def speaker_of(verb: Token) -> Token | None:
    """The head of the source of an active cue: its subject, or that of the verb it hangs on.

    "adding that …" and "… and warned that …" share the subject of their main verb; "a statement saying" is
    said by the statement.
    """
    seen = 0
    while seen < 4:  # a cue four verbs down is not this subject's any more
        own = subject(verb) or (passive_subject(verb) if seen else None)
        if own is not None:
            return own
        if verb.dep_ in {"acl", "relcl"} and verb.head.pos_ in _NOMINAL:
            return verb.head
        if verb.dep_ not in _SHARES_SUBJECT or verb.head is verb:
            return None
        verb, seen = verb.head, seen + 1
    return None


def phrase(page: Page, head: Token, cue: Range) -> Range | None:
    """The full noun phrase of a source, appositives and relative clauses included, without its cue."""
    start, end = head.left_edge.i, head.right_edge.i + 1
    if head.i < cue[0]:
        end = min(end, cue[0])
    elif head.i >= cue[1]:
        start = max(start, cue[1])
    if head.i in range(*cue):
        return None
    here = page.inside[head.i]
    # The parser can carry a phrase across a quotation mark that the printed phrase never crosses.
    while start < head.i and page.inside[start] != here:
        start += 1
    stop = head.i + 1
    while stop < end and (page.inside[stop] == here or _returns(page, stop, end, here)):
        stop += 1
    return page.trim(start, stop)


def _returns(page: Page, index: int, end: int, here: int) -> bool:
    """Whether a short quoted word stands within the phrase: "the so-called “dreamers” group"."""
    last = page.ranges[page.inside[index]][1] if page.inside[index] >= 0 else end
    return here < 0 and last < end and last - index <= 6 and page.doc[last - 2].text not in {",", ".", "?", "!"}


def is_speaker(head: Token) -> bool:
    """Whether a word can be a source at all; the empty "it" and "there" cannot."""
    return head.pos_ in _NOMINAL and not (head.lower_ in _EMPTY and head.dep_ == "expl")
