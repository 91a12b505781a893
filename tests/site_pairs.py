"""Who is whom in the small database: what each article's speakers were taken for, roles, and pairs to judge."""

from __future__ import annotations

import json

from site_rows import NOW, Rows

PAIRS = [
    ("ana-keller", "keller-bare", 0.7, "Keller can be Ana Keller; both mayor"),
    ("tom-brandt", "brandt-bare", 0.5, "Brandt can be Tom Brandt"),
    ("water-board", "board-bare", 0.3, "the board <b>may</b> be the Water Board"),
]
"""Surest first."""


def fill(rows: Rows) -> None:
    """Add them to a database of tests/site_data.py."""
    for identifier, name, kind in [
        ("keller-bare", "Keller", "person"),
        ("brandt-bare", "Brandt", "person"),
        ("board-bare", "Board", "organisation"),
    ]:
        rows.insert("speakers", id=identifier, name=name, type=kind, added_at=NOW)
        rows.insert("speaker_names", speaker_id=identifier, name=name)
    for document, local, speaker, names in [
        ("d_flood", "ana-keller", "ana-keller", ["Ana Keller", "Keller"]),
        ("d_later", "ana-keller", "ana-keller", ["Ana Keller"]),
        ("d_flood", "tom-brandt", "tom-brandt", ["Tom Brandt", "Brandt"]),
        ("d_later", "water-board", "water-board", ["Water Board"]),
        ("d_hostile", "keller", "keller-bare", ["Keller"]),
        ("d_hostile", "brandt", "brandt-bare", ["Brandt"]),
        ("d_hostile", "board", "board-bare", ["Board"]),
        ("d_hostile", "o-neill", "o-neill", ['O\'Neill "<b>"']),
    ]:
        rows.insert(
            "document_speakers",
            document_id=document,
            local_id=local,
            own_id=speaker,
            speaker_id=speaker,
            method="new",
            score=0.9,
            why="first seen <here>",
            name=names[0],
            names=json.dumps(names),
            roles=json.dumps([["mayor", [], False]] if speaker in {"ana-keller", "keller-bare"} else []),
        )
    for speaker, day in [("ana-keller", "2025-03-03"), ("keller-bare", "2025-03-06")]:
        rows.insert("speaker_roles", speaker_id=speaker, role="mayor", head="mayor", from_date=day, to_date=day)
    rows.insert(
        "speaker_roles",
        speaker_id="ana-keller",
        role="alderwoman (veldhaven)",
        head="alderwoman",
        modifiers="veldhaven",
        is_known=1,
        from_date="2016",
        to_date="2020",
    )
    rows.connection.execute("UPDATE speakers SET is_known = 1, wikidata = 'Q42' WHERE id = 'ana-keller'")
    for one, other, score, why in PAIRS:
        left, right = sorted((one, other))
        rows.insert("speaker_pairs", left_id=left, right_id=right, score=score, why=why, method="unsure")
