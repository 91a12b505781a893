"""Known fact-checks for stored claims: candidates from the index, ranked by `matching`, stored as suggestions.

Nothing here applies a fact-check to a claim: that is a person's decision (`quotes.store.factchecks.decide`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from quotes.factchecks.matching import Known, Match, Matcher, Query
from quotes.factchecks.words import read_words
from quotes.store.factchecks import candidates, claims_to_match, known_fact_checks, replace_matches

CANDIDATES = 60
"""How many fact-checks the index proposes: the right one is among them for 95 % of queries (docs/quality.md)."""
LEAST = 0.3
"""The score below which nothing is suggested; chosen by eye on the demo (docs/quality.md)."""
LEAST_SHARED = 2
"""So many different words must be shared."""

_NOBODY = ("article", "anonymous")


def load_matcher(db: Database) -> Matcher:
    """All known fact-checks of a database."""
    return Matcher(
        Known(row["id"], row["claim_reviewed"], row["title"] or "", row["claimant"] or "", row["claim_date"] or "")
        for row in known_fact_checks(db)
    )


def find(db: Database, matcher: Matcher, query: Query, limit: int = 5, least: float = 0.0) -> list[Match]:
    """The fact-checks of a database that may be about a claim, best first."""
    words = read_words(f"{query.text} {query.speaker}").printed
    return matcher.rank(query, candidates(db, words, CANDIDATES), limit, least)


def suggest(db: Database, claim_id: str | None = None, limit: int = 5) -> int:
    """Store suggestions for all current claims, or one, instead of earlier ones; how many there are.

    Raises StoreError where there is no such claim.
    """
    matcher = load_matcher(db)
    total = 0
    for claim in claims_to_match(db, claim_id):
        matches = [
            match for match in find(db, matcher, query_of(claim), limit, LEAST) if len(match.shared) >= LEAST_SHARED
        ]
        replace_matches(db, claim["id"], [_row(match) for match in matches])
        total += len(matches)
    return total


def query_of(claim: Mapping[str, Any]) -> Query:
    """What a claim is looked up by: its sentence, which says what the clause leaves out, and who asserts it."""
    speaker = "" if claim["asserted_by"] in _NOBODY else claim["asserted_by"]
    return Query(claim["sentence"], speaker, claim["published"] or "")


def _row(match: Match) -> dict[str, Any]:
    return {"fact_check_id": match.id, "score": match.score, "why": match.why, "parts": json.dumps(match.parts)}
