"""What is kept beside rows so that lists need not count them: how often a claim is made, who answers a question.

Triggers of the schema keep `claims.times`, `claims.is_repeat` and what `claim_relations` knows of its two claims, and
mark the questions whose answers changed; those are counted here, before each transaction ends.  Rows that were
written without triggers, in bulk, are counted by `recount`.
"""

from __future__ import annotations

from sqlite_utils import Database

TIMES = """
    1 + (
        SELECT count(*) FROM claim_relations JOIN claims AS later ON later.id = claim_relations.other_id
        WHERE claim_relations.claim_id = claims.id AND claim_relations.kind = 'same' AND later.is_current = 1
    )
"""
# The plus: until SQLite has counted rows, it takes those of a kind for few, and would start with them.
IS_REPEAT = "EXISTS (SELECT 1 FROM claim_relations WHERE other_id = claims.id AND +kind = 'same')"
QUESTION = """
    (
        SELECT earlier.question_id
        FROM claims AS earlier JOIN claims AS later ON later.question_id = earlier.question_id
        WHERE earlier.id = claim_relations.claim_id AND later.id = claim_relations.other_id
            AND earlier.is_current = 1 AND later.is_current = 1
    )
"""
WORTH = """
    (
        SELECT max(check_worthiness) FROM claims
        WHERE id IN (claim_relations.claim_id, claim_relations.other_id)
    )
"""
COUNTED = ("answers", "voices", "outlets", "first_published", "last_published")
ANSWERS = """
    SELECT count(*) FILTER (WHERE claims.copy_of IS NULL), count(DISTINCT claims.asserted_by),
        count(DISTINCT coalesce(documents.outlet, documents.id)), min(documents.published), max(documents.published)
    FROM claims JOIN documents ON documents.id = claims.document_id
    WHERE claims.question_id = questions.id AND claims.is_current = 1
"""
_IS_KEPT = "SELECT 1 FROM pragma_table_info('questions') WHERE name = 'is_counted'"


def count_answers(db: Database) -> None:
    """Count the answers of questions where they changed; nothing in a database that is older than such counts."""
    if db.execute(_IS_KEPT).fetchone():
        db.execute(f"UPDATE questions SET ({', '.join(COUNTED)}) = ({ANSWERS}), is_counted = 1 WHERE is_counted = 0")


def recount(db: Database) -> None:
    """Count everything anew."""
    db.execute(f"UPDATE claims SET times = {TIMES}, is_repeat = {IS_REPEAT}")
    db.execute(f"UPDATE claim_relations SET question_id = {QUESTION}, check_worthiness = {WORTH}")
    db.execute("UPDATE questions SET is_counted = 0")
    count_answers(db)


def wrong_counts(db: Database) -> list[tuple[str, str]]:
    """Table and id of every row whose kept values are not what counting gives."""
    answers = ", ".join(f"questions.{name}" for name in COUNTED)
    return [
        *db.execute(f"SELECT 'claims', id FROM claims WHERE times <> {TIMES} OR is_repeat <> {IS_REPEAT}"),
        *db.execute(
            f"SELECT 'claim_relations', claim_id || ' ' || other_id FROM claim_relations"
            f" WHERE question_id IS NOT {QUESTION} OR check_worthiness <> {WORTH}"
        ),
        *db.execute(f"SELECT 'questions', id FROM questions WHERE is_counted = 0 OR ({answers}) IS NOT ({ANSWERS})"),
    ]
