"""A real Datasette on a database of tests/site_data.py, asked through its own client as nobody or as somebody."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import time
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import httpx
from datasette.app import Datasette

from quotes.web.releases import IS_1
from quotes.web.serve import Site, build_site

REVIEWER = {"id": "rosa", "role": "reviewer"}

"""Somebody with the permission to review."""

OUR_PAGES = [
    "/",
    "/-/document/d_flood",
    "/-/document/d_flood?thoughts=1",
    "/-/document/d_hostile",
    "/-/speaker/ana-keller",
    "/-/speaker/o-neill",
    "/-/speaker/board-bare",
    "/-/claim/c_homes",
    "/-/claim/c_staff",
    "/-/question/qu_homes",
    "/-/question/qu_injured",
    "/-/find",
    "/-/find?q=storm",
    "/-/find?q=script",
    "/-/verdicts",
    "/-/verdicts?corrections=1",
    "/-/judge",
    "/-/review",
    "/-/review?queue=quotations&outlet=Harbour+Post",
    "/-/review?claim=c_staff",
    "/-/review?quotation=q_script",
    "/-/review?speaker=nobody",
    "/-/judge?speaker=tom-brandt",
    "/-/judge?left=board-bare&right=water-board",
    "/-/judge?left=ana-keller&right=tom-brandt",
]
"""The pages that are not Datasette's."""


FRAME_SCRIPTS = 4 if IS_1 else 1
"""Scripts that every page has: that of the menus, and on Datasette 1.0 three of its own."""


class Client:
    """Requests to one site; cookies are kept per request only."""

    def __init__(self, path: Path, *, reviewer: str | None = None) -> None:
        self.path = path
        self.site: Site = build_site(path, reviewer=reviewer)
        self.datasette = self.site.datasette

    def get(self, path: str, actor: dict[str, Any] | None = None, **options: Any) -> httpx.Response:
        return asyncio.run(self.datasette.client.get(sql_page(path), cookies=self.cookies(actor), **options))

    def post(
        self, path: str, data: dict[str, str], actor: dict[str, Any] | None = None, *, forged: bool = False
    ) -> httpx.Response:
        """A form sent from our own page, or, if forged, from another site that cannot know the token."""

        async def send() -> httpx.Response:
            sent = await form_from(self.datasette, data, self.cookies(actor), forged=forged)
            return await self.datasette.client.post(path, **sent)

        return asyncio.run(send())

    def post_json(self, path: str, sent: dict[str, Any], actor: dict[str, Any] | None) -> httpx.Response:
        """JSON sent by a program."""
        return asyncio.run(self.datasette.client.post(path, json=sent, cookies=self.cookies(actor)))

    def timed_post(self, path: str, data: dict[str, str]) -> float:
        """Seconds from a reviewer's form to its redirect."""

        async def send() -> float:
            sent = await form_from(self.datasette, data, self.cookies(REVIEWER))
            started = time.perf_counter()
            answer = await self.datasette.client.post(path, **sent)
            seconds = time.perf_counter() - started
            assert answer.status_code == 302
            return seconds

        return asyncio.run(send())

    def cookies(self, actor: dict[str, Any] | None) -> dict[str, str]:
        return {"ds_actor": self.datasette.sign({"a": actor}, "actor")} if actor else {}

    def set_plugins(self, plugins: dict[str, Any]) -> None:
        """The settings of plugins, as if they stood in metadata.yml."""
        self.configured()["plugins"] = plugins

    def configured(self) -> dict[str, Any]:
        """What metadata.yml says of plugins and of who may see what."""
        return self.datasette.config if IS_1 else self.datasette._metadata_local

    def stored(self, sql: str) -> list[tuple[Any, ...]]:
        """What the file holds, read without Datasette."""
        with closing(sqlite3.connect(self.path)) as connection:
            return connection.execute(sql).fetchall()


async def form_from(
    datasette: Datasette, data: dict[str, str], cookies: dict[str, str], *, forged: bool = False
) -> dict[str, Any]:
    """A form as a browser sends it from a page of the site, or, if forged, from another site.

    Datasette 0.65 believes who knows the token, 1.0 what the browser says of where the form comes from.
    """
    if IS_1:
        return {
            "data": data,
            "cookies": cookies,
            "headers": {"sec-fetch-site": "cross-site" if forged else "same-origin"},
        }
    # Only pages for signed-in people have forms; a token is not bound to who asked for it.
    page = await datasette.client.get("/-/find", cookies={"ds_actor": datasette.sign({"a": REVIEWER}, "actor")})
    token = page.cookies["ds_csrftoken"]
    cookies = {**cookies, "ds_csrftoken": token}
    return {"data": data if forged else {**data, "csrftoken": token}, "cookies": cookies}


def sql_page(path: str) -> str:
    """The address of a query: /quotes?sql=… on Datasette 0.65, /quotes/-/query?sql=… on 1.0."""
    return re.sub(r"^(/[^/.?]+)(\.\w+)?(?=\?(.*&)?sql=)", r"\1/-/query\2", path) if IS_1 else path


class Active(HTMLParser):
    """What a browser would run or load: elements and attributes of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.scripts = 0
        self.handlers: list[str] = []
        self.addresses: list[str] = []
        self.tags: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.scripts += tag == "script"
        self.handlers += [name for name, _ in attrs if name.startswith("on")]
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src", "action"}]
