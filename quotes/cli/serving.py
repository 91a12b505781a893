"""`quotes serve` and `quotes backup`."""

from __future__ import annotations

import webbrowser
from contextlib import suppress
from pathlib import Path

import click

from quotes.cli.options import DATABASE, database_argument
from quotes.store import Store

DEFAULT_PORT = 8001


@click.command()
@database_argument
@click.option("--port", type=click.IntRange(0, 65535), default=DEFAULT_PORT, show_default=True, help="0: any free one.")
@click.option("--reviewer", metavar="NAME", help="Sign NAME in on this machine, through a link that works once.")
@click.option("--open", "open_browser", is_flag=True, help="Open the site in a browser.")
def serve(database: Path, port: int, reviewer: str | None, open_browser: bool) -> None:
    """Serve a database as a site on this machine.

    Example: quotes serve news.db --reviewer "Ada" --open
    """
    from quotes.web.serve import serve as serve_site

    with Store.open(database, create=False):
        pass  # brings an older database up to date, or says why it cannot be served

    def announce(address: str) -> None:
        click.echo(f"Serving {database} at {address} (stop with Ctrl-C)")
        if reviewer:
            click.echo(f"The link signs in {reviewer}; it works once.")
        if open_browser:
            _open(address)

    serve_site(database, port=port, reviewer=reviewer, announce=announce)


def _open(address: str) -> None:
    """Open a browser where there is one; a server without a screen has none, and the address is printed."""
    with suppress(webbrowser.Error):
        webbrowser.get().open(address)


@click.command()
@database_argument
@click.argument("out", type=DATABASE)
def backup(database: Path, out: Path) -> None:
    """Copy a database that may be in use; OUT is whole or not there.

    Example: quotes backup news.db news-backup.db
    """
    with Store.open(database, create=False) as store:
        store.backup(out)
    click.echo(f"{out}: a copy of {database}")
