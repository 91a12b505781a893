"""The gold of styles as offsets, what the pipeline finds in its texts, and the list of what it is known to get wrong.

In: `tests/gold/styles/*.yml`, whose spans are words as printed (see the README there).  Out: cases with offsets; a
span that is absent or ambiguous fails an assertion.  From the root of the checkout:

    python -m tests.styles            print the figures of every style
    python -m tests.styles --update   write known_failures.yml anew: look at what changed before it is kept
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import click
import yaml
from spacy.language import Language

from quotes.evaluation.evaluating import compare, score
from quotes.evaluation.items import iou
from quotes.evaluation.polnear import GoldDocument
from quotes.evaluation.predictions import quotation_to_json
from quotes.evaluation.triples import Triple
from quotes.evaluation.views import Offsets, View
from quotes.models import Quotation, QuotationType, Span
from quotes.paragraphs import find_paragraphs
from quotes.quotations.component import get_quotations
from quotes.quotations.finder import type_of
from quotes.quotations.marks import find_quoted

FOLDER = Path(__file__).resolve().parent / "gold" / "styles"
KNOWN = FOLDER / "known_failures.yml"
SAME = 0.5
"""Contents are about the same thing from this share in common on."""
SHOWN = 60
"""Most characters of a span in a message."""
_OCCURRENCE = re.compile(r"(?P<words>.+)@(?P<number>\d+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Expected:
    """One annotated quotation."""

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    type: str
    act: str


@dataclass(frozen=True, slots=True)
class Case:
    """One text with everything that is quoted in it."""

    id: str
    style: str
    text: str
    quotations: tuple[Expected, ...]


Found = Mapping[str, Sequence[Quotation]]
"""Case id → quotations that the pipeline found."""


# --- reading the gold


@cache
def cases() -> tuple[Case, ...]:
    """All texts, in the order of the files."""
    return tuple(case for path in sorted(FOLDER.glob("*.yml")) if path != KNOWN for case in _read(path))


def _read(path: Path) -> Iterator[Case]:
    for row in yaml.safe_load(path.read_text(encoding="utf-8")):
        name = f"{row['style']}/{row['id']}"
        expected = (_expected(name, row["text"], quotation) for quotation in row["quotations"])
        yield Case(name, row["style"], row["text"], tuple(expected))


def _expected(name: str, text: str, row: dict[str, Any]) -> Expected:
    assert row.keys() == {"content", "cue", "source", "type", "act"}, f"{name}: {sorted(row)}"
    spans = (tuple(find_span(name, text, words) for words in _listed(row[key])) for key in ("content", "cue", "source"))
    return Expected(*spans, row["type"], row["act"])


def _listed(value: str | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else value or []


def find_span(name: str, text: str, printed: str) -> Span:
    """Offsets of words that stand once in the text, or of their nth occurrence: "she@2"."""
    numbered = _OCCURRENCE.fullmatch(printed)
    words, number = (numbered["words"], int(numbered["number"])) if numbered else (printed, None)
    before, after = (r"(?<!\w)" if words[0].isalnum() else ""), (r"(?!\w)" if words[-1].isalnum() else "")
    hits = [match.start() for match in re.finditer(before + re.escape(words) + after, text)]
    assert 1 <= number <= len(hits) if number else len(hits) == 1, f"{name}: {printed!r} stands there {len(hits)}x"
    start = hits[(number or 1) - 1]
    return start, start + len(words)


@cache
def known_failures() -> dict[str, dict[str, str]]:
    """What is compared ("marks", "pipeline") → case id → how it fails."""
    return yaml.safe_load(KNOWN.read_text(encoding="utf-8")) if KNOWN.exists() else {"marks": {}, "pipeline": {}}


# --- comparing


def marks_type(case: Case, quotation: Expected) -> QuotationType | None:
    """The type that the pipeline gives to the annotated content, by the marks it sees."""
    quoted = [(q.start, q.end) for q in find_quoted(case.text, find_paragraphs(case.text))]
    return type_of(case.text, quotation.content, quoted)


def wrong_types(case: Case) -> list[str]:
    """A line for every quotation whose annotated type is not what its marks make it."""
    seen = ((q, marks_type(case, q)) for q in case.quotations)
    return [f"{kind} for {q.type}: {_show(case.text, q.content)}" for q, kind in seen if kind != q.type]


def differences(case: Case, found: Iterable[Quotation]) -> list[str]:
    """A line for everything that was found otherwise than annotated, by letters and digits; none when all is right."""
    view = View(case.text)
    missing, extra = [*case.quotations], [*found]
    for expected in case.quotations:
        same = next((q for q in extra if _key(view, q) == _key(view, expected)), None)
        if same:
            missing.remove(expected)
            extra.remove(same)
    lines = []
    for expected in missing:
        twin = _twin(view, expected, extra)
        if twin:
            extra.remove(twin)
        lines.append(_difference(view, expected, twin))
    return lines + [f"not annotated: {_show(case.text, q.content)}" for q in extra]


def _key(view: View, quotation: Expected | Quotation) -> tuple[Offsets, Offsets, str]:
    return view.alnum(quotation.content), view.alnum(quotation.source), quotation.type


def _twin(view: View, expected: Expected, extra: Sequence[Quotation]) -> Quotation | None:
    content = view.alnum(expected.content)
    ranked = [(iou(content, view.alnum(q.content)), -index) for index, q in enumerate(extra)]
    likeness, index = max(ranked, default=(0.0, 0))
    return extra[-index] if likeness else None


def _difference(view: View, expected: Expected, twin: Quotation | None) -> str:
    if twin is None:
        return f"missed: {_show(view.text, expected.content)}"
    parts = []
    for name in ("content", "source"):
        wanted, got = getattr(expected, name), getattr(twin, name)
        if view.alnum(wanted) != view.alnum(got):
            parts.append(f"{name} {_show(view.text, got)} for {_show(view.text, wanted)}")
    if expected.type != twin.type:
        parts.append(f"{twin.type} for {expected.type}")
    return ", ".join(parts)


def _show(text: str, spans: Sequence[Span]) -> str:
    words = " / ".join(" ".join(text[start:end].split()) for start, end in spans)
    if len(words) > SHOWN:
        words = f"{words[: SHOWN // 2]}[…]{words[-SHOWN // 2 :]}"
    return f"[{words}]" if words else "nobody"


# --- running and scoring


def run(nlp: Language) -> Found:
    """What the pipeline finds in every text."""
    docs = nlp.pipe(case.text for case in cases())
    return {case.id: get_quotations(doc) for case, doc in zip(cases(), docs, strict=True)}


def scores(chosen: Sequence[Case], found: Found) -> dict[str, Any]:
    """The figures of `quotes.evaluation` over texts; a source is right where it overlaps the annotated one."""
    gold = {
        case.id: GoldDocument(case.text, tuple(Triple(q.source, q.cue, q.content) for q in case.quotations))
        for case in chosen
    }
    predicted = {name: [quotation_to_json(q) for q in found[name]] for name in gold}
    figures: dict[str, Any] = score(compare(gold, predicted, {}))["types"]["all"]
    return figures


def same_acts(chosen: Iterable[Case], found: Found) -> Iterator[bool]:
    """For every annotated quotation that was found: is its act right?"""
    for case in chosen:
        view = View(case.text)
        for expected in case.quotations:
            twin = _twin(view, expected, found[case.id])
            if twin and iou(view.alnum(expected.content), view.alnum(twin.content)) >= SAME:
                yield twin.act == expected.act


def table(found: Found) -> str:
    """A line for every style and one for all: texts, those wholly right, gold, joint F1, its parts, pairs, acts."""
    styles = dict.fromkeys(case.style for case in cases())
    rows = [(style, [case for case in cases() if case.style == style]) for style in styles]
    head = f"{'style':14}{'texts':>6}{'right':>6}{'gold':>6}{'joint F1':>9}{'P':>7}{'R':>7}{'pair F1':>9}{'act':>7}"
    return "\n".join([head, *(_line(name, chosen, found) for name, chosen in [*rows, ("all", [*cases()])])])


def _line(name: str, chosen: Sequence[Case], found: Found) -> str:
    right = sum(not differences(case, found[case.id]) for case in chosen)
    figures, acts = scores(chosen, found), [*same_acts(chosen, found)]
    precision, recall, joint = (100 * value for value in figures["joint"])
    counts = f"{name:14}{len(chosen):6}{right:6}{figures['gold']:6.0f}"
    shares = f"{100 * figures['iou50'][2]:9.1f}{100 * sum(acts) / max(1, len(acts)):7.1f}"
    return f"{counts}{joint:9.1f}{precision:7.1f}{recall:7.1f}{shares}"


# --- the command


def failures(found: Found) -> dict[str, dict[str, str]]:
    """What should stand in known_failures.yml."""
    lines = {
        "marks": {case.id: wrong_types(case) for case in cases()},
        "pipeline": {case.id: differences(case, found[case.id]) for case in cases()},
    }
    return {what: {name: "; ".join(said) for name, said in rows.items() if said} for what, rows in lines.items()}


def write_failures(found: dict[str, dict[str, str]]) -> None:
    """Replace known_failures.yml."""
    head = (
        "# What is known to be found otherwise than annotated; written by `python -m tests.styles --update`.\n"
        "# marks: the pipeline's marks give a content another type.  pipeline: what the whole pipeline gets wrong.\n"
    )
    body = yaml.safe_dump(found, allow_unicode=True, sort_keys=False, width=10_000)
    KNOWN.write_text(head + body, encoding="utf-8")


@click.command()
@click.option("--update", is_flag=True, help="Write known_failures.yml anew.")
@click.option("--rules", is_flag=True, help="Run the rules in place of the trained tagger.")
@click.option("--model", metavar="NAME", help="The spaCy pipeline to run.")
def main(*, update: bool, rules: bool, model: str | None) -> None:
    """Print the figures of every style, and what fails now that is not known to fail, or no longer does.

    Example: python -m tests.styles --update
    """
    from quotes.language import load

    found = run(load(model, rules=rules))
    now, before = failures(found), known_failures()
    click.echo(table(found))
    for what, rows in now.items():
        click.echo(f"\n{what}: {len(rows)} fail")
        for name in sorted(rows.keys() ^ before[what].keys()):
            click.echo(f"  new: {name}: {rows[name]}" if name in rows else f"  now right: {name}")
    if update:
        write_failures(now)


if __name__ == "__main__":
    main()
