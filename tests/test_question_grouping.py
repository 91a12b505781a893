"""Related claims → questions: who joins whom, what people judge, and that the order of adding does not matter."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pytest
from test_store_comparing import RUN, AskedQuestion, FoundRelation, dump, relations, said

from quotes.errors import StoreError
from quotes.models import Claim, Extraction, make_id
from quotes.store import Store, StoredClaim
from quotes.store.grouping import group
from quotes.store.verifying import verify

ORDERS = {name: (f"2025-01-0{n}", "d", n, name) for n, name in enumerate("abcd", start=1)}
ALONE = {name: name for name in ORDERS}


@pytest.mark.parametrize(
    ("links", "judged", "grouped"),
    [
        pytest.param([], [], "a b c d", id="unrelated"),
        pytest.param([("a", "b"), ("a", "c")], [], "abc d", id="each is related to the first"),
        pytest.param([("a", "b"), ("b", "c")], [], "ab c d", id="no chain beyond the first"),
        pytest.param([("a", "b"), ("b", "c"), ("c", "d")], [], "ab cd", id="what is left begins its own"),
        pytest.param([("a", "b")], [("a", "b", "different")], "a b c d", id="judged different"),
        pytest.param([], [("b", "d", "same")], "a bd c", id="judged the same"),
        pytest.param([("a", "b"), ("c", "d")], [("b", "d", "same")], "abcd", id="two questions judged the same"),
        pytest.param(
            [("a", "b")], [("a", "c", "different"), ("b", "c", "same")], "ab c d", id="what is kept apart stays apart"
        ),
    ],
)
def test_group(links: list[tuple[str, str]], judged: list[tuple[str, str, str]], grouped: str) -> None:
    found = group(ORDERS, ALONE, links, judged)
    assert {"".join(sorted(c for c in found if found[c] == first)) for first in found.values()} == set(grouped.split())


def question_of(claim: StoredClaim) -> AskedQuestion:
    """A question is its terms."""
    return AskedQuestion(make_id("q", *claim.terms), f"how many {' '.join(claim.terms)}?", "person", claim.kind)


def relate(earlier: StoredClaim, later: StoredClaim) -> FoundRelation | None:
    """Claims that share two terms answer one question."""
    if len(set(earlier.terms) & set(later.terms)) < 2:
        return None
    one, other = earlier.figures[0].value_min, later.figures[0].value_min
    return FoundRelation("same" if one == other else "conflicts", 0.9, f"{one} and {other}")


NEAR = said("alpha.txt", ("Police held 40 people.", 40, "arrest city protest"), published="2025-02-01")
MIDDLE = said("beta.txt", ("In all, 50 were held in March.", 50, "city protest march"), published="2025-02-02")
FAR = said("gamma.txt", ("The march drew 60 people.", 60, "protest march crowd"), published="2025-02-03")
COPY = said("delta.txt", ("Police held 40 people.", 40, "arrest city protest"), published="2025-02-04")


def add(store: Store, *extractions: Extraction, again: bool = False) -> None:
    for extraction in extractions:
        store.save(extraction, RUN, again=again)
    store.compare_claims(question_of, relate)


@pytest.fixture
def store(tmp_path: Path):
    with Store.open(tmp_path / "quotes.db") as opened:
        yield opened
        assert verify(opened.db) == []


def questions(store: Store) -> dict[str, str]:
    """Outlet → question id, each outlet having one claim."""
    sql = "SELECT outlet, question_id FROM claims JOIN documents ON documents.id = document_id WHERE is_current"
    return dict(store.db.execute(sql).fetchall())


def claim_of(extraction: Extraction) -> str:
    return extraction.claims[0].id


def judge(store: Store, one: str, other: str, decision: str) -> None:
    store.judge_questions(one, other, decision, "Ada", "", by=(question_of, relate))


def test_related_claims_end_in_one_question(store: Store) -> None:
    add(store, NEAR, MIDDLE)
    assert len(set(questions(store).values())) == 1
    assert relations(store) == {("alpha", "beta", "conflicts")}


def test_claims_far_apart_are_not_chained_and_do_not_conflict(store: Store) -> None:
    add(store, NEAR, MIDDLE, FAR)
    asked = questions(store)
    assert asked["alpha"] == asked["beta"] != asked["gamma"]
    assert relations(store) == {("alpha", "beta", "conflicts"), ("beta", "gamma", "incomparable")}


def test_the_order_of_adding_does_not_matter(tmp_path: Path) -> None:
    outcomes = set()
    for n, order in enumerate(itertools.permutations((NEAR, MIDDLE, FAR, COPY))):
        with Store.open(tmp_path / f"{n}.db") as store:
            for extraction in order:
                add(store, extraction)
            outcomes.add((frozenset(questions(store).items()), frozenset(relations(store))))
    assert len(outcomes) == 1


def test_a_second_run_changes_no_row(store: Store) -> None:
    add(store, NEAR, MIDDLE, FAR, COPY)
    before = dump(store)
    add(store, NEAR, MIDDLE, FAR, COPY)
    assert store.compare_claims(question_of, relate, everything=True) == 0
    assert dump(store) == before


def test_a_reprint_is_a_copy_and_counts_once(store: Store) -> None:
    add(store, COPY, NEAR, MIDDLE)
    copies = store.db.execute("SELECT id, copy_of FROM claims WHERE copy_of IS NOT NULL").fetchall()
    assert copies == [(claim_of(COPY), claim_of(NEAR))]
    listed = store.db.execute("SELECT claim_id, outlets FROM question_answers ORDER BY published").fetchall()
    assert listed == [(claim_of(NEAR), 2), (claim_of(MIDDLE), 1)]


def test_claims_judged_different_never_conflict(store: Store) -> None:
    add(store, NEAR, MIDDLE)
    judge(store, claim_of(NEAR), claim_of(MIDDLE), "different")
    assert relations(store) == {("alpha", "beta", "incomparable")}
    add(store, NEAR, MIDDLE, FAR, again=True)
    store.compare_claims(question_of, relate, everything=True)
    assert ("alpha", "beta", "incomparable") in relations(store)
    assert questions(store)["alpha"] != questions(store)["beta"]


def test_questions_judged_the_same_are_one_and_a_later_judgement_undoes_it(store: Store) -> None:
    add(store, NEAR, FAR)
    one, other = questions(store)["alpha"], questions(store)["gamma"]
    assert one != other
    judge(store, other, one, "same")
    assert set(questions(store).values()) == {one}
    add(store, NEAR, FAR, again=True)
    assert set(questions(store).values()) == {one}
    judge(store, one, other, "different")
    assert questions(store) == {"alpha": one, "gamma": other}
    judge(store, one, other, "unsure")
    assert questions(store) == {"alpha": one, "gamma": other}
    assert store.db.execute("SELECT count(*) FROM judgements").fetchone() == (3,)


def test_a_judgement_follows_a_claim_whose_span_moves(store: Store) -> None:
    add(store, NEAR, MIDDLE)
    judge(store, claim_of(NEAR), claim_of(MIDDLE), "different")
    longer = Extraction(MIDDLE.document, claims=(_trimmed(MIDDLE),))
    assert claim_of(longer) != claim_of(MIDDLE)
    add(store, longer)
    assert questions(store)["alpha"] != questions(store)["beta"]
    assert relations(store) == {("alpha", "beta", "incomparable")}


def _trimmed(extraction: Extraction) -> Claim:
    (claim,) = extraction.claims
    return replace(claim, id=make_id("c", "trimmed"), start=claim.start + 8)


@pytest.mark.parametrize("names", [("q_none", "c_none"), ("same", "same")], ids=["unknown", "one claim"])
def test_what_cannot_be_judged_is_refused(store: Store, names: tuple[str, str]) -> None:
    add(store, NEAR)
    one, other = names if names[0] != "same" else (claim_of(NEAR), questions(store)["alpha"])
    with pytest.raises(StoreError, match=r"no such question or claim|one and the same claim"):
        judge(store, one, other, "same")
    assert store.db.execute("SELECT count(*) FROM judgements").fetchone() == (0,)
