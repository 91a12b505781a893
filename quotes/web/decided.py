"""/-/decisions: what was decided, by whom and why, newest first, for those who may review.

Decisions of all kinds stand in one list: on extractions, verdicts, drafts sent back, who is whom, which question it
is, known fact-checks.  Each kind is read along its index by time, a page at a time, from where the last page ended.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from datasette.utils.asgi import BadRequest, Forbidden, Request, Response

from quotes.web import private
from quotes.web.item import fixes_in_words
from quotes.web.review import desk
from quotes.web.site import Row, may_review, page

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.database import Database

A_PAGE = 50


class _Kind(NamedTuple):
    """One table of decisions: how its rows read in the list."""

    table: str
    at: str
    action: str
    subject: str
    """What it is about: claim, quotation, speaker, mention, question."""
    left: str
    right: str
    why: str
    change: str = "'{}'"
    only: str = "1"


# Their order tells two decisions of one second apart; it is part of an address, so new kinds come last.
_KINDS = (
    _Kind("reviews", "reviewed_at", "action", "target_type", "target_id", "NULL", "note", "change", "action <> 'skip'"),
    _Kind("verdicts", "decided_at", "state", "'claim'", "claim_id", "rating",
          "trim(correction || char(10) || explanation, char(10))"),
    _Kind("draft_returns", "decided_at", "decision", "'claim'",
          "(SELECT claim_id FROM verdicts WHERE id = verdict_id)", "NULL", "note"),
    _Kind("judgements", "decided_at", "decision", "subject", "left_id", "right_id", "note"),
    _Kind("fact_check_decisions", "decided_at", "decision", "'fact-check'", "claim_id", "fact_check_id", "note"),
)  # fmt: skip

# What one can ask for: its words, and the stored actions of each table.
ACTIONS: dict[str, tuple[str, dict[str, tuple[str, ...]]]] = {
    "accept": ("accepted", {"reviews": ("accept",)}),
    "reject": ("rejected", {"reviews": ("reject",)}),
    "fix": ("fixed", {"reviews": ("fix",)}),
    "undo": ("taken back", {"reviews": ("undo",), "draft_returns": ("undo",)}),
    "flag": ("flagged", {"reviews": ("flag", "unflag")}),
    "draft": ("drafted", {"verdicts": ("draft",)}),
    "published": ("published", {"verdicts": ("published",)}),
    "corrected": ("corrected", {"verdicts": ("corrected",)}),
    "return": ("sent back", {"draft_returns": ("return",)}),
    "same": ("judged the same", {"judgements": ("same",)}),
    "different": ("judged different", {"judgements": ("different",)}),
    "unsure": ("left open", {"judgements": ("unsure",)}),
    "fact-check": ("known fact-checks", {"fact_check_decisions": ("accept", "reject", "unsure")}),
}
_WORDS = {name: words for name, (words, _) in ACTIONS.items()} | {"unflag": "flag taken back"}
_FACT_CHECK_WORDS = {"accept": "about this claim", "reject": "not about this claim", "unsure": "unsure"}

_NAMES = {
    "claim": "SELECT id, text AS name FROM claims",
    "quotation": "SELECT id, content AS name, document_id FROM quotations",
    "speaker": "SELECT id, name FROM speakers",
    "question": "SELECT id, label AS name FROM questions",
    "check": "SELECT id, claim_reviewed AS name FROM fact_checks",
}
# Each name is one step in its index.
_REVIEWERS = " UNION ".join(
    f"""SELECT name FROM (WITH RECURSIVE found (name) AS (
        SELECT min(reviewer) FROM {kind.table} UNION ALL
        SELECT (SELECT min(reviewer) FROM {kind.table} WHERE reviewer > found.name) FROM found
        WHERE found.name IS NOT NULL
    ) SELECT name FROM found WHERE name <> '' LIMIT 200)"""
    for kind in _KINDS
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which decisions: by whom, of what kind, and behind which one; empty asks nothing."""

    by: str = ""
    action: str = ""
    before: str = ""
    """Time, kind and row of the last decision of the page before: `2025-03-11T09:00:00Z~1~17`."""

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Asked:
        """From an address; raises BadRequest where it asks for what cannot be."""
        given = {name: str(values.get(name) or "").strip()[:300] for name in cls.__slots__}
        if given["action"] and given["action"] not in ACTIONS:
            raise BadRequest(f"A decision is one of {', '.join(ACTIONS)}")
        asked = cls(**given)
        if asked.before and len(asked.place) != 3:
            raise BadRequest("No such page of decisions")
        return asked

    @property
    def place(self) -> tuple[str, int, int] | tuple[()]:
        at, _, rest = self.before.partition("~")
        kind, _, row = rest.partition("~")
        return (at, int(kind), int(row)) if kind.isdecimal() and row.isdecimal() and len(row) < 19 else ()

    def address(self, path: str, before: str = "") -> str:
        """Where these are listed, from one on."""
        given = {"by": self.by, "action": self.action, "before": before}
        query = urlencode({name: value for name, value in given.items() if value})
        return f"{path}?{query}" if query else path


async def show_decisions(datasette: Datasette, request: Request) -> Response:
    """One page of decisions; whoever may not review sees none."""
    database = await desk(datasette, request)
    if not await may_review(datasette, request):
        raise Forbidden("Only reviewers see who decided what")
    asked = Asked.read(request.args)
    found = await read_decisions(database, asked)
    shown, path = found[:A_PAGE], str(datasette.urls.path("/-/decisions"))
    context = {
        "decisions": await in_words(database, shown),
        "asked": asked,
        "actions": {name: words for name, (words, _) in ACTIONS.items()},
        "reviewers": [row["name"] for row in await private.whole_rows(database, _REVIEWERS)],
        "path": path,
        "newest": asked.address(path) if asked.before else "",
        "older": asked.address(path, _place(shown[-1])) if len(found) > A_PAGE else "",
    }
    return await page(datasette, request, "quotes_decisions.html", context)


async def read_decisions(database: Database, asked: Asked) -> list[Row]:
    """The decisions of one page, newest first, and one more where there are older ones."""
    parameters: dict[str, Any] = {"by": asked.by, "most": A_PAGE + 1}
    if asked.place:
        parameters |= dict(zip(("at", "kind", "row"), asked.place, strict=True))
    parts = [_part(number, kind, asked) for number, kind in enumerate(_KINDS)]
    sql = f"""
        SELECT * FROM ({" UNION ALL ".join(f"SELECT * FROM ({part})" for part in parts if part)})
        ORDER BY at DESC, kind DESC, row DESC LIMIT :most
    """
    return await private.whole_rows(database, sql, parameters)


def _part(number: int, kind: _Kind, asked: Asked) -> str:
    """The rows of one table, each as long as a page; empty where none can pass."""
    conditions = [kind.only]
    if asked.action:
        wanted = ACTIONS[asked.action][1].get(kind.table)
        if not wanted:
            return ""
        conditions.append(f"{kind.action} IN ({', '.join(map(repr, wanted))})")
    if asked.by:
        conditions.append("reviewer = :by")
    if asked.place:
        later = {True: "rowid < :row", False: "1" if number < asked.place[1] else "0"}[number == asked.place[1]]
        conditions.append(f"{kind.at} <= :at AND ({kind.at} < :at OR {later})")
    return f"""
        SELECT {number} AS kind, rowid AS row, {kind.at} AS at, reviewer, {kind.action} AS action,
            {kind.subject} AS subject, {kind.left} AS left_id, {kind.right} AS right_id, {kind.why} AS why,
            {kind.change} AS change
        FROM {kind.table} WHERE {" AND ".join(conditions)} ORDER BY {kind.at} DESC, rowid DESC LIMIT :most
    """


def _place(row: Row) -> str:
    return f"{row['at']}~{row['kind']}~{row['row']}"


async def in_words(database: Database, found: Iterable[Row]) -> list[dict[str, Any]]:
    """Decisions with what they are about by name, what a fix changed, and what was done in a word."""
    listed = list(found)
    names = {kind: await _named(database, kind, listed) for kind in _NAMES}
    told = await fixes_in_words(database, listed)
    return [_in_words(row, names) for row in told]


def _in_words(row: dict[str, Any], names: Mapping[str, Mapping[str, Row]]) -> dict[str, Any]:
    subject, is_check = row["subject"], row["subject"] == "fact-check"
    about = names.get("claim" if is_check else subject, {})
    done = f"fact-check {_FACT_CHECK_WORDS[row['action']]}" if is_check else _WORDS.get(row["action"], row["action"])
    if subject == "mention":
        about = names["speaker"]
    right = names["check"] if is_check else about
    left = about.get(row["left_id"], {})
    return {
        **row,
        "done": done,
        "left": left.get("name") or row["left_id"],
        "document_id": left.get("document_id"),
        "right": right.get(row["right_id"], {}).get("name") or row["right_id"],
    }


async def _named(database: Database, kind: str, found: list[Row]) -> dict[str, Row]:
    """What the rows of this kind of subject are about, by id."""
    ids = {
        row[side]
        for row in found
        for side in ("left_id", "right_id")
        if kind in _kinds_of(row, side) and row[side] is not None
    }
    if not ids:
        return {}
    sql = f"{_NAMES[kind]} WHERE id IN (SELECT value FROM json_each(?))"
    return {row["id"]: row for row in await private.whole_rows(database, sql, [json.dumps(sorted(ids))])}


def _kinds_of(row: Row, side: str) -> tuple[str, ...]:
    if row["subject"] == "fact-check":
        return ("claim",) if side == "left_id" else ("check",)
    if row["subject"] == "mention":
        return ("speaker",)
    # What stands at the right of a verdict is its rating.
    return () if row["subject"] == "claim" and side == "right_id" else (row["subject"],)
