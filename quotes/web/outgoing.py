"""What other programs read: ClaimReview of a claim, Web Annotations of a document, Atom feeds.

The page of a claim carries its ClaimReview too, where the site says who publishes it (plugin setting `publisher`).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from urllib.parse import quote

from datasette.database import Database
from datasette.utils.asgi import NotFound, Request, Response
from markupsafe import Markup

from quotes.export.asking import Ask, asking
from quotes.export.atom import claims_feed, verdicts_feed
from quotes.export.claimreview import Publisher, read_claim_review
from quotes.export.settings import base_address, publisher_name, publisher_of
from quotes.export.webannotation import read_annotations
from quotes.web.headers import STRICT
from quotes.web.private import read_whole
from quotes.web.releases import site_metadata
from quotes.web.site import identifier, readable_database

if TYPE_CHECKING:
    from datasette.app import Datasette

T = TypeVar("T")

JSON_LD = "application/ld+json"
ATOM = "application/atom+xml"


class Alternate(NamedTuple):
    """The same in another form: what it is called, where it is, its media type."""

    label: str
    href: str
    type: str


async def site_as_published(datasette: Datasette, request: Request) -> Publisher:
    """Where the public site is and who publishes it; without settings this address and the site's title."""
    settings = datasette.plugin_config("quotes") or {}
    here = datasette.absolute_url(request, datasette.urls.path("/"))
    name = publisher_name(settings) or (await site_metadata(datasette)).get("title") or "quotes"
    return publisher_of(settings, name=name, base_url=base_address(settings) or here)


def is_published_by_somebody(datasette: Datasette) -> bool:
    """Whether the site says who publishes its verdicts; without that there is no ClaimReview."""
    return publisher_name(datasette.plugin_config("quotes") or {}) is not None


async def claim_review(
    datasette: Datasette, request: Request, database: Database, claim_id: str
) -> dict[str, Any] | None:
    """The ClaimReview of a claim; None without a published verdict or without a publisher."""
    if not is_published_by_somebody(datasette):
        return None
    site = await site_as_published(datasette, request)
    return await _read(database, lambda ask: read_claim_review(ask, claim_id, site))


def as_data_block(record: dict[str, Any]) -> Markup:
    """JSON that can stand in a <script> of a page: what HTML would read is written as JSON escapes."""
    text = json.dumps(record, ensure_ascii=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704


async def claim_context(datasette: Datasette, request: Request, database: Database, claim_id: str) -> dict[str, Any]:
    """What the page of a claim needs for its ClaimReview."""
    record = await claim_review(datasette, request, database, claim_id)
    if record is None:
        return {}
    address = datasette.urls.path(f"/-/claim/{quote(claim_id, safe='')}.jsonld")
    link = Alternate("this verdict as ClaimReview", address, JSON_LD)
    return {"claim_review": as_data_block(record), "alternates": [link]}


def document_alternates(datasette: Datasette, document_id: str) -> list[Alternate]:
    """What the page of a document links to."""
    address = datasette.urls.path(f"/-/document/{quote(document_id, safe='')}.annotations.json")
    return [Alternate("these quotations as Web Annotations", address, JSON_LD)]


def feed_links(datasette: Datasette) -> list[Alternate]:
    """The feeds, for the head and foot of each page."""
    return [
        Alternate("new claims", datasette.urls.path("/-/feed/claims.atom"), ATOM),
        Alternate("verdicts", datasette.urls.path("/-/feed/verdicts.atom"), ATOM),
    ]


async def show_claim_review(datasette: Datasette, request: Request) -> Response:
    """/-/claim/<id>.jsonld"""
    database = await readable_database(datasette, request)
    if not is_published_by_somebody(datasette):
        raise NotFound("This site does not say who publishes its verdicts: set publisher in metadata.yml")
    claim_id = identifier(request)
    record = await claim_review(datasette, request, database, claim_id)
    if record is None:
        raise NotFound(f"No verdict on claim {claim_id} is published")
    return _json(record, f"{JSON_LD}; charset=utf-8")


async def show_annotations(datasette: Datasette, request: Request) -> Response:
    """/-/document/<id>.annotations.json"""
    database = await readable_database(datasette, request)
    document_id, site = identifier(request), await site_as_published(datasette, request)
    record = await _read(database, lambda ask: read_annotations(ask, document_id, site))
    if record is None:
        raise NotFound(f"No document {document_id}")
    return _json(record, f'{JSON_LD}; profile="http://www.w3.org/ns/anno.jsonld"; charset=utf-8')


async def show_claims_feed(datasette: Datasette, request: Request) -> Response:
    """/-/feed/claims.atom"""
    return await _feed(datasette, request, claims_feed)


async def show_verdicts_feed(datasette: Datasette, request: Request) -> Response:
    """/-/feed/verdicts.atom"""
    return await _feed(datasette, request, verdicts_feed)


async def _feed(datasette: Datasette, request: Request, make: Callable[[Ask, Publisher], bytes]) -> Response:
    database = await readable_database(datasette, request)
    site = await site_as_published(datasette, request)
    body = await _read(database, lambda ask: make(ask, site))
    # A browser shows XML as a page: the policy of our own pages holds for it.
    return Response(
        body.decode("utf-8"), headers={"content-security-policy": STRICT}, content_type=f"{ATOM}; charset=utf-8"
    )


async def _read(database: Database, read: Callable[[Ask], T]) -> T:
    """Verdicts are hidden on Datasette's own connections because of their drafts; what is read here is published."""
    return await read_whole(database, lambda connection: read(asking(connection)))


def _json(record: dict[str, Any], content_type: str) -> Response:
    return Response(json.dumps(record, ensure_ascii=False, indent=1), content_type=content_type)
