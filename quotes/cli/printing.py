"""Rows of a query on standard output: a table, JSON lines or CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from quotes.cli.options import F
from quotes.cli.tables import table
from quotes.store import Store

Row = Mapping[str, Any]

limit_option = click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="How many.")


def form_option(command: F) -> F:
    """`--format`: how to print."""
    choice = click.Choice(["table", "jsonl", "csv"])
    return click.option("--format", "form", type=choice, default="table", show_default=True, help="How to print.")(
        command
    )


def query(database: Path, sql: str, parameters: Sequence[Any] | dict[str, Any]) -> list[dict[str, Any]]:
    """All rows of a query on a database that is there."""
    with Store.open(database, create=False) as store:
        return list(store.db.query(sql, parameters))


def as_text(form: str, title: str, columns: Sequence[str], rows: Sequence[Row]) -> str:
    """Rows in a form; a table shows only some columns."""
    printers: dict[str, Callable[[Iterable[Row]], str]] = {"jsonl": _jsonl, "csv": _csv}
    if form in printers:
        return printers[form](rows)
    return table(title, [column.replace("_", " ") for column in columns], ([row[c] for c in columns] for row in rows))


def _jsonl(rows: Iterable[Row]) -> str:
    return "\n".join(json.dumps(dict(row), ensure_ascii=False) for row in rows)


def _csv(rows: Iterable[Row]) -> str:
    listed = list(rows)
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, listed[0].keys() if listed else [], lineterminator="\n")
    writer.writeheader()
    writer.writerows(listed)
    return buffer.getvalue().rstrip("\n")
