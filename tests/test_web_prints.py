"""What stands in several articles is shown once."""

from __future__ import annotations

from quotes.web.prints import first_of_each, letters, once

SAID = [
    {"words": "The dykes held", "type": "direct", "outlet": "Northline Daily", "published": "2025-03-06"},
    {"words": "The  dykes\nheld,", "type": "direct", "outlet": "Harbour Post", "published": "2025-03-05"},
    {"words": "The dykes held", "type": "indirect", "outlet": "Inland Press", "published": None},
]


def test_the_same_words_are_one_whatever_their_spacing_where_they_were_first() -> None:
    first, other = once(SAID, lambda row: (letters(row["words"]), row["type"]))
    assert (first["outlet"], [name for name, _ in first["outlets"]]) == ("Harbour Post", ["Northline Daily"])
    assert (other["outlet"], other["outlets"]) == ("Inland Press", [])


def test_no_row_is_lost() -> None:
    assert sum(1 + len(row["copies"]) for row in once(SAID, lambda row: (letters(row["words"]),))) == len(SAID)


def test_one_pair_of_each_question_and_how_many_more() -> None:
    pairs = [{"question_id": q, "claim_id": c} for q, c in [("a", 1), ("a", 2), ("b", 3), ("a", 4), ("c", 5)]]
    assert [(row["claim_id"], row["more"]) for row in first_of_each(pairs, "question_id", 2)] == [(1, 2), (3, 0)]
