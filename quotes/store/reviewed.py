"""The rows of a re-extraction as people reviewed them: wanted rows in, wanted rows with their decisions out.

So a fix outlives the extractor: what it finds again is written as fixed, what it finds else is kept in `extracted`.
"""

from __future__ import annotations

from dataclasses import replace

from sqlite_utils import Database

from quotes.store.patches import ANONYMOUS, NameOf
from quotes.store.reviewing import Target, as_reviewed, name_of, standing_decision
from quotes.store.rows import Row, Rows


def with_reviews(db: Database, document: Row, rows: Rows) -> Rows:
    """The rows to be written of a document, with what holds of people's decisions on them."""
    sql = "SELECT DISTINCT target_id FROM reviews WHERE document_id = ?"
    decided = {row[0] for row in db.execute(sql, [document["id"]])}
    if not decided:
        return rows
    names, text = name_of(db), document["text"]

    def reviewed(row: Row, table: str) -> Row:
        if row["id"] not in decided:
            return row
        target = Target("quotation" if table == "quotations" else "claim", row["id"])
        return as_reviewed(row, table, standing_decision(db, target), text, names)

    quotations = tuple(reviewed(row, "quotations") for row in rows.quotations)
    named = {row["id"]: row["speaker_id"] for row in quotations if row.get("review") == "fixed"}
    last = {row["claim_id"]: row for row in rows.assertions}  # in order of depth: the last one stays
    claims = tuple(reviewed(_following(row, last.get(row["id"]), named, names), "claims") for row in rows.claims)
    asserted = {row["id"]: row for row in claims}
    assertions = tuple(
        _link(row, asserted[row["claim_id"]]) if row is last[row["claim_id"]] else row for row in rows.assertions
    )
    return replace(rows, quotations=quotations, claims=claims, assertions=assertions)


def _following(claim: Row, last: Row | None, named: dict[str, str | None], names: NameOf) -> Row:
    """A claim whose quotation a person gave another speaker."""
    if last is None or last["quotation_id"] not in named:
        return claim
    speaker_id = named[last["quotation_id"]]
    speaker = names(speaker_id) if speaker_id else None
    return claim | {"speaker_id": speaker_id, "asserted_by": speaker[1] if speaker else ANONYMOUS}


def _link(assertion: Row, claim: Row) -> Row:
    return assertion | {"speaker": claim["asserted_by"], "speaker_id": claim["speaker_id"]}
