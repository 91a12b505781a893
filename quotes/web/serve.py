"""Serving a database on this machine: a Datasette with our settings and metadata, on a port of 127.0.0.1.

Everything can be had with `datasette quotes.db -m metadata.yml`, too; this adds a database of any name, limits on
what a query may cost, and the sign-in of a local reviewer.
"""

from __future__ import annotations

import asyncio
import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
import yaml
from datasette.app import Datasette
from datasette.plugins import pm

from quotes.errors import QuotesError, StoreError
from quotes.web.releases import arguments
from quotes.web.sign_in import invite
from quotes.web.site import OUR_TABLES

HOST = "127.0.0.1"
METADATA_KEY = "quotes"
"""The database's name in metadata.yml."""

PASSWORDS = "auth_passwords"
"""What datasette-auth-passwords is called among the plugins."""

SETTINGS: dict[str, Any] = {
    "default_page_size": 50,
    "max_returned_rows": 2_000,
    "sql_time_limit_ms": 2_000,
    # A facet of a million rows takes longer whatever its limit: the list should not wait for it.
    "facet_time_limit_ms": 100,
    "suggest_facets": False,
    "truncate_cells_html": 600,
    # The file holds reviewers' notes; `quotes publish` makes the copy that may be given away.
    "allow_download": False,
}


@dataclass(frozen=True, slots=True)
class Site:
    """A Datasette that is ready to be served, and where the local reviewer signs in (once), if there is one."""

    datasette: Datasette
    sign_in_path: str | None = None


def build_site(path: Path, *, reviewer: str | None = None) -> Site:
    """Datasette on one database; raises StoreError where there is no database of ours."""
    _check(path)
    _be_quiet_about_404s()
    datasette = Datasette([str(path)], settings=SETTINGS, **arguments(load_metadata(path.stem)))
    return Site(datasette, invite(datasette, reviewer) if reviewer else None)


def serve(path: Path, *, port: int, reviewer: str | None = None, announce: Callable[[str], None]) -> None:
    """Serve a database until interrupted; `announce` gets the address to open once the port is ours.

    Port 0 takes any free one.  Raises QuotesError when the port is taken, StoreError without a database.
    """
    site = build_site(path, reviewer=reviewer)
    with closing(_listen(port)) as listener:
        _offer_no_account_where_there_is_none()
        address = f"http://{HOST}:{listener.getsockname()[1]}"
        asyncio.run(_run(site.datasette, listener, lambda: announce(address + (site.sign_in_path or "/"))))


async def _run(datasette: Datasette, listener: socket.socket, ready: Callable[[], None]) -> None:
    await datasette.invoke_startup()
    config = uvicorn.Config(datasette.app(), log_level="warning", lifespan="on")
    ready()
    await uvicorn.Server(config).serve(sockets=[listener])


def load_metadata(database: str) -> dict[str, Any]:
    """metadata.yml, with its part about our database under the name this one has."""
    metadata: dict[str, Any] = yaml.safe_load(find_metadata().read_text(encoding="utf-8"))
    if METADATA_KEY in metadata.get("databases", {}):
        metadata["databases"][database] = metadata["databases"].pop(METADATA_KEY)
    return metadata


def find_metadata() -> Path:
    """metadata.yml: inside an installed package, else at the root of the checkout."""
    package = Path(__file__).resolve().parent.parent
    for path in (package / "metadata.yml", package.parent / "metadata.yml"):
        if path.is_file():
            return path
    raise StoreError("this installation of quotes lacks its metadata.yml: install quotes again")


def _offer_no_account_where_there_is_none() -> None:
    """Leave datasette-auth-passwords out, which offers “Log in” to everybody even if nobody has an account."""
    plugins = yaml.safe_load(find_metadata().read_text(encoding="utf-8")).get("plugins") or {}
    if "datasette-auth-passwords" not in plugins and pm.has_plugin(PASSWORDS):
        pm.unregister(name=PASSWORDS)


def _be_quiet_about_404s() -> None:
    # Imported here: Datasette registers it as a plugin only if nobody has imported it before datasette.app.
    from datasette import handle_exception

    # Where rich is installed (spaCy brings it), Datasette prints each exception with all local variables, cookies
    # among them: 200 lines for a mistyped address.  What is a defect of ours it prints without rich, too.
    handle_exception.rich = None


def _check(path: Path) -> None:
    if not path.is_file():
        raise StoreError(f"{path}: no such database; make one with: quotes add {path} INPUT…")
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.Error as error:
        raise StoreError(f"{path}: cannot be read as a database: {error}") from error
    if not tables >= OUR_TABLES:
        raise StoreError(f"{path}: not a database of quotes; make one with: quotes add NEW.db INPUT…")


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        # So that a browser that opens the announced address at once finds somebody there.
        listener.listen()
    except (OSError, OverflowError) as error:
        listener.close()
        raise QuotesError(f"port {port} of {HOST} cannot be used ({error}): choose another one with --port") from error
    return listener
