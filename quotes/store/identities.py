"""Whom the speakers of one document are: what people judged, else what was decided before, else decided now.

In comes an extraction, whose speakers are known by their names in the document alone; out go the ids of the
speakers they are across documents.  The caller holds the transaction.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from sqlite_utils import Database

from quotes.identity.deciding import decide
from quotes.identity.ids import is_open, new_id, slug
from quotes.identity.values import Decision, Profile
from quotes.models import Extraction, Speaker
from quotes.store.clusters import kept_apart, mention_decisions, mention_key, root_of
from quotes.store.profiles import candidates_for, day_of, keys_of, local_profile
from quotes.store.rows import Row


@dataclass(slots=True)
class Links:
    """Local id → effective speaker id; which speakers are new; and whether any row differed."""

    ids: dict[str, str] = field(default_factory=dict)
    added: list[str] = field(default_factory=list)
    changed: bool = False


def link_speakers(db: Database, extraction: Extraction, used: Collection[str], now: str) -> Links:
    """Decide whom the speakers of a document that rows refer to are, and store that."""
    stored = _stored_links(db, extraction.document.id)
    linking = _Linking(db, extraction, stored, now)
    speakers = [speaker for speaker in extraction.speakers if speaker.id in used]
    # Full names first: who they are helps to tell who the others are.
    for speaker in sorted(speakers, key=_clearest_first):
        linking.link(speaker)
    linking.remove_others({speaker.id for speaker in speakers})
    return linking.links


def _clearest_first(speaker: Speaker) -> tuple[bool, int, int, str]:
    profile = Profile(speaker.id, speaker.name, speaker.type, (speaker.name, *speaker.names))
    return is_open(profile), -len(speaker.name.split()), -len(speaker.name), speaker.id


def _stored_links(db: Database, document_id: str) -> dict[str, Row]:
    sql = "SELECT * FROM document_speakers WHERE document_id = ?"
    return {row["local_id"]: row for row in db.query(sql, [document_id])}


class _Linking:
    """One document's speakers, one after the other."""

    def __init__(self, db: Database, extraction: Extraction, stored: dict[str, Row], now: str) -> None:
        self.db = db
        self.extraction = extraction
        self.document = extraction.document
        self.stored = stored
        self.now = now
        self.links = Links()
        self.people: set[str] = set()
        """Persons of this document that are linked: a second name is a second person."""

    def link(self, speaker: Speaker) -> None:
        """Decide whom one speaker is, and write it."""
        local = replace(local_profile(self.extraction, speaker), companions=frozenset(self.links.ids.values()))
        keys = [mention_key(self.document.id, id_) for id_ in {speaker.id, *map(slug, local.names)}]
        judged = mention_decisions(self.db, keys)
        known = self._known(speaker, local)
        forced = next((id_ for id_, decision in judged.items() if decision == "same" and self._exists(id_)), None)
        barred = {root_of(self.db, id_) for id_, decision in judged.items() if decision == "different"}
        if forced is not None:
            row = {"own_id": forced, "method": "judged", "score": 1.0, "why": "a person said so"}
        elif known and root_of(self.db, known["own_id"]) not in barred:
            row = {name: known[name] for name in ("own_id", "method", "score", "why")}
        else:
            row = self._decided(local, barred)
        self._write(speaker, local, row)

    def _known(self, speaker: Speaker, local: Profile) -> Row | None:
        """Whom the document's speaker was before, under this name or, where a fuller one was found, another."""
        if speaker.id in self.stored:
            return self.stored[speaker.id]
        current = {other.id for other in self.extraction.speakers}
        gone = (row for id_, row in self.stored.items() if id_ not in current)
        return next((row for row in gone if set(json.loads(row["names"])) & set(local.names)), None)

    def _exists(self, id_: str) -> bool:
        return bool(self.db.execute("SELECT 1 FROM speakers WHERE id = ?", [id_]).fetchone())

    def _decided(self, local: Profile, barred: set[str]) -> Row:
        taken = self.people if local.type == "person" else set[str]()
        found = [c for c in candidates_for(self.db, local) if c.id not in barred | taken]
        decision = decide(local, found)
        own_id = decision.speaker_id or self._add(local)
        self._ask(own_id, decision)
        return {"own_id": own_id, "method": decision.method, "score": decision.score, "why": decision.why}

    def _add(self, local: Profile) -> str:
        id_ = new_id(local, self.document.id, self._exists)
        row = {"id": id_, "name": local.name, "type": local.type, "added_at": self.now}
        self.db.table("speakers").insert(row)
        self.links.added.append(id_)
        return id_

    def _ask(self, own_id: str, decision: Decision) -> None:
        ask(self.db, own_id, ((r.id, r.score, r.why) for r in decision.rivals), decision.method)

    def _write(self, speaker: Speaker, local: Profile, decided: Row) -> None:
        effective = root_of(self.db, decided["own_id"])
        roles = [[role.head, list(role.modifiers), role.is_past] for role in speaker.roles]
        row: Row = {
            "document_id": self.document.id,
            "local_id": speaker.id,
            **decided,
            "speaker_id": effective,
            "name": speaker.name,
            "names": json.dumps(local.names, ensure_ascii=False),
            "roles": json.dumps(roles, ensure_ascii=False),
        }
        before = self.stored.get(speaker.id)
        if before != row and (before is None or any(before[key] != value for key, value in row.items())):
            self.db.table("document_speakers").upsert(row, pk=["document_id", "local_id"])
            self.links.changed = True
        self.links.ids[speaker.id] = effective
        if local.type == "person":
            self.people.add(effective)
        self.links.changed |= add_names(self.db, effective, local.names, local.type)
        self.links.changed |= add_roles(self.db, effective, speaker, day_of(self.document))

    def remove_others(self, current: Collection[str]) -> None:
        """Forget the speakers that the document no longer has."""
        for local_id in self.stored.keys() - current:
            sql = "DELETE FROM document_speakers WHERE document_id = ? AND local_id = ?"
            self.db.execute(sql, [self.document.id, local_id])
            self.links.changed = True


def ask(db: Database, speaker: str, rivals: Iterable[tuple[str, float, str]], method: str) -> None:
    """Open a pair for a person to judge, unless somebody judged it or they must stay apart."""
    for rival, how_likely, why in rivals:
        left, right = sorted((speaker, rival))
        if left != right and kept_apart(db, left, right) is None:
            row = {"left_id": left, "right_id": right, "score": how_likely, "why": why, "method": method}
            db.table("speaker_pairs").insert(row, pk=["left_id", "right_id"], ignore=True)


def add_names(db: Database, speaker: str, names: Sequence[str], kind: str, *, known: bool = False) -> bool:
    """Store names of a speaker and the keys they are found by; whether any was new."""
    sql = "SELECT name FROM speaker_names WHERE speaker_id = ?"
    stored = {row[0] for row in db.execute(sql, [speaker])}
    new = [name for name in dict.fromkeys(names) if name not in stored]
    if new:
        rows = [{"speaker_id": speaker, "name": name, "is_known": int(known)} for name in new]
        db.table("speaker_names").insert_all(rows)
        keys = ({"key": key, "speaker_id": speaker} for key in sorted(keys_of(new, kind)))  # type: ignore[arg-type]
        db.table("speaker_keys").insert_all(keys, pk=["key", "speaker_id"], ignore=True)
    if known:
        marked = json.dumps(list(names))
        db.execute(
            "UPDATE speaker_names SET is_known = 1 WHERE speaker_id = ? AND name IN (SELECT value FROM json_each(?))",
            [speaker, marked],
        )
    return bool(new)


def add_roles(db: Database, speaker: str, printed: Speaker, day: str | None) -> bool:
    """Store roles seen in a document, with the first and last day they were; whether any row differed."""
    changed = False
    for role in printed.roles:
        row = {
            "speaker_id": speaker, "role": str(role), "head": role.head, "modifiers": " ".join(role.modifiers),
            "is_past": int(role.is_past), "day": day,
        }  # fmt: skip
        changed |= db.execute(_ADD_ROLE, row).rowcount > 0
    return changed


_ADD_ROLE = """
    INSERT INTO speaker_roles (speaker_id, role, head, modifiers, is_past, from_date, to_date)
    VALUES (:speaker_id, :role, :head, :modifiers, :is_past, :day, :day)
    ON CONFLICT (speaker_id, role, is_known) DO UPDATE SET
        from_date = min(coalesce(from_date, :day), :day), to_date = max(coalesce(to_date, :day), :day)
    WHERE :day IS NOT NULL AND (from_date IS NULL OR :day < from_date OR :day > to_date)
"""
