"""Units and directions of figures, sentence by sentence, through the whole pipeline."""

from __future__ import annotations

import pytest
from spacy.language import Language

from quotes.claims.component import get_claims

pytestmark = pytest.mark.model

FIGURES: dict[str, tuple[str, list[str]]] = {
    "a mark passed": ("Donations have barreled past the $1 billion mark.", ["to USD up"]),
    "a place passed": ("The bus went past the $2 million house.", ["level USD -"]),
    "a toll brought up": (
        "Police found two more bodies, bringing the death toll to 41.",
        ["delta body up", "to person up"],
    ),
    "people brought somewhere": ("The ship brought 40 sailors to Lima.", ["level sailor -"]),
    "money collected beside money": (
        "In August, the blue party raised $64 million to $45 million that went to the red party.",
        ["level USD -", "level USD -"],
    ),
    "a fee raised": ("The board raised the fee from $5 to $10.", ["from USD up", "to USD up"]),
    "a tax cut is a thing": ("Each family would get a tax cut of $275.", ["level USD -"]),
    "a cut of a budget": ("The council ordered a cut of $30 million.", ["delta USD down"]),
    "words that share a noun": (
        "The levy would spare 3 million low- and middle-wage households.",
        ["level household -"],
    ),
    "a name inside what is counted": ("They bought time in four Super Tuesday states.", ["level state -"]),
    "a day behind what is counted": ("The storm killed 12 people Monday.", ["level person -"]),
    "worth is no unit": ("Some $3 of every $7 worth of timber goes to Lima.", ["share - -"]),
    "half of what is not counted": ("Half the money came from abroad.", ["share - -"]),
    "half of what is counted": ("Half the voters stayed at home.", ["share voter -"]),
    "a sample": ("The urban voter sample is 612.", ["level voter -"]),
    "how many digits": ("Torres led by double digits.", []),
}


@pytest.mark.parametrize(("text", "expected"), FIGURES.values(), ids=FIGURES)
def test_unit_and_direction(tagged: Language, text: str, expected: list[str]) -> None:
    figures = sorted((figure for claim in get_claims(tagged(text)) for figure in claim.figures), key=lambda f: f.start)
    assert [f"{f.role} {f.unit or '-'} {f.direction or '-'}" for f in figures] == expected
