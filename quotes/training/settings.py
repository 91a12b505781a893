"""What a training run is: everything that, with the data and the encoder, decides the weights."""

from __future__ import annotations

from dataclasses import dataclass

from quotes.quotations.tagger.inputs import WINDOW


@dataclass(frozen=True, slots=True)
class Settings:
    """What a training run is; the defaults made the model that ships."""

    epochs: int = 8
    layers: int = 5
    """How many of the encoder's layers are kept, from the first; all of them where it has fewer."""
    rate: float = 3e-4
    """Highest learning rate of the encoder."""
    head_rate: float = 3e-3
    warmup: float = 0.1
    batch: int = 3600
    """Pieces in a batch, padding included."""
    window: int = WINDOW
    decay: float = 0.01
    averaging: float = 0.997
    """How much of the running average of the weights is kept at each step."""
    rule_dropout: float = 0.1
    """Share of windows that are shown without what the rules found."""
    link_weight: float = 0.5
    smoothing: float = 0.05
    threads: int = 2
    seed: int = 0
