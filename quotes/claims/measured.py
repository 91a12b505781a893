"""The thing a figure measures, as a span: "migration through the Darien Gap", "Colombian migrants".

A noun phrase is given without its articles, numbers and comparators, with the prepositional phrases that
belong to it, and without relative clauses and times: "43 Colombian migrants who crossed" measures
"Colombian migrants".
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from quotes.claims.governors import Governor, predicate_of
from quotes.claims.quantities import Quantity
from quotes.models import Span

_LEFT_OUT = frozenset({"relcl", "acl", "appos", "conj", "cc", "punct", "advcl", "parataxis"})
_LEADING = frozenset({"DT", "PRP$", "CD", "PDT", "WP$", "WDT"})
_TIMES = frozenset({"DATE", "TIME"})
_NOT_PART = frozenset(
    {"including", "since", "during", "before", "after", "until", "by", "despite", "as", "than", "per", "due", "because"}
)
_NAMING = frozenset({"of", "for", "in", "on"})
_OWNERS = frozenset(
    {"see", "post", "report", "record", "experience", "suffer", "have", "show", "register", "enjoy", "face"}
)
_NOUNS = frozenset({"NOUN", "PROPN"})


def measured_of(doc: Doc, quantity: Quantity, governor: Governor | None, limits: Span) -> Span | None:
    """What a quantity measures, inside the limits of who says it."""
    head = _changing(quantity, governor) or _counted(doc, quantity) or _levelled(doc, quantity, governor)
    if head is None or not limits[0] <= head.idx < limits[1] or quantity.left <= head.i <= quantity.right:
        return None
    return noun_phrase(doc, head, quantity, limits)


def _changing(quantity: Quantity, governor: Governor | None) -> Token | None:
    if governor is None or governor.moves in ("other", "level"):
        return None
    if governor.moves == "noun" or governor.token.pos_ in _NOUNS:
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
            if found is not None and not quantity.left <= found.i <= quantity.right and found.ent_type_ not in _TIMES:
                return found
    for child in noun.children:
        if child.dep_ in ("compound", "poss", "nmod", "amod") and child.pos_ in _NOUNS and child.i < quantity.left - 0:
            return child
        if child.dep_ in ("compound", "poss") and child.pos_ in _NOUNS and child.i > quantity.right:
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
            and found.ent_type_ not in _TIMES
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
        and outer.head.pos_ in _NOUNS
        and outer.head.i > quantity.right
    ):
        return outer.head
    if outer.dep_ == "pobj" and outer.head.lower_ in ("of", "at", "to") and outer.head.head.pos_ in _NOUNS:
        return outer.head.head
    if governor is None:
        return None
    if quantity.kind == "money" and governor.below.dep_ == "dobj":
        for child in governor.token.children:
            if child.dep_ == "prep" and child.lower_ in ("on", "for", "in") and child.i > quantity.right:
                found = _child(child, "pobj")
                if found is not None and found.ent_type_ not in _TIMES:
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


def noun_phrase(doc: Doc, head: Token, quantity: Quantity | None, limits: Span) -> Span | None:
    """The span of a noun phrase as measured: no article, number or clause; with what prepositions add to it."""
    left, right = _left(head, quantity), head.i
    banned = range(quantity.left, quantity.right + 1) if quantity else range(0)
    for _ in range(4):
        following = _phrase_behind(doc, right, head, banned)
        if following is None:
            break
        right = following
    while left < head.i and (doc[left].tag_ in _LEADING or doc[left].is_punct):
        left += 1
    if doc[right].tag_ == "PRP" and doc[right].i == head.i and head.lower_ in ("i", "we", "you"):
        return None
    start, end = max(doc[left].idx, limits[0]), min(doc[right].idx + len(doc[right]), limits[1])
    return (start, end) if start < end else None


def _left(head: Token, quantity: Quantity | None) -> int:
    if quantity and quantity.counted and quantity.counted.head == head.i:
        return quantity.counted.start
    left = head.i
    for child in head.lefts:
        if child.dep_ not in (
            "relcl",
            "appos",
            "cc",
            "conj",
            "prep",
            "advmod",
            "predet",
            "preconj",
            "mark",
            "nsubj",
            "aux",
            "cop",
            "neg",
        ):
            left = min(left, child.left_edge.i)
    if quantity and left <= quantity.right < head.i:
        left = quantity.right + 1
    return left


def _phrase_behind(doc: Doc, right: int, head: Token, banned: range) -> int | None:
    """The last token of a prepositional phrase (or "and X") that follows right behind and belongs here."""
    i = right + 1
    if i + 1 >= len(doc) or doc[i].is_sent_start or i in banned:
        return None
    token = doc[i]
    if token.dep_ == "cc" and token.head.dep_ == "pobj" and head.i <= token.head.i <= right:
        joined = next((c for c in token.head.conjuncts if c.i > i), None)
        return joined.i if joined is not None and joined.pos_ in _NOUNS and joined.i - i <= 4 else None
    if token.dep_ != "prep" or token.lower_ in _NOT_PART:
        return None
    if not (head.i <= token.head.i <= right or _adverbial_of(head, token)):
        return None
    target = _child(token, "pobj")
    if (
        target is None
        or target.ent_type_ in _TIMES
        or any(token.i <= b <= target.i for b in (banned.start, banned.stop - 1) if len(banned))
    ):
        return None
    return target.i


def _adverbial_of(head: Token, prep: Token) -> bool:
    """Right behind an object, "through the Gap" says which migration, whatever the parser hung it on."""
    return head.dep_ == "dobj" and prep.head.i == head.head.i
