"""`quotes export`: what is in a database, in forms that others read."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import click

from quotes.cli.options import DATABASE, database_argument
from quotes.errors import QuotesError, StoreError
from quotes.export.asking import Ask, asking
from quotes.export.claimreview import Publisher, read_claim_review, reviewed_claims
from quotes.export.settings import base_address, publisher_name, publisher_of
from quotes.export.stored import read_extraction
from quotes.export.tables import write_csv
from quotes.export.webannotation import read_annotations
from quotes.records import to_record
from quotes.store import Store
from quotes.store.connection import translated

FORMATS = ("claimreview", "jsonl", "csv", "webannotation")


@click.command()
@database_argument
@click.option("--format", "form", type=click.Choice(FORMATS), required=True, help="In which form.")
@click.option("--out", type=DATABASE, help="Write to this file instead of standard output; whole or not at all.")
@click.option("--document", metavar="ID", help="Of this document only.")
@click.option("--table", metavar="NAME", default="quotation_list", show_default=True, help="csv: which table or view.")
@click.option("--publisher", metavar="NAME", help="claimreview: who publishes the verdicts.")
@click.option("--publisher-url", metavar="URL", help="claimreview: the publisher's address.")
@click.option("--base-url", metavar="URL", help="claimreview, webannotation: address of the public site.")
@click.option("--metadata", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
              help="A metadata.yml with publisher, base_url and ratings (docs/export.md).")  # fmt: skip
def export(
    database: Path,
    form: str,
    out: Path | None,
    document: str | None,
    table: str,
    publisher: str | None,
    publisher_url: str | None,
    base_url: str | None,
    metadata: Path | None,
) -> None:
    """Write what is in a database in a form that others read.

    claimreview: the published verdicts as schema.org ClaimReview, a JSON list.  jsonl: one record a document, as
    quotes extract prints it, with people's fixes.  csv: a table or view.  webannotation: one W3C annotation
    collection a document and line.

    Example: quotes export news.db --format csv --table claim_list --out claims.csv
    """
    if form == "csv" and document:
        raise click.UsageError("--document goes with the other forms; a table is exported whole")
    if out and out.exists() and database.exists() and out.samefile(database):
        raise click.UsageError(f"{out} is the database itself: name another file")
    settings = _settings(metadata)
    if publisher or publisher_url:
        named = {"name": publisher or publisher_name(settings), "url": publisher_url}
        settings = {**settings, "publisher": named}
    with Store.open(database, create=False) as store, translated(store.path), _output(out) as file:
        ask = asking(store.db.conn)
        if form == "csv":
            write_csv(store.db.conn, table, file)
        elif form == "claimreview":
            _write_list(_claim_reviews(ask, document, _site(settings, base_url, needs_name=True)), file)
        else:
            site = _site(settings, base_url, needs_name=False) if form == "webannotation" else None
            for record in _documents(ask, document, site):
                print(json.dumps(record, ensure_ascii=False), file=file)


def _settings(metadata: Path | None) -> Mapping[str, Any]:
    """The plugin's settings in a metadata.yml, or in that of this installation."""
    import yaml

    if metadata is None:
        from quotes.web.serve import find_metadata

        metadata = find_metadata()
    try:
        found = yaml.safe_load(metadata.read_text(encoding="utf-8"))
    except (OSError, UnicodeError, yaml.YAMLError) as error:
        raise QuotesError(f"{metadata}: cannot be read as YAML: {' '.join(str(error).split())}") from error
    plugins = found.get("plugins") if isinstance(found, dict) else None
    ours = plugins.get("quotes") if isinstance(plugins, dict) else None
    return ours if isinstance(ours, dict) else {}


def _site(settings: Mapping[str, Any], base_url: str | None, *, needs_name: bool) -> Publisher:
    address, name = base_url or base_address(settings), publisher_name(settings)
    if not address or not address.startswith(("http://", "https://")):
        raise click.UsageError("say where the site is read: --base-url https://… (or base_url in metadata.yml)")
    if needs_name and not name:
        raise click.UsageError("say who publishes: --publisher NAME (or publisher in metadata.yml)")
    return publisher_of(settings, name=name or "", base_url=address)


def _claim_reviews(ask: Ask, document: str | None, publisher: Publisher) -> Iterator[Mapping[str, Any]]:
    for claim_id in reviewed_claims(ask, document):
        record = read_claim_review(ask, claim_id, publisher)
        if record:
            yield record


def _documents(ask: Ask, document: str | None, site: Publisher | None) -> Iterator[Mapping[str, Any]]:
    """One record a document: annotations where it is told where the site is, else what was extracted."""
    ids = [document] if document else [row["id"] for row in ask("SELECT id FROM documents ORDER BY rowid", {})]
    for identifier in ids:
        if site:
            record = read_annotations(ask, identifier, site)
        else:
            extraction = read_extraction(ask, identifier)
            record = to_record(extraction) if extraction else None
        if record is None:
            raise StoreError(f"{identifier}: no such document")
        yield record


def _write_list(records: Iterator[Mapping[str, Any]], file: TextIO) -> None:
    """A JSON list, one record a line."""
    lines = (json.dumps(record, ensure_ascii=False) for record in records)
    print("[" + ",\n".join(lines) + "]", file=file)


@contextmanager
def _output(out: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that is whole from the first moment it is there."""
    if out is None:
        yield sys.stdout
        return
    partial = out.with_name(f"{out.name}.partial")
    try:
        with partial.open("w", encoding="utf-8", newline="") as file:
            yield file
        partial.replace(out)
    except OSError as error:
        raise QuotesError(f"{out}: cannot be written ({error.strerror})") from error
    finally:
        partial.unlink(missing_ok=True)
