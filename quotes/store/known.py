"""A roster into the database: known speakers with their names, offices and dates.

Loading the same twice changes nothing.  Speakers that documents named before are weighed against the known
ones, so a roster can be loaded at any time.  The caller holds the transaction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlite_utils import Database

from quotes.identity.roster import Known
from quotes.models import KnownSpeaker, Office, SpeakerRole
from quotes.store.clusters import VALUES, root_of
from quotes.store.identities import add_names
from quotes.store.profiles import keys_of
from quotes.store.settling import settle_these


def load_known(db: Database, roster: Iterable[Known], now: str) -> int:
    """Store the speakers of a roster; how many are new or differ from what was stored."""
    changed = 0
    keys: set[str] = set()
    for known in roster:
        before = _stored(db, known.id)
        _write(db, known, now)
        changed += _stored(db, known.id) != before
        keys |= keys_of(known.names, known.type)
    if changed:
        settle_these(db, _named_alike(db, keys))
    return changed


def told(db: Database) -> tuple[KnownSpeaker, ...]:
    """What extraction has to know of the speakers of loaded rosters."""
    sql = "SELECT id, type, gender FROM speakers WHERE is_known AND merged_into IS NULL ORDER BY id"
    return tuple(
        KnownSpeaker(_known_names(db, id_), kind, gender, _offices(db, id_)) for id_, kind, gender in db.execute(sql)
    )


def _known_names(db: Database, speaker_id: str) -> tuple[str, ...]:
    sql = "SELECT name FROM speaker_names WHERE speaker_id = ? AND is_known ORDER BY name"
    return tuple(row[0] for row in db.execute(sql, [speaker_id]))


def _offices(db: Database, speaker_id: str) -> tuple[Office, ...]:
    sql = """
        SELECT head, modifiers, is_past, from_date, to_date FROM speaker_roles
        WHERE speaker_id = ? AND is_known ORDER BY from_date, role
    """
    return tuple(
        Office(SpeakerRole(head, tuple(modifiers.split()), bool(past)), first, last)
        for head, modifiers, past, first, last in db.execute(sql, [speaker_id])
    )


def _named_alike(db: Database, keys: set[str]) -> list[str]:
    alike = {*keys, *(f"b{key[1:]}" for key in keys if key[0] == "s")}
    sql = f"""
        SELECT DISTINCT speaker_id FROM speaker_keys JOIN speakers ON speakers.id = speaker_id
        WHERE key IN {VALUES} AND NOT is_known ORDER BY speaker_id
    """
    return [row[0] for row in db.execute(sql, [json.dumps(sorted(alike))])]


def _stored(db: Database, speaker_id: str) -> list[tuple[object, ...]]:
    sql = """
        SELECT name, type, wikidata, gender, is_known FROM speakers WHERE id = :id
        UNION ALL SELECT name, '', '', '', is_known FROM speaker_names WHERE speaker_id = :id
        UNION ALL SELECT role, from_date, to_date, '', 2 FROM speaker_roles WHERE speaker_id = :id AND is_known
    """
    return sorted(map(repr, db.execute(sql, {"id": speaker_id}).fetchall()))  # type: ignore[arg-type]


def _write(db: Database, known: Known, now: str) -> None:
    row = {"id": known.id, "name": known.name, "type": known.type, "wikidata": known.wikidata,
           "gender": known.gender, "is_known": 1}  # fmt: skip
    if _stored(db, known.id):
        db.table("speakers").update(known.id, row)
    else:
        db.table("speakers").insert({**row, "added_at": now})
    # Whoever it was merged into stands for it, and is found by its names.
    speaker = root_of(db, known.id)
    add_names(db, speaker, known.names, known.type, known=True)
    db.execute("DELETE FROM speaker_roles WHERE speaker_id = ? AND is_known", [speaker])
    roles = {str(dated.role): dated for dated in known.roles}
    for words, dated in roles.items():
        later = [other for other in known.roles if str(other.role) == words]
        db.table("speaker_roles").insert(
            {
                "speaker_id": speaker, "role": words, "head": dated.role.head,
                "modifiers": " ".join(dated.role.modifiers), "is_past": 0, "is_known": 1,
                "from_date": _earliest([other.first for other in later]),
                "to_date": _latest([other.last for other in later]),
            }
        )  # fmt: skip


def _earliest(dates: list[str | None]) -> str | None:
    """The first of several terms; unknown where one has no beginning."""
    return min(d for d in dates if d) if all(dates) else None


def _latest(dates: list[str | None]) -> str | None:
    return max(d for d in dates if d) if all(dates) else None
