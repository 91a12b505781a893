"""How long the site's server takes for a page: on a demo database and on one with a million quotations.

Every page is asked for through Datasette's own client: once cold, then so many times warm.  The median counts against
the limit, the worst is printed beside it.  Pages of our own have the limit that is given; Datasette's lists, the
canned queries and a search for a frequent word may take half of what a single query may (`sql_time_limit_ms` of
`quotes serve`): beyond all of it they answer with an error.  Exit status 1 when a page is too slow or fails.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import click

from quotes import web
from quotes.web.serve import SETTINGS, Site, build_site

REVIEWER = {"id": "bench", "role": "editor"}
TURNS = 20
LIST_LIMIT = SETTINGS["sql_time_limit_ms"] / 2
"""Milliseconds of a list or query: one that takes longer will soon run into the limit, as the archive grows."""


@dataclass(frozen=True, slots=True)
class Page:
    """Something to ask for, and whether it is a page of our own or a list, which has another limit."""

    name: str
    path: str
    is_list: bool = False
    signed_in: bool = False


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of one page; `status` is of the last answer."""

    page: Page
    status: int
    cold: float
    median: float
    worst: float


class Facts:
    """What a database holds that pages can be asked about."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def one(self, sql: str) -> str:
        """The first value; empty where there is none."""
        with closing(sqlite3.connect(self.path)) as connection:
            row = connection.execute(sql).fetchone()
        return "" if row is None else str(row[0])


def pages(site: Site, path: Path) -> Iterator[Page]:
    """Every page that is timed, those that this version has."""
    facts = Facts(path)
    database = next(name for name in site.datasette.databases if name != "_internal")
    has_desk = any("review" in pattern for pattern, _ in web.register_routes())
    most_quoted = facts.one(
        "SELECT speaker_id FROM quotations WHERE speaker_id IS NOT NULL GROUP BY speaker_id ORDER BY count(*) DESC"
    )
    document = facts.one("SELECT document_id FROM quotations GROUP BY document_id ORDER BY count(*) DESC LIMIT 1")
    claim = facts.one("SELECT claim_id FROM claim_relations GROUP BY claim_id ORDER BY count(*) DESC LIMIT 1")
    question = facts.one("SELECT question_id FROM claims GROUP BY question_id ORDER BY count(*) DESC LIMIT 1")
    rare = facts.one("SELECT speaker_id FROM quotations WHERE speaker_id IS NOT NULL ORDER BY rowid DESC LIMIT 1")
    outlet = facts.one("SELECT outlet FROM documents WHERE outlet IS NOT NULL ORDER BY rowid LIMIT 1")
    yield Page("home", "/")
    yield Page("document, the longest", f"/-/document/{document}")
    yield Page("document, as reviewer", f"/-/document/{document}", signed_in=True)
    yield Page("claim, the most related", f"/-/claim/{claim}")
    yield Page("claim, as reviewer", f"/-/claim/{claim}", signed_in=True)
    if any("question" in pattern for pattern, _ in web.register_routes()):
        yield Page("question, most answers", f"/-/question/{question}")
    yield Page("speaker, the most quoted", f"/-/speaker/{most_quoted}")
    yield Page("speaker, another", f"/-/speaker/{rare}")
    if has_desk:
        yield from _desk(outlet, most_quoted)
    yield Page("judge", "/-/judge", signed_in=True)
    yield Page("judge, the most quoted", f"/-/judge?speaker={most_quoted}", signed_in=True)
    yield Page("find: a rare word", f"/-/find?{urlencode({'q': outlet.split(' ')[0] + ' kiosk'})}")
    yield Page("find: a frequent word", "/-/find?q=said", is_list=True)
    metadata: dict[str, Any] = site.datasette.metadata()["databases"][database]
    with closing(sqlite3.connect(path)) as connection:
        views = [
            row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'view' ORDER BY name")
        ]
    for name in ("quotations", "claims", "documents", "speakers", *views):
        yield Page(f"list: {name}", f"/{database}/{name}", is_list=True)
    given = {"speaker": "Ada", "words": "bridge", "unit": "home", "outlet": outlet, "direction": "down"}
    for name, query in metadata.get("queries", {}).items():
        parameters = urlencode({each: given[each] for each in query.get("params", [])})
        yield Page(f"query: {name}", f"/{database}/{name}?{parameters}", is_list=True)


def _desk(outlet: str, speaker: str) -> Iterator[Page]:
    filters = {
        "": {},
        ", outlet": {"outlet": outlet},
        ", speaker": {"speaker": speaker},
        ", days": {"since": "2024-01-01"},
    }
    for queue in ("claims", "quotations", "drafts"):
        for words, values in filters.items():
            address = f"/-/review?{urlencode({'queue': queue, **values})}"
            yield Page(f"review {queue}{words}", address, signed_in=True)
    for words, query in {"": "", ", by one": "?by=ada", ", of a kind": "?action=reject"}.items():
        yield Page(f"decisions{words}", f"/-/decisions{query}", signed_in=True)


async def time_page(site: Site, page: Page, turns: int) -> Timing:
    """One page, cold and then warm."""
    client = site.datasette.client
    cookies = {"ds_actor": site.datasette.sign({"a": REVIEWER}, "actor")} if page.signed_in else {}
    spent = []
    for _ in range(turns + 1):
        start = time.perf_counter()
        answer = await client.get(page.path, cookies=cookies)
        spent.append((time.perf_counter() - start) * 1_000)
        if page.is_list and spent[-1] > 1_000 and len(spent) > 3:
            break
    return Timing(page, answer.status_code, spent[0], statistics.median(spent[1:]), max(spent[1:]))


async def time_decisions(site: Site, turns: int) -> Timing | None:
    """Decisions on what the queue shows, each form posted as it came; None without a review desk."""
    if not any("decide" in pattern for pattern, _ in web.register_routes()):
        return None
    client, ds = site.datasette.client, site.datasette
    cookies = {"ds_actor": ds.sign({"a": REVIEWER}, "actor")}
    page = Page("a decision, stored", "/-/review/decide", signed_in=True)
    spent = []
    for _ in range(turns + 1):
        shown = await client.get("/-/review", cookies=cookies)
        fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', shown.text))
        token = shown.cookies.get("ds_csrftoken") or cookies.get("ds_csrftoken", "")
        cookies["ds_csrftoken"] = token
        start = time.perf_counter()
        form = {**fields, "action": "accept", "csrftoken": token}
        answer = await client.post(page.path, data=form, cookies=cookies)
        spent.append((time.perf_counter() - start) * 1_000)
    return Timing(page, answer.status_code, spent[0], statistics.median(spent[1:]), max(spent[1:]))


async def time_site(path: Path, turns: int, only: str) -> list[Timing]:
    """All pages of a database."""
    site = build_site(path)
    await site.datasette.invoke_startup()
    timings = []
    for page in pages(site, path):
        if only in page.name:
            timings.append(await time_page(site, page, turns))
            click.echo(f"{timings[-1].median:8.1f} ms  {page.name}", err=True)
    if only in "a decision":
        decided = await time_decisions(site, turns)
        timings += [decided] if decided else []
    return timings


def too_slow(timing: Timing, limit: float) -> bool:
    """Whether a page misses its limit, or fails; `limit` is that of pages of our own, in milliseconds."""
    return timing.status not in {200, 302} or timing.median > (LIST_LIMIT if timing.page.is_list else limit)


def table(title: str, timings: list[Timing], limit: float) -> str:
    """A Markdown table."""
    lines = [
        f"{title}; limit {limit:.0f} ms, of lists {LIST_LIMIT:.0f} ms",
        "",
        "| page | median ms | worst ms | cold ms | |",
        "|---|---|---|---|---|",
    ]
    for timing in timings:
        state = f"status {timing.status}" if timing.status not in {200, 302} else "too slow"
        note = state if too_slow(timing, limit) else "list" if timing.page.is_list else ""
        numbers = f"{timing.median:.1f} | {timing.worst:.1f} | {timing.cold:.1f}"
        lines.append(f"| {timing.page.name} | {numbers} | {note} |")
    return "\n".join(lines)


@click.command()
@click.argument("database", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--limit", type=float, default=50, show_default=True, help="Milliseconds of the median.")
@click.option("--turns", type=click.IntRange(min=1), default=TURNS, show_default=True)
@click.option("--only", default="", help="Pages with these words in their name.")
def main(*, database: Path, limit: float, turns: int, only: str) -> None:
    """Time the pages of DATABASE; decisions are stored in a copy of it."""
    with tempfile.TemporaryDirectory(dir=database.resolve().parent) as folder:
        copy = Path(shutil.copy(database, Path(folder) / "quotes.db"))
        timings = asyncio.run(time_site(copy, turns, only))
    click.echo(table(f"{database.name}: {database.stat().st_size / 1e6:,.0f} MB", timings, limit))
    if slow := [timing.page.name for timing in timings if too_slow(timing, limit)]:
        raise click.ClickException(f"too slow or failed: {'; '.join(slow)}")


if __name__ == "__main__":
    main()
