"""Datasette's pages about itself, without what tells of the machine: file paths, threads, settings of plugins.

Datasette shows them to whoever may see the site.  In a Datasette without a database of ours nothing changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import Forbidden, Request, Response

from quotes.web.releases import INSPECTED, inspected
from quotes.web.site import find_database

if TYPE_CHECKING:
    from datasette.app import Datasette

PAGES = rf"/-/(?P<page>{'|'.join(INSPECTED)})(\.(?P<format>json))?$"

HIDDEN = {"databases": "path", "metadata": "plugins", "config": "plugins"}
"""Where a database lies; who may review, and whatever other plugins keep there."""


async def inspect(datasette: Datasette, request: Request) -> Response:
    """/-/databases without paths, /-/metadata or /-/config without the settings of plugins, /-/threads for root."""
    # Not at the top: Datasette loads this module before its own views.
    from datasette.views.special import JsonDataView

    page, is_ours = request.url_vars["page"], await find_database(datasette) is not None
    if page == "threads" and is_ours and not _is_root(request.actor):
        raise Forbidden("Only root sees threads")
    shown = await inspected(datasette, request, page)
    if is_ours and page in HIDDEN:
        shown = _without(shown, HIDDEN[page])
    response: Response = await JsonDataView(datasette, f"{page}.json", lambda: shown).get(request)
    return response


def _without(shown: Any, hidden: str) -> Any:  # noqa: ANN401
    """The same with None in the place of what is hidden, however deep it lies."""
    if isinstance(shown, dict):
        return {key: None if key == hidden else _without(value, hidden) for key, value in shown.items()}
    return [_without(each, hidden) for each in shown] if isinstance(shown, list) else shown


def _is_root(actor: dict[str, Any] | None) -> bool:
    return bool(actor) and actor is not None and actor.get("id") == "root"
