"""/-/review: one claim or quotation in its article, what a person is to decide about it, and how far one is.

Everybody who may read the site may read the page; the forms are for reviewers.  What a form does stands in
`quotes.web.reviewing`, what comes next in `quotes.web.queue`.
"""

from __future__ import annotations

import json
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

from datasette.database import Database, QueryInterrupted
from datasette.utils.asgi import Forbidden, NotFound, Request, Response

from quotes.web import private
from quotes.web.article import safe_address
from quotes.web.choices import outlets
from quotes.web.flags import LONGEST_NOTE
from quotes.web.item import evidence_for, fixes_in_words, read_item, seen_of
from quotes.web.queue import Filters, Place, Queue, Target, count_drafts, open_queue, place_of
from quotes.web.ratings import scale
from quotes.web.site import Row, count, has_desk, may_publish, may_review, page, readable_database

if TYPE_CHECKING:
    from datasette.app import Datasette

T = TypeVar("T")

TOO_LONG = "This filter took too long. Ask for less: fewer days, or a single outlet or speaker."


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a form was not stored, and what had been typed."""

    message: str
    panel: str = ""
    """Where it was typed: in the panel fix or verdict, which opens again, or as a note."""
    typed: Mapping[str, str] = field(default_factory=dict)


def address(datasette: Datasette, filters: Filters, target: Target | None = None, item_id: str = "") -> str:
    """Where an item is reviewed; without one, the first that is open."""
    given = filters.given()
    if target and item_id:
        given |= {target: item_id}
    path = str(datasette.urls.path("/-/review"))
    return f"{path}?{urlencode(given)}" if given else path


async def desk(datasette: Datasette, request: Request) -> Database:
    """Our database, if it has room for decisions; raises NotFound or Forbidden."""
    database = await readable_database(datasette, request)
    if not await has_desk(database):
        raise NotFound("This database is older than the review desk: `quotes status DB` brings it up to date")
    return database


async def show_review(datasette: Datasette, request: Request) -> Response:
    """The item that the address names, else the first that is open."""
    database = await desk(datasette, request)
    filters = Filters.read(request.args)
    if filters.of_drafts and not await may_review(datasette, request):
        raise Forbidden("Only reviewers see drafts")
    for target in ("claim", "quotation"):
        if request.args.get(target):
            return await show_item(datasette, request, database, filters.of(target), request.args[target])
    queue = await open_queue(database, filters)
    try:
        first = await queue.after(database)
    except QueryInterrupted:
        return await _show_nothing(datasette, request, database, filters, TOO_LONG)
    if first is None:
        return await _show_nothing(datasette, request, database, filters)
    return await show_item(datasette, request, database, filters, first, queue=queue)


async def show_item(
    datasette: Datasette,
    request: Request,
    database: Database,
    filters: Filters,
    item_id: str,
    *,
    queue: Queue | None = None,
    problem: Problem | None = None,
) -> Response:
    """The page of one item; with `problem`, the page that a form which could not be stored leads to."""
    target = filters.target
    reviewing = await may_review(datasette, request)
    seen = await seen_of(database, target, item_id)
    history = await private.decisions(database, target, item_id, private=reviewing)
    verdicts = await private.verdicts(database, item_id, private=reviewing) if target == "claim" else []
    item = await read_item(database, target, item_id)
    queue = queue or await open_queue(database, filters)
    place = await place_of(database, filters, item)
    can_write = reviewing and database.is_mutable
    context: dict[str, Any] = {
        **await _frame(datasette, request, database, filters),
        **await evidence_for(database, target, item, whole=request.args.get("whole") == "1"),
        "item": {key: value for key, value in item.items() if key != "article"},
        "target": target,
        "seen": seen,
        "history": await fixes_in_words(database, history),
        "verdicts": [_with_links(row) for row in verdicts],
        "public": next((_with_links(row) for row in verdicts if row["state"] != "draft"), None),
        "returns": await private.draft_returns(database, item_id) if reviewing and target == "claim" else [],
        "is_open": bool(place.rank) if filters.of_drafts else item["review"] is None and bool(item["is_current"]),
        "progress": await _unless_late(queue.progress(database, place)),
        "here": address(datasette, filters, target, item_id),
        "problem": problem,
        "can_write": can_write,
    }
    if can_write:
        context |= await _forms(datasette, request, context, verdicts)
    if not can_write or filters.of_drafts:
        context["next"] = await next_address(datasette, database, queue, place)
    response = await page(datasette, request, "quotes_review.html", context)
    if problem:
        response.status = 409
    return response


async def next_address(datasette: Datasette, database: Database, queue: Queue, place: Place) -> str:
    """Where the item behind a place is reviewed; after the last the first one, which may have been skipped."""
    following = await _unless_late(queue.after(database, place))
    return address(datasette, queue.filters, queue.filters.target if following else None, following or "")


async def _frame(datasette: Datasette, request: Request, database: Database, filters: Filters) -> dict[str, Any]:
    """What the page has with an item or without."""
    from quotes.store.patches import CLAIM_KINDS, QUOTATION_TYPES

    reviewing = await may_review(datasette, request)
    writing = reviewing and database.is_mutable
    return {
        "filters": filters,
        "given": filters.given(),
        "queues": await _queues(datasette, database, filters, reviewing=reviewing),
        "all_items": address(datasette, Filters(queue=filters.queue)),
        "outlets": await outlets(database),
        "kinds": CLAIM_KINDS if filters.target == "claim" else QUOTATION_TYPES,
        "review_path": datasette.urls.path("/-/review"),
        "speakers_path": datasette.urls.path("/-/speakers.json"),
        "undo": await private.own_last_decision(database, request.actor["id"]) if writing else None,
        "can_write": writing,
    }


async def _queues(
    datasette: Datasette, database: Database, filters: Filters, *, reviewing: bool
) -> dict[str, dict[str, str]]:
    """The queues by name, each with its address under the same filters; reviewers see those of drafts, counted."""
    counted: dict[str, str] = {"claims": "", "quotations": ""}
    if reviewing:
        drafts = await count_drafts(database)
        counted["drafts"] = count(drafts["drafts"])
        if drafts["returned"] or filters.queue == "returned":
            counted["returned"] = count(drafts["returned"])
    return {
        name: {"address": address(datasette, filters.in_queue(name)), "count": number}
        for name, number in counted.items()
    }


async def _forms(
    datasette: Datasette, request: Request, context: Mapping[str, Any], verdicts: list[Row]
) -> dict[str, Any]:
    """What the forms of a reviewer need beyond what the page shows; the verdict's is filled with the last one."""
    from quotes.store.drafts import lacking
    from quotes.store.naming import SPEAKER_TYPES

    ratings = scale(datasette)
    last, is_public = next(iter(verdicts), None), context["public"] is not None
    filled = {"rating": "", "explanation": "", "evidence": "", "correction": ""}
    if last:
        filled |= {"rating": last["rating"], "explanation": last["explanation"]}
        filled["correction"] = last["correction"] if last["state"] == "draft" else ""
        filled["evidence"] = "\n".join(map(str, json.loads(last["evidence"])))
    problem: Problem | None = context["problem"]
    typed = problem.typed if problem else {}
    if problem and problem.panel == "verdict":
        filled |= {name: typed[name] for name in filled}
    return {
        "longest_note": LONGEST_NOTE,
        "may_publish": await may_publish(datasette, request),
        "ratings": ratings,
        "speaker_types": SPEAKER_TYPES,
        "verdict": filled,
        "fix": typed if problem and problem.panel == "fix" else None,
        "note": typed.get("note", "") if problem and problem.panel == "note" else "",
        "lacking": lacking(last, [rating.name for rating in ratings], is_public=is_public)
        if last and last["state"] == "draft"
        else "",
    }


def _with_links(verdict: Row) -> Row:
    return {**verdict, "evidence": _links(verdict["evidence"])}


async def _show_nothing(
    datasette: Datasette, request: Request, database: Database, filters: Filters, why: str = ""
) -> Response:
    """No item is open under these filters."""
    context = {**await _frame(datasette, request, database, filters), "item": None, "why": why}
    return await page(datasette, request, "quotes_review.html", context)


def _links(stored: str) -> list[dict[str, str | None]]:
    return [{"address": str(each), "link": safe_address(str(each))} for each in json.loads(stored)]


async def _unless_late(answer: Coroutine[Any, Any, T]) -> T | None:
    """An answer of the database, or None where it took too long: the page shows without it."""
    try:
        return await answer
    except QueryInterrupted:
        return None
