"""What is not there: a page with the site's header, and no traceback in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datasette.utils.asgi import Request, Response

if TYPE_CHECKING:
    from datasette.app import Datasette


async def answer(datasette: Datasette, request: Request, exception: Exception) -> Response:
    """The page, or JSON where JSON was asked for; status 404."""
    message = str(exception.args[0]) if exception.args else "There is nothing here"
    if request.path.endswith(".json"):
        return Response.json({"ok": False, "error": message, "status": 404, "title": None}, status=404)
    context = {"status": 404, "error": message, "title": "Not found"}
    return Response.html(
        await datasette.render_template(["404.html", "error.html"], context, request=request), status=404
    )
