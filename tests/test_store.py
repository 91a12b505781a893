"""Results into the database: what a save changes, and what it never changes."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.errors import InputError, StoreError
from quotes.models import (
    Assertion,
    Attribution,
    Claim,
    Document,
    Extraction,
    Figure,
    Mention,
    Quotation,
    Reason,
    Run,
    Span,
    Speaker,
    make_id,
)
from quotes.store import Store
from quotes.store.decisions import best_overlap, overlap

RUN = Run("r_one", "0.1.0", "en_core_web_sm", "3.8.0")
TEXT = (
    "PORT ALBA (Invented Wire) — “We will rebuild the bridge,” Mayor Ana Sol said on Monday. 🙂\n\n"
    "The bridge carried more than 80,000 people a day, she said, before the flood.\n"
)
ANA = Speaker("ana-sol", "Ana Sol", "person", ("Ana Sol", "Mayor Ana Sol"))


def at(text: str, part: str) -> Span:
    return text.index(part), text.index(part) + len(part)


def document(text: str = TEXT, name: str = "bridge.txt", **more: object) -> Document:
    return Document(**{"id": make_id("d", name), "input": name, "sha256": str(hash(text)), "text": text, **more})


def quotation(doc: Document, part: str, cue: str = "said", source: str | None = None) -> Quotation:
    span = at(doc.text, part)
    return Quotation(
        id=make_id("q", doc.id, span),
        type="direct",
        act="speech",
        content=(span,),
        cue=(at(doc.text, cue),),
        source=(at(doc.text, source),) if source else (),
        method="marks",
        score=0.9,
    )


def claim(doc: Document, part: str, quoted: Quotation, speaker: Speaker) -> Claim:
    start, end = at(doc.text, part)
    number = at(doc.text, "80,000")
    return Claim(
        id=make_id("c", doc.id, start, end),
        start=start,
        end=end,
        sentence=at(doc.text, doc.text[start:].split("\n")[0]),
        kind="quantity",
        figures=(Figure(*number, 80_000.0, None, ">", unit="person"),),
        measured=at(doc.text, "people"),
        asserted_by=speaker.name,
        assertion=(Assertion(speaker.name, cue="said", speaker_id=speaker.id, quotation_id=quoted.id),),
        denied=False,
        hedged=False,
        check_worthiness=0.7,
        reasons=(Reason("NO_BASE", 0.0), Reason("HAS_QUANTITY", 0.3, number)),
        method="figures",
        score=0.8,
        terms=("bridge", "carry", "person"),
    )


def extraction(doc: Document | None = None, speaker: Speaker = ANA, *, carried: str = "more than 80,000") -> Extraction:
    """One direct quotation, one indirect quotation with a claim in it, one speaker."""
    doc = doc or document()
    direct = quotation(doc, "We will rebuild the bridge,", source="Mayor Ana Sol")
    indirect = replace(quotation(doc, f"The bridge carried {carried} people a day", source="she"), type="indirect")
    return Extraction(
        document=doc,
        quotations=(direct, indirect),
        speakers=(speaker,),
        mentions=(
            Mention(*at(doc.text, "Ana Sol"), speaker.id, "name", 1.0),
            Mention(*at(doc.text, "she"), speaker.id, "pronoun", 0.8),
        ),
        attributions=(
            Attribution(direct.id, speaker.id, "name", 1.0),
            Attribution(indirect.id, speaker.id, "pronoun", 0.8),
        ),
        claims=(claim(doc, f"The bridge carried {carried} people a day", indirect, speaker),),
    )


def bare(doc: Document, *quotations: Quotation) -> Extraction:
    return Extraction(doc, quotations)


class Clock:
    """A clock that moves on by a second whenever it is read."""

    def __init__(self) -> None:
        self.read = 0

    def __call__(self) -> str:
        self.read += 1
        return f"2025-02-13T00:00:{self.read:02}Z"


@pytest.fixture
def store(tmp_path: Path):
    with Store.open(tmp_path / "quotes.db", now=Clock()) as opened:
        yield opened
        assert opened.verify() == []


def dump(store: Store) -> list[str]:
    return list(store.db.conn.iterdump())


def rows(store: Store, table: str) -> list[dict]:
    return list(store.db.query(f"SELECT * FROM {table} ORDER BY rowid"))


def review(store: Store, kind: str, target_id: str, doc: Document, action: str = "accept") -> str:
    review_id = make_id("v", kind, target_id, action)
    sql = (
        "INSERT INTO reviews (id, target_type, target_id, document_id, action, reviewer, reviewed_at)"
        " VALUES (?, ?, ?, ?, ?, 'somebody', '2025-02-14T00:00:00Z')"
    )
    store.db.execute(sql, [review_id, kind, target_id, doc.id, action])
    return review_id


def targets(store: Store) -> list[str]:
    return [row["target_id"] for row in rows(store, "reviews")]


# What is stored.


def test_every_table_gets_its_rows(store: Store):
    assert store.save(extraction(), RUN) == "added"
    (doc,) = rows(store, "documents")
    assert (doc["text"], doc["words"], doc["run_id"]) == (TEXT, 31, "r_one")
    direct, indirect = rows(store, "quotations")
    assert (direct["content"], direct["cue"], direct["source"]) == (
        "We will rebuild the bridge,", "said", "Mayor Ana Sol",
    )  # fmt: skip
    assert (direct["speaker_id"], direct["speaker_method"], direct["speaker_score"]) == ("ana-sol", "name", 1.0)
    assert TEXT[direct["start_char"] : direct["end_char"]] == direct["content"]
    (stored,) = rows(store, "claims")
    assert stored["sentence"] == "The bridge carried more than 80,000 people a day, she said, before the flood."
    assert (stored["measured"], stored["asserted_by"], stored["speaker_id"]) == ("people", "Ana Sol", "ana-sol")
    assert (stored["quotation_id"], json.loads(stored["terms"])) == (indirect["id"], ["bridge", "carry", "person"])
    (figure,) = rows(store, "figures")
    assert (figure["text"], figure["value_min"], figure["value_max"], figure["comparator"]) == (
        "80,000",
        8e4,
        None,
        ">",
    )
    (assertion,) = rows(store, "assertions")
    assert (assertion["depth"], assertion["speaker_id"], assertion["stance"]) == (0, "ana-sol", "asserts")
    assert [row["code"] for row in rows(store, "check_reasons")] == ["HAS_QUANTITY", "NO_BASE"], "weightiest first"
    assert {row["name"] for row in rows(store, "speaker_names")} == {"Ana Sol", "Mayor Ana Sol"}
    assert [row["text"] for row in rows(store, "mentions")] == ["Ana Sol", "she"]


def test_a_content_of_several_spans_is_joined_by_a_blank(store: Store):
    doc = document()
    parts = (at(TEXT, "We will rebuild"), at(TEXT, "the bridge,"))
    store.save(bare(doc, replace(quotation(doc, "We will rebuild"), content=parts)), RUN)
    (row,) = rows(store, "quotations")
    assert row["content"] == "We will rebuild the bridge,"
    assert json.loads(row["content_spans"]) == [list(part) for part in parts]


def test_no_cue_and_no_source_are_null_with_empty_spans(store: Store):
    doc = document()
    store.save(bare(doc, replace(quotation(doc, "We will rebuild the bridge,"), cue=())), RUN)
    (row,) = rows(store, "quotations")
    assert (row["cue"], row["source"], row["cue_spans"], row["source_spans"]) == (None, None, "[]", "[]")


def test_two_values_of_one_row_keep_the_surer(store: Store):
    found = extraction()
    unsure = replace(found.quotations[0], score=0.2, method="guess")
    other = Mention(found.mentions[0].start, found.mentions[0].end, "ana-sol", "guess", 0.1)
    doubled = replace(
        found,
        quotations=(unsure, *found.quotations, unsure),
        mentions=(*found.mentions, other),
        claims=found.claims * 2,
    )
    store.save(doubled, RUN)
    assert [row["method"] for row in rows(store, "quotations")] == ["marks", "marks"]
    assert [row["method"] for row in rows(store, "mentions")] == ["name", "pronoun"]
    assert store.counts().claims == 1


# The same again.


def test_saving_the_same_changes_no_row(store: Store):
    store.save(extraction(), RUN)
    before = dump(store)
    assert store.save(extraction(), RUN) == "unchanged"
    assert dump(store) == before


def test_again_changes_only_when_and_by_what_it_was_extracted(store: Store):
    store.save(extraction(), RUN)
    before = {table: rows(store, table) for table in ("quotations", "claims", "figures", "mentions", "speakers")}
    (was,) = rows(store, "documents")
    newer = replace(RUN, id="r_two", version="0.2.0")
    assert store.save(extraction(), newer, again=True) == "unchanged"
    assert {table: rows(store, table) for table in before} == before
    (now,) = rows(store, "documents")
    assert {column for column in now if now[column] != was[column]} == {"run_id", "extracted_at"}
    assert now["extracted_at"] > was["extracted_at"]


@pytest.mark.parametrize(
    ("change", "state"),
    [
        pytest.param({}, "unchanged", id="the same"),
        pytest.param({"sha256": "other", "text": TEXT + "More."}, "changed", id="other text"),
        pytest.param({"title": "Bridge"}, "changed", id="other metadata"),
        pytest.param({"input": "copy/bridge.txt"}, "duplicate", id="another path"),
        pytest.param({"input": "copy/bridge.txt", "title": "Bridge"}, "duplicate", id="another path, other metadata"),
        pytest.param({"id": "d_other"}, "new", id="another article"),
    ],
)
def test_what_is_known_of_a_document(store: Store, change: dict, state: str):
    store.save(extraction(), RUN)
    assert store.state_of(replace(document(), **change)) == state
    assert store.is_stored(replace(document(), **change)) == (state in ("unchanged", "duplicate"))


def test_a_re_extraction_writes_only_what_differs(store: Store):
    store.save(extraction(), RUN)
    found = extraction()
    first, second = rows(store, "quotations")
    better = replace(found.quotations[0], score=0.99)
    assert store.save(replace(found, quotations=(better, found.quotations[1])), RUN) == "updated"
    now_first, now_second = rows(store, "quotations")
    assert now_first == {**first, "score": 0.99}
    assert now_second == second


def test_what_is_no_longer_found_goes_with_its_parts_and_its_speaker(store: Store):
    store.save(extraction(), RUN)
    found = extraction()
    assert store.save(bare(found.document, replace(found.quotations[0], source=())), RUN) == "updated"
    for table in ("claims", "figures", "assertions", "check_reasons", "mentions", "speakers", "speaker_names"):
        assert rows(store, table) == [], table
    assert len(rows(store, "quotations")) == 1


def test_a_claim_that_loses_a_figure_loses_its_row(store: Store):
    store.save(extraction(), RUN)
    found = extraction()
    shorter = replace(found.claims[0], figures=(), reasons=found.claims[0].reasons[:1])
    store.save(replace(found, claims=(shorter,)), RUN)
    assert rows(store, "figures") == []
    assert [row["code"] for row in rows(store, "check_reasons")] == ["NO_BASE"]


def test_search_follows_updates_and_removals(store: Store):
    def hits(words: str) -> int:
        return store.db.execute("SELECT count(*) FROM quotations_fts WHERE quotations_fts MATCH ?", [words]).fetchone()[
            0
        ]

    store.save(extraction(), RUN)
    assert (hits("rebuild"), hits("carried")) == (1, 1)
    text = TEXT.replace("rebuild", "restore")
    changed = document(text)
    store.save(bare(changed, quotation(changed, "We will restore the bridge,")), RUN)
    assert (hits("rebuild"), hits("carried"), hits("restore")) == (0, 0, 1)
    sql = "SELECT count(*) FROM documents_fts WHERE documents_fts MATCH 'restore'"
    assert store.db.execute(sql).fetchone() == (1,)


# Speakers.


def test_a_speaker_is_one_row_across_documents_with_all_names(store: Store):
    store.save(extraction(document(name="one.txt")), RUN)
    again = replace(ANA, names=("Sol",), name="Ana M. Sol")
    store.save(extraction(document(name="two.txt"), again), RUN)
    (speaker,) = rows(store, "speakers")
    assert (speaker["name"], speaker["type"]) == ("Ana Sol", "person"), "the first name stays"
    assert {row["name"] for row in rows(store, "speaker_names")} == {"Ana Sol", "Mayor Ana Sol", "Sol", "Ana M. Sol"}


def test_a_speaker_of_another_document_stays(store: Store):
    store.save(extraction(document(name="one.txt")), RUN)
    store.save(extraction(document(name="two.txt")), RUN)
    store.save(bare(document(name="one.txt")), RUN)
    assert [row["id"] for row in rows(store, "speakers")] == ["ana-sol"]


def test_a_speaker_that_nothing_refers_to_is_not_stored(store: Store):
    store.save(replace(extraction(), speakers=(ANA, Speaker("bo", "Bo", "person"))), RUN)
    assert [row["id"] for row in rows(store, "speakers")] == ["ana-sol"]


@pytest.mark.parametrize("decision", ["merged", "merged into", "judged"])
def test_a_speaker_that_somebody_decided_on_stays(store: Store, decision: str):
    store.save(extraction(), RUN)
    other = {"id": "sol", "name": "Sol", "type": "person", "added_at": "t", "merged_into": None}
    store.db.table("speakers").insert(other | ({"merged_into": "ana-sol"} if decision == "merged into" else {}))
    if decision == "merged":
        store.db.execute("UPDATE speakers SET merged_into = 'sol' WHERE id = 'ana-sol'")
    if decision == "judged":
        store.db.execute(
            "INSERT INTO judgements (id, subject, left_id, right_id, decision, reviewer, decided_at)"
            " VALUES ('j', 'speaker', 'ana-sol', 'sol', 'different', 'somebody', 't')"
        )
    store.save(bare(document()), RUN)
    assert "ana-sol" in {row["id"] for row in rows(store, "speakers")}


# Decisions move with the words.


def test_a_review_goes_with_a_span_that_moves(store: Store):
    store.save(extraction(), RUN)
    found = extraction()
    review(store, "quotation", found.quotations[0].id, found.document)
    wider = quotation(found.document, "“We will rebuild the bridge,”")
    store.save(bare(found.document, wider), RUN)
    assert targets(store) == [wider.id]
    assert [(row["id"], row["is_current"]) for row in rows(store, "quotations")] == [(wider.id, 1)]


def test_it_goes_to_the_row_with_most_of_its_words(store: Store):
    doc = document()
    store.save(bare(doc, quotation(doc, "We will rebuild the bridge,")), RUN)
    review(store, "quotation", quotation(doc, "We will rebuild the bridge,").id, doc)
    near, nearer = quotation(doc, "We will rebuild"), quotation(doc, "will rebuild the bridge,")
    store.save(bare(doc, near, nearer), RUN)
    assert targets(store) == [nearer.id]


def test_a_reviewed_quotation_that_is_no_longer_found_stays(store: Store):
    store.save(extraction(), RUN)
    found = extraction()
    review(store, "quotation", found.quotations[0].id, found.document)
    store.save(bare(found.document, quotation(found.document, "We")), RUN)
    current = {row["id"]: row["is_current"] for row in rows(store, "quotations")}
    assert current[found.quotations[0].id] == 0
    assert targets(store) == [found.quotations[0].id]
    assert store.counts().quotations == 1
    before = dump(store)
    store.save(bare(found.document, quotation(found.document, "We")), RUN)
    assert dump(store) == before
    store.save(extraction(), RUN)
    assert {row["is_current"] for row in rows(store, "quotations")} == {1}, "found again"


def test_a_claim_takes_its_reviews_and_verdicts_along(store: Store):
    store.save(extraction(), RUN)
    found = extraction()
    old = found.claims[0]
    review(store, "claim", old.id, found.document, "flag")
    store.db.execute(
        "INSERT INTO verdicts (id, claim_id, rating, state, reviewer, decided_at)"
        " VALUES ('w', ?, 'true', 'draft', 'somebody', 't')",
        [old.id],
    )
    moved = replace(old, id="c_moved", start=old.start + 4)
    store.save(replace(found, claims=(moved,)), RUN)
    assert targets(store) == ["c_moved"]
    assert [row["claim_id"] for row in rows(store, "verdicts")] == ["c_moved"]
    assert [row["id"] for row in rows(store, "claims")] == ["c_moved"]


def test_a_verdict_keeps_its_claim_with_all_its_parts(store: Store):
    store.save(extraction(), RUN)
    found = extraction()
    store.db.execute(
        "INSERT INTO verdicts (id, claim_id, rating, state, reviewer, decided_at)"
        " VALUES ('w', ?, 'true', 'draft', 'somebody', 't')",
        [found.claims[0].id],
    )
    store.save(bare(found.document), RUN)
    assert [row["is_current"] for row in rows(store, "claims")] == [0]
    assert len(rows(store, "figures")) == len(rows(store, "assertions")) == 1
    assert [row["id"] for row in rows(store, "speakers")] == ["ana-sol"], "the kept claim still names its speaker"


def test_a_review_finds_its_words_in_a_corrected_text(store: Store):
    store.save(extraction(), RUN)
    old = extraction().quotations[0]
    review(store, "quotation", old.id, document())
    doc = document("CORRECTED: an earlier version gave a wrong date. " * 3 + TEXT)
    new = quotation(doc, "We will rebuild the bridge,")
    assert new.id != old.id
    store.save(bare(doc, new), RUN)
    assert targets(store) == [new.id]


def test_a_review_of_words_that_were_taken_out_goes_nowhere(store: Store):
    store.save(extraction(), RUN)
    old = extraction().quotations[0]
    review(store, "quotation", old.id, document())
    doc = document(TEXT.replace("We will rebuild the bridge", "It will not be rebuilt at all"))
    store.save(bare(doc, quotation(doc, "It will not be rebuilt at all,")), RUN)
    assert targets(store) == [old.id]


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        pytest.param([(0, 10)], [(0, 10)], 1.0, id="the same"),
        pytest.param([(0, 10)], [(10, 20)], 0.0, id="side by side"),
        pytest.param([(0, 10)], [(5, 10)], 0.5, id="half"),
        pytest.param([(0, 5), (10, 15)], [(0, 15)], 10 / 15, id="two parts"),
        pytest.param([], [], 0.0, id="nothing"),
    ],
)
def test_overlap(one: list[Span], other: list[Span], share: float):
    assert overlap(one, other) == overlap(other, one) == pytest.approx(share)


def test_less_than_half_is_something_else():
    assert best_overlap([(0, 10)], [{"start_char": 0, "end_char": 21}]) is None
    assert best_overlap([(0, 10)], [{"start_char": 0, "end_char": 20}]) is not None
    assert best_overlap([(0, 10)], []) is None


# Failures, runs, counts.


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(
            lambda e: replace(e, attributions=(Attribution(e.quotations[0].id, "nobody", "name", 1.0),)),
            id="an unknown speaker",
        ),
        pytest.param(lambda e: replace(e, claims=(replace(e.claims[0], check_worthiness=7.0),)), id="a score of 7"),
        pytest.param(
            lambda e: replace(e, claims=(replace(e.claims[0], figures=(Figure(1, 4, None, None),)),)), id="no value"
        ),
        pytest.param(lambda e: replace(e, document=replace(e.document, title="\ud800")), id="not Unicode"),
        pytest.param(lambda e: replace(e, quotations=(replace(e.quotations[0], content=()),)), id="no content"),
    ],
)
def test_a_document_that_cannot_be_stored_leaves_nothing_and_the_others_stay(store: Store, broken):
    store.save(extraction(document(name="good.txt")), RUN)
    before = dump(store)
    with pytest.raises(InputError, match=r"bridge\.txt: could not be stored"):
        store.save(broken(extraction()), RUN)
    assert dump(store) == before
    assert store.save(extraction(), RUN) == "added"


def test_a_failure_counts_its_attempts_until_the_input_succeeds(store: Store):
    store.record_failure("bridge.txt", "reading", "not\nUTF-8")
    store.record_failure("bridge.txt", "extraction", "too long")
    store.record_failure("other.txt", "reading", "empty")
    by_input = {failure.input: failure for failure in store.failures()}
    assert (by_input["bridge.txt"].stage, by_input["bridge.txt"].attempts) == ("extraction", 2)
    assert store.failures()[0].input == "other.txt", "the latest first"
    store.save(extraction(), RUN)
    assert [failure.input for failure in store.failures()] == ["other.txt"]
    store.clear_failure("other.txt")
    assert store.failures() == []


def test_a_message_is_one_line(store: Store):
    store.record_failure("a.txt", "reading", "first\n  second")
    assert store.failures()[0].message == "first second"


def test_counts_and_runs(store: Store):
    store.save(extraction(), RUN)
    store.save(extraction(), RUN)
    counts = store.counts()
    assert (counts.documents, counts.quotations, counts.attributed, counts.speakers, counts.claims) == (1, 2, 2, 1, 1)
    (run,) = store.runs()
    assert (run.id, run.documents, run.settings, run.started_at) == ("r_one", 1, "{}", "2025-02-13T00:00:01Z")


def test_verify_names_words_that_are_not_where_they_should_be(tmp_path: Path):
    with Store.open(tmp_path / "x.db") as store:
        store.save(extraction(), RUN)
        store.db.execute("UPDATE mentions SET start_char = start_char + 1")
        store.db.execute("UPDATE quotations SET cue = 'shouted' WHERE type = 'direct'")
        store.db.execute("INSERT INTO claims_fts (rowid, text) VALUES (99, 'ghost')")
        problems = store.verify()
    assert len(problems) == 4
    assert [problem.split()[0] for problem in problems] == ["claims_fts:", "mentions", "mentions", "quotations"]


# Opening.


def test_opening_says_what_is_wrong(tmp_path: Path):
    (tmp_path / "text.db").write_text("this is not a database, it is a longer text\n" * 40)
    (tmp_path / "folder").mkdir()
    with sqlite3.connect(tmp_path / "foreign.db") as foreign:
        foreign.execute("CREATE TABLE documents (a)")
    foreign.close()
    for name, message in (
        ("text.db", "is not an SQLite database"),
        ("folder", "is a folder; name a database file"),
        ("foreign.db", "is a database of something else"),
        ("no/such.db", "there is no folder"),
    ):
        with pytest.raises(StoreError, match=message) as caught:
            Store.open(tmp_path / name)
        assert str(caught.value).startswith(f"{tmp_path / name}: ")
        assert str(caught.value).count("\n") == 0
    with pytest.raises(StoreError, match="no such database; make one with: quotes add"):
        Store.open(tmp_path / "none.db", create=False)
    assert not (tmp_path / "none.db").exists()


def test_a_foreign_database_is_left_as_it_was(tmp_path: Path):
    path = tmp_path / "foreign.db"
    with sqlite3.connect(path) as foreign:
        foreign.execute("CREATE TABLE documents (a)")
    foreign.close()
    before = path.read_bytes()
    with pytest.raises(StoreError):
        Store.open(path)
    assert path.read_bytes() == before


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs a folder nobody can write to")
def test_a_folder_that_cannot_be_written():
    with pytest.raises(StoreError, match=r"^/proc/quotes\.db: cannot be written; check the permissions"):
        Store.open("/proc/quotes.db")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write to every file")
def test_a_file_that_cannot_be_written(tmp_path: Path):
    Store.open(tmp_path / "x.db").close()
    (tmp_path / "x.db").chmod(0o444)
    with pytest.raises(StoreError, match="cannot be written"):
        Store.open(tmp_path / "x.db")


def test_a_locked_database_is_named_as_such(tmp_path: Path):
    with Store.open(tmp_path / "x.db", busy_seconds=0.1) as store:
        other = sqlite3.connect(tmp_path / "x.db")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match=r"x\.db: is locked by another program; try again"):
            store.save(extraction(), RUN)
        with pytest.raises(StoreError, match="is locked"):
            Store.open(tmp_path / "x.db", busy_seconds=0.1)
        other.close()
        assert store.save(extraction(), RUN) == "added"


def test_foreign_keys_are_enforced_and_readers_do_not_block(store: Store):
    assert store.db.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert store.db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


WRITER = """
import sys
sys.path.insert(0, sys.argv[3])
from test_store import RUN, document, extraction
from quotes.store import Store
with Store.open(sys.argv[1]) as store:
    for number in range(25):
        store.save(extraction(document(name=f"{sys.argv[2]}-{number}.txt")), RUN)
"""


def test_processes_that_make_and_fill_one_database_wait_for_each_other(tmp_path: Path):
    command = [sys.executable, "-c", WRITER, str(tmp_path / "x.db")]
    here = str(Path(__file__).parent)
    writers = [
        subprocess.Popen([*command, name, here], stderr=subprocess.PIPE, text=True) for name in ("one", "two", "three")
    ]
    for writer in writers:
        _, errors = writer.communicate(timeout=120)
        assert writer.returncode == 0, errors
    with Store.open(tmp_path / "x.db") as store:
        assert store.counts().documents == 75
        assert store.counts().speakers == 1
        assert store.verify() == []


def test_a_backup_is_a_whole_database(store: Store, tmp_path: Path):
    store.save(extraction(), RUN)
    store.backup(tmp_path / "copy.db")
    with Store.open(tmp_path / "copy.db") as copy:
        assert dump(copy) == dump(store)
        assert copy.verify() == []
    assert not list(tmp_path.glob("*.partial"))
    with pytest.raises(StoreError, match="is the database itself"):
        store.backup(store.path)
    with pytest.raises(StoreError, match="cannot be written"):
        store.backup(tmp_path / "none" / "copy.db")


# Properties.

words_of_any_script = st.text(
    st.one_of(st.characters(codec="utf-8", exclude_characters="\x00"), st.sampled_from("“”\n\r é🙂e\u0301")),
    min_size=1,
    max_size=60,
)


@st.composite
def extractions(draw: st.DrawFn) -> Extraction:
    doc = document(draw(words_of_any_script), name=draw(st.sampled_from(["a.txt", "b.txt"])))
    offsets = st.integers(0, len(doc.text) - 1)
    spans = st.tuples(offsets, offsets).map(lambda pair: (min(pair), max(pair) + 1))
    several = st.lists(spans, min_size=1, max_size=3).map(lambda found: tuple(sorted(found)))
    quotations = tuple(
        Quotation(make_id("q", doc.id, content), "direct", "speech", content, draw(several), draw(several), "rule", 0.5)
        for content in draw(st.lists(several, max_size=4))
    )
    mentions = tuple(Mention(*span, "ana-sol", "name", 0.5) for span in draw(st.lists(spans, max_size=3)))
    claims = tuple(
        Claim(
            make_id("c", doc.id, span), *span, (0, len(doc.text)), "quantity",
            (Figure(*span, 1.0, 2.0, "range"),), span, "article", (Assertion("article"),),
            False, False, 0.5, (Reason("HAS_QUANTITY", 0.3, span),), "rule", 0.5,
        )
        for span in draw(st.lists(spans, max_size=3))
    )  # fmt: skip
    return Extraction(doc, quotations, (ANA,), mentions, (), claims)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=extractions(), second=extractions())
def test_stored_words_stand_at_their_offsets_whatever_comes_after_whatever(store: Store, first, second):
    for found in (first, second):
        store.save(found, RUN)
        assert store.verify() == []
    before = dump(store)
    assert store.save(second, RUN) == "unchanged"
    assert dump(store) == before


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=extractions(), second=extractions(), data=st.data())
def test_no_decision_ever_loses_its_row(store: Store, first, second, data):
    second = replace(second, document=replace(second.document, id=first.document.id, input=first.document.input))
    store.save(first, RUN)
    for found in first.quotations:
        if data.draw(st.booleans()):
            store.db.execute(
                "INSERT OR IGNORE INTO reviews (id, target_type, target_id, document_id, action, reviewer, reviewed_at)"
                " VALUES (hex(randomblob(8)), 'quotation', ?, ?, 'accept', 'somebody', 't')",
                [found.id, first.document.id],
            )
    held = store.counts().reviews
    store.save(second, RUN)
    assert store.counts().reviews == held
    sql = "SELECT count(*) FROM reviews JOIN quotations ON quotations.id = reviews.target_id"
    assert store.db.execute(sql).fetchone() == (held,)


# Speed.


def test_a_document_of_forty_quotations_takes_well_under_20_ms(store: Store):
    text = " ".join(f"“Sentence number {n} about the bridge,” Ana Sol said." for n in range(40))

    def many(name: str) -> Extraction:
        doc = document(text, name=name)
        found = tuple(quotation(doc, f"Sentence number {n} about the bridge,", source="Ana Sol") for n in range(40))
        links = tuple(Attribution(q.id, "ana-sol", "name", 1.0) for q in found)
        mentions = tuple(Mention(n, n + 1, "ana-sol", "name", 1.0) for n in range(40))
        return Extraction(doc, found, (ANA,), mentions, links)

    batch = [many(f"{n}.txt") for n in range(20)]
    times = []
    for found in batch:
        started = time.process_time()
        store.save(found, RUN)
        times.append(time.process_time() - started)
    assert sorted(times)[len(times) // 2] < 0.02
