"""What a reviewer answers on /-/judge is stored: one judgement each, never an edit.

The judgement and what follows from it (two speakers become one, or two again) are written in one transaction by
the functions that `quotes speakers same` and `different` use.  Nothing is written unless the pair is as the reviewer
saw it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING

from datasette.database import Database
from datasette.utils.asgi import BadRequest, Forbidden, Request, Response

from quotes.errors import StoreError
from quotes.web import private
from quotes.web.flags import BUSY, LONGEST_NOTE
from quotes.web.form import Form
from quotes.web.judge import PAIR, STATE, next_address, pair_address, show_judge
from quotes.web.site import may_review, readable_database, rows

if TYPE_CHECKING:
    from datasette.app import Datasette
    from sqlite_utils import Database as Tables

ANSWERS = {
    "same": "Same: {} and {} are one now",
    "different": "Different: {} and {} are two",
    "unsure": "Unsure: {} and {}",
}
CHANGED = "Not saved: this pair was decided or changed meanwhile. Look at it once more"
NOTHING = "Nothing to undo: your last decision was taken back already, or somebody judged the two since"


class _ChangedError(Exception):
    """The pair is not as it was shown."""


async def judge(datasette: Datasette, request: Request) -> Response:
    """GET /-/judge shows a pair; POST decides it."""
    if request.method != "POST":
        return await show_judge(datasette, request)
    database, form = await _allowed(datasette, request)
    left, right = sorted((form["left"], form["right"]))
    decision, note, speaker = form["decision"], form["note"].strip(), form["speaker"]
    if decision not in ANSWERS:
        raise BadRequest(f"A decision is one of {', '.join(ANSWERS)}")
    if len(note) > LONGEST_NOTE:
        raise BadRequest(f"A note has at most {LONGEST_NOTE:,} characters")
    key = {"left": left, "right": right}
    pair = next(iter(await rows(database, PAIR, key)), {"left_id": left, "right_id": right, "score": None})
    reviewer = request.actor["id"]

    def decide(db: Tables) -> None:
        from quotes.store import utc_now
        from quotes.store.merging import Judge, judge_different, judge_same, judge_unsure

        if db.execute(STATE, key).fetchone()[0] != form["seen"]:
            raise _ChangedError
        functions: dict[str, Callable[..., object]] = {
            "same": judge_same, "different": judge_different, "unsure": judge_unsure,
        }  # fmt: skip
        functions[decision](db, left, right, Judge(reviewer, utc_now(), note))

    here = pair_address(datasette, left, right, speaker)
    problem = await _write(database, decide)
    if problem:
        datasette.add_message(request, problem, datasette.ERROR)
        return Response.redirect(here)
    datasette.add_message(request, ANSWERS[decision].format(*await _names(database, left, right)))
    return Response.redirect(await next_address(datasette, database, pair, speaker))


async def undo(datasette: Datasette, request: Request) -> Response:
    """POST /-/judge/undo takes the reviewer's own last judgement back, if it is still the last on its pair."""
    if request.method != "POST":
        return Response.text("Undo with POST", status=405, headers={"Allow": "POST"})
    database, form = await _allowed(datasette, request)
    reviewer = request.actor["id"]
    last = await private.own_last_judgement(database, reviewer)
    if last is None or last["id"] != form["judgement"]:
        datasette.add_message(request, NOTHING, datasette.ERROR)
        return Response.redirect(pair_address(datasette, speaker=form["speaker"]))

    def take_back(db: Tables) -> tuple[str, str]:
        from quotes.store import utc_now
        from quotes.store.merging import Judge
        from quotes.store.undoing import take_back

        return take_back(db, last["id"], Judge(reviewer, utc_now()))

    opened: list[tuple[str, str]] = []
    problem = await _write(database, lambda db: opened.append(take_back(db)))
    if problem:
        datasette.add_message(request, problem, datasette.ERROR)
        return Response.redirect(pair_address(datasette, speaker=form["speaker"]))
    one, other = opened[0]
    names = await _names(database, one, other)
    datasette.add_message(request, f"Taken back: “{last['decision']}” for {names[0]} and {names[1]}; the pair is open")
    return Response.redirect(pair_address(datasette, one, other, form["speaker"]))


async def _allowed(datasette: Datasette, request: Request) -> tuple[Database, Form]:
    """The database and the form of somebody who may judge; raises Forbidden for everybody else."""
    if not await may_review(datasette, request):
        raise Forbidden("Only reviewers can judge who is whom")
    database = await readable_database(datasette, request)
    if not database.is_mutable:
        raise Forbidden("This copy of the database is read-only")
    return database, Form(await request.post_vars())


async def _write(database: Database, what: Callable[[Tables], None]) -> str | None:
    """Change the database in one transaction; what kept it from being changed, if anything did."""
    try:
        await private.change(database, what)
    except _ChangedError:
        return CHANGED
    except StoreError as error:
        return f"Not saved: {error}"
    except sqlite3.OperationalError:
        return BUSY
    return None


async def _names(database: Database, *ids: str) -> list[str]:
    found = {row["id"]: row["name"] for row in await rows(database, _NAMES, list(ids))}
    return [found.get(id_, id_) for id_ in ids]


_NAMES = "SELECT id, name FROM speakers WHERE id IN (?, ?)"
