"""A network as ONNX: exported, made small, and compared with what it was made from.

In: a Tagger.  Out: files that ONNX Runtime reads, with inputs `ids`, `mask`, `features` and outputs `labels` and
`links`, both log-probabilities; numbers of windows and of pieces are free.  Invariant: the same weights and versions
give the same bytes.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn
from transformers import BertConfig

from quotes.quotations.tagger.inputs import BREAK, START, Batch
from quotes.quotations.tagger.scheme import Scores
from quotes.training.network import Tagger

OPSET = 17
INPUTS, OUTPUTS = ("ids", "mask", "features"), ("labels", "links")
SMALL_OPERATORS = ["MatMul", "Gather"]
"""What is stored in 8 bits: the large products, and the table of pieces."""
LIGHT = 50_000
"""Fewest weights of a node that is worth it."""


class _LogProbabilities(nn.Module):
    def __init__(self, network: Tagger) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, mask: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        labels, links = self.network(ids, mask, features)
        return labels.log_softmax(-1), links.log_softmax(-1)


def plain_copy(network: Tagger) -> Tagger:
    """The network on the CPU, in evaluation mode, with the attention that ONNX has operators for."""
    config = BertConfig.from_dict({**network.encoder.config.to_dict(), "attn_implementation": "eager"})
    copy = Tagger(config, tuple(int(table.num_embeddings) for table in network.features))
    copy.load_state_dict({key: value.cpu() for key, value in network.state_dict().items()})
    copy.eval()
    return copy


def export(network: Tagger, path: Path) -> None:
    """Write a network as ONNX in full precision."""
    sizes = [int(table.num_embeddings) for table in network.features]
    ids = torch.tensor([[START, 104, 105, BREAK], [START, 106, BREAK, 0]])
    mask = (ids > 0).long()
    features = mask[..., None].expand(*mask.shape, len(sizes)).contiguous()
    by_piece = {0: "windows", 1: "pieces"}
    axes = {**dict.fromkeys((*INPUTS, "labels"), by_piece), "links": {**by_piece, 2: "targets"}}
    with warnings.catch_warnings():
        # The exporter warns of its own age and of branches on shapes, all of which are one-way here.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            _LogProbabilities(plain_copy(network)).eval(), (ids, mask, features), str(path), opset_version=OPSET,
            input_names=list(INPUTS), output_names=list(OUTPUTS), dynamic_axes=axes, dynamo=False,
        )  # fmt: skip


def shrink(source: Path, target: Path) -> None:
    """Write a model with its weights in 8 bits, its activations brought to 8 bits as it runs.

    Signed weights of 7 bits: processors without VNNI add two products in 16 bits, which 8 would overflow; unsigned
    weights avoid that too, but take a third more time.  The heads and the tables of features stay exact: they are
    small, and with them in 8 bits joint F1 lost 0.4 points.
    """
    with TemporaryDirectory() as place:
        plain = Path(place) / "plain.onnx"
        quant_pre_process(source, plain, skip_symbolic_shape=True)
        quantize_dynamic(
            plain, target, op_types_to_quantize=SMALL_OPERATORS, nodes_to_exclude=_light_nodes(plain),
            per_channel=True, reduce_range=True, weight_type=QuantType.QInt8,
        )  # fmt: skip


def _light_nodes(path: Path) -> list[str]:
    """The nodes of the operators to make small that have few weights or none."""
    graph = onnx.load(path).graph
    sizes = {weights.name: math.prod(weights.dims) for weights in graph.initializer}
    return [
        node.name
        for node in graph.node
        if node.op_type in SMALL_OPERATORS and max((sizes.get(name, 0) for name in node.input), default=0) < LIGHT
    ]


def run(path: Path, batches: Iterable[Batch], *, threads: int = 1) -> list[tuple[Scores, Scores]]:
    """Labels and links of every batch."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    found = []
    for batch in batches:
        inputs = {"ids": batch.ids, "mask": batch.mask, "features": batch.features}
        labels, links = session.run(list(OUTPUTS), inputs)
        found.append((labels, links))
    return found


@dataclass(frozen=True, slots=True)
class Difference:
    """How far a model is from another on the same batches, over first pieces of words."""

    most: float
    """Largest difference of a label's probability."""
    mean: float
    same_labels: float
    """Share of words with the same likeliest label."""
    same_links: float
    """The same of links, over words that the first model takes for a part of an attribution."""


def compare(
    batches: Iterable[Batch], a: Iterable[tuple[Scores, Scores]], b: Iterable[tuple[Scores, Scores]]
) -> Difference:
    """What two models say of the same batches."""
    gaps, labels, links = [], [], []
    for batch, one, other in zip(batches, a, b, strict=True):
        for row, firsts in enumerate(batch.firsts):
            mine, yours = (scores[0][row][firsts] for scores in (one, other))
            gaps.append(np.abs(np.exp(mine) - np.exp(yours)).max(axis=1))
            labels.append(mine.argmax(1) == yours.argmax(1))
            part = firsts[mine.argmax(1) > 0]
            links.append(one[1][row][part].argmax(1) == other[1][row][part].argmax(1))
    gap = np.concatenate(gaps)
    linked = np.concatenate(links)
    return Difference(
        float(gap.max()),
        float(gap.mean()),
        float(np.concatenate(labels).mean()),
        float(linked.sum() / max(1, len(linked))),
    )
