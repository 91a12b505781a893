"""Rows as tables on a terminal, or at a fixed width where there is none."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from quotes.models import Extraction
from quotes.records import to_record

_WIDTH_WITHOUT_TERMINAL = 140


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """One table as text; the last column takes what room is left."""
    made = Table(title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for column in columns[:-1]:
        made.add_column(column, overflow="fold", max_width=32)
    made.add_column(columns[-1], overflow="fold", ratio=1)
    for row in rows:
        # Text(): brackets in an article are no markup.
        made.add_row(*(Text("" if cell is None else " ".join(str(cell).split())) for cell in row))
    return _render(made)


def extraction_tables(extraction: Extraction) -> str:
    """What was found in one document: a heading, its quotations, its claims."""
    record = to_record(extraction)
    document, quotations, claims = record["document"], record["quotations"], record["claims"]
    facts = [document[key] for key in ("outlet", "published", "dateline", "agency") if document[key]]
    heading = " · ".join([document["title"] or document["input"], *facts])
    said = [q for q in quotations if q["act"] != "thought"]
    thought = [q for q in quotations if q["act"] == "thought"]
    parts = [heading, ""]
    parts.append(table(f"{len(said)} quotations", _QUOTATION_COLUMNS, map(_quotation_row, said)))
    if thought:
        parts.append(table(f"{len(thought)} reported thoughts", _QUOTATION_COLUMNS, map(_quotation_row, thought)))
    parts.append(table(f"{len(claims)} claims", ("asserted by", "figures", "worth", "claim"), map(_claim_row, claims)))
    return "\n".join(parts)


_QUOTATION_COLUMNS = ("speaker", "source", "cue", "type", "content")


def _quotation_row(quotation: Mapping[str, Any]) -> tuple[Any, ...]:
    return (
        quotation["speaker"] or "–",
        quotation["source"],
        quotation["cue"],
        quotation["type"],
        quotation["content"],
    )


def _claim_row(claim: Mapping[str, Any]) -> tuple[Any, ...]:
    figures = "; ".join(_figure(figure) for figure in claim["figures"])
    asserted = claim["asserted_by"] + (" (denies)" if claim["denied"] else "")
    worth = f"{claim['check_worthiness']:.2f}"
    if claim["measured"] and claim["measured"] not in claim["text"]:
        return asserted, figures, worth, f"{claim['measured']}: {claim['text']}"
    return asserted, figures, worth, claim["text"]


def _figure(figure: Mapping[str, Any]) -> str:
    arrow = {"up": "↑ ", "down": "↓ "}.get(figure["direction"] or "", "")
    return f"{arrow}{figure['text']}"


def _render(made: Table) -> str:
    width = shutil.get_terminal_size((_WIDTH_WITHOUT_TERMINAL, 24)).columns
    buffer = io.StringIO()
    console = Console(
        file=buffer,
        width=width if sys.stdout.isatty() else _WIDTH_WITHOUT_TERMINAL,
        force_terminal=False,
        color_system=None,
    )
    console.print(made)
    return buffer.getvalue()
