"""The thing a figure measures, as a span: "migration through the Darien Gap", "Colombian migrants".

A noun phrase is given without its articles, numbers and comparators, with the prepositional phrases that
belong to it, and without relative clauses and times: "43 Colombian migrants who crossed" measures
"Colombian migrants".
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from quotes.claims.governors import Governor, predicate_of
from quotes.claims.phrases import NOUNS, TIMES, noun_phrase
from quotes.claims.quantities import Quantity
from quotes.models import Span

_OWNERS = frozenset(
    {"see", "post", "report", "record", "experience", "suffer", "have", "show", "register", "enjoy", "face"}
)


def measured_of(doc: Doc, quantity: Quantity, governor: Governor | None, limits: Span) -> Span | None:
    """What a quantity measures, inside the limits of who says it."""
    head = _changing(quantity, governor) or _counted(doc, quantity) or _levelled(doc, quantity, governor)
    if head is None or not limits[0] <= head.idx < limits[1] or quantity.left <= head.i <= quantity.right:
        return None
    return noun_phrase(doc, head, quantity, limits)


def _changing(quantity: Quantity, governor: Governor | None) -> Token | None:
    if governor is None or governor.moves in ("other", "level"):
        return None
    if governor.moves == "noun" or governor.token.pos_ in NOUNS:
        return _of_noun(governor, quantity)
    verb, inner = governor.token, governor.below
    passive, objects, subject = _child(verb, "nsubjpass"), _child(verb, "dobj"), _subject(verb)
    if quantity.counted and inner.dep_ in ("dobj", "nsubjpass", "nsubj") and governor.prep is None:
        return None
    if governor.moves == "self":
        return subject or objects
    own = objects if objects is not None and objects.i != inner.i else None
    return passive or own or subject


def _of_noun(governor: Governor, quantity: Quantity) -> Token | None:
    noun = governor.token
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in ("in", "of", "to", "for", "on") and child.i != governor.below.i:
            found = _child(child, "pobj")
            if found is not None and not quantity.left <= found.i <= quantity.right and found.ent_type_ not in TIMES:
                return found
    for child in noun.children:
        if child.dep_ in ("compound", "poss", "nmod", "amod") and child.pos_ in NOUNS and child.i < quantity.left - 0:
            return child
        if child.dep_ in ("compound", "poss") and child.pos_ in NOUNS and child.i > quantity.right:
            return child
    if quantity.counted and governor.prep == "of":
        return None
    verb = predicate_of(governor)
    return _subject(verb) if verb.lemma_.lower() in _OWNERS else None


def _counted(doc: Doc, quantity: Quantity) -> Token | None:
    if quantity.kind in ("count", "share", "duration") and quantity.counted:
        return doc[quantity.counted.head]
    behind = quantity.right + 1
    if (
        quantity.kind in ("percent", "money", "measure", "share")
        and behind + 1 < len(doc)
        and doc[behind].lower_ in ("of", "in")
    ):
        found = _child(doc[behind], "pobj")
        if (
            found is not None
            and found.ent_type_ not in TIMES
            and (doc[behind].lower_ == "of" or quantity.kind == "money")
        ):
            return found
    return None


def _levelled(doc: Doc, quantity: Quantity, governor: Governor | None) -> Token | None:
    """The noun a level belongs to: "a budget of $3bn", "a $3bn project", else the subject or what money goes to."""
    outer = doc[quantity.right]
    while quantity.left <= outer.head.i <= quantity.right and outer.head.i != outer.i:
        outer = outer.head
    if (
        outer.dep_ in ("compound", "nmod", "amod", "quantmod", "nummod")
        and outer.head.pos_ in NOUNS
        and outer.head.i > quantity.right
    ):
        return outer.head
    if outer.dep_ == "pobj" and outer.head.lower_ in ("of", "at", "to") and outer.head.head.pos_ in NOUNS:
        return outer.head.head
    if governor is None:
        return None
    if quantity.kind == "money" and governor.below.dep_ == "dobj":
        for child in governor.token.children:
            if child.dep_ == "prep" and child.lower_ in ("on", "for", "in") and child.i > quantity.right:
                found = _child(child, "pobj")
                if found is not None and found.ent_type_ not in TIMES:
                    return found
    return _child(governor.token, "nsubjpass") or _subject(governor.token)


def _child(token: Token, dep: str) -> Token | None:
    return next((child for child in token.children if child.dep_ == dep), None)


def _subject(verb: Token) -> Token | None:
    """A verb's subject, through relative pronouns to what they stand for and up shared subjects."""
    for _ in range(6):
        # A dateline may be hung on the verb as one more subject: the nearest one counts.
        own = next((c for c in reversed(list(verb.lefts)) if c.dep_ in ("nsubj", "nsubjpass")), None)
        own = own if own is not None else _child(verb, "nsubj")
        if own is not None:
            return verb.head if own.tag_ in ("WDT", "WP") and verb.dep_ == "relcl" else own
        if verb.dep_ == "acl":
            return verb.head
        if verb.dep_ not in ("conj", "xcomp", "advcl", "pcomp", "aux") or verb.head.i == verb.i:
            return None
        verb = verb.head
        if verb.pos_ not in ("VERB", "AUX"):
            return None
    return None
