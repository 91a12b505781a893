"""What tests of training share: a small corpus, a random encoder, the parsed documents.  Torch is needed to use it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from spacy.language import Language
from training_data import write_corpus, write_encoder

from quotes.training.corpus import load_parser, prepare, read_corpora
from quotes.training.encoder import load_pieces
from quotes.training.targets import Prepared


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("training")


@pytest.fixture(scope="module")
def encoder(place: Path) -> Path:
    return write_encoder(place / "small-bert")


@pytest.fixture(scope="module")
def corpus(place: Path) -> Path:
    return write_corpus(place / "corpus" / "train", documents=10)


@pytest.fixture(scope="module")
def parser() -> Iterator[Language]:
    """Loaded once for all commands of this file."""
    loaded = load_parser(None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("quotes.training.run.load_parser", lambda model: loaded)
        yield loaded


@pytest.fixture(scope="module")
def documents(corpus: Path, encoder: Path, parser: Language, place: Path) -> dict[str, Prepared]:
    pieces = load_pieces(encoder)
    return prepare(
        read_corpora([corpus]), parser, pieces, place / "kept.npz", threads=1, progress=lambda stream, total: stream
    )


def weights(folder: Path, epoch: int = 2) -> dict:
    import torch

    return torch.load(folder / f"average-{epoch}.pt", weights_only=True)


def equal(one: dict, other: dict) -> bool:
    import torch

    return one.keys() == other.keys() and all(torch.equal(one[key], other[key]) for key in one)
