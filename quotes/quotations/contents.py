"""What is said: the parts of a parsed clause that a cue can govern.

In: a cue's main word.  Out: pairs of a frame (how the content is built into the sentence) and token ranges.
The frames are those of the lexicon:

    clause      said that he left · he left, she said          infinitive  wants to leave
    gerund      considered leaving                             object      praised the plan
    about       called for a vote (one frame a preposition: "for", "about" …)
    whole       according to her, he left · he left, reportedly
    passive     he is expected to leave                        quote       “I left,” he said
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from quotes.quotations.page import Page, Range
from quotes.quotations.sources import passive_subject, subject

_COMPLEMENTS = frozenset({"oprd", "prep", "dative", "xcomp", "ccomp", "attr", "acomp", "acl", "dobj", "pcomp"})
_TIMES = frozenset({"in", "on", "at", "during", "after", "before", "since", "by", "until", "last"})
_ASIDE = frozenset({"ccomp", "parataxis", "advcl", "conj"})
_QUOTES = frozenset({"quote", "cite", "hear", "record"})
_ADDRESSED = frozenset({"tell", "remind", "ask", "assure", "inform", "notify", "warn", "advise"})
STRUCTURAL = frozenset(
    {"clause", "fronted", "parenthetical", "infinitive", "gerund", "object", "adjective", "passive", "passive-bare"}
)
"""Frames that are not named by a preposition."""
_LEAD = 4
"""How many words before a fronted clause can belong to it though the parser left them out."""
Frame = tuple[str, tuple[Range, ...]]


def subtree(token: Token) -> Range:
    """The token range from a word's first to its last dependant."""
    return token.left_edge.i, token.right_edge.i + 1


def frames(page: Page, verb: Token) -> Iterator[Frame]:
    """All complements of a verb that could be content, each with its frame."""
    for child in verb.children:
        if child.dep_ == "ccomp":
            yield from _clause(page, verb, child)
        elif child.dep_ == "xcomp" and child.i > verb.i:
            yield from _open_clause(page, verb, child)
        elif child.dep_ in {"dobj", "oprd"} and child.i > verb.i:
            yield "object", _one(page, _object(verb, child))
        elif child.dep_ == "prep" and child.i > verb.i:
            yield from _prepositional(page, verb, child)
        elif child.dep_ == "acomp" and child.i > verb.i:
            yield "adjective", _one(page, subtree(child))
    if (
        verb.dep_ in _ASIDE
        and subject(verb) is not None
        and not any(c.dep_ in {"ccomp", "xcomp"} for c in verb.children)
    ):
        yield from _parenthetical(page, verb)


def _has_to(verb: Token) -> bool:
    return any(child.tag_ == "TO" for child in verb.lefts)


def _one(page: Page, span: Range) -> tuple[Range, ...]:
    trimmed = page.trim(*span)
    return (trimmed,) if trimmed else ()


def _open_clause(page: Page, verb: Token, child: Token) -> Iterator[Frame]:
    """A complement without a finite verb; who is to do it is content too, but not whom one asks or tells."""
    start, end = subtree(child)
    if subject(child) is not None and not _has_to(child):
        yield "clause", _one(page, (start, end))  # mislabelled by the parser: "said paying them was wrong"
        return
    whom = next((c for c in verb.rights if c.dep_ == "dobj" and c.i < child.i), None)
    if whom is not None and verb.lemma_ not in _ADDRESSED:
        start = whom.left_edge.i
    yield "infinitive" if _has_to(child) else "gerund", _one(page, (start, end))


def _clause(page: Page, verb: Token, child: Token) -> Iterator[Frame]:
    start, end = subtree(child)
    if child.i > verb.i:
        yield "clause", _relative(verb, child) + _one(page, (max(start, verb.i + 1), end))
        return
    own = subject(verb)
    stop = min(verb.i, own.left_edge.i if own is not None and own.i < verb.i else verb.i)
    if start < stop:
        # All before the cue is content: "In the end, he left, she said."
        yield "fronted", _one(page, (_lead(page, start), stop)) + _rest(page, verb, end)


def _lead(page: Page, start: int) -> int:
    """The sentence's first word where it stands just before, else where it is.

    Not `token.sent`: that walks the whole document, and for every verb.
    """
    for index in range(start, max(start - _LEAD, -1), -1):
        if page.doc[index].is_sent_start:
            return index
    return start


def _relative(verb: Token, said: Token) -> tuple[Range, ...]:
    """The relative pronoun that is part of what is said: "tolls, which he said were too high"."""
    pronoun = next((c for c in said.lefts if c.i < verb.i and c.tag_ in {"WDT", "WP"}), None)
    return ((pronoun.i, pronoun.i + 1),) if pronoun is not None else ()


def _rest(page: Page, verb: Token, end: int) -> tuple[Range, ...]:
    """The second half of a clause that its cue interrupts."""
    return _one(page, (max(verb.i + 1, _cue_end(verb)), end)) if end > verb.i + 1 else ()


def _cue_end(verb: Token) -> int:
    inverted = subject(verb)
    return max(verb.i, inverted.right_edge.i if inverted is not None else verb.i) + 1


def _parenthetical(page: Page, verb: Token) -> Iterator[Frame]:
    """The clause around ", she said,": the cue hangs on what it reports."""
    main = verb.head.head if verb.head.dep_ in {"aux", "auxpass"} else verb.head
    if main is verb or main.pos_ not in {"VERB", "AUX", "NOUN", "ADJ", "PROPN"}:
        return
    start, end = subtree(main)
    first, last = subtree(verb)
    start, own = min(start, first), subject(verb)
    # The parser can hang the main clause's subject on the cue: the aside begins behind the last comma before it.
    opening = min(verb.i, own.left_edge.i if own is not None else verb.i)
    first = next((i + 1 for i in range(opening - 1, first - 1, -1) if page.doc[i].text == ","), first)
    last -= page.doc[last - 1].text == ","
    if first <= start or last >= end or page.doc[first - 1].text != "," or page.doc[last].text != ",":
        return
    yield "parenthetical", _one(page, (start, first)) + _one(page, (last, end))


def _object(verb: Token, child: Token) -> Range:
    """A direct object with what completes it: "called him a liar", "credited her with saving the firm"."""
    start, end = subtree(child)
    for sibling in verb.rights:
        if sibling.i <= child.i or sibling.dep_ not in _COMPLEMENTS or sibling.left_edge.i != end:
            continue
        if sibling.dep_ == "prep" and sibling.lower_ in _TIMES:
            break
        end = sibling.right_edge.i + 1
    return start, end


def _prepositional(page: Page, verb: Token, child: Token) -> Iterator[Frame]:
    start, end = child.i + 1, child.right_edge.i + 1
    if start < end and child.i == verb.i + 1:
        yield child.lower_, _one(page, (start, end))


def quoted_saying(verb: Token) -> Token | None:
    """The "saying" of "was quoted as saying"."""
    for child in verb.rights:
        if child.dep_ == "prep" and child.lower_ == "as":
            return next((inner for inner in child.rights if inner.lower_ in {"saying", "telling"}), None)
    return None


def passive_frames(page: Page, verb: Token) -> Iterator[Frame]:
    """A passive or raising cue: the subject is part of what is said ("the vote … to be close")."""
    head = passive_subject(verb) or subject(verb)
    if verb.lemma_ in _QUOTES and (saying := quoted_saying(verb)) is not None:
        yield from frames(page, saying)
        return
    rest = [child for child in verb.rights if child.dep_ in {"xcomp", "ccomp", "oprd", "prep", "acomp"}]
    rest = [child for child in rest if not (child.dep_ == "prep" and child.lower_ in _TIMES)]
    if head is None or head.i > verb.i:
        return
    said = tuple(span for child in rest for span in _one(page, subtree(child)))
    if head.lower_ == "it" and any(child.dep_ == "ccomp" for child in rest):
        yield "passive", said  # "it is said that …": the empty subject says nothing
        return
    content = _one(page, (head.left_edge.i, min(head.right_edge.i + 1, verb.i))) + said
    if content:
        yield "passive" if said else "passive-bare", content
