"""Pinned floors of quality, which may only rise: what the gate in the tests and CI compares with.

The file is JSON: what it was measured on (`documents`, the gold of every type, the `sha256` of the
whole gold), and `floors`: scope → type → joint F1.  With another gold a floor means nothing, so a
changed corpus is an error, not a lower score.

    python -m quotes.evaluation.floors            compare what the tracker reaches with the floors
    python -m quotes.evaluation.floors --update   pin what it reaches, unless that would lower a floor
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from quotes.errors import InputError, QuotesError
from quotes.evaluation.evaluating import Scope, compare, score
from quotes.evaluation.heads import read_heads
from quotes.evaluation.polnear import read_gold
from quotes.evaluation.predictions import predict
from quotes.evaluation.scoring import TYPES

TOLERANCE = 0.003
"""F1 may fall this far below a floor: the tagger's int8 arithmetic differs between processors (with VNNI or without),
which was seen to move F1 by 0.15 points."""
DIGITS = 4
SCOPES: tuple[Scope, ...] = ("all", "speech")
Floors = dict[str, dict[str, float]]
Measured = dict[str, Any]


def fingerprint(gold_folder: Path) -> str:
    """SHA-256 over the names and bytes of all texts and annotations of a gold folder."""
    digest = hashlib.sha256()
    for path in sorted([*gold_folder.glob("text/*.txt"), *gold_folder.glob("attributions/*.ann")]):
        digest.update(f"{path.parent.name}/{path.name}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def measure(gold_folder: Path, heads: Path, model: str | None = None) -> Measured:
    """Run the tracker over a gold folder and return a file of floors that it would just pass."""
    from quotes.language import load

    gold = read_gold(gold_folder)
    predictions = predict({name: document.text for name, document in gold.items()}, load(model))
    compared = compare(gold, predictions, read_heads(heads))
    return describe(gold_folder, {scope: score(compared, scope=scope)["types"] for scope in SCOPES})


def describe(gold_folder: Path, scores: Mapping[str, Mapping[str, Any]]) -> Measured:
    """The file of floors of scores (scope → type → figures)."""
    return {
        "sha256": fingerprint(gold_folder),
        "documents": len(read_gold(gold_folder)),
        "gold": {scope: {kind: types[kind]["gold"] for kind in TYPES} for scope, types in scores.items()},
        "floors": {
            scope: {kind: round(types[kind]["joint"][2], DIGITS) for kind in TYPES} for scope, types in scores.items()
        },
    }


def shortfalls(pinned: Measured, measured: Measured) -> list[str]:
    """One line for every figure below its floor; a line on the corpus when that is another."""
    differing = [key for key in ("sha256", "documents", "gold") if pinned[key] != measured[key]]
    if differing:
        return [f"the gold is not that of the floors ({', '.join(differing)} differ): pin anew, allowing regressions"]
    return [
        f"joint F1 {kind}, scope {scope}: {100 * measured['floors'][scope][kind]:.2f} < floor {100 * floor:.2f}"
        for scope, floors in pinned["floors"].items()
        for kind, floor in floors.items()
        if measured["floors"][scope][kind] < floor - TOLERANCE
    ]


def read_floors(path: Path) -> Measured:
    """The pinned floors; InputError where the file is missing or malformed."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return {key: raw[key] for key in ("sha256", "documents", "gold", "floors")}
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror}): pin floors with --update") from error
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(str(path), "is no file of floors: pin floors with --update") from error


def pin(path: Path, measured: Measured, *, allow_regression: bool = False) -> list[str]:
    """Write measured figures as floors, or return the lines that say why not; other floors of the file stay."""
    lowered = [] if allow_regression or not path.exists() else lowers(read_floors(path), measured)
    if not lowered:
        others = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        path.write_text(json.dumps(others | measured, indent=1) + "\n", encoding="utf-8")
    return lowered


def lowers(pinned: Measured, measured: Measured) -> list[str]:
    """What pinning `measured` would lower, even by less than the tolerance: small steps add up."""
    return shortfalls(pinned, measured) or [
        f"joint F1 {kind}, scope {scope}: would lower {100 * floor:.2f} to {100 * measured['floors'][scope][kind]:.2f}"
        for scope, floors in pinned["floors"].items()
        for kind, floor in floors.items()
        if measured["floors"][scope][kind] < floor
    ]


def table(pinned: Measured | None, measured: Measured) -> str:
    """Lines "scope type measured floor", in percent."""
    lines = [f"{'scope':8}{'type':10}{'joint F1':>9}{'floor':>8}"]
    for scope, kinds in measured["floors"].items():
        for kind, reached in kinds.items():
            floor = f"{100 * pinned['floors'][scope][kind]:8.2f}" if pinned else f"{'-':>8}"
            lines.append(f"{scope:8}{kind:10}{100 * reached:9.2f}{floor}")
    return "\n".join(lines)


@click.command()
@click.option("--gold", type=click.Path(path_type=Path), default=Path("../shared/data/polnear/dev"), show_default=True)
@click.option("--heads", type=click.Path(path_type=Path), default=Path("../shared/eval/heads_dev.json"))
@click.option("--floors", type=click.Path(path_type=Path), default=Path("tests/gold/floors.json"), show_default=True)
@click.option("--model", metavar="NAME", help="The spaCy pipeline to run.")
@click.option("--update", is_flag=True, help="Pin what is reached.")
@click.option("--allow-regression", is_flag=True, help="Pin it even where that lowers a floor.")
def main(*, gold: Path, heads: Path, floors: Path, model: str | None, update: bool, allow_regression: bool) -> None:
    """Compare the tracker with its pinned floors, or raise them.

    Example: python -m quotes.evaluation.floors --update
    """
    try:
        measured = measure(gold, heads, model)
        pinned = read_floors(floors) if floors.exists() or not update else None
        click.echo(table(pinned, measured))
        if update:
            problems = pin(floors, measured, allow_regression=allow_regression)
        else:
            problems = shortfalls(read_floors(floors), measured)
    except QuotesError as error:
        raise click.ClickException(str(error)) from error
    for problem in problems:
        click.echo(problem, err=True)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
