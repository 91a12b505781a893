"""One training run from corpus to model folder: what `quotes train` does.

In: a `Plan`.  Out: checkpoints and measurements in its folder, at the end `model/` there, which the tracker can use.
Invariant: asked again with the same plan it goes on where it was, and does nothing that is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
import transformers

from quotes.errors import InputError, ModelError
from quotes.quotations.tagger.inputs import Batch, stack
from quotes.training.assessing import Assessment, assess
from quotes.training.batches import even_batches
from quotes.training.calibrating import calibrate
from quotes.training.corpus import Progress, data_key, load_parser, prepare, read_corpora, split
from quotes.training.corrections import Corrections, read_corrections
from quotes.training.encoder import Encoder, find_encoder, load_pieces
from quotes.training.exporting import Difference
from quotes.training.fitting import Fitting, read_state
from quotes.training.folder import Card, write_folder
from quotes.training.ledger import MACHINE, MODEL, Ledger
from quotes.training.network import Tagger, from_encoder
from quotes.training.settings import Settings
from quotes.training.targets import Annotated, Prepared

Say = Callable[[str], None]
Stoppable = Callable[[], AbstractContextManager[Callable[[], bool]]]
"""While inside, calls tell whether somebody asked to stop."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to train on, where to, and how."""

    corpora: tuple[Path, ...]
    folder: Path
    settings: Settings = field(default_factory=Settings)
    databases: tuple[Path, ...] = ()
    database_weight: int = 2
    """How often an epoch shows the documents of databases."""
    encoder: Path | None = None
    model: str | None = None
    """The language pipeline."""
    share: float = 1.0
    held_out: int = 40
    device: str = "auto"
    small: bool = True
    """Whether the exported weights have 8 bits."""


@dataclass(frozen=True, slots=True)
class Data:
    """What a run learns from and is measured on."""

    train: dict[str, Prepared]
    reviewed: dict[str, Prepared]
    held: dict[str, Prepared]
    held_texts: dict[str, Annotated]
    corrections: Corrections
    key: str


def choose_device(asked: str) -> str:
    """The device to train on; ModelError where it is asked for and not there."""
    there = torch.cuda.is_available()
    if asked == "cuda" and not there:
        raise ModelError("--device cuda: torch sees no GPU here: take --device cpu, or install torch for your GPU")
    return "cuda" if there and asked != "cpu" else "cpu"


def train(
    plan: Plan, say: Say, progress: Progress, stoppable: Stoppable, *, restart: bool = False, only_export: bool = False
) -> Path:
    """Carry out a plan and return the model folder; raises Stopped when somebody asks for it while it fits."""
    device, ledger = choose_device(plan.device), Ledger(plan.folder)
    encoder = find_encoder(plan.encoder)
    ledger.open()
    if only_export and not ledger.averages():
        raise InputError(str(plan.folder), "holds no finished epoch to export: train first, without --export-only")
    data = read_data(plan, encoder, say, progress)
    if restart:  # only now, when nothing is wrong with what is to take its place
        ledger.forget()
    weight = plan.database_weight if data.reviewed else 0
    made_of: dict[str, str | int] = {"data": data.key, "encoder": encoder.sha256, "db_weight": weight}
    if not only_export or ledger.has_run():
        ledger.begin(plan.settings, made_of)
    # Whoever runs this need not know what the encoder's file holds beside the encoder.
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    torch.manual_seed(plan.settings.seed)
    network = from_encoder(encoder.folder, layers=plan.settings.layers)
    if not only_export:
        with stoppable() as stop:
            fit(plan, ledger, data, network, device, say, stop)
    return finish(plan, ledger, data, network.to("cpu"), encoder, say)


def read_data(plan: Plan, encoder: Encoder, say: Say, progress: Progress) -> Data:
    """The documents of a plan, ready for the network."""
    corrections = read_corrections(plan.databases)
    corpus = read_corpora(plan.corpora)
    train_names, held_names = split(corpus, plan.held_out, plan.share)
    if plan.databases:
        say(f"corrections: {corrections.summary()}")
    nlp, pieces = load_parser(plan.model), load_pieces(encoder.folder)
    maker = [str(nlp.meta.get(key, "")) for key in ("lang", "name", "version")]
    maker.append(encoder.tokenizer_sha256)

    def ready(documents: Mapping[str, Annotated]) -> tuple[dict[str, Prepared], str]:
        key = data_key(documents, *maker)
        cache = plan.folder / f"prepared-{key}.npz"
        if not documents:
            return {}, key
        return prepare(documents, nlp, pieces, cache, threads=plan.settings.threads, progress=progress), key

    known, key = ready({name: corpus[name] for name in (*train_names, *held_names)})
    reviewed, reviewed_key = ready(corrections.documents)
    say(f"{len(train_names)} documents to train on, {len(held_names)} kept back, {len(reviewed)} with corrections")
    return Data(
        {name: known[name] for name in train_names},
        reviewed,
        {name: known[name] for name in held_names},
        {name: corpus[name] for name in held_names},
        corrections,
        f"{key}-{len(held_names)}-{reviewed_key}" if reviewed else f"{key}-{len(held_names)}",
    )


def fit(
    plan: Plan, ledger: Ledger, data: Data, network: Tagger, device: str, say: Say, stop: Callable[[], bool]
) -> None:
    """Train the epochs that are left, measuring each on the documents kept back."""
    fitting = Fitting(
        network, data.train | data.reviewed, plan.folder, plan.settings, device,
        repeats=dict.fromkeys(data.reviewed, plan.database_weight),
    )  # fmt: skip
    if fitting.resume():
        say(f"going on after {fitting.epoch} epochs and {fitting.done} batches")
    for epoch in fitting.run(stop):
        measure(plan, ledger, data, network, [epoch], device, say)


def measure(
    plan: Plan, ledger: Ledger, data: Data, network: Tagger, epochs: Iterable[int], device: str, say: Say
) -> None:
    """Measure the averaged weights of epochs, say and record how good they are; the network keeps its own weights."""
    if not data.held:
        return
    own = {key: value.detach().clone() for key, value in network.state_dict().items()}
    for epoch in epochs:
        network.load_state_dict(read_state(ledger.averages()[epoch], device))
        found = assess(network, data.held, plan.settings, device)
        ledger.add_scores(epoch, asdict(found))
        say(f"epoch {epoch} of {plan.settings.epochs}: {found.line()}")
    network.load_state_dict(own)


def finish(plan: Plan, ledger: Ledger, data: Data, network: Tagger, encoder: Encoder, say: Say) -> Path:
    """Write the model folder from the best epoch: the one with the highest mean F1, the last of equals."""
    averages = ledger.averages()
    measure(plan, ledger, data, network, sorted(averages.keys() - ledger.scores().keys()), "cpu", say)
    scores = ledger.scores()
    best = max(averages, key=lambda epoch: (_mean(scores.get(epoch)), epoch))
    network.load_state_dict(read_state(averages[best], "cpu"))
    card = Card(
        {key: value for key, value in asdict(plan.settings).items() if key not in MACHINE},
        _training(plan, data, best),
        {"held_out": {key: round(value, 6) for key, value in scores.get(best, {}).items()}},
    )
    target = plan.folder / MODEL
    difference = write_folder(target, network, encoder, card, _batches(plan, data), small=plan.small)
    calibrate(target, data.held_texts, plan.model)
    say(f"epoch {best} exported to {target}{_told(difference)}")
    return target


def _mean(scores: Mapping[str, float] | None) -> float:
    return Assessment(**scores).mean if scores else 0.0


def _training(plan: Plan, data: Data, epoch: int) -> dict[str, Any]:
    return {
        # The folder above tells train of one corpus from train of another; more would be a machine's own paths.
        "corpora": ["/".join(path.resolve().parts[-2:]) for path in plan.corpora],
        "documents": len(data.train),
        "held_out": len(data.held),
        "share": plan.share,
        "corrections": {"documents": len(data.reviewed), "weight": plan.database_weight, **data.corrections.counts}
        if data.reviewed
        else None,
        "data": data.key,
        "epoch": epoch,
    }


def _batches(plan: Plan, data: Data) -> list[Batch]:
    batches = even_batches(data.held, size=plan.settings.batch, window=plan.settings.window)
    return [stack([(data.held[name][0], span) for name, span in windows]) for windows in batches]


def _told(difference: Difference | None) -> str:
    if difference is None:
        return ""
    return (
        f"; in 8 bits {100 * difference.same_labels:.2f} % of labels and {100 * difference.same_links:.2f} % of links "
        f"as before, probabilities {difference.mean:.4f} apart in the mean, {difference.most:.2f} at most"
    )
