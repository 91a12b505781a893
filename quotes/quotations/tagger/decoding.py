"""From the network's scores of one window to attributions: which spans there are, and which belong together.

In: log-probabilities of labels (words x LABELS) and of links (words x words + 1, the first column: to nothing).
Out: `Found`, in ranges of the window's words.  Invariant: every content belongs to one attribution.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from quotes.quotations.drafts import Ranges
from quotes.quotations.page import Range
from quotes.quotations.tagger.scheme import CONTENT, CUE, SOURCE, Scores, begin, spans_of


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution, in words of its window."""

    source: Ranges
    cue: Ranges
    content: Ranges
    spans: float
    """Mean probability of its words' labels."""
    edges: float
    """Least probability of the words at the edges of its content."""
    links: float
    """Product of the probabilities of its links."""


def decode(labels: Scores, links: Scores, path: Sequence[int]) -> list[Found]:
    """The attributions of one window, in the order of their content; `path` is its likeliest labels."""
    sources, cues, contents = (spans_of(path, role) for role in (SOURCE, CUE, CONTENT))
    pointing = np.exp(links)
    owned: defaultdict[int, list[tuple[Range, float]]] = defaultdict(list)
    for content in contents:
        cue, share = _target(pointing, content, cues)
        # Contents without a cue are attributions of their own.
        owned[cue if cue >= 0 else -1 - content[0]].append((content, share))
    found = []
    for cue, parts in owned.items():
        source, share = _target(pointing, cues[cue], sources) if cue >= 0 else (-1, 1.0)
        found.append(
            _found(
                labels, path, [sources[source]] if source >= 0 else [], [cues[cue]] if cue >= 0 else [], parts, share
            )
        )
    return sorted(found, key=lambda f: f.content)


def _target(pointing: Scores, span: Range, targets: list[Range]) -> tuple[int, float]:
    """Which of the spans the words of `span` point to, -1 for none, and with what probability."""
    mass = pointing[span[0] : span[1]].mean(axis=0)
    shares = [float(mass[0])] + [float(mass[1 + start : 1 + end].sum()) for start, end in targets]
    best = int(np.argmax(shares))
    return best - 1, shares[best]


def _found(
    labels: Scores,
    path: Sequence[int],
    source: list[Range],
    cue: list[Range],
    parts: list[tuple[Range, float]],
    share: float,
) -> Found:
    content = tuple(span for span, _ in parts)
    words = [index for span in (*source, *cue, *content) for index in range(*span)]
    probable = np.exp([labels[index, path[index]] for index in words])
    edges = [float(np.exp(labels[index, path[index]])) for start, end in content for index in (start, end - 1)] + [
        _closed(labels, end) for _, end in content
    ]
    linked = share * float(np.prod([s for _, s in parts]))
    return Found(tuple(source), tuple(cue), content, float(probable.mean()), min(edges), linked)


def _closed(labels: Scores, end: int) -> float:
    """How likely it is that a content ends before this word."""
    return 1.0 if end >= len(labels) else 1.0 - float(np.exp(labels[end, begin(CONTENT) + 1]))
