"""Speakers: one row each across all documents.

Documents share these rows, so a document adds speakers and names and never takes a name away; a
speaker that nothing refers to any more is removed, unless a person decided something about it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable

from sqlite_utils import Database

from quotes.models import Speaker

VALUES = "(SELECT value FROM json_each(?))"

UNUSED = """
    DELETE FROM speakers WHERE id = :id AND merged_into IS NULL
    AND NOT EXISTS (SELECT 1 FROM mentions WHERE speaker_id = :id)
    AND NOT EXISTS (SELECT 1 FROM quotations WHERE speaker_id = :id)
    AND NOT EXISTS (SELECT 1 FROM claims WHERE speaker_id = :id)
    AND NOT EXISTS (SELECT 1 FROM assertions WHERE speaker_id = :id)
    AND NOT EXISTS (SELECT 1 FROM speakers AS others WHERE others.merged_into = :id)
    AND NOT EXISTS (SELECT 1 FROM judgements WHERE subject = 'speaker' AND left_id = :id)
    AND NOT EXISTS (SELECT 1 FROM judgements WHERE subject = 'speaker' AND right_id = :id)
"""


def add_speakers(db: Database, speakers: Iterable[Speaker], used: Collection[str], now: str) -> bool:
    """Store the speakers that rows refer to, and their names; whether any was new.

    A speaker that is stored keeps its name and type.
    """
    rows = {speaker.id: speaker for speaker in reversed(list(speakers)) if speaker.id in used}
    ids = json.dumps(list(rows))
    known = {row[0] for row in db.execute(f"SELECT id FROM speakers WHERE id IN {VALUES}", [ids])}
    new = [{"id": s.id, "name": s.name, "type": s.type, "added_at": now} for s in rows.values() if s.id not in known]
    db.table("speakers").insert_all(new)
    names = {(speaker.id, name) for speaker in rows.values() for name in (speaker.name, *speaker.names)}
    known_names = set(db.execute(f"SELECT speaker_id, name FROM speaker_names WHERE speaker_id IN {VALUES}", [ids]))
    new_names = [{"speaker_id": id_, "name": name} for id_, name in sorted(names - known_names)]
    db.table("speaker_names").insert_all(new_names)
    return bool(new or new_names)


def remove_unused_speakers(db: Database, candidates: Iterable[str]) -> bool:
    """Remove those speakers that no row refers to and no person decided on; whether there was one."""
    return sum(db.execute(UNUSED, {"id": speaker_id}).rowcount for speaker_id in candidates) > 0
