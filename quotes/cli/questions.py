"""`quotes claims DB --conflicts`, `--drift`, `--question`, `--questions`, `same`, `different`, `unsure`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from quotes.cli.printing import as_text, query
from quotes.cli.speakers import judging_options
from quotes.errors import QuotesError
from quotes.store import Store

_PAIRS = """
SELECT * FROM related_claims WHERE kind = :kind AND (:drift = 0 OR why LIKE 'precision drift%') AND is_first
ORDER BY check_worthiness DESC, question_id, published, claim_id, other_published, other_id LIMIT :limit
"""
_QUESTIONS = """
SELECT question, answers, voices, outlets, conflicts, first_published, last_published, question_id
FROM question_list ORDER BY conflicts DESC, answers DESC, question_id LIMIT ?
"""
_FOUND = """
SELECT question_id FROM question_list WHERE question_id = :words
UNION SELECT question_id FROM claims WHERE id = :words AND question_id IS NOT NULL
UNION SELECT claims.question_id FROM question_names JOIN claims ON claims.id = question_names.claim_id
    WHERE question_names.name = :words AND claims.question_id IS NOT NULL
"""
_LIKE = """
SELECT claims.question_id, count(*) AS hits, question_list.answers FROM claims_fts
JOIN claims ON claims.rowid = claims_fts.rowid AND claims.is_current = 1
JOIN question_list ON question_list.question_id = claims.question_id
WHERE claims_fts MATCH ? GROUP BY claims.question_id ORDER BY question_list.answers DESC, hits DESC, 1 LIMIT 1
"""
_LABELLED = """
SELECT question_id FROM question_list
WHERE NOT EXISTS (SELECT 1 FROM json_each(?) WHERE instr(lower(question), lower(value)) = 0)
ORDER BY answers DESC, question_id LIMIT 1
"""
_ANSWERS = """
SELECT published, outlets, outlet, asserted_by, figures, claim, claim_id, document_id
FROM question_answers WHERE question_id = ? ORDER BY published, claim_id
"""
_RELATED = """
SELECT kind, claim, other_claim, why, claim_id, other_id FROM related_claims
WHERE question_id = ? AND is_first
ORDER BY instr('conflicts updates refines compatible incomparable same', kind),
    published, other_published, claim_id, other_id
"""


def print_pairs(database: Path, form: str, limit: int, *, drift: bool) -> None:
    """Pairs of claims that conflict, or of which the later lost a bound; each pair of answers once."""
    kind = "refines" if drift else "conflicts"
    found = query(database, _PAIRS, {"kind": kind, "drift": int(drift), "limit": limit})
    title = "Figures that lost what bounded them" if drift else "Claims that cannot both be right"
    if form != "table":
        click.echo(as_text(form, title, (), found))
        return
    click.echo(f"{title}: {len(found)}\n" if found else f"{title}: none found")
    for row in found:
        click.echo(f"{row['question']}  [{row['question_id']}]")
        click.echo(f"  {row['kind']}: {row['why']}")
        for prefix in ("", "other_"):
            click.echo(_said(row, prefix))
        click.echo("")


def _said(row: dict[str, object], prefix: str) -> str:
    """One claim of a pair, in at most 100 columns: when, where, by whom, its words."""
    outlets, times = row[f"{prefix}outlets"], row[f"{prefix}times"]
    where = str(row[f"{prefix}outlet"] or "no outlet") + (
        f" and others, in {outlets} outlets" if _many(outlets) else ""
    )
    said = f", {times} times" if _many(times) else ""
    head = f"  {row[f'{prefix}published'] or 'undated'}  {where} · {row[f'{prefix}asserted_by']}{said}"
    words = click.wrap_text(f"“{' '.join(str(row[f'{prefix}claim']).split())}”", 96, "    ", "    ")
    return f"{head}\n{words}"


def _many(count: object) -> bool:
    return isinstance(count, int) and count > 1


def print_questions(database: Path, form: str, limit: int) -> None:
    """Questions, those with conflicts first."""
    columns = ("answers", "voices", "outlets", "conflicts", "question_id", "question")
    click.echo(as_text(form, "Questions", columns, query(database, _QUESTIONS, [limit])))


def print_question(database: Path, words: str, form: str) -> None:
    """One question: its answers over time, and how they relate."""
    question = find_question(database, words)
    label = query(database, "SELECT label FROM questions WHERE id = ?", [question])[0]["label"]
    answers = query(database, _ANSWERS, [question])
    if form != "table":
        click.echo(as_text(form, label, (), [{"question_id": question, "question": label, **row} for row in answers]))
        return
    click.echo(f"{label}  [{question}]\n")
    listed = [{**row, "outlets": _outlets(row)} for row in answers]
    columns = ("published", "outlets", "asserted_by", "figures", "claim")
    click.echo(as_text(form, "Answers", columns, listed))
    click.echo(
        as_text(form, "How they relate", ("kind", "claim", "other_claim", "why"), query(database, _RELATED, [question]))
    )


def _outlets(row: dict[str, object]) -> str:
    return f"{row['outlet'] or ''} (in {row['outlets']} outlets)" if _many(row["outlets"]) else str(row["outlet"] or "")


def find_question(database: Path, words: str) -> str:
    """The id of a question: by its id, the id of a claim that answers it, or words of it or of its answers."""
    found = query(database, _FOUND, {"words": words})
    terms = " ".join('"' + word.replace('"', "") + '"' for word in words.split())
    found = found or (query(database, _LABELLED, [json.dumps(words.split())]) if terms else [])
    found = found or (query(database, _LIKE, [terms]) if terms else [])
    if not found:
        raise QuotesError(
            f"{words}: no such question in {database}; list them with: quotes claims {database} --questions"
        )
    return str(found[0]["question_id"])


@click.command("same")
@click.argument("one")
@click.argument("other")
@judging_options
@click.pass_obj
def same(database: Path, one: str, other: str, note: str, reviewer: str) -> None:
    """ONE and OTHER, two questions or claims, are one question: their answers are compared.

    The judgement lasts when articles are extracted again; a later one on the same two undoes it.

    Example: quotes claims news.db same q_0123456789abcdef q_fedcba9876543210
    """
    _judge(database, one, other, "same", (reviewer, note))
    click.echo(f"{one} and {other} are one question: {find_question(database, one)}")


@click.command("different")
@click.argument("one")
@click.argument("other")
@judging_options
@click.pass_obj
def different(database: Path, one: str, other: str, note: str, reviewer: str) -> None:
    """ONE and OTHER, two questions or claims, are two questions: they are never said to conflict.

    Of two claims of one question the later goes to a question of its own.

    Example: quotes claims news.db different c_0123456789abcdef c_fedcba9876543210
    """
    _judge(database, one, other, "different", (reviewer, note))
    click.echo(f"{one} and {other} are two questions: {find_question(database, one)}, {find_question(database, other)}")


@click.command("unsure")
@click.argument("one")
@click.argument("other")
@judging_options
@click.pass_obj
def unsure(database: Path, one: str, other: str, note: str, reviewer: str) -> None:
    """Take a judgement on ONE and OTHER back: whether they are one question is left to the program again.

    Example: quotes claims news.db unsure q_0123456789abcdef q_fedcba9876543210
    """
    _judge(database, one, other, "unsure", (reviewer, note))
    click.echo(f"{one} and {other}: left to the program")


def _judge(database: Path, one: str, other: str, decision: str, by: tuple[str, str]) -> None:
    from quotes.comparison import question_of, relate

    with Store.open(database, create=False) as store:
        store.judge_questions(one, other, decision, *by, by=(question_of, relate))
