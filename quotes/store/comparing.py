"""Put claims to their questions, and say how claims of one question relate.

What a question is and how two claims relate is decided by two pure functions that are passed in;
this reads claims as plain values, chooses the pairs, and writes `questions`, `claims.question_id` and
`claim_relations`.  A claim without a question is new or has changed: only such claims are compared,
with all others; then all are grouped anew (`quotes.store.grouping`).
Comparing twice changes no row.  The caller holds the transaction.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlite_utils import Database

from quotes.store.candidates import MAX_CANDIDATES, TermIndex
from quotes.store.facts import VALUES, Facts, QuestionLike, QuestionOf, Relate
from quotes.store.grouping import Order, group, write_questions
from quotes.store.judging import judged_pairs
from quotes.store.rows import Row

RELATED = """
    SELECT other_id FROM claim_relations WHERE claim_id = :id
    UNION SELECT claim_id FROM claim_relations WHERE other_id = :id
"""

STORED = "SELECT claim_id, other_id, kind, score, why FROM claim_relations"

OTHER_QUESTION = "each answers another question"
"""Why two claims that look alike are not comparable: one is too far from what the other's question is."""

Pair = tuple[str, str]
"""Ids of an earlier and a later claim."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """What choosing pairs needs to know of every claim."""

    id: str
    order: Order
    """Earlier first: by date of publication, undated last; then by document and place in it."""
    copy_key: tuple[str, str]
    """The same in copies: the same figures of one sentence, wherever it is printed."""
    question_id: str | None
    copy_of: str | None
    terms: tuple[str, ...]


def compare_claims(db: Database, question_of: QuestionOf, relate: Relate, *, everything: bool = False) -> int:
    """Compare new and changed claims, or all of them; the number of rows that changed.

    Copies of one sentence count once: the earliest is compared, the others are the same as it.
    """
    changed = _compare(db, question_of, relate, everything=everything) if everything or _has_new(db) else 0
    return changed + _remove_unasked(db)


def ask_again(db: Database, claim_ids: Iterable[str]) -> None:
    """Mark claims as changed, so that they are compared again."""
    db.execute(f"UPDATE claims SET question_id = NULL WHERE id IN {VALUES}", [json.dumps(list(claim_ids))])


def forget_relations(db: Database, claim_id: str) -> None:
    """Take a claim that is no longer found out of all comparisons; those it was related to are compared again."""
    ask_again(db, [row[0] for row in db.execute(RELATED, {"id": claim_id}).fetchall()])
    db.execute("DELETE FROM claim_relations WHERE claim_id = :id OR other_id = :id", {"id": claim_id})


def regroup(db: Database, question_of: QuestionOf, relate: Relate) -> int:
    """Put claims to their questions anew, as when a person judged two of them; the number of rows that changed."""
    return _compare(db, question_of, relate, everything=False) + _remove_unasked(db)


def _compare(db: Database, question_of: QuestionOf, relate: Relate, *, everything: bool) -> int:
    entries = _read_entries(db)
    pending = _pending(entries, everything=everything)
    first = _earliest_copies(entries.values())
    original = {entry.id: first[entry.copy_key].id for entry in entries.values()}
    facts = Facts(db, pending)
    asked = {claim_id: question_of(facts[claim_id]) for claim_id in pending}
    stored = {(row["claim_id"], row["other_id"]): row for row in db.query(STORED)}
    touched = set(pending)
    kept = {pair: row for pair, row in stored.items() if touched.isdisjoint(pair)}
    keyed = {
        id_: replace(entry, question_id=asked[id_].id) if id_ in asked else entry for id_, entry in entries.items()
    }
    found = _relations(keyed, original, pending, [pair for pair in stored if pair not in kept], facts, relate)
    rows = kept | {(row["claim_id"], row["other_id"]): row for row in found}
    orders = {entry.id: entry.order for entry in entries.values()}
    links = [pair for pair in rows if original[pair[0]] == pair[0] and original[pair[1]] == pair[1]]
    groups = group(orders, original, links, judged_pairs(db))
    rows = {pair: _within(row, groups, original, facts, relate) for pair, row in rows.items()}
    changed = write_questions(db, groups, original, asked, orders, _Asking(facts, question_of, relate))
    changed += _write_copies(db, entries, original)
    return changed + _write_relations(db, stored, list(rows.values()))


@dataclass(frozen=True, slots=True)
class _Asking:
    """The two functions, on ids of claims."""

    facts: Facts
    question_of_facts: QuestionOf
    relate_facts: Relate

    def question(self, claim_id: str) -> QuestionLike:
        self.facts.load([claim_id])
        return self.question_of_facts(self.facts[claim_id])

    def is_one(self, one: str, other: str) -> bool:
        self.facts.load([one, other])
        return self.relate_facts(self.facts[one], self.facts[other]) is not None


def _within(row: Row, groups: dict[str, str], original: dict[str, str], facts: Facts, relate: Relate) -> Row:
    """A relation as it stands now that questions are known: across two of them nothing is comparable."""
    one, other = row["claim_id"], row["other_id"]
    if groups[original[one]] != groups[original[other]]:
        return _relation((one, other), "incomparable", 0.5, OTHER_QUESTION)
    if row["why"] != OTHER_QUESTION:
        return row
    facts.load([one, other])
    found = relate(facts[one], facts[other])
    return _relation((one, other), found.kind, found.score, found.why) if found else row


def _write_copies(db: Database, entries: dict[str, _Entry], original: dict[str, str]) -> int:
    wanted = {id_: None if original[id_] == id_ else original[id_] for id_ in entries}
    differing = [(wanted[id_], id_) for id_, entry in entries.items() if entry.copy_of != wanted[id_]]
    db.conn.executemany("UPDATE claims SET copy_of = ? WHERE id = ?", differing)
    return len(differing)


def _has_new(db: Database) -> bool:
    return bool(db.execute("SELECT 1 FROM claims WHERE question_id IS NULL AND is_current LIMIT 1").fetchone())


def _read_entries(db: Database) -> dict[str, _Entry]:
    sql = """
        SELECT claims.id, claims.document_id, claims.start_char, documents.published, claims.sentence,
            coalesce(
                (SELECT group_concat(at) FROM (
                    SELECT figures.start_char - claims.sentence_start AS at FROM figures
                    WHERE figures.claim_id = claims.id ORDER BY at)),
                claims.kind || ' ' || (claims.start_char - claims.sentence_start)
            ),
            claims.question_id, claims.copy_of, claims.terms
        FROM claims JOIN documents ON documents.id = claims.document_id WHERE claims.is_current
    """
    return {
        id_: _Entry(
            id_,
            (published or "9999", document_id, start, id_),
            (" ".join(sentence.split()), figures),
            asked,
            copy_of,
            tuple(json.loads(terms)),
        )
        for id_, document_id, start, published, sentence, figures, asked, copy_of, terms in db.execute(sql)
    }


def _pending(entries: dict[str, _Entry], *, everything: bool) -> list[str]:
    """Claims to compare: those without a question, and their copies, of which another may now be the earliest."""
    new = {entry.copy_key for entry in entries.values() if everything or entry.question_id is None}
    return [entry.id for entry in entries.values() if entry.copy_key in new]


def _relations(
    entries: dict[str, _Entry],
    original: dict[str, str],
    pending: list[str],
    related: Iterable[Pair],
    facts: Facts,
    relate: Relate,
) -> list[Row]:
    originals = [entry for entry in entries.values() if original[entry.id] == entry.id]
    copies = [claim_id for claim_id in pending if original[claim_id] != claim_id]
    rows = [_relation((original[copy], copy), "same", 1.0, "the same sentence, printed again") for copy in copies]
    pairs = _pairs(originals, set(pending).difference(copies), related)
    facts.load({claim_id for pair in pairs for claim_id in pair})
    for earlier, later in pairs:
        found = relate(facts[earlier], facts[later])
        if found:
            rows.append(_relation((earlier, later), found.kind, found.score, found.why))
    return rows


def _pairs(originals: list[_Entry], pending: set[str], related: Iterable[Pair]) -> list[Pair]:
    """What to compare: each pending claim with those nearest to it, some of its question, and those related so far."""
    order = {entry.id: entry.order for entry in originals}
    asked = {entry.id: entry.question_id for entry in originals}
    index = TermIndex({entry.id: entry.terms for entry in originals})
    by_question = defaultdict(list)
    for entry in originals:
        by_question[entry.question_id].append(entry.id)
    pairs = {pair for pair in related if order.keys() >= set(pair) and not pending.isdisjoint(pair)}
    for one in pending:
        near = {*index.nearest(one), *by_question[asked[one]][-MAX_CANDIDATES:]}
        pairs |= {(one, other) for other in near if other != one}
    # What was related so far may have changed places: a corrected date makes the earlier the later.
    return sorted({(one, other) if order[one] < order[other] else (other, one) for one, other in pairs})


def _earliest_copies(entries: Iterable[_Entry]) -> dict[tuple[str, str], _Entry]:
    first: dict[tuple[str, str], _Entry] = {}
    for entry in sorted(entries, key=lambda entry: entry.order):
        first.setdefault(entry.copy_key, entry)
    return first


def _relation(pair: Pair, kind: str, score: float, why: str) -> Row:
    return {"claim_id": pair[0], "other_id": pair[1], "kind": kind, "score": float(score), "why": why}


def _write_relations(db: Database, stored: dict[Pair, Row], wanted: list[Row]) -> int:
    gone = stored.keys() - {(row["claim_id"], row["other_id"]) for row in wanted}
    differing = [row for row in wanted if stored.get((row["claim_id"], row["other_id"])) != row]
    db.conn.executemany("DELETE FROM claim_relations WHERE claim_id = ? AND other_id = ?", gone)
    db.table("claim_relations").upsert_all(differing, pk=["claim_id", "other_id"])
    return len(gone) + len(differing)


def _remove_unasked(db: Database) -> int:
    """Remove questions that no claim answers, unless a person decided something about them."""
    sql = """
        DELETE FROM questions WHERE NOT EXISTS (SELECT 1 FROM claims WHERE question_id = questions.id)
        AND NOT EXISTS (SELECT 1 FROM judgements WHERE subject = 'question' AND left_id = questions.id)
        AND NOT EXISTS (SELECT 1 FROM judgements WHERE subject = 'question' AND right_id = questions.id)
    """
    return db.execute(sql).rowcount
