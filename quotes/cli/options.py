"""Options and arguments that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

DATABASE = click.Path(dir_okay=False, path_type=Path)


def database_argument(command: F) -> F:
    """The database, always the first argument."""
    return click.argument("database", metavar="DB", type=DATABASE)(command)


def inputs_argument(command: F) -> F:
    """Files, folders, patterns or - for standard input."""
    return click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)(command)


def model_option(command: F) -> F:
    """The language pipeline to use."""
    return click.option(
        "--model",
        metavar="NAME",
        help="An installed English spaCy pipeline; QUOTES_MODEL sets it for all commands.",
    )(command)


class DatabaseGroup(click.Group):
    """A group whose first argument is the database; its own options may follow it.

    `quotes claims news.db --limit 5` and `quotes claims news.db show ID` both work.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        cut = next((i for i, arg in enumerate(args) if i and arg in self.commands), len(args))
        if cut < len(args):
            return super().parse_args(ctx, args)
        ctx.allow_interspersed_args = True
        return super().parse_args(ctx, args)
