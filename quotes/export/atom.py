"""Atom feeds (RFC 4287) of new claims and of verdicts: rows in, XML out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from quotes.export.asking import Ask, Row
from quotes.export.claimreview import Publisher, shortened, web_address

NAMESPACE = "http://www.w3.org/2005/Atom"
MOST_ENTRIES = 50
LONGEST_TITLE = 120
NEVER = "1970-01-01T00:00:00Z"
"""When a feed without entries was updated."""

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# A claim has no date of its own: what is new are the documents that were stored last, with the best of their claims.
_CLAIMS = f"""
    SELECT listed.claim_id, listed.claim, listed.figures, listed.asserted_by, listed.outlet, listed.published,
        listed.document, listed.reasons, listed.kind, listed.is_denied, best.check_worthiness, best.added_at
    FROM (
        SELECT latest.place, latest.added_at, claims.id, claims.check_worthiness
        FROM (SELECT rowid AS place, id, added_at FROM documents ORDER BY rowid DESC LIMIT {MOST_ENTRIES}) AS latest
        JOIN claims ON claims.document_id = latest.id AND claims.is_current = 1
        ORDER BY claims.check_worthiness DESC, claims.id LIMIT {MOST_ENTRIES}
    ) AS best JOIN claim_list AS listed ON listed.claim_id = best.id
    ORDER BY best.place DESC, best.check_worthiness DESC, best.id
"""
_VERDICTS = f"""
    SELECT last.*, claims.text AS claim FROM (
        SELECT rowid AS place, id, claim_id, rating, explanation, evidence, state, correction, decided_at
        FROM verdicts WHERE state <> 'draft' ORDER BY rowid DESC LIMIT {MOST_ENTRIES}
    ) AS last JOIN claims ON claims.id = last.claim_id ORDER BY last.place DESC
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed; `updated` is ISO 8601 with a zone, `related` are addresses."""

    id: str
    page: str
    title: str
    updated: str
    content: str
    category: str
    related: Sequence[str] = ()


def claims_feed(ask: Ask, site: Publisher) -> bytes:
    """The claims most worth checking of the documents that were stored last."""
    entries = [_claim_entry(row, site) for row in ask(_CLAIMS, {})]
    return feed("New claims", "claims", entries, site)


def verdicts_feed(ask: Ask, site: Publisher) -> bytes:
    """Verdicts as they were published and corrected, the last first; a correction is an entry of its own."""
    entries = [_verdict_entry(row, site) for row in ask(_VERDICTS, {})]
    return feed("Verdicts and corrections", "verdicts", entries, site)


def feed(title: str, name: str, entries: Iterable[Entry], site: Publisher) -> bytes:
    """A feed as XML in UTF-8."""
    listed = list(entries)
    address = f"{site.base_url}/-/feed/{name}.atom"
    root = ET.Element("feed", xmlns=NAMESPACE)
    _add(root, "title", f"{title} – {site.name}")
    _add(root, "id", address)
    _add(root, "updated", max((entry.updated for entry in listed), default=NEVER))
    ET.SubElement(root, "link", rel="self", type="application/atom+xml", href=address)
    ET.SubElement(root, "link", rel="alternate", type="text/html", href=f"{site.base_url}/")
    author = ET.SubElement(root, "author")
    _add(author, "name", site.name)
    if site.url:
        _add(author, "uri", site.url)
    _add(root, "generator", "quotes")
    for entry in listed:
        _add_entry(root, entry)
    made: bytes = ET.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + made


def _add_entry(root: ET.Element, entry: Entry) -> None:
    made = ET.SubElement(root, "entry")
    _add(made, "title", shortened(entry.title, LONGEST_TITLE))
    _add(made, "id", entry.id)
    _add(made, "updated", entry.updated)
    ET.SubElement(made, "link", rel="alternate", type="text/html", href=entry.page)
    for address in entry.related:
        ET.SubElement(made, "link", rel="related", href=address)
    ET.SubElement(made, "category", term=entry.category)
    _add(made, "content", entry.content)


def _add(parent: ET.Element, tag: str, words: str) -> None:
    # The library escapes what XML can hold; control characters it cannot hold at all.
    ET.SubElement(parent, tag).text = _NOT_XML.sub("\ufffd", words)


def _claim_entry(row: Row, site: Publisher) -> Entry:
    page = site.claim_page(row["claim_id"])
    who = {"article": "the article itself", "anonymous": "somebody who is not named"}
    verb = "Denied by" if row["is_denied"] else "Asserted by"
    place = ", ".join(filter(None, (row["document"], row["outlet"], row["published"])))
    lines = [
        row["claim"],
        f"{verb} {who.get(row['asserted_by'], row['asserted_by'])} in: {place}",
        f"Figures: {row['figures']}" if row["figures"] else "",
        f"Worth checking: {row['check_worthiness']:.2f} ({row['reasons'] or 'no reason is known'})",
    ]
    return Entry(page, page, row["claim"], row["added_at"], "\n".join(filter(None, lines)), row["kind"])


def _verdict_entry(row: Row, site: Publisher) -> Entry:
    page = site.claim_page(row["claim_id"])
    evidence = [address for address in json.loads(row["evidence"]) if web_address(address)]
    is_correction = row["state"] == "corrected"
    lines = [
        f"Claim: {' '.join(row['claim'].split())}",
        f"Verdict: {row['rating']}",
        f"Correction: {row['correction']}" if is_correction else "",
        row["explanation"],
        "Evidence: " + " ".join(evidence) if evidence else "",
    ]
    title = f"{'Corrected to ' if is_correction else ''}{row['rating']}: {row['claim']}"
    content = "\n\n".join(filter(None, lines))
    return Entry(f"{page}#{row['id']}", page, title, row["decided_at"], content, row["state"], evidence)
