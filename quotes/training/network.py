"""The tagger's network: a BERT encoder that also sees features of words, with two heads.

Heads: a score per label for each piece, and for each pair of pieces how likely the first points to the second
(Dozat & Manning 2017, without the bilinear's full rank): a content's words to the first word of its cue, a cue's words
to the first word of its source, to the window's start where there is none.
"""

from __future__ import annotations

from pathlib import Path

from torch import Tensor, nn
from transformers import BertConfig, BertModel

from quotes.quotations.tagger.inputs import SIZES
from quotes.quotations.tagger.scheme import LABELS

LINK_WIDTH = 96
_FAR = -1e4


class Tagger(nn.Module):
    """(ids, mask, features) → (labels: windows x pieces x LABELS, links: windows x pieces x pieces)."""

    def __init__(self, config: BertConfig, sizes: tuple[int, ...] = SIZES, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = BertModel(config, add_pooling_layer=False)
        width = int(config.hidden_size)
        self.features = nn.ModuleList(nn.Embedding(size, width, padding_idx=0) for size in sizes)
        for table in self.features:
            nn.init.normal_(table.weight, std=0.01)
        self.dropout = nn.Dropout(dropout)
        self.labels = nn.Linear(width, LABELS)
        self.asking = nn.Linear(width, LINK_WIDTH)
        self.answering = nn.Linear(width, LINK_WIDTH)

    def forward(self, ids: Tensor, mask: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        known = self.encoder.embeddings.word_embeddings(ids)
        for index, table in enumerate(self.features):
            known = known + table(features[..., index])
        hidden = self.dropout(self.encoder(inputs_embeds=known, attention_mask=mask).last_hidden_state)
        links = self.asking(hidden) @ self.answering(hidden).transpose(1, 2) / LINK_WIDTH**0.5
        far = (1 - mask[:, None, :]).to(links.dtype) * _FAR
        return self.labels(hidden), links + far

    def heads(self) -> list[nn.Parameter]:
        """What no pre-training has seen, and learns faster."""
        return [p for name, p in self.named_parameters() if not name.startswith("encoder.")]


def from_encoder(folder: Path, *, layers: int | None = None, attention: str = "sdpa") -> Tagger:
    """A network whose encoder has the pre-trained weights in `folder`, as far as its first `layers`."""
    config = BertConfig.from_pretrained(folder)
    kept = min(layers or config.num_hidden_layers, config.num_hidden_layers)
    encoder = BertModel.from_pretrained(
        folder, add_pooling_layer=False, attn_implementation=attention, attention_probs_dropout_prob=0.0,
        num_hidden_layers=kept,
    )  # fmt: skip
    tagger = Tagger(encoder.config)
    tagger.encoder = encoder
    return tagger
