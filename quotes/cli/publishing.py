"""`quotes publish`: the copy of a database that may be given away."""

from __future__ import annotations

from pathlib import Path

import click

from quotes.cli.options import DATABASE, database_argument
from quotes.export.publishing import Texts
from quotes.export.publishing import publish as write_public_copy
from quotes.store import Store


@click.command()
@database_argument
@click.argument("out", metavar="OUT", type=DATABASE)
@click.option("--force", is_flag=True, help="Write over OUT.")
@click.option(
    "--excerpts", is_flag=True, help="Of each article only what is quoted or claimed; the rest is left blank."
)
@click.option(
    "--whole",
    "free_licences",
    metavar="LICENCE",
    multiple=True,
    help="With --excerpts: articles under this licence stay whole (as in documents.licence; may be repeated).",
)
def publish(database: Path, out: Path, *, force: bool, excerpts: bool, free_licences: tuple[str, ...]) -> None:
    """Make the copy for the public: what was found and published verdicts, nobody's name, note or draft.

    OUT is whole or not there, and one file: serve it with quotes serve, or datasette -i.

    Example: quotes publish news.db public.db --excerpts
    """
    if free_licences and not excerpts:
        raise click.UsageError("--whole says which articles --excerpts leaves whole: give --excerpts too")
    with Store.open(database, create=False):
        pass  # brings an older database up to date first
    counts = write_public_copy(database, out, Texts(excerpts=excerpts, free_licences=free_licences), force=force)
    parts = ", ".join(f"{counts[table]:,} {table}" for table in ("documents", "quotations", "claims", "verdicts"))
    click.echo(f"{out}: {parts}; no names, notes or drafts")
