"""Put claims to their questions, and say how claims of one question relate.

What a question is and how two claims relate is decided by two pure functions that are passed in;
this reads claims as plain values, chooses the pairs, and writes `questions`, `claims.question_id` and
`claim_relations`.  A claim without a question is new or has changed: only such claims are compared,
with all others.  Comparing twice changes no row.  The caller holds the transaction.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from sqlite_utils import Database

from quotes.store.candidates import MAX_CANDIDATES, TermIndex
from quotes.store.facts import VALUES, Facts, QuestionLike, QuestionOf, Relate
from quotes.store.rows import Row

RELATED = """
    SELECT other_id FROM claim_relations WHERE claim_id = :id
    UNION SELECT claim_id FROM claim_relations WHERE other_id = :id
"""

Pair = tuple[str, str]
"""Ids of an earlier and a later claim."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """What choosing pairs needs to know of every claim."""

    id: str
    order: tuple[str, int]
    """Earlier first: by date of publication, then as stored; undated last."""
    copy_key: tuple[str, str, int, int]
    """The same in copies: one clause of one sentence, wherever it is printed."""
    question_id: str | None
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


def _compare(db: Database, question_of: QuestionOf, relate: Relate, *, everything: bool) -> int:
    entries = _read_entries(db)
    pending = _pending(entries, everything=everything)
    facts = Facts(db, pending)
    questions = {claim_id: question_of(facts[claim_id]) for claim_id in pending}
    changed = _write_questions(db, entries, questions)
    entries |= {id_: replace(entries[id_], question_id=question.id) for id_, question in questions.items()}
    stored = _stored_relations(db, pending)
    return changed + _write_relations(db, stored, _relations(entries, pending, stored, facts, relate))


def _has_new(db: Database) -> bool:
    return bool(db.execute("SELECT 1 FROM claims WHERE question_id IS NULL AND is_current LIMIT 1").fetchone())


def _read_entries(db: Database) -> dict[str, _Entry]:
    sql = """
        SELECT claims.id, claims.rowid, documents.published, claims.kind, claims.sentence, claims.question_id,
            claims.start_char - claims.sentence_start, claims.end_char - claims.sentence_start, claims.terms
        FROM claims JOIN documents ON documents.id = claims.document_id WHERE claims.is_current
    """
    return {
        id_: _Entry(
            id_,
            (published or "9999", rowid),
            (" ".join(sentence.split()), kind, start, end),
            asked,
            tuple(json.loads(terms)),
        )
        for id_, rowid, published, kind, sentence, asked, start, end, terms in db.execute(sql)
    }


def _pending(entries: dict[str, _Entry], *, everything: bool) -> list[str]:
    """Claims to compare: those without a question, and their copies, of which another may now be the earliest."""
    new = {entry.copy_key for entry in entries.values() if everything or entry.question_id is None}
    return [entry.id for entry in entries.values() if entry.copy_key in new]


def _relations(
    entries: dict[str, _Entry],
    pending: list[str],
    related: Iterable[Pair],
    facts: Facts,
    relate: Relate,
) -> list[Row]:
    first = _earliest_copies(entries.values())
    originals = [entry for entry in entries.values() if first[entry.copy_key] is entry]
    copies = [claim_id for claim_id in pending if first[entries[claim_id].copy_key].id != claim_id]
    rows = [
        _relation((first[entries[copy].copy_key].id, copy), "same", 1.0, "the same sentence, printed again")
        for copy in copies
    ]
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


def _earliest_copies(entries: Iterable[_Entry]) -> dict[tuple[str, str, int, int], _Entry]:
    first: dict[tuple[str, str, int, int], _Entry] = {}
    for entry in sorted(entries, key=lambda entry: entry.order):
        first.setdefault(entry.copy_key, entry)
    return first


def _relation(pair: Pair, kind: str, score: float, why: str) -> Row:
    return {"claim_id": pair[0], "other_id": pair[1], "kind": kind, "score": float(score), "why": why}


def _write_questions(db: Database, entries: dict[str, _Entry], questions: dict[str, QuestionLike]) -> int:
    rows = {q.id: {"id": q.id, "label": q.label, "unit": q.unit, "kind": q.kind} for q in questions.values()}
    stored = {row["id"]: row for row in db.query("SELECT * FROM questions")}
    differing = [row for id_, row in rows.items() if stored.get(id_) != row]
    db.table("questions").upsert_all(differing, pk="id")
    links = [(q.id, claim_id) for claim_id, q in questions.items() if entries[claim_id].question_id != q.id]
    db.conn.executemany("UPDATE claims SET question_id = ? WHERE id = ?", links)
    return len(differing) + len(links)


def _stored_relations(db: Database, pending: Collection[str]) -> dict[Pair, Row]:
    sql = f"""
        SELECT * FROM claim_relations WHERE claim_id IN {VALUES}
        UNION SELECT * FROM claim_relations WHERE other_id IN {VALUES}
    """
    ids = json.dumps(list(pending))
    return {(row["claim_id"], row["other_id"]): row for row in db.query(sql, [ids, ids])}


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
