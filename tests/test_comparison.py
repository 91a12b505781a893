"""Stored claims → how they relate: between documents figures disagree, within one they are two figures."""

from __future__ import annotations

import pytest

from quotes.comparison import facts_of_stored, question_of, relate
from quotes.models import Figure
from quotes.store.facts import StoredClaim


def claim(
    id_: str, document: str, value: float, *, published: str, denied: bool = False, by: str = "article"
) -> StoredClaim:
    words = f"{value:g} houses"
    return StoredClaim(
        id=id_, document_id=document, outlet="The Gazette", published=published, kind="quantity", text=words,
        sentence=words, sentence_start=0, measured="houses", asserted_by=by, is_denied=denied, is_hedged=False,
        terms=("house", ".damage", "Riverton"), figures=(Figure(0, len(words) - 7, value, value, "=", None, "house", "level"),),
    )  # fmt: skip


EARLIER = claim("c_1", "d_1", 40, published="2025-03-01")


@pytest.mark.parametrize(
    ("later", "kind"),
    [
        pytest.param(claim("c_2", "d_2", 40, published="2025-03-02"), "same", id="same figure elsewhere"),
        pytest.param(claim("c_2", "d_2", 90, published="2025-03-02"), "conflicts", id="other figure elsewhere"),
        pytest.param(claim("c_2", "d_1", 90, published="2025-03-01"), None, id="other figure in one article"),
        pytest.param(
            claim("c_2", "d_1", 40, published="2025-03-01", denied=True, by="Ines Kahl"), "conflicts", id="denied in it"
        ),
    ],
)
def test_relation(later: StoredClaim, kind: str | None) -> None:
    relation = relate(EARLIER, later)
    assert (relation.kind if relation else None) == kind
    assert relation is None or relation.why


def test_one_question_whatever_the_value_time_or_speaker() -> None:
    other = claim("c_2", "d_2", 90, published="2025-04-02", by="Ines Kahl")
    assert question_of(EARLIER).id == question_of(other).id
    assert facts_of_stored(other).value_min == 90
