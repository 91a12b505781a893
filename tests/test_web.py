"""The site: every page, table, view and query as nobody and as a reviewer; what they show and what they escape."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode

import pytest
import site_data
from site_client import OUR_PAGES, REVIEWER, Active, Client

from quotes.web.headers import INLINE, STRICT, policy
from quotes.web.releases import IS_1
from quotes.web.serve import load_metadata
from quotes.web.site import is_reviewer

QUERIES = load_metadata("quotes")["databases"]["quotes"]["queries"]
PARAMETERS = {"speaker": "Keller", "words": "storm", "unit": "home", "outlet": "Harbour", "direction": "down"}
DATASETTE_PAGES = [
    "/quotes",
    "/quotes?sql=select+1",
    "/quotes/quotations/q_script",
    "/-/config" if IS_1 else "/-/metadata",
    "/-/logout",
    "/robots.txt",
]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Client:
    return Client(site_data.build(tmp_path_factory.mktemp("site") / "quotes.db"))


@pytest.fixture(scope="module")
def tables(client: Client) -> list[str]:
    return [row[0] for row in client.stored("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]


def query_path(name: str) -> str:
    given = {name: PARAMETERS[name] for name in QUERIES[name].get("params", [])}
    return f"/quotes/{name}?{urlencode(given)}"


@pytest.mark.parametrize("actor", [None, REVIEWER], ids=["nobody", "reviewer"])
class TestEverythingAnswers:
    @pytest.mark.parametrize("path", OUR_PAGES + DATASETTE_PAGES)
    def test_pages(self, client: Client, path: str, actor: dict[str, str] | None) -> None:
        assert client.get(path, actor, follow_redirects=path == "/-/logout").status_code == 200

    def test_tables_and_views(self, client: Client, tables: list[str], actor: dict[str, str] | None) -> None:
        for table in tables:
            for ending in ("", ".json?_shape=array", ".csv"):
                # Datasette 1.0 does not show the tables in which SQLite keeps a search index or what it knows of rows.
                status = 403 if IS_1 and ("_fts_" in table or table.startswith("sqlite_")) else 200
                assert client.get(f"/quotes/{table}{ending}", actor).status_code == status, table + ending

    @pytest.mark.parametrize("name", QUERIES)
    def test_canned_queries(self, client: Client, name: str, actor: dict[str, str] | None) -> None:
        assert client.get(query_path(name), actor).status_code == 200

    @pytest.mark.parametrize("path", ["/-/document/nope", "/-/speaker/nope", "/-/claim/nope", "/nope"])
    def test_what_is_not_there_is_a_404(self, client: Client, path: str, actor: dict[str, str] | None) -> None:
        assert client.get(path, actor).status_code == 404


@pytest.mark.parametrize("name", QUERIES)
def test_a_canned_query_finds_something(client: Client, name: str) -> None:
    rows = client.get(query_path(name).replace("?", ".json?_shape=array&")).json()
    assert rows, name


@pytest.mark.parametrize("name", [name for name in QUERIES if QUERIES[name].get("params")])
def test_a_canned_query_takes_no_parameter_too(client: Client, name: str) -> None:
    assert client.get(f"/quotes/{name}").status_code == 200


@pytest.mark.parametrize(
    "sql",
    [
        "select nothing",
        "delete from claims",
        "with recursive r(n) as (select 1 union all select n from r) select count(*) from r",
    ],
)
def test_a_query_that_fails_says_so(client: Client, sql: str) -> None:
    assert 'class="message-error"' in client.get(f"/quotes?{urlencode({'sql': sql})}").text
    answer = client.get(f"/quotes.json?{urlencode({'sql': sql})}")
    assert answer.status_code == 400
    assert answer.json()["ok"] is False


def test_a_missing_page_says_so_under_our_header(client: Client) -> None:
    page = client.get("/-/claim/nope").text
    assert "No claim nope" in page
    assert "site-header" in page
    assert '<a href="/">To the front page</a>' in page
    assert " style=" not in page
    assert client.get("/-/claim/nope.json").json()["error"] == "No claim nope.json"


def test_the_page_of_a_row_has_a_line_for_each_field_and_leads_to_ours(client: Client) -> None:
    page = client.get("/quotes/claims/c_homes").text
    assert '<a href="/-/claim/c_homes">The claim’s page</a>' in page
    for (column,) in client.stored("SELECT name FROM pragma_table_info('claims')"):
        assert f">{column}</th>" in page
    assert "in check_reasons, by claim_id" in page
    assert ">0 rows<" not in page


class TestPages:
    def test_home_tells_what_is_in_here(self, client: Client) -> None:
        page = client.get("/").text
        for words in [
            "<b>9</b> quotations",
            "<b>3</b> documents",
            "Ana Keller",
            "1,200 and 1,450 homes cannot both be right",
            "broken.txt",
            QUERIES["most_quoted"]["title"],
        ]:
            assert words in page

    def test_document_has_marks_cards_and_head(self, client: Client) -> None:
        page = client.get("/-/document/d_flood").text
        for words in [
            '<mark class="quotation direct speech" data-mark="q_forty" id="q_forty" data-label="2">',
            'data-card="q_forty"',
            'id="c_homes"',
            "Harbour Post",
            'href="https://example.org/flood"',
            "more than EUR 3 million",
        ]:
            assert words in page
        assert page.count('id="q_forty"') == 1

    def test_thoughts_are_shown_when_asked_for(self, client: Client) -> None:
        assert 'id="q_resign"' not in client.get("/-/document/d_flood").text
        assert 'id="q_resign"' in client.get("/-/document/d_flood?thoughts=1").text

    def test_speaker_has_quotations_claims_and_names(self, client: Client) -> None:
        page = client.get("/-/speaker/ana-keller").text
        assert "<td>Keller" in page
        assert "/-/document/d_flood#q_forty" in page
        assert "/-/claim/c_homes" in page

    def test_a_merged_speaker_leads_to_the_other(self, client: Client) -> None:
        assert client.get("/-/speaker/a-keller").headers["location"] == "/-/speaker/ana-keller"

    def test_claim_has_its_sentence_figures_reasons_and_relations(self, client: Client) -> None:
        page = client.get("/-/claim/c_homes").text
        for words in [
            "1,200 homes</b>",
            "has quantity",
            "+0.30",
            "1,200 and 1,450 homes cannot both be right",
            "Storm floods Veldhaven",
        ]:
            assert words in page

    @pytest.mark.parametrize("words", ["storm", "“storm”", '"', "(", "storm AND", "NEAR(", "*", "a OR b", "Keller"])
    def test_find_takes_any_words(self, client: Client, words: str) -> None:
        page = client.get(f"/-/find?{urlencode({'q': words})}")
        assert page.status_code == 200
        if words in {"storm", "Keller"}:
            assert "<mark>" in page.text or "/-/speaker/ana-keller" in page.text


class TestHeaders:
    @pytest.mark.parametrize(
        "path", ["/", "/quotes/claims", "/-/claim/nope", "/quotes/claims.json", "/-/static/app.css"]
    )
    def test_every_answer_carries_them(self, client: Client, path: str) -> None:
        headers = client.get(path).headers
        assert headers["x-frame-options"] == "DENY"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] in {"same-origin", "no-referrer"}
        assert "frame-ancestors 'none'" in headers["content-security-policy"]

    @pytest.mark.parametrize("path", OUR_PAGES)
    def test_our_pages_allow_no_inline_script_and_need_none(self, client: Client, path: str) -> None:
        answer = client.get(path, REVIEWER)
        assert answer.headers["content-security-policy"] == STRICT
        assert "<script>" not in answer.text
        assert "<style" not in answer.text
        assert " style=" not in answer.text

    def test_nothing_is_loaded_from_elsewhere(self, client: Client) -> None:
        for path in [*OUR_PAGES, "/quotes", "/quotes/claim_list"]:
            found = Active(client.get(path).text).addresses
            loaded = [a for a in found if a.startswith(("http", "//")) and not a.startswith("http://localhost/")]
            assert set(loaded) <= {
                "https://datasette.io/",
                "https://example.org/flood",
                "https://checks.example/homes",
                "https://www.wikidata.org/wiki/Q42",
            }, path

    @pytest.mark.parametrize(
        ("path", "base_url", "expected"),
        [
            ("/", "/", STRICT),
            ("/-/claim/c_1", "/", STRICT),
            ("/news/-/claim/c_1", "/news/", STRICT),
            ("/quotes/claims", "/", INLINE),
            ("/-/search", "/", INLINE),
            ("/-/claimed", "/", INLINE),
        ],
    )
    def test_policy(self, path: str, base_url: str, expected: str) -> None:
        assert policy(path, base_url) == expected


@pytest.mark.parametrize(
    ("actor", "reviewers", "allowed"),
    [
        (None, ["rosa"], False),
        ({"id": "rosa", "role": "reviewer"}, None, True),
        ({"id": "rosa"}, ["rosa"], True),
        ({"id": "rosa"}, {"id": "rosa"}, True),
        ({"id": "tom", "team": "desk"}, {"team": "desk"}, True),
        ({"id": "tom"}, ["rosa"], False),
        ({"id": "root"}, None, False),
        ({"id": "root"}, ["rosa"], False),
        ({"role": "reviewer"}, None, False),
        ({"id": " ", "role": "reviewer"}, None, False),
        ({"team": "desk"}, {"team": "desk"}, False),
    ],
)
def test_who_may_review(client: Client, actor: dict[str, str] | None, reviewers: object, *, allowed: bool) -> None:
    client.set_plugins({"quotes": {"reviewers": reviewers}})
    assert is_reviewer(client.datasette, actor) is allowed
    client.set_plugins({})


def test_a_datasette_without_our_tables_is_left_alone(tmp_path: Path) -> None:
    script = """
import asyncio, json, sqlite3, sys
from datasette.app import Datasette
sqlite3.connect("other.db").executescript(
    "CREATE TABLE claims (id TEXT PRIMARY KEY, text TEXT); INSERT INTO claims VALUES ('a', 'b');"
    "CREATE TABLE reviews (note TEXT); INSERT INTO reviews VALUES ('mine');")
async def main():
    get = Datasette(["other.db"]).client.get
    pages = [await get(path) for path in ("/", "/other/claims", "/other/reviews.json", "/-/claim/a")]
    print(json.dumps([[page.status_code, page.text] for page in pages]))
asyncio.run(main())
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    home, table, reviews, claim = json.loads(done.stdout.splitlines()[-1])
    assert [home[0], table[0], reviews[0], claim[0]] == [200, 200, 200, 404]
    assert "other" in home[1]
    assert "quotes.css" not in home[1] + table[1]
    assert "/-/claim/" not in table[1]
    assert "mine" in reviews[1]


def test_the_plugin_loads_no_language_pipeline() -> None:
    script = (
        "import sys, datasette.app, quotes.web, quotes.web.serve;"
        "print('spacy' in sys.modules, 'quotes.language' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
