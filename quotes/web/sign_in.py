"""Signing a local reviewer in: `quotes serve --reviewer NAME` prints an address that works once.

The token lives in this process only, never in the settings: Datasette shows those to everybody under /-/metadata.
Teams sign in through a plugin of their choice (datasette-auth-passwords) and the setting `reviewers`.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from datasette.utils.asgi import Forbidden, Request, Response

if TYPE_CHECKING:
    from datasette.app import Datasette


@dataclass(slots=True)
class _Invitation:
    reviewer: str
    token: str


_invitations: WeakKeyDictionary[Datasette, _Invitation] = WeakKeyDictionary()


def invite(datasette: Datasette, reviewer: str) -> str:
    """Let `reviewer` sign in once; returns the path to open, token included."""
    token = secrets.token_urlsafe(32)
    _invitations[datasette] = _Invitation(reviewer, token)
    return f"{datasette.urls.path('/-/sign-in')}?token={token}"


async def sign_in(datasette: Datasette, request: Request) -> Response:
    """GET /-/sign-in?token=…: set the signed cookie and forget the token; anything else is forbidden."""
    invitation = _invitations.get(datasette)
    given = request.args.get("token") or ""
    expected = invitation.token if invitation else ""
    if request.method != "GET" or not secrets.compare_digest(given.encode(), expected.encode()) or not expected:
        raise Forbidden("This sign-in link is used up or wrong: start `quotes serve --reviewer NAME` again")
    reviewer = _invitations.pop(datasette).reviewer
    response = Response.redirect(datasette.urls.instance(), headers={"Cache-Control": "no-store"})
    actor = {"id": reviewer, "role": "editor"}  # works alone: reviews, and publishes verdicts
    response.set_cookie("ds_actor", datasette.sign({"a": actor}, "actor"), httponly=True, samesite="lax")
    datasette.add_message(request, f"Signed in as {reviewer}")
    return response


async def sign_out(datasette: Datasette, request: Request) -> Response:
    """POST /-/sign-out: forget who it is."""
    if request.method != "POST":
        return Response.text("Sign out with POST", status=405, headers={"Allow": "POST"})
    response = Response.redirect(datasette.urls.instance())
    response.set_cookie("ds_actor", "", expires=0, max_age=0, httponly=True)
    datasette.add_message(request, "Signed out")
    return response
