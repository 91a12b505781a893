"""What a folder of training holds: of which run, how far, how good after every epoch.

In: the folder of `quotes train`.  Out: `run.json` (what the run is made of) and `epochs.json` (what was measured).
Invariant: a checkpoint of other data, another encoder or other settings is never gone on from.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from quotes.errors import InputError
from quotes.training.settings import Settings

CHECKPOINT, RUN, EPOCHS, MODEL = "checkpoint.pt", "run.json", "epochs.json", "model"
MACHINE = ("threads",)
"""Settings that are of the machine, not of the run."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The folder of one training run."""

    folder: Path

    def open(self) -> None:
        """Make the folder, and make sure that it can be written."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            probe = self.folder / ".probe"
            probe.touch()
            probe.unlink()
        except OSError as error:
            raise InputError(str(self.folder), f"cannot be written ({error.strerror}): name another --out") from error

    def forget(self) -> None:
        """Remove the run, but neither the parsed documents nor anything of others."""
        for path in (self.folder / CHECKPOINT, self.folder / RUN, self.folder / EPOCHS, *self.averages().values()):
            path.unlink(missing_ok=True)
        shutil.rmtree(self.folder / MODEL, ignore_errors=True)

    def begin(self, settings: Settings, made_of: Mapping[str, str | int]) -> None:
        """Record what the run is; InputError where the folder holds a checkpoint of another."""
        run = describe_run(settings, made_of)
        if (self.folder / CHECKPOINT).exists():
            self.check(run)
        self._write(RUN, run)

    def check(self, run: Mapping[str, Any]) -> None:
        """InputError where the checkpoint is of another run, or nobody knows of which."""
        stored = self._read(RUN)
        mend = "give --restart to begin anew, or name another --out"
        if stored is None:
            raise InputError(str(self.folder), f"holds a checkpoint without {RUN}: {mend}")
        differing = sorted(key for key in {*stored, *run} if stored.get(key) != run.get(key))
        if differing:
            told = ", ".join(f"{key} {stored.get(key)} is now {run.get(key)}" for key in differing)
            raise InputError(str(self.folder), f"holds a checkpoint of another run ({told}): {mend}")

    def has_run(self) -> bool:
        """Whether it is recorded what the run is made of."""
        return (self.folder / RUN).exists()

    def averages(self) -> dict[int, Path]:
        """Epoch → its averaged weights."""
        found = {path.stem.removeprefix("average-"): path for path in self.folder.glob("average-*.pt")}
        return {int(number): path for number, path in sorted(found.items()) if number.isdecimal()}

    def scores(self) -> dict[int, dict[str, float]]:
        """Epoch → what was measured after it."""
        return {int(epoch): scores for epoch, scores in (self._read(EPOCHS) or {}).items()}

    def add_scores(self, epoch: int, scores: Mapping[str, float]) -> None:
        """Record what was measured after an epoch."""
        known = self.scores() | {epoch: dict(scores)}
        self._write(EPOCHS, {str(number): known[number] for number in sorted(known)})

    def _read(self, name: str) -> dict[str, Any] | None:
        path = self.folder / name
        if not path.exists():
            return None
        try:
            value = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise InputError(str(path), "is no JSON: give --restart to begin anew") from error
        return value if isinstance(value, dict) else {}

    def _write(self, name: str, value: Mapping[str, Any]) -> None:
        fresh = self.folder / f"{name}.new"
        fresh.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")
        fresh.replace(self.folder / name)


def describe_run(settings: Settings, made_of: Mapping[str, str | int]) -> dict[str, Any]:
    """What makes a run this run."""
    return {key: value for key, value in asdict(settings).items() if key not in MACHINE} | dict(made_of)
