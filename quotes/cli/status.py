"""`quotes status`: what is in a database, which runs made it, what failed."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from quotes.cli.options import database_argument
from quotes.cli.tables import table
from quotes.store import Store


@click.command()
@database_argument
@click.option("--verify", is_flag=True, help="Check that every stored span equals its words, and more.")
def status(database: Path, verify: bool) -> None:
    """What a database holds, the runs that made it, and the inputs that failed.

    Example: quotes status news.db --verify
    """
    with Store.open(database, create=False) as store:
        counts, runs, failures = store.counts(), store.runs(), store.failures()
        problems = store.verify() if verify else []
    click.echo(table(str(database), ("what", "rows"), asdict(counts).items()))
    columns = ("started", "version", "documents", "model")
    rows = [(run.started_at, run.version, run.documents, f"{run.model} {run.model_version}") for run in runs]
    click.echo(table("Runs", columns, rows))
    if failures:
        failed = [(f.input, f.stage, f.attempts, f.message) for f in failures]
        click.echo(table("Failed; try again with: quotes retry", ("input", "stage", "tries", "problem"), failed))
    if verify:
        for problem in problems:
            click.echo(f"quotes: {problem}", err=True)
        click.echo(f"{len(problems)} problems found")
    if problems:
        raise click.exceptions.Exit(1)
