"""Voices inside a voice that no quotation marks off: "she said the police had told her that …", "cited a Gallup
poll showing that …", "according to figures from the ministry, she said, …".

The word a claim hangs on and the limits of its quotation in; the further links of the chain, outermost first, and
the narrower limits out.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Doc, Token

from quotes.claims.lexicon import key_of, words
from quotes.models import Assertion, Span, Stance

Named = Callable[[int, int], tuple[str | None, str] | None]
"""Offsets of a noun phrase → speaker's id (None: only printed) and name; None for nobody with a name."""

_TELLING = ("ccomp", "relcl")
_WORDY = frozenset({"ORG", "PERSON"})


def nested_links(doc: Doc, token: Token, limits: Span, named: Named) -> tuple[tuple[Assertion, ...], Span]:
    """The voices between a quotation's limits and the claim at `token`."""
    links: list[Assertion] = []
    inner = limits
    below = token
    for ancestor in token.ancestors:
        if not limits[0] <= ancestor.idx < limits[1]:
            break
        if below.dep_ == "ccomp" and below.i > ancestor.i and (link := _told(doc, ancestor, named)):
            links.append(link)
            inner = (max(inner[0], below.left_edge.idx), inner[1])
        below = ancestor
    links.reverse()
    return tuple(links), inner


def _told(doc: Doc, verb: Token, named: Named) -> Assertion | None:
    """ "the police had told her that …", "a Gallup poll showing that …": who says the clause under a verb."""
    stance = key_of("stances").get(verb.lemma_.lower())
    if stance is None or verb.pos_ != "VERB":
        return None
    who = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if (who is None and verb.dep_ == "acl") or (who is not None and who.tag_ in ("WDT", "WP") and verb.dep_ == "relcl"):
        who = verb.head
    if who is None or who.tag_ == "PRP":
        return None
    return _link(doc, who, verb.text, _stance(stance), named)


def according_to(doc: Doc, sentence: Span, named: Named) -> Assertion | None:
    """ "According to figures from the ministry, rents fell": the source that a speaker leans on, in front."""
    span = doc.char_span(*sentence, alignment_mode="expand")
    if span is None:
        return None
    start = span.start
    if start + 2 < len(doc) and doc[start].lower_ == "according" and doc[start + 1].lower_ == "to":
        found = next((c for c in doc[start + 1].children if c.dep_ == "pobj"), None)
        if found is not None:
            return _link(doc, found, f"{doc[start].text} {doc[start + 1].text}", "asserts", named)
    return None


def _link(doc: Doc, head: Token, cue: str, stance: Stance, named: Named) -> Assertion | None:
    """None where a thing without an author says it ("documents show"): who brought it up answers for it."""
    left, right = head.left_edge, head.right_edge
    for child in head.children:
        if child.dep_ in ("acl", "relcl", "punct") and child.i > head.i:
            right = doc[child.left_edge.i - 1]
            break
    found = named(left.idx, right.idx + len(right)) or printed_body(doc, left.idx, right.idx + len(right))
    if found is None and not _is_somebody(head):
        return None
    speaker_id, name = found or (None, "anonymous")
    return Assertion(name, stance, cue, speaker_id)


def printed_body(doc: Doc, start: int, end: int) -> tuple[None, str] | None:
    """The first person or body printed in a stretch of text, who speaks nowhere in the document."""
    span = doc.char_span(start, end, alignment_mode="expand")
    found = next((e.text for e in span.ents if e.label_ in _WORDY), None) if span is not None else None
    return (None, found.removeprefix("the ").removeprefix("The ")) if found else None


def _is_somebody(head: Token) -> bool:
    lemma = head.lemma_.lower()
    return any(lemma in words(*key) for key in (("people", "human"), ("people", "person"), ("reasons", "other")))


def _stance(key: str) -> Stance:
    return key  # type: ignore[return-value]
