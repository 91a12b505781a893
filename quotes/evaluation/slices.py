"""Recall by kind of gold: pronoun sources, discontinuous contents, short contents and so on."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from quotes.evaluation.items import PUNCTUATION_CUES, Item, head_correct, pair_items, read_lexicon, speech_pattern
from quotes.evaluation.views import View

LONG_SOURCE = 8
SHORT_CONTENT = 4
SliceTable = defaultdict[str, list[int]]
"""Slice → [gold, found at IoU >= 0.5, found with the right source]."""


def new_table() -> SliceTable:
    """An empty table of slices."""
    return defaultdict(lambda: [0, 0, 0])


def count_slices(table: SliceTable, view: View, gold: Sequence[Item], predicted: Sequence[Item]) -> None:
    """Add one document to a table."""
    paired = dict(pair_items(gold, predicted))
    for i, item in enumerate(gold):
        joint = i in paired and head_correct(item, predicted[paired[i]])
        for name in slices_of(view, item):
            for column, hit in enumerate((True, i in paired, joint)):
                table[name][column] += hit


def slices_of(view: View, item: Item) -> list[str]:
    """The names of the slices an attribution belongs to."""
    return [f"type={item.type}", *_cue_slices(view, item), *_source_slices(view, item), *_content_slices(view, item)]


def _cue_slices(view: View, item: Item) -> Iterator[str]:
    cue = view.words(item.triple.cue).lower()
    yield ("speech-cue " if speech_pattern().search(cue) else "other-cue ") + item.type
    if cue.strip() in PUNCTUATION_CUES:
        yield "punctuation cue"
    if "according to" in cue:
        yield "according to"


def _source_slices(view: View, item: Item) -> Iterator[str]:
    source, cue = item.triple.source, item.triple.cue
    if not source:
        yield "source null"
        return
    printed = view.words(source).strip()
    words = re.sub(r"[^\w' ’]", "", printed).lower().split()
    yield _source_kind(printed, words)
    if len(words) > LONG_SOURCE:
        yield f"source > {LONG_SOURCE} words"
    if cue and source[0][0] > cue[0][0]:
        yield "inverted (cue before source)"


def _source_kind(printed: str, words: list[str]) -> str:
    if len(words) == 1 and words[0] in _pronouns():
        return "source pronoun"
    # A capital at the start of a longer source may be that of a sentence.
    inner = printed[1:] if printed[:1].isupper() and len(words) > 1 else printed
    return "source named" if re.search("[A-Z]", inner) else "source nominal"


def _content_slices(view: View, item: Item) -> Iterator[str]:
    content = item.triple.content
    if len(content) > 1:
        yield f"discontinuous {item.type}"
    if len(re.findall(r"\w+", view.words(content))) <= SHORT_CONTENT:
        yield f"content <= {SHORT_CONTENT} words"
    if item.type != "indirect":
        yield _marks_kind(view.text)
    if "\n" in view.text[content[0][0] : content[-1][1]].strip():
        yield "multi-paragraph"


def _marks_kind(text: str) -> str:
    if text.count("''") >= 2:
        return "marks ''..''"
    return "marks curly" if "“" in text else 'marks straight "'


@functools.cache
def _pronouns() -> frozenset[str]:
    return frozenset(read_lexicon("pronouns.txt"))
