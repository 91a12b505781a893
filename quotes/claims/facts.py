"""The facts of a claim that questions compare: a Doc (or a text) and a claim in, `ClaimFacts` out."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc

from quotes.annotations import document_id
from quotes.claims.printed import text_of
from quotes.claims.questions import ClaimFacts
from quotes.claims.terms import terms_of
from quotes.claims.units import rate_behind
from quotes.models import Claim, Figure

_ORDER = {"to": 0, "level": 1, "share": 2, "delta": 3, "from": 4}


def main_figure(figures: Iterable[Figure]) -> Figure | None:
    """The figure a claim is compared by: where a change ends, else its level, else by how much."""
    return min(figures, key=lambda figure: (_ORDER[figure.role], figure.start), default=None)


def facts_of(doc: Doc, claim: Claim, *, outlet: str | None = None, published: str | None = None) -> ClaimFacts:
    """What questions compare of a claim of a Doc."""
    terms = claim.terms or terms_of(doc, claim)
    return facts_of_text(text_of(doc), document_id(doc), claim, terms, outlet=outlet, published=published)


def facts_of_text(
    text: str, document: str, claim: Claim, terms: tuple[str, ...], *, outlet: str | None, published: str | None
) -> ClaimFacts:
    """The same from a text and stored terms, where no Doc is at hand."""
    figure = main_figure(claim.figures)
    return ClaimFacts(
        claim_id=claim.id, document_id=document, outlet=outlet, published=published,
        text=text[claim.start : claim.end], measured=text[slice(*claim.measured)] if claim.measured else None,
        terms=terms, unit=figure.unit if figure else None, kind=claim.kind,
        direction=figure.direction if figure else None, role=figure.role if figure else None,
        value_min=figure.value_min if figure else None, value_max=figure.value_max if figure else None,
        comparator=figure.comparator if figure else None, asserted_by=claim.asserted_by, denied=claim.denied,
        rate=rate_behind(text, figure.end) if figure else None,
    )  # fmt: skip
