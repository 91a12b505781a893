"""Security headers on every response, and a content security policy in two strengths.

Our own pages need no inline script or style, so there article text could not run even if it slipped through the
escaping.  Datasette's own pages (tables, queries, the SQL editor) carry inline scripts and styles without nonces;
there 'unsafe-inline' is the price of keeping them working, and escaping alone guards the text.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_COMMON = (
    "default-src 'none'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
STRICT = f"{_COMMON}; script-src 'self'; style-src 'self'"
INLINE = f"{_COMMON}; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'"

_ALWAYS = {
    b"x-frame-options": b"DENY",
    b"x-content-type-options": b"nosniff",
    # Which article a fact-checker was reading is nobody else's business.  Not "no-referrer": with that, browsers send a
    # form over plain HTTP without saying where it comes from, and Datasette 1.0 refuses it.
    b"referrer-policy": b"same-origin",
}
_SIGNED = re.compile(rb"ds_(actor|csrftoken|messages)=")
"""The cookies of Datasette and its plugins: no script needs them."""
_OURS = re.compile(
    r"/(-/(document|speaker|claim|question|feed|find|judge|review|verdicts|speakers\.json|sign-in|sign-out)(/.*)?)?"
)


def policy(path: str, base_url: str = "/") -> str:
    """The content security policy for a path."""
    return STRICT if _OURS.fullmatch("/" + path.removeprefix(base_url).lstrip("/")) else INLINE


def with_security_headers(app: App, base_url: str = "/") -> App:
    """Wrap an ASGI application so that each response carries the headers it does not set itself."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [(bytes(name), bytes(value)) for name, value in message.get("headers") or []]
                present = {name.lower() for name, _ in headers}
                wanted = _ALWAYS | {b"content-security-policy": policy(scope["path"], base_url).encode("ascii")}
                headers += [(name, value) for name, value in wanted.items() if name not in present]
                is_secure = scope.get("scheme") == "https"
                message = {**message, "headers": [_guarded(*header, is_secure=is_secure) for header in headers]}
            await send(message)

        await app(scope, receive, send_with_headers if scope["type"] == "http" else send)

    return wrapped


def _guarded(name: bytes, value: bytes, *, is_secure: bool) -> tuple[bytes, bytes]:
    """A header; a cookie of Datasette's is kept from scripts and, where the site is served by HTTPS, from HTTP."""
    if name.lower() != b"set-cookie" or not _SIGNED.match(value):
        return name, value
    present = {part.strip().partition(b"=")[0].lower() for part in value.split(b";")[1:]}
    wanted = [
        b"HttpOnly",
        *([b"Secure"] if is_secure else []),
        *([b"SameSite=lax"] if b"samesite" not in present else []),
    ]
    missing = [part for part in wanted if part.partition(b"=")[0].lower() not in present]
    return name, b"; ".join([value, *missing])
