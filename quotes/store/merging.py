"""Making two speakers one, and taking that back; what people judge about them.

Every row that refers to a speaker follows.  Judgements are only ever added; the last on a pair holds.
The caller holds the transaction.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass

from sqlite_utils import Database

from quotes.errors import StoreError
from quotes.store.clusters import kept_apart, members_of, mention_key, root_of
from quotes.store.identities import ask
from quotes.store.speakers import absorb, refresh

_TABLES = ("mentions", "quotations", "claims", "assertions")


@dataclass(frozen=True, slots=True)
class Judge:
    """Who decides, when, and why."""

    reviewer: str
    now: str
    note: str = ""


def join(db: Database, loser: str, winner: str) -> None:
    """Make one speaker stand for another and for all merged into that; the old id leads to it."""
    db.execute("UPDATE speakers SET merged_into = ? WHERE id = ?", [winner, loser])
    for table in (*_TABLES, "document_speakers"):
        db.execute(f"UPDATE {table} SET speaker_id = ? WHERE speaker_id = ?", [winner, loser])
    db.execute("UPDATE quotations SET on_behalf_of_id = ? WHERE on_behalf_of_id = ?", [winner, loser])
    _move_pairs(db, loser, winner)
    absorb(db, loser, winner)
    db.execute("DELETE FROM speaker_keys WHERE speaker_id = ?", [loser])


def judge_same(db: Database, one: str, other: str, by: Judge, *, into: str | None = None) -> str:
    """Record that two speakers are one, and make them so; the id that stands for both.

    Raises StoreError where an earlier judgement keeps two of those concerned apart.
    """
    left, right = existing(db, one), existing(db, other)
    a, b = root_of(db, left), root_of(db, right)
    barrier = kept_apart(db, a, b) if a != b else None
    if barrier is not None and set(barrier) != {left, right}:
        raise StoreError(f"{one}, {other}: {barrier[0]} and {barrier[1]} were judged different; judge those two first")
    record(db, "speaker", left, right, "same", by)
    if a == b:
        return a
    winner = root_of(db, into) if into else _better(db, a, b)
    join(db, b if winner == a else a, winner)
    return winner


def judge_different(db: Database, one: str, other: str, by: Judge) -> None:
    """Record that two speakers are two, and take them apart where they had been made one."""
    left, right = existing(db, one), existing(db, other)
    if left == right:
        raise StoreError(f"{one}: is one id; to take an article's speaker out of it: split {one} --document DOC")
    record(db, "speaker", left, right, "different", by)
    db.execute("DELETE FROM speaker_pairs WHERE left_id = ? AND right_id = ?", sorted((left, right)))
    if root_of(db, left) == root_of(db, right):
        part(db, left, right)


def judge_unsure(db: Database, one: str, other: str, by: Judge) -> None:
    """Record that a person could not tell; the question is raised again when more is known."""
    record(db, "speaker", existing(db, one), existing(db, other), "unsure", by)


def split_mention(db: Database, speaker_id: str, document_id: str, by: Judge) -> list[str]:
    """Record that a document means somebody else than a speaker, and give it a speaker of its own; the new ids."""
    wanted = root_of(db, existing(db, speaker_id))
    rows = list(
        db.query("SELECT * FROM document_speakers WHERE document_id = ? AND speaker_id = ?", [document_id, wanted])
    )
    if not rows:
        raise StoreError(f"{document_id}: nobody in that document was taken for {speaker_id}")
    made = []
    for row in rows:
        key = mention_key(document_id, row["local_id"])
        for member in {wanted, row["own_id"]}:
            record(db, "mention", key, member, "different", by)
        new = f"{row['local_id']}-{uuid.uuid5(uuid.NAMESPACE_URL, key + wanted).hex[:6]}"
        kind = db.execute("SELECT type FROM speakers WHERE id = ?", [wanted]).fetchone()[0]
        db.table("speakers").insert(
            {"id": new, "name": row["name"], "type": kind, "added_at": by.now}, pk="id", ignore=True
        )
        judged = {"own_id": new, "method": "judged", "score": 1.0, "why": f"a person said it is not {wanted}"}
        db.table("document_speakers").update((document_id, row["local_id"]), judged)
        _point(db, document_id, row["local_id"], wanted, new)
        refresh(db, new)
        made.append(new)
    refresh(db, wanted)
    return made


def record(db: Database, subject: str, left: str, right: str, decision: str, by: Judge) -> None:
    """Add a judgement; an open pair of the two is closed."""
    if subject == "speaker":
        left, right = sorted((left, right))
        db.execute("DELETE FROM speaker_pairs WHERE left_id = ? AND right_id = ?", [left, right])
    db.table("judgements").insert(
        {
            "id": f"j_{uuid.uuid4().hex[:16]}", "subject": subject, "left_id": left, "right_id": right,
            "decision": decision, "note": by.note, "reviewer": by.reviewer, "decided_at": by.now,
        }
    )  # fmt: skip


def existing(db: Database, speaker_id: str) -> str:
    """The id, if there is such a speaker; StoreError where there is none."""
    if not db.execute("SELECT 1 FROM speakers WHERE id = ?", [speaker_id]).fetchone():
        raise StoreError(f"{speaker_id}: no such speaker")
    return speaker_id


def part(db: Database, left: str, right: str) -> str:
    """Take the link away that made two speakers one, the nearest above the one that was merged; the id that leaves."""
    root = root_of(db, left)
    chains = {speaker: _chain(db, speaker) for speaker in (left, right)}
    # The lower of the two leaves; where both hang below a third, the second does.
    leaver = left if right in chains[left] else right
    db.execute("UPDATE speakers SET merged_into = NULL WHERE id = ?", [leaver])
    leaving = json.dumps(members_of(db, leaver))
    sql = """
        SELECT document_id, local_id FROM document_speakers
        WHERE own_id IN (SELECT value FROM json_each(?)) AND speaker_id = ?
    """
    for document_id, local_id in db.execute(sql, [leaving, root]).fetchall():
        _point(db, document_id, local_id, root, leaver)
    refresh(db, leaver)
    refresh(db, root)
    return leaver


def _chain(db: Database, speaker_id: str) -> list[str]:
    chain, current = [], speaker_id
    while current:
        chain.append(current)
        current = db.execute("SELECT merged_into FROM speakers WHERE id = ?", [current]).fetchone()[0]
    return chain


def _point(db: Database, document_id: str, local_id: str, old: str, new: str) -> None:
    """Make the rows of a document's speaker refer to another.

    Where two of the document's speakers had been made one, only rows with a name of this one move: pronouns
    stay until the document is extracted again.
    """
    sharing = db.execute(
        "SELECT count(*) FROM document_speakers WHERE document_id = ? AND speaker_id = ?", [document_id, old]
    ).fetchone()[0]
    names = db.execute(
        "SELECT names FROM document_speakers WHERE document_id = ? AND local_id = ?", [document_id, local_id]
    ).fetchone()[0]
    db.table("document_speakers").update((document_id, local_id), {"speaker_id": new})
    values = {"document": document_id, "old": old, "new": new, "names": names, "all": int(sharing < 2)}
    for table, words in (("mentions", "text"), ("quotations", "source"), ("claims", "asserted_by")):
        db.execute(
            f"UPDATE {table} SET speaker_id = :new WHERE document_id = :document AND speaker_id = :old"
            f" AND (:all OR {words} IN (SELECT value FROM json_each(:names)))",
            values,
        )
    db.execute(
        "UPDATE quotations SET on_behalf_of_id = :new"
        " WHERE document_id = :document AND on_behalf_of_id = :old AND :all",
        values,
    )
    db.execute(
        "UPDATE assertions SET speaker_id = :new WHERE speaker_id = :old"
        " AND claim_id IN (SELECT id FROM claims WHERE document_id = :document)"
        " AND (:all OR speaker IN (SELECT value FROM json_each(:names)))",
        values,
    )


def _move_pairs(db: Database, loser: str, winner: str) -> None:
    """Open pairs of a speaker become those of who stands for it now."""
    sql = "SELECT * FROM speaker_pairs WHERE left_id = :id UNION SELECT * FROM speaker_pairs WHERE right_id = :id"
    pairs = list(db.query(sql, {"id": loser}))
    db.execute("DELETE FROM speaker_pairs WHERE left_id = :id OR right_id = :id", {"id": loser})
    for pair in pairs:
        other = pair["right_id"] if pair["left_id"] == loser else pair["left_id"]
        ask(db, winner, [(root_of(db, other), pair["score"], pair["why"])], pair["method"])


def _better(db: Database, a: str, b: str) -> str:
    """Which of two stands for both: the one on a roster, with the fuller name, in more documents, known for longer."""
    sql = """
        SELECT is_known, length(name) - length(replace(name, ' ', '')),
            (SELECT count(*) FROM (SELECT 1 FROM document_speakers WHERE speaker_id = speakers.id LIMIT 100)),
            -rowid
        FROM speakers WHERE id = ?
    """
    return max((a, b), key=lambda id_: tuple(db.execute(sql, [id_]).fetchone()))
