"""What becomes of a row when people accept, reject, fix and undo, and when the article is extracted again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from test_store import RUN, Clock, at, bare, document, dump, extraction, quotation, rows

from quotes import schema
from quotes.errors import StoreError
from quotes.models import Attribution, Extraction, Mention, Speaker
from quotes.store import Store
from quotes.store.connection import writing
from quotes.store.drafts import lacking, own_last_return, publish_draft, send_back, take_back_return
from quotes.store.merging import Judge
from quotes.store.reviewing import ChangedError, Target, decide, last_decision, own_last, undo
from quotes.store.verdicts import (
    LAST_CHANGE,
    Verdict,
    addresses,
    check,
    give_verdict,
    last_verdict,
    public_verdict,
)

ROSA, PAUL = Judge("rosa", "2025-03-01T00:00:00Z"), Judge("paul", "2025-03-02T00:00:00Z")
TOM = Speaker("tom-brandt", "Tom Brandt", "person", ("Tom Brandt",))
FOUND = extraction()
DIRECT, INDIRECT = (Target("quotation", found.id) for found in FOUND.quotations)
CLAIM = Target("claim", FOUND.claims[0].id)
SCALE = ("true", "false", "unproven")


@pytest.fixture
def store(tmp_path: Path):
    with Store.open(tmp_path / "quotes.db", now=Clock()) as opened:
        other = document("Tom Brandt said: “We will see.”", "other.txt")
        said = quotation(other, "We will see.", source="Tom Brandt")
        mention = Mention(*at(other.text, "Tom Brandt"), TOM.id, "name", 1.0)
        opened.save(Extraction(other, (said,), (TOM,), (mention,), (Attribution(said.id, TOM.id, "name", 1.0),)), RUN)
        opened.save(FOUND, RUN)
        yield opened
        assert opened.verify() == []


def did(store: Store, target: Target, action: str, by: Judge = ROSA, **more: object) -> str:
    with writing(store.db):
        return decide(store.db, target, action, by, **more)


def undone(store: Store, review_id: str, by: Judge = ROSA) -> Target:
    with writing(store.db):
        return undo(store.db, review_id, by)


def row(store: Store, target: Target) -> dict:
    return next(store.db.query(f"SELECT * FROM {target.table} WHERE id = ?", [target.id]))


class TestDeciding:
    def test_an_accepted_row_says_so_and_is_else_as_it_was(self, store: Store):
        before = row(store, DIRECT)
        did(store, DIRECT, "accept")
        assert row(store, DIRECT) == before | {"review": "accepted"}

    def test_a_rejected_row_is_no_longer_current(self, store: Store):
        did(store, CLAIM, "reject")
        assert (row(store, CLAIM)["review"], row(store, CLAIM)["is_current"]) == ("rejected", 0)
        assert store.counts().claims == 0

    def test_a_skip_changes_nothing_but_is_kept(self, store: Store):
        before = row(store, DIRECT)
        did(store, DIRECT, "skip")
        assert row(store, DIRECT) == before
        assert [r["action"] for r in rows(store, "reviews")] == ["skip"]

    def test_a_fixed_speaker_is_the_speaker_everywhere(self, store: Store):
        did(store, INDIRECT, "fix", change={"speaker_id": "tom-brandt"})
        fixed = row(store, INDIRECT)
        assert (fixed["speaker_id"], fixed["speaker_method"], fixed["review"]) == ("tom-brandt", "reviewed", "fixed")
        assert json.loads(fixed["extracted"])["speaker_id"] == "ana-sol"
        claim = row(store, CLAIM)
        assert (claim["asserted_by"], claim["speaker_id"]) == ("Tom Brandt", "tom-brandt"), "what he vouches for is his"
        assert [(a["speaker"], a["speaker_id"]) for a in rows(store, "assertions")] == [("Tom Brandt", "tom-brandt")]

    def test_nobody_named(self, store: Store):
        did(store, INDIRECT, "fix", change={"speaker_id": None})
        assert row(store, INDIRECT)["speaker_id"] is None
        assert row(store, CLAIM)["asserted_by"] == "anonymous"

    def test_fixed_words_are_those_of_the_text_and_are_found(self, store: Store):
        span = at(FOUND.document.text, "rebuild the bridge")
        did(store, DIRECT, "fix", change={"content_spans": [list(span)], "type": "mixed"})
        fixed = row(store, DIRECT)
        assert (fixed["content"], fixed["start_char"], fixed["type"]) == ("rebuild the bridge", span[0], "mixed")
        found = store.db.execute("SELECT content FROM quotations_fts WHERE quotations_fts MATCH 'rebuild'").fetchall()
        assert found == [("rebuild the bridge",)]

    def test_a_second_fix_adds_to_the_first(self, store: Store):
        did(store, DIRECT, "fix", change={"type": "mixed"})
        did(store, DIRECT, "fix", PAUL, change={"speaker_id": "tom-brandt"})
        assert (row(store, DIRECT)["type"], row(store, DIRECT)["speaker_id"]) == ("mixed", "tom-brandt")
        assert json.loads(row(store, DIRECT)["extracted"])["type"] == "direct"

    def test_a_claim_that_the_article_makes_itself(self, store: Store):
        did(store, CLAIM, "fix", change={"asserted_by": "article", "kind": "change"})
        fixed = row(store, CLAIM)
        assert (fixed["asserted_by"], fixed["speaker_id"], fixed["kind"]) == ("article", None, "change")
        assert rows(store, "assertions")[-1]["speaker"] == "article"

    @pytest.mark.parametrize(
        ("target", "change", "says"),
        [
            (DIRECT, {}, "a fix of a quotation changes some of"),
            (DIRECT, {"text": "other words"}, "a fix of a quotation changes some of"),
            (DIRECT, {"speaker_id": "nobody-here"}, "nobody-here: no such speaker"),
            (DIRECT, {"type": "loud"}, "type is one of direct"),
            (DIRECT, {"content_spans": [[5, 100_000]]}, "do not stand in this document"),
            (DIRECT, {"content_spans": [[0, 9], [4, 12]]}, "do not stand in this document"),
            (CLAIM, {"kind": "song"}, "kind is one of quantity"),
            (Target("claim", "c_none"), {"kind": "change"}, "c_none: no such claim"),
        ],
    )
    def test_a_fix_that_cannot_be_leaves_nothing(self, store: Store, target: Target, change: dict, says: str):
        before = dump(store)
        with pytest.raises(StoreError, match=says):
            did(store, target, "fix", change=change)
        assert dump(store) == before

    def test_reviews_are_never_edited_or_removed(self, store: Store):
        did(store, DIRECT, "accept")
        for sql in ("UPDATE reviews SET action = 'reject'", "DELETE FROM reviews"):
            with pytest.raises(Exception, match="append-only"):
                store.db.execute(sql)


class TestTwoReviewers:
    def test_who_comes_second_is_told_who_came_first(self, store: Store):
        did(store, DIRECT, "accept", PAUL, seen="")
        with pytest.raises(ChangedError, match="decided meanwhile by paul: accept"):
            did(store, DIRECT, "reject", ROSA, seen="")
        assert row(store, DIRECT)["review"] == "accepted"

    def test_who_has_seen_the_other_decision_may_decide_else(self, store: Store):
        first = did(store, DIRECT, "accept", PAUL, seen="")
        did(store, DIRECT, "reject", ROSA, seen=first)
        assert row(store, DIRECT)["review"] == "rejected"

    def test_nobody_takes_back_what_another_decided(self, store: Store):
        first = did(store, DIRECT, "accept", PAUL)
        with pytest.raises(StoreError, match="no decision of rosa's"):
            undone(store, first, ROSA)


class TestUndo:
    @pytest.mark.parametrize(
        ("target", "action", "change"),
        [
            (DIRECT, "accept", None),
            (DIRECT, "reject", None),
            (CLAIM, "reject", None),
            (DIRECT, "fix", {"type": "mixed", "speaker_id": "tom-brandt"}),
            (INDIRECT, "fix", {"speaker_id": "tom-brandt"}),
            (INDIRECT, "fix", {"speaker_id": None}),
            (CLAIM, "fix", {"asserted_by": "article"}),
        ],
    )
    def test_all_is_as_before_but_both_decisions_are_kept(self, store: Store, target: Target, action: str, change):
        tables = ("quotations", "claims", "assertions", "figures")
        before = [rows(store, table) for table in tables]
        undone(store, did(store, target, action, change=change))
        assert [rows(store, table) for table in tables] == before
        assert [r["action"] for r in rows(store, "reviews")] == [action, "undo"]

    def test_the_decision_before_it_holds_again(self, store: Store):
        did(store, DIRECT, "fix", PAUL, change={"type": "mixed"})
        undone(store, did(store, DIRECT, "reject"))
        assert (row(store, DIRECT)["review"], row(store, DIRECT)["type"]) == ("fixed", "mixed")

    def test_only_once(self, store: Store):
        review_id = did(store, DIRECT, "accept")
        undone(store, review_id)
        with pytest.raises(StoreError, match="taken back already"):
            undone(store, review_id)

    def test_one_after_the_other_the_last_first(self, store: Store):
        first, second = did(store, DIRECT, "accept"), did(store, CLAIM, "reject")
        assert own_last(store.db, "rosa")["id"] == second
        undone(store, second)
        assert own_last(store.db, "rosa")["id"] == first
        undone(store, first)
        assert own_last(store.db, "rosa") is None
        assert last_decision(store.db, DIRECT)["action"] == "undo"


class TestAgain:
    """A re-extraction keeps what people decided."""

    @pytest.mark.parametrize(
        ("target", "action", "change"),
        [
            (DIRECT, "reject", None),
            (INDIRECT, "fix", {"speaker_id": "tom-brandt"}),
            (DIRECT, "fix", {"content_spans": [list(at(FOUND.document.text, "rebuild the bridge"))]}),
            (CLAIM, "fix", {"asserted_by": "article", "kind": "change"}),
        ],
    )
    def test_the_same_extraction_changes_no_row(self, store: Store, target: Target, action: str, change):
        did(store, target, action, change=change)
        before = dump(store)
        assert store.save(FOUND, RUN) == "unchanged"
        assert dump(store) == before

    def test_a_fix_goes_along_to_a_wider_span(self, store: Store):
        did(store, DIRECT, "fix", change={"speaker_id": "tom-brandt"})
        wider = quotation(FOUND.document, "“We will rebuild the bridge,”")
        store.save(bare(FOUND.document, wider), RUN)
        moved = row(store, Target("quotation", wider.id))
        assert (moved["review"], moved["speaker_id"], moved["content"]) == (
            "fixed", "tom-brandt", "“We will rebuild the bridge,”",
        )  # fmt: skip

    def test_a_fix_of_words_finds_them_in_a_corrected_text(self, store: Store):
        did(store, DIRECT, "fix", change={"content_spans": [list(at(FOUND.document.text, "rebuild the bridge"))]})
        doc = document("CORRECTED: an earlier version gave a wrong date. " * 3 + FOUND.document.text)
        new = quotation(doc, "We will rebuild the bridge,")
        store.save(bare(doc, new), RUN)
        assert row(store, Target("quotation", new.id))["content"] == "rebuild the bridge"

    def test_undo_after_it_gives_what_was_extracted_last(self, store: Store):
        review_id = did(store, DIRECT, "fix", change={"speaker_id": "tom-brandt"})
        nobody = replace(FOUND, attributions=FOUND.attributions[1:])
        store.save(nobody, RUN)
        assert row(store, DIRECT)["speaker_id"] == "tom-brandt"
        undone(store, review_id)
        assert row(store, DIRECT)["speaker_id"] is None

    def test_a_fixed_speaker_that_is_merged_is_whom_he_was_merged_into(self, store: Store):
        did(store, DIRECT, "fix", change={"speaker_id": "tom-brandt"})
        store.judge_same("tom-brandt", "ana-sol", "rosa", into="ana-sol")
        assert row(store, DIRECT)["speaker_id"] == "ana-sol"
        assert store.save(FOUND, RUN) == "unchanged"


def give(store: Store, state: str = "published", by: Judge = ROSA, **more: object) -> str:
    values = {"rating": "false", "explanation": "The counters show 61,000.", "evidence": ("https://x.example/a",)}
    with writing(store.db):
        return give_verdict(
            store.db,
            CLAIM.id,
            Verdict(**values | {"state": state} | more.pop("verdict", {})),
            by,
            scale=SCALE,
            **more,
        )


class TestDrafts:
    """What waits for an editor, what was sent back, and what becomes of both."""

    def draft(self, store: Store) -> tuple:
        found = row(store, CLAIM)
        return found["draft"], found["draft_at"]

    def back(self, store: Store, note: str = "Which counters?", **more: object) -> str:
        with writing(store.db):
            return send_back(store.db, CLAIM.id, replace(PAUL, note=note), **more)

    def publish(self, store: Store, by: Judge = PAUL, **more: object) -> str:
        with writing(store.db):
            return publish_draft(store.db, CLAIM.id, by, scale=SCALE, **more)

    def lacks(self, store: Store, scale: tuple[str, ...] = SCALE) -> str:
        last, public = last_verdict(store.db, CLAIM.id), public_verdict(store.db, CLAIM.id)
        assert last
        return lacking(last, scale, is_public=public is not None)

    def seen(self, store: Store) -> str:
        return next(store.db.query(LAST_CHANGE, {"id": CLAIM.id}))["id"]

    def test_a_draft_waits_until_it_is_published(self, store: Store):
        assert self.draft(store) == (None, None)
        give(store, "draft")
        assert self.draft(store) == ("waiting", ROSA.now)
        self.publish(store)
        assert self.draft(store) == (None, None)
        draft, verdict = rows(store, "verdicts")
        assert (draft["state"], draft["reviewer"], verdict["state"], verdict["reviewer"]) == (
            "draft", "rosa", "published", "paul",
        )  # fmt: skip
        same = ("claim_id", "rating", "explanation", "evidence", "correction")
        assert [draft[column] for column in same] == [verdict[column] for column in same]
        assert row(store, CLAIM)["rating"] == "false"

    def test_sent_back_it_waits_no_longer_until_another_draft_comes(self, store: Store):
        give(store, "draft")
        self.back(store)
        assert self.draft(store) == ("returned", PAUL.now)
        assert [(r["decision"], r["note"], r["reviewer"]) for r in rows(store, "draft_returns")] == [
            ("return", "Which counters?", "paul")
        ]
        later = Judge("rosa", "2025-03-03T00:00:00Z")
        give(store, "draft", later)
        assert self.draft(store) == ("waiting", later.now)

    def test_a_return_is_taken_back_by_a_row_and_the_draft_waits_where_it_stood(self, store: Store):
        give(store, "draft")
        returned = self.back(store)
        assert own_last_return(store.db, "rosa") is None
        with pytest.raises(StoreError, match="taken back already"), writing(store.db):
            take_back_return(store.db, returned, ROSA)
        with writing(store.db):
            assert take_back_return(store.db, returned, PAUL) == CLAIM.id
        assert self.draft(store) == ("waiting", ROSA.now)
        assert [r["decision"] for r in rows(store, "draft_returns")] == ["return", "undo"]
        assert own_last_return(store.db, "paul") is None

    def test_it_cannot_be_taken_back_once_somebody_worked_on_it(self, store: Store):
        give(store, "draft")
        returned = self.back(store)
        give(store, "draft")
        assert own_last_return(store.db, "paul") is None
        with pytest.raises(StoreError, match="taken back already"), writing(store.db):
            take_back_return(store.db, returned, PAUL)

    def test_the_draft_of_a_correction_says_what_was_wrong(self, store: Store):
        give(store)
        give(store, "draft", verdict={"rating": "true"})
        assert self.lacks(store) == "a correction says what was wrong"
        with pytest.raises(StoreError, match="says what was wrong"):
            self.publish(store)
        assert row(store, CLAIM)["rating"] == "false"
        give(store, "draft", verdict={"rating": "true", "correction": "We had counted twice."})
        assert self.lacks(store) == ""
        self.publish(store)
        assert rows(store, "verdicts")[-1]["state"] == "corrected"
        assert row(store, CLAIM)["rating"] == "true"

    @pytest.mark.parametrize(
        ("verdict", "says"),
        [({"evidence": ()}, "at least one link"), ({"explanation": ""}, "with an explanation"), ({}, "rating is one")],
    )
    def test_what_is_not_fit_to_be_published_stays_a_draft(self, store: Store, verdict: dict, says: str):
        give(store, "draft", verdict=verdict)
        scale = SCALE if verdict else ("right", "wrong")
        assert says in self.lacks(store, scale)
        with pytest.raises(StoreError, match=says), writing(store.db):
            publish_draft(store.db, CLAIM.id, PAUL, scale=scale)
        assert self.draft(store)[0] == "waiting"

    def test_what_another_did_meanwhile_is_told(self, store: Store):
        give(store, "draft")
        seen = self.seen(store)
        self.back(store, seen=seen)
        for late in (self.publish, self.back):
            with pytest.raises(ChangedError, match="paul: return"):
                late(store, seen=seen)
        with pytest.raises(ChangedError, match="paul: return"):
            give(store, "draft", seen=seen)
        give(store, "draft", seen=self.seen(store))
        with pytest.raises(ChangedError, match="rosa: a verdict"):
            self.publish(store, seen=seen)

    def test_nothing_to_send_back_or_to_publish(self, store: Store):
        for late in (self.publish, self.back):
            with pytest.raises(StoreError, match="no draft"):
                late(store)
        give(store, "draft")
        with pytest.raises(StoreError, match="with a note"):
            self.back(store, note=" ")
        self.back(store)
        with pytest.raises(StoreError, match="sent back already"):
            self.back(store)
        give(store)
        with pytest.raises(StoreError, match="no draft"):
            self.back(store)

    def test_it_goes_along_when_its_claim_moves(self, store: Store):
        give(store, "draft")
        self.back(store)
        moved = replace(FOUND.claims[0], id="c_moved", start=FOUND.claims[0].start + 4)
        store.save(replace(FOUND, claims=(moved,)), RUN)
        assert row(store, Target("claim", "c_moved"))["draft"] == "returned"

    def test_returns_are_never_changed(self, store: Store):
        give(store, "draft")
        self.back(store)
        for sql in (
            "UPDATE draft_returns SET note = 'x'",
            "DELETE FROM draft_returns",
            "INSERT OR REPLACE INTO draft_returns SELECT * FROM draft_returns",
        ):
            with pytest.raises(Exception, match="append-only"):
                store.db.execute(sql)

    def test_drafts_of_an_older_database_wait(self, tmp_path: Path):
        from sqlite_utils import Database

        old = Database(tmp_path / "old.db")
        schema.migrations.apply(old, stop_before="0014_drafts")
        old.execute("INSERT INTO runs (id, version, model, model_version, started_at) VALUES ('r', '1', 'm', '1', 't')")
        old.execute("PRAGMA foreign_keys = OFF")
        for claim, states in {"c_1": ["draft"], "c_2": ["draft", "published"], "c_3": ["published", "draft"]}.items():
            old.execute(
                "INSERT INTO claims (id, document_id, kind, text, sentence, asserted_by, check_worthiness, method, score,"
                " start_char, end_char, sentence_start, sentence_end)"
                " VALUES (?, 'd', 'quantity', 't', 't', 'article', 0.5, 'rule', 1, 0, 1, 0, 1)",
                [claim],
            )
            for number, state in enumerate(states):
                old.execute(
                    "INSERT INTO verdicts (id, claim_id, rating, evidence, state, reviewer, decided_at)"
                    " VALUES (?, ?, 'true', '[\"https://x.example\"]', ?, 'rosa', ?)",
                    [f"v_{claim}_{number}", claim, state, f"2025-01-0{number + 1}"],
                )
        schema.migrate(old)
        assert list(old.execute("SELECT id, draft, draft_at FROM claims ORDER BY id")) == [
            ("c_1", "waiting", "2025-01-01"), ("c_2", None, None), ("c_3", "waiting", "2025-01-02"),
        ]  # fmt: skip


class TestVerdicts:
    def test_a_draft_is_not_the_claims_rating(self, store: Store):
        give(store, "draft")
        assert row(store, CLAIM)["rating"] is None
        give(store)
        assert row(store, CLAIM)["rating"] == "false"

    def test_a_correction_takes_its_place_and_both_stay(self, store: Store):
        give(store)
        give(store, "corrected", verdict={"rating": "true", "correction": "We had read the wrong bridge."})
        assert row(store, CLAIM)["rating"] == "true"
        assert [v["state"] for v in rows(store, "verdicts")] == ["published", "corrected"]

    def test_a_draft_after_it_waits(self, store: Store):
        give(store)
        give(store, "draft", verdict={"rating": "unproven"})
        assert row(store, CLAIM)["rating"] == "false"

    def test_another_verdict_since_is_told(self, store: Store):
        give(store, "draft", PAUL, seen="")
        with pytest.raises(ChangedError, match="paul"):
            give(store, seen="")

    @pytest.mark.parametrize(
        ("change", "is_public", "says"),
        [
            ({"rating": "meh"}, False, "the rating is one of true, false, unproven"),
            ({"evidence": ()}, False, "at least one link"),
            ({"evidence": ("javascript:alert(1)",)}, False, "begins with http"),
            ({"evidence": ("https://a b.example/",)}, False, "begins with http"),
            ({"explanation": " "}, False, "with an explanation"),
            ({}, True, "published already: correct it"),
            ({"state": "corrected", "correction": "x"}, False, "only what was published is corrected"),
            ({"state": "corrected"}, True, "says what was wrong"),
            ({"state": "draft", "correction": "x"}, False, "only a correction"),
        ],
    )
    def test_what_is_not_fit_to_be_stored(self, change: dict, is_public: bool, says: str):
        verdict = Verdict("true", "Counted.", ("https://x.example/a",), "published")
        with pytest.raises(StoreError, match=says):
            check(replace(verdict, **change), SCALE, is_public=is_public)

    def test_the_database_itself_wants_evidence_and_reasons(self, store: Store):
        sql = """INSERT INTO verdicts (id, claim_id, rating, evidence, state, reviewer, decided_at)
            VALUES ('v', ?, 'true', ?, ?, 'rosa', 't')"""
        for evidence, state, says in (
            ("[]", "published", "at least one link"),
            ('["x"]', "corrected", "what was wrong"),
        ):
            with pytest.raises(Exception, match=says):
                store.db.execute(sql, [CLAIM.id, evidence, state])

    def test_links_are_one_a_line(self):
        assert addresses(" https://a.example \n\nhttps://b.example\nhttps://a.example") == (
            "https://a.example", "https://b.example",
        )  # fmt: skip

    def test_a_published_rating_goes_along(self, store: Store):
        give(store)
        moved = replace(FOUND.claims[0], id="c_moved", start=FOUND.claims[0].start + 4)
        store.save(replace(FOUND, claims=(moved,)), RUN)
        assert row(store, Target("claim", "c_moved"))["rating"] == "false"
