"""/-/judge: two speakers side by side that may be one, and a person's answer; the surest pairs first.

Everybody who may read the site may read the page; the forms are for reviewers.  What a form does stands in
`quotes.web.judging`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from datasette.database import Database
from datasette.utils.asgi import NotFound, Request, Response

from quotes.web.evidence import ROOT, evidence, in_both
from quotes.web.flags import LONGEST_NOTE
from quotes.web.private import own_last_judgement, pair_history
from quotes.web.site import Row, may_review, page, readable_database, rows

if TYPE_CHECKING:
    from datasette.app import Datasette

_ABOUT = "(:speaker = '' OR left_id = :speaker OR right_id = :speaker)"
FIRST = f"SELECT * FROM speaker_pairs WHERE {_ABOUT} ORDER BY score DESC, left_id, right_id LIMIT 1"
NEXT = f"""
SELECT left_id, right_id FROM speaker_pairs
WHERE (score < :score OR (score = :score AND (left_id, right_id) > (:left, :right))) AND {_ABOUT}
ORDER BY score DESC, left_id, right_id LIMIT 1
"""
COUNT = f"""
SELECT count(*) AS open,
    coalesce(sum(score > :score OR (score = :score AND (left_id, right_id) < (:left, :right))), 0) AS before
FROM speaker_pairs WHERE {_ABOUT}
"""
PAIR = "SELECT * FROM speaker_pairs WHERE left_id = :left AND right_id = :right"
SPEAKERS = "SELECT id, name, merged_into FROM speakers WHERE id IN (:left, :right)"
# What a reviewer saw: a decision on anything else is not stored.
STATE = """
SELECT json_array(
    EXISTS (SELECT 1 FROM speaker_pairs WHERE left_id = :left AND right_id = :right),
    (SELECT id FROM judgements WHERE subject = 'speaker' AND left_id = :left AND right_id = :right
        ORDER BY decided_at DESC, rowid DESC LIMIT 1),
    (SELECT merged_into FROM speakers WHERE id = :left),
    (SELECT merged_into FROM speakers WHERE id = :right)
) AS state
"""


def pair_address(datasette: Datasette, left: str = "", right: str = "", speaker: str = "") -> str:
    """Where a pair is decided; without a pair, the first open one; `speaker`: only pairs with that one."""
    given = {"left": left, "right": right} if left else {}
    given |= {"speaker": speaker} if speaker else {}
    path = str(datasette.urls.path("/-/judge"))
    return f"{path}?{urlencode(given)}" if given else path


async def show_judge(datasette: Datasette, request: Request) -> Response:
    """One pair: the one the address names, else the first that is open."""
    database = await readable_database(datasette, request)
    speaker = await _root(database, request.args.get("speaker") or "")
    left, right = sorted((request.args.get("left") or "", request.args.get("right") or ""))
    pair: Row | None
    if left or right:
        pair = await _pair(database, left, right)
    else:
        found = await rows(database, FIRST, {"speaker": speaker})
        pair = found[0] if found else None
    reviewing = await may_review(datasette, request)
    context: dict[str, Any] = {
        "pair": pair,
        "speaker": speaker,
        "only": next(iter(await rows(database, "SELECT name FROM speakers WHERE id = ?", [speaker])), None),
        "longest_note": LONGEST_NOTE,
        "judge_path": datasette.urls.path("/-/judge"),
        "judge_all": pair_address(datasette),
        "undo": await own_last_judgement(database, request.actor["id"]) if reviewing else None,
        "can_write": reviewing and database.is_mutable,
        "database_path": datasette.urls.database(database.name),
    }
    if pair:
        context |= await _compared(datasette, database, pair, speaker, reviewing=reviewing)
    return await page(datasette, request, "quotes_judge.html", context)


async def next_address(datasette: Datasette, database: Database, after: Row, speaker: str = "") -> str:
    """Where the pair after this one is decided, whether this one is still open or not."""
    if after["score"] is None:
        return pair_address(datasette, speaker=speaker)
    found = await rows(
        database,
        NEXT,
        {"score": after["score"], "left": after["left_id"], "right": after["right_id"], "speaker": speaker},
    )
    if not found:
        return pair_address(datasette, speaker=speaker)
    return pair_address(datasette, found[0]["left_id"], found[0]["right_id"], speaker)


async def _compared(
    datasette: Datasette, database: Database, pair: Row, speaker: str, *, reviewing: bool
) -> dict[str, Any]:
    key = {"left": pair["left_id"], "right": pair["right_id"]}
    one, other = [await evidence(database, pair[side]) for side in ("left_id", "right_id")]
    score = 2.0 if pair["score"] is None else pair["score"]
    counted = (await rows(database, COUNT, {**key, "score": score, "speaker": speaker}))[0]
    roots = [await _root(database, pair[side]) for side in ("left_id", "right_id")]
    return {
        "sides": [one, other],
        "both": in_both(one, other),
        "number": counted["before"] + 1 if pair["score"] is not None else None,
        "open": counted["open"],
        "state": (await rows(database, STATE, key))[0]["state"],
        "skip": await next_address(datasette, database, pair, speaker),
        "history": await pair_history(database, pair["left_id"], pair["right_id"], private=reviewing),
        "is_one": roots[0] if roots[0] == roots[1] else None,
    }


async def _pair(database: Database, left: str, right: str) -> Row:
    """An open pair, or two speakers that are none; raises NotFound where one of them is not there."""
    key = {"left": left, "right": right}
    there = {row["id"] for row in await rows(database, SPEAKERS, key)}
    if left == right or there != {left, right}:
        raise NotFound(f"No such two speakers: {left or '?'} and {right or '?'}")
    found = await rows(database, PAIR, key)
    return found[0] if found else {"left_id": left, "right_id": right, "score": None, "why": "", "method": ""}


async def _root(database: Database, speaker_id: str) -> str:
    found = await rows(database, ROOT, {"id": speaker_id})
    return str(found[0]["id"]) if found else ""
