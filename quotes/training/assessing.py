"""How well a network does on documents that were kept back, window by window.

In: a network and prepared documents.  Out: `Assessment`.  Linking, stitching and quotation marks come later, in the
tracker, and are not in these figures: `quotes evaluate` has those.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional

from quotes.quotations.tagger.inputs import stack
from quotes.quotations.tagger.scheme import ROLES, Ints, best_paths, spans_of
from quotes.training.batches import Window, even_batches
from quotes.training.network import Tagger
from quotes.training.settings import Settings
from quotes.training.targets import UNKNOWN, Prepared, window_targets


@dataclass(slots=True)
class Tally:
    """Sums over windows."""

    words: int = 0
    right: int = 0
    loss: float = 0.0
    links: int = 0
    linked: int = 0
    found: tuple[int, ...] = (0, 0, 0)
    gold: tuple[int, ...] = (0, 0, 0)
    both: tuple[int, ...] = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class Assessment:
    """Figures over words and windows; shares are 0..1."""

    label_loss: float
    """Mean cross-entropy of a word's label, in nats."""
    words_right: float
    links_right: float
    source: float
    """Exact-span F1 in windows, like the two below."""
    cue: float
    content: float

    @property
    def mean(self) -> float:
        """What epochs are chosen by."""
        return (self.source + self.cue + self.content) / 3

    def line(self) -> str:
        """The figures for people."""
        return (
            f"label loss {self.label_loss:.4f}, words right {100 * self.words_right:.1f} %, links right "
            f"{100 * self.links_right:.1f} %, F1 source/cue/content {100 * self.source:.1f}/{100 * self.cue:.1f}/"
            f"{100 * self.content:.1f}"
        )


def assess(network: Tagger, documents: Mapping[str, Prepared], settings: Settings, device: str) -> Assessment:
    """Figures of a network on documents; the network is left in evaluation mode."""
    network.eval()
    tally = Tally()
    with torch.no_grad():
        for windows in even_batches(documents, size=settings.batch, window=settings.window):
            _add(tally, network, documents, windows, device)
    source, cue, content = (
        2 * both / max(1, found + gold) for both, found, gold in zip(tally.both, tally.found, tally.gold, strict=True)
    )
    words, links = max(1, tally.words), max(1, tally.links)
    return Assessment(tally.loss / words, tally.right / words, tally.linked / links, source, cue, content)


def _add(tally: Tally, network: Tagger, documents: Mapping[str, Prepared], windows: list[Window], device: str) -> None:
    batch = stack([(documents[name][0], span) for name, span in windows])
    inputs = (torch.from_numpy(array).to(device) for array in (batch.ids, batch.mask, batch.features))
    scores, pointers = (output.log_softmax(-1).cpu() for output in network(*inputs))
    for row, ((name, span), firsts) in enumerate(zip(windows, batch.firsts, strict=True)):
        gold, links = window_targets(documents[name][1], span, firsts, batch.ids.shape[1])
        found = scores[row][firsts]
        tally.loss += float(functional.nll_loss(found, torch.from_numpy(gold[firsts]), reduction="sum"))
        path = best_paths(found.numpy()[None])[0]
        tally.words += len(firsts)
        tally.right += int((path == gold[firsts]).sum())
        asked = np.flatnonzero(links != UNKNOWN)
        tally.links += len(asked)
        tally.linked += int((pointers[row].argmax(-1).numpy()[asked] == links[asked]).sum())
        _add_spans(tally, path, gold[firsts])


def _add_spans(tally: Tally, path: Ints, gold: Ints) -> None:
    pairs = [(set(spans_of(path.tolist(), role)), set(spans_of(gold.tolist(), role))) for role in range(len(ROLES))]
    tally.found = tuple(n + len(found) for n, (found, _) in zip(tally.found, pairs, strict=True))
    tally.gold = tuple(n + len(wanted) for n, (_, wanted) in zip(tally.gold, pairs, strict=True))
    tally.both = tuple(n + len(found & wanted) for n, (found, wanted) in zip(tally.both, pairs, strict=True))
