"""`quotes claims DB import`, `match`, `accept`, `reject`: known fact-checks, and which claims they are about."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path

import click

from quotes.cli.printing import as_text, form_option, query
from quotes.cli.speakers import judging_options
from quotes.errors import InputError
from quotes.factchecks.claimreview import FactCheck, read_fact_checks
from quotes.factchecks.finding import suggest
from quotes.factchecks.loading import load_text
from quotes.store import Store
from quotes.store.connection import translated, writing
from quotes.store.factchecks import decide, import_fact_check
from quotes.store.store import utc_now

_MATCHES = """
SELECT score, decided, claim, asserted_by, claim_reviewed, claimant, rating, publisher, published, url, why,
    claim_id, fact_check_id
FROM claim_fact_checks WHERE :claim IS NULL OR claim_id = :claim
ORDER BY score DESC, claim_id, fact_check_id LIMIT :limit
"""


@click.command("import")
@click.argument("inputs", metavar="FILE|URL...", nargs=-1, required=True)
@click.pass_obj
def import_fact_checks(database: Path, inputs: tuple[str, ...]) -> None:
    """Import published fact-checks (ClaimReview), to be matched with claims.

    FILE or URL is JSON-LD, the Data Commons feed, or a web page that contains JSON-LD.  A broken entry is named
    and skipped; what is stored already is not stored again.

    Example: quotes claims news.db import seeds/fact-checks.json
    """
    tally: Counter[str] = Counter()
    with Store.open(database) as store:
        for name in inputs:
            with translated(store.path), writing(store.db):
                for each in _read(name):
                    if isinstance(each, InputError):
                        tally["broken"] += 1
                        click.echo(f"warning: {each}", err=True)
                    else:
                        row = {**asdict(each), "id": each.id}
                        tally[import_fact_check(store.db, row, name, utc_now())] += 1
    counts = ", ".join(f"{tally[kind]} {kind}" for kind in ("new", "changed", "unchanged", "broken"))
    click.echo(f"fact-checks: {counts}; suggest them for claims with: quotes claims {database} match")
    if tally["broken"]:
        raise click.exceptions.Exit(1)


def _read(name: str) -> list[FactCheck | InputError]:
    try:
        return list(read_fact_checks(name, load_text(name)))
    except InputError as error:
        return [error]


@click.command("match")
@click.option("--claim", "claim_id", metavar="ID", help="Only for this claim.")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="How many to print.")
@form_option
@click.pass_obj
def match(database: Path, claim_id: str | None, limit: int, form: str) -> None:
    """Suggest known fact-checks for claims, with the evidence.

    Suggestions are stored and shown on the claim's page.  None is applied by itself: `accept` and `reject` say
    what a person decided.

    Example: quotes claims news.db match --limit 10
    """
    with Store.open(database, create=False) as store, translated(store.path), writing(store.db):
        suggest(store.db, claim_id)
    found = query(database, _MATCHES, {"claim": claim_id, "limit": limit})
    columns = ("score", "decided", "claim", "claim_reviewed", "rating", "claim_id", "fact_check_id", "why")
    click.echo(as_text(form, "Known fact-checks: suggestions, for you to judge", columns, found))


@click.command("accept")
@click.argument("claim_id")
@click.argument("fact_check_id")
@judging_options
@click.pass_obj
def accept(database: Path, claim_id: str, fact_check_id: str, note: str, reviewer: str) -> None:
    """The fact-check is about this claim.

    Example: quotes claims news.db accept c_0123456789abcdef f_0123456789abcdef
    """
    _decide(database, claim_id, fact_check_id, "accept", (reviewer, note))
    click.echo(f"{fact_check_id} is about {claim_id}")


@click.command("reject")
@click.argument("claim_id")
@click.argument("fact_check_id")
@judging_options
@click.pass_obj
def reject(database: Path, claim_id: str, fact_check_id: str, note: str, reviewer: str) -> None:
    """The fact-check is not about this claim.

    Example: quotes claims news.db reject c_0123456789abcdef f_0123456789abcdef
    """
    _decide(database, claim_id, fact_check_id, "reject", (reviewer, note))
    click.echo(f"{fact_check_id} is not about {claim_id}")


def _decide(database: Path, claim_id: str, fact_check_id: str, decision: str, by: tuple[str, str]) -> None:
    with Store.open(database, create=False) as store, translated(store.path), writing(store.db):
        decide(store.db, claim_id, fact_check_id, decision, (*by, utc_now()))
