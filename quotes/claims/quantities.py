"""What `figures` finds: a quantity with its tokens, and where it hangs in the parse."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from quotes.claims.governors import Governor, governor_of
from quotes.claims.nouns import Counted
from quotes.claims.units import Kind
from quotes.models import Comparator


@dataclass(frozen=True, slots=True)
class Quantity:
    """One printed quantity.  `start`/`end` are offsets of number, sign and unit; `left`/`right` its tokens."""

    start: int
    end: int
    low: float | None
    high: float | None
    comparator: Comparator
    kind: Kind
    unit: str | None
    left: int
    right: int
    step: float
    printed: str
    outer_start: int
    """Where its comparator begins: "more than" of "more than 80,000"."""
    counted: Counted | None = None
    passing: bool = False
    rate: str | None = None
    join: str | None = None
    """What joins the two ends of a range: "-", "to", "and", "or"."""
    unit_is_shared: bool = False
    """The unit stands at the figure before: "43 people, compared with 12 last year"."""
    as_before: Quantity | None = None
    """The change this one says again or goes on with: "up 3 points, or 0.2%", "Smith fell 2% and Jones 3%"."""
    end_of: str | None = None
    """"from" or "to" for the two ends of a printed change."""


def outermost(doc: Doc, left: int, right: int) -> Token:
    """The token of a stretch that hangs on something outside it."""
    for i in range(right, left - 1, -1):
        if not left <= doc[i].head.i <= right or doc[i].head.i == i:
            return doc[i]
    return doc[right]


def anchor_of(doc: Doc, quantity: Quantity) -> Token:
    """The token from which to climb: the counted noun where there is one."""
    counted = quantity.counted
    if counted and not counted.hyphened and not counted.of and not quantity.unit_is_shared:
        return doc[counted.head]
    return outermost(doc, quantity.left, quantity.right)


def governed(doc: Doc, quantity: Quantity) -> Governor | None:
    """What governs a quantity."""
    return governor_of(anchor_of(doc, quantity))
