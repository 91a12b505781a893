"""The thing a figure measures, as a span: "migration through the Darien Gap", "Colombian migrants".

A noun phrase is given without its articles, numbers and comparators, with the prepositional phrases that
belong to it, and without relative clauses and times: "43 Colombian migrants who crossed" measures
"Colombian migrants".
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from quotes.claims.governors import Governor, predicate_of
from quotes.claims.phrases import NOUNS, TIMES, noun_phrase
from quotes.claims.points import LEADS, lead_of
from quotes.claims.quantities import Quantity
from quotes.claims.referents import referent_of
from quotes.claims.shares import Share
from quotes.models import Span

_SCORED = frozenset({"vote", "decision", "ruling", "victory", "win", "defeat", "loss", "lead", "margin"})
LOSSES = frozenset({"loss"})
"""Of money these are amounts themselves, no movement: "a $9 million loss"."""
_INVESTS = frozenset({"invest", "pour", "put", "sink", "inject", "pump"})
_DASHES = frozenset({"—", "–", "―", "--", "-"})
_MARKS = frozenset({"mark", "threshold", "barrier", "milestone", "line"})
_RANGING = frozenset({"range", "total", "average", "vary", "amount"})
_AMOUNTS = frozenset({"margin", "rate", "level", "pace", "amount", "number", "share", "sum"})
_OWNERS = frozenset(
    {"see", "post", "report", "record", "experience", "suffer", "have", "show", "register", "enjoy", "face"}
)


def measured_of(
    doc: Doc, quantity: Quantity, governor: Governor | None, limits: Span, share: Share | None = None
) -> Span | None:
    """What a quantity measures, inside the limits of who says it; a pronoun's noun may stand in front of them."""
    for candidate in _candidates(doc, quantity, governor, share):
        if candidate is None or _is_unit(candidate, quantity):
            continue
        head = referent_of(candidate)
        if head is None or _is_unit(head, quantity):
            continue
        # A lead is a lead, over whom and among whom is what it is measured against.
        whole = head.lemma_.lower() not in LEADS or quantity.kind != "points"
        if limits[0] <= head.idx < limits[1]:
            return noun_phrase(doc, head, quantity, limits, with_behind=whole)
        meant = head.i != candidate.i and limits[0] <= candidate.idx < limits[1]
        if meant or (candidate.sent.start == doc[quantity.left].sent.start and quantity.kind == "points"):
            sentence = head.sent
            bounds = sentence.start_char, sentence.end_char
            return noun_phrase(doc, head, quantity, bounds, with_behind=whole)
        if candidate.i == head.i:
            return None
    return None


def _candidates(doc: Doc, quantity: Quantity, governor: Governor | None, share: Share | None) -> Iterator[Token | None]:
    """Tokens that may head the thing measured, the best first."""
    if share is not None:
        yield share.part
    yield lead_of(doc, quantity)
    if quantity.kind == "score":
        yield _voted_on(doc, quantity, governor)
    yield _changing(quantity, governor)
    yield _counted(doc, quantity)
    if share is not None and share.part is None:
        return
    yield _levelled(doc, quantity, governor)
    if governor is not None and share is None:
        yield from _objects(governor.token, doc[quantity.left])


def _objects(verb: Token, figure: Token) -> Iterator[Token]:
    """Where the subject is "it" and the like: the object, also of "it takes two weeks to rebuild the bridge"."""
    for each in (verb, *(c for c in verb.children if c.dep_ in ("xcomp", "advcl", "ccomp") and c.i > figure.i)):
        found = _child(each, "dobj")
        if found is not None and found.i != figure.i and not found.is_ancestor(figure):
            yield found


def _is_unit(token: Token, quantity: Quantity) -> bool:
    """The figure itself, or the unit of another one."""
    return quantity.left <= token.i <= quantity.right or token.lower_ in ("percent", "%", "points")


def _voted_on(doc: Doc, quantity: Quantity, governor: Governor | None) -> Token | None:
    """What a score is about: "in the 80-19 vote for X" the vote; "passed the bill 52-48" the bill."""
    for i in range(quantity.right + 1, min(quantity.right + 5, len(doc))):
        if doc[i].pos_ in NOUNS and doc[i].lemma_.lower() in _SCORED:
            return doc[i]
        if doc[i].tag_ not in ("CD", "SYM", "HYPH", ":", "JJ") and doc[i].dep_ != "punct":
            break
    if quantity.unit != "vote" or governor is None:
        return None
    return _child(governor.token, "dobj") or _child(governor.token, "nsubjpass")


def _changing(quantity: Quantity, governor: Governor | None) -> Token | None:
    if governor is None or governor.moves in ("other", "level"):
        return None
    if governor.moves == "noun" or governor.token.pos_ in NOUNS:
        if quantity.kind == "money" and governor.token.lemma_.lower() in LOSSES:
            return governor.token
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
        counted = doc[quantity.counted.head]
        return _renamed(doc, counted, quantity) or counted
    behind = quantity.right + 1
    if behind + 1 < len(doc) and doc[behind].lower_ == "of" and doc[behind + 1].tag_ in ("WP", "WDT"):
        return doc[behind + 1]
    if quantity.kind == "money" and behind < len(doc) and doc[behind].lower_ == "worth":
        behind += 1
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


def _renamed(doc: Doc, counted: Token, quantity: Quantity) -> Token | None:
    """ "all Danes — 6 million members of one nation —": the noun in front is what there are so many of."""
    noun: Token | None = counted.head if counted.dep_ == "appos" else None
    if noun is None and quantity.left > 1 and doc[quantity.left - 1].text in _DASHES:
        noun = doc[quantity.left - 2]
    if noun is None or noun.tag_ not in ("NNS", "NNPS") or noun.i > counted.i:
        return None
    return None if any(c.tag_ == "CD" for c in noun.children) else noun


def _levelled(doc: Doc, quantity: Quantity, governor: Governor | None) -> Token | None:
    """The noun a level belongs to: "a budget of $3bn", "a $3bn project", else the subject or what money goes to."""
    outer = doc[quantity.counted.head if quantity.counted and quantity.unit in ("point", "time") else quantity.right]
    while quantity.left <= outer.head.i <= quantity.right and outer.head.i != outer.i:
        outer = outer.head
    if (
        outer.dep_ in ("compound", "nmod", "amod", "quantmod", "nummod")
        and outer.head.pos_ in NOUNS
        and outer.head.i > quantity.right
        and outer.head.lower_ not in _MARKS
    ):
        return outer.head
    if outer.dep_ == "pobj" and outer.head.lower_ in ("of", "at", "to") and outer.head.head.pos_ in NOUNS:
        return _whole_name(outer.head.head)
    if governor is None:
        return None
    if governor.token.tag_ == "VBG" and governor.token.lemma_.lower() in _RANGING:
        before = doc[governor.token.i - (2 if doc[governor.token.i - 1].text == "," else 1)]
        if before.pos_ in NOUNS:
            return before
    if quantity.kind == "money" and governor.below.dep_ in ("dobj", "nsubjpass"):
        invests = governor.token.lemma_.lower() in _INVESTS
        preps = ("on", "for", "in", "into") if invests else ("on", "for")
        for child in governor.token.children:
            if child.dep_ == "prep" and child.lower_ in preps and child.i > quantity.right:
                found = _child(child, "pobj")
                if found is not None and found.ent_type_ not in TIMES:
                    return found
    return _child(governor.token, "nsubjpass") or _subject(governor.token)


def _whole_name(noun: Token) -> Token:
    """ "a margin of error of 4 points": the margin."""
    above = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else None
    return above if above is not None and above.lemma_.lower() in _AMOUNTS and above.i == noun.i - 2 else noun


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
