"""The errors of an evaluation as one HTML page that a person can read.

In: compared documents in their scope, and their titles and outlets.  Out: a page that needs no other
file, no script and no network; every text in it is escaped by the template.
"""

from __future__ import annotations

import functools
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from quotes.errors import InputError
from quotes.evaluation.evaluating import Compared
from quotes.evaluation.excerpts import Excerpt, excerpts, runs, shorten
from quotes.evaluation.items import Item, iou, is_speech
from quotes.evaluation.mistakes import KINDS, CueCount, Kind, Mistake, count_cues, count_kinds, mistakes_of
from quotes.evaluation.scoring import TYPES
from quotes.evaluation.views import View

if TYPE_CHECKING:
    from jinja2 import Template

COMMONEST = 15
KIND_NAMES = {
    "missed": "missed",
    "spurious": "spurious",
    "source": "wrong source",
    "boundary": "wrong boundary",
    "type": "wrong type",
}
CUES = {"speech": "speech cue", "other": "other cue"}
Headings = Mapping[str, tuple[str | None, str | None]]
"""Document id → title and outlet."""


class Row(NamedTuple):
    """One side of an error in words."""

    label: str
    source: str
    cue: str
    content: str
    type: str


class Shown(NamedTuple):
    """One error as the template shows it; `kinds`, `type` and `cue` are what it is filtered by."""

    kinds: tuple[str, ...]
    type: str
    cue: str
    excerpts: list[Excerpt]
    rows: list[Row]
    only_gold: list[str]
    only_found: list[str]


class Section(NamedTuple):
    """One document with its errors."""

    document_id: str
    title: str | None
    outlet: str | None
    gold: int
    found: int
    counts: dict[str, int]
    errors: list[Shown]


def write_errors(path: Path, documents: Sequence[Compared], headings: Headings, about: str) -> None:
    """Write the page; InputError where that is impossible."""
    try:
        path.write_text(render_errors(documents, headings, about), encoding="utf-8")
    except OSError as error:
        raise InputError(str(path), f"cannot be written ({error.strerror}): name another file") from error


def render_errors(documents: Sequence[Compared], headings: Headings, about: str) -> str:
    """The page of documents already in their scope; `about` says in words what was scored."""
    examined = [(document, mistakes_of(document)) for document in documents]
    return _template().render(
        about=about,
        documents=len(documents),
        sections=[_section(document, found, headings) for document, found in examined if found],
        table=list(_table(examined)),
        columns=[*TYPES, *CUES.values()],
        kind_names=KIND_NAMES,
        cue_names=CUES,
        types=TYPES[:-1],
        filters=list(_filters()),
        cues={kind: _commonest(count_cues(examined, kind)) for kind in ("missed", "spurious")},
    )


@functools.cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(resources.files(__package__).joinpath("errors.html").read_text(encoding="utf-8"))


def _filters() -> Iterator[dict[str, str]]:
    """Every choice of kind, type and cue that leaves something out: what hides documents left empty."""
    choices = (["", *KINDS], ["", *TYPES[:-1]], ["", *CUES])
    for chosen in itertools.product(*choices):
        wanted = {name: value for name, value in zip(("kind", "type", "cue"), chosen, strict=True) if value}
        if wanted:
            yield wanted


def _table(examined: Sequence[tuple[Compared, list[Mistake]]]) -> Iterator[tuple[str, list[int]]]:
    """The rows of the summary: a name, and counts by type, of all, and by cue."""
    mistakes = [mistake for _, found in examined for mistake in found]
    for name, side in (("in gold", "gold"), ("found", "predicted")):
        items = [(item, is_speech(d.view, item)) for d, _ in examined for item in getattr(d, side)]
        sizes = Counter(item.type for item, _ in items)
        spoken = sum(speech for _, speech in items)
        yield name, [*(sizes[kind] for kind in TYPES[:-1]), len(items), spoken, len(items) - spoken]
    by_cue = [count_kinds([m for m in mistakes if m.speech is speech]) for speech in (True, False)]
    counts = count_kinds(mistakes)
    for kind in (*KINDS, "all"):
        name = KIND_NAMES.get(kind, "all errors")
        yield name, [*(counts[kind, one] for one in TYPES), *(found[kind, "all"] for found in by_cue)]


def _commonest(found: Sequence[CueCount]) -> list[CueCount]:
    return [one for one in found if one.wrong > 1][:COMMONEST] or list(found[:COMMONEST])


def _section(document: Compared, mistakes: Sequence[Mistake], headings: Headings) -> Section:
    title, outlet = headings.get(document.document_id, (None, None))
    counts = count_kinds(mistakes)
    by_kind = {KIND_NAMES[kind]: counts[kind, "all"] for kind in KINDS if counts[kind, "all"]}
    errors = [_shown(document.view, mistake) for mistake in mistakes]
    sizes = len(document.gold), len(document.predicted)
    return Section(document.document_id, title, outlet, *sizes, by_kind, errors)


def _shown(view: View, mistake: Mistake) -> Shown:
    gold, found = mistake.gold, mistake.found
    only_gold: list[str] = []
    only_found: list[str] = []
    if gold and found and "boundary" in mistake.kinds:
        only_gold = [shorten(words) for words in runs(view.text, gold.content - found.content)]
        only_found = [shorten(words) for words in runs(view.text, found.content - gold.content)]
    return Shown(
        mistake.kinds,
        mistake.type,
        "speech" if mistake.speech else "other",
        excerpts(view.text, gold.triple if gold else None, found.triple if found else None),
        list(_rows(view, mistake)),
        only_gold,
        only_found,
    )


def _rows(view: View, mistake: Mistake) -> Iterator[Row]:
    likeness = iou(mistake.gold.content, mistake.found.content) if mistake.gold and mistake.found else 0.0
    sides: Iterable[tuple[str, Item | None, Kind]] = (
        ("gold", mistake.gold, "spurious"),
        ("found", mistake.found, "missed"),
    )
    for label, item, other in sides:
        if item is None:
            yield Row(label, "", "", "", "")
            continue
        source, cue, content = (_words(view, item, role) for role in ("source", "cue", "content"))
        shown = f"{label} nearby, IoU {likeness:.2f}" if other in mistake.kinds else label
        yield Row(shown, source, cue, content, item.type)


def _words(view: View, item: Item, role: str) -> str:
    return " | ".join(shorten(view.text[start:end]) for start, end in getattr(item.triple, role))
