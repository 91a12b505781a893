"""`quotes extract`: inputs to standard output, no database."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quotes.cli.options import PipelineChoice, inputs_argument, pipeline_options
from quotes.cli.speakers import read_known
from quotes.errors import InputError
from quotes.models import Document, Extraction
from quotes.reading import read_all

if TYPE_CHECKING:
    from quotes.identity.roster import Known


@click.command()
@inputs_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl", "html"]),
    default="table",
    show_default=True,
    help="Tables to read, one JSON record a document, or a page with the articles highlighted.",
)
@click.option("--speakers", "roster", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Speakers known beforehand (docs/roster.md).")  # fmt: skip
@pipeline_options
def extract(inputs: tuple[str, ...], form: str, roster: Path | None, pipeline: PipelineChoice) -> None:
    """Find quotations, speakers and claims and print them; nothing is stored.

    Example: quotes extract article.txt --format jsonl | jq .quotations
    """
    extractor = _Extractor(pipeline, read_known(roster) if roster else ())
    for line in _FORMATS[form](extractor.extract(inputs)):
        click.echo(line)
    if extractor.failed:
        raise click.exceptions.Exit(1)


class _Extractor:
    """Reads, extracts, and names on standard error what failed."""

    def __init__(self, pipeline: PipelineChoice, roster: Iterable[Known] = ()) -> None:
        self.pipeline = pipeline
        self.roster = roster
        self.failed = 0

    def extract(self, inputs: tuple[str, ...]) -> Iterator[Extraction]:
        pending = self._documents(inputs)
        first = next(pending, None)
        if first is None:
            return
        from itertools import chain

        from quotes.speakers.component import introduce
        from quotes.tracker import Failed, track

        nlp = self.pipeline.load()
        introduce(nlp, (known.told() for known in self.roster))
        for result in track(chain([first], pending), nlp):
            if isinstance(result, Failed):
                self._fail(InputError(result.document.input, result.message))
            else:
                yield result

    def _documents(self, inputs: tuple[str, ...]) -> Iterator[Document]:
        for item in read_all(inputs, sys.stdin.buffer):
            if isinstance(item, InputError):
                self._fail(item)
            else:
                yield item

    def _fail(self, error: InputError) -> None:
        self.failed += 1
        click.echo(f"quotes: {error}", err=True)


def _as_jsonl(extractions: Iterator[Extraction]) -> Iterator[str]:
    from quotes.records import to_record

    return (json.dumps(to_record(extraction), ensure_ascii=False) for extraction in extractions)


def _as_tables(extractions: Iterator[Extraction]) -> Iterator[str]:
    from quotes.cli.tables import extraction_tables

    return map(extraction_tables, extractions)


def _as_page(extractions: Iterator[Extraction]) -> Iterator[str]:
    from quotes.cli.page import extraction_page

    return extraction_page(extractions)


_FORMATS: dict[str, Callable[[Iterator[Extraction]], Iterator[str]]] = {
    "jsonl": _as_jsonl,
    "table": _as_tables,
    "html": _as_page,
}
