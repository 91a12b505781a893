"""Speakers as profiles: those of a document, and the stored ones that their names lead to.

Index look-ups only, and a bounded number of them, however many documents a speaker has.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache

from sqlite_utils import Database

from quotes.identity.bodies import body_keys, match_bodies
from quotes.identity.context import context_of, place_of, regions_in, regions_near, topics_near
from quotes.identity.ids import is_open
from quotes.identity.names import match_people, parts, person_keys
from quotes.identity.types import told_type
from quotes.identity.values import DatedRole, Profile
from quotes.models import Document, Extraction, Speaker, SpeakerRole, SpeakerType
from quotes.store.clusters import VALUES

MOST_CANDIDATES = 20
"""How many stored speakers a name is weighed against."""
_MOST_FOR_A_SURNAME, _MOST_OPEN = 8, 3
"""The same for a surname, initials or a generic name; and how many that are as open themselves."""
_MOST_NAMES = 200
"""How many speakers that share a key are looked at by name."""
_RECENT, _READ = 20, 5
"""How many of a speaker's latest documents are known by their metadata, and how many are read again."""
_COMMON = 30
"""Who speaks in so many documents tells nothing about who else does."""

_DOCUMENTS = """
    SELECT documents.id, documents.outlet, documents.published, documents.dateline
    FROM document_speakers JOIN documents ON documents.id = document_speakers.document_id
    WHERE document_speakers.speaker_id = ? ORDER BY document_speakers.rowid DESC LIMIT ?
"""
_COMPANIONS = f"""
    SELECT DISTINCT speaker_id FROM document_speakers AS one
    WHERE document_id IN {VALUES} AND speaker_id <> ?
    AND (SELECT count(*) FROM (SELECT 1 FROM document_speakers AS two
        WHERE two.speaker_id = one.speaker_id LIMIT {_COMMON})) < {_COMMON}
"""


def keys_of(names: Iterable[str], kind: SpeakerType) -> frozenset[str]:
    """The keys that a speaker's names are found by."""
    found: set[str] = set()
    for name in names:
        found |= person_keys(name) if kind == "person" else body_keys(name)
        if kind != "person" and not parts(name).is_bare:
            found |= {key for key in person_keys(name) if key[0] == "x"}
    return frozenset(found)


def local_profile(extraction: Extraction, speaker: Speaker) -> Profile:
    """What one document says of one of its speakers."""
    document = extraction.document
    spans = [(m.start, m.end) for m in extraction.mentions if m.speaker_id == speaker.id]
    day = (document.published or "")[:10] or None
    return Profile(
        id=speaker.id,
        name=speaker.name,
        type=told_type(speaker),
        names=tuple(dict.fromkeys((speaker.name, *speaker.names))),
        roles=tuple(DatedRole(role, day, day) for role in speaker.roles),
        first_seen=day,
        last_seen=day,
        outlets=frozenset({(document.outlet, day)} if document.outlet and day else ()),
        places=_places(document.dateline),
        context=context_of(document.text, _all_names(extraction)),
        topics=topics_near(document.text, spans),
        regions=_regions(document.text, spans, speaker),
    )


def _regions(text: str, spans: list[tuple[int, int]], speaker: Speaker) -> frozenset[str]:
    """What a body's name says of its place counts first: the Central Bank of Kenya."""
    named = regions_in(speaker.name) if speaker.type != "person" else frozenset[str]()
    return named or regions_near(text, spans)


def _all_names(extraction: Extraction) -> list[str]:
    return [name for speaker in extraction.speakers for name in (speaker.name, *speaker.names)]


def _places(dateline: str | None) -> frozenset[str]:
    return frozenset({place_of(dateline)} if dateline else ())


def candidates_for(db: Database, local: Profile, cache: dict[str, Profile] | None = None) -> list[Profile]:
    """The stored speakers whose names agree with a document's speaker, known ones first; a bounded number."""
    cache = {} if cache is None else cache
    found: dict[str, bool] = {}
    for id_, name, kind in _by_key(db, local):
        names = names_of(db, id_)
        if _names_agree(local, names, kind):
            found[id_] = is_open(Profile(id_, name, kind, names))
    # Who is open may be anybody: they matter only where nobody is known in full.
    told = [id_ for id_, is_unclear in found.items() if not is_unclear] or list(found)[-_MOST_OPEN:]
    chosen = told[: _MOST_FOR_A_SURNAME if is_open(local) else MOST_CANDIDATES]
    for id_ in chosen:
        if id_ not in cache:
            cache[id_] = read_profile(db, id_)
    return [cache[id_] for id_ in chosen]


def _by_key(db: Database, local: Profile) -> list[tuple[str, str, SpeakerType]]:
    keys = set(keys_of(local.names, local.type))
    bare = [key for key in keys if key[0] == "b"]
    # A bare surname is looked for among full names and other bare ones.
    keys |= {f"s{key[1:]}" for key in bare}
    if local.type != "person" and parts(local.name).is_bare:
        keys |= {f"s{key[1:]}" for key in person_keys(local.name)}
    sql = f"""
        SELECT DISTINCT speakers.id, speakers.name, speakers.type
        FROM speaker_keys JOIN speakers ON speakers.id = speaker_keys.speaker_id
        WHERE speaker_keys.key IN {VALUES} AND speakers.merged_into IS NULL
        ORDER BY speakers.is_known DESC, speakers.rowid LIMIT {_MOST_NAMES}
    """
    return [(row[0], row[1], row[2]) for row in db.execute(sql, [json.dumps(sorted(keys))])]


def _names_agree(local: Profile, names: tuple[str, ...], kind: SpeakerType) -> bool:
    if "person" in (local.type, kind):
        return match_people(local.names, names) is not None
    return match_bodies(local.names, names) is not None


def names_of(db: Database, speaker_id: str) -> tuple[str, ...]:
    """All names of a speaker, its own first."""
    sql = "SELECT name FROM speakers WHERE id = ? UNION ALL SELECT name FROM speaker_names WHERE speaker_id = ?"
    return tuple(dict.fromkeys(row[0] for row in db.execute(sql, [speaker_id, speaker_id])))


def read_profile(db: Database, speaker_id: str) -> Profile:
    """A stored speaker with what its latest documents tell."""
    name, kind, known = db.execute("SELECT name, type, is_known FROM speakers WHERE id = ?", [speaker_id]).fetchone()
    documents = db.execute(_DOCUMENTS, [speaker_id, _RECENT]).fetchall()
    days = sorted(published[:10] for _, _, published, _ in documents if published)
    ids = [row[0] for row in documents]
    context, topics, regions = _surroundings(db, speaker_id, ids[:_READ])
    return Profile(
        id=speaker_id,
        name=name,
        type=kind,
        names=names_of(db, speaker_id),
        roles=roles_of(db, speaker_id),
        first_seen=days[0] if days else None,
        last_seen=days[-1] if days else None,
        companions=frozenset(row[0] for row in db.execute(_COMPANIONS, [json.dumps(ids), speaker_id])),
        outlets=frozenset((outlet, published[:10]) for _, outlet, published, _ in documents if outlet and published),
        places=frozenset().union(*(_places(dateline) for *_, dateline in documents)),
        context=context,
        topics=topics,
        regions=regions_in(name) or regions if kind != "person" else _offices(db, speaker_id) | regions,
        is_known=bool(known),
        documents=len(documents),
    )


def _offices(db: Database, speaker_id: str) -> frozenset[str]:
    """The states and countries of a roster's offices."""
    sql = "SELECT modifiers FROM speaker_roles WHERE speaker_id = ? AND is_known"
    return regions_in("; ".join(row[0].title() for row in db.execute(sql, [speaker_id])))


def roles_of(db: Database, speaker_id: str) -> tuple[DatedRole, ...]:
    """The roles of a speaker, those of a roster first."""
    sql = """
        SELECT head, modifiers, is_past, from_date, to_date, is_known FROM speaker_roles
        WHERE speaker_id = ? ORDER BY is_known DESC, to_date DESC, role LIMIT 40
    """
    return tuple(
        DatedRole(SpeakerRole(head, tuple(modifiers.split()), bool(past)), first, last, bool(known))
        for head, modifiers, past, first, last, known in db.execute(sql, [speaker_id])
    )


def _surroundings(
    db: Database, speaker_id: str, documents: list[str]
) -> tuple[frozenset[str], tuple[str, ...], frozenset[str]]:
    context: set[str] = set()
    topics: dict[str, None] = {}
    regions: set[str] = set()
    for document_id in documents:
        text = db.execute("SELECT text FROM documents WHERE id = ?", [document_id]).fetchone()[0]
        names = [
            name
            for (found,) in db.execute("SELECT names FROM document_speakers WHERE document_id = ?", [document_id])
            for name in json.loads(found)
        ]
        context |= _context(text, tuple(sorted(names)))
        spans = db.execute(
            "SELECT start_char, end_char FROM mentions WHERE document_id = ? AND speaker_id = ?",
            [document_id, speaker_id],
        ).fetchall()
        near = _near(text, tuple(spans))
        topics |= dict.fromkeys(near[0])
        regions |= near[1]
    return frozenset(context), tuple(topics), frozenset(regions)


@lru_cache(maxsize=2048)
def _context(text: str, names: tuple[str, ...]) -> frozenset[str]:
    return context_of(text, names)


@lru_cache(maxsize=2048)
def _near(text: str, spans: tuple[tuple[int, int], ...]) -> tuple[tuple[str, ...], frozenset[str]]:
    """The topics and regions around spans: read again for every document that names somebody alike."""
    return topics_near(text, spans), regions_near(text, spans)


def day_of(document: Document) -> str | None:
    """The day a document was published."""
    return (document.published or "")[:10] or None
