"""Which claims are worth comparing: pure, over an inverted index of their terms.

In come claims as terms, out come for one claim the few others that share most of its rare terms.
The work per claim is bounded, so that comparing all claims grows with their number, not its square.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

MAX_CANDIDATES = 20
"""How many others a claim is compared with."""

MAX_POSTINGS = 2_000
"""How many entries of the index are read for a claim, rarest term first."""

_MARKS = ":.^!"

MIN_SHARED = 1
"""How many terms two claims must share."""


class TermIndex:
    """An inverted index: term to the claims that have it."""

    def __init__(self, terms: Mapping[str, Iterable[str]]) -> None:
        # A mark before a term says what it is to the claim (^Calderra: a name near it); claims share the words.
        self._terms = {claim_id: frozenset(term.lstrip(_MARKS) for term in found) for claim_id, found in terms.items()}
        postings: defaultdict[str, list[str]] = defaultdict(list)
        for claim_id, found in self._terms.items():
            for term in found:
                postings[term].append(claim_id)
        self._postings = dict(postings)

    def nearest(self, claim_id: str) -> list[str]:
        """The claims that share most with one, best first, by the summed rarity (IDF) of shared terms."""
        shares: Counter[str] = Counter()
        weights: defaultdict[str, float] = defaultdict(float)
        for term in self._affordable(claim_id):
            rarity = math.log(1 + len(self._terms) / len(self._postings[term]))
            for other in self._postings[term]:
                shares[other] += 1
                weights[other] += rarity
        found = [other for other, count in shares.items() if count >= MIN_SHARED and other != claim_id]
        # The id settles ties, so that the same claims give the same candidates in any order.
        return sorted(found, key=lambda other: (-weights[other], other))[:MAX_CANDIDATES]

    def _affordable(self, claim_id: str) -> list[str]:
        """A claim's terms, rarest first, as long as their postings fit the bound."""
        rarest_first = sorted(self._terms[claim_id], key=lambda term: (len(self._postings[term]), term))
        read, kept = 0, []
        for term in rarest_first:
            read += len(self._postings[term])
            if read > MAX_POSTINGS:
                break
            kept.append(term)
        return kept
