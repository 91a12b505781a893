"""How sure a tagged quotation is: a raw score brought to how often such quotations were right."""

from __future__ import annotations

import math
from typing import NamedTuple

_LEAST = 1e-4


class Calibration(NamedTuple):
    """A logistic curve over the logit of the raw score (Platt 1999), with an offset of its own for words in marks:
    of equal raw scores, those are right more often.
    """

    slope: float = 1.0
    offset: float = 0.0
    quoted: float = 0.0
    least: float = 0.0
    """What is less sure is not worth telling: below half the F1 that is reached, leaving it out raises F1
    (Lipton, Elkan & Naryanaswamy 2014).
    """

    def apply(self, raw: float, *, quoted: bool = False) -> float:
        """The share of quotations of this raw score that are right, 0..1."""
        odds = self.slope * logit(raw) + self.offset + (self.quoted if quoted else 0.0)
        return round(1 / (1 + math.exp(-odds)), 4)


def logit(share: float) -> float:
    """Log odds of a share, which is kept away from 0 and 1."""
    kept = min(max(share, _LEAST), 1 - _LEAST)
    return math.log(kept / (1 - kept))
