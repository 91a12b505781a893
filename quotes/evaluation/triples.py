"""One attribution as it is annotated or predicted: three lists of spans, and its JSON form.

The JSON form is `{"source": [[s, e], …] | null, "cue": [[s, e], …] | null, "content": [[s, e], …]}`,
in code points, end exclusive (source, cue and content: Pareti 2015).  No list and an empty list
mean the same: there is none.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from quotes.models import Span

Spans = tuple[Span, ...]


class MalformedError(ValueError):
    """A JSON value is no attribution; the message says what it should be."""


@dataclass(frozen=True, slots=True)
class Triple:
    """Source, cue and content of one attribution; source and cue may be empty."""

    source: Spans
    cue: Spans
    content: Spans


def triple_from_json(value: object) -> Triple:
    """The triple of a JSON object; MalformedError says which part is not a list of spans."""
    if not isinstance(value, dict) or not isinstance(value.get("content"), list):
        raise MalformedError('an attribution needs "content": [[start, end], …], and may have "source" and "cue"')
    source, cue, content = (_spans(name, value.get(name)) for name in ("source", "cue", "content"))
    return Triple(source, cue, content)


def _spans(name: str, value: object) -> Spans:
    spans = [] if value is None else value
    if not isinstance(spans, list) or not all(_is_span(span) for span in spans):
        raise MalformedError(f'"{name}" must be a list of [start, end] in code points, start <= end')
    return tuple((span[0], span[1]) for span in spans)


def _is_span(value: object) -> bool:
    # `True` is an int in Python, never an offset.
    return isinstance(value, list | tuple) and [type(n) for n in value] == [int, int] and value[0] <= value[1]


def triple_to_json(triple: Triple) -> dict[str, list[list[int]] | None]:
    """The JSON form of a triple, with null for an empty source or cue."""
    return {
        "source": _lists(triple.source) or None,
        "cue": _lists(triple.cue) or None,
        "content": _lists(triple.content),
    }


def source_key(triple: Triple) -> str:
    """The key of a triple's source in a file of heads: its spans as JSON."""
    return json.dumps(_lists(triple.source))


def _lists(spans: Spans) -> list[list[int]]:
    return [[start, end] for start, end in spans]
