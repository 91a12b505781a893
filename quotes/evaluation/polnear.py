"""Gold in the format of PolNeAR (Newell, Margolin & Ruths 2018): brat stand-off beside texts.

In: a folder with `text/<document>.txt` and `attributions/<document>_<annotator>.ann`.
Out: the text and the attributions of every document, in the order of the file names.

An attribution is an E-line with at least one Content; its contents (Content, Content2, and all the
pieces of a discontinuous one) are ONE content.  Of several annotators the alphabetically first is
gold.  Spans that no E-line joins, and E-lines without content, are not counted.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from quotes.errors import InputError
from quotes.evaluation.triples import Spans, Triple

_RECORD = re.compile(r"[TEAR#N*]\d*\t")
_ROLE_NUMBER = re.compile(r"\d+$")
Record = tuple[int, str]
"""The number of a record's first line, and its text."""


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """One annotated text; `attributions` are in the order of their content."""

    text: str
    attributions: tuple[Triple, ...]


def read_gold(folder: Path) -> dict[str, GoldDocument]:
    """Document id → annotated text; InputError where a file is missing or malformed."""
    found: dict[str, GoldDocument] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        document_id, separator, _annotator = path.stem.rpartition("_")
        if not separator:
            raise InputError(str(path), "name it <document>_<annotator>.ann, after text/<document>.txt")
        if document_id not in found:
            text = read_text(folder / "text" / f"{document_id}.txt")
            found[document_id] = GoldDocument(text, read_annotations(path))
    if not found:
        raise InputError(str(folder), "holds no attributions/*.ann: name a folder with text/ and attributions/")
    return found


def read_text(path: Path) -> str:
    """The file decoded, line ends unchanged (offsets count them)."""
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror}): offsets need the annotated text") from error
    except UnicodeDecodeError as error:
        raise InputError(str(path), f"is not UTF-8 at byte {error.start}: convert it") from error


def read_annotations(path: Path) -> tuple[Triple, ...]:
    """The attributions of one brat file, ordered by the start of their content."""
    records = list(_records(read_text(path)))
    spans = dict(_span_line(path, record) for record in records if record[1][0] == "T")
    triples = [_event_line(path, record, spans) for record in records if record[1][0] == "E"]
    return tuple(sorted((t for t in triples if t.content), key=lambda t: t.content[0]))


def _records(text: str) -> Iterator[Record]:
    """The records of a brat file; a T-line whose text wraps over a newline is one record."""
    current: Record | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        if _RECORD.match(line):
            if current:
                yield current
            current = number, line
        elif line.strip() and current:
            current = current[0], f"{current[1]}\n{line}"
    if current:
        yield current


def _span_line(path: Path, record: Record) -> tuple[str, Spans]:
    number, text = record
    try:
        key, described = text.split("\t")[:2]
        _label, offsets = described.split(" ", 1)
        pieces = [piece.split() for piece in offsets.split(";")]
        return key, tuple((int(start), int(end)) for start, end in pieces)
    except ValueError as error:
        mend = "write T<n>, tab, label, start and end (pieces joined with ';'), tab, text"
        raise InputError(f"{path}:{number}", f"is no brat span: {mend}") from error


def _event_line(path: Path, record: Record, spans: dict[str, Spans]) -> Triple:
    number, text = record
    roles: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    try:
        for argument in text.split("\t")[1].split():
            role, key = argument.split(":")
            roles[_ROLE_NUMBER.sub("", role)] += spans.get(key, ())
    except ValueError as error:
        mend = "write E<n>, tab, then role:T<n> separated by blanks"
        raise InputError(f"{path}:{number}", f"is no brat event: {mend}") from error
    source, cue, content = (tuple(sorted(roles[role])) for role in ("Source", "Cue", "Content"))
    return Triple(source, cue, content)


def read_outlets(folder: Path) -> dict[str, str]:
    """Document id → outlet, from the `publisher` column of a `metadata.tsv` beside the gold folder."""
    path = _metadata(folder)
    rows = _read_rows(path)
    if not {"filename", "publisher"} <= set(rows.fieldnames or ()):
        raise InputError(str(path), "needs the columns filename and publisher to score by outlet")
    return {row["filename"]: row["publisher"] for row in rows}


def read_headings(folder: Path) -> dict[str, tuple[str | None, str | None]]:
    """Document id → title and outlet, as far as a `metadata.tsv` beside the gold folder tells them."""
    path = _metadata(folder)
    if not path.exists():
        return {}
    return {row.get("filename", ""): (row.get("title"), row.get("publisher")) for row in _read_rows(path)}


def _metadata(folder: Path) -> Path:
    return folder.resolve().parent / "metadata.tsv"


def _read_rows(path: Path) -> csv.DictReader[str]:
    return csv.DictReader(read_text(path).splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
