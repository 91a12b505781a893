"""Speakers as rows: one each across all documents.

Documents share these rows; a speaker that nothing refers to any more is removed, unless a person decided
something about it or a roster names it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlite_utils import Database

from quotes.models import Speaker, SpeakerRole
from quotes.store.clusters import members_of
from quotes.store.identities import add_names, add_roles

UNUSED = """
    DELETE FROM speakers WHERE id = :id AND merged_into IS NULL AND NOT is_known
    AND NOT EXISTS (SELECT 1 FROM mentions WHERE speaker_id = :id)
    AND NOT EXISTS (SELECT 1 FROM quotations WHERE speaker_id = :id)
    AND NOT EXISTS (SELECT 1 FROM quotations WHERE on_behalf_of_id = :id)
    AND NOT EXISTS (SELECT 1 FROM claims WHERE speaker_id = :id)
    AND NOT EXISTS (SELECT 1 FROM assertions WHERE speaker_id = :id)
    AND NOT EXISTS (SELECT 1 FROM document_speakers WHERE speaker_id = :id)
    AND NOT EXISTS (SELECT 1 FROM document_speakers WHERE own_id = :id)
    AND NOT EXISTS (SELECT 1 FROM speakers AS others WHERE others.merged_into = :id)
    AND NOT EXISTS (SELECT 1 FROM judgements WHERE subject = 'speaker' AND left_id = :id)
    AND NOT EXISTS (SELECT 1 FROM judgements WHERE subject = 'speaker' AND right_id = :id)
    AND NOT EXISTS (SELECT 1 FROM judgements WHERE subject = 'mention' AND right_id = :id)
"""


def remove_unused_speakers(db: Database, candidates: Iterable[str]) -> bool:
    """Remove those speakers that no row refers to and no person decided on; whether there was one."""
    return sum(db.execute(UNUSED, {"id": speaker_id}).rowcount for speaker_id in candidates) > 0


def absorb(db: Database, loser: str, winner: str) -> None:
    """Give a speaker the names and roles of one that was merged into it; the other keeps its own for a split."""
    kind = db.execute("SELECT type FROM speakers WHERE id = ?", [winner]).fetchone()[0]
    names = db.execute("SELECT name FROM speaker_names WHERE speaker_id = ? ORDER BY name", [loser]).fetchall()
    add_names(db, winner, [row[0] for row in names], kind)
    sql = """
        INSERT INTO speaker_roles (speaker_id, role, head, modifiers, is_past, is_known, from_date, to_date)
        SELECT :winner, role, head, modifiers, is_past, is_known, from_date, to_date
        FROM speaker_roles WHERE speaker_id = :loser AND NOT is_known
        ON CONFLICT (speaker_id, role, is_known) DO UPDATE SET
            from_date = min(coalesce(from_date, excluded.from_date), coalesce(excluded.from_date, from_date)),
            to_date = max(coalesce(to_date, excluded.to_date), coalesce(excluded.to_date, to_date))
    """
    db.execute(sql, {"winner": winner, "loser": loser})


def refresh(db: Database, speaker_id: str) -> None:
    """Make names, keys and seen roles of a speaker anew from its documents and rosters: after a merge or a split."""
    name, kind = db.execute("SELECT name, type FROM speakers WHERE id = ?", [speaker_id]).fetchone()
    members = json.dumps(members_of(db, speaker_id))
    known = db.execute(
        "SELECT name FROM speaker_names WHERE is_known AND speaker_id IN (SELECT value FROM json_each(?))", [members]
    ).fetchall()
    own = {
        row[0] for row in db.execute("SELECT name FROM speaker_names WHERE is_known AND speaker_id = ?", [speaker_id])
    }
    for table in ("speaker_names", "speaker_keys"):
        db.execute(f"DELETE FROM {table} WHERE speaker_id = ?", [speaker_id])
    db.execute("DELETE FROM speaker_roles WHERE speaker_id = ? AND NOT is_known", [speaker_id])
    add_names(db, speaker_id, sorted(own), kind, known=True)
    add_names(db, speaker_id, [name, *(row[0] for row in known)], kind)
    sql = """
        SELECT document_speakers.names, document_speakers.roles, substr(documents.published, 1, 10)
        FROM document_speakers JOIN documents ON documents.id = document_speakers.document_id
        WHERE document_speakers.speaker_id = ?
    """
    for names, roles, day in db.execute(sql, [speaker_id]).fetchall():
        add_names(db, speaker_id, json.loads(names), kind)
        held = tuple(SpeakerRole(head, tuple(words), past) for head, words, past in json.loads(roles))
        add_roles(db, speaker_id, Speaker(speaker_id, name, kind, roles=held), day)


def index_names(db: Database) -> None:
    """Make the keys of speakers that have none: those stored before names had keys."""
    sql = """
        SELECT id FROM speakers WHERE merged_into IS NULL
        AND NOT EXISTS (SELECT 1 FROM speaker_keys WHERE speaker_id = speakers.id)
    """
    for (speaker_id,) in db.execute(sql).fetchall():
        refresh(db, speaker_id)
