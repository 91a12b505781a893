"""The seed documents' hand annotations as offsets, and how much of them an extraction finds.

In: `tests/gold/seeds/*.json`, whose spans are words in a paragraph (see `tests/gold/README.md`).  Out: offsets into
the body of the document; a span that is absent or ambiguous fails an assertion.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from quotes.models import Claim, Extraction, Figure, Quotation, Span

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted((ROOT / "seeds" / "documents").glob("*.md"))
GOLD = sorted((ROOT / "tests" / "gold" / "seeds").glob("*.json"))
OVERLAP = 0.5
"""Least share of the letters and digits of two contents together that both must cover."""


def read(path: Path) -> tuple[dict[str, Any], str]:
    """Front matter and body."""
    opening, front, body = re.split(r"^---\n", path.read_text(encoding="utf-8"), maxsplit=2, flags=re.MULTILINE)
    assert not opening
    return yaml.safe_load(front), body


@cache
def body_of(name: str) -> str:
    return read(ROOT / "seeds" / "documents" / f"{name}.md")[1]


def paragraphs(name: str) -> list[str]:
    return [line for line in body_of(name).splitlines() if line.strip()]


@dataclass(frozen=True, slots=True)
class GoldQuotation:
    type: str
    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    speaker: str | None


@dataclass(frozen=True, slots=True)
class GoldFigure:
    """A figure with the claim it belongs to: where, its interval, and who vouches for it."""

    span: Span
    interval: tuple[float | None, float | None, str]
    unit: str | None
    asserted_by: str
    denied: bool


def find_span(name: str, span: str | dict[str, Any], paragraph: int) -> Span:
    """Offsets in the body of a gold span; fails where it is absent, or ambiguous without an `occurrence`."""
    entry: dict[str, Any] = {"text": span} if isinstance(span, str) else span
    line = paragraphs(name)[entry.get("paragraph", paragraph) - 1]
    hits = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(entry['text'])}(?!\w)", line)]
    occurrence = entry.get("occurrence")
    assert 1 <= occurrence <= len(hits) if occurrence else len(hits) == 1, f"{name}: {span} stands there {len(hits)}×"
    start = body_of(name).index(line) + hits[(occurrence or 1) - 1]
    return start, start + len(entry["text"])


def gold_quotations(name: str, gold: dict[str, Any]) -> Iterator[GoldQuotation]:
    for row in gold["quotations"]:
        content, cue, source = (
            tuple(find_span(name, span, row["paragraph"]) for span in row[key]) for key in ("content", "cue", "source")
        )
        yield GoldQuotation(row["type"], content, cue, source, row["speaker"])


def gold_figures(name: str, gold: dict[str, Any]) -> Iterator[GoldFigure]:
    for row in gold["claims"]:
        for figure in row["figures"]:
            interval = figure["value_min"], figure["value_max"], figure["comparator"]
            span = find_span(name, figure["span"], row["paragraph"])
            yield GoldFigure(span, interval, figure["unit"], row["asserted_by"], row["denied"])


def read_gold(path: Path) -> tuple[list[GoldQuotation], list[GoldFigure]]:
    gold = json.loads(path.read_text(encoding="utf-8"))
    assert gold["document"] == f"seeds/documents/{path.stem}.md"
    return list(gold_quotations(path.stem, gold)), list(gold_figures(path.stem, gold))


def recall_of_quotations(gold: Iterable[GoldQuotation], found: Extraction) -> Iterator[tuple[bool, bool]]:
    """For each gold quotation: is its content found, and has the one found the right speaker?"""
    left = list(found.quotations)
    for wanted in gold:
        ranked = [(overlap(found.document.text, wanted.content, q.content), i) for i, q in enumerate(left)]
        share, best = max(ranked, default=(0.0, 0))
        if share < OVERLAP:
            yield False, False
        else:
            yield True, is_speaker(wanted.speaker, left.pop(best), found)


def overlap(text: str, one: Iterable[Span], other: Iterable[Span]) -> float:
    """Intersection over union of the letters and digits in two lists of spans."""
    left, right = (
        {i for start, end in spans for i in range(start, end) if text[i].isalnum()} for spans in (one, other)
    )
    return len(left & right) / max(1, len(left | right))


def is_speaker(wanted: str | None, quotation: Quotation, found: Extraction) -> bool:
    """Whether the quotation's speaker is the wanted one; nobody is right for the unnamed."""
    speakers = {speaker.id: speaker for speaker in found.speakers}
    speaker = next((speakers[a.speaker_id] for a in found.attributions if a.quotation_id == quotation.id), None)
    if speaker is None:
        return wanted is None or wanted[0].islower()
    return wanted is not None and wanted.casefold() == speaker.name.casefold()


def recall_of_figures(gold: Iterable[GoldFigure], found: Extraction) -> Iterator[tuple[bool, bool]]:
    """For each gold figure: is it found with its interval, and has its claim the right asserter?"""
    figures = [(claim, figure) for claim in found.claims for figure in claim.figures]
    for wanted in gold:
        claims = [claim for claim, figure in figures if is_figure(wanted, figure)]
        yield bool(claims), any(is_asserter(wanted, claim) for claim in claims)


def is_figure(wanted: GoldFigure, figure: Figure) -> bool:
    start, end = wanted.span
    interval = figure.value_min, figure.value_max, figure.comparator
    return figure.start < end and start < figure.end and interval == wanted.interval


def is_asserter(wanted: GoldFigure, claim: Claim) -> bool:
    named = wanted.asserted_by[0].isupper() or wanted.asserted_by in {"article", "anonymous"}
    right = wanted.asserted_by.casefold() == claim.asserted_by.casefold() or (
        not named and claim.asserted_by == "anonymous"
    )
    return right and wanted.denied == claim.denied
