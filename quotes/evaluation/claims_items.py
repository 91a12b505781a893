"""Claims to score: gold in stand-off JSON, and predictions as `quotes extract --format jsonl` prints them.

Gold is a file an article, or a folder of them, named like the article: `{"split": "open" | "kept", "claims":
[{"doc_id": str, "sentence": [s, e], "clause": [s, e], "kind": str, "figures": [{"span": [s, e], "value_min",
"value_max", "comparator", "direction", "unit", "role"}], "measured": [s, e] | null, "asserted_by": str,
"also": [str, …], "assertion": [{"speaker", "stance"}], "denied": bool, "hedged": bool, "check_worthy": bool}]}`,
in code points, end exclusive.  No claims, `[]`, says that the article has none.  Further keys are not scored.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar, get_args

from quotes.errors import InputError
from quotes.evaluation.polnear import read_text
from quotes.models import Comparator, Direction, Role, Span, Stance

if TYPE_CHECKING:
    from spacy.language import Language

    from quotes.models import Claim

T = TypeVar("T")
Split = Literal["open", "kept"]
"""Kept: not looked at while rules are written."""
SPLITS: tuple[Split, ...] = get_args(Split)
KINDS = ("quantity", "change", "comparison", "rank", "causal", "status", "rule", "vote")
_COMPARATORS, _DIRECTIONS, _ROLES, _STANCES = map(get_args, (Comparator, Direction, Role, Stance))
_NUMBER = int | float | None


class FigureItem(NamedTuple):
    """A figure: where it is printed, its interval (None at an open side), and what it says of it."""

    span: Span
    low: float | None
    high: float | None
    comparator: str = "="
    direction: str | None = None
    unit: str | None = None
    role: str = "level"


class ClaimItem(NamedTuple):
    """A gold or predicted claim.  `worth` is check-worthiness, 0..1; of gold it is 1 or 0."""

    clause: Span
    kind: str
    figures: tuple[FigureItem, ...]
    measured: Span | None
    asserted_by: str
    stance: str
    """Of the last link of the assertion."""
    denied: bool
    hedged: bool
    worth: float
    sentence: Span | None = None
    """Of gold alone."""
    also: tuple[str, ...] = ()
    """Further names that are right."""


class GoldClaims(NamedTuple):
    """The claims of one article."""

    document_id: str
    split: Split
    claims: tuple[ClaimItem, ...]


class _MalformedError(ValueError):
    """A JSON value is no claim; the message says what it should be."""


# --- gold


def read_claims(path: Path) -> list[GoldClaims]:
    """The articles of a gold file or folder, by name; InputError names the file and claim that is malformed."""
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    found = [_read_file(file) for file in files]
    if not any(document.claims for document in found):
        raise InputError(str(path), "holds no claims: name a file, or a folder of *.json, with claims of articles")
    return found


def check_offsets(gold: Iterable[GoldClaims], texts: Mapping[str, str]) -> None:
    """InputError names the first claim with a span outside its text, or a clause outside its sentence."""
    for document in gold:
        end = len(texts[document.document_id])
        for number, claim in enumerate(document.claims, start=1):
            sentence = claim.sentence or claim.clause
            inner = [claim.clause, *(figure.span for figure in claim.figures)]
            if any(span[1] > end for span in (*inner, sentence, claim.measured or sentence)):
                problem = f"has a span behind the end of the text ({end} characters): is this the annotated text?"
                raise InputError(f"{document.document_id}, claim {number}", problem)
            if any(span[0] < sentence[0] or sentence[1] < span[1] for span in inner):
                problem = "has its clause or a figure outside its sentence: mend the offsets"
                raise InputError(f"{document.document_id}, claim {number}", problem)


def _read_file(path: Path) -> GoldClaims:
    try:
        value = json.loads(read_text(path))
    except ValueError as error:
        raise InputError(str(path), "is no JSON: write an object with a list of claims") from error
    if not isinstance(value, dict) or not isinstance(value.get("claims"), list):
        raise InputError(str(path), 'needs "claims": a list of objects with sentence, clause, kind, figures …')
    split = value.get("split", "open")
    if split not in SPLITS:
        raise InputError(str(path), f'needs "split": one of {", ".join(SPLITS)}')
    claims = []
    for number, raw in enumerate(value["claims"], start=1):
        try:
            claims.append(_gold_claim(raw, path.stem))
        except _MalformedError as error:
            raise InputError(f"{path}, claim {number}", str(error)) from error
    return GoldClaims(path.stem, split, tuple(claims))


def _gold_claim(raw: object, document_id: str) -> ClaimItem:
    if not isinstance(raw, dict) or raw.get("doc_id", document_id) != document_id:
        raise _MalformedError('needs "doc_id": the name of its file without .json')
    also = raw.get("also", [])
    if not isinstance(also, list) or not all(isinstance(name, str) for name in also):
        raise _MalformedError('needs "also": a list of names')
    figures = [_figure(figure, _span("span", figure.get("span"))) for figure in _objects(raw, "figures")]
    return ClaimItem(
        clause=_span("clause", raw.get("clause")),
        measured=_span("measured", raw["measured"]) if raw.get("measured") is not None else None,
        worth=float(_flag(raw, "check_worthy")),
        sentence=_span("sentence", raw.get("sentence")),
        also=tuple(also),
        **_common(raw, figures),
    )


# --- predictions


def read_predicted(name: str, lines: Iterable[str]) -> dict[str, list[ClaimItem]]:
    """Document id (the stem of the document's input) → claims, from JSON lines; InputError names `name` and line."""
    found: dict[str, list[ClaimItem]] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            document_id, claims = _predicted_line(line)
        except _MalformedError as error:
            raise InputError(f"{name}:{number}", str(error)) from error
        if document_id in found:
            problem = f"document {document_id!r} has a line already: give each document one line"
            raise InputError(f"{name}:{number}", problem)
        found[document_id] = claims
    return found


def _predicted_line(line: str) -> tuple[str, list[ClaimItem]]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise _MalformedError(f"is no JSON ({error.msg}): write what quotes extract --format jsonl prints") from error
    document = row.get("document") if isinstance(row, dict) else None
    if not isinstance(document, dict) or not isinstance(document.get("input"), str):
        raise _MalformedError('needs "document" with "input": write what quotes extract --format jsonl prints')
    return Path(document["input"]).stem, [_predicted_claim(raw) for raw in _objects(row, "claims")]


def _predicted_claim(raw: dict[str, Any]) -> ClaimItem:
    worth = raw.get("check_worthiness")
    if isinstance(worth, bool) or not isinstance(worth, int | float):
        raise _MalformedError('a claim needs "check_worthiness": a number from 0 to 1')
    figures = [_figure(one, _whole(one)) for one in _objects(raw, "figures")]
    return ClaimItem(
        clause=_whole(raw),
        measured=_span("measured_span", raw["measured_span"]) if raw.get("measured_span") is not None else None,
        worth=float(worth),
        **_common(raw, figures),
    )


def predict_claims(texts: Mapping[str, str], nlp: Language) -> dict[str, list[ClaimItem]]:
    """Run the tracker over texts (document id → text); InputError names a document that broke it."""
    # Scoring a file of predictions needs no spaCy pipeline.
    from quotes.models import Document
    from quotes.tracker import Failed, track

    found = {}
    documents = (Document(name, f"{name}.txt", "", text) for name, text in texts.items())
    for result in track(documents, nlp):
        if isinstance(result, Failed):
            raise InputError(result.document.input, result.message)
        found[result.document.id] = [item_of(claim) for claim in result.claims]
    return found


def item_of(claim: Claim) -> ClaimItem:
    """A claim of the tracker as an item."""
    return ClaimItem(
        clause=(claim.start, claim.end),
        kind=claim.kind,
        figures=tuple(
            FigureItem((f.start, f.end), f.value_min, f.value_max, f.comparator, f.direction, f.unit, f.role)
            for f in claim.figures
        ),
        measured=claim.measured,
        asserted_by=claim.asserted_by,
        stance=claim.assertion[-1].stance if claim.assertion else "asserts",
        denied=claim.denied,
        hedged=claim.hedged,
        worth=claim.check_worthiness,
    )


# --- both


def _common(raw: dict[str, Any], figures: Sequence[FigureItem]) -> dict[str, Any]:
    """What gold and predictions say alike."""
    if not isinstance(raw.get("asserted_by"), str):
        raise _MalformedError('needs "asserted_by": a name, "anonymous" or "article"')
    links = _objects(raw, "assertion")
    return {
        "kind": _one_of(raw, "kind", KINDS),
        "figures": tuple(figures),
        "asserted_by": raw["asserted_by"],
        "stance": _one_of(links[-1], "stance", _STANCES) if links else "asserts",
        "denied": _flag(raw, "denied"),
        "hedged": _flag(raw, "hedged"),
    }


def _figure(raw: dict[str, Any], span: Span) -> FigureItem:
    low, high = raw.get("value_min"), raw.get("value_max")
    if not all(isinstance(end, _NUMBER) and not isinstance(end, bool) for end in (low, high)) or low is high is None:
        raise _MalformedError('a figure needs "value_min" and "value_max": numbers, null at an open side')
    if low is not None and high is not None and low > high:
        raise _MalformedError(f'a figure has "value_min" {low} above "value_max" {high}')
    if not isinstance(raw.get("unit"), str | None):
        raise _MalformedError('a figure needs "unit": a word or null')
    direction = _one_of(raw, "direction", (*_DIRECTIONS, None))
    comparator, role = _one_of(raw, "comparator", _COMPARATORS), _one_of(raw, "role", _ROLES)
    return FigureItem(span, low, high, comparator, direction, raw.get("unit"), role)


def _whole(raw: dict[str, Any]) -> Span:
    return _span("start and end", [raw.get("start"), raw.get("end")])


def _span(name: str, value: object) -> Span:
    # `True` is an int in Python, never an offset.
    if isinstance(value, list) and [type(end) for end in value] == [int, int] and 0 <= value[0] < value[1]:
        return value[0], value[1]
    raise _MalformedError(f"needs {name}: [start, end] in code points, start < end")


def _objects(raw: dict[str, Any], key: str) -> list[dict[str, Any]]:
    values = raw.get(key)
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        raise _MalformedError(f'needs "{key}": a list of objects')
    return values


def _flag(raw: dict[str, Any], key: str) -> bool:
    if not isinstance(raw.get(key), bool):
        raise _MalformedError(f'needs "{key}": true or false')
    return bool(raw[key])


def _one_of(raw: dict[str, Any], key: str, allowed: Sequence[T]) -> T:
    for value in allowed:
        if raw.get(key) == value:
            return value
    raise _MalformedError(f'needs "{key}": one of {", ".join(str(value or "null") for value in allowed)}')
