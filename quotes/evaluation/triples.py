"""One attribution as it is annotated or predicted: three lists of spans, and its JSON form.

The JSON form is `{"source": [[s, e], …] | null, "cue": [[s, e], …] | null, "content": [[s, e], …]}`,
in code points, end exclusive (source, cue and content: Pareti 2015).  No list and an empty list
mean the same: there is none.  A prediction may add `"act"` (speech, writing, thought) and `"score"`
(0..1, how sure the predictor is); gold has neither, and what pairs gold with predictions ignores both.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, get_args

from quotes.models import Act, Span

Spans = tuple[Span, ...]
ACTS: tuple[Act, ...] = get_args(Act)


class MalformedError(ValueError):
    """A JSON value is no attribution; the message says what it should be."""


@dataclass(frozen=True, slots=True)
class Triple:
    """Source, cue and content of one attribution; source and cue may be empty."""

    source: Spans
    cue: Spans
    content: Spans
    act: Act | None = None
    score: float | None = None


def triple_from_json(value: object) -> Triple:
    """The triple of a JSON object; MalformedError says which part is not as described above."""
    if not isinstance(value, dict) or not isinstance(value.get("content"), list):
        raise MalformedError('an attribution needs "content": [[start, end], …], and may have "source" and "cue"')
    source, cue, content = (spans_from_json(name, value.get(name)) for name in ("source", "cue", "content"))
    return Triple(source, cue, content, _act(value.get("act")), _score(value.get("score")))


def spans_from_json(name: str, value: object) -> Spans:
    """The spans of a JSON list of [start, end], none for null; MalformedError names `name`."""
    spans = [] if value is None else value
    if not isinstance(spans, list) or not all(_is_span(span) for span in spans):
        raise MalformedError(f'"{name}" must be a list of [start, end] in code points, start <= end')
    return tuple((span[0], span[1]) for span in spans)


def _is_span(value: object) -> bool:
    # `True` is an int in Python, never an offset.
    return isinstance(value, list | tuple) and [type(n) for n in value] == [int, int] and value[0] <= value[1]


def _act(value: object) -> Act | None:
    if value is not None and value not in ACTS:
        raise MalformedError(f'"act" must be one of {", ".join(ACTS)}, or null')
    return value


def _score(value: object) -> float | None:
    if value is None:
        return None
    if type(value) not in {int, float} or not 0 <= value <= 1:  # type: ignore[operator]
        raise MalformedError('"score" must be a number from 0 to 1, or null')
    return float(value)  # type: ignore[arg-type]


def triple_to_json(triple: Triple) -> dict[str, Any]:
    """The JSON form of a triple, with null for an empty source or cue; act and score only where known."""
    spans: dict[str, Any] = {
        "source": _lists(triple.source) or None,
        "cue": _lists(triple.cue) or None,
        "content": _lists(triple.content),
    }
    known = {"act": triple.act, "score": triple.score}
    return spans | {key: value for key, value in known.items() if value is not None}


def source_key(triple: Triple) -> str:
    """The key of a triple's source in a file of heads: its spans as JSON."""
    return json.dumps(_lists(triple.source))


def _lists(spans: Spans) -> list[list[int]]:
    return [[start, end] for start, end in spans]
