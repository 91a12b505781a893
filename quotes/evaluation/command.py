"""`quotes evaluate`: score predictions, or the tracker itself, against annotated articles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from quotes.errors import InputError, QuotesError
from quotes.evaluation.evaluating import Scope, compare, mismatches, score, score_outlets
from quotes.evaluation.heads import get_heads
from quotes.evaluation.polnear import GoldDocument, read_gold, read_outlets
from quotes.evaluation.predictions import Predictions, predict, read_predictions, write_predictions
from quotes.evaluation.report import report

_EXISTING = click.Path(exists=True, dir_okay=False, allow_dash=True)
_NEW = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("gold", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--format", "form", type=click.Choice(["polnear"]), default="polnear", help="How GOLD is annotated.")
@click.option("--pred", metavar="FILE", type=_EXISTING, help="Predictions to score, JSON lines; - is standard input.")
@click.option("--scope", type=click.Choice(["all", "speech"]), default="all", help="Score all, or speech only.")
@click.option("--boot", metavar="N", type=click.IntRange(min=0), default=0, help="Resamples for 95 % intervals.")
@click.option("--heads", metavar="FILE", type=_NEW, help="Heads of gold sources: read, or found and written there.")
@click.option("--slices", is_flag=True, help="Add recall by kind of gold.")
@click.option("--by-outlet", is_flag=True, help="Add figures by outlet, from metadata.tsv beside GOLD.")
@click.option("--table", is_flag=True, help="Print Markdown tables instead of JSON.")
@click.option("--save-predictions", metavar="FILE", type=_NEW, help="Write what the tracker found, JSON lines.")
@click.option("--model", metavar="NAME", help="The spaCy pipeline to run, and to find heads with.")
def evaluate(
    *,
    gold: Path,
    form: str,
    pred: str | None,
    scope: Scope,
    boot: int,
    heads: Path | None,
    model: str | None,
    save_predictions: Path | None,
    slices: bool,
    by_outlet: bool,
    table: bool,
) -> None:
    """Score quotations and their sources against annotated articles, as JSON.

    GOLD is a folder with text/ and attributions/ (PolNeAR's brat files).  Without --pred the texts
    are run through the tracker.

    Example: quotes evaluate polnear/dev --scope speech --boot 500 --table
    """
    del form  # one so far; the option is there so that scripts need not change when there are more
    try:
        documents = read_gold(gold)
        outlets = read_outlets(gold) if by_outlet else {}
        known_heads = get_heads(documents, heads, model)
        predictions = _predictions(documents, pred, model)
        if save_predictions:
            _save(predictions, save_predictions)
        for warning in mismatches(documents, predictions):
            click.echo(f"warning: {warning}", err=True)
        compared = compare(documents, predictions, known_heads)
    except QuotesError as error:
        raise click.ClickException(str(error)) from error
    payload = score(compared, scope=scope, boot=boot, slices=slices)
    if by_outlet:
        payload["outlets"] = score_outlets(compared, outlets, scope)
    click.echo(_shown(payload, gold, pred, table=table))


def _predictions(documents: dict[str, GoldDocument], pred: str | None, model: str | None) -> Predictions:
    if pred:
        return _read(pred)
    from quotes.language import load

    return predict({document_id: document.text for document_id, document in documents.items()}, load(model))


def _read(pred: str) -> Predictions:
    name = "standard input" if pred == "-" else pred
    try:
        with click.open_file(pred, encoding="utf-8") as lines:
            return read_predictions(name, lines)
    except UnicodeDecodeError as error:
        raise InputError(name, f"is not UTF-8 ({error.reason}): write JSON lines in UTF-8") from error


def _save(predictions: Predictions, path: Path) -> None:
    try:
        with path.open("w", encoding="utf-8") as target:
            write_predictions(predictions, target)
    except OSError as error:
        raise InputError(str(path), f"cannot be written ({error.strerror}): name another file") from error


def _shown(payload: dict[str, Any], gold: Path, pred: str | None, *, table: bool) -> str:
    if not table:
        return json.dumps(payload, indent=1)
    return report(payload, f"{Path(pred).name if pred else 'tracker'}, {gold.name}")
