"""What a reviewer decides on /-/review is stored: one row each, never an edit, before the next item shows.

In comes a form, out goes a redirect to the next item.  What somebody else decided meanwhile is told on the same item
and stands; a fix or a verdict that could not be stored comes back with what was typed.  The reviewer's name is the
actor's id, never a field of the form.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from datasette.database import Database
from datasette.utils.asgi import BadRequest, Forbidden, Request, Response

from quotes.errors import StoreError
from quotes.web import private
from quotes.web.fixing import change_of
from quotes.web.flags import BUSY, LONGEST_NOTE
from quotes.web.form import Form
from quotes.web.item import read_item
from quotes.web.queue import Filters, Place, Target, open_queue, place_of
from quotes.web.ratings import scale
from quotes.web.review import Problem, address, desk, next_address, show_item
from quotes.web.site import Row, may_publish, may_review

if TYPE_CHECKING:
    from datasette.app import Datasette
    from sqlite_utils import Database as Tables

DONE = {"accept": "Accepted", "reject": "Rejected", "fix": "Fixed", "skip": "Skipped"}
HANDLED = {"publish": "Draft published", "return": "Sent back"}
GIVEN = {"draft": "Draft saved", "published": "Verdict published", "corrected": "Correction published"}
MEANWHILE = {"accept": "accepted it", "reject": "rejected it", "fix": "fixed it", "undo": "took a decision back",
             "a verdict": "gave a verdict", "return": "sent the draft back"}  # fmt: skip
TAKEN_BACK = {"return": "send back"}
NOTHING = "Nothing to undo: your last decision was taken back already, or somebody decided since"


@dataclass(frozen=True, slots=True)
class _Asked:
    """A form of somebody who may decide, and the item it is about."""

    database: Database
    form: Form
    filters: Filters
    item: Row
    place: Place
    """Where the item stood in its queue before anything was stored."""

    @property
    def target(self) -> Target:
        return self.filters.target

    @property
    def id(self) -> str:
        return str(self.item["id"])


async def decide(datasette: Datasette, request: Request) -> Response:
    """POST /-/review/decide: accept, reject, fix or skip one item."""
    asked = await _asked(datasette, request)
    if isinstance(asked, Response):
        return asked
    form, target, action = asked.form, asked.target, asked.form["action"]
    if action not in DONE:
        raise BadRequest(f"A decision is one of {', '.join(DONE)}")
    reviewer, note = request.actor["id"], _note(form)

    def store(db: Tables) -> None:
        from quotes.store import utc_now
        from quotes.store.merging import Judge
        from quotes.store.reviewing import Target as StoredTarget
        from quotes.store.reviewing import decide as stored

        now = utc_now()
        row = next(db.query(f"SELECT * FROM {target}s WHERE id = ?", [asked.id]))
        change = change_of(db, target, row, form, now) if action == "fix" else None
        seen = None if action == "skip" else form["seen"]
        stored(db, StoredTarget(target, asked.id), action, Judge(reviewer, now, note), seen=seen, change=change)  # type: ignore[arg-type]

    problem = await _stored(asked.database, store, reviewer)
    if problem and action == "fix":
        return await _again(datasette, request, asked, Problem(problem, "fix", form))
    if problem:
        datasette.add_message(request, problem, datasette.ERROR)
        return Response.redirect(address(datasette, asked.filters, target, asked.id))
    datasette.add_message(request, f"{DONE[action]}: {_short(asked.item)}")
    return await _next(datasette, asked)


async def give_verdict(datasette: Datasette, request: Request) -> Response:
    """POST /-/review/verdict: draft, publish or correct the verdict on a claim, and accept the claim if asked to."""
    asked = await _asked(datasette, request)
    if isinstance(asked, Response):
        return asked
    form, state = asked.form, asked.form["state"]
    if state not in GIVEN or asked.target != "claim":
        raise BadRequest(f"A verdict on a claim is one of {', '.join(GIVEN)}")
    if state != "draft" and not await may_publish(datasette, request):
        raise Forbidden("Only editors can publish verdicts: save a draft")
    reviewer, accepting = request.actor["id"], form["accept"] == "1"
    ratings = [rating.name for rating in scale(datasette)]

    def store(db: Tables) -> None:
        from quotes.store import utc_now
        from quotes.store.merging import Judge
        from quotes.store.reviewing import Target as StoredTarget
        from quotes.store.reviewing import decide as stored
        from quotes.store.verdicts import Verdict, addresses
        from quotes.store.verdicts import give_verdict as given

        by = Judge(reviewer, utc_now())
        verdict = Verdict(form["rating"], form["explanation"], addresses(form["evidence"]), state, form["correction"])  # type: ignore[arg-type]
        given(db, asked.id, verdict, by, scale=ratings, seen=form["seen_verdict"])
        if accepting:
            stored(db, StoredTarget("claim", asked.id), "accept", by, seen=form["seen"])

    problem = await _stored(asked.database, store, reviewer)
    if problem:
        return await _again(datasette, request, asked, Problem(problem, "verdict", form))
    told = f"{GIVEN[state]}: {form['rating']} for {_short(asked.item)}"
    datasette.add_message(request, f"{told}. Accepted, too" if accepting else told)
    if asked.filters.of_drafts:
        is_done = asked.filters.queue == "returned" or state != "draft"
    else:
        is_done = bool(accepting or asked.item["review"])
    if is_done:
        return await _next(datasette, asked)
    return Response.redirect(address(datasette, asked.filters, asked.target, asked.id))


async def decide_draft(datasette: Datasette, request: Request) -> Response:
    """POST /-/review/draft: an editor publishes the draft on a claim as it is, or sends it back with a note."""
    asked = await _asked(datasette, request)
    if isinstance(asked, Response):
        return asked
    form, action = asked.form, asked.form["action"]
    if action not in HANDLED or asked.target != "claim":
        raise BadRequest(f"What becomes of a draft is one of {', '.join(HANDLED)}")
    if not await may_publish(datasette, request):
        raise Forbidden("Only editors publish drafts or send them back")
    reviewer, note, accepting = request.actor["id"], _note(form), action == "publish" and form["accept"] == "1"
    ratings = [rating.name for rating in scale(datasette)]

    def store(db: Tables) -> None:
        from quotes.store import utc_now
        from quotes.store.drafts import publish_draft, send_back
        from quotes.store.merging import Judge
        from quotes.store.reviewing import Target as StoredTarget
        from quotes.store.reviewing import decide as stored

        by = Judge(reviewer, utc_now(), note)
        if action == "publish":
            publish_draft(db, asked.id, by, scale=ratings, seen=form["seen_verdict"])
        else:
            send_back(db, asked.id, by, seen=form["seen_verdict"])
        if accepting:
            stored(db, StoredTarget("claim", asked.id), "accept", by, seen=form["seen"])

    problem = await _stored(asked.database, store, reviewer)
    if problem:
        return await _again(datasette, request, asked, Problem(problem, "note", form))
    told = f"{HANDLED[action]}: {_short(asked.item)}"
    datasette.add_message(request, f"{told}. Accepted, too" if accepting else told)
    return await _next(datasette, asked)


async def undo(datasette: Datasette, request: Request) -> Response:
    """POST /-/review/undo takes the reviewer's own last decision back, if nobody decided on the item since."""
    if request.method != "POST":
        return _only_post()
    database, form = await _allowed(datasette, request)
    filters, reviewer = _filters(form), request.actor["id"]
    last = await private.own_last_decision(database, reviewer)
    if last is None or last["id"] != form["review"]:
        datasette.add_message(request, NOTHING, datasette.ERROR)
        return Response.redirect(address(datasette, filters))
    was_return = last["action"] == "return"

    def store(db: Tables) -> None:
        from quotes.store import utc_now
        from quotes.store.drafts import take_back_return
        from quotes.store.merging import Judge
        from quotes.store.reviewing import undo as undone

        take_back = take_back_return if was_return else undone
        take_back(db, last["id"], Judge(reviewer, utc_now()))

    problem = await _stored(database, store, reviewer)
    filters = filters.in_queue("drafts" if was_return else f"{last['target_type']}s")
    if problem:
        datasette.add_message(request, problem, datasette.ERROR)
        return Response.redirect(address(datasette, filters))
    item = await read_item(database, filters.target, last["target_id"])
    datasette.add_message(request, f"Taken back: “{TAKEN_BACK.get(last['action'], last['action'])}” on {_short(item)}")
    return Response.redirect(address(datasette, filters, filters.target, last["target_id"]))


async def _asked(datasette: Datasette, request: Request) -> _Asked | Response:
    if request.method != "POST":
        return _only_post()
    database, form = await _allowed(datasette, request)
    target = next((name for name in ("claim", "quotation") if form[name]), None)
    if target is None:
        raise BadRequest("Which claim or quotation?")
    filters = _filters(form).of(target)
    item = await read_item(database, filters.target, form[target])
    return _Asked(database, form, filters, item, await place_of(database, filters, item))


async def _allowed(datasette: Datasette, request: Request) -> tuple[Database, Form]:
    """The database and the form of somebody who may review; raises Forbidden for everybody else."""
    if not await may_review(datasette, request):
        raise Forbidden("Only reviewers can decide")
    database = await desk(datasette, request)
    if not database.is_mutable:
        raise Forbidden("This copy of the database is read-only")
    return database, Form(await request.post_vars())


async def _stored(database: Database, store: Callable[[Tables], None], reviewer: str) -> str | None:
    """Store something in one transaction; what kept it from being stored, if anything did."""
    from quotes.store.reviewing import ChangedError

    try:
        await private.change(database, store)
    except ChangedError as error:
        if error.by == reviewer:
            return "Not saved: you decided on this already. What you decided stands below"
        return f"Not saved: {error.by} {MEANWHILE.get(error.action, 'decided')} meanwhile. Look at it once more"
    except StoreError as error:
        return f"Not saved: {error}"
    except sqlite3.OperationalError:
        return BUSY
    return None


async def _again(datasette: Datasette, request: Request, asked: _Asked, problem: Problem) -> Response:
    return await show_item(datasette, request, asked.database, asked.filters, asked.id, problem=problem)


async def _next(datasette: Datasette, asked: _Asked) -> Response:
    queue = await open_queue(asked.database, asked.filters)
    return Response.redirect(await next_address(datasette, asked.database, queue, asked.place))


def _filters(form: Form) -> Filters:
    """The filters go along in one field: a fix has a speaker and a kind of its own."""
    return Filters.read(dict(parse_qsl(form["filters"])))


def _note(form: Form) -> str:
    note = form["note"].strip()
    if len(note) > LONGEST_NOTE:
        raise BadRequest(f"A note has at most {LONGEST_NOTE:,} characters")
    return note


def _short(item: Row) -> str:
    words = " ".join(str(item["text"] if "text" in item else item["content"]).split())
    return f"“{words[:60].rstrip()}…”" if len(words) > 61 else f"“{words}”"


def _only_post() -> Response:
    return Response.text("Decide with POST", status=405, headers={"Allow": "POST"})
