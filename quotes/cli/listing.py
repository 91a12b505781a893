"""`quotes speakers` and `quotes claims`: look at what is in a database."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from quotes.cli.options import DatabaseGroup, F, database_argument
from quotes.cli.tables import table
from quotes.errors import QuotesError
from quotes.store import Store

Row = Mapping[str, Any]

_SPEAKERS = """
SELECT speaker, type, quotations, claims, documents, first_quoted, last_quoted, also_known_as, speaker_id
FROM speaker_list ORDER BY quotations DESC, speaker LIMIT ?
"""
_CLAIMS = """
SELECT round(check_worthiness, 2) AS worth, asserted_by, figures, outlet, published, claim, reasons,
    claim_id, document_id
FROM claim_list ORDER BY check_worthiness DESC, claim_id LIMIT ?
"""
_SPEAKER = """
SELECT id FROM speakers WHERE id = :name
UNION SELECT speaker_id FROM speaker_names WHERE name = :name COLLATE NOCASE
"""
_SAID = """
SELECT published, outlet, type, act, content, quotations.id AS quotation_id, document_id
FROM quotations JOIN documents ON documents.id = document_id
WHERE speaker_id = ? AND is_current = 1 ORDER BY published, documents.id, start_char
"""
_CLAIM = "SELECT * FROM claim_list WHERE claim_id = ?"
_REASONS = "SELECT code, weight, text FROM check_reasons WHERE claim_id = ? ORDER BY position"
_RELATIONS = """
SELECT kind, why, other_id AS claim_id FROM claim_relations WHERE claim_id = :id
UNION ALL SELECT kind, why, claim_id FROM claim_relations WHERE other_id = :id
"""


def _form_option(command: F) -> F:
    choice = click.Choice(["table", "jsonl", "csv"])
    return click.option("--format", "form", type=choice, default="table", show_default=True, help="How to print.")(
        command
    )


_limit_option = click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="How many.")


@click.group(cls=DatabaseGroup, invoke_without_command=True)
@database_argument
@_form_option
@_limit_option
@click.pass_context
def speakers(context: click.Context, database: Path, form: str, limit: int) -> None:
    """List who speaks, the most quoted first, or show one of them.

    Example: quotes speakers news.db show "Marco Rubio"
    """
    context.obj = database
    if context.invoked_subcommand is None:
        columns = ("quotations", "claims", "documents", "type", "last_quoted", "speaker")
        click.echo(_print(form, "Speakers", columns, _query(database, _SPEAKERS, [limit])))


@speakers.command("show")
@click.argument("name")
@_form_option
@click.pass_obj
def show_speaker(database: Path, name: str, form: str) -> None:
    """Everything one speaker said, in the order it was published.

    NAME is any name seen in print, or the speaker's id.

    Example: quotes speakers news.db show Rubio --format jsonl
    """
    found = _query(database, _SPEAKER, {"name": name})
    if not found:
        raise QuotesError(f"{name}: no such speaker in {database}; list them with: quotes speakers {database}")
    if len(found) > 1:
        ids = ", ".join(row["id"] for row in found)
        raise QuotesError(f"{name}: several speakers go by this name; use an id: {ids}")
    columns = ("published", "outlet", "type", "content")
    click.echo(_print(form, found[0]["id"], columns, _query(database, _SAID, [found[0]["id"]])))


@click.group(cls=DatabaseGroup, invoke_without_command=True)
@database_argument
@_form_option
@_limit_option
@click.pass_context
def claims(context: click.Context, database: Path, form: str, limit: int) -> None:
    """List claims, those most worth checking first, or show one of them.

    Example: quotes claims news.db --limit 10
    """
    context.obj = database
    if context.invoked_subcommand is None:
        columns = ("worth", "asserted_by", "figures", "published", "claim")
        click.echo(_print(form, "Claims", columns, _query(database, _CLAIMS, [limit])))


@claims.command("show")
@click.argument("claim_id")
@click.pass_obj
def show_claim(database: Path, claim_id: str) -> None:
    """One claim as JSON: its figures, reasons, and how it relates to other claims.

    Example: quotes claims news.db show c_0123456789abcdef
    """
    found = _query(database, _CLAIM, [claim_id])
    if not found:
        raise QuotesError(f"{claim_id}: no such claim in {database}; list them with: quotes claims {database}")
    shown = {
        **found[0],
        "reasons": _query(database, _REASONS, [claim_id]),
        "relations": _query(database, _RELATIONS, {"id": claim_id}),
    }
    click.echo(json.dumps(shown, indent=1, ensure_ascii=False))


def _query(database: Path, sql: str, parameters: Sequence[Any] | dict[str, Any]) -> list[dict[str, Any]]:
    with Store.open(database, create=False) as store:
        return list(store.db.query(sql, parameters))


def _print(form: str, title: str, columns: Sequence[str], rows: Sequence[Row]) -> str:
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
