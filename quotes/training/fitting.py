"""The training loop: epochs of freshly cut windows, averaged weights, checkpoints.

In: prepared documents and a network.  Out: checkpoints in a folder; a run that was broken off goes on from the last,
in the middle of an epoch too.  Invariant: the same seed, data and machine give the same weights, broken off or not.
"""

from __future__ import annotations

import json
import logging
import random
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from quotes.errors import InputError
from quotes.quotations.tagger.inputs import stack
from quotes.quotations.tagger.scheme import Ints
from quotes.training.batches import Window, make_batches
from quotes.training.network import Tagger
from quotes.training.settings import Settings
from quotes.training.targets import UNKNOWN, Prepared, window_targets

log = logging.getLogger(__name__)

CHECKPOINT = "checkpoint.pt"
TOLD_EVERY = 20
"""Batches between two lines of progress."""


class Stopped(Exception):  # noqa: N818
    """The run was asked to stop, and everything needed to go on is written."""


class Fitting:
    """One training run over prepared documents; `device` is "cpu" or "cuda".

    `repeats` says which documents are seen more than once an epoch, `every` after how many steps a checkpoint is
    written beside those at the ends of epochs.
    """

    def __init__(
        self,
        network: Tagger,
        documents: Mapping[str, Prepared],
        folder: Path,
        settings: Settings,
        device: str = "cpu",
        *,
        repeats: Mapping[str, int] | None = None,
        every: int = 100,
    ) -> None:
        self.network = network.to(device)
        self.average = {key: value.detach().clone() for key, value in network.state_dict().items()}
        self.documents, self.folder, self.settings, self.device = documents, folder, settings, device
        self.repeats, self.every = repeats or {}, every
        heads = network.heads()
        known = {id(p) for p in heads}
        body = [p for p in network.parameters() if id(p) not in known]
        self.optimizer = torch.optim.AdamW(
            [{"params": body, "lr": settings.rate}, {"params": heads, "lr": settings.head_rate}],
            weight_decay=settings.decay,
            fused=True,
        )
        self.peaks = [settings.rate, settings.head_rate]
        self.step = self.epoch = self.done = 0
        """Batches so far; finished epochs; batches so far of this epoch."""
        self._generators: dict[str, Any] | None = None

    def run(self, stop: Callable[[], bool] = lambda: False) -> Iterator[int]:
        """Train the epochs that are left; yields the number of each finished epoch.

        When `stop` says so a checkpoint is written between two batches and Stopped raised.
        """
        torch.set_num_threads(self.settings.threads)
        while self.epoch < self.settings.epochs:
            if stop():
                raise Stopped
            self._train_epoch(stop)
            self.epoch, self.done = self.epoch + 1, 0
            self.save()
            yield self.epoch

    def _train_epoch(self, stop: Callable[[], bool]) -> None:
        rng = random.Random(self.settings.seed * 1000 + self.epoch)  # noqa: S311
        torch.manual_seed(self.settings.seed * 1000 + self.epoch)
        batches = make_batches(
            self.documents, self.repeats, rng, size=self.settings.batch, window=self.settings.window
        )  # fmt: skip
        self._restore_generators(rng)
        self.network.train()
        began, losses = time.monotonic(), []
        for index, batch in enumerate(batches[self.done :], start=self.done + 1):
            position = self.epoch * len(batches) + index
            losses.append(self._train(batch, rng, position / (len(batches) * self.settings.epochs)))
            self.done = index
            if index % TOLD_EVERY == 0 or index == len(batches):
                spent = time.monotonic() - began
                mean = sum(losses) / len(losses)
                log.info(
                    "epoch %d: %d of %d batches, loss %.4f, %.0f s", self.epoch + 1, index, len(batches), mean, spent
                )
                losses = []
            if index < len(batches):
                self._pause(rng, stop)

    def _train(self, batch: list[Window], rng: random.Random, done: float) -> float:
        self._set_rate(min(1.0, done))
        loss = self._loss(batch, rng)
        self.optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimizer.step()
        self.step += 1
        self._average()
        return float(loss.detach())

    def _pause(self, rng: random.Random, stop: Callable[[], bool]) -> None:
        """Write a checkpoint where it is time for one, and end where that is asked."""
        stopping = stop()
        if stopping or self.done % self.every == 0:
            self.save(rng)
        if stopping:
            raise Stopped

    def _set_rate(self, done: float) -> None:
        """Linear warm-up, then linear decay to nothing."""
        warm = self.settings.warmup
        factor = done / warm if done < warm else (1 - done) / (1 - warm)
        for group, peak in zip(self.optimizer.param_groups, self.peaks, strict=True):
            group["lr"] = peak * factor

    def _average(self) -> None:
        keep = min(self.settings.averaging, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            for key, value in self.network.state_dict().items():
                if value.dtype.is_floating_point:
                    self.average[key].lerp_(value, 1 - keep)

    def _loss(self, windows: list[Window], rng: random.Random) -> Tensor:
        batch = stack([(self.documents[name][0], span) for name, span in windows])
        length = batch.ids.shape[1]
        pairs = [
            window_targets(self.documents[name][1], span, firsts, length)
            for (name, span), firsts in zip(windows, batch.firsts, strict=True)
        ]
        features = batch.features.copy()
        for index in range(len(windows)):
            if rng.random() < self.settings.rule_dropout:
                features[index, :, 2] = 0
        labels = self._tensor(np.stack([labels for labels, _ in pairs]))
        links = self._tensor(np.stack([links for _, links in pairs]))
        scores, pointers = self.network(self._tensor(batch.ids), self._tensor(batch.mask), self._tensor(features))
        label_loss = functional.cross_entropy(
            scores.flatten(0, 1), labels.flatten(), ignore_index=UNKNOWN, label_smoothing=self.settings.smoothing
        )
        asked = links.flatten() != UNKNOWN
        if not asked.any():  # the mean over no links is no number
            return label_loss
        link_loss = functional.cross_entropy(pointers.flatten(0, 1)[asked], links.flatten()[asked])
        return label_loss + self.settings.link_weight * link_loss

    def _tensor(self, array: Ints) -> Tensor:
        return torch.from_numpy(array).to(self.device)

    def save(self, rng: random.Random | None = None) -> None:
        """Write everything needed to go on; at the end of an epoch (no `rng`) its averaged weights too."""
        self.folder.mkdir(parents=True, exist_ok=True)
        state = {
            "network": self.network.state_dict(), "average": self.average, "optimizer": self.optimizer.state_dict(),
            "step": self.step, "epoch": self.epoch, "done": self.done,
            "generators": self._read_generators(rng) if rng else None,
        }  # fmt: skip
        if rng is None:
            _write(self.average, self.folder / f"average-{self.epoch}.pt")
        settings = json.dumps(asdict(self.settings), indent=1)
        (self.folder / "settings.json").write_text(settings, encoding="utf-8")
        _write(state, self.folder / CHECKPOINT)

    def resume(self) -> bool:
        """Go on from the checkpoint in the folder, if there is one."""
        path = self.folder / CHECKPOINT
        if not path.exists():
            return False
        state = read_state(path, self.device)
        self.network.load_state_dict(state["network"])
        self.average = state["average"]
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.epoch, self.done = state["step"], state["epoch"], state.get("done", 0)
        self._generators = state.get("generators")
        return True

    def _read_generators(self, rng: random.Random) -> dict[str, Any]:
        found: dict[str, Any] = {"python": rng.getstate(), "torch": torch.get_rng_state()}
        if self.device == "cuda":
            found["cuda"] = torch.cuda.get_rng_state()
        return found

    def _restore_generators(self, rng: random.Random) -> None:
        """Where the run was broken off in this epoch, chance goes on from there."""
        if self._generators is None:
            return
        found, self._generators = self._generators, None
        rng.setstate(found["python"])
        torch.set_rng_state(found["torch"].cpu())
        if self.device == "cuda" and "cuda" in found:
            torch.cuda.set_rng_state(found["cuda"].cpu())


def read_state(path: Path, device: str) -> dict[str, Any]:
    """What a file of weights holds; InputError where it is none."""
    try:
        state: dict[str, Any] = torch.load(path, map_location=device, weights_only=True)
    except Exception as error:  # torch raises what its reader met: RuntimeError, EOFError, UnpicklingError …
        raise InputError(str(path), "is damaged: give --restart to begin anew") from error
    return state


def _write(state: dict[str, Any], path: Path) -> None:
    """Write a file whole or not at all."""
    fresh = path.with_suffix(".new")
    torch.save(state, fresh)
    fresh.replace(path)
