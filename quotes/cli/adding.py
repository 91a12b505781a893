"""`quotes add` and `quotes retry`: inputs into the database, each document by itself."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

import click

from quotes.cli.options import PipelineChoice, database_argument, inputs_argument, pipeline_options
from quotes.cli.speakers import read_known
from quotes.errors import InputError
from quotes.models import Document
from quotes.reading import read_all
from quotes.store import Store

if TYPE_CHECKING:
    from quotes.store.store import Stage


class Progress(Protocol):
    """What is told after every document."""

    def update(self, n: int) -> object: ...


@dataclass(slots=True)
class Adding:
    """One `add`: reads lazily, skips what is stored, and counts what became of every input."""

    store: Store
    pipeline: PipelineChoice = field(default_factory=PipelineChoice)
    again: bool = False
    tally: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("added", "updated", "unchanged", "failed"), 0))
    seen: set[str] = field(default_factory=set)

    def add(self, inputs: Iterable[str], stdin: BinaryIO, progress: Progress) -> None:
        """Store everything the inputs name; failures are recorded and named, and the rest goes on."""
        pending = self._pending(inputs, stdin, progress)
        first = next(pending, None)
        if first is None:
            return  # nothing new: the model need not be loaded
        from quotes.comparison import question_of, relate
        from quotes.speakers.component import introduce
        from quotes.tracker import Failed, make_run, track

        nlp = self.pipeline.load()
        introduce(nlp, self.store.known_speakers())
        run = make_run(nlp, self.pipeline.model)
        for result in track(chain([first], pending), nlp):
            if isinstance(result, Failed):
                self._fail(InputError(result.document.input, result.message), "extraction")
            else:
                try:
                    self.tally[self.store.save(result, run, again=self.again)] += 1
                except InputError as error:
                    self._fail(error, "storing")
            progress.update(1)
        self.store.settle_speakers()
        self.store.compare_claims(question_of, relate)
        self.store.optimise()

    def _pending(self, inputs: Iterable[str], stdin: BinaryIO, progress: Progress) -> Iterator[Document]:
        """The documents that have to be extracted."""
        for item in read_all(inputs, stdin):
            if isinstance(item, InputError):
                self._fail(item, "reading")
                progress.update(1)
            elif item.id in self.seen or (not self.again and self.store.is_stored(item)):
                self.store.clear_failure(item.input)
                self.tally["unchanged"] += 1
                progress.update(1)
            else:
                self.seen.add(item.id)
                yield item

    def _fail(self, error: InputError, stage: Stage) -> None:
        self.store.record_failure(error.name, stage, error.problem)
        self.tally["failed"] += 1
        click.echo(f"quotes: {error}", err=True)


@click.command()
@database_argument
@inputs_argument
@click.option("--again", is_flag=True, help="Extract what is stored once more; reviews stay with what they are about.")
@click.option("--speakers", "roster", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Load speakers known beforehand first (docs/roster.md).")  # fmt: skip
@pipeline_options
def add(database: Path, inputs: tuple[str, ...], again: bool, roster: Path | None, pipeline: PipelineChoice) -> None:
    """Read articles and store their quotations, speakers and claims.

    INPUT is a file (.txt, .md with front matter), a folder, a quoted pattern, or - for standard
    input.  What is stored unchanged is skipped.  A broken input is named, recorded and passed over.

    Example: quotes add news.db articles/ "archive/2025-*/*.txt"
    """
    known = read_known(roster) if roster else ()
    with Store.open(database) as store:
        if known:
            store.load_roster(known)
        failed = _run(Adding(store, pipeline, again), inputs)
    if failed:
        raise click.exceptions.Exit(1)


@click.command()
@database_argument
@pipeline_options
def retry(database: Path, pipeline: PipelineChoice) -> None:
    """Try again what failed, as recorded in the database.

    Example: quotes retry news.db
    """
    with Store.open(database) as store:
        inputs = [failure.input for failure in store.failures() if failure.input != "-"]
        if not inputs:
            click.echo("nothing failed")
            return
        failed = _run(Adding(store, pipeline), inputs)
    if failed:
        raise click.exceptions.Exit(1)


def _run(adding: Adding, inputs: Iterable[str]) -> int:
    """Add with a progress bar, print the summary, and return how many failed."""
    with _progress() as progress:
        adding.add(inputs, sys.stdin.buffer, progress)
    tally, counts = adding.tally, adding.store.counts()
    click.echo(
        f"{tally['added']} added, {tally['updated']} updated, {tally['unchanged']} unchanged, "
        f"{tally['failed']} failed; "
        f"{adding.store.path} now holds {counts.documents} documents, {counts.quotations} quotations "
        f"({counts.attributed} with a speaker), {counts.speakers} speakers, {counts.claims} claims"
    )
    return tally["failed"]


def _progress() -> AbstractContextManager[Progress]:
    from tqdm import tqdm

    # disable=None: a bar on a terminal only.
    return tqdm(unit=" documents", disable=None, leave=False)
