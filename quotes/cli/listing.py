"""`quotes claims`: look at the claims of a database."""

from __future__ import annotations

import json
from pathlib import Path

import click

from quotes.cli.options import DatabaseGroup, database_argument
from quotes.cli.printing import as_text, form_option, limit_option, query
from quotes.cli.questions import print_pairs, print_question, print_questions
from quotes.errors import QuotesError

_CLAIMS = """
SELECT round(check_worthiness, 2) AS worth, claim_list.asserted_by, claim_list.figures, claim_list.outlet,
    question_answers.outlets, claim_list.published, claim_list.claim, reasons, claim_id, claim_list.document_id,
    claim_list.question_id
FROM claim_list JOIN question_answers USING (claim_id) ORDER BY check_worthiness DESC, claim_id LIMIT ?
"""
_CLAIM = "SELECT * FROM claim_list WHERE claim_id = ?"
_REASONS = "SELECT code, weight, text FROM check_reasons WHERE claim_id = ? ORDER BY position"
_RELATIONS = """
SELECT kind, why, other_id AS claim_id FROM claim_relations WHERE claim_id = :id
UNION ALL SELECT kind, why, claim_id FROM claim_relations WHERE other_id = :id
"""


@click.group(cls=DatabaseGroup, invoke_without_command=True)
@database_argument
@click.option("--conflicts", is_flag=True, help="Pairs of claims that cannot both be right, with why.")
@click.option("--drift", is_flag=True, help="Figures that lost what bounded them: “at least 35” reprinted as 35.")
@click.option("--questions", "asked", is_flag=True, help="What claims answer, the disputed first.")
@click.option("--question", metavar="ID|WORDS", help="One question: its answers over time, and how they relate.")
@form_option
@limit_option
@click.pass_context
def claims(
    context: click.Context,
    database: Path,
    conflicts: bool,
    drift: bool,
    asked: bool,
    question: str | None,
    form: str,
    limit: int,
) -> None:
    """List claims, those most worth checking first, or show one of them; say how claims of one question relate.

    A sentence that several outlets print is listed once.

    Example: quotes claims news.db --limit 10
    """
    context.obj = database
    if sum(map(bool, (conflicts, drift, asked, question))) > 1:
        raise click.UsageError("give one of --conflicts, --drift, --questions and --question")
    if context.invoked_subcommand is not None:
        return
    if conflicts or drift:
        print_pairs(database, form, limit, drift=drift)
    elif asked:
        print_questions(database, form, limit)
    elif question is not None:
        print_question(database, question, form)
    else:
        columns = ("worth", "asserted_by", "figures", "published", "outlets", "claim")
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
