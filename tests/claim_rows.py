"""Claims as one line each, so that a table of cases reads as a specification.

`kind | measured | figures | who says so, outermost first | marks`, as in
`change | rents | delta = 4 percent down | Ida Berger | hedged`; a stance other than asserts stands behind its speaker.
"""

from __future__ import annotations

from spacy.language import Language

from quotes.claims.component import get_claims
from quotes.models import Assertion, Claim, Figure


def claim_rows(nlp: Language, text: str) -> list[str]:
    """The claims that the whole pipeline finds in a text, sorted."""
    return sorted(_row(text, claim) for claim in get_claims(nlp(text)))


def _row(text: str, claim: Claim) -> str:
    measured = text[slice(*claim.measured)] if claim.measured else "-"
    figures = ", ".join(_figure(figure) for figure in claim.figures) or "-"
    chain = " > ".join(_link(link) for link in claim.assertion)
    marks = [name for name in ("denied", "hedged", "forecast") if getattr(claim, name)]
    return " | ".join([claim.kind, measured, figures, chain, *marks])


def _link(link: Assertion) -> str:
    return link.speaker if link.stance == "asserts" else f"{link.speaker} {link.stance}"


def _figure(figure: Figure) -> str:
    low, high = (_value(value) for value in (figure.value_min, figure.value_max))
    values = low if low == high else f"{low}..{high}"
    return " ".join([figure.role, figure.comparator, values, figure.unit or "-", figure.direction or ""]).strip()


def _value(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"
