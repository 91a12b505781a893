"""Taking a judgement on two speakers back: one more judgement, and the two are open again.

In comes the id of a judgement, out go the two speakers as they are now.  The caller holds the transaction.
"""

from __future__ import annotations

from sqlite_utils import Database

from quotes.errors import StoreError
from quotes.identity.deciding import decide, score, weigh
from quotes.store.clusters import root_of
from quotes.store.identities import ask
from quotes.store.merging import Judge, part, record
from quotes.store.profiles import candidates_for, read_profile
from quotes.store.settling import is_free

TAKEN_BACK = "taken back: "
"""How the note of a judgement begins that only takes another one back."""


def take_back(db: Database, judgement_id: str, by: Judge) -> tuple[str, str]:
    """Make two speakers an open pair again, and two where the judgement had made them one.

    Raises StoreError where somebody judged the two since, or other decisions make them one.
    """
    left, right, decision = _last_of_its_pair(db, judgement_id)
    note = TAKEN_BACK + decision + (f"; {by.note}" if by.note else "")
    record(db, "speaker", left, right, "unsure", Judge(by.reviewer, by.now, note))
    leaver = None
    if decision == "same" and root_of(db, left) == root_of(db, right):
        leaver = part(db, left, right)
    one, other = root_of(db, left), root_of(db, right)
    if one == other:
        raise StoreError(f"{left}, {right}: other decisions since make them one; take those back first")
    _open(db, one, other)
    if leaver:
        _close_groundless(db, other if leaver == one else one)
        _ask_again(db, leaver)
    return one, other


def _last_of_its_pair(db: Database, judgement_id: str) -> tuple[str, str, str]:
    sql = """
        SELECT left_id, right_id, decision, EXISTS (
            SELECT 1 FROM judgements AS later
            WHERE later.subject = 'speaker' AND later.left_id = judgements.left_id
                AND later.right_id = judgements.right_id AND later.rowid > judgements.rowid
        ) FROM judgements WHERE id = ? AND subject = 'speaker'
    """
    row = db.execute(sql, [judgement_id]).fetchone()
    if row is None:
        raise StoreError(f"{judgement_id}: no such judgement on speakers")
    if row[3]:
        raise StoreError(f"{row[0]}, {row[1]}: were judged again since; look at them anew")
    return row[0], row[1], row[2]


def _open(db: Database, one: str, other: str) -> None:
    """Raise the question of two speakers with what speaks for it now."""
    found = weigh(read_profile(db, one), read_profile(db, other))
    how_likely, why = (score(found), found.why) if found else (0.5, "a person was to decide it before")
    ask(db, one, [(other, how_likely, why)], "taken back")


def _close_groundless(db: Database, speaker_id: str) -> None:
    """Close the pairs that came from the other's names: without it nothing speaks for them."""
    sql = "SELECT left_id, right_id FROM speaker_pairs WHERE left_id = :id OR right_id = :id"
    own = read_profile(db, speaker_id)
    for pair in db.execute(sql, {"id": speaker_id}).fetchall():
        rival = pair[1] if pair[0] == speaker_id else pair[0]
        if weigh(own, read_profile(db, rival)) is None:
            db.execute("DELETE FROM speaker_pairs WHERE left_id = ? AND right_id = ?", list(pair))


def _ask_again(db: Database, speaker_id: str) -> None:
    """Raise the questions of a speaker that went to another when the two were made one; nothing is decided."""
    local = read_profile(db, speaker_id)
    decision = decide(local, [c for c in candidates_for(db, local) if is_free(db, local, c)], all_seen=True)
    ask(db, speaker_id, ((rival.id, rival.score, rival.why) for rival in decision.rivals), decision.method)
