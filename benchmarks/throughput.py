"""Words per CPU-second of the whole tracker beside the bare spaCy pipeline it loads, in one run.

Three things are timed, in turn, batch by batch over the same texts; of every batch the fastest of the
repeats counts, so that a moment in which the machine was busy spoils one batch and no more:

    as shipped   the bare pipeline as spaCy runs it (matrices multiplied by blis)
    swapped      the bare pipeline with OpenBLAS, as `quotes.language` loads it
    tracker      the same pipeline with everything `quotes` adds, through `quotes.tracker.track`

The ratio that must be reached is against the bare pipeline as shipped; the one against the swapped
pipeline, where the swap itself earns nothing, is printed beside it.  The swap must also leave every parse
as it was; that is checked here too.
CPU time is that of the process, on one thread of BLAS.  Run it on an idle machine.
"""

from __future__ import annotations

import hashlib
import json
import platform
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import click
import spacy
from spacy.about import __version__ as spacy_version
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps, set_current_ops
from threadpoolctl import threadpool_limits

from quotes import language
from quotes.models import Document
from quotes.tracker import BATCH_DOCUMENTS, Failed, track

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "data" / "polnear" / "dev" / "text"
SEEDS = ROOT / "seeds"
MINIMUM = 0.4
"""Of the bare pipeline as shipped: what a busy machine may still show of the 0.5 that an idle one reaches."""
SHIPPED, SWAPPED, TRACKER = "as shipped", "swapped", "tracker"


@dataclass(frozen=True)
class Subject:
    """Something to time: what it is called, the matrix operations it runs on, and a run of it."""

    name: str
    ops: NumpyOps
    nlp: Language
    run: Callable[[Language, list[str]], object]

    def seconds(self, texts: list[str]) -> float:
        """CPU seconds of one run."""
        set_current_ops(self.ops)
        start = time.process_time()
        self.run(self.nlp, texts)
        return time.process_time() - start


def load_subjects(model: str | None) -> list[Subject]:
    """The three, each with a pipeline of its own."""
    set_current_ops(NumpyOps(use_blis=True))
    shipped = spacy.load(language.model_name(model))
    return [
        Subject(SHIPPED, NumpyOps(use_blis=True), shipped, parse),
        Subject(SWAPPED, NumpyOps(use_blis=False), language.load_bare(model), parse),
        Subject(TRACKER, NumpyOps(use_blis=False), language.load(model), run_tracker),
    ]


def parse(nlp: Language, texts: list[str]) -> list[Doc]:
    """Run a bare pipeline."""
    return list(nlp.pipe(texts, batch_size=BATCH_DOCUMENTS))


def run_tracker(nlp: Language, texts: list[str]) -> None:
    """Run the tracker; a document that fails would make it look fast, so it ends the benchmark."""
    documents = (Document(f"d{n}", f"{n}.txt", hashlib.sha256(t.encode()).hexdigest(), t) for n, t in enumerate(texts))
    for result in track(documents, nlp):
        if isinstance(result, Failed):
            raise click.ClickException(f"document {result.document.input}: {result.message}")


def time_all(subjects: list[Subject], texts: list[str], repeats: int) -> dict[str, list[list[float]]]:
    """CPU seconds of every subject, by batch and repeat.

    The order turns, so that no subject always follows the same one.
    """
    seconds: dict[str, list[list[float]]] = {subject.name: [] for subject in subjects}
    for subject in subjects:
        subject.seconds(texts[:2])  # caches are filled once, before anything counts
    batches = [texts[start : start + BATCH_DOCUMENTS] for start in range(0, len(texts), BATCH_DOCUMENTS)]
    for number, batch in enumerate(batches, start=1):
        click.echo(f"batch {number} of {len(batches)}", err=True)
        for times in seconds.values():
            times.append([])
        for repeat in range(repeats):
            turn = repeat % len(subjects)
            for subject in subjects[turn:] + subjects[:turn]:
                seconds[subject.name][-1].append(subject.seconds(batch))
    return seconds


def fastest(batches: list[list[float]]) -> float:
    """The fastest repeat of every batch, added up."""
    return sum(map(min, batches))


def slowest(batches: list[list[float]]) -> float:
    """The slowest repeat of every batch, added up: how far the machine was from idle."""
    return sum(map(max, batches))


def differing_tokens(subjects: list[Subject], texts: list[str]) -> tuple[int, int]:
    """Tokens, and how many of them the two bare pipelines parse differently."""
    parses = []
    for subject in subjects[:2]:
        set_current_ops(subject.ops)
        parses.append(list(chain.from_iterable(map(annotation, parse(subject.nlp, texts)))))
    one, other = parses
    return len(one), sum(a != b for a, b in zip(one, other, strict=True))


def annotation(doc: Doc) -> list[tuple[str, str, int, str, str, str]]:
    """Everything the rules read of a parse, token by token."""
    return [(t.tag_, t.dep_, t.head.i, t.lemma_, t.ent_iob_, t.ent_type_) for t in doc]


def read_texts(folder: Path | None, limit: int | None) -> tuple[str, list[str]]:
    """The name of the texts and the texts: of a folder, else of PolNeAR dev, else of the seeds."""
    chosen = folder or (CORPUS if CORPUS.is_dir() else SEEDS)
    paths = sorted(path for path in chosen.rglob("*") if path.suffix in {".txt", ".md"} and path.stem != "README")
    if not paths:
        raise click.ClickException(f"{chosen}: holds no .txt or .md file: name a folder of texts with --texts")
    return "/".join(chosen.parts[-3:]), [path.read_bytes().decode("utf-8") for path in paths[:limit]]


def benchmark(name: str, texts: list[str], repeats: int, model: str | None) -> dict[str, Any]:
    """Everything measured, ready for JSON."""
    subjects = load_subjects(model)
    words = sum(len(text.split()) for text in texts)
    seconds = time_all(subjects, texts, repeats)
    speed = {subject: words / fastest(spent) for subject, spent in seconds.items()}
    tokens, differing = differing_tokens(subjects, texts)
    return {
        "texts": name,
        "documents": len(texts),
        "words": words,
        "repeats": repeats,
        "model": language.model_name(model),
        "spacy": spacy_version,
        "python": platform.python_version(),
        "cpu_seconds": seconds,
        "words_per_cpu_second": speed,
        "ratio_to_shipped": speed[TRACKER] / speed[SHIPPED],
        "ratio_to_swapped": speed[TRACKER] / speed[SWAPPED],
        "tokens": tokens,
        "tokens_parsed_differently": differing,
    }


def table(result: dict[str, Any]) -> str:
    """A Markdown table, and a line on each ratio."""
    lines = [
        f"{result['texts']}: {result['documents']} documents, {result['words']} words, {result['model']}, "
        f"spaCy {result['spacy']}, Python {result['python']}, fastest of {result['repeats']}",
        "",
        "| | CPU s, fastest (slowest) | words per CPU s | of as shipped |",
        "|---|---|---|---|",
    ]
    speed = result["words_per_cpu_second"]
    for name, spent in result["cpu_seconds"].items():
        share = speed[name] / speed[SHIPPED]
        lines.append(f"| {name} | {fastest(spent):.1f} ({slowest(spent):.1f}) | {speed[name]:.0f} | {share:.2f} |")
    lines += [
        "",
        f"tracker / bare pipeline as shipped: {result['ratio_to_shipped']:.2f}",
        f"tracker / bare pipeline, swapped:   {result['ratio_to_swapped']:.2f}",
        f"tokens parsed differently after the swap: {result['tokens_parsed_differently']} of {result['tokens']}",
    ]
    return "\n".join(lines)


@click.command()
@click.option("--texts", type=click.Path(exists=True, path_type=Path), help="Default: PolNeAR dev, else seeds/.")
@click.option("--documents", metavar="N", type=click.IntRange(min=1), help="Only the first N texts.")
@click.option("--repeats", type=click.IntRange(min=1), default=3, show_default=True, help="Runs of each.")
@click.option("--model", metavar="NAME", help="The spaCy pipeline.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def main(*, texts: Path | None, documents: int | None, repeats: int, model: str | None, as_json: bool) -> None:
    """Time the whole tracker beside the bare spaCy pipeline it loads, in one run.

    Exit status 1 when the tracker is too slow, or when the swap of matrix operations changes a parse.
    """
    name, read = read_texts(texts, documents)
    with threadpool_limits(1, "blas"):
        result = benchmark(name, read, repeats, model)
    click.echo(json.dumps(result, indent=1) if as_json else table(result))
    reached = result["ratio_to_shipped"]
    if reached < MINIMUM:
        raise click.ClickException(f"too slow: {reached:.2f} of the bare pipeline, at least {MINIMUM} is required")
    if result["tokens_parsed_differently"]:
        raise click.ClickException("the swap of matrix libraries changes parses here: see docs/benchmarks.md")


if __name__ == "__main__":
    main()
