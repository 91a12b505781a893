"""Fitting the tagger, small: a random encoder, a few sentences, some steps; broken off, gone on, exported."""

# ruff: noqa: F811 (fixtures are imported, and named again as arguments)

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from training_fixtures import corpus, documents, encoder, equal, parser, place, weights  # noqa: F401

NEEDS = "needs the extra: pip install 'quotes[train]'"
torch = pytest.importorskip("torch", reason=NEEDS)
pytest.importorskip("transformers", reason=NEEDS)
pytest.importorskip("onnx", reason=NEEDS)

from quotes.quotations.tagger.inputs import stack  # noqa: E402
from quotes.training.assessing import assess  # noqa: E402
from quotes.training.batches import even_batches  # noqa: E402
from quotes.training.encoder import find_encoder, load_pieces  # noqa: E402
from quotes.training.exporting import compare, export, plain_copy, run, shrink  # noqa: E402
from quotes.training.fitting import Fitting, Stopped  # noqa: E402
from quotes.training.folder import write_tokenizer  # noqa: E402
from quotes.training.network import Tagger, from_encoder  # noqa: E402
from quotes.training.settings import Settings  # noqa: E402
from quotes.training.targets import UNKNOWN, Prepared, Targets  # noqa: E402

pytestmark = pytest.mark.model

SETTINGS = Settings(epochs=2, batch=300, window=40, threads=1)


def fresh(encoder: Path) -> Tagger:
    torch.manual_seed(0)
    return from_encoder(encoder)


def fitting(encoder: Path, documents: dict[str, Prepared], folder: Path, **more: object) -> Fitting:
    return Fitting(fresh(encoder), documents, folder, SETTINGS, **more)


# Fitting.


def test_the_same_run_gives_the_same_weights(encoder: Path, documents: dict, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert list(fitting(encoder, documents, tmp_path / name).run()) == [1, 2]
    assert equal(weights(tmp_path / "one"), weights(tmp_path / "two"))
    assert not equal(weights(tmp_path / "one", 1), weights(tmp_path / "one", 2))


@pytest.mark.parametrize("batches", range(5))
def test_a_run_broken_off_anywhere_gives_the_weights_of_one_that_was_not(
    encoder: Path, documents: dict, tmp_path: Path, batches: int
) -> None:
    list(fitting(encoder, documents, tmp_path / "whole").run())
    asked = iter([False] * batches + [True] * 100)
    broken = fitting(encoder, documents, tmp_path / "broken")
    with pytest.raises(Stopped):
        list(broken.run(lambda: next(asked)))
    torch.manual_seed(99)  # chance elsewhere must not matter
    later = fitting(encoder, documents, tmp_path / "broken")
    assert later.resume() == (batches > 0)
    list(later.run())
    assert equal(weights(tmp_path / "whole"), weights(tmp_path / "broken"))


def test_a_checkpoint_is_written_every_so_many_steps(
    encoder: Path, documents: dict, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(fitting(encoder, documents, tmp_path / "whole").run())
    killed = fitting(encoder, documents, tmp_path / "killed", every=2)
    train, calls = killed._train, []

    def die_at_the_third(*arguments: object) -> float:
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return train(*arguments)

    monkeypatch.setattr(killed, "_train", die_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        list(killed.run())
    later = fitting(encoder, documents, tmp_path / "killed")
    assert later.resume()
    assert later.step == 2
    list(later.run())
    assert equal(weights(tmp_path / "whole"), weights(tmp_path / "killed"))


def test_a_finished_run_has_nothing_left_to_do(encoder: Path, documents: dict, tmp_path: Path) -> None:
    list(fitting(encoder, documents, tmp_path).run())
    again = fitting(encoder, documents, tmp_path)
    assert again.resume()
    assert list(again.run()) == []


def test_it_learns(encoder: Path, documents: dict, tmp_path: Path) -> None:
    before = assess(fresh(encoder), documents, SETTINGS, "cpu")
    settings = replace(SETTINGS, epochs=25, rate=3e-3)
    learner = Fitting(fresh(encoder), documents, tmp_path, settings)
    list(learner.run())
    after = assess(learner.network, documents, settings, "cpu")
    assert after.label_loss < before.label_loss / 2
    assert after.words_right > 0.9
    assert after.mean > 0.8


def test_what_is_unknown_teaches_nothing(encoder: Path, documents: dict, tmp_path: Path) -> None:
    """Other words in paragraphs that nobody judged change no weight but through the windows they stand in."""
    words, targets = documents["doc00"]
    unknown = Targets(np.full_like(targets.labels, UNKNOWN), np.full_like(targets.links, UNKNOWN))
    silent = documents | {"silent": (words, unknown)}
    loud = fitting(encoder, documents, tmp_path / "loud")
    quiet = fitting(encoder, silent, tmp_path / "quiet")
    for run_ in (loud, quiet):
        list(run_.run())
    assert loud.step == quiet.step, "no window without a known word is shown"


def test_repeated_documents_are_shown_more_often(encoder: Path, documents: dict, tmp_path: Path) -> None:
    once = fitting(encoder, documents, tmp_path / "a")
    often = fitting(encoder, documents, tmp_path / "b", repeats=dict.fromkeys(documents, 3))
    for run_ in (once, often):
        next(run_.run())
    assert 2 * once.step < often.step


# Exporting.


@pytest.fixture(scope="module")
def trained(encoder: Path, documents: dict, place: Path) -> Tagger:
    made = fitting(encoder, documents, place / "trained")
    list(made.run())
    return made.network


@pytest.fixture(scope="module")
def batches(documents: dict) -> list:
    found = even_batches(documents, size=200, window=60)
    return [stack([(documents[name][0], span) for name, span in windows]) for windows in found]


def test_onnx_says_what_torch_says(trained: Tagger, batches: list, tmp_path: Path) -> None:
    export(trained, tmp_path / "model.onnx")
    network = plain_copy(trained)
    assert len({batch.ids.shape for batch in batches}) > 2, "windows and pieces are free"
    for batch, outputs in zip(batches, run(tmp_path / "model.onnx", batches), strict=True):
        with torch.no_grad():
            expected = network(*(torch.from_numpy(array) for array in (batch.ids, batch.mask, batch.features)))
        for output, wanted in zip(outputs, expected, strict=True):
            np.testing.assert_allclose(np.exp(output), wanted.softmax(-1).numpy(), atol=1e-4)


def test_exporting_twice_gives_the_same_bytes_and_leaves_the_network_training(trained: Tagger, tmp_path: Path) -> None:
    trained.train()
    for name in ("one", "two"):
        export(trained, tmp_path / f"{name}.onnx")
        shrink(tmp_path / f"{name}.onnx", tmp_path / f"{name}-small.onnx")
    assert trained.training
    assert (tmp_path / "one.onnx").read_bytes() == (tmp_path / "two.onnx").read_bytes()
    assert (tmp_path / "one-small.onnx").read_bytes() == (tmp_path / "two-small.onnx").read_bytes()


def test_eight_bits_say_nearly_the_same(trained: Tagger, batches: list, tmp_path: Path) -> None:
    exact, small = tmp_path / "exact.onnx", tmp_path / "small.onnx"
    export(trained, exact)
    shrink(exact, small)
    assert small.stat().st_size < exact.stat().st_size
    outputs = run(exact, batches)
    assert compare(batches, outputs, outputs).same_labels == 1
    found = compare(batches, outputs, run(small, batches))
    assert 0 < found.mean < 0.05
    assert found.same_labels > 0.9


def test_the_tokenizer_is_exported_for_single_words(encoder: Path, tmp_path: Path) -> None:
    write_tokenizer(find_encoder(encoder), tmp_path / "tokenizer.json")
    told = json.loads((tmp_path / "tokenizer.json").read_text())
    assert (told["padding"], told["truncation"], told["post_processor"]) == (None, None, None)
    before, after = load_pieces(encoder), load_pieces(tmp_path)
    assert all(before(word) == after(word) for word in ("bridge", "Ana", "said " * 20, "€", "zzz"))
