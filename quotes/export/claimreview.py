"""A published verdict as schema.org ClaimReview: what others read fact-checks by.

Rows in, a JSON-ready record out.  The terms are those of https://schema.org/ClaimReview and of the types it leads to;
a value that is not known is left out, never empty.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from quotes.export.asking import Ask, Row

Record = dict[str, Any]

LONGEST_CLAIM = 75
"""Characters of claimReviewed, as those who collect ClaimReview ask; the whole claim is in itemReviewed."""

MOST_COPIES = 50
"""Other articles with the same claim that are named."""

_CLAIM = """
    SELECT claims.id, claims.text, claims.asserted_by, claims.is_denied, claims.document_id, speakers.name AS speaker,
        speakers.type AS speaker_type, speakers.wikidata, documents.outlet, documents.published,
        coalesce((
            SELECT stance FROM assertions WHERE claim_id = claims.id ORDER BY depth DESC LIMIT 1
        ), 'asserts') AS stance
    FROM claims JOIN documents ON documents.id = claims.document_id
    LEFT JOIN speakers ON speakers.id = claims.speaker_id WHERE claims.id = :id
"""
_VERDICTS = """
    SELECT id, rating, explanation, evidence, state, correction, decided_at FROM verdicts
    WHERE claim_id = :id AND state <> 'draft' ORDER BY rowid
"""
# `same` is stored between pairs; whoever repeats a repetition says the same, too.  With OR, not as two more SELECTs,
# both directions are looked up in their indexes: else SQLite reads all relations into a Bloom filter first.  A column
# that no index holds (score) keeps it from reading all of one index instead.
_COPIES = f"""
    WITH RECURSIVE copies (id) AS (
        SELECT :id
        UNION SELECT iif(relation.claim_id = copies.id, relation.other_id, relation.claim_id)
        FROM copies JOIN claim_relations AS relation
            ON (relation.claim_id = copies.id OR relation.other_id = copies.id) AND +relation.kind = 'same'
            AND relation.score >= 0
        LIMIT {MOST_COPIES + 1}
    )
    SELECT DISTINCT documents.id, documents.title, documents.outlet, documents.published, documents.url
    FROM copies JOIN claims ON claims.id = copies.id AND (claims.is_current = 1 OR claims.id = :id)
    JOIN documents ON documents.id = claims.document_id
    ORDER BY documents.published IS NULL, documents.published, documents.id
"""


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes the verdicts and where: `base_url` is the public site's address, without a slash at its end."""

    name: str
    base_url: str
    url: str | None = None
    scale: Mapping[str, float] = field(default_factory=dict)
    """Ratings that have a number, higher is truer; others are words alone."""

    def claim_page(self, claim_id: str) -> str:
        """Address of a claim's page."""
        return f"{self.base_url}/-/claim/{quote(claim_id, safe='')}"

    def document_page(self, document_id: str) -> str:
        """Address of a document's page."""
        return f"{self.base_url}/-/document/{quote(document_id, safe='')}"


def reviewed_claims(ask: Ask, document_id: str | None = None) -> list[str]:
    """Ids of the claims with a published verdict, the first published first; of one document, if it is given."""
    sql = """
        SELECT verdicts.claim_id FROM verdicts JOIN claims ON claims.id = verdicts.claim_id
        WHERE verdicts.state = 'published' AND (:document IS NULL OR claims.document_id = :document)
        GROUP BY verdicts.claim_id ORDER BY min(verdicts.rowid)
    """
    return [row["claim_id"] for row in ask(sql, {"document": document_id})]


def read_claim_review(ask: Ask, claim_id: str, publisher: Publisher) -> Record | None:
    """The ClaimReview of a claim; None where no verdict on it is published."""
    verdicts = ask(_VERDICTS, {"id": claim_id})
    if not verdicts:
        return None
    (claim,) = ask(_CLAIM, {"id": claim_id})
    return claim_review(claim, verdicts, ask(_COPIES, {"id": claim_id}), publisher)


def claim_review(claim: Row, verdicts: Sequence[Row], copies: Sequence[Row], publisher: Publisher) -> Record:
    """The record: `verdicts` are the public ones in their order, `copies` the documents with the claim by date."""
    last = verdicts[-1]
    corrections = [verdict for verdict in verdicts if verdict["state"] == "corrected"]
    return _known(
        {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "url": publisher.claim_page(claim["id"]),
            "datePublished": verdicts[0]["decided_at"],
            "dateModified": last["decided_at"] if corrections else None,
            "author": _known({"@type": "Organization", "name": publisher.name, "url": publisher.url}),
            "claimReviewed": shortened(claim["text"], LONGEST_CLAIM),
            "reviewRating": _rating(last, publisher.scale),
            "itemReviewed": _claim(claim, copies, publisher),
            "citation": [{"@type": "CreativeWork", "url": address} for address in json.loads(last["evidence"])],
            "correction": [_correction(verdict) for verdict in corrections],
        }
    )


def shortened(words: str, most: int) -> str:
    """Words on one line, at most so many characters, cut between words with an ellipsis."""
    line = " ".join(words.split())
    if len(line) <= most:
        return line
    head = line[: most - 1]
    if line[most - 1] != " " and " " in head:
        head = head.rpartition(" ")[0]
    return head.rstrip(" ,;:–—-") + "…"


def _rating(verdict: Row, scale: Mapping[str, float]) -> Record:
    rating: Record = {
        "@type": "Rating",
        "alternateName": verdict["rating"],
        "ratingExplanation": verdict["explanation"],
    }
    if verdict["rating"] in scale:
        rating |= {
            "ratingValue": scale[verdict["rating"]],
            "bestRating": max(scale.values()),
            "worstRating": min(scale.values()),
        }
    return _known(rating)


def _claim(claim: Row, copies: Sequence[Row], publisher: Publisher) -> Record:
    first, *others = [_article(copy, publisher) for copy in copies]
    return _known(
        {
            "@type": "Claim",
            "text": " ".join(claim["text"].split()),
            "author": _claimant(claim),
            "datePublished": claim["published"],
            "firstAppearance": first,
            "appearance": others,
        }
    )


def _claimant(claim: Row) -> Record | None:
    """Who makes the claim; nobody where they are not named, or say that it is not so."""
    if claim["is_denied"] or claim["stance"] in ("denies", "doubts"):
        return None
    if claim["asserted_by"] == "article":
        return {"@type": "Organization", "name": claim["outlet"]} if claim["outlet"] else None
    if not claim["speaker"]:
        return None
    item = f"https://www.wikidata.org/wiki/{claim['wikidata']}" if claim["wikidata"] else None
    kind = "Person" if claim["speaker_type"] == "person" else "Organization"
    return _known({"@type": kind, "name": claim["speaker"], "sameAs": item})


def _article(document: Row, publisher: Publisher) -> Record:
    outlet = document["outlet"]
    return _known(
        {
            "@type": "CreativeWork",
            "url": web_address(document["url"]) or publisher.document_page(document["id"]),
            "headline": document["title"],
            "datePublished": document["published"],
            "publisher": {"@type": "Organization", "name": outlet} if outlet else None,
        }
    )


def _correction(verdict: Row) -> Record:
    return {"@type": "CorrectionComment", "text": verdict["correction"], "datePublished": verdict["decided_at"]}


def web_address(address: str | None) -> str | None:
    """An address of the web; None for any other scheme."""
    return address if address and address.lower().startswith(("http://", "https://")) else None


def _known(record: Record) -> Record:
    return {key: value for key, value in record.items() if value not in (None, "", [])}
