"""Between the store and the claims: stored claims as the facts that questions and relations are decided on.

The store hands over plain values and writes what comes back; what a question is, and how two answers
relate, is decided in `quotes.claims.questions`.
"""

from __future__ import annotations

from dataclasses import dataclass

from quotes.claims.answers import ClaimFacts, main_figure
from quotes.claims.questions import TOO_FAR, Relation, same_question
from quotes.claims.questions import question_of as question_of_facts
from quotes.claims.questions import relate as relate_facts
from quotes.claims.units import rate_behind
from quotes.store.facts import StoredClaim


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as it is stored."""

    id: str
    label: str
    unit: str | None
    kind: str


def question_of(claim: StoredClaim) -> AskedQuestion:
    """The question a stored claim answers."""
    question = question_of_facts(facts_of_stored(claim))
    return AskedQuestion(question.id, question.label, question.unit, claim.kind)


def relate(earlier: StoredClaim, later: StoredClaim) -> Relation | None:
    """How a later claim stands to an earlier one; None when they do not answer the same question."""
    a, b = facts_of_stored(earlier), facts_of_stored(later)
    if not same_question(a, b):
        return None
    relation = relate_facts(a, b)
    if relation.why.startswith(TOO_FAR) or (relation.kind == "conflicts" and _is_one_story(a, b)):
        return None
    return relation


def _is_one_story(a: ClaimFacts, b: ClaimFacts) -> bool:
    """Two figures of one article that differ are two figures, unless one voice denies or disputes another's."""
    return a.document_id == b.document_id and a.denied == b.denied and a.disputes == b.disputes


def facts_of_stored(claim: StoredClaim) -> ClaimFacts:
    """What is compared of a stored claim: its main figure and its terms."""
    figure = main_figure(claim.figures)
    return ClaimFacts(
        claim_id=claim.id,
        document_id=claim.document_id,
        outlet=claim.outlet,
        published=claim.published,
        text=claim.text,
        measured=claim.measured,
        terms=claim.terms,
        unit=figure.unit if figure else None,
        kind=claim.kind,
        direction=figure.direction if figure else None,
        role=figure.role if figure else None,
        value_min=figure.value_min if figure else None,
        value_max=figure.value_max if figure else None,
        comparator=figure.comparator if figure else None,
        asserted_by=claim.asserted_by,
        denied=claim.is_denied,
        rate=rate_behind(claim.sentence, figure.end - claim.sentence_start) if figure else None,
        sentence=claim.sentence,
        printed=claim.sentence[figure.start - claim.sentence_start : figure.end - claim.sentence_start]
        if figure
        else "",
        behind=claim.sentence[figure.end - claim.sentence_start :] if figure else "",
        title=claim.title,
    )
