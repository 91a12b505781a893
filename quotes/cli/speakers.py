"""`quotes speakers`: who speaks in a database, who may be whom, and what people decide about it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from quotes.cli.options import DatabaseGroup, database_argument
from quotes.cli.printing import as_text, form_option, limit_option, query
from quotes.errors import InputError, QuotesError
from quotes.store import Store

_LIST = """
SELECT speaker, type, quotations, claims, documents, first_quoted, last_quoted, also_known_as, open_pairs, speaker_id
FROM speaker_list ORDER BY quotations DESC, speaker LIMIT ?
"""
_PAIRS = """
SELECT speaker_pairs.score, one.name AS one, other.name AS other, why, left_id, right_id
FROM speaker_pairs JOIN speakers AS one ON one.id = left_id JOIN speakers AS other ON other.id = right_id
ORDER BY speaker_pairs.score DESC, left_id, right_id LIMIT ?
"""
_FOUND = """
WITH RECURSIVE found (id) AS (
    SELECT id FROM speakers WHERE id = :name
    UNION SELECT speaker_id FROM speaker_names WHERE name = :name COLLATE NOCASE
), chain (id, next) AS (
    SELECT speakers.id, merged_into FROM speakers JOIN found ON found.id = speakers.id
    UNION SELECT speakers.id, merged_into FROM chain JOIN speakers ON speakers.id = chain.next
)
SELECT id FROM chain WHERE next IS NULL ORDER BY id
"""
_SAID = """
SELECT published, outlet, type, act, content, quotations.id AS quotation_id, document_id
FROM quotations JOIN documents ON documents.id = document_id
WHERE speaker_id = ? AND is_current = 1 ORDER BY published, documents.id, start_char
"""
_TAKEN = """
SELECT local.name, method, score, why, document_id FROM document_speakers AS local
JOIN documents ON documents.id = document_id WHERE speaker_id = ? ORDER BY published, document_id
"""
_ROLES = (
    "SELECT role, from_date, to_date FROM speaker_roles WHERE speaker_id = ? ORDER BY is_known DESC, from_date, role"
)

_EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)


class _ByName(DatabaseGroup):
    """`quotes speakers DB NAME` shows NAME: a word that is no command is a speaker."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands:
            return "show", self.commands["show"], [" ".join(args), "--format", ctx.params["form"]]
        return super().resolve_command(ctx, args)


@click.group(cls=_ByName, invoke_without_command=True, subcommand_metavar="[NAME | COMMAND [ARGS]...]")
@database_argument
@click.option("--open", "only_pairs", is_flag=True, help="List pairs of speakers that may be one, for you to judge.")
@click.option(
    "--load", "roster", metavar="FILE", type=_EXISTING, help="Load speakers known beforehand (docs/roster.md)."
)
@form_option
@limit_option
@click.pass_context
def speakers(
    context: click.Context, database: Path, only_pairs: bool, roster: Path | None, form: str, limit: int
) -> None:
    """List who speaks, the most quoted first, or show NAME; judge who is whom.

    NAME is any name seen in print, or the speaker's id.

    Example: quotes speakers news.db "Marco Rubio"
    """
    context.obj = database
    if context.invoked_subcommand is not None:
        return
    if roster:
        with Store.open(database) as store:
            changed = store.load_roster(read_known(roster))
        click.echo(f"{roster}: {changed} speakers new or changed in {database}")
    elif only_pairs:
        columns = ("score", "one", "other", "left_id", "right_id", "why")
        click.echo(as_text(form, "Same or different?", columns, query(database, _PAIRS, [limit])))
    else:
        listed = ("quotations", "claims", "documents", "type", "last_quoted", "open_pairs", "also_known_as", "speaker")
        click.echo(as_text(form, "Speakers", listed, query(database, _LIST, [limit])))


def read_known(path: Path) -> Any:  # noqa: ANN401
    """The speakers of a roster's file."""
    from quotes.identity.roster import read_roster

    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), "cannot be read as UTF-8 text: save it as UTF-8") from error
    return read_roster(str(path), text)


@speakers.command("show")
@click.argument("name")
@form_option
@click.pass_obj
def show_speaker(database: Path, name: str, form: str) -> None:
    """Everything one speaker said, in the order it was published.

    NAME is any name seen in print, or the speaker's id.  A table begins with the speaker's roles and ends with
    what each document's speaker was taken for, and why.

    Example: quotes speakers news.db show Rubio --format jsonl
    """
    speaker = find(database, name)
    said = query(database, _SAID, [speaker])
    if form == "table":
        click.echo(as_text(form, "Roles", ("role", "from_date", "to_date"), query(database, _ROLES, [speaker])))
    click.echo(as_text(form, speaker, ("published", "outlet", "type", "content"), said))
    if form == "table":
        columns = ("name", "method", "score", "document_id", "why")
        click.echo(as_text(form, "As named in documents", columns, query(database, _TAKEN, [speaker])))


def find(database: Path, name: str) -> str:
    """The id of the one speaker that goes by a name or id."""
    found = query(database, _FOUND, {"name": name})
    if not found:
        raise QuotesError(f"{name}: no such speaker in {database}; list them with: quotes speakers {database}")
    if len(found) > 1:
        ids = ", ".join(row["id"] for row in found)
        raise QuotesError(f"{name}: several speakers go by this name; use an id: {ids}")
    return str(found[0]["id"])


def _id_of(database: Path, name: str) -> str:
    """The id itself where there is such a one, merged or not; else that of the speaker of a name."""
    exact = query(database, "SELECT id FROM speakers WHERE id = ?", [name])
    return name if exact else find(database, name)


def judging_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--note` and `--reviewer`."""
    command = click.option("--note", default="", metavar="TEXT", help="Why.")(command)
    return click.option(
        "--reviewer", default="command line", show_default=True, envvar="QUOTES_REVIEWER", metavar="NAME",
        help="Who decides; QUOTES_REVIEWER sets it for all commands.",
    )(command)  # fmt: skip


@speakers.command("merge")
@click.argument("one")
@click.argument("into")
@judging_options
@click.pass_obj
def merge(database: Path, one: str, into: str, note: str, reviewer: str) -> None:
    """ONE is INTO: INTO stands for both from now on, and ONE's address leads there.

    Example: quotes speakers news.db merge hillary-rodham-clinton hillary-clinton
    """
    left, right = _id_of(database, one), _id_of(database, into)
    with Store.open(database, create=False) as store:
        winner = store.judge_same(left, right, reviewer, note, into=right)
    click.echo(f"{left} is {winner}")


@speakers.command("same")
@click.argument("one")
@click.argument("other")
@judging_options
@click.pass_obj
def same(database: Path, one: str, other: str, note: str, reviewer: str) -> None:
    """ONE and OTHER are one: the better known of the two stands for both.

    Example: quotes speakers news.db same rubio-3f2a1c marco-rubio
    """
    left, right = _id_of(database, one), _id_of(database, other)
    with Store.open(database, create=False) as store:
        winner = store.judge_same(left, right, reviewer, note)
    click.echo(f"{left} and {right} are {winner}")


@speakers.command("different")
@click.argument("one")
@click.argument("other")
@judging_options
@click.pass_obj
def different(database: Path, one: str, other: str, note: str, reviewer: str) -> None:
    """ONE and OTHER are two, and are never made one again; a merge of them is undone.

    Example: quotes speakers news.db different mike-rogers mike-rogers-alabama
    """
    left, right = _id_of(database, one), _id_of(database, other)
    with Store.open(database, create=False) as store:
        store.judge_different(left, right, reviewer, note)
    click.echo(f"{left} and {right} are two")


@speakers.command("split")
@click.argument("speaker")
@click.argument("other", required=False)
@click.option("--document", metavar="DOC", help="The id of a document that means somebody else.")
@judging_options
@click.pass_obj
def split(database: Path, speaker: str, other: str | None, document: str | None, note: str, reviewer: str) -> None:
    """Take OTHER out of SPEAKER again, or, with --document, what that document calls so.

    Example: quotes speakers news.db split mike-rogers --document d_0123456789abcdef
    """
    if (other is None) == (document is None):
        raise click.UsageError("give either a second speaker or --document DOC")
    left = _id_of(database, speaker)
    right = _id_of(database, other) if other else ""
    with Store.open(database, create=False) as store:
        if document:
            made = store.split_document(left, document, reviewer, note)
            click.echo(f"{document} means {', '.join(made)}")
        else:
            store.judge_different(left, right, reviewer, note)
            click.echo(f"{left} and {right} are two")
