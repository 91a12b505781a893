"""How a quantity stands in its clause: role, direction, the thing measured and the governing word.

A Doc and its quantities in, one `Frame` for each that is a figure of a claim out.  The limits of who says
it come first: a governor outside them ("credited" in "He credited X with …") is the attribution's, not the figure's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from quotes.claims.clauses import clause_span, clause_verb
from quotes.claims.governors import Governor, verb_class
from quotes.claims.lexicon import key_of
from quotes.claims.measured import LOSSES, measured_of
from quotes.claims.nouns import unit_of
from quotes.claims.points import by_how_much, in_percentage_points, is_lead
from quotes.claims.printed import text_of
from quotes.claims.quantities import Quantity, governed, outermost
from quotes.claims.shares import share_of
from quotes.models import Direction, Figure, Role, Span

_DELTA_KINDS = frozenset({"percent", "points", "money", "measure", "duration", "factor", "count"})
_SURPASSING = frozenset({"surpass", "outnumber", "outpace", "outstrip", "outspend", "outraise"})
_CROSSED = frozenset({"past", "above", "below"})
_ATTACHED = frozenset({"npadvmod", "dobj", "advmod", "attr", "dep", "acomp", "oprd", "nsubj", "ccomp"})
_ENDING = frozenset({"end", "close", "finish", "trade", "open", "start", "be", "settle"})
_MARKS = frozenset({"mark", "threshold", "barrier", "milestone", "level", "point", "line", "percent", "dollar"})
_COUNTED_UP = frozenset({"total", "toll", "tally", "count", "sum", "haul", "commitment", "investment", "bill"})
_RAISES_MONEY = frozenset({"raise", "lift", "fuel", "extend", "lose", "shed"})


@dataclass(frozen=True, slots=True)
class Frame:
    """A figure with its surroundings; `verb` heads the claim's clause."""

    quantity: Quantity
    figure: Figure
    governor: Governor | None
    verb: Token
    clause: Span
    limits: Span
    measured: Span | None
    compares: bool
    """Beside "than": measured against something else."""
    beside: bool = False
    """A change printed beside a word of direction, not governed by a verb: "up 6 points"."""


def frame_of(doc: Doc, quantity: Quantity, limits: Span) -> Frame:
    """Read one quantity inside the limits of who says it."""
    quantity = in_percentage_points(doc, quantity)
    governor = _multiplier(doc, quantity) or governed(doc, quantity)
    if governor is not None and not limits[0] <= governor.token.idx < limits[1]:
        governor = None
    if governor is not None and governor.prep == "to" and _adds_up(governor.token):
        governor = replace(governor, direction="up", moves="object")
    share, leads = share_of(doc, quantity), is_lead(doc, quantity)
    direction, role = _change(doc, quantity, governor)
    if share is not None and direction is None and (share.leads or role == "level"):
        direction, role = None, "share"
    if leads and direction is None and role == "level" and by_how_much(doc, quantity):
        role = "delta"
    if direction is None and role == "level" and quantity.as_before is not None:
        direction, role = _change_before(doc, quantity.as_before)
    token = doc[quantity.right]
    verb = clause_verb(token, limits)
    clause = clause_span(doc, verb, token, limits)
    clause = min(clause[0], quantity.start), max(clause[1], quantity.end)
    figure = Figure(
        quantity.start, quantity.end, quantity.low, quantity.high, quantity.comparator, direction, quantity.unit, role
    )
    changing = governor if direction or role in ("from", "to", "delta") else None
    measured = measured_of(doc, quantity, changing or _level(governor), limits, share)
    if figure.unit is None and quantity.kind == "count" and measured:
        figure = replace(figure, unit=_counted_by(doc, measured))
    return Frame(
        quantity,
        figure,
        governor,
        verb,
        clause,
        limits,
        measured,
        _compares(doc, quantity) or _surpasses(governor) or leads or (share is not None and share.leads),
        _beside(doc, quantity) is not None,
    )


def _change_before(doc: Doc, before: Quantity) -> tuple[Direction | None, Role]:
    """The change that a figure takes over from the one before it."""
    direction, role = _change(doc, before, governed(doc, before))
    if direction is None and before.as_before is not None:
        direction, role = _change_before(doc, before.as_before)
    return (direction, role) if direction and role == "delta" else (None, "level")


def _level(governor: Governor | None) -> Governor | None:
    if governor is None or governor.moves in ("other", "level"):
        return governor
    return Governor(governor.token, governor.prep, None, "other", governor.below)


def _change(doc: Doc, quantity: Quantity, governor: Governor | None) -> tuple[Direction | None, Role]:
    beside = _beside(doc, quantity)
    if quantity.kind == "factor":
        return _multiplied(doc, quantity, governor)
    if beside and quantity.end_of is None:
        return beside
    if quantity.kind == "share":
        by = governor is not None and governor.prep == "by" and quantity.counted is None
        return (governor.direction, "delta") if governor and by and governor.direction else (None, "share")
    level: Role = "share" if quantity.kind == "percent" and _is_share(doc, quantity) else "level"
    if governor is None or quantity.kind == "score" or governor.moves in ("other", "level"):
        return None, level
    return _governed_change(quantity, governor, level)


def _governed_change(quantity: Quantity, governor: Governor, level: Role) -> tuple[Direction | None, Role]:
    direction = governor.direction
    prep, dep = governor.prep, governor.below.dep_
    if prep == "to" and quantity.kind == "money" and _raises_money(governor.token):
        return None, level
    if prep in ("from", "to") and quantity.counted and governor.token.doc[quantity.left - 1].lower_ in ("the", "all"):
        return None, level
    if prep in _CROSSED and governor.token.pos_ in ("VERB", "AUX") and governor.moves in ("self", "either"):
        return (direction, "to") if _is_mark(governor.token.doc, quantity) else (None, level)
    if quantity.end_of or prep in ("from", "to"):
        role: Role = "from" if (quantity.end_of or prep) == "from" else "to"
        return direction, role
    is_loss = quantity.kind == "money" and (governor.token.lemma_.lower() in LOSSES or _is_of_taxes(governor.token))
    if prep == "by" or (prep == "of" and governor.token.pos_ == "NOUN" and not is_loss):
        return direction, "delta"
    if prep is not None or quantity.kind not in _DELTA_KINDS:
        return None, level
    if governor.token.pos_ == "NOUN":
        if is_loss:
            return None, level
        return (
            (direction, "delta")
            if quantity.kind in ("percent", "points", "money", "measure", "count") and quantity.counted is None
            else (None, level)
        )
    counted = quantity.kind == "count"
    if counted and (governor.moves == "self" or dep not in ("dobj", "nsubjpass")):
        return (direction, "delta") if dep == "npadvmod" and governor.moves in ("self", "either") else (None, level)
    if (
        quantity.kind == "money"
        and governor.token.lemma_.lower() in _RAISES_MONEY
        and dep == "dobj"
        and direction == "up"
    ):
        return None, level
    return (
        (direction, "delta")
        if dep in _ATTACHED and dep != "nsubj"
        else (None, level)
        if not (counted and dep == "nsubjpass")
        else (direction, "delta")
    )


def _counted_by(doc: Doc, measured: Span) -> str | None:
    """What a bare number counts by what it measures: "the death toll has risen to 41", "the voter sample is 651"."""
    if "toll" in text_of(doc)[slice(*measured)].split():
        return "person"
    span = doc.char_span(*measured, alignment_mode="expand")
    sample = next((token for token in span or () if token.lower_ == "sample"), None)
    nouns = [child for child in sample.lefts if child.dep_ == "compound"] if sample is not None else []
    return unit_of(nouns[-1]) if nouns else None


def _adds_up(verb: Token) -> bool:
    """ "bringing the total to 40": what is counted up can only grow."""
    counted = (child.lemma_.lower() for child in verb.children if child.dep_ == "dobj")
    return verb.lemma_ == "bring" and any(lemma in _COUNTED_UP for lemma in counted)


def _is_mark(doc: Doc, quantity: Quantity) -> bool:
    """ "past $1 billion", "past the $1 billion mark"; a $2 million house is a place."""
    outer = outermost(doc, quantity.left, quantity.right)
    described = outer.dep_ in ("compound", "nmod", "nummod", "amod") and outer.head.pos_ == "NOUN"
    return quantity.counted is not None or not described or outer.head.lemma_.lower() in _MARKS


def _raises_money(verb: Token) -> bool:
    """ "raised $60 million to their rivals' $45 million": collected, not lifted."""
    return verb.lemma_ == "raise" and any(c.dep_ == "dobj" and (c.like_num or c.is_currency) for c in verb.children)


def _is_of_taxes(noun: Token) -> bool:
    """ "a tax cut of $275" is worth so much; nothing fell by it."""
    return noun.pos_ == "NOUN" and any(c.dep_ == "compound" and c.lemma_.lower() == "tax" for c in noun.lefts)


def _beside(doc: Doc, quantity: Quantity) -> tuple[Direction | None, Role] | None:
    """ "up 5%", "5% higher", "down by 5%", "12 fewer than"."""
    i = quantity.left - 1
    outer = doc.char_span(quantity.outer_start, quantity.end, alignment_mode="expand")
    if outer is not None:
        i = outer[0].i - 1
    i -= i >= 0 and doc[i].lower_ in ("the", "a", "an")
    role: Role = "delta"
    if i >= 0 and doc[i].lower_ in ("by", "to", "from", "at"):
        role = {"to": "to", "from": "from", "at": "level"}.get(doc[i].lower_, "delta")  # type: ignore[assignment]
        i -= 1
    table = key_of("change_words")
    if i >= 0 and doc[i].lower_ in ("up", "down", "off") and role != "level" and not _is_part_of_verb(doc[i]):
        return ("up" if doc[i].lower_ == "up" else "down"), role
    j = quantity.right + 1
    if (
        j < len(doc)
        and table.get(doc[j].lower_)
        and doc[j].lower_ not in ("up", "down", "off", "above", "below")
        and role == "delta"
    ):
        return ("up" if table[doc[j].lower_] == "up" else "down"), "delta"
    return None


def _is_part_of_verb(particle: Token) -> bool:
    """ "gave up 40 yards", "set up 12 camps"; "closed up 3%" and "edged up 3%" move."""
    verb = particle.head
    return particle.dep_ == "prt" and verb.lemma_ not in _ENDING and verb_class(verb)[1] == "other"


def _multiplier(doc: Doc, quantity: Quantity) -> Governor | None:
    """ "doubled" is figure and governing verb in one."""
    token = doc[quantity.left]
    if quantity.kind != "factor" or token.pos_ != "VERB":
        return None
    return Governor(token, None, *verb_class(token), token)


def _multiplied(doc: Doc, quantity: Quantity, governor: Governor | None) -> tuple[Direction | None, Role]:
    """ "doubled", "rose three-fold", "twice as many", "a doubling of"."""
    printed = doc[quantity.left].lemma_.lower()
    if doc[quantity.left].pos_ == "VERB":
        return ("down" if printed.startswith("halv") else "up"), "delta"
    if governor is not None and governor.direction:
        return governor.direction, "delta"
    return None, "level"


def _is_share(doc: Doc, quantity: Quantity) -> bool:
    behind = quantity.right + 1
    return behind < len(doc) and doc[behind].lower_ == "of"


def _compares(doc: Doc, quantity: Quantity) -> bool:
    near = doc[quantity.right + 1 : quantity.right + 6]
    if quantity.kind == "factor" and len(near) and near[0].lower_ in ("as", "what", "the"):
        return True
    return any(token.lower_ == "than" and not _bounds(doc, token.i) for token in near)


def _surpasses(governor: Governor | None) -> bool:
    return governor is not None and governor.token.lemma_.lower() in _SURPASSING


def _bounds(doc: Doc, i: int) -> bool:
    """ "more than 2,000": a comparator of the next figure, no comparison."""
    return i + 1 < len(doc) and (doc[i + 1].like_num or doc[i + 1].is_currency)
