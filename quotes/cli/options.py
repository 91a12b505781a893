"""Options and arguments that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from spacy.language import Language

F = TypeVar("F", bound=Callable[..., Any])

DATABASE = click.Path(dir_okay=False, path_type=Path)


def database_argument(command: F) -> F:
    """The database, always the first argument."""
    return click.argument("database", metavar="DB", type=DATABASE)(command)


def inputs_argument(command: F) -> F:
    """Files, folders, patterns or - for standard input."""
    return click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)(command)


@dataclass(frozen=True, slots=True)
class PipelineChoice:
    """What reads the articles: a spaCy pipeline, and the rules or a tagger upon it."""

    model: str | None = None
    rules: bool = False
    tagger: str | None = None

    def load(self) -> Language:
        """Load it; nothing before needs spaCy."""
        from quotes.language import load

        return load(self.model, rules=self.rules, tagger=self.tagger)


def pipeline_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--model`, `--rules` and `--tagger`, handed over as one `pipeline`."""

    @click.option(
        "--model",
        metavar="NAME",
        help="An installed English spaCy pipeline; QUOTES_MODEL sets it for all commands.",
    )
    @click.option("--rules", is_flag=True, help="Find quotations by rules alone, without the trained tagger.")
    @click.option(
        "--tagger",
        metavar="FOLDER",
        type=click.Path(exists=True, file_okay=False),
        help="A tagger made by quotes train; QUOTES_TAGGER sets it for all commands.",
    )
    @wraps(command)
    def with_pipeline(*args: object, model: str | None, rules: bool, tagger: str | None, **kwargs: object) -> object:
        if rules and tagger:
            raise click.UsageError("--rules leaves the tagger out: give one of --rules and --tagger")
        return command(*args, pipeline=PipelineChoice(model, rules, tagger), **kwargs)

    return with_pipeline


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
