"""Datasette's pages about itself, without what tells of the machine: file paths, threads, settings of plugins.

Datasette 0.65 shows all of it to whoever may see the site.  In a Datasette without a database of ours nothing changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import Forbidden, Request, Response

from quotes.web.site import find_database

if TYPE_CHECKING:
    from datasette.app import Datasette

PAGES = r"/-/(?P<page>databases|threads|metadata)(\.(?P<format>json))?$"


async def inspect(datasette: Datasette, request: Request) -> Response:
    """/-/databases without paths, /-/metadata without the settings of plugins, /-/threads for root alone."""
    # Not at the top: Datasette loads this module before its own views.
    from datasette.views.special import JsonDataView

    page, is_ours = request.url_vars["page"], await find_database(datasette) is not None
    if page == "threads" and is_ours and not _is_root(request.actor):
        raise Forbidden("Only root sees threads")

    def data() -> object:
        if page == "threads":
            return datasette._threads()
        if page == "databases":
            found = datasette._connected_databases()
            return [{**each, "path": None} for each in found] if is_ours else found
        metadata = datasette.metadata()
        # Who may review, and whatever other plugins keep there.
        return {key: value for key, value in metadata.items() if key != "plugins"} if is_ours else metadata

    response: Response = await JsonDataView(datasette, f"{page}.json", data).get(request)
    return response


def _is_root(actor: dict[str, Any] | None) -> bool:
    return bool(actor) and actor is not None and actor.get("id") == "root"
