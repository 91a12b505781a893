"""The queue of drafts through the site: what waits, what an editor makes of it, what goes back, two editors at once."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from contextlib import closing
from html import unescape
from pathlib import Path

import pytest
import site_data
from site_client import REVIEWER, Client
from test_web_review import EDITOR, OTHER, VERDICT, decide, fields, message, progress, row, shows

from quotes.web.queue import Filters, Place, open_queue

DRAFTS, RETURNED = "/-/review?queue=drafts", "/-/review?queue=returned"
SECOND_EDITOR = {"id": "max", "role": "editor"}


@pytest.fixture
def client(tmp_path: Path) -> Client:
    return Client(site_data.build(tmp_path / "quotes.db"))


def draft(client: Client, claim: str, at: str = "", actor=REVIEWER, **more: str) -> None:
    """Save a draft in the site; `at`: as if it had been then."""
    form = fields(client.get(f"/-/review?claim={claim}", actor).text, "verdict")
    answer = client.post("/-/review/verdict", {**form, **VERDICT, "state": "draft", **more}, actor)
    assert answer.status_code == 302, unescape(answer.text)
    if at:
        with closing(sqlite3.connect(client.path)) as connection, connection:
            connection.execute("UPDATE claims SET draft_at = ? WHERE id = ?", [at, claim])


def handle(client: Client, claim: str, action: str, actor=EDITOR, query: str = "", **more: str):
    form = fields(client.get(f"{DRAFTS}&claim={claim}{query}", actor).text, "decide")
    return client.post("/-/review/draft", {**form, "action": action, **more}, actor)


def open_item(client: Client, path: str = DRAFTS, actor=EDITOR) -> str:
    found = re.search(r'data-item="([^"]+)"', client.get(path, actor).text)
    return found[1] if found else ""


def pills(client: Client, actor, path: str = "/-/review") -> str:
    page = client.get(path, actor).text
    found = re.search(r'<nav class="queues".*?</nav>', page, re.DOTALL)
    assert found
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


def verdicts(client: Client) -> list[tuple]:
    return client.stored("SELECT claim_id, state, rating, reviewer FROM verdicts ORDER BY rowid")


class TestTheQueue:
    def test_drafts_are_counted_where_reviewers_and_editors_see_it(self, client: Client) -> None:
        assert pills(client, None) == "Claims Quotations"
        assert pills(client, EDITOR) == "Claims Quotations Drafts"
        draft(client, "c_spent")
        draft(client, "c_homes")
        assert pills(client, EDITOR) == pills(client, REVIEWER) == "Claims Quotations Drafts 2"
        assert "2 drafts to publish" in client.get("/", EDITOR).text
        assert "to publish" not in client.get("/").text
        handle(client, "c_homes", "return", note="Which count?")
        assert pills(client, REVIEWER) == "Claims Quotations Drafts 1 Sent back 1"
        assert "1 sent back" in client.get("/", REVIEWER).text

    def test_the_oldest_comes_first_in_context_with_all_an_editor_needs(self, client: Client) -> None:
        draft(client, "c_homes", "2025-03-09")
        draft(client, "c_spent", "2025-03-07", explanation="The ledger <says> so.")
        page = client.get(DRAFTS, EDITOR).text
        assert progress(page) == "Draft 1 of 2"
        for words in [
            'data-item="c_spent"',
            "Storm floods Veldhaven",
            'Draft: <span class="rating-word">False</span>',
            "The ledger &lt;says&gt; so.",
            '<a href="https://board.example/count"',
            "by rosa",
        ]:
            assert words in page, words
        assert "Published now" not in page
        following = unescape(re.search(r'href="([^"]+)" data-key="k"', page)[1])  # type: ignore[index]
        assert shows(type("Answer", (), {"headers": {"location": following}})) == "c_homes"
        page = client.get(following, EDITOR).text
        assert progress(page) == "Draft 2 of 2"
        assert 'href="/-/review?queue=drafts" data-key="k"' in page, "from the first again"

    def test_what_is_published_now_stands_beside_the_draft_of_a_correction(self, client: Client) -> None:
        draft(client, "c_homes")
        handle(client, "c_homes", "publish")
        draft(client, "c_homes", rating="True", correction="We had read another count.")
        page = client.get(DRAFTS, REVIEWER).text
        assert "Published now: False" in page
        assert "We had read another count." in page
        assert ">Publish correction <" in client.get(DRAFTS, EDITOR).text

    def test_what_was_published_over_a_draft_waits_no_longer(self, client: Client) -> None:
        draft(client, "c_homes")
        form = fields(client.get("/-/review?claim=c_homes", EDITOR).text, "verdict")
        client.post("/-/review/verdict", {**form, **VERDICT, "state": "published"}, EDITOR)
        assert "No draft waits" in client.get(DRAFTS, EDITOR).text

    @pytest.mark.parametrize(
        ("query", "items"),
        [
            ("", ["c_board", "c_homes", "c_fell"]),
            ("&outlet=Harbour Post", ["c_homes", "c_fell"]),
            ("&speaker=Ana Keller", ["c_homes"]),
            ("&kind=change", ["c_fell"]),
            ("&since=2025-03-04", ["c_board"]),
            ("&until=2025-03-03&kind=quantity", ["c_homes"]),
        ],
    )
    def test_filters_work_as_in_the_other_queues(self, client: Client, query: str, items: list[str]) -> None:
        for day, claim in enumerate(("c_board", "c_homes", "c_fell"), 1):
            draft(client, claim, f"2025-04-0{day}")
        path, seen = f"{DRAFTS}{query}", []
        for number in range(1, len(items) + 1):
            page = client.get(path, EDITOR).text
            assert progress(page) == f"Draft {number} of {len(items)}"
            seen.append(re.search(r'data-item="([^"]+)"', page)[1])  # type: ignore[index]
            path = unescape(re.search(r'href="([^"]+)" data-key="k"', page)[1])  # type: ignore[index]
        assert seen == items
        assert "Nothing open under this filter" in client.get(f"{DRAFTS}&speaker=Nobody", EDITOR).text

    @pytest.mark.parametrize("queue", ["drafts", "returned"])
    @pytest.mark.parametrize("filters", [{}, {"outlet": "Harbour Post", "kind": "change", "speaker": "Ana Keller"}])
    def test_it_is_read_along_its_index_and_never_sorted(
        self, client: Client, monkeypatch: pytest.MonkeyPatch, queue: str, filters: dict[str, str]
    ) -> None:
        from quotes.web import private

        plans: list[str] = []
        read = private._read

        def watched(path: Path, sql: str, parameters):
            plans.extend(step["detail"] for step in read(path, f"EXPLAIN QUERY PLAN {sql}", parameters))
            return read(path, sql, parameters)

        async def ask() -> None:
            database = client.datasette.databases["quotes"]
            opened = await open_queue(database, Filters(queue=queue, **filters))
            await opened.after(database, Place("2025-03-01", "x"))
            await opened.progress(database, Place("2025-03-01", "x"))

        monkeypatch.setattr(private, "_read", watched)
        asyncio.run(ask())
        walked = [step for step in plans if "claims" in step or "items" in step]
        assert walked
        assert all("claims_drafts (draft=?" in step for step in walked), walked
        assert not [step for step in plans if "TEMP B-TREE" in step]


def test_the_claim_in_its_own_queue_leads_to_its_draft(client: Client) -> None:
    draft(client, "c_homes")
    assert (
        '<a href="/-/review?queue=drafts&amp;claim=c_homes">draft waits'
        in client.get("/-/review?claim=c_homes", REVIEWER).text
    )
    assert "draft waits" not in client.get("/-/review?claim=c_homes").text
    handle(client, "c_homes", "return", note="Which count?")
    assert (
        '<a href="/-/review?queue=returned&amp;claim=c_homes">draft sent back'
        in client.get("/-/review?claim=c_homes", REVIEWER).text
    )


class TestAnEditor:
    def test_publishes_it_as_it_is_and_goes_on_to_the_next(self, client: Client) -> None:
        draft(client, "c_homes", "2025-03-01")
        draft(client, "c_spent", "2025-03-02")
        answer = handle(client, "c_homes", "publish")
        assert shows(answer) == "c_spent"
        assert "queue=drafts" in answer.headers["location"]
        assert verdicts(client)[0] == ("c_homes", "draft", "False", "rosa")
        assert verdicts(client)[2] == ("c_homes", "published", "False", "eve")
        assert row(client, "claims", "c_homes", "rating", "draft") == ("False", None)

    def test_a_claim_that_nobody_reviewed_is_accepted_with_its_draft_and_no_other(self, client: Client) -> None:
        draft(client, "c_homes")
        draft(client, "c_spent")
        decide(client, "c_spent", "fix", OTHER, kind="change")
        assert "Accepted, too" in message(client, handle(client, "c_homes", "publish"))
        assert "Accepted, too" not in message(client, handle(client, "c_spent", "publish"))
        assert row(client, "claims", "c_homes", "review") == ("accepted",)
        assert row(client, "claims", "c_spent", "review") == ("fixed",)

    def test_edits_it_first(self, client: Client) -> None:
        draft(client, "c_homes", explanation="A first try.")
        page = client.get(DRAFTS, EDITOR).text
        assert ">A first try.</textarea>" in page
        form = {**fields(page, "verdict"), **VERDICT, "explanation": "Said better.", "state": "published"}
        answer = client.post("/-/review/verdict", form, EDITOR)
        assert answer.headers["location"] == DRAFTS
        assert client.stored("SELECT explanation FROM verdicts WHERE state = 'published'") == [("Said better.",)]

    def test_saving_an_edited_draft_stays_with_it(self, client: Client) -> None:
        draft(client, "c_homes")
        form = {**fields(client.get(DRAFTS, EDITOR).text, "verdict"), **VERDICT, "state": "draft"}
        assert shows(client.post("/-/review/verdict", form, EDITOR)) == "c_homes"

    def test_sends_it_back_with_a_note(self, client: Client) -> None:
        draft(client, "c_homes", "2025-03-01")
        draft(client, "c_spent", "2025-03-02")
        answer = handle(client, "c_homes", "return", note=" Link the <table>. ")
        assert shows(answer) == "c_spent"
        assert client.stored("SELECT decision, note, reviewer FROM draft_returns") == [
            ("return", "Link the <table>.", "eve")
        ]
        page = client.get(RETURNED, REVIEWER).text
        assert 'data-item="c_homes"' in page
        assert "Link the &lt;table&gt;." in page
        assert "by eve" in page
        assert "Link the" not in client.get("/-/review?claim=c_homes").text
        assert "Link the &lt;table&gt;." in client.get("/-/review?claim=c_homes", REVIEWER).text

    def test_what_was_worked_over_waits_again(self, client: Client) -> None:
        draft(client, "c_homes")
        handle(client, "c_homes", "return", note="Link the table.")
        form = fields(client.get(RETURNED, REVIEWER).text, "verdict")
        answer = client.post("/-/review/verdict", {**form, **VERDICT, "state": "draft"}, REVIEWER)
        assert answer.headers["location"] == RETURNED
        assert "No draft was sent back" in client.get(RETURNED, REVIEWER).text
        assert open_item(client) == "c_homes"

    def test_without_a_note_it_does_not_go_back(self, client: Client) -> None:
        draft(client, "c_homes")
        answer = handle(client, "c_homes", "return", note=" ")
        assert answer.status_code == 409
        assert "a draft is sent back with a note" in answer.text
        assert client.stored("SELECT 1 FROM draft_returns") == []

    @pytest.mark.parametrize(
        ("more", "lacks"),
        [({"evidence": ""}, "at least one link to evidence"), ({"explanation": ""}, "with an explanation")],
    )
    def test_what_is_not_fit_has_no_button_and_is_refused(
        self, client: Client, more: dict[str, str], lacks: str
    ) -> None:
        draft(client, "c_homes", **more)
        page = client.get(DRAFTS, EDITOR).text
        assert 'value="publish"' not in page
        assert lacks in page
        answer = handle(client, "c_homes", "publish", note="kept")
        assert answer.status_code == 409
        assert lacks in answer.text
        assert ">kept</textarea>" in answer.text
        assert row(client, "claims", "c_homes", "rating", "draft", "review") == (None, "waiting", None)

    def test_takes_back_what_was_sent_back_but_never_what_was_published(self, client: Client) -> None:
        draft(client, "c_homes")
        handle(client, "c_homes", "return", note="Link the table.")
        undo = fields(client.get(DRAFTS, EDITOR).text, "undo")
        answer = client.post("/-/review/undo", undo, EDITOR)
        assert "Taken back: “send back”" in message(client, answer)
        assert answer.headers["location"] == f"{DRAFTS}&claim=c_homes"
        assert row(client, "claims", "c_homes", "draft") == ("waiting",)
        assert "Nothing to undo" in message(client, client.post("/-/review/undo", undo, EDITOR))
        handle(client, "c_homes", "publish")
        undo = fields(client.get(DRAFTS, EDITOR).text, "undo")
        assert "“accept”" in message(client, client.post("/-/review/undo", undo, EDITOR))
        assert row(client, "claims", "c_homes", "rating", "review") == ("False", None)

    def test_nobody_takes_back_what_another_sent_back(self, client: Client) -> None:
        draft(client, "c_homes")
        handle(client, "c_homes", "return", note="Link the table.")
        assert '<form id="undo"' not in client.get(DRAFTS, SECOND_EDITOR).text

    @pytest.mark.parametrize("actor", [None, {"id": "paul"}, REVIEWER])
    @pytest.mark.parametrize("action", ["publish", "return"])
    def test_nobody_else_decides_on_a_draft(self, client: Client, actor, action: str) -> None:
        draft(client, "c_homes")
        form = fields(client.get(DRAFTS, EDITOR).text, "decide")
        answer = client.post("/-/review/draft", {**form, "action": action, "note": "x"}, actor)
        assert answer.status_code == 403
        assert len(verdicts(client)) == 1
        if actor == REVIEWER:
            page = client.get(DRAFTS, actor).text
            assert "An editor publishes it or sends it back." in page
            assert 'action="/-/review/draft"' not in page
            assert 'value="draft"' in page, "but may change it"

    def test_no_other_action_and_no_draft(self, client: Client) -> None:
        draft(client, "c_homes")
        assert handle(client, "c_homes", "burn").status_code == 400
        form = {"claim": "c_up", "seen_verdict": "", "action": "publish"}
        answer = client.post("/-/review/draft", form, EDITOR)
        assert answer.status_code == 409
        assert "there is no draft on this claim" in answer.text


class TestTwoAtOnce:
    @pytest.mark.parametrize(
        ("first", "second", "told"),
        [
            ("publish", "return", "eve gave a verdict meanwhile"),
            ("return", "publish", "eve sent the draft back meanwhile"),
            ("return", "return", "eve sent the draft back meanwhile"),
        ],
    )
    def test_the_second_editor_is_told_and_nothing_is_stored_twice(
        self, client: Client, first: str, second: str, told: str
    ) -> None:
        draft(client, "c_homes")
        stale = fields(client.get(DRAFTS, SECOND_EDITOR).text, "decide")
        handle(client, "c_homes", first, note="Link the table.")
        before = verdicts(client), client.stored("SELECT * FROM draft_returns")
        answer = client.post("/-/review/draft", {**stale, "action": second, "note": "Typed."}, SECOND_EDITOR)
        assert answer.status_code == 409
        assert told in answer.text
        assert 'data-item="c_homes"' in answer.text
        assert (verdicts(client), client.stored("SELECT * FROM draft_returns")) == before

    def test_the_reviewer_who_works_on_a_draft_that_went_back_is_told(self, client: Client) -> None:
        draft(client, "c_homes")
        stale = fields(client.get("/-/review?claim=c_homes", REVIEWER).text, "verdict")
        handle(client, "c_homes", "return", note="Link the table.")
        answer = client.post("/-/review/verdict", {**stale, **VERDICT, "state": "draft"}, REVIEWER)
        assert answer.status_code == 409
        assert "eve sent the draft back meanwhile" in answer.text

    def test_a_draft_that_changed_meanwhile_is_not_published(self, client: Client) -> None:
        draft(client, "c_homes")
        stale = fields(client.get(DRAFTS, EDITOR).text, "decide")
        draft(client, "c_homes", actor=OTHER, rating="True")
        answer = client.post("/-/review/draft", {**stale, "action": "publish"}, EDITOR)
        assert "tom gave a verdict meanwhile" in answer.text
        assert 'Draft: <span class="rating-word">True</span>' in answer.text
        assert row(client, "claims", "c_homes", "rating") == (None,)

    def test_when_accepting_comes_too_late_nothing_is_published(self, client: Client) -> None:
        draft(client, "c_homes")
        stale = fields(client.get(DRAFTS, EDITOR).text, "decide")
        decide(client, "c_homes", "reject", OTHER)
        answer = client.post("/-/review/draft", {**stale, "action": "publish"}, EDITOR)
        assert "tom rejected it meanwhile" in answer.text
        assert row(client, "claims", "c_homes", "rating", "review") == (None, "rejected")


def test_a_new_speakers_kind_is_asked_and_of_a_known_one_ignored(client: Client) -> None:
    page = client.get("/-/review?claim=c_homes", REVIEWER).text
    kinds = re.search(r'<select name="speaker_type">(.*?)</select>', page)
    assert kinds
    assert re.findall(r"<option[^>]*>([^<]+)", kinds[1]) == [
        "what the name suggests", "person", "organisation", "group",
    ]  # fmt: skip
    decide(client, "q_injured", "fix", speaker="Friends of the Ferry", speaker_type="group")
    (speaker,) = row(client, "quotations", "q_injured", "speaker_id")
    assert row(client, "speakers", speaker, "name", "type") == ("Friends of the Ferry", "group")
    decide(client, "q_homes", "fix", speaker="Tom Brandt", speaker_type="group")
    assert row(client, "speakers", "tom-brandt", "type") == ("person",)
    decide(client, "q_forty", "fix", speaker="Veldhaven City Council")
    (council,) = row(client, "quotations", "q_forty", "speaker_id")
    assert row(client, "speakers", council, "type") == ("organisation",)
