"""News sentences that other tools get wrong, through the whole pipeline: every claim with its figures and voices."""

from __future__ import annotations

import pytest
from claim_rows import claim_rows
from spacy.language import Language

pytestmark = pytest.mark.model
GAP = "migration through the Darien Gap between Colombia and Panama"

PROBES: list[tuple[str, list[str]]] = [
    (
        "Rubio credited Panama's deportation program, which is paid for by Washington, with reducing migration "
        "through the Darien Gap between Colombia and Panama by 90%.",
        [f"causal | {GAP} | - | Rubio credits", f"change | {GAP} | delta = 90 percent down | Rubio credits"],
    ),
    (
        "Since March 2022 President Nayib Bukele has led a crackdown on gangs, arresting more than 80,000 people.",
        ["quantity | people | level > 80000.. person | article"],
    ),
    (
        "The unemployment rate fell from 8.1% to 7.9% in May.",
        ["change | unemployment rate | from = 8.1 percent down, to = 7.9 percent down | article"],
    ),
    (
        "Rubio denied that as many as 200 aid workers had been told to leave the country.",
        ["quantity | aid workers | level <= ..200 worker | Rubio denies | denied"],
    ),
    (
        "The ministry said at least 35 people, including eight children, were killed in the strike.",
        [
            "quantity | children | level = 8 child | anonymous",
            "quantity | people | level >= 35.. person | anonymous",
        ],
    ),
    (
        "The jobless rate rose 0.3 percentage points to 4.2% in July.",
        ["change | jobless rate | delta = 0.3 percentage_point up, to = 4.2 percent up | article"],
    ),
    (
        "The United States has sent dozens of planes and hundreds of thousands of troops to the region.",
        [
            "quantity | planes | level ~ 24..99 plane | article",
            "quantity | troops | level ~ 100000..999000 troop | article",
        ],
    ),
    (
        "The governor said there were no deaths and only a handful of injuries.",
        [
            "quantity | deaths | level = 0 death | anonymous",
            "quantity | injuries | level ~ 3..10 injury | anonymous",
        ],
    ),
    (
        "The Senate passed the bill 52-48 on Thursday.",
        ["vote | bill | level = 52 vote, level = 48 vote | article"],
    ),
    ("The number of homes sold doubled last year.", ["change | number of homes | delta = 2 times up | article"]),
    ("The death toll tripled to 90.", ["change | death toll | delta = 3 times up, to = 90 person up | article"]),
    (
        "The programme costs between $2.5 billion and $3 billion a year.",
        ["quantity | programme | level range 2500000000..3000000000 USD | article"],
    ),
    (
        "Trust in the courts has fallen to 41%, according to a Gallup poll.",
        ["change | Trust in the courts | to = 41 percent down | Gallup"],
    ),
    ("Two out of three voters support the ban.", ["quantity | voters | share = 0.6666666667 voter | article"]),
    ("Unemployment is at its lowest level in 30 years.", ["rank | Unemployment | - | article"]),
    (
        "Rents have doubled since 2015, and the number of evictions has tripled.",
        [
            "change | Rents | delta = 2 times up | article",
            "change | number of evictions | delta = 3 times up | article",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), PROBES, ids=[text[:50] for text, _ in PROBES])
def test_probe(tagged: Language, text: str, expected: list[str]) -> None:
    assert claim_rows(tagged, text) == sorted(expected)
