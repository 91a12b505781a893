"""Who may do what: every route, table, view and canned query, as nobody, a signed-in person, a reviewer, an editor.

The routes come from the plugin itself and the tables from the database: a new one without an expectation here fails.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import site_data
from datasette.app import Datasette
from site_client import OUR_PAGES, REVIEWER, Client

from quotes import web
from quotes.web import site
from quotes.web.private import PRIVATE_COLUMNS
from quotes.web.releases import IS_1, arguments
from quotes.web.serve import load_metadata

EDITOR = {"id": "edda", "role": "editor"}
PLAIN = {"id": "paul"}
ACTORS: dict[str, dict[str, str] | None] = {"nobody": None, "plain": PLAIN, "reviewer": REVIEWER, "editor": EDITOR}
QUERIES = load_metadata("quotes")["databases"]["quotes"]["queries"]
ROUTES = {pattern for pattern, _ in web.register_routes()}
HAS_EDITORS = r"/-/review/verdict$" in ROUTES
ID = web.ID


@dataclass(frozen=True)
class Route:
    """What a route answers: statuses for nobody, plain, reviewer, editor."""

    path: str
    get: tuple[int, int, int, int] = (200, 200, 200, 200)
    post: tuple[int, int, int, int] | None = None
    """None: a page that is only read; whatever it answers to POST, it writes nothing."""
    form: dict[str, str] = field(default_factory=dict)


ONLY_POST = (405, 405, 405, 405)
SEEN_BY_REVIEWERS = (403, 403, 200, 200)
REVIEWERS = (403, 403, 302, 302)
EDITORS = (403, 403, 403, 302)
ROOT_ONLY = (403, 403, 403, 403)
DECISION = {"claim": "c_board", "action": "accept", "seen": ""}
VERDICT = {"claim": "c_board", "state": "published", "rating": "False", "explanation": "The register says otherwise.",
           "evidence": "https://register.example/homes", "correction": "", "seen_verdict": "", "seen": ""}  # fmt: skip

DRAFT = {"claim": "c_spent", "seen_verdict": "v_waiting", "seen": ""}
FACT_CHECK = {"fact_check": "f_homes", "decision": "accept"}

EXPECTED: dict[str, list[Route]] = {
    r"/$": [Route("/")],
    rf"/-/document/{ID}$": [Route("/-/document/d_flood")],
    rf"/-/speaker/{ID}$": [Route("/-/speaker/ana-keller")],
    rf"/-/claim/{ID}$": [Route("/-/claim/c_homes")],
    rf"/-/question/{ID}$": [Route("/-/question/qu_homes")],
    rf"/-/claim/{ID}/flag$": [Route("/-/claim/c_homes/flag", ONLY_POST, REVIEWERS, {"note": "look"})],
    rf"/-/claim/{ID}/unflag$": [Route("/-/claim/c_homes/unflag", ONLY_POST, REVIEWERS, {"note": "fine"})],
    r"/-/find$": [Route("/-/find?q=storm")],
    r"/-/judge$": [
        Route("/-/judge", post=REVIEWERS, form={"left": "ana-keller", "right": "keller-bare", "decision": "same"})
    ],
    r"/-/judge/undo$": [Route("/-/judge/undo", ONLY_POST, REVIEWERS, {"judgement": "j_1"})],
    r"/-/review$": [
        Route("/-/review"),
        Route("/-/review?queue=quotations"),
        Route("/-/review?queue=drafts", SEEN_BY_REVIEWERS),
        Route("/-/review?queue=returned&claim=c_homes", SEEN_BY_REVIEWERS),
    ],
    r"/-/review/decide$": [Route("/-/review/decide", ONLY_POST, REVIEWERS, DECISION)],
    r"/-/review/verdict$": [
        Route("/-/review/verdict", ONLY_POST, EDITORS, VERDICT),
        Route("/-/review/verdict", ONLY_POST, REVIEWERS, {**VERDICT, "state": "draft"}),
    ],
    r"/-/review/draft$": [
        Route("/-/review/draft", ONLY_POST, EDITORS, {**DRAFT, "action": "publish"}),
        Route("/-/review/draft", ONLY_POST, EDITORS, {**DRAFT, "action": "return", "note": "Link the table."}),
    ],
    r"/-/review/undo$": [Route("/-/review/undo", ONLY_POST, REVIEWERS, {"review": "r_1"})],
    r"/-/decisions$": [
        Route("/-/decisions", SEEN_BY_REVIEWERS),
        Route("/-/decisions?by=rosa&action=published", SEEN_BY_REVIEWERS),
    ],
    r"/-/speakers\.json$": [Route("/-/speakers.json?q=kel")],
    rf"/-/claim/{ID}/fact-check$": [Route("/-/claim/c_homes/fact-check", ONLY_POST, REVIEWERS, FACT_CHECK)],
    rf"/-/document/{ID}\.annotations\.json$": [Route("/-/document/d_flood.annotations.json")],
    r"/-/feed/claims\.atom$": [Route("/-/feed/claims.atom")],
    r"/-/verdicts$": [Route("/-/verdicts"), Route("/-/verdicts?corrections=1")],
    r"/-/feed/verdicts\.atom$": [Route("/-/feed/verdicts.atom")],
    # Nobody publishes here: metadata.yml names no publisher.
    rf"/-/claim/{ID}\.jsonld$": [Route("/-/claim/c_homes.jsonld", (404, 404, 404, 404))],
    web.inspection.PAGES: [
        Route("/-/databases"),
        Route("/-/databases.json"),
        Route("/-/config.json" if IS_1 else "/-/metadata.json"),
        Route("/-/threads", ROOT_ONLY),
        Route("/-/threads.json", ROOT_ONLY),
    ],
    r"/-/sign-in$": [Route("/-/sign-in?token=wrong", (403, 403, 403, 403))],
    r"/-/sign-out$": [Route("/-/sign-out", ONLY_POST, (302, 302, 302, 302))],
}


def test_every_route_has_an_expectation() -> None:
    assert ROUTES - set(EXPECTED) == set(), "say in EXPECTED who may do what on it"


SECRETS = {
    (table, column): f"SECRET {table} {column}" for table, column in PRIVATE_COLUMNS if table != "pragma_database_list"
}
DECISIONS = [
    ("reviews", {"id": "r_secret", "target_type": "claim", "target_id": "c_homes", "document_id": "d_flood",
                 "action": "fix", "change": '{"was": "SECRET reviews change"}', "reviewed_at": "2025-03-11"}),
    ("verdicts", {"id": "v_secret", "claim_id": "c_homes", "rating": "False", "state": "published",
                  "explanation": "Counted again.", "evidence": '["https://register.example/"]',
                  "decided_at": "2025-03-11"}),
    ("verdicts", {"id": "v_waiting", "claim_id": "c_spent", "rating": "False", "state": "draft",
                  "explanation": "SECRET draft", "evidence": '["https://register.example/"]',
                  "decided_at": "2025-03-12"}),
    ("draft_returns", {"id": "dr_secret", "verdict_id": "v_secret", "decision": "return", "decided_at": "2025-03-11"}),
    ("judgements", {"id": "j_secret", "subject": "speaker", "left_id": "ana-keller", "right_id": "tom-brandt",
                    "decision": "different", "decided_at": "2025-03-11"}),
    ("fact_check_decisions", {"id": "fd_secret", "claim_id": "c_homes", "fact_check_id": "f_homes",
                              "decision": "unsure", "decided_at": "2025-03-11"}),
]  # fmt: skip


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a secret in every private column."""
    path = site_data.build(tmp_path_factory.mktemp("permissions") / "quotes.db")
    with closing(sqlite3.connect(path)) as connection, connection:
        for table, values in DECISIONS:
            secret = {column: text for (of, column), text in SECRETS.items() if of == table}
            row = {**secret, **values}
            marks = ", ".join("?" * len(row))
            connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))
        connection.execute("UPDATE claims SET draft = 'waiting', draft_at = '2025-03-12' WHERE id = 'c_spent'")
    return path


@pytest.fixture
def client(template: Path, tmp_path: Path) -> Iterator[Client]:
    yield Client(Path(shutil.copy(template, tmp_path / "quotes.db")))


@pytest.fixture(scope="module")
def reading(template: Path) -> Client:
    """For tests that write nothing."""
    return Client(template)


def dump(client: Client) -> list[str]:
    with closing(sqlite3.connect(client.path)) as connection:
        names = [
            row[0]
            for row in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
            )
        ]
        return [f"{name} {row}" for name in names for row in connection.execute(f"SELECT * FROM {name}")]


REGISTERED = [route for pattern, routes in EXPECTED.items() if pattern in ROUTES for route in routes]
WHO = [pytest.param(place, id=name) for place, name in enumerate(ACTORS) if HAS_EDITORS or name != "editor"]


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("route", REGISTERED, ids=lambda route: route.path)
class TestRoutes:
    def test_get(self, reading: Client, route: Route, who: int) -> None:
        actor = list(ACTORS.values())[who]
        before = dump(reading)
        assert reading.get(route.path, actor).status_code == route.get[who]
        assert dump(reading) == before, "reading changed the database"

    def test_post(self, request: pytest.FixtureRequest, route: Route, who: int) -> None:
        actor = list(ACTORS.values())[who]
        # A site of its own only for what may change something: to start one takes time.
        client = request.getfixturevalue("client" if route.post and route.post[who] == 302 else "reading")
        before = dump(client)
        status = client.post(route.path, route.form, actor).status_code
        if route.post is None:
            assert dump(client) == before
        else:
            assert status == route.post[who]
            if status in {403, 405}:
                assert dump(client) == before

    def test_a_form_of_another_site_is_refused(self, reading: Client, route: Route, who: int) -> None:
        before = dump(reading)
        assert reading.post(route.path, route.form, list(ACTORS.values())[who], forged=True).status_code == 403
        assert dump(reading) == before


@pytest.mark.parametrize("actor", [None, PLAIN], ids=["nobody", "plain"])
def test_who_may_not_review_writes_nothing_whatever_is_sent(client: Client, actor: dict[str, str] | None) -> None:
    before = dump(client)
    for route in REGISTERED:
        client.post(route.path, {**route.form, "reviewer": "rosa", "role": "editor", "id": "rosa"}, actor)
    for name in [*QUERIES, "claims", "reviews", "claim_list", "reviews/r_secret"]:
        client.post(f"/quotes/{name}", {"id": "r_new", "reviewer": "rosa"}, actor)
    assert dump(client) == before


def test_no_canned_query_writes() -> None:
    assert [name for name, query in QUERIES.items() if query.get("write")] == []


@pytest.mark.parametrize(
    "sql",
    [
        "insert into reviews (id) values ('x')",
        "with one as (select 1) delete from reviews",
        "pragma writable_schema = 1",
        "attach 'other.db' as other",
        "vacuum into 'copy.db'",
        "select load_extension('x')",
        "select writefile('x', 'y')",
    ],
)
def test_sql_only_reads(reading: Client, sql: str) -> None:
    before = dump(reading)
    assert reading.get(f"/quotes.json?{urlencode({'sql': sql})}", EDITOR).status_code in {400, 403}
    assert 'class="message-error"' in reading.get(f"/quotes?{urlencode({'sql': sql})}", EDITOR).text
    # A CSV has begun, with status 200, before the query fails.
    reading.get(f"/quotes.csv?{urlencode({'sql': sql})}", EDITOR)
    assert dump(reading) == before


def test_sql_that_runs_too_long_or_returns_too_much_is_cut(reading: Client) -> None:
    endless = "with recursive r (n) as (select 1 union all select n + 1 from r) select {} from r"
    assert reading.get(f"/quotes.json?{urlencode({'sql': endless.format('count(*)')})}").status_code == 400
    answer = reading.get(f"/quotes.json?{urlencode({'sql': endless.format('n') + ' limit 5000'})}").json()
    assert len(answer["rows"]) <= 2_000
    assert answer["truncated"]


def public_paths(client: Client) -> Iterator[str]:
    """Every address that nobody in particular can ask for."""
    yield from OUR_PAGES
    yield from (route.path for route in REGISTERED)
    for name, query in QUERIES.items():
        given = urlencode(dict.fromkeys(query.get("params", []), ""))
        yield from (f"/quotes/{name}{ending}?{given}" for ending in ("", ".json", ".csv"))
    for (table,) in client.stored("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"):
        yield from (f"/quotes/{table}{ending}" for ending in ("", ".json", ".csv", ".json?_shape=array&_labels=on"))
    for table, values in DECISIONS:
        yield from (f"/quotes/{table}/{values['id']}{ending}" for ending in ("", ".json"))
    for table, column in sorted(SECRETS):
        yield f"/quotes/{table}?_facet={column}&_sort={column}"
        yield f"/quotes/{table}.json?_facet={column}&_sort_desc={column}"
        yield f"/quotes/{table}.json?{urlencode({column + '__contains': 'SECRET', '_shape': 'array'})}"
        for sql in [
            f"select {column} from {table}",
            f"select * from {table}",
            f'select "{column.upper()}" as x from {table.upper()}',
            f"select t.{column} || '' as x from (select * from {table}) as t",
            f"with t as materialized (select {column} as x from {table}) select group_concat(x) from t",
            f"select json_group_array({column}) from {table}",
            f"select max({column}) over () from {table}",
            f"select id from {table} where {column} like 'SECRET%'",
            f"select hex({column}) as h from {table} where hex({column}) <> ''",
        ]:
            yield from (f"/quotes{ending}?{urlencode({'sql': sql})}" for ending in (".json", ".csv"))


def test_notes_and_names_of_reviewers_are_on_no_page_of_nobody(reading: Client) -> None:
    for path in public_paths(reading):
        for actor in (None, PLAIN):
            text = reading.get(path, actor).text
            for secret in (*SECRETS.values(), "secret note", "SECRET draft"):
                assert secret not in text, path
                assert secret.encode().hex().upper() not in text, path


def test_a_draft_verdict_is_for_reviewers_only(client: Client) -> None:
    with closing(sqlite3.connect(client.path)) as connection, connection:
        connection.execute(
            "INSERT INTO verdicts (id, claim_id, rating, explanation, state, reviewer, decided_at)"
            " VALUES ('v_draft', 'c_board', 'False', 'NOT YET PUBLIC', 'draft', 'rosa', '2025-03-12')"
        )
    assert "NOT YET PUBLIC" not in client.get("/quotes/verdicts.json").text


def test_whether_a_draft_waits_or_was_sent_back_is_for_reviewers_only(reading: Client) -> None:
    assert reading.stored("SELECT draft, draft_at FROM claims WHERE id = 'c_spent'") == [("waiting", "2025-03-12")]
    for sql in ("select draft, draft_at from claims where id = 'c_spent'", "select draft, draft_at from claim_copy"):
        given = f"with claim_copy as (select * from claims where id = 'c_spent') {sql}"
        found = reading.get(f"/quotes.json?{urlencode({'sql': given, '_shape': 'array'})}").json()
        assert found == [{"draft": None, "draft_at": None}]
    sql = "select decision from draft_returns"
    assert reading.get(f"/quotes.json?{urlencode({'sql': sql, '_shape': 'array'})}").json() == [{"decision": None}]


def test_reviewers_see_them_where_they_decide(reading: Client) -> None:
    page = reading.get("/-/claim/c_homes", REVIEWER).text
    assert "SECRET reviews note" in page
    assert "SECRET reviews reviewer" in page


def test_filtering_by_a_hidden_column_tells_nothing(reading: Client) -> None:
    for table, column in sorted(SECRETS):
        found = reading.get(f"/quotes/{table}.json?{urlencode({column: SECRETS[table, column], '_shape': 'array'})}")
        assert found.json() == [], (table, column)
        sql = f"select count(*) as n from {table} where {column} is not null"
        assert reading.get(f"/quotes.json?{urlencode({'sql': sql, '_shape': 'array'})}").json() == [{"n": 0}]


@pytest.mark.parametrize("path", ["/-/databases", "/-/databases.json", "/-/metadata", "/-/metadata.json", "/-/threads",
                                  "/-/config", "/-/config.json",
                                  "/-/threads.json", "/-/plugins.json", "/-/settings.json", "/-/versions.json", "/.json",
                                  "/quotes.json", "/quotes.json?sql=select+*+from+pragma_database_list",
                                  '/quotes.json?sql=select+*+from+"PRAGMA_database_list"()',
                                  "/quotes.csv?sql=select+file+from+pragma_database_list('main')"])  # fmt: skip
def test_no_page_tells_where_the_database_lies(reading: Client, path: str) -> None:
    answer = reading.get(path)
    assert str(reading.path.parent) not in answer.text
    assert answer.status_code in {200, 301, 400, 403, 404}


def test_the_settings_of_plugins_are_nobody_elses_business(template: Path) -> None:
    client = Client(template)
    client.set_plugins({"quotes": {"reviewers": ["hidden-person"]}})
    page = "/-/config.json" if IS_1 else "/-/metadata.json"
    assert "hidden-person" not in client.get(page).text
    assert json.loads(client.get(page).text)["title"]


def test_the_file_cannot_be_downloaded(reading: Client) -> None:
    assert reading.get("/quotes.db").status_code == 403
    assert reading.get("/quotes.db", EDITOR).status_code == 403


@pytest.mark.parametrize("path", [*OUR_PAGES, "/quotes/claims", "/quotes/most_quoted", "/-/databases", "/nope"])
def test_every_page_says_that_it_may_not_be_framed_sniffed_or_told_about(reading: Client, path: str) -> None:
    headers = reading.get(path).headers
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] in {"same-origin", "no-referrer"}
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]


def test_a_person_without_an_id_is_nobody(client: Client) -> None:
    before = dump(client)
    for actor in ({"role": "editor"}, {"id": "", "role": "editor"}, {"id": 7, "role": "reviewer"}, {"id": "root"}):
        shown: dict[str, Any] = actor
        assert client.post("/-/claim/c_homes/flag", {"note": ""}, shown).status_code == 403
    assert dump(client) == before


def test_what_metadata_yml_closes_is_closed(client: Client) -> None:
    metadata = load_metadata("quotes")
    database = metadata["databases"]["quotes"]
    database["allow_sql"] = False
    for entry in (database["queries"]["most_quoted"], database["tables"]["speakers"]):
        entry["allow"] = {"id": "rosa"}
    client.datasette = Datasette([str(client.path)], **arguments(metadata))
    for path in ("/quotes/most_quoted", "/quotes/speakers"):
        assert [client.get(path, actor).status_code for actor in (None, PLAIN, REVIEWER)] == [403, 403, 200], path
    assert client.get("/quotes.json?sql=select+1", REVIEWER).status_code == 403


ROOT = {"id": "root"}
WRITES: list[tuple[str, dict[str, Any]]] = [
    ("/quotes/reviews/-/insert", {"row": {"id": "r_new"}}),
    ("/quotes/reviews/-/upsert", {"row": {"id": "r_secret", "note": ""}}),
    ("/quotes/reviews/r_secret/-/update", {"update": {"note": ""}}),
    ("/quotes/reviews/r_secret/-/delete", {}),
    ("/quotes/failures/-/drop", {"confirm": True}),
    ("/quotes/failures/-/alter", {"operations": [{"op": "add_column", "args": {"name": "more", "type": "text"}}]}),
    ("/quotes/-/create", {"table": "more", "row": {"a": 1}}),
    ("/quotes/-/execute-write", {"sql": "delete from failures"}),
]


@pytest.fixture(scope="module")
def with_root(template: Path) -> Client:
    """As with `datasette --root`."""
    client = Client(template)
    client.datasette.root_enabled = True
    return client


@pytest.mark.skipif(not IS_1, reason="about what only Datasette 1.0 has")
class TestWhatDatasette1Adds:
    @pytest.mark.parametrize("actor", [None, EDITOR, ROOT], ids=["nobody", "editor", "root"])
    @pytest.mark.parametrize(("path", "sent"), WRITES, ids=[path for path, _ in WRITES])
    def test_its_api_writes_nothing(
        self, with_root: Client, path: str, sent: dict[str, Any], actor: dict[str, str] | None
    ) -> None:
        before = dump(with_root)
        assert with_root.post_json(path, sent, actor).status_code == 403
        assert dump(with_root) == before

    def test_root_is_no_reviewer(self, with_root: Client) -> None:
        assert with_root.post("/-/claim/c_homes/flag", {"note": ""}, ROOT).status_code == 403

    def test_permissions_by_name_make_nobody_a_reviewer(self, client: Client) -> None:
        client.datasette.config["permissions"] = dict.fromkeys(site.PERMISSIONS, PLAIN)
        assert client.post("/-/claim/c_homes/flag", {"note": ""}, PLAIN).status_code == 403

    def test_a_token_carries_no_role(self, client: Client) -> None:
        assert client.get("/-/create-token", EDITOR).status_code == 200
        token = asyncio.run(client.datasette.create_token("edda"))
        headers = {"authorization": f"Bearer {token}"}
        assert client.get("/-/actor.json", headers=headers).json()["actor"]["id"] == "edda"
        assert asyncio.run(client.datasette.client.post("/-/claim/c_homes/flag", headers=headers)).status_code == 403

    @pytest.mark.parametrize(
        ("origin", "status"),
        [("http://localhost", 302), ("https://elsewhere.example", 403), ("http://localhost:81", 403), ("null", 403)],
    )
    def test_a_browser_that_tells_the_origin_only(self, client: Client, origin: str, status: int) -> None:
        sent = {"data": {"note": ""}, "cookies": client.cookies(EDITOR), "headers": {"origin": origin}}
        answer = asyncio.run(client.datasette.client.post("/-/claim/c_homes/flag", **sent))
        assert answer.status_code == status

    def test_its_pages_show_no_notes_and_names(self, reading: Client) -> None:
        shown = 0
        for table, column in sorted(SECRETS):
            here = f"/quotes/{table}/-"
            for path in (f"{here}/fragment", f"{here}/autocomplete?q=SECRET", f"{here}/autocomplete?q=r", f"{here}/count",
                         f"{here}/fragment?_row={dict(DECISIONS)[table]['id']}", f"{here}/schema.json",
                         "/-/jump.json?q=SECRET", f"/quotes/{table}.json?_extra=columns,query&_facet_array={column}"):  # fmt: skip
                for actor in (None, PLAIN, EDITOR):
                    answer = reading.get(path, actor)
                    shown += answer.status_code == 200
                    assert "SECRET" not in answer.text.replace("q=SECRET", ""), path
        assert shown
