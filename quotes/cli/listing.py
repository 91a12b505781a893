"""`quotes claims`: look at the claims of a database."""

from __future__ import annotations

import json
from pathlib import Path

import click

from quotes.cli.options import DatabaseGroup, database_argument
from quotes.cli.printing import as_text, form_option, limit_option, query
from quotes.errors import QuotesError

_CLAIMS = """
SELECT round(check_worthiness, 2) AS worth, asserted_by, figures, outlet, published, claim, reasons,
    claim_id, document_id
FROM claim_list ORDER BY check_worthiness DESC, claim_id LIMIT ?
"""
_CLAIM = "SELECT * FROM claim_list WHERE claim_id = ?"
_REASONS = "SELECT code, weight, text FROM check_reasons WHERE claim_id = ? ORDER BY position"
_RELATIONS = """
SELECT kind, why, other_id AS claim_id FROM claim_relations WHERE claim_id = :id
UNION ALL SELECT kind, why, claim_id FROM claim_relations WHERE other_id = :id
"""


@click.group(cls=DatabaseGroup, invoke_without_command=True)
@database_argument
@form_option
@limit_option
@click.pass_context
def claims(context: click.Context, database: Path, form: str, limit: int) -> None:
    """List claims, those most worth checking first, or show one of them.

    Example: quotes claims news.db --limit 10
    """
    context.obj = database
    if context.invoked_subcommand is None:
        columns = ("worth", "asserted_by", "figures", "published", "claim")
        click.echo(as_text(form, "Claims", columns, query(database, _CLAIMS, [limit])))


@claims.command("show")
@click.argument("claim_id")
@click.pass_obj
def show_claim(database: Path, claim_id: str) -> None:
    """One claim as JSON: its figures, reasons, and how it relates to other claims.

    Example: quotes claims news.db show c_0123456789abcdef
    """
    found = query(database, _CLAIM, [claim_id])
    if not found:
        raise QuotesError(f"{claim_id}: no such claim in {database}; list them with: quotes claims {database}")
    shown = {
        **found[0],
        "reasons": query(database, _REASONS, [claim_id]),
        "relations": query(database, _RELATIONS, {"id": claim_id}),
    }
    click.echo(json.dumps(shown, indent=1, ensure_ascii=False))
