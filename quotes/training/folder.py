"""The model folder: what `quotes.quotations.tagger.model` reads at run time.

In: a network, its encoder, and what is to be told of them.  Out: `model.onnx`, `tokenizer.json`, `NOTICE`, licences of
the encoder where it has any, and `model.json` with everyone's checksum.  Invariant: the same training gives the same
bytes; no dates, no machine's paths.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from quotes.quotations.tagger.inputs import FEATURES, SIZES, Batch, features_sha256
from quotes.quotations.tagger.model import FORMAT
from quotes.quotations.tagger.scheme import ROLES
from quotes.training.encoder import TOKENIZER, Encoder, file_sha256, load_tokenizer
from quotes.training.exporting import Difference, compare, export, run, shrink
from quotes.training.network import Tagger

NETWORK, NOTICE, CARD = "model.onnx", "NOTICE", "model.json"
LABEL_NAMES = ["O", *(f"{part}-{role}" for role in ROLES for part in "BI")]
LICENCES = ("LICENSE", "LICENSE.txt", "LICENCE", "NOTICE", "NOTICE.txt")

KNOWN_WEIGHTS = {
    "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db": (
        "sentence-transformers/all-MiniLM-L6-v2",
        Path(__file__).with_name("notice_minilm.txt"),
    )
}
"""Encoders whose origin and licence are known, by the checksum of their weights."""


@dataclass(frozen=True, slots=True)
class Card:
    """What `model.json` tells of a training run."""

    settings: Mapping[str, Any]
    training: Mapping[str, Any]
    scores: Mapping[str, Any]


def write_folder(
    folder: Path, network: Tagger, encoder: Encoder, card: Card, batches: list[Batch], *, small: bool = True
) -> Difference | None:
    """Write the model folder anew; how far the small model is from the exact one on `batches`, if it was made small."""
    with TemporaryDirectory(dir=folder.parent) as place:
        fresh = Path(place) / "model"
        fresh.mkdir()
        difference = _write_network(fresh, network, batches, small=small)
        write_tokenizer(encoder, fresh / TOKENIZER)
        _write_notices(encoder, fresh)
        named = {path.name: file_sha256(path) for path in sorted(fresh.iterdir())}
        described = describe(card, encoder, named, difference)
        text = json.dumps(described, indent=1, ensure_ascii=False, sort_keys=True)
        (fresh / CARD).write_text(text + "\n", encoding="utf-8")
        if folder.exists():
            shutil.rmtree(folder)
        shutil.move(fresh, folder)
    return difference


def _write_network(folder: Path, network: Tagger, batches: list[Batch], *, small: bool) -> Difference | None:
    exact = folder / "exact.onnx"
    export(network, exact)
    if not small:
        exact.rename(folder / NETWORK)
        return None
    shrink(exact, folder / NETWORK)
    difference = compare(batches, run(exact, batches), run(folder / NETWORK, batches)) if batches else None
    exact.unlink()
    return difference


def write_tokenizer(encoder: Encoder, path: Path) -> None:
    """The encoder's tokenizer as far as words need it: no padding, no cutting, no marks around a text."""
    value = json.loads(load_tokenizer(encoder.folder).to_str())
    value |= {"padding": None, "truncation": None, "post_processor": None}
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def _write_notices(encoder: Encoder, folder: Path) -> None:
    if encoder.sha256 in KNOWN_WEIGHTS:
        _, notice = KNOWN_WEIGHTS[encoder.sha256]
        shutil.copyfile(notice, folder / NOTICE)
        return
    text = f"This model was fitted from the encoder {encoder.name}, whose licence holds for it.\n"
    (folder / NOTICE).write_text(text, encoding="utf-8")
    for name in LICENCES:
        if (encoder.folder / name).is_file():
            shutil.copyfile(encoder.folder / name, folder / f"encoder-{name}")


def describe(
    card: Card, encoder: Encoder, checksums: Mapping[str, str], difference: Difference | None
) -> dict[str, Any]:
    """What `model.json` says."""
    origin, _ = KNOWN_WEIGHTS.get(encoder.sha256, (encoder.name, None))
    names = [name for name, _ in FEATURES]
    return {
        "format": FORMAT,
        "name": "quotes-tagger",
        "sha256": dict(checksums),
        "labels": LABEL_NAMES,
        "features": {"names": names, "sizes": list(SIZES), "values_sha256": features_sha256()},
        "encoder": {"name": origin, "sha256": encoder.sha256},
        "settings": dict(card.settings),
        "training": dict(card.training),
        "scores": {**card.scores, "small_against_exact": asdict(difference) if difference else None},
        "calibration": None,
    }
