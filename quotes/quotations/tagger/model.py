"""The tagger at run time: an ONNX network and its word pieces, read from a folder and checked.

In: the words of documents.  Out: for every window its scores and likeliest labels.  Invariants: a file whose checksum
is not the one in `model.json` is never used; no more threads than asked for.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from quotes.errors import ModelError
from quotes.quotations.page import Range
from quotes.quotations.tagger.confidence import Calibration
from quotes.quotations.tagger.inputs import Words, cut, features_sha256, stack
from quotes.quotations.tagger.scheme import LABELS, Scores, best_paths

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

FORMAT = 1
SHIPPED = Path(__file__).parent / "weights"
VARIABLE = "QUOTES_TAGGER"
"""Names a folder made by `quotes train` to use in place of the shipped model."""
BATCH = 500
"""Most pieces of one run of the network, padding included."""
_PATCH = 8
UNKNOWN = 100
"""The encoder's piece for what it has no pieces for."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One window: its words, log-probabilities (words x LABELS; words x words + 1), likeliest labels."""

    span: Range
    labels: Scores
    links: Scores
    path: tuple[int, ...]


class TaggerModel:
    """A model folder; files are read when first needed, so that it can be handed to another process."""

    def __init__(self, folder: Path | None = None, *, threads: int = 1) -> None:
        self.folder = folder or Path(os.environ.get(VARIABLE) or SHIPPED)
        self.threads = threads

    @cached_property
    def card(self) -> dict[str, Any]:
        """What `model.json` says, after every file's checksum was compared."""
        return read_card(self.folder)

    def check(self) -> None:
        """Raise ModelError where the folder is not whole: before the first article is read, not at it."""
        read_card(self.folder)

    @cached_property
    def _window(self) -> int:
        """Most pieces in a window: as in training, whatever today's default is."""
        return int(self.card["settings"]["window"])

    @cached_property
    def calibration(self) -> Calibration:
        """How raw scores are to be read."""
        return Calibration(**(self.card["calibration"] or {}))

    @property
    def version(self) -> str:
        """The first digits of the network's checksum."""
        return str(self.card["sha256"]["model.onnx"])[:12]

    @cached_property
    def _session(self) -> InferenceSession:
        import onnxruntime

        read_card(self.folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self.threads
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(
            str(self.folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self.folder / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return tokenizer

    @cached_property
    def _known(self) -> dict[str, tuple[int, ...]]:
        return {}

    def pieces(self, word: str) -> tuple[int, ...]:
        """The numbers of a word's pieces; words are remembered, since most come again."""
        found = self._known.get(word)
        if found is None:
            ids = tuple(self._tokenizer.encode(word, add_special_tokens=False).ids)
            found = self._known[word] = ids or (UNKNOWN,)
        return found

    def __getstate__(self) -> dict[str, Any]:
        return {"folder": self.folder, "threads": self.threads}

    def score(self, documents: Sequence[Words]) -> list[list[Scored]]:
        """The windows of every document, in text order."""
        windows = [(index, span) for index, words in enumerate(documents) for span in cut(words, size=self._window)]
        sizes = [sum(map(len, documents[i].pieces[start:end])) for i, (start, end) in windows]
        found: list[list[Scored]] = [[] for _ in documents]
        for batch in _batches(sizes):
            chosen = [windows[position] for position in batch]
            scored = self._run([(documents[index], span) for index, span in chosen])
            for (index, _), window in zip(chosen, scored, strict=True):
                found[index].append(window)
        return [sorted(scored, key=lambda window: window.span) for scored in found]

    def _run(self, windows: list[tuple[Words, Range]]) -> Iterator[Scored]:
        batch = stack(windows)
        labels, links = self._session.run(
            ["labels", "links"], {"ids": batch.ids, "mask": batch.mask, "features": batch.features}
        )
        picked = [labels[row][firsts] for row, firsts in enumerate(batch.firsts)]
        paths = best_paths(_padded(picked))
        for row, ((_, span), firsts) in enumerate(zip(windows, batch.firsts, strict=True)):
            columns = np.concatenate(([0], firsts))
            pointing = links[row][np.ix_(firsts, columns)]
            yield Scored(span, picked[row], pointing, tuple(paths[row, : len(firsts)].tolist()))


def _batches(sizes: list[int]) -> Iterator[list[int]]:
    """Positions of windows of about one length together, at most BATCH pieces with their padding."""
    order = sorted(range(len(sizes)), key=lambda position: sizes[position])
    batch: list[int] = []
    for position in order:
        if batch and (len(batch) + 1) * (sizes[position] + _PATCH) > BATCH:
            yield batch
            batch = []
        batch.append(position)
    if batch:
        yield batch


def _padded(scores: list[Scores]) -> Scores:
    """Windows as one array; words that are none can only be outside."""
    length = max(map(len, scores))
    padded = np.full((len(scores), length, LABELS), -1e4, dtype=np.float32)
    padded[:, :, 0] = 0
    for row, found in enumerate(scores):
        padded[row, : len(found)] = found
    return padded


def read_card(folder: Path) -> dict[str, Any]:
    """`model.json` of a folder; ModelError where it is no model, of another format, or a file was changed."""
    path = folder / "model.json"
    try:
        card: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(
            f"{folder} holds no tagger (model.json: {error}): name a folder made by `quotes train`"
        ) from error
    if card.get("format") != FORMAT:
        raise ModelError(f"{path}: format {card.get('format')!r} is not {FORMAT}: train it anew with this version")
    if card["features"]["values_sha256"] != features_sha256():
        raise ModelError(f"{folder} was trained to read words otherwise than this version does: train it anew")
    for name, expected in card["sha256"].items():
        try:
            actual = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        except OSError as error:
            raise ModelError(
                f"{folder / name} cannot be read ({error.strerror}): install or train the model anew"
            ) from error
        if actual != expected:
            raise ModelError(f"{folder / name} was changed or cut off (its checksum differs): install the model anew")
    return card
