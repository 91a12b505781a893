"""A speaker by a name that a person typed: the stored one that bears it, or a new one.

A reviewer who says who spoke means somebody by name, not an id.  The caller holds the transaction.
"""

from __future__ import annotations

from typing import get_args

from sqlite_utils import Database

from quotes.errors import StoreError
from quotes.identity.ids import new_id, slug
from quotes.identity.types import type_of_name
from quotes.identity.values import Profile
from quotes.models import SpeakerType
from quotes.store.clusters import root_of
from quotes.store.identities import add_names
from quotes.store.profiles import keys_of

LONGEST_NAME = 200
"""Characters."""
MOST_ALIKE = 20
SPEAKER_TYPES: tuple[SpeakerType, ...] = get_args(SpeakerType)

# By name in its own capitals first; the keys find it in any others.
_BY_NAME = f"SELECT DISTINCT speaker_id FROM speaker_names WHERE name = ? ORDER BY speaker_id LIMIT {MOST_ALIKE}"
_BY_KEY = """
    SELECT DISTINCT speaker_names.speaker_id, speaker_names.name
    FROM speaker_keys JOIN speaker_names ON speaker_names.speaker_id = speaker_keys.speaker_id
    WHERE speaker_keys.key = ? LIMIT 500
"""


def clean_name(typed: str) -> str:
    """A name with single blanks; raises StoreError where it is none."""
    name = " ".join(typed.split())
    if len(name) > LONGEST_NAME:
        raise StoreError(f"a name has at most {LONGEST_NAME} characters")
    if not any(character.isalnum() for character in name):
        raise StoreError("a name has letters")
    return name


def speakers_called(db: Database, name: str) -> list[str]:
    """The ids of those who bear a name, whatever its capitals; merged ones are whom they were merged into."""
    found = {root_of(db, row[0]) for row in db.execute(_BY_NAME, [name])}
    if not found:
        wanted = name.casefold()
        for key in sorted(keys_of([name], "person") | keys_of([name], "organisation")):
            rows = db.execute(_BY_KEY, [key])
            found |= {root_of(db, id_) for id_, stored in rows if " ".join(stored.split()).casefold() == wanted}
    return sorted(found)[:MOST_ALIKE]


def named_speaker(db: Database, typed: str, document_id: str, now: str, new_type: str = "") -> str:
    """The id of the speaker whom a person named for an article: `Ana Keller`, or `Ana Keller [ana-keller]`.

    A name that nobody bears makes a new speaker of `new_type`; without one, of the type that the name suggests.
    Raises StoreError where several bear the name, it is no name, or the type is none.
    """
    told = next((each for each in SPEAKER_TYPES if each == new_type), None)
    if new_type and told is None:
        raise StoreError(f"a speaker is one of {', '.join(SPEAKER_TYPES)}")
    name = clean_name(typed)
    plain, _, bracketed = name.partition(" [")
    if bracketed.endswith("]"):
        row = db.execute("SELECT id FROM speakers WHERE id = ?", [bracketed[:-1]]).fetchone()
        if row:
            return root_of(db, row[0])
        raise StoreError(f"there is no speaker {bracketed[:-1]}")
    found = speakers_called(db, plain)
    if len(found) > 1:
        # Who is mostly called so comes before those who are called so, too.
        found = [id_ for id_ in found if _canonical(db, id_) == plain] or found
    if len(found) > 1:
        raise StoreError(f"several are called {plain}; say which: {', '.join(f'{plain} [{id_}]' for id_ in found)}")
    return found[0] if found else _add(db, plain, told or type_of_name(plain), document_id, now)


def _canonical(db: Database, id_: str) -> str:
    return str(db.execute("SELECT name FROM speakers WHERE id = ?", [id_]).fetchone()[0])


def _add(db: Database, name: str, kind: SpeakerType, document_id: str, now: str) -> str:
    def is_taken(id_: str) -> bool:
        return db.execute("SELECT 1 FROM speakers WHERE id = ?", [id_]).fetchone() is not None

    id_ = new_id(Profile(slug(name), name, kind, (name,)), document_id, is_taken)
    db.table("speakers").insert({"id": id_, "name": name, "type": kind, "added_at": now})
    add_names(db, id_, [name], kind)
    return id_
