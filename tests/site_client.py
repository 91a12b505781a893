"""A real Datasette on a database of tests/site_data.py, asked through its own client as nobody or as somebody."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import httpx

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


class Client:
    """Requests to one site; cookies are kept per request only."""

    def __init__(self, path: Path, *, reviewer: str | None = None) -> None:
        self.path = path
        self.site: Site = build_site(path, reviewer=reviewer)
        self.datasette = self.site.datasette

    def get(self, path: str, actor: dict[str, Any] | None = None, **options: Any) -> httpx.Response:
        return asyncio.run(self.datasette.client.get(path, cookies=self.cookies(actor), **options))

    def post(
        self, path: str, data: dict[str, str], actor: dict[str, Any] | None = None, *, forged: bool = False
    ) -> httpx.Response:
        """A form sent from our own page, or, if forged, from another site that cannot know the token."""

        async def send() -> httpx.Response:
            # Only pages for signed-in people have forms; a token is not bound to who asked for it.
            page = await self.datasette.client.get("/", cookies=self.cookies(REVIEWER))
            token = page.cookies["ds_csrftoken"]
            cookies = {**self.cookies(actor), "ds_csrftoken": token}
            form = data if forged else {**data, "csrftoken": token}
            return await self.datasette.client.post(path, data=form, cookies=cookies)

        return asyncio.run(send())

    def timed_post(self, path: str, data: dict[str, str]) -> float:
        """Seconds from a reviewer's form to its redirect."""

        async def send() -> float:
            page = await self.datasette.client.get("/-/find", cookies=self.cookies(REVIEWER))
            token = page.cookies["ds_csrftoken"]
            cookies = {**self.cookies(REVIEWER), "ds_csrftoken": token}
            started = time.perf_counter()
            answer = await self.datasette.client.post(path, data={**data, "csrftoken": token}, cookies=cookies)
            seconds = time.perf_counter() - started
            assert answer.status_code == 302
            return seconds

        return asyncio.run(send())

    def cookies(self, actor: dict[str, Any] | None) -> dict[str, str]:
        return {"ds_actor": self.datasette.sign({"a": actor}, "actor")} if actor else {}

    def stored(self, sql: str) -> list[tuple[Any, ...]]:
        """What the file holds, read without Datasette."""
        with closing(sqlite3.connect(self.path)) as connection:
            return connection.execute(sql).fetchall()


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
