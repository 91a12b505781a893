"""`quotes publish`: the public copy holds what was found and published, and not one byte of names, notes or drafts."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import site_data
from click.testing import CliRunner
from datasette.app import Datasette
from site_client import OUR_PAGES, Client
from site_rows import NOW, Rows

from quotes.cli import main
from quotes.errors import StoreError
from quotes.export.public import LEFT_OUT, PARTS
from quotes.export.publishing import Texts, excerpt, publish
from quotes.store import Store
from quotes.web.private import PRIVATE_COLUMNS
from quotes.web.releases import arguments
from quotes.web.serve import load_metadata

SECRETS = [
    "zqnamereviewer",
    "zqnotereview",
    "zqnotejudgement",
    "zqnotefactcheck",
    "zqdraftexplanation",
    "zqdraft.example",
    "zqfixedwords",
    "zqfailure",
    "zqhomefolder",
    "zqwindowsfolder",
    "zqrejectedcontent",
    "zqretiredclaim",
    "zqrosterspeaker",
    "zqextractedbefore",
    "zqsuggestedcheck",
    "zqimportfile",
]
"""Words that stand in the private database, each in one private place, and must not be in the public one."""


OUTGOING = [
    "/-/feed/claims.atom",
    "/-/feed/verdicts.atom",
    "/-/claim/c_homes.jsonld",
    "/-/document/d_flood.annotations.json",
]


def verdict(rows: Rows, identifier: str, claim: str, state: str, **values: object) -> None:
    found = {
        "rating": "False",
        "explanation": "The register counts 900 homes.",
        "evidence": '["https://register.example/2025"]',
        "reviewer": "zqnamereviewer",
        "decided_at": NOW,
        **values,
    }
    rows.insert("verdicts", id=identifier, claim_id=claim, state=state, **found)


@pytest.fixture
def private(tmp_path: Path) -> Path:
    """The site's database with something private in every place that can hold it."""
    path = tmp_path / "private.db"
    Store.open(path).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        rows = Rows(connection)
        site_data.fill(rows)
        by = {"reviewer": "zqnamereviewer", "reviewed_at": NOW}
        for number, action in enumerate(("flag", "accept", "reject", "fix", "skip")):
            rows.insert("reviews", id=f"r_{number}", target_type="claim", target_id="c_homes", document_id="d_flood",
                        action=action, change='{"words": "zqfixedwords"}', note="zqnotereview", **by)  # fmt: skip
        rows.insert("judgements", id="j_9", subject="speaker", left_id="ana-keller", right_id="tom-brandt",
                    decision="different", note="zqnotejudgement", reviewer="zqnamereviewer", decided_at=NOW)  # fmt: skip
        verdict(rows, "v_draft", "c_homes", "draft", explanation="zqdraftexplanation",
                evidence='["https://zqdraft.example/"]')  # fmt: skip
        verdict(rows, "v_1", "c_homes", "published")
        verdict(rows, "v_2", "c_homes", "corrected", rating="Mostly true", correction="We counted sheds as homes.")
        rows.insert("fact_check_decisions", id="fd_2", claim_id="c_homes", fact_check_id="f_homes", decision="accept",
                    note="zqnotefactcheck", reviewer="zqnamereviewer", decided_at=NOW)  # fmt: skip
        rows.insert("fact_checks", id="f_open", claim_reviewed="zqsuggestedcheck", url="https://checks.example/2",
                    input="/home/zqimportfile.json", imported_at=NOW)  # fmt: skip
        rows.insert("fact_check_matches", claim_id="c_spent", fact_check_id="f_open", score=0.5, why="zqsuggestedcheck")
        rows.insert("failures", input="/home/zqfailure/a.txt", stage="reading", message="zqfailure", failed_at=NOW)
        rows.insert("speakers", id="zqrosterspeaker", name="zqrosterspeaker", type="person", is_known=1, added_at=NOW)
        rows.insert("speaker_names", speaker_id="zqrosterspeaker", name="zqrosterspeaker")
        connection.execute("UPDATE fact_checks SET input = '/home/zqimportfile/f.json'")
        connection.execute("UPDATE documents SET input = '/home/zqhomefolder/' || id || '.md' WHERE id = 'd_flood'")
        connection.execute("UPDATE documents SET input = 'C:\\zqwindowsfolder\\late.md' WHERE id = 'd_later'")
        connection.execute("UPDATE documents SET input = 'https://example.org/h' WHERE id = 'd_hostile'")
        connection.execute(
            "UPDATE quotations SET review = 'rejected', is_current = 0, content = 'zqrejectedcontent' WHERE id = 'q_spent'"
        )
        connection.execute("UPDATE claims SET is_current = 0, text = 'zqretiredclaim' WHERE id = 'c_up'")
        connection.execute(
            "UPDATE claims SET review = 'fixed', extracted = '{\"kind\": \"zqextractedbefore\"}' WHERE id = 'c_fell'"
        )
        connection.execute("UPDATE claims SET is_current = 0, review = 'rejected' WHERE id = 'c_homes'")
    return path


def published(private: Path, **texts: object) -> Path:
    out = private.with_name("public.db")
    publish(private, out, Texts(**texts))
    return out


def query(path: Path, sql: str) -> list[tuple]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


@pytest.mark.parametrize("secret", SECRETS)
def test_no_byte_of_what_is_private(private: Path, secret: str):
    assert found(secret, private), "the test must be able to fail"
    assert not found(secret, published(private))


def found(words: str, path: Path) -> bool:
    content = path.read_bytes().lower()
    return any(words.encode(code) in content for code in ("utf-8", "utf-16-le", "utf-16-be"))


def test_no_private_column_has_a_value(private: Path):
    out = published(private)
    ours = {part.table for part in PARTS} | LEFT_OUT
    for table, column in sorted(each for each in PRIVATE_COLUMNS if each[0] in ours):
        assert not query(out, f"SELECT 1 FROM {table} WHERE {column} NOT IN ('', '{{}}')"), (table, column)
    for table in LEFT_OUT:
        assert query(out, f"SELECT count(*) FROM {table}") == [(0,)]


def test_every_table_and_column_is_named_as_public_or_not(private: Path):
    """A table or column of a later migration stays at home until somebody says that it is public."""
    named = {part.table: {*part.columns, *part.instead, *part.left_out} for part in PARTS}
    with closing(sqlite3.connect(private)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        ours = {name for (name,) in tables if "_fts" not in name and not name.startswith("sqlite_")}
        assert ours - {"_sqlite_migrations"} == set(named) | LEFT_OUT
        for table, columns in named.items():
            assert columns == {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}, table


def test_verdicts_are_the_public_ones_in_their_order(private: Path):
    sql = "SELECT id, state, rating, explanation, correction, reviewer FROM verdicts ORDER BY rowid"
    assert query(published(private), sql) == [
        ("v_1", "published", "False", "The register counts 900 homes.", "", ""),
        ("v_2", "corrected", "Mostly true", "The register counts 900 homes.", "We counted sheds as homes.", ""),
    ]


def test_a_claim_with_a_published_verdict_stays_though_it_was_rejected(private: Path):
    claims = {row[0] for row in query(published(private), "SELECT id FROM claims")}
    assert "c_homes" in claims
    assert "c_up" not in claims


def test_rejected_quotations_go_and_their_claims_name_none(private: Path):
    out = published(private)
    assert not query(out, "SELECT 1 FROM quotations WHERE id = 'q_spent'")
    assert query(out, "SELECT quotation_id FROM claims WHERE id = 'c_spent'") == [(None,)]


def test_of_an_input_the_public_sees_an_address_or_the_name_of_the_file(private: Path):
    assert query(published(private), "SELECT id, input FROM documents ORDER BY id")[:3] == [
        ("d_flood", "d_flood.md"),
        ("d_hostile", "https://example.org/h"),
        ("d_later", "late.md"),
    ]


def test_known_fact_checks_are_those_a_person_accepted(private: Path):
    assert query(published(private), "SELECT claim_id, decided, url FROM claim_fact_checks ORDER BY claim_id") == [
        ("c_board", "accept", "https://checks.example/homes"),
        ("c_homes", "accept", "https://checks.example/homes"),
    ]


@pytest.mark.parametrize("excerpts", [False, True])
def test_the_copy_is_sound_and_one_file(private: Path, excerpts: bool):
    out = published(private, excerpts=excerpts)
    assert query(out, "PRAGMA journal_mode") == [("delete",)]
    assert query(out, "SELECT count(*) > 5 FROM sqlite_stat1") == [(1,)]
    assert {path.name for path in out.parent.iterdir() if path.name.startswith("public")} == {"public.db"}
    with Store.open(out, create=False) as store:
        assert store.verify() == []


def test_full_text_search_finds_in_the_copy(private: Path):
    out = published(private)
    assert query(out, "SELECT count(*) FROM documents_fts WHERE documents_fts MATCH 'dyke'") == [(1,)]


class TestExcerpts:
    def test_what_is_neither_quoted_nor_claimed_is_blank_and_offsets_hold(self):
        text = "The rain went on.\nShe said it would stop.\n"
        start = text.index("it would")
        assert excerpt(text, [(start, start + 13)]) == "…                \n…        it would stop.\n"

    @pytest.mark.parametrize(
        ("spans", "shown"),
        [
            ([(4, 7), (0, 3)], "one two …         "),
            ([(0, 7), (4, 13)], "one two three …   "),
            ([(0, 13), (4, 7)], "one two three …   "),
            ([(0, 3), (3, 7)], "one two …         "),
            ([(14, 18)], "…             four"),
        ],
    )
    def test_spans_in_any_order_may_overlap(self, spans, shown):
        assert excerpt("one two three four", spans) == shown

    def test_an_article_without_any_is_a_gap(self):
        assert excerpt("Nothing here.", []) == "…            "

    def test_words_outside_are_not_in_the_file(self, private: Path):
        assert found("hospital official who asked", private)
        out = published(private, excerpts=True)
        assert not found("hospital official who asked", out)
        assert not found("not to be named", out)
        assert found("nothing like it in forty years", out)

    def test_articles_under_a_named_licence_stay_whole(self, private: Path):
        with closing(sqlite3.connect(private)) as connection, connection:
            connection.execute("UPDATE documents SET licence = 'CC BY 4.0' WHERE id = 'd_flood'")
        out = published(private, excerpts=True, free_licences=("CC BY 4.0",))
        texts = dict(query(out, "SELECT id, text FROM documents"))
        assert texts["d_flood"] == site_data.FLOOD
        assert texts["d_later"] != site_data.LATER
        assert len(texts["d_later"]) == len(site_data.LATER)


class TestFiles:
    def test_it_refuses_to_write_over_a_file_unless_told(self, private: Path):
        out = published(private)
        with pytest.raises(StoreError, match=r"public.db: is there already; --force writes over it"):
            publish(private, out)
        publish(private, out, force=True)

    def test_out_is_not_the_database_itself(self, private: Path):
        before = private.read_bytes()
        link = private.with_name("link.db")
        link.symlink_to(private)
        for out in (private, link):
            with pytest.raises(StoreError, match="is the database itself"):
                publish(private, out, force=True)
        assert private.read_bytes() == before

    def test_what_fails_leaves_nothing_behind_and_the_older_copy_as_it_was(self, private: Path, monkeypatch):
        out = published(private)
        before = out.read_bytes()
        monkeypatch.setattr("quotes.export.publishing.PARTS", (*PARTS, PARTS[0]))
        with pytest.raises(StoreError):
            publish(private, out, force=True)
        assert out.read_bytes() == before
        assert sorted(path.name for path in out.parent.glob("public*")) == ["public.db"]

    def test_command(self, private: Path):
        out = private.with_name("given.db")
        done = CliRunner().invoke(main, ["publish", str(private), str(out), "--excerpts"])
        assert done.exit_code == 0, done.output
        assert re.search(r"given.db: \d+ documents, \d+ quotations, \d+ claims, 2 verdicts; no names", done.output)
        again = CliRunner().invoke(main, ["publish", str(private), str(out)])
        assert (again.exit_code, again.output.count("\n")) == (1, 1)
        assert CliRunner().invoke(main, ["publish", str(private), str(out), "--whole", "x"]).exit_code == 2


def test_every_page_of_the_copy_opens_for_anybody_and_offers_nothing_to_change(private: Path):
    client = Client(published(private))
    client.set_plugins({"quotes": {"publisher": "Harbour Facts"}})
    pages = [*OUR_PAGES, *OUTGOING, "/public"]
    metadata = load_metadata("public")["databases"]["public"]
    pages += [f"/public/{name}" for name in metadata["tables"] if name != "_sqlite_migrations"]
    pages += [f"/public/{name}.csv" for name in metadata["tables"] if name != "_sqlite_migrations"]
    pages += [f"/public/{name}" for name, found in metadata["queries"].items() if ":" not in found["sql"]]
    for page in pages:
        answer = client.get(page, follow_redirects=True)
        assert answer.status_code == 200, page
        assert not re.search(r'<form[^>]*method="post"', answer.text, re.IGNORECASE), page
        assert not any(secret in answer.text.lower() for secret in SECRETS), page


def test_queries_of_the_copy_need_no_writing(private: Path):
    out = published(private)
    out.chmod(0o444)
    with closing(sqlite3.connect(f"{out.as_uri()}?immutable=1", uri=True)) as connection:
        assert json.loads(connection.execute("SELECT evidence FROM verdicts").fetchone()[0])


def test_datasette_serves_the_copy_as_a_file_that_nobody_changes(private: Path):
    out = published(private)
    before = out.read_bytes()
    site = Datasette(immutables=[str(out)], **arguments(load_metadata("public")))

    async def ask() -> list[int]:
        pages = ["/", "/-/claim/c_homes", "/-/document/d_flood", "/public/claim_list?_search=homes", "/-/find?q=storm"]
        return [(await site.client.get(page)).status_code for page in pages]

    assert asyncio.run(ask()) == [200] * 5
    assert out.read_bytes() == before
    assert [path.name for path in out.parent.glob("public*")] == ["public.db"]
