"""What other programs read from the site: Atom feeds, ClaimReview on and beside a claim's page, Web Annotations."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import site_data
from schema_org import problems
from site_client import Client
from site_rows import Rows

from quotes.export.asking import asking
from quotes.export.atom import MOST_ENTRIES, Entry, claims_feed, feed
from quotes.export.claimreview import Publisher
from quotes.factchecks.claimreview import FactCheck, read_fact_checks
from quotes.web.headers import STRICT

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = Publisher("Harbour Facts", "https://facts.example.org")
PUBLISHER = {"publisher": {"name": "Harbour Facts", "url": "https://example.org"}}
EXPLANATION = "</script><script>alert(1)</script> & <b>sheds</b>"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = site_data.build(tmp_path_factory.mktemp("feeds") / "quotes.db")
    with closing(sqlite3.connect(found)) as connection, connection:
        rows = Rows(connection)
        for identifier, claim, state, rating, correction in [
            ("v_1", "c_homes", "published", "False", ""),
            ("v_2", "c_fell", "published", "Unproven", ""),
            ("v_3", "c_homes", "corrected", "Mostly true", "We counted sheds."),
            ("v_4", "c_homes", "draft", "True", ""),
            ("v_5", "c_spent", "draft", "True", ""),
        ]:
            rows.insert("verdicts", id=identifier, claim_id=claim, rating=rating, state=state, correction=correction,
                        explanation=EXPLANATION, evidence='["https://register.example/2025"]', reviewer="rosa",
                        decided_at=f"2025-04-0{identifier[-1]}T09:00:00Z")  # fmt: skip
    return found


@pytest.fixture
def client(path: Path) -> Client:
    """A site that says who publishes it."""
    made = Client(path)
    made.set_plugins({"quotes": PUBLISHER})
    return made


def parsed(made: bytes) -> ET.Element:
    return ET.fromstring(made)  # noqa: S314 (ours)


def entries(client: Client, name: str) -> list[ET.Element]:
    return parsed(client.get(f"/-/feed/{name}.atom").content).findall(f"{ATOM}entry")


def words(element: ET.Element, tag: str) -> str:
    return element.findtext(f"{ATOM}{tag}") or ""


@pytest.mark.parametrize("name", ["claims", "verdicts"])
class TestFeeds:
    def test_what_rfc_4287_asks_of_a_feed(self, client: Client, name: str):
        answer = client.get(f"/-/feed/{name}.atom")
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
        assert answer.headers["content-security-policy"] == STRICT
        root = parsed(answer.content)
        assert root.tag == f"{ATOM}feed"
        links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
        assert links == {"self": f"http://localhost/-/feed/{name}.atom", "alternate": "http://localhost/"}
        assert root.findtext(f"{ATOM}author/{ATOM}name") == "Harbour Facts"
        for each in [root, *root.findall(f"{ATOM}entry")]:
            for tag in ("id", "title", "updated"):
                assert len(each.findall(f"{ATOM}{tag}")) == 1
            assert words(each, "id").startswith("http://localhost/-/")
            assert datetime.fromisoformat(words(each, "updated")).tzinfo
        ids = [words(entry, "id") for entry in root.findall(f"{ATOM}entry")]
        assert len(ids) == len(set(ids)) > 0

    def test_each_page_says_that_there_is_a_feed(self, client: Client, name: str):
        for page in ("/", "/-/claim/c_homes", "/-/document/d_flood", "/quotes/claim_list"):
            head = client.get(page).text.partition("</head>")[0]
            assert '<link rel="alternate" type="application/atom+xml"' in head, page
            assert f'href="/-/feed/{name}.atom"' in head, page

    def test_no_names_and_no_drafts(self, client: Client, name: str):
        text = client.get(f"/-/feed/{name}.atom").text
        assert "rosa" not in text
        assert "v_4" not in text
        assert "v_5" not in text


def test_verdicts_and_corrections_the_last_first(client: Client):
    assert [words(entry, "title") for entry in entries(client, "verdicts")] == [
        "Corrected to Mostly true: The storm of last week flooded 1,200 homes in Veldhaven",
        "Unproven: spending fell by 40 percent",
        "False: The storm of last week flooded 1,200 homes in Veldhaven",
    ]


def test_a_correction_says_what_was_wrong_and_links_its_evidence(client: Client):
    entry = entries(client, "verdicts")[0]
    assert words(entry, "content") == (
        "Claim: The storm of last week flooded 1,200 homes in Veldhaven\n\nVerdict: Mostly true\n\n"
        f"Correction: We counted sheds.\n\n{EXPLANATION}\n\nEvidence: https://register.example/2025"
    )
    links = {link.get("rel"): link.get("href") for link in entry.findall(f"{ATOM}link")}
    assert links == {"alternate": "http://localhost/-/claim/c_homes", "related": "https://register.example/2025"}


def test_a_claim_comes_with_who_says_so_and_why_it_is_worth_checking(client: Client):
    content = {words(entry, "id").rpartition("/")[2]: words(entry, "content") for entry in entries(client, "claims")}
    assert content["c_fell"].splitlines() == [
        "spending fell by 40 percent",
        "Denied by Tom Brandt in: Storm floods Veldhaven, Harbour Post, 2025-03-03",
        "Figures: down 40 percent",
        "Worth checking: 0.64 (has quantity, no base)",
    ]


def test_hostile_words_are_words(client: Client):
    content = {words(entry, "id").rpartition("/")[2]: words(entry, "title") for entry in entries(client, "claims")}
    assert content["c_staff"] == "The <img src=x onerror=alert(1)> firm cut 12 percent of its staff"


def test_control_characters_that_xml_cannot_hold_are_replaced():
    made = feed("T", "claims", [Entry("a", "a", "b\x0bc\x00", "2025-01-01T00:00:00Z", "\ud800\x1f ok", "k")], SITE)
    entry = parsed(made).find(f"{ATOM}entry")
    assert entry is not None
    assert (words(entry, "title"), words(entry, "content")) == ("b c\ufffd", "\ufffd\ufffd ok")


def test_a_feed_is_bounded_and_begins_with_the_documents_stored_last(tmp_path: Path):
    path = site_data.build(tmp_path / "many.db")
    with closing(sqlite3.connect(path)) as connection, connection:
        rows = Rows(connection)
        for number in range(MOST_ENTRIES + 20):
            rows.document(f"d_{number}", "Prices rose by 3 percent.")
            rows.claim(f"c_{number}", f"d_{number}", "Prices rose by 3 percent", "article", 0.5)
        root = parsed(claims_feed(asking(connection), SITE))
    ids = [words(entry, "id").rpartition("/")[2] for entry in root.findall(f"{ATOM}entry")]
    assert ids == [f"c_{number}" for number in range(MOST_ENTRIES + 19, 19, -1)]


def test_an_empty_database_has_feeds(tmp_path: Path):
    path = site_data.build(tmp_path / "quotes.db")
    assert entries(Client(path), "verdicts") == []


class Blocks(HTMLParser):
    """The scripts of a page with their type and content."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str | None, str]] = []
        self._type: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            self.found.append((dict(attrs).get("type"), ""))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script":
            self.found[-1] = (self.found[-1][0], self.found[-1][1] + data)


class TestClaimReview:
    def test_the_page_of_a_claim_carries_it(self, client: Client):
        html = client.get("/-/claim/c_homes").text
        (block,) = [content for kind, content in Blocks(html).found if kind == "application/ld+json"]
        record = json.loads(block)
        assert list(problems(record)) == []
        assert record["reviewRating"]["ratingExplanation"] == EXPLANATION
        assert "<" not in block
        assert "alert(1)" in block

    def test_our_own_importer_reads_it_from_the_page(self, client: Client):
        (found,) = read_fact_checks("page", client.get("/-/claim/c_homes").text)
        assert isinstance(found, FactCheck)
        assert (found.rating, found.publisher) == ("Mostly true", "Harbour Facts")

    def test_beside_the_page(self, client: Client):
        answer = client.get("/-/claim/c_homes.jsonld")
        assert answer.headers["content-type"] == "application/ld+json; charset=utf-8"
        assert answer.json()["url"] == "http://localhost/-/claim/c_homes"
        assert 'href="/-/claim/c_homes.jsonld"' in client.get("/-/claim/c_homes").text

    @pytest.mark.parametrize("claim", ["c_spent", "c_board"])
    def test_a_draft_is_not_published(self, client: Client, claim: str):
        assert client.get(f"/-/claim/{claim}.jsonld").status_code == 404
        assert "ld+json" not in client.get(f"/-/claim/{claim}").text

    def test_a_site_that_does_not_say_who_publishes_has_none(self, path: Path):
        client = Client(path)
        assert "ld+json" not in client.get("/-/claim/c_homes").text
        answer = client.get("/-/claim/c_homes.jsonld")
        assert answer.status_code == 404
        assert "set publisher in metadata.yml" in answer.text

    def test_addresses_are_those_of_the_public_site(self, client: Client):
        settings = {**PUBLISHER, "base_url": "https://facts.example.org/news/"}
        client.set_plugins({"quotes": settings})
        assert client.get("/-/claim/c_homes.jsonld").json()["url"] == "https://facts.example.org/news/-/claim/c_homes"


class TestAnnotations:
    def test_of_a_document(self, client: Client):
        answer = client.get("/-/document/d_flood.annotations.json")
        assert answer.headers["content-type"].startswith(
            'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
        )
        assert answer.json()["total"] == 6
        assert answer.json()["id"] == "http://localhost/-/document/d_flood.annotations.json"

    def test_the_page_links_to_them(self, client: Client):
        assert client.get("/-/document/d_flood").text.count('href="/-/document/d_flood.annotations.json"') == 2

    def test_no_such_document(self, client: Client):
        assert client.get("/-/document/d_none.annotations.json").status_code == 404


@pytest.mark.parametrize(
    "page",
    ["/-/feed/claims.atom", "/-/feed/verdicts.atom", "/-/claim/c_homes.jsonld", "/-/document/d_flood.annotations.json"],
)
def test_who_may_not_see_the_database_sees_nothing(client: Client, page: str):
    client.configured()["databases"]["quotes"]["allow"] = {"id": "rosa"}
    assert client.get(page).status_code == 403
    assert client.get(page, {"id": "rosa"}).status_code == 200


@pytest.mark.parametrize("view", ["quotation_list", "claim_list", "speaker_list", "documents"])
def test_each_list_links_to_itself_as_csv_and_json(client: Client, view: str):
    html = client.get(f"/quotes/{view}").text
    assert f'href="/quotes/{view}.json' in html
    assert f'href="/quotes/{view}.csv' in html
