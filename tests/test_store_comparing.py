"""Claims of many documents, put to their questions and related: which pairs, and what is written."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from quotes.models import Assertion, Claim, Document, Extraction, Figure, Run, make_id
from quotes.store import Store, StoredClaim
from quotes.store.candidates import MAX_CANDIDATES, MAX_POSTINGS, TermIndex

RUN = Run("r_one", "0.1.0", "en_core_web_sm", "3.8.0")


@dataclass(frozen=True)
class AskedQuestion:
    id: str
    label: str
    unit: str | None
    kind: str


@dataclass(frozen=True)
class FoundRelation:
    kind: str
    score: float
    why: str


def question_of(claim: StoredClaim) -> AskedQuestion:
    """A question is its terms and its unit."""
    unit = claim.figures[0].unit
    return AskedQuestion(
        make_id("t", claim.terms, unit), f"how many {unit}: {' '.join(claim.terms)}?", unit, claim.kind
    )


def relate(earlier: StoredClaim, later: StoredClaim) -> FoundRelation | None:
    """Claims with the same terms have the same value or conflict."""
    if set(earlier.terms) != set(later.terms):
        return None
    one, other = earlier.figures[0].value_min, later.figures[0].value_min
    return FoundRelation("same" if one == other else "conflicts", 0.9, f"{one} and {other}")


def said(name: str, *clauses: tuple[str, float, str], published: str | None = None) -> Extraction:
    """A document that claims things: each a sentence, its number, and its terms."""
    text = "\n".join(sentence for sentence, _, _ in clauses)
    doc = Document(make_id("d", name), name, "x", text, outlet=name.removesuffix(".txt"), published=published)
    claims = []
    for sentence, value, terms in clauses:
        start = text.index(sentence)
        span = start, start + len(sentence)
        claims.append(
            Claim(
                id=make_id("c", doc.id, span, value),
                start=span[0],
                end=span[1],
                sentence=span,
                kind="quantity",
                figures=(Figure(*span, value, value, unit="person"),),
                measured=None,
                asserted_by="article",
                assertion=(Assertion("article"),),
                denied=False,
                hedged=False,
                check_worthiness=0.5,
                reasons=(),
                method="rule",
                score=0.9,
                terms=tuple(terms.split()),
            )
        )
    return Extraction(doc, claims=tuple(claims))


ARRESTS = "arrest city protest"
FIRST = said("alpha.txt", ("Police arrested 40 people at the protest.", 40, ARRESTS), published="2025-02-01")
AGREES = said("beta.txt", ("In all, 40 people were arrested in the protest.", 40, ARRESTS), published="2025-02-02")
CONFLICTS = said("gamma.txt", ("The protest ended with 70 arrests.", 70, ARRESTS), published="2025-02-03")
OTHER = said("delta.txt", ("The harvest fed 90 families.", 90, "family feed harvest"), published="2025-02-03")


@pytest.fixture
def store(tmp_path: Path):
    with Store.open(tmp_path / "quotes.db") as opened:
        yield opened
        assert opened.verify() == []


@pytest.fixture
def compare(store: Store) -> Callable[..., int]:
    def run(*extractions: Extraction, **options: bool) -> int:
        for extraction in extractions:
            store.save(extraction, RUN)
        return store.compare_claims(question_of, relate, **options)

    return run


def relations(store: Store) -> set[tuple[str, str, str]]:
    """Earlier outlet, later outlet, kind."""
    sql = """
        SELECT earlier_document.outlet, later_document.outlet, claim_relations.kind FROM claim_relations
        JOIN claims AS earlier ON earlier.id = claim_id JOIN claims AS later ON later.id = other_id
        JOIN documents AS earlier_document ON earlier_document.id = earlier.document_id
        JOIN documents AS later_document ON later_document.id = later.document_id
    """
    return set(store.db.execute(sql).fetchall())


def dump(store: Store) -> list[str]:
    return list(store.db.conn.iterdump())


ALL = {("alpha", "beta", "same"), ("alpha", "gamma", "conflicts"), ("beta", "gamma", "conflicts")}


def test_claims_of_one_question_are_related_in_order_of_publication(store: Store, compare):
    compare(CONFLICTS, OTHER, AGREES, FIRST)
    assert relations(store) == ALL
    assert {label for (label,) in store.db.execute("SELECT label FROM questions")} == {
        "how many person: arrest city protest?",
        "how many person: family feed harvest?",
    }
    assert store.db.execute("SELECT count(*) FROM claims WHERE question_id IS NULL").fetchone() == (0,)
    assert store.db.execute("SELECT why FROM claim_relations WHERE kind = 'same'").fetchone() == ("40.0 and 40.0",)


def test_comparing_twice_changes_no_row(store: Store, compare):
    assert compare(FIRST, AGREES, CONFLICTS, OTHER) > 0
    before = dump(store)
    assert compare() == 0
    assert compare(everything=True) == 0
    assert dump(store) == before


def test_one_by_one_gives_the_same_as_all_at_once(store: Store, compare):
    for extraction in (OTHER, CONFLICTS, FIRST, AGREES):
        compare(extraction)
    assert relations(store) == ALL


def test_only_new_claims_are_compared(store: Store, compare):
    compare(FIRST, CONFLICTS, OTHER)
    store.save(AGREES, RUN)
    asked: list[str | None] = []

    def noting(earlier: StoredClaim, later: StoredClaim) -> FoundRelation | None:
        asked.append(f"{earlier.outlet}-{later.outlet}")
        return relate(earlier, later)

    store.compare_claims(question_of, noting)
    assert sorted(asked) == ["alpha-beta", "beta-gamma"]
    assert relations(store) == ALL


def test_a_claim_that_changes_is_compared_again(store: Store, compare):
    compare(FIRST, CONFLICTS)
    agreed = said("gamma.txt", ("The protest ended with 70 arrests.", 40, ARRESTS), published="2025-02-03")
    compare(agreed)
    assert relations(store) == {("alpha", "gamma", "same")}


def test_figures_that_are_read_anew_are_compared_again(store: Store, compare):
    compare(FIRST, CONFLICTS)
    (claim,) = CONFLICTS.claims
    read_anew = Claim(
        **{**{name: getattr(claim, name) for name in claim.__slots__}, "figures": FIRST.claims[0].figures}
    )
    compare(Extraction(CONFLICTS.document, claims=(read_anew,)))
    assert relations(store) == {("alpha", "gamma", "same")}


def test_a_changed_date_turns_a_relation_round(store: Store, compare):
    compare(FIRST, CONFLICTS)
    compare(said("gamma.txt", ("The protest ended with 70 arrests.", 70, ARRESTS), published="2025-01-01"))
    assert relations(store) == {("gamma", "alpha", "conflicts")}


def test_a_claim_that_goes_takes_its_relations_and_its_question_along(store: Store, compare):
    compare(FIRST, CONFLICTS, OTHER)
    compare(Extraction(CONFLICTS.document), Extraction(OTHER.document))
    assert relations(store) == set()
    assert [label for (label,) in store.db.execute("SELECT label FROM questions")] == [
        "how many person: arrest city protest?"
    ]


def test_a_question_that_somebody_decided_on_stays(store: Store, compare):
    compare(FIRST)
    (question_id,) = store.db.execute("SELECT id FROM questions").fetchone()
    sql = (
        "INSERT INTO judgements (id, subject, left_id, right_id, decision, reviewer, decided_at)"
        " VALUES ('j', 'question', ?, 'zzz', 'different', 'somebody', 't')"
    )
    store.db.execute(sql, [question_id])
    compare(Extraction(FIRST.document))
    assert store.counts().questions == 1


def test_a_kept_claim_that_is_no_longer_found_is_in_no_relation(store: Store, compare):
    compare(FIRST, CONFLICTS)
    sql = (
        "INSERT INTO reviews (id, target_type, target_id, document_id, action, reviewer, reviewed_at)"
        " VALUES ('v', 'claim', ?, ?, 'accept', 'somebody', 't')"
    )
    store.db.execute(sql, [CONFLICTS.claims[0].id, CONFLICTS.document.id])
    compare(Extraction(CONFLICTS.document))
    assert store.db.execute("SELECT count(*) FROM claims WHERE NOT is_current").fetchone() == (1,)
    assert relations(store) == set()


WIRE = "Police arrested 40 people at the protest."


def test_copies_of_a_wire_story_count_once(store: Store, compare):
    copies = [said(f"wire{n}.txt", (WIRE, 40, ARRESTS), published=f"2025-02-0{n}") for n in (3, 1, 2)]
    compare(CONFLICTS, *copies)
    assert relations(store) == {
        ("wire1", "wire2", "same"),
        ("wire1", "wire3", "same"),
        ("wire1", "gamma", "conflicts"),
    }


def test_an_earlier_copy_takes_the_place_of_the_first(store: Store, compare):
    compare(CONFLICTS, said("wire2.txt", (WIRE, 40, ARRESTS), published="2025-02-02"))
    compare(said("wire1.txt", (WIRE, 40, ARRESTS), published="2025-02-01"))
    assert relations(store) == {("wire1", "wire2", "same"), ("wire1", "gamma", "conflicts")}
    compare(Extraction(Document(make_id("d", "wire1.txt"), "wire1.txt", "x", "Taken down.", outlet="wire1")))
    assert relations(store) == {("wire2", "gamma", "conflicts")}


# Candidates.


def test_the_nearest_share_most_of_the_rare_terms():
    terms = {f"filler{n}": ("city", "year") for n in range(50)}
    terms |= {
        "one": ("city", "year", "darien", "migration"),
        "two": ("darien", "migration"),
        "three": ("darien", "city"),
    }
    assert TermIndex(terms).nearest("one")[:2] == ["two", "three"]


@pytest.mark.parametrize(
    ("mine", "other", "found"),
    [
        pytest.param("a b", "a c", True, id="one shared term is enough"),
        pytest.param("a", "^a c", True, id="whatever it is to each"),
        pytest.param("a", "b", False, id="none is not"),
        pytest.param("", "", False, id="no terms"),
    ],
)
def test_how_much_must_be_shared(mine: str, other: str, found: bool):
    index = TermIndex({"mine": mine.split(), "other": other.split(), "far": ("z",)})
    assert index.nearest("mine") == (["other"] if found else [])


def test_a_claim_has_a_bounded_number_of_candidates():
    index = TermIndex({f"c{n:04}": ("same", "words") for n in range(500)})
    assert len(index.nearest("c0000")) == MAX_CANDIDATES


def test_a_term_that_everybody_uses_is_not_read():
    common = {f"c{n}": ("people", "say") for n in range(MAX_POSTINGS + 1)}
    index = TermIndex(common | {"one": ("people", "rare", "rarer"), "two": ("people", "rare", "rarer")})
    assert index.nearest("one") == ["two"]
    assert index.nearest("c0") == []


def test_ten_thousand_claims_are_compared_in_seconds_not_with_each_other(store: Store):
    """Every claim shares a word with all others; the pairs looked at stay in proportion to the claims."""
    for n in range(200):
        clauses = [
            (
                f"Report {n}: place {k} counted {k + n} people.",
                float(k + n),
                f"people count place{k} topic{(k * 7 + n) % 300}",
            )
            for k in range(50)
        ]
        store.save(said(f"outlet{n}.txt", *clauses), RUN)
    pairs = 0

    def counting(earlier: StoredClaim, later: StoredClaim) -> None:
        nonlocal pairs
        pairs += 1

    started = time.process_time()
    store.compare_claims(question_of, counting)
    assert pairs < 10_000 * 2 * MAX_CANDIDATES
    assert time.process_time() - started < 30
