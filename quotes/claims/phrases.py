"""A noun with what restricts it, as a span: "migration through the Darien Gap", "troops, tanks and aircraft".

A noun in, the offsets of its phrase out: without article and number, with names, adjectives, prepositional phrases
and participles that say which one is meant; without relative clauses and times.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from quotes.claims.quantities import Quantity
from quotes.models import Span

NOUNS = frozenset({"NOUN", "PROPN"})
TIMES = frozenset({"DATE", "TIME"})
_NO_THINGS = TIMES | {"PERCENT", "MONEY"}
_PLURALS = frozenset({"NNS", "NNPS"})
_LEADING = frozenset({"DT", "PRP$", "CD", "PDT", "WP$", "WDT"})
_NOT_PART = frozenset(
    {"including", "since", "during", "before", "after", "until", "by", "despite", "as", "than", "per", "due", "because"}
)
_CLOSE = frozenset({"of", "to", "for"})
"""Right behind a noun that is a subject these belong to it, whatever the parser hung them on."""
_ADVERBIAL = frozenset({"to", "into", "in", "at", "with", "within"})
_NOT_LEFT = frozenset(
    {
        "relcl", "appos", "cc", "conj", "prep", "advmod", "predet", "preconj", "mark", "nsubj", "aux", "cop", "neg",
    }
)  # fmt: skip
_PARTS = frozenset({"half", "percent", "dozens", "hundreds", "thousands", "millions", "most", "part"})
_COMPARING = frozenset(
    {"nearly", "about", "almost", "some", "roughly", "around", "over", "only", "just", "at", "least", "more", "than"}
    | {"fewer", "less", "approximately", "most", "up", "to", "as", "many"}
)
_STEPS = 6
_FAR_CONJUNCT = 4


def noun_phrase(
    doc: Doc, head: Token, quantity: Quantity | None, limits: Span, *, with_behind: bool = True
) -> Span | None:
    """The span of a noun phrase as measured: no article, number or clause; with what restricts it."""
    left, right = _left(head, quantity), head.i
    banned = range(quantity.left, quantity.right + 1) if quantity else range(0)
    for _ in range(_STEPS if with_behind else 0):
        following = _phrase_behind(doc, right, head, banned)
        if following is None:
            break
        right = following
    numbered = any(t.tag_ == "CD" for t in doc[left : head.i])
    while left < head.i and _is_left_out(doc, left, numbered=numbered):
        left += 1
    if doc[right].tag_ == "PRP" and doc[right].i == head.i and head.lower_ in ("i", "we", "you"):
        return None
    start, end = max(doc[left].idx, limits[0]), min(doc[right].idx + len(doc[right]), limits[1])
    return (start, end) if start < end else None


def _is_left_out(doc: Doc, i: int, *, numbered: bool) -> bool:
    """Articles and numbers; "nearly", "more than" in front of a number; but not "all" of a share."""
    token = doc[i]
    if token.tag_ in _LEADING or token.is_punct:
        is_whole = token.lower_ == "all" and i > 0 and doc[i - 1].lower_ == "of"
        return not is_whole and not _is_year_of_name(doc, i)
    return numbered and token.lower_ in _COMPARING and any(t.tag_ == "CD" for t in doc[i + 1 : i + 3])


def _is_year_of_name(doc: Doc, i: int) -> bool:
    """ "2017 Ford Fusion": a year in front of a name names it."""
    return doc[i].tag_ == "CD" and len(doc[i]) == 4 and doc[i].is_digit and doc[i + 1].tag_ in ("NNP", "NNPS")


def _left(head: Token, quantity: Quantity | None) -> int:
    if quantity and quantity.counted and quantity.counted.head == head.i:
        return quantity.counted.start
    left = head.i
    for child in head.lefts:
        if child.dep_ not in _NOT_LEFT:
            left = min(left, child.left_edge.i)
    if quantity and left <= quantity.right < head.i:
        left = quantity.right + 1
    return left


def _phrase_behind(doc: Doc, right: int, head: Token, banned: range) -> int | None:
    """The last token of a phrase that follows right behind and belongs here."""
    i = right + 1
    if i + 1 >= len(doc) or doc[i].is_sent_start or i in banned:
        return None
    token = doc[i]
    found: int | None = None
    if token.dep_ == "cc" or token.text == ",":
        found = _joined(doc, i, head, right)
    elif token.dep_ == "acl" and token.tag_ == "VBN" and token.head.i == head.i:
        found = _participle(token, right)
    elif token.dep_ == "prep" and token.lower_ not in _NOT_PART:
        belongs = (head.i <= token.head.i <= right and token.head.pos_ in NOUNS) or token.head.i == head.i
        belongs = belongs or _adverbial_of(head, token) or _close(head, token)
        found = _target(token) if belongs else None
    if found is None or any(i <= each <= found for each in banned):
        return None
    return found


def _target(prep: Token) -> int | None:
    """The last token of what a preposition governs: a noun, or "walking pneumonia", "admitting members"."""
    found = next((c for c in prep.children if c.dep_ == "pobj"), None)
    if found is not None:
        return None if found.ent_type_ in _NO_THINGS else found.i
    doing = next((c for c in prep.children if c.dep_ == "pcomp" and c.tag_ == "VBG"), None)
    thing = next((c for c in doing.children if c.dep_ == "dobj"), None) if doing is not None else None
    if thing is None:
        return None
    names = [each.i for each in thing.conjuncts if each.i > thing.i and each.pos_ in NOUNS]
    return max([thing.i, *names])


def _participle(verb: Token, right: int) -> int | None:
    """ "avocados eaten in Spain are": a participle between a noun and its verb says which ones."""
    above = verb.head.head
    if verb.head.dep_ not in ("nsubj", "nsubjpass") or above.i < verb.i:
        return None
    last = verb.right_edge.i
    return last if right < last < above.i and last - verb.i <= _STEPS else None


def _joined(doc: Doc, i: int, head: Token, right: int) -> int | None:
    """ "troops, tanks and aircraft"; "of Spain and Portugal": bare nouns joined to the one in front."""
    joined = doc[i].head if doc[i].dep_ in ("cc", "punct") else None
    if joined is None or not head.i <= joined.i <= right:
        return None
    if joined.i == head.i:
        return _list_of_bare_nouns(doc, head)
    if doc[i].text == "," or joined.dep_ not in ("pobj", "conj"):
        return None
    found = next((c for c in joined.conjuncts if c.i > i), None)
    return found.i if found is not None and found.pos_ in NOUNS and found.i - i <= _FAR_CONJUNCT else None


def _list_of_bare_nouns(doc: Doc, head: Token) -> int | None:
    """The last of the nouns that share the number in front of the first."""
    members = [each for each in head.conjuncts if each.i > head.i]
    if head.tag_ not in _PLURALS or not members:
        return None
    for before, each in zip([head, *members], members, strict=False):
        between = doc[before.i + 1 : each.i]
        if (
            each.pos_ not in NOUNS
            or each.lower_ in _PARTS
            or each.ent_type_ == "PERSON"
            or any(t.tag_ not in ("CC", ",", "JJ", "NN", "NNP") for t in between)
        ):
            return None
    last = members[-1]
    return last.i if any(t.dep_ == "cc" for t in doc[head.i : last.i]) and last.dep_ == "conj" else None


def _adverbial_of(head: Token, prep: Token) -> bool:
    """Right behind an object, "through the Gap" says which migration, whatever the parser hung it on."""
    return head.dep_ == "dobj" and prep.head.i == head.head.i and prep.lower_ not in _ADVERBIAL


def _close(head: Token, prep: Token) -> bool:
    """ "43 percent of the money to X was": what stands between a noun and its verb belongs to the noun."""
    return (
        prep.lower_ in _CLOSE
        and prep.i == head.i + 1
        and (head.dep_ == "pobj" and head.head.lower_ == "of" and prep.head.i in (head.head.head.i, head.head.i))
    )
