"""`quotes evaluate`: score predictions, or the tracker itself, against annotated articles."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click
from click.core import ParameterSource

from quotes.errors import InputError, QuotesError
from quotes.evaluation.acts import act_accuracy, read_acts, read_texts
from quotes.evaluation.calibration import calibration as calibrate
from quotes.evaluation.claims import claim_scores
from quotes.evaluation.claims_items import check_offsets, predict_claims, read_claims, read_predicted
from quotes.evaluation.evaluating import Compared, Scope, compare, in_scope, mismatches, score, score_outlets
from quotes.evaluation.heads import get_heads
from quotes.evaluation.identities import evaluate_identities
from quotes.evaluation.newsquant import newsquant_scores, read_sentences
from quotes.evaluation.polnear import read_gold, read_headings, read_outlets
from quotes.evaluation.predictions import Predictions, predict, read_predictions, write_predictions
from quotes.evaluation.report import (
    act_report,
    claim_report,
    figure_report,
    identity_report,
    report,
    speaker_report,
    worthiness_report,
)
from quotes.evaluation.speakers import identity, judge, read_speakers

if TYPE_CHECKING:
    from spacy.language import Language

T = TypeVar("T")
_EXISTING = click.Path(exists=True, dir_okay=False, allow_dash=True)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_NEW = click.Path(dir_okay=False, path_type=Path)
_WITH_TEXTS = frozenset({"texts"})
_FOR_ATTRIBUTIONS = frozenset({"scope", "boot", "heads", "slices", "by_outlet", "calibration", "errors"})
_FOR_DOCUMENTS = _FOR_ATTRIBUTIONS | _WITH_TEXTS | {"pred", "save_predictions"}
_USELESS = {
    "polnear": _WITH_TEXTS,
    "identities": _FOR_DOCUMENTS,
    "newsquant": _FOR_DOCUMENTS | {"rules", "tagger"},
    "checkworthy": _FOR_DOCUMENTS | {"rules", "tagger"},
    "claims": (_FOR_ATTRIBUTIONS - {"boot"}) | {"save_predictions"},
}
_FORMATS = click.Choice(["polnear", "acts", "speakers", "claims", "identities", "newsquant", "checkworthy"])


@click.command()
@click.argument("gold", type=click.Path(exists=True, path_type=Path))
@click.option("--format", "form", type=_FORMATS, default="polnear", show_default=True, help="How GOLD is annotated.")
@click.option("--texts", metavar="FOLDER", type=_FOLDER, help="Holds text/, the texts that GOLD is of.")
@click.option("--pred", metavar="FILE", type=_EXISTING, help="Predictions to score, JSON lines; - is standard input.")
@click.option("--scope", type=click.Choice(["all", "speech"]), default="all", help="Score all, or speech only.")
@click.option("--boot", metavar="N", type=click.IntRange(min=0), default=0, help="Resamples for 95 % intervals.")
@click.option("--heads", metavar="FILE", type=_NEW, help="Heads of gold sources: read, or found and written there.")
@click.option("--slices", is_flag=True, help="Add recall by kind of gold.")
@click.option("--by-outlet", is_flag=True, help="Add figures by outlet and type, from metadata.tsv beside GOLD.")
@click.option("--calibration", is_flag=True, help="Add how far the scores of predictions can be believed.")
@click.option("--errors", metavar="FILE", type=_NEW, help="Write the errors in their context as an HTML page.")
@click.option("--table", is_flag=True, help="Print Markdown tables instead of JSON.")
@click.option("--save-predictions", metavar="FILE", type=_NEW, help="Write what the tracker found, JSON lines.")
@click.option("--model", metavar="NAME", help="The spaCy pipeline to run, and to find heads with.")
@click.option("--rules", is_flag=True, help="Run the rules alone, without the trained tagger.")
@click.option("--tagger", metavar="FOLDER", type=_FOLDER, help="Run a tagger made by quotes train.")
@click.pass_context
def evaluate(
    context: click.Context,
    *,
    gold: Path,
    form: str,
    texts: Path | None,
    pred: str | None,
    scope: Scope,
    boot: int,
    heads: Path | None,
    slices: bool,
    by_outlet: bool,
    calibration: bool,
    errors: Path | None,
    table: bool,
    save_predictions: Path | None,
    model: str | None,
    rules: bool,
    tagger: Path | None,
) -> None:
    """Score quotations and their sources against annotated articles, as JSON.

    GOLD is a folder with text/ and attributions/ (PolNeAR's brat files); for --format acts a JSON file,
    or a folder of them, that says which cues are speech, writing or thought; for --format speakers, who
    is the source of each content; for --format claims, which claims with which figures articles make
    (--pred is then what quotes extract --format jsonl prints); for --format identities a YAML file that
    says which names of several texts are one person; for --format newsquant a JSON list of sentences
    with their quantities, as NewsQuant has them; for --format checkworthy a JSON list of sentences
    labelled 1 (worth checking) or 0 (ClaimBuster), or a folder of labelled debates (CheckThat).
    Without --pred the texts are run through the tracker.

    Example: quotes evaluate polnear/dev --scope speech --boot 500 --table
    """
    _check_usage(context, form)
    title = f"{Path(pred).name if pred else 'tracker'}, {gold.name}"
    predictor = Predictor(pred, save_predictions, model, rules, tagger)
    wanted = Wanted(scope, boot, slices, by_outlet, calibration, errors, table)
    try:
        if form == "acts":
            payload, show = _score_acts(gold, texts, predictor), act_report
        elif form == "speakers":
            payload, show = _score_speakers(gold, texts, predictor), speaker_report
        elif form == "claims":
            payload, show = _score_claims(gold, texts, predictor, boot), claim_report
        elif form == "identities":
            payload, show = evaluate_identities(gold, predictor.load()), identity_report
        elif form == "newsquant":
            payload, show = _score_figures(gold, model), figure_report
        elif form == "checkworthy":
            payload, show = _score_worthiness(gold, predictor), worthiness_report
        else:
            payload, show = _score_attributions(gold, predictor, heads, wanted, title), report
    except QuotesError as error:
        raise click.ClickException(str(error)) from error
    click.echo(show(payload, title) if table else json.dumps(payload, indent=1))


class Wanted(NamedTuple):
    """What to say about attributions."""

    scope: Scope
    boot: int
    slices: bool
    by_outlet: bool
    calibration: bool
    errors: Path | None
    table: bool


class Predictor(NamedTuple):
    """Where predictions come from, a file or the tracker, and where they are kept."""

    pred: str | None
    save: Path | None
    model: str | None
    rules: bool
    tagger: Path | None

    def predict(self, texts: Mapping[str, str]) -> Predictions:
        """Predictions for texts (document id → text)."""
        predictions = _read(self.pred, read_predictions) if self.pred else self._track(texts)
        if self.save:
            _save(predictions, self.save)
        return predictions

    def _track(self, texts: Mapping[str, str]) -> Predictions:
        return predict(texts, self.load())

    def load(self) -> Language:
        """The pipeline that is scored."""
        from quotes.language import load

        return load(self.model, rules=self.rules, tagger=str(self.tagger) if self.tagger else None)

    def load_bare(self) -> Language:
        """The English pipeline alone, for what needs no quotations."""
        from quotes.language import load_bare

        return load_bare(self.model)


def _check_usage(context: click.Context, form: str) -> None:
    given = {name for name in context.params if context.get_parameter_source(name) is ParameterSource.COMMANDLINE}
    useless = given & _USELESS.get(form, _FOR_ATTRIBUTIONS)
    if useless:
        option = min(useless).replace("_", "-")
        raise click.UsageError(f"--{option} says nothing with --format {form}: leave it out", context)
    if {"rules", "tagger"} <= given:
        raise click.UsageError("--rules leaves the tagger out: give one of --rules and --tagger", context)
    if form == "acts" and not given & {"texts", "pred"}:
        raise click.UsageError("--format acts needs --texts (the folder that holds text/) or --pred", context)
    if form in {"speakers", "claims"} and "texts" not in given:
        raise click.UsageError(f"--format {form} needs --texts: the folder that holds text/", context)


def _score_acts(gold: Path, texts: Path | None, predictor: Predictor) -> dict[str, Any]:
    items = read_acts(gold)
    return act_accuracy(
        items, predictor.predict(read_texts(texts, {item.document_id for item in items}) if texts else {})
    )


def _score_speakers(gold: Path, texts: Path | None, predictor: Predictor) -> dict[str, Any]:
    items = read_speakers(gold)
    read = read_texts(texts, {item.document_id for item in items}) if texts else {}
    return identity(*judge(items, predictor.predict(read), read))


def _score_claims(gold: Path, texts: Path | None, predictor: Predictor, boot: int) -> dict[str, Any]:
    documents = read_claims(gold)
    read = read_texts(texts, {document.document_id for document in documents}) if texts else {}
    check_offsets(documents, read)
    predicted = _read(predictor.pred, read_predicted) if predictor.pred else predict_claims(read, predictor.load())
    _warn(mismatches(read, predicted))
    return claim_scores(documents, predicted, read, boot)


def _score_figures(gold: Path, model: str | None) -> dict[str, Any]:
    # Scoring alone needs no parser.
    from quotes.evaluation.newsquant_items import find_items
    from quotes.language import load

    sentences = read_sentences(gold)
    return newsquant_scores(sentences, find_items((s.text for s in sentences), load(model, rules=True)))


def _score_worthiness(gold: Path, predictor: Predictor) -> dict[str, Any]:
    # The claims stage loads spaCy, which no other command needs to start.
    from quotes.evaluation.checkworthy import evaluate_worthiness

    return evaluate_worthiness(gold, predictor.load_bare())


def _score_attributions(
    gold: Path, predictor: Predictor, heads: Path | None, wanted: Wanted, title: str
) -> dict[str, Any]:
    documents = read_gold(gold)
    outlets = read_outlets(gold) if wanted.by_outlet else {}
    known_heads = get_heads(documents, heads, predictor.model)
    predictions = predictor.predict({name: document.text for name, document in documents.items()})
    _warn(mismatches(documents, predictions))
    compared = compare(documents, predictions, known_heads)
    payload = _payload(compared, outlets, wanted)
    if wanted.errors:
        _write_errors(wanted.errors, compared, gold, wanted.scope, title)
    return payload


def _payload(compared: list[Compared], outlets: Mapping[str, str], wanted: Wanted) -> dict[str, Any]:
    # The plain JSON is that of the reference scorer; tables and what is asked for may say more.
    unlinked = wanted.by_outlet or wanted.table
    payload = score(compared, scope=wanted.scope, boot=wanted.boot, slices=wanted.slices, unlinked=unlinked)
    if wanted.by_outlet:
        payload["outlets"] = score_outlets(compared, outlets, wanted.scope, wanted.boot)
    if wanted.calibration:
        payload["calibration"] = calibrate(compared, wanted.scope)
    return payload


def _write_errors(path: Path, compared: list[Compared], gold: Path, scope: Scope, title: str) -> None:
    # Scoring alone needs no templates.
    from quotes.evaluation.errors_page import write_errors

    scoped = [in_scope(document, scope) for document in compared]
    write_errors(path, scoped, read_headings(gold), f"{title}, scope {scope}")


def _warn(warnings: Iterable[str]) -> None:
    for warning in warnings:
        click.echo(f"warning: {warning}", err=True)


def _read(pred: str, reader: Callable[[str, Iterable[str]], T]) -> T:
    name = "standard input" if pred == "-" else pred
    try:
        with click.open_file(pred, encoding="utf-8") as lines:
            return reader(name, lines)
    except UnicodeDecodeError as error:
        raise InputError(name, f"is not UTF-8 ({error.reason}): write JSON lines in UTF-8") from error


def _save(predictions: Predictions, path: Path) -> None:
    try:
        with path.open("w", encoding="utf-8") as target:
            write_predictions(predictions, target)
    except OSError as error:
        raise InputError(str(path), f"cannot be written ({error.strerror}): name another file") from error
