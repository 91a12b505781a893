"""`quotes export`: rows in, ClaimReview, Web Annotation, JSON lines and CSV out, as their standards say."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import site_data
from click.testing import CliRunner, Result
from schema_org import problems
from site_rows import NOW, Rows
from test_store import RUN, Clock, extraction

from quotes.cli import main
from quotes.export.asking import asking
from quotes.export.claimreview import _COPIES, LONGEST_CLAIM, Publisher, read_claim_review, reviewed_claims, shortened
from quotes.export.settings import publisher_of, scale_of
from quotes.export.stored import read_extraction
from quotes.export.webannotation import read_annotations
from quotes.records import to_record
from quotes.store import Store
from quotes.store.connection import writing
from quotes.store.merging import Judge
from quotes.store.reviewing import Target, decide

SITE = Publisher("Harbour Facts", "https://facts.example.org", "https://example.org", scale_of({}))
WEB = ["--publisher", "Harbour Facts", "--base-url", "https://facts.example.org/"]


def give(rows: Rows, claim: str, rating: str, state: str, day: int, **more: str) -> None:
    rows.insert(
        "verdicts", id=f"v_{claim}_{day}", claim_id=claim, rating=rating, explanation="The register says so.",
        evidence='["https://register.example/2025", "https://survey.example/a?b=1"]', state=state, reviewer="rosa",
        decided_at=f"2025-04-{day:02}T09:00:00Z", **more,
    )  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The site's database with verdicts in every state."""
    found = tmp_path / "quotes.db"
    Store.open(found).close()
    with closing(sqlite3.connect(found)) as connection, connection:
        rows = Rows(connection)
        site_data.fill(rows)
        rows.insert("reviews", id="r_1", target_type="claim", target_id="c_homes", document_id="d_flood",
                    action="flag", note="secret note", reviewer="rosa", reviewed_at=NOW)  # fmt: skip
        connection.execute("UPDATE speakers SET wikidata = 'Q4242' WHERE id = 'ana-keller'")
        give(rows, "c_homes", "False", "published", 1)
        give(rows, "c_homes", "Mostly true", "corrected", 3, correction="We counted sheds as homes.")
        give(rows, "c_homes", "True", "draft", 4)
        for day, claim in enumerate(("c_fell", "c_injured", "c_sharp", "c_board", "c_staff"), start=10):
            give(rows, claim, "Unproven", "published", day)
        give(rows, "c_spent", "True", "draft", 20)
    return found


@pytest.fixture
def connection(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path)) as opened:
        yield opened


def run(path: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["export", str(path), *options])


class TestClaimReview:
    def review(self, connection: sqlite3.Connection, claim: str = "c_homes") -> dict:
        found = read_claim_review(asking(connection), claim, SITE)
        assert found
        return found

    def test_a_corrected_verdict(self, connection):
        evidence = ["https://register.example/2025", "https://survey.example/a?b=1"]
        assert self.review(connection) == {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "url": "https://facts.example.org/-/claim/c_homes",
            "datePublished": "2025-04-01T09:00:00Z",
            "dateModified": "2025-04-03T09:00:00Z",
            "author": {"@type": "Organization", "name": "Harbour Facts", "url": "https://example.org"},
            "claimReviewed": "The storm of last week flooded 1,200 homes in Veldhaven",
            "reviewRating": {
                "@type": "Rating",
                "alternateName": "Mostly true",
                "ratingExplanation": "The register says so.",
                "ratingValue": 4.0,
                "bestRating": 5.0,
                "worstRating": 1.0,
            },
            "itemReviewed": {
                "@type": "Claim",
                "text": "The storm of last week flooded 1,200 homes in Veldhaven",
                "author": {
                    "@type": "Person",
                    "name": "Ana Keller",
                    "sameAs": "https://www.wikidata.org/wiki/Q4242",
                },
                "datePublished": "2025-03-03",
                "firstAppearance": {
                    "@type": "CreativeWork",
                    "url": "https://example.org/flood",
                    "headline": "Storm floods Veldhaven",
                    "datePublished": "2025-03-03",
                    "publisher": {"@type": "Organization", "name": "Harbour Post"},
                },
                "appearance": [
                    {
                        "@type": "CreativeWork",
                        "url": "https://facts.example.org/-/document/d_later",
                        "headline": "Flood count rises",
                        "datePublished": "2025-03-05",
                        "publisher": {"@type": "Organization", "name": "Northline Daily"},
                    }
                ],
            },
            "citation": [{"@type": "CreativeWork", "url": address} for address in evidence],
            "correction": [
                {
                    "@type": "CorrectionComment",
                    "text": "We counted sheds as homes.",
                    "datePublished": "2025-04-03T09:00:00Z",
                }
            ],
        }

    def test_a_rating_without_a_number_is_words_alone(self, connection):
        rating = self.review(connection, "c_fell")["reviewRating"]
        assert rating == {"@type": "Rating", "alternateName": "Unproven", "ratingExplanation": "The register says so."}

    @pytest.mark.parametrize(
        ("claim", "author"),
        [
            ("c_board", {"@type": "Organization", "name": "Water Board"}),
            ("c_sharp", {"@type": "Organization", "name": "Northline Daily"}),  # the article's own claim
            ("c_injured", None),  # somebody who is not named
            ("c_fell", None),  # he says that it is not so
        ],
    )
    def test_who_makes_the_claim(self, connection, claim, author):
        assert self.review(connection, claim)["itemReviewed"].get("author") == author

    def test_an_address_that_is_no_web_page_is_never_linked(self, connection):
        first = self.review(connection, "c_staff")["itemReviewed"]["firstAppearance"]
        assert first["url"] == "https://facts.example.org/-/document/d_hostile"

    def test_a_draft_is_no_verdict(self, connection):
        ask = asking(connection)
        assert read_claim_review(ask, "c_spent", SITE) is None
        assert reviewed_claims(ask) == ["c_homes", "c_fell", "c_injured", "c_sharp", "c_board", "c_staff"]

    def test_only_terms_of_schema_org(self, connection):
        for claim in reviewed_claims(asking(connection)):
            assert list(problems(self.review(connection, claim))) == []

    @pytest.mark.parametrize(
        ("key", "value", "problem"),
        [
            ("claimant", "Ana Keller", ": ClaimReview has no claimant"),
            ("url", "facts", "/url: 'facts' is none of URL"),
            ("datePublished", "April", "/datePublished: 'April' is none of Date"),
            ("author", {"@type": "Outlet"}, "/author: a Outlet where Organization, Person is expected"),
            ("claimReviewed", "", "/claimReviewed: '' is none of Text"),
        ],
    )
    def test_the_check_of_terms_finds(self, connection, key, value, problem):
        assert list(problems({**self.review(connection), key: value})) == [problem]


def test_only_the_relations_of_the_claim_are_read(path: Path):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("ANALYZE")
        for name, spread in [
            ("sqlite_autoindex_claim_relations_1", "500000 2 1"),
            ("claim_relations_other_id", "500000 2"),
            ("claim_relations_of_kind", "500000 100000 2 1"),
        ]:
            connection.execute("UPDATE sqlite_stat1 SET stat = ? WHERE idx = ?", [spread, name])
    with closing(sqlite3.connect(path)) as connection:
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {_COPIES}", {"id": "c_homes"})]
    assert "MULTI-INDEX OR" in plan
    assert not [step for step in plan if "BLOOM FILTER ON relation" in step or step.startswith("SCAN relation")]


@pytest.mark.parametrize(
    ("words", "short"),
    [
        ("Crime  fell\nby", "Crime fell by"),
        ("one two three four", "one two three…"),
        ("one two three, four", "one two three…"),
        ("a" * 20, "a" * 14 + "…"),
        ("one two threes1", "one two threes1"),
    ],
)
def test_a_claim_is_shortened_between_words(words, short):
    assert shortened(words, 15) == short


def test_claims_of_any_length_fit():
    assert all(len(shortened("word " * count, LONGEST_CLAIM)) <= LONGEST_CLAIM for count in range(1, 60))


class TestSettings:
    def test_without_a_setting_what_cannot_be_told_has_no_number(self):
        assert scale_of({}) == {"True": 5.0, "Mostly true": 4.0, "Misleading": 2.0, "False": 1.0}

    def test_ratings_with_numbers_make_the_scale(self):
        ratings = [{"name": True, "value": 3}, {"name": "False", "value": 0.5}, "Unproven", {"name": "Odd"}]
        assert scale_of({"ratings": ratings}) == {"True": 3.0, "False": 0.5}

    def test_words_alone_make_no_scale(self):
        assert scale_of({"ratings": ["Yes", "No"]}) == {}

    def test_the_publishers_address(self):
        settings = {"publisher": {"name": "Facts", "url": "https://example.org"}}
        made = publisher_of(settings, name="Facts", base_url="https://facts.example.org/news/")
        assert made.claim_page("c_a/b") == "https://facts.example.org/news/-/claim/c_a%2Fb"
        assert made.url == "https://example.org"


class TestWebAnnotation:
    def collection(self, connection, document="d_flood") -> dict:
        found = read_annotations(asking(connection), document, SITE)
        assert found
        return found

    def test_the_words_stand_where_the_selectors_say(self, connection):
        for document, text in [("d_flood", site_data.FLOOD), ("d_hostile", site_data.HOSTILE)]:
            for item in self.collection(connection, document)["first"]["items"]:
                for target in item["target"]:
                    quoted, place = target["selector"]
                    assert text[place["start"] : place["end"]] == quoted["exact"]
                    around = quoted["prefix"] + quoted["exact"] + quoted["suffix"]
                    assert text.count(around) == 1
                    assert text.index(around) + len(quoted["prefix"]) == place["start"]

    def test_one_annotation(self, connection):
        items = self.collection(connection)["first"]["items"]
        (item,) = [each for each in items if each["id"].endswith("#q_homes")]
        assert item["type"] == "Annotation"
        assert [(body.get("value") or body["source"], body["purpose"]) for body in item["body"]] == [
            ("indirect quotation", "classifying"),
            ("speech", "classifying"),
            ("Ana Keller", "identifying"),
            ("http://www.wikidata.org/entity/Q4242", "identifying"),
            ("the mayor said", "describing"),
        ]
        (target,) = item["target"]
        assert target["source"] == "https://example.org/flood"
        assert [selector["type"] for selector in target["selector"]] == ["TextQuoteSelector", "TextPositionSelector"]

    def test_content_in_two_parts_has_two_targets(self, connection):
        items = self.collection(connection)["first"]["items"]
        (item,) = [each for each in items if each["id"].endswith("#q_forty")]
        assert len(item["target"]) == 2

    def test_the_collection(self, connection):
        found = self.collection(connection)
        assert found["@context"] == "http://www.w3.org/ns/anno.jsonld"
        assert found["type"] == "AnnotationCollection"
        assert found["id"] == "https://facts.example.org/-/document/d_flood.annotations.json"
        assert found["total"] == len(found["first"]["items"]) == 6
        assert found["first"]["type"] == "AnnotationPage"

    def test_an_original_without_an_address_is_our_page(self, connection):
        (item,) = self.collection(connection, "d_hostile")["first"]["items"]
        assert item["target"][0]["source"] == "https://facts.example.org/-/document/d_hostile"

    def test_no_such_document(self, connection):
        assert read_annotations(asking(connection), "d_none", SITE) is None


class TestStored:
    """What is stored comes out as `quotes extract --format jsonl` printed it."""

    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        with Store.open(tmp_path / "quotes.db", now=Clock()) as opened:
            opened.save(extraction(), RUN)
            yield opened

    def test_the_same_record_as_from_the_extraction(self, store):
        wanted = to_record(extraction())
        for claim in wanted["claims"]:
            claim["reasons"].sort(key=lambda reason: -abs(reason["weight"]))
        found = read_extraction(asking(store.db.conn), extraction().document.id)
        assert found
        assert json.loads(json.dumps(to_record(found))) == json.loads(json.dumps(wanted))

    def test_a_rejected_quotation_is_not_in_it_and_a_fixed_one_is_as_fixed(self, store):
        first, second = (Target("quotation", found.id) for found in extraction().quotations)
        by = Judge("rosa", NOW)
        with writing(store.db):
            decide(store.db, first, "reject", by)
            decide(store.db, second, "fix", by, change={"type": "mixed"})
        found = read_extraction(asking(store.db.conn), extraction().document.id)
        assert found
        assert [(each["id"], each["type"]) for each in to_record(found)["quotations"]] == [(second.id, "mixed")]


class TestCommand:
    def test_claimreview_is_read_by_our_own_importer(self, path: Path, tmp_path: Path):
        out = tmp_path / "reviews.json"
        assert run(path, "--format", "claimreview", *WEB, "--out", str(out)).exit_code == 0
        done = CliRunner().invoke(main, ["claims", str(tmp_path / "other.db"), "import", str(out)])
        assert done.exit_code == 0, done.output
        assert "6 new, 0 changed, 0 unchanged, 0 broken" in done.output
        with closing(sqlite3.connect(tmp_path / "other.db")) as other:
            sql = "SELECT claim_reviewed, claimant, claim_date, rating, publisher, published, url FROM fact_checks"
            assert other.execute(f"{sql} WHERE url LIKE '%c_homes'").fetchall() == [
                (
                    "The storm of last week flooded 1,200 homes in Veldhaven",
                    "Ana Keller",
                    "2025-03-03",
                    "Mostly true",
                    "Harbour Facts",
                    "2025-04-01",
                    "https://facts.example.org/-/claim/c_homes",
                )
            ]

    def test_claimreview_of_one_document(self, path: Path):
        found = json.loads(run(path, "--format", "claimreview", *WEB, "--document", "d_later").output)
        assert [each["url"].rpartition("/")[2] for each in found] == ["c_sharp", "c_board"]

    def test_no_verdicts_are_an_empty_list(self, path: Path):
        assert json.loads(run(path, "--format", "claimreview", *WEB, "--document", "d_none").output) == []

    def test_publisher_address_and_scale_from_metadata(self, path: Path, tmp_path: Path):
        settings = tmp_path / "metadata.yml"
        settings.write_text(
            "plugins:\n  quotes:\n    base_url: https://facts.example.org\n"
            "    publisher: {name: Harbour Facts, url: https://example.org}\n"
            "    ratings: [{name: Mostly true, value: 8}, {name: False, value: 2}]\n"
        )
        found = json.loads(run(path, "--format", "claimreview", "--metadata", str(settings)).output)
        assert found[0]["author"] == {"@type": "Organization", "name": "Harbour Facts", "url": "https://example.org"}
        assert found[0]["reviewRating"]["bestRating"] == 8

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            (["--format", "claimreview", "--publisher", "A"], "--base-url https://"),
            (["--format", "claimreview", "--base-url", "https://a.example"], "--publisher NAME"),
            (["--format", "webannotation"], "--base-url https://"),
            (["--format", "csv", "--document", "d_flood"], "a table is exported whole"),
            ([], "Missing option '--format'"),
        ],
    )
    def test_wrong_usage(self, path: Path, options, message):
        done = run(path, *options)
        assert done.exit_code == 2
        assert message in done.output

    def test_the_database_is_never_written_over(self, path: Path):
        done = run(path, "--format", "csv", "--out", str(path))
        assert done.exit_code == 2
        assert "is the database itself" in done.output

    @pytest.mark.parametrize("form", ["jsonl", "webannotation"])
    def test_one_line_a_document(self, path: Path, form):
        lines = run(path, "--format", form, "--base-url", "https://facts.example.org").output.splitlines()
        with closing(sqlite3.connect(path)) as connection:
            assert len(lines) == connection.execute("SELECT count(*) FROM documents").fetchone()[0]
        assert all(json.loads(line) for line in lines)

    @pytest.mark.parametrize("form", ["jsonl", "webannotation"])
    def test_no_such_document_is_one_line(self, path: Path, form):
        done = run(path, "--format", form, "--document", "d_none", "--base-url", "https://facts.example.org")
        assert (done.exit_code, done.output.count("\n")) == (1, 1)
        assert "d_none: no such document" in done.output

    @pytest.mark.parametrize("table", ["quotation_list", "claim_list", "speaker_list", "claims"])
    def test_csv_of_a_table_or_view(self, path: Path, table):
        found = list(csv.DictReader(io.StringIO(run(path, "--format", "csv", "--table", table).output)))
        with closing(sqlite3.connect(path)) as connection:
            cursor = connection.execute(f"SELECT * FROM {table}")
            wanted = [["" if value is None else str(value) for value in row] for row in cursor]
            assert list(found[0]) == [column[0] for column in cursor.description]
        assert [list(row.values()) for row in found] == wanted

    def test_csv_has_no_names_and_notes(self, path: Path):
        (review,) = csv.DictReader(io.StringIO(run(path, "--format", "csv", "--table", "reviews").output))
        assert (review["action"], review["note"], review["reviewer"]) == ("flag", "", "")

    @pytest.mark.parametrize("table", ["nothing", "claims; DROP TABLE claims", "sqlite_master"])
    def test_csv_of_no_table_names_what_there_is(self, path: Path, table):
        done = run(path, "--format", "csv", "--table", table)
        assert done.exit_code == 1
        assert "no such table or view; there are claim_" in done.output

    def test_a_failed_export_leaves_no_file(self, path: Path, tmp_path: Path):
        out = tmp_path / "out.csv"
        assert run(path, "--format", "csv", "--table", "nothing", "--out", str(out)).exit_code == 1
        assert not list(tmp_path.glob("out.csv*"))
