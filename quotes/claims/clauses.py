"""The clause a figure stands in: a token and the limits of who says it in, a span and its verb out.

The clause is the nearest one above the figure that has a subject of its own, cut to the content of the
quotation that asserts it, so that the speaker is never taken for part of what is claimed.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from quotes.claims.printed import text_of
from quotes.models import Span

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_VERBAL = frozenset({"VERB", "AUX"})
_EDGES = " \t\r\n\u00a0,;:.!?–—-\"'“”‘’«»()[]…"
CREDITING = frozenset({"credit", "blame", "praise", "thank"})
_RELATIVE = frozenset({"WDT", "WP", "WP$", "WRB"})


def subject_of(verb: Token) -> Token | None:
    """A verb's own subject; that of the first verb it is joined to where it shares one."""
    own = next((child for child in verb.children if child.dep_ in _SUBJECTS and child.dep_ != "expl"), None)
    if own is not None:
        return own
    if verb.dep_ in ("conj", "xcomp", "advcl", "pcomp") and verb.head.pos_ in _VERBAL and verb.head.i != verb.i:
        return subject_of(verb.head)
    return verb.head if verb.dep_ == "acl" else None


def clause_verb(token: Token, limits: Span) -> Token:
    """The verb of the nearest clause with its own subject, inside the limits; else the highest token inside."""
    best = token
    for ancestor in token.ancestors:
        if not limits[0] <= ancestor.idx < limits[1]:
            break
        best = ancestor
        if ancestor.dep_ == "pcomp" and ancestor.tag_ == "VBG" and _is_credited(ancestor.head):
            break
        if ancestor.pos_ in _VERBAL and any(child.dep_ in _SUBJECTS for child in ancestor.children):
            break
    return best


def _is_credited(prep: Token) -> bool:
    """ "credited Y with reducing Z": what was reduced is a claim of its own."""
    above = [prep.head, prep.head.head]
    return prep.lower_ in ("with", "for") and any(token.lemma_.lower() in CREDITING for token in above)


def clause_span(doc: Doc, verb: Token, token: Token, limits: Span) -> Span:
    """The offsets of a verb's clause around `token`, trimmed, inside the limits."""
    left, right = verb.left_edge.i, verb.right_edge.i
    if _is_relative(verb):
        left = min(left, verb.head.left_edge.i)
    for child in verb.children:
        if child.dep_ in ("conj", "parataxis", "ccomp") and _has_subject(child) and not _inside(child, token):
            if child.dep_ == "ccomp" and child.i > verb.i:
                continue
            if child.left_edge.i > token.i:
                right = min(right, child.left_edge.i - 1)
            elif child.right_edge.i < token.i:
                left = max(left, child.right_edge.i + 1)
    left, right = min(left, token.i), max(right, token.i)
    while right > token.i and doc[right].dep_ in ("cc", "punct"):
        right -= 1
    while left < token.i and _leads(doc[left]):
        left += 1
    start, end = max(doc[left].idx, limits[0]), min(doc[right].idx + len(doc[right]), limits[1])
    return trimmed(text_of(doc), start, end)


def apposed_span(doc: Doc, noun: Token, limits: Span) -> Span:
    """The offsets of a noun in apposition with the noun it says something of: "Ida Berger, the first woman to …"."""
    left, right = min(noun.head.left_edge.i, noun.left_edge.i), noun.right_edge.i
    start, end = max(doc[left].idx, limits[0]), min(doc[right].idx + len(doc[right]), limits[1])
    return trimmed(text_of(doc), start, end)


def _leads(token: Token) -> bool:
    """Words that only join a clause to what stands before it."""
    return (token.dep_ in ("cc", "punct", "mark") and token.lower_ != "if") or token.tag_ == "WRB"


def trimmed(text: str, start: int, end: int) -> Span:
    """A span without blanks and marks at its ends; a closing sign of the figure ("%", "U.S.") stays."""
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES and not _abbreviates(text, end):
        end -= 1
    return start, end


def _abbreviates(text: str, end: int) -> bool:
    return text[end - 1] == "." and end >= 3 and text[end - 3] == "." and text[end - 2].isalpha()


def _is_relative(verb: Token) -> bool:
    return verb.dep_ == "relcl" and any(child.dep_ in _SUBJECTS and child.tag_ in _RELATIVE for child in verb.children)


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in _SUBJECTS for child in verb.children)


def _inside(ancestor: Token, token: Token) -> bool:
    return ancestor.i == token.i or ancestor.is_ancestor(token)
