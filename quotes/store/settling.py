"""Open names tried once more: documents that came later may have brought the full name.

In come the ids of speakers first seen in a batch; those that only a surname, an acronym or a generic name
told, or that may be somebody else, are weighed again, and so are older ones of a surname that a new full name has.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlite_utils import Database

from quotes.identity.deciding import decide
from quotes.identity.ids import is_open
from quotes.identity.values import Profile
from quotes.store.clusters import VALUES, kept_apart
from quotes.store.identities import ask
from quotes.store.merging import join
from quotes.store.profiles import candidates_for, names_of, read_profile

ROUNDS = (False, True, True)
"""What something speaks for comes first: who is who then shows which names two people bear.  Then, with all of the
batch known, what nothing speaks against; twice, since one found tells more about the next."""
_MOST_OPEN = 50
"""How many open speakers of one key are tried again for one new name."""

_OPEN_LIKE = f"""
    SELECT DISTINCT open.speaker_id
    FROM speaker_keys AS new JOIN speaker_keys AS open
        ON open.key IN ('b' || substr(new.key, 2), new.key) AND open.speaker_id <> new.speaker_id
    JOIN speakers ON speakers.id = open.speaker_id
    WHERE new.speaker_id IN {VALUES} AND substr(new.key, 1, 1) IN ('s', 'a', 'o') AND speakers.merged_into IS NULL
        AND NOT speakers.is_known
    ORDER BY open.speaker_id LIMIT ?
"""
_ASKED = f"""
    SELECT left_id, right_id FROM speaker_pairs WHERE left_id IN {VALUES}
    UNION SELECT left_id, right_id FROM speaker_pairs WHERE right_id IN {VALUES}
"""


def to_settle(db: Database, new_speakers: Iterable[str]) -> list[str]:
    """The speakers to weigh once more after a batch that brought some new ones."""
    new = list(dict.fromkeys(new_speakers))
    if not new:
        return []
    again = [row[0] for row in db.execute(_OPEN_LIKE, [json.dumps(new), _MOST_OPEN * len(new)]).fetchall()]
    asked = sorted({id_ for pair in db.execute(_ASKED, [json.dumps(new)] * 2).fetchall() for id_ in pair})
    return [id_ for id_ in dict.fromkeys([*asked, *new, *again]) if _is_undecided(db, id_)]


def settle_these(db: Database, speakers: Iterable[str], *, all_seen: bool = True) -> list[str]:
    """Weigh speakers once more, whether their names are open or not; those that are still undecided."""
    cache: dict[str, Profile] = {}
    return [
        speaker_id
        for speaker_id in list(speakers)
        if _is_there(db, speaker_id) and not _settle(db, speaker_id, cache, all_seen=all_seen)
    ]


def _is_undecided(db: Database, speaker_id: str) -> bool:
    """Whether a name was open, or a pair is."""
    row = db.execute("SELECT name, type FROM speakers WHERE id = ?", [speaker_id]).fetchone()
    if row is None:
        return False
    return is_open(Profile(speaker_id, row[0], row[1], names_of(db, speaker_id))) or _is_asked(db, speaker_id)


def _is_asked(db: Database, speaker_id: str) -> bool:
    sql = "SELECT 1 FROM speaker_pairs WHERE left_id = :id UNION ALL SELECT 1 FROM speaker_pairs WHERE right_id = :id"
    return bool(db.execute(sql, {"id": speaker_id}).fetchone())


def _is_there(db: Database, speaker_id: str) -> bool:
    sql = "SELECT 1 FROM speakers WHERE id = ? AND merged_into IS NULL AND NOT is_known"
    return bool(db.execute(sql, [speaker_id]).fetchone())


def _settle(db: Database, speaker_id: str, cache: dict[str, Profile], *, all_seen: bool) -> bool:
    local = cache.get(speaker_id) or cache.setdefault(speaker_id, read_profile(db, speaker_id))
    candidates = [c for c in candidates_for(db, local, cache) if is_free(db, local, c)]
    decision = decide(local, candidates, all_seen=all_seen)
    chosen = decision.speaker_id
    if chosen is None:
        ask(db, speaker_id, ((r.id, r.score, r.why) for r in decision.rivals), decision.method)
        return False
    told = {"method": decision.method, "score": decision.score, "why": decision.why, "id": speaker_id}
    db.execute("UPDATE document_speakers SET method = :method, score = :score, why = :why WHERE own_id = :id", told)
    join(db, speaker_id, chosen)
    for changed in (speaker_id, chosen):
        cache.pop(changed, None)
    return True


def is_free(db: Database, local: Profile, candidate: Profile) -> bool:
    """Whether nothing forbids that the two are one: no judgement, and no article that names both as two persons."""
    if candidate.id == local.id or kept_apart(db, local.id, candidate.id) is not None:
        return False
    mention = """
        SELECT 1 FROM document_speakers JOIN judgements ON judgements.subject = 'mention'
            AND judgements.left_id = document_speakers.document_id || '/' || document_speakers.local_id
            AND judgements.right_id = ? AND judgements.decision = 'different'
        WHERE document_speakers.speaker_id = ? LIMIT 1
    """
    together = """
        SELECT 1 FROM document_speakers AS one JOIN document_speakers AS two ON two.document_id = one.document_id
        WHERE one.speaker_id = ? AND two.speaker_id = ? LIMIT 1
    """
    if db.execute(mention, [candidate.id, local.id]).fetchone():
        return False
    return local.type != "person" or not db.execute(together, [local.id, candidate.id]).fetchone()
