"""The `quotes` command and its sub-commands."""

from __future__ import annotations

import sys

import click

import quotes
from quotes.cli.adding import add, retry
from quotes.cli.exporting import export
from quotes.cli.extracting import extract
from quotes.cli.factchecks import accept, import_fact_checks, match, reject
from quotes.cli.listing import claims
from quotes.cli.publishing import publish
from quotes.cli.questions import different, same, unsure
from quotes.cli.serving import backup, serve
from quotes.cli.speakers import speakers
from quotes.cli.status import status
from quotes.cli.training import train
from quotes.errors import QuotesError
from quotes.evaluation.command import evaluate


class OneLineErrors(click.Group):
    """A group whose commands end with one line and exit code 1 when a user can mend what went wrong."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except QuotesError as error:
            raise click.ClickException(str(error)) from error
        except BrokenPipeError:
            # The reader of our output has gone (quotes extract … | head): nothing is wrong.
            sys.stderr.close()
            ctx.exit(0)


@click.group(cls=OneLineErrors, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(quotes.__version__, prog_name="quotes")
def main() -> None:
    """Who said what, where, and which of it can be checked.

    Find quotations, their speakers and checkable claims in English news, keep them in SQLite and
    browse them in Datasette.

    Example: quotes add news.db articles/ && quotes serve news.db --open
    """


for command in (import_fact_checks, match, accept, reject, same, different, unsure):
    claims.add_command(command)
for command in (add, extract, serve, speakers, claims, status, retry, backup, export, publish, evaluate, train):
    main.add_command(command)
