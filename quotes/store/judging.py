"""What people judge about questions: two are the same, two are different, or one claim answers another question.

A judgement names two questions or claims by their ids; `question_names` keeps which claim each of them means, so
that the judgement lasts when questions are found anew.  Judgements are only ever added; the last on a pair holds.
The caller holds the transaction and regroups the claims afterwards.
"""

from __future__ import annotations

from sqlite_utils import Database

from quotes.errors import StoreError
from quotes.store.merging import Judge, record

_MEANT = """
    SELECT claim_id FROM question_names WHERE name = :id
    UNION ALL SELECT id FROM claims WHERE id = :id
    UNION ALL SELECT claim_id FROM questions WHERE id = :id AND claim_id IS NOT NULL
"""
_LAST = """
    SELECT coalesce(one.claim_id, left_id), coalesce(other.claim_id, right_id), decision
    FROM judgements
    LEFT JOIN question_names AS one ON one.name = left_id
    LEFT JOIN question_names AS other ON other.name = right_id
    WHERE subject = 'question' ORDER BY decided_at, judgements.rowid
"""


def judge_questions(db: Database, one: str, other: str, decision: str, by: Judge) -> None:
    """Record that two questions or claims are the `same` question, `different`, or that nobody can tell (`unsure`).

    Raises StoreError where an id is unknown, or both mean one claim.
    """
    meant = {name: claim_meant(db, name) for name in (one, other)}
    if len(set(meant.values())) < 2:
        raise StoreError(f"{one}, {other}: mean one and the same claim; name another question or claim")
    for name, claim_id in meant.items():
        db.execute("INSERT OR IGNORE INTO question_names (name, claim_id) VALUES (?, ?)", [name, claim_id])
    left, right = sorted((one, other))
    record(db, "question", left, right, decision, by)


def claim_meant(db: Database, name: str) -> str:
    """The claim that the id of a question or claim means; StoreError where there is no such id."""
    row = db.execute(_MEANT, {"id": name}).fetchone()
    if row is None:
        raise StoreError(f"{name}: no such question or claim")
    return str(row[0])


def judged_pairs(db: Database) -> list[tuple[str, str, str]]:
    """Pairs of claims that were judged `same` or `different`, with what was decided last, in order of decision."""
    last: dict[tuple[str, str], str] = {}
    for one, other, decision in db.execute(_LAST).fetchall():
        pair = (min(one, other), max(one, other))
        last.pop(pair, None)
        last[pair] = str(decision)
    return [(*pair, decision) for pair, decision in last.items() if decision != "unsure"]
