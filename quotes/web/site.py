"""What all pages share: which of Datasette's databases is ours, who may review, and how a page is rendered.

A Datasette may serve other databases too, and this plugin is loaded by every Datasette of its environment: nothing
here may change the pages of a database that has not our tables.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote
from weakref import WeakKeyDictionary

from datasette.database import Database
from datasette.utils import actor_matches_allow
from datasette.utils.asgi import NotFound, Request, Response

from quotes.web import releases

if TYPE_CHECKING:
    from datasette.app import Datasette

Row = Mapping[str, Any]
Actor = Mapping[str, Any]

REVIEW = "quotes-review"
"""The permission to decide: to flag, review, judge who is whom, draft verdicts; and to see notes and names."""

PUBLISH = "quotes-publish"
"""The permission to publish verdicts and to correct them."""

PERMISSIONS = {
    REVIEW: "Decide on quotations, claims and speakers; draft verdicts; see notes and names of reviewers",
    PUBLISH: "Publish and correct verdicts",
}

MOST_COUNTED = 1_000
"""Where counting stops: more than that is shown as 1,000+."""

OUR_TABLES = frozenset({"documents", "quotations", "claims", "speakers", "reviews"})

MAIN_VIEWS = {
    "Quotations": "quotation_list",
    "Claims": "claim_list",
    "Speakers": "speaker_list",
    "Documents": "document_list",
    "Conflicts": "claims_in_conflict",
}

# Found once: the tables of a served database do not go away, and cells ask for every value.
_ours: WeakKeyDictionary[Database, bool] = WeakKeyDictionary()
_with_desk: WeakKeyDictionary[Database, bool] = WeakKeyDictionary()

_OPEN_CLAIMS = f"""
SELECT count(*) AS open FROM (
    SELECT 1 FROM claims WHERE review IS NULL AND is_current = 1 LIMIT {MOST_COUNTED + 1}
)
"""


async def is_ours(database: Database) -> bool:
    """Whether the database has the tables of this project."""
    if not _ours.get(database):
        _ours[database] = set(await database.table_names()) >= OUR_TABLES
    return _ours[database]


async def find_database(datasette: Datasette) -> Database | None:
    """The first served database of ours, in the order they were given."""
    for database in datasette.databases.values():
        if database.name != "_internal" and await is_ours(database):
            return database
    return None


async def readable_database(datasette: Datasette, request: Request) -> Database:
    """Our database, if this visitor may see it; raises NotFound or Forbidden."""
    database = await find_database(datasette)
    if database is None:
        raise NotFound("No database of quotations is served here")
    await releases.require_database(datasette, request.actor, database.name)
    return database


def identifier(request: Request) -> str:
    """The id in the address; Datasette matches routes before taking the percent-encoding off."""
    return unquote(request.url_vars["id"])


async def rows(database: Database, sql: str, parameters: Mapping[str, Any] | Sequence[Any] = ()) -> list[Row]:
    """All rows of a query of ours; such queries carry their own LIMIT."""
    result = await database.execute(sql, parameters)
    return [dict(zip(row.keys(), tuple(row), strict=True)) for row in result.rows]


async def row_or_404(database: Database, sql: str, identifier: str, what: str) -> Row:
    """The one row with this id; raises NotFound with a sentence for the reader."""
    found = await rows(database, sql, [identifier])
    if not found:
        raise NotFound(f"No {what} {identifier}")
    return found[0]


async def open_pairs(database: Database) -> int:
    """How many pairs of speakers wait for a person to judge; 0 in a database that is older than such pairs."""
    if not await database.table_exists("speaker_pairs"):
        return 0
    return int((await rows(database, "SELECT count(*) AS open FROM speaker_pairs"))[0]["open"])


async def has_desk(database: Database) -> bool:
    """Whether decisions can be stored beside the rows: not in a database that is older than the review desk."""
    if not _with_desk.get(database):
        _with_desk[database] = {"review", "draft"} <= set(await database.table_columns("claims"))
    return _with_desk[database]


async def open_claims(database: Database) -> int:
    """How many claims nobody has reviewed, counted up to MOST_COUNTED + 1."""
    if not await has_desk(database):
        return 0
    return int((await rows(database, _OPEN_CLAIMS))[0]["open"])


def count(number: int) -> str:
    """A capped count in words: 34, or 1,000+ where counting stopped."""
    return f"{number:,}" if number <= MOST_COUNTED else f"{MOST_COUNTED:,}+"


def is_reviewer(datasette: Datasette, actor: Actor | None) -> bool:
    """Whether this actor may review: role "reviewer" or "editor", or matched by the settings `reviewers`, `editors`.

    Nobody without an id is let in, whatever the settings say, because each decision is stored with the id of who
    took it.
    """
    return _may(datasette, actor, "reviewer", "reviewers") or is_editor(datasette, actor)


def is_editor(datasette: Datasette, actor: Actor | None) -> bool:
    """Whether this actor may publish and correct verdicts: role "editor", or matched by the setting `editors`."""
    return _may(datasette, actor, "editor", "editors")


def answer(datasette: Datasette, actor: Actor | None, action: str) -> bool | None:
    """Whether this actor has a permission of ours; None where the action is not one."""
    if action == PUBLISH:
        return is_editor(datasette, actor)
    return is_reviewer(datasette, actor) if action == REVIEW else None


def _may(datasette: Datasette, actor: Actor | None, role: str, setting: str) -> bool:
    """By role, or by a plugin setting that is a list of ids or an allow block of Datasette."""
    if not actor or not isinstance(actor.get("id"), str) or not actor["id"].strip():
        return False
    if actor.get("role") == role:
        return True
    allowed = (datasette.plugin_config("quotes") or {}).get(setting)
    if isinstance(allowed, list):
        allowed = {"id": allowed}
    return bool(allowed) and bool(actor_matches_allow(actor, allowed))


async def may_review(datasette: Datasette, request: Request) -> bool:
    """Whether the signed-in person has the permission `quotes-review`."""
    return await releases.may(datasette, request.actor, REVIEW)


async def may_publish(datasette: Datasette, request: Request) -> bool:
    """Whether the signed-in person has the permission `quotes-publish`."""
    return await releases.may(datasette, request.actor, PUBLISH)


async def page(datasette: Datasette, request: Request, template: str, context: Mapping[str, Any]) -> Response:
    """One of our own pages."""
    html = await datasette.render_template(
        template, {"may_review": await may_review(datasette, request), **context}, request=request
    )
    return Response.html(html)


async def navigation(datasette: Datasette, request: Request | None) -> dict[str, Any] | None:
    """What the header of each page shows; None where no database of ours is served."""
    database = await find_database(datasette)
    if database is None:
        return None
    path = datasette.urls.database(database.name)
    reviewing = request is not None and await may_review(datasette, request)
    return {
        "review": datasette.urls.path("/-/review"),
        "verdicts": datasette.urls.path("/-/verdicts"),
        "open": count(await open_claims(database)) if reviewing else None,
        "links": [(label, datasette.urls.table(database.name, view)) for label, view in MAIN_VIEWS.items()],
        "database": path,
        "find": datasette.urls.path("/-/find"),
        "words": (request.args.get("q") or "") if request else "",
        "static": datasette.urls.path("/-/static-plugins/quotes"),
    }
