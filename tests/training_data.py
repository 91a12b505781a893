"""A small corpus of invented sentences in PolNeAR's format, and a tiny random encoder with a vocabulary of its words."""

from __future__ import annotations

import json
import re
from pathlib import Path

SENTENCES = (
    ("Mayor Ana Sol", "said", "the bridge would open in May"),
    ("Tom Brandt", "denied that", "the toll had doubled"),
    ("the water board", "announced", "a new dyke for the harbour"),
    ("A clerk", "told reporters", '"We have no record of it"'),
    ("Critics", "argue that", "the plan costs 40 million euros"),
    ("she", "wrote", '"Nobody asked the farmers"'),
    ("Keller", "believes", "the vote was fair"),
    ("According to the report", "", "Rain fell on the valley for a week"),
)
PLAIN = ("The market opens at six.", "Snow closed two roads on Friday.")


def write_corpus(folder: Path, documents: int = 8) -> Path:
    """Write so many documents, each of three attributions and a plain sentence; returns the folder."""
    (folder / "text").mkdir(parents=True)
    (folder / "attributions").mkdir()
    for number in range(documents):
        chosen = [SENTENCES[(number + step) % len(SENTENCES)] for step in (0, 1, 3)]
        write_document(folder, f"doc{number:02}", chosen, PLAIN[number % 2])
    return folder


def write_document(folder: Path, name: str, attributions: list[tuple[str, str, str]], plain: str) -> None:
    text, lines, number = "", [], 0
    for event, parts in enumerate(attributions, start=1):
        roles = []
        for role, words in zip(("Source", "Cue", "Content"), parts, strict=True):
            if not words:
                continue
            number += 1
            lines.append(f"T{number}\t{role} {len(text)} {len(text) + len(words)}\t{words}")
            roles.append(f"{role}:T{number}")
            text += f"{words} "
        lines.append(f"E{event}\t{' '.join(roles)}")
        text = f"{text.rstrip()}.\n"
    (folder / "text" / f"{name}.txt").write_text(f"{text}\n{plain}\n", encoding="utf-8")
    (folder / "attributions" / f"{name}_one.ann").write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_tokenizer(folder: Path) -> int:
    """Write a tokenizer that knows the corpus's words; returns the size of its vocabulary."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    told = " ".join(" ".join(parts) for parts in SENTENCES) + " ".join(PLAIN)
    words = sorted(set(re.findall(r"\w+|[^\w\s]", told.lower())))
    vocabulary = {f"[unused{number}]": number for number in range(104)}
    for name, number in (("[PAD]", 0), ("[UNK]", 100), ("[CLS]", 101), ("[SEP]", 102)):
        del vocabulary[f"[unused{number}]"]
        vocabulary[name] = number
    vocabulary |= {word: 104 + number for number, word in enumerate(words)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.enable_truncation(8)
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    return len(vocabulary)


def write_encoder(folder: Path) -> Path:
    """Write a BERT of two layers, 32 wide, with random weights; needs torch and transformers."""
    import torch
    from transformers import BertConfig, BertModel

    size = write_tokenizer(folder)
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=size,
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=256,
    )
    BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    return folder


def fake_encoder(folder: Path) -> Path:
    """Files that look like an encoder to all but torch."""
    write_tokenizer(folder)
    (folder / "config.json").write_text(json.dumps({"model_type": "bert"}), encoding="utf-8")
    (folder / "model.safetensors").write_bytes(b"weights")
    return folder
