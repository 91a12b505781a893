"""The Datasette plugin: pages for articles, speakers and claims, readable cells, flags, judgements, the review desk.

Datasette loads this module in every process of its environment, so it imports nothing of the language pipeline.
What each hook does lives in the module it calls.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import NotFound, Request, Response
from jinja2 import Environment
from markupsafe import Markup
from pluggy import HookimplMarker

from quotes.web import (
    article,
    cells,
    checking,
    claim,
    decided,
    find,
    flags,
    headers,
    home,
    inspection,
    judging,
    lists,
    mended,
    missing,
    outgoing,
    private,
    question,
    releases,
    review,
    reviewing,
    sign_in,
    site,
    speaker,
    speakers_json,
    verdicts,
)

if TYPE_CHECKING:
    from datasette.app import Datasette

# The same marker as datasette.hookimpl, with types.
hookimpl = HookimplMarker("datasette")

STYLESHEET = "quotes.css"
ID = r"(?P<id>[^/]+)"


@hookimpl(tryfirst=True)
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    return [
        (r"/$", home.show_home),
        (rf"/-/document/{ID}\.annotations\.json$", outgoing.show_annotations),
        (rf"/-/claim/{ID}\.jsonld$", outgoing.show_claim_review),
        (r"/-/feed/claims\.atom$", outgoing.show_claims_feed),
        (r"/-/feed/verdicts\.atom$", outgoing.show_verdicts_feed),
        (rf"/-/document/{ID}$", article.show_document),
        (rf"/-/speaker/{ID}$", speaker.show_speaker),
        (rf"/-/claim/{ID}$", claim.show_claim),
        (rf"/-/claim/{ID}/fact-check$", checking.decide),
        (rf"/-/question/{ID}$", question.show_question),
        (rf"/-/claim/{ID}/flag$", flags.post_flag),
        (rf"/-/claim/{ID}/unflag$", flags.post_unflag),
        (r"/-/find$", find.show_hits),
        (r"/-/verdicts$", verdicts.show_verdicts),
        (r"/-/judge$", judging.judge),
        (r"/-/judge/undo$", judging.undo),
        (r"/-/review$", review.show_review),
        (r"/-/review/decide$", reviewing.decide),
        (r"/-/review/verdict$", reviewing.give_verdict),
        (r"/-/review/draft$", reviewing.decide_draft),
        (r"/-/review/undo$", reviewing.undo),
        (r"/-/decisions$", decided.show_decisions),
        (r"/-/speakers\.json$", speakers_json.complete),
        (inspection.PAGES, inspection.inspect),
        (r"/-/sign-in$", sign_in.sign_in),
        (r"/-/sign-out$", sign_in.sign_out),
    ]


@hookimpl
def render_cell(
    row: cells.RowValues, value: object, column: str, table: str | None, database: str, datasette: Datasette
) -> Callable[[], Awaitable[Markup | None]] | None:
    if cells.renderer(table, column) is None:
        return None

    async def inner() -> Markup | None:
        if not await site.is_ours(datasette.databases[database]):
            return None
        return cells.render(datasette, row, value, column, table)

    return inner


@hookimpl
def permission_allowed(datasette: Datasette, actor: dict[str, Any] | None, action: str) -> bool | None:
    """Asked by Datasette 0.65 only."""
    return site.answer(datasette, actor, action)


@hookimpl
def register_actions() -> list[Any]:
    """Asked by Datasette 1.0 only, as is the next one."""
    return releases.actions(site.PERMISSIONS)


@hookimpl
async def permission_resources_sql(datasette: Datasette, actor: dict[str, Any] | None, action: str) -> object:
    if action in releases.WRITING:
        return releases.closed([name for name, each in datasette.databases.items() if await site.is_ours(each)])
    return releases.rule(site.answer(datasette, actor, action))


@hookimpl
def prepare_connection(conn: sqlite3.Connection, datasette: Datasette) -> None:
    private.guard(conn, crossdb=datasette.crossdb)


@hookimpl(trylast=True)
def prepare_jinja2_environment(env: Environment) -> None:
    mended.mend(env)


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[headers.App], headers.App]:
    return partial(headers.with_security_headers, base_url=datasette.setting("base_url"))


@hookimpl
def extra_css_urls(datasette: Datasette) -> Callable[[], Awaitable[list[str]]]:
    async def inner() -> list[str]:
        if await site.find_database(datasette) is None:
            return []
        return [str(datasette.urls.static_plugins("quotes", STYLESHEET))]

    return inner


@hookimpl
def extra_template_vars(datasette: Datasette, request: Request | None) -> Callable[[], Awaitable[dict[str, Any]]]:
    async def inner() -> dict[str, Any]:
        found = await site.navigation(datasette, request)
        return {
            "site": found and {**found, "feeds": outgoing.feed_links(datasette)},
            "answer_ranges": partial(lists.answer_ranges, datasette),
        }

    return inner


@hookimpl
def menu_links(datasette: Datasette, actor: dict[str, Any] | None) -> Callable[[], Awaitable[list[dict[str, str]]]]:
    async def inner() -> list[dict[str, str]]:
        database = await site.find_database(datasette)
        if database is None:
            return []
        reviewing = await releases.may(datasette, actor, site.REVIEW)
        return [
            *([{"href": datasette.urls.path("/-/decisions"), "label": "Decisions"}] if reviewing else []),
            {
                "href": datasette.urls.path("/-/judge"),
                "label": f"Same speaker? ({await site.open_pairs(database):,} open)",
            },
            {"href": datasette.urls.database(database.name), "label": "Tables, queries, SQL"},
        ]

    return inner


@hookimpl
def handle_exception(
    datasette: Datasette, request: Request, exception: Exception
) -> Callable[[], Awaitable[Response]] | None:
    if not isinstance(exception, NotFound):
        return None
    return partial(missing.answer, datasette, request, exception)
