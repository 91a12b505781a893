"""What stands in several articles is shown once."""

from __future__ import annotations

from quotes.web.prints import first_of_each, once

SAID = [
    {"quotation": "The dykes held", "type": "direct", "outlet": "Harbour Post"},
    {"quotation": "The  dykes\nheld", "type": "direct", "outlet": "Northline Daily"},
    {"quotation": "The dykes held", "type": "indirect", "outlet": "Inland Press"},
]


def test_the_same_words_are_one_whatever_their_spacing() -> None:
    first, other = once(SAID, "quotation", "type")
    assert [row["outlet"] for row in first["also"]] == ["Northline Daily"]
    assert (first["outlet"], other["outlet"], other["also"]) == ("Harbour Post", "Inland Press", [])


def test_no_row_is_lost() -> None:
    assert sum(1 + len(row["also"]) for row in once(SAID, "quotation")) == len(SAID)


def test_one_pair_of_each_question_and_how_many_more() -> None:
    pairs = [{"question_id": q, "claim_id": c} for q, c in [("a", 1), ("a", 2), ("b", 3), ("a", 4), ("c", 5)]]
    assert [(row["claim_id"], row["more"]) for row in first_of_each(pairs, "question_id", 2)] == [(1, 2), (3, 0)]
