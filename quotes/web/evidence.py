"""Who a speaker is, by what the articles show: names, roles, outlets, days, sentences, who else is named there.

In comes a speaker's id, out come rows for the pages.  Whoever is quoted in 20,000 articles is known by the latest
few hundred: every query here reads a bounded number of rows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from datasette.database import Database

from quotes.web.site import Row, rows

RECENT = 500
"""The latest documents of a speaker that names, outlets and companions are counted in."""

_OWN = f"""
    own AS (
        SELECT rowid AS place, document_id, name, names FROM document_speakers
        WHERE speaker_id = :id ORDER BY rowid DESC LIMIT {RECENT}
    )
"""
ROOT = """
WITH RECURSIVE chain (id, next) AS (
    SELECT id, merged_into FROM speakers WHERE id = :id
    UNION SELECT speakers.id, speakers.merged_into FROM chain JOIN speakers ON speakers.id = chain.next
)
SELECT id FROM chain WHERE next IS NULL
"""
"""Who stands for a speaker after all merges."""
SPEAKER = """
SELECT speakers.id, name, type, wikidata, is_known, merged_into, seen.*
FROM speakers JOIN (
    SELECT min(documents.published) AS first_day, max(documents.published) AS last_day,
        count(DISTINCT document_id) AS documents
    FROM document_speakers JOIN documents ON documents.id = document_id WHERE speaker_id = :id
) AS seen
WHERE speakers.id = :id
"""
# A name that only a roster has stands last, with 0 documents.
NAMES = f"""
WITH {_OWN}
SELECT name, max(documents) AS documents, max(outlets) AS outlets, max(is_known) AS is_known FROM (
    SELECT seen.value AS name, count(DISTINCT own.document_id) AS documents,
        json_group_array(DISTINCT documents.outlet) AS outlets, 0 AS is_known
    FROM own JOIN json_each(own.names) AS seen JOIN documents ON documents.id = own.document_id
    GROUP BY seen.value
    UNION ALL
    SELECT name, 0, NULL, is_known FROM speaker_names WHERE speaker_id = :id
) GROUP BY name ORDER BY documents DESC, length(name) DESC, name LIMIT :most
"""
ROLES = """
SELECT role, is_past, is_known, from_date, to_date FROM speaker_roles
WHERE speaker_id = :id ORDER BY is_known DESC, to_date DESC, role LIMIT :most
"""
OUTLETS = f"""
WITH {_OWN}
SELECT documents.outlet, count(DISTINCT own.document_id) AS documents
FROM own JOIN documents ON documents.id = own.document_id
GROUP BY documents.outlet ORDER BY documents DESC, documents.outlet LIMIT :most
"""
COMPANIONS = f"""
WITH {_OWN}
SELECT speakers.id, speakers.name, count(DISTINCT theirs.document_id) AS documents
FROM own JOIN document_speakers AS theirs ON theirs.document_id = own.document_id AND theirs.speaker_id <> :id
JOIN speakers ON speakers.id = theirs.speaker_id
GROUP BY speakers.id ORDER BY documents DESC, speakers.name LIMIT :most
"""
# Pronouns and descriptions do not show who it is; the first name in the text most often comes with the role.
NAMED = f"""
WITH {_OWN}, latest AS (SELECT * FROM own ORDER BY place DESC LIMIT :most)
SELECT latest.document_id, coalesce(documents.title, documents.input) AS document, documents.outlet,
    documents.published, latest.name,
    substr(documents.text, max(1, first.start_char - 119), min(first.start_char, 120)) AS before,
    substr(documents.text, first.start_char + 1, first.end_char - first.start_char) AS printed,
    substr(documents.text, first.end_char + 1, 160) AS after
FROM latest JOIN documents ON documents.id = latest.document_id
LEFT JOIN mentions AS first ON first.id = (
    SELECT id FROM mentions WHERE mentions.document_id = latest.document_id AND mentions.speaker_id = :id
    ORDER BY method = 'pronoun', method = 'description', start_char LIMIT 1
)
ORDER BY latest.place DESC
"""
SAID = f"""
WITH {_OWN}
SELECT quotation_list.* FROM (SELECT DISTINCT document_id FROM own ORDER BY place DESC LIMIT 30) AS latest
JOIN quotation_list ON quotation_list.document_id = latest.document_id AND quotation_list.speaker_id = :id
ORDER BY published DESC, document_id, quotation_id LIMIT :most
"""


async def names_of(database: Database, speaker_id: str, most: int) -> list[Row]:
    """The names of a speaker, the most printed first, each with the outlets that print it."""
    found = await rows(database, NAMES, {"id": speaker_id, "most": most})
    return [{**row, "outlets": sorted(filter(None, json.loads(row["outlets"] or "[]")))} for row in found]


async def evidence(database: Database, speaker_id: str) -> dict[str, Any]:
    """What a person needs to tell whether two speakers are one: a little of everything."""
    found: dict[str, Any] = {
        name: await rows(database, sql, {"id": speaker_id, "most": most})
        for name, sql, most in [
            ("roles", ROLES, 8),
            ("outlets", OUTLETS, 8),
            ("companions", COMPANIONS, 12),
            ("named", NAMED, 3),
            ("said", SAID, 3),
        ]
    }
    found["speaker"] = (await rows(database, SPEAKER, {"id": speaker_id}))[0]
    found["names"] = await names_of(database, speaker_id, 8)
    found["named"] = [{**row, **passage(row)} for row in found["named"]]
    return found


def passage(row: Mapping[str, Any]) -> dict[str, str]:
    """The words before and after a name, cut at blanks and never across a paragraph."""
    before = re.split(r"\n\s*\n", row["before"] or "")[-1]
    after = re.split(r"\n\s*\n", row["after"] or "")[0]
    if before == row["before"] and len(before) >= 120:
        before = "… " + before.partition(" ")[2]
    if after == row["after"] and len(after) >= 160:
        after = after.rpartition(" ")[0] + " …"
    return {"before": before, "after": after}


def in_both(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """What two speakers have in common, by kind: what the page marks."""
    columns = {"names": "name", "roles": "role", "outlets": "outlet", "companions": "id"}
    return {kind: _values(one[kind], column) & _values(other[kind], column) for kind, column in columns.items()}


def _values(found: Iterable[Row], column: str) -> frozenset[str]:
    return frozenset(row[column] for row in found if row[column])
