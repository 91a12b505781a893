"""Shares: whose part a percentage is, where the part is printed as a noun.

"Nine percent of the town are farmers" and "farmers make up nine percent of the town" measure farmers; in a poll, "46
percent back Miller", "46 percent for Miller" and "Miller leads Dale by 46 percent to 42 percent" measure the candidate.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from quotes.claims.governors import verb_class
from quotes.claims.phrases import NOUNS
from quotes.claims.quantities import Quantity, outermost

_IS_PART = {"account": "for", "make": "up", "comprise": None, "constitute": None, "represent": None, "form": None}
_TAKES = frozenset({"take", "get", "receive", "win", "hold", "own", "control", "have", "draw", "poll", "claim", "earn"})
_BACKS = frozenset({"support", "back", "prefer", "choose", "favor", "favour", "pick"})
_LEADS = frozenset({"lead", "beat", "edge", "trail", "top", "defeat"})
_SECOND = re.compile(r"\s*(?:,\s*)?to\s+(?P<owner>(?:[A-Z][\w.]+\s+){0,2}[A-Z]\w+['’]s?\s+)?\d[\d.]*\s?(?:%|percent\b)")
_FIRST = re.compile(r"\d[\d.]*\s?(?:%|percent)\s+to\s+(?P<owner>(?:[A-Z][\w.]+\s+){0,2}[A-Z]\w+\s?['’]s?\s+)?$")
_MORE = frozenset({"another", "other", "remaining"})
_MODALS = frozenset({"would", "will", "also", "now", "still", "to", "did", "do"})
_RATES = frozenset({"rate", "tax", "tariff", "growth", "inflation", "interest", "duty", "margin", "yield", "discount"})


@dataclass(frozen=True, slots=True)
class Share:
    """`part` is what the share belongs to (None: only the whole, or nothing, is printed)."""

    part: Token | None
    leads: bool = False
    """One candidate's level beside another's: a comparison."""


def share_of(doc: Doc, quantity: Quantity) -> Share | None:
    """How a percentage or fraction is a share; None where nothing says that it is one."""
    if quantity.kind not in ("percent", "share") or quantity.end_of:
        return None
    outer = outermost(doc, quantity.left, quantity.right)
    if quantity.counted and quantity.kind == "share":
        outer = doc[quantity.counted.head] if not quantity.counted.of else outer
    of = _behind(doc, quantity) == "of" or (quantity.counted is not None and quantity.counted.of)
    return (
        _backed(doc, quantity)
        or _pair(doc, outer, quantity)
        or _listed(doc, quantity)
        or (_is(doc, outer, quantity) if of else None)
        or _makes_up(outer, of=of)
        or _describes(doc, quantity)
        or _with(outer, quantity)
        or _is_called_share(outer)
        or _answering(outer, quantity, of=of)
    )


def _behind(doc: Doc, quantity: Quantity) -> str:
    return doc[quantity.right + 1].lower_ if quantity.right + 1 < len(doc) else ""


def _is(doc: Doc, outer: Token, quantity: Quantity) -> Share | None:
    """ "N percent of the whole are PART"."""
    verb = outer.head
    if outer.dep_ not in ("nsubj", "nsubjpass") or verb.lemma_ != "be" or verb.i < quantity.right:
        return None
    part = next((c for c in verb.children if c.dep_ in ("attr", "acomp") and c.i > verb.i), None)
    if part is None or not (part.pos_ in NOUNS or part.ent_type_ == "NORP"):
        return None
    return None if doc[part.left_edge.i].lower_ in ("a", "an", "the") else Share(part)


def _makes_up(outer: Token, *, of: bool) -> Share | None:
    """ "PART makes up N percent of the whole", "PART takes N percent of the whole"."""
    above = outer.head
    prep = above.lower_ if above.dep_ in ("prep", "prt") else None
    verb = above.head if prep else above
    lemma = verb.lemma_.lower()
    if verb.pos_ not in ("VERB", "AUX") or outer.i < verb.i:
        return None
    particles = {c.lower_ for c in verb.children if c.dep_ in ("prt", "prep")}
    if lemma in _IS_PART:
        wanted = _IS_PART[lemma]
        if prep not in (None, wanted) or (wanted is not None and wanted not in particles):
            return None
    elif not (of and lemma in _TAKES and outer.dep_ == "dobj" and prep is None):
        return None
    part = _subject(verb)
    return Share(part) if part is not None else None


def _subject(verb: Token) -> Token | None:
    for _ in range(4):
        found = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        if found is not None:
            return found
        if verb.dep_ in ("acl", "relcl"):
            return verb.head
        if verb.dep_ not in ("conj", "xcomp") or verb.head.i == verb.i:
            return None
        verb = verb.head
    return None


def _describes(doc: Doc, quantity: Quantity) -> Share | None:
    """ "The county is 30 percent Hispanic"."""
    i = quantity.right + 1
    start = quantity.left
    while start and doc[start - 1].pos_ in ("ADV", "ADP", "ADJ", "PART") and doc[start - 1].lower_ != "of":
        start -= 1
    if not (i < len(doc) and doc[i].ent_type_ == "NORP" and start and doc[start - 1].lemma_ == "be"):
        return None
    while i + 1 < len(doc) and doc[i + 1].ent_type_ == "NORP":
        i += 1
    return Share(doc[i])


def _backed(doc: Doc, quantity: Quantity) -> Share | None:
    """ "46 percent would choose Miller", "46 percent for Miller": a name right behind, past "of voters"."""
    if quantity.kind != "percent":
        return None
    i = quantity.right + 1
    if i < len(doc) and doc[i].lower_ == "of":
        sub = [t.i for t in doc[i].subtree if t.i >= i]
        i = next((k for k in range(i + 1, min(i + 7, len(doc))) if doc[k].lemma_.lower() in _BACKS), max(sub) + 1)
    while i < len(doc) and doc[i].lower_ in _MODALS:
        i += 1
    if i + 1 >= len(doc):
        return None
    if doc[i].lemma_.lower() in _BACKS or doc[i].lower_ in _BACKS:
        i += 1
        if doc[i].lower_ in ("the", "a"):
            i += 1
    elif doc[i].lower_ == "for" and i == quantity.right + 1:
        i += 1
    elif doc[i].lower_ == "voting" or doc[i].lemma_ == "vote":
        i += 2 if doc[i + 1].lower_ == "for" else len(doc)
    else:
        return None
    return _candidate(doc, i)


def _candidate(doc: Doc, start: int) -> Share | None:
    """The person named in the run of nouns that starts here, with what he or she is called in front."""
    last: int | None = None
    for i in range(start, min(start + 8, len(doc))):
        if doc[i].ent_type_ == "PERSON":
            last = i
        elif last is not None or (doc[i].pos_ not in ("NOUN", "PROPN", "ADJ") and doc[i].tag_ != "POS"):
            break
    return Share(doc[last]) if last is not None else None


def _pair(doc: Doc, outer: Token, quantity: Quantity) -> Share | None:
    """ "Miller leads Dale by 46 percent to 42 percent", "46 percent to Dale's 42 percent"."""
    if quantity.kind != "percent":
        return None
    sentence = doc[quantity.left].sent
    behind, before = doc[quantity.right + 1 : sentence.end].text, f"{doc[sentence.start : quantity.left].text} "
    verb = next((t for t in outer.ancestors if t.lemma_.lower() in _LEADS), None)
    led = verb is not None or any(t.lemma_.lower() in _LEADS for t in doc[sentence.start : quantity.left])
    behind_pair, before_pair = _SECOND.match(behind), _FIRST.search(before)
    if not (behind_pair or before_pair):
        return None
    if not led and not (behind_pair and behind_pair["owner"]) and not (before_pair and before_pair["owner"]):
        return None
    front = doc[sentence.start : quantity.left]
    if before_pair and before_pair["owner"]:
        return Share(next((t for t in reversed(front) if t.tag_ == "NNP"), None), leads=True)
    subject = _subject(verb) if verb is not None and verb.pos_ == "VERB" else None
    if subject is None or subject.pos_ == "NOUN":
        named = (t for t in front if t.ent_type_ == "PERSON" and t.nbor(1).ent_type_ != "PERSON")
        subject = next(named, subject)
    return Share(subject, leads=True)


def _lists_percents(name: Token) -> bool:
    """Whether a name stands among percentages, as in "Miller has 46 percent and Dale 42 percent"."""
    listed = sum(t.lower_ in ("percent", "%") for t in name.sent) > 1
    return listed and name.ent_type_ not in ("GPE", "DATE", "NORP", "LOC") and not _moves(name.sent)


def _moves(sentence: Span) -> bool:
    return any(verb_class(t)[0] for t in sentence if t.pos_ == "VERB")


def _listed(doc: Doc, quantity: Quantity) -> Share | None:
    """ "Miller 46 percent, Dale 42 percent", "Miller (46 percent)"."""
    before = doc[max(0, quantity.left - 2) : quantity.left]
    if quantity.kind != "percent" or not len(before):
        return None
    name = before[0] if before[-1].text == "(" and len(before) == 2 else before[-1]
    return Share(name) if name.pos_ == "PROPN" and (name.ent_type_ == "PERSON" or _lists_percents(name)) else None


def _with(outer: Token, quantity: Quantity) -> Share | None:
    """ "Miller, with 8 percent", "Miller has 46 percent": a person's percentage is support."""
    above = outer.head
    if quantity.kind != "percent" or outer.i < above.i:
        return None
    who: Token | None = None
    if outer.dep_ in ("pobj", "nsubj") and above.lower_ in ("with", "at"):
        who = above.head if above.head.pos_ == "PROPN" else _subject(above.head)
    elif outer.dep_ in ("dobj", "attr") and above.lemma_.lower() in _TAKES:
        who = _subject(above)
    if who is None or who.pos_ != "PROPN":
        return None
    return Share(who) if who.ent_type_ == "PERSON" or _lists_percents(who) else None


def _is_called_share(outer: Token) -> Share | None:
    """ "the share is 7 percent"."""
    verb = outer.head.head if outer.head.dep_ == "prep" else outer.head
    subject = _subject(verb) if verb.pos_ in ("VERB", "AUX") else None
    return Share(subject) if subject is not None and subject.lemma_.lower() in ("share", "proportion") else None


def _answering(outer: Token, quantity: Quantity, *, of: bool) -> Share | None:
    """ "while 73 percent said no": as a subject a percentage is always of a whole."""
    if quantity.kind == "percent" and outer.doc[max(0, quantity.left - 1)].lower_ in _MORE and not of:
        return Share(None)
    if quantity.kind == "percent" and outer.dep_ in ("nsubj", "nsubjpass") and outer.i <= quantity.right:
        described = outer.head.lemma_ == "be" and any(c.lemma_.lower() in _RATES for c in outer.head.children)
        return None if described else Share(None)
    return Share(None) if of and quantity.kind == "share" else None
