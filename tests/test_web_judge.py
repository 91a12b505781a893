"""Judging who is whom on the site: who may, what is stored before the next pair shows, undo, collisions."""

from __future__ import annotations

import re
import sqlite3
from html import unescape
from pathlib import Path

import pytest
import site_data
from site_client import REVIEWER, Client
from sqlite_utils import Database

from quotes.store import Store
from quotes.store.identities import add_names
from quotes.web import private
from quotes.web.evidence import passage
from quotes.web.speaker import wikidata_address, without_gaps

KELLER = ("ana-keller", "keller-bare")
BRANDT = ("brandt-bare", "tom-brandt")
OTHER_REVIEWER = {"id": "tom", "role": "reviewer"}


@pytest.fixture
def client(tmp_path: Path) -> Client:
    return Client(site_data.build(tmp_path / "quotes.db"))


def fields(html: str, form: str) -> dict[str, str]:
    """The hidden fields of a form of a page: what its buttons send without JavaScript."""
    inside = html.partition(f'<form id="{form}"')[2].partition("</form>")[0]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', inside)
    return {name: unescape(value) for name, value in found if name != "csrftoken"}


def pair_path(pair: tuple[str, str]) -> str:
    return f"/-/judge?left={pair[0]}&right={pair[1]}"


def decide(client: Client, pair: tuple[str, str], decision: str, note: str = "", actor=REVIEWER):
    form = fields(client.get(pair_path(pair), REVIEWER).text, "decide")
    return client.post("/-/judge", {**form, "decision": decision, "note": note}, actor)


def undo(client: Client, actor=REVIEWER):
    return client.post("/-/judge/undo", fields(client.get("/-/judge", actor).text, "undo"), actor)


def judgements(client: Client) -> list[tuple[str, ...]]:
    return client.stored("SELECT left_id, right_id, decision, note, reviewer FROM judgements ORDER BY rowid")


def open_pairs(client: Client) -> set[tuple[str, str]]:
    return set(client.stored("SELECT left_id, right_id FROM speaker_pairs"))


def merged(client: Client) -> dict[str, str]:
    return dict(
        client.stored("SELECT id, merged_into FROM speakers WHERE merged_into IS NOT NULL AND id <> 'a-keller'")
    )


def opened(client: Client) -> Store:
    """The store on the same file, as the command line has it; the small database has no record of migrations."""
    return Store(Database(client.path), client.path)


def sound(client: Client) -> bool:
    with opened(client) as store:
        return not [problem for problem in store.verify() if "speaker" in problem]


class TestReading:
    def test_the_surest_pair_comes_first_with_evidence_on_both_sides(self, client: Client) -> None:
        page = client.get("/-/judge").text
        for words in [
            "1 of 3 open",
            "Keller can be Ana Keller; both mayor",
            "alderwoman (veldhaven)",
            "2016 to 2020 by the roster",
            "Harbour Post",
            'href="/-/document/d_flood#q_forty"',
            'href="/-/speaker/tom-brandt"',
            'mayor <span class="state shared">both</span>',
        ]:
            assert words in page, words

    def test_skipping_leads_through_all_pairs_and_to_the_first_again(self, client: Client) -> None:
        path, seen = "/-/judge", []
        for _ in range(3):
            page = client.get(path).text
            seen.append(re.search(r"\d of 3 open", page)[0])  # type: ignore[index]
            path = unescape(re.search(r'<a href="([^"]+)">Next pair', page)[1])  # type: ignore[index]
        assert seen == ["1 of 3 open", "2 of 3 open", "3 of 3 open"]
        assert path == "/-/judge"

    def test_only_one_speaker(self, client: Client) -> None:
        page = client.get("/-/judge?speaker=tom-brandt").text
        assert "1 of 1 open with Tom Brandt" in page
        assert "Nothing left to judge about O&#39;Neill" in client.get("/-/judge?speaker=o-neill").text

    @pytest.mark.parametrize(
        "query",
        ["left=nope&right=ana-keller", "left=ana-keller", "right=ana-keller", "left=ana-keller&right=ana-keller"],
    )
    def test_a_pair_that_is_none_is_a_404(self, client: Client, query: str) -> None:
        assert client.get(f"/-/judge?{query}").status_code == 404

    def test_who_is_no_reviewer_gets_no_form(self, client: Client) -> None:
        for actor in (None, {"id": "tom"}, {"id": "root"}):
            page = client.get("/-/judge", actor).text
            assert "<form id=" not in page
            assert "keys.js" not in page
            assert "Only reviewers can judge" in page

    def test_the_front_page_and_the_menu_lead_here(self, client: Client) -> None:
        page = client.get("/").text
        assert '<a href="/-/judge"><b>3</b> pairs of speakers to judge</a>' in page
        assert "Same speaker? (3 open)" in page
        assert client.get("/quotes/speaker_list.json?_shape=array&speaker_id=tom-brandt").json()[0]["open_pairs"] == 1

    def test_without_open_pairs_it_says_so(self, client: Client) -> None:
        with sqlite3.connect(client.path) as connection:
            connection.execute("DELETE FROM speaker_pairs")
        assert "Nothing left to judge" in client.get("/-/judge", REVIEWER).text


class TestDeciding:
    def test_same_makes_them_one_and_the_next_pair_shows(self, client: Client) -> None:
        answer = decide(client, KELLER, "same", " the <b>mayor</b> ")
        assert (answer.status_code, answer.headers["location"]) == (302, pair_path(BRANDT))
        assert judgements(client) == [(*KELLER, "same", "the <b>mayor</b>", "rosa")]
        assert merged(client) == {"keller-bare": "ana-keller"}
        assert KELLER not in open_pairs(client)
        assert client.stored("SELECT DISTINCT speaker_id FROM document_speakers WHERE own_id = 'keller-bare'") == [
            ("ana-keller",)
        ]
        assert sound(client)

    def test_the_old_address_leads_to_who_stands_for_both(self, client: Client) -> None:
        decide(client, KELLER, "same")
        with sqlite3.connect(client.path) as connection:
            connection.execute("UPDATE speakers SET merged_into = 'keller-bare' WHERE id = 'a-keller'")
        for old in ("keller-bare", "a-keller"):
            answer = client.get(f"/-/speaker/{old}")
            assert (answer.status_code, answer.headers["location"]) == (302, "/-/speaker/ana-keller")

    @pytest.mark.parametrize("decision", ["different", "unsure"])
    def test_different_and_unsure_close_the_pair_and_change_no_speaker(self, client: Client, decision: str) -> None:
        assert decide(client, KELLER, decision).headers["location"] == pair_path(BRANDT)
        assert [row[2] for row in judgements(client)] == [decision]
        assert merged(client) == {}
        assert KELLER not in open_pairs(client)

    def test_after_the_last_pair_the_skipped_ones_come_up(self, client: Client) -> None:
        answer = decide(client, ("board-bare", "water-board"), "different")
        assert answer.headers["location"] == "/-/judge"
        assert "1 of 2 open" in client.get("/-/judge").text

    def test_about_one_speaker_it_stays_about_that_speaker(self, client: Client) -> None:
        form = fields(client.get("/-/judge?speaker=tom-brandt", REVIEWER).text, "decide")
        answer = client.post("/-/judge", {**form, "decision": "different"}, REVIEWER)
        assert answer.headers["location"] == "/-/judge?speaker=tom-brandt"

    @pytest.mark.parametrize(
        ("actor", "changed", "status"),
        [
            pytest.param(None, {}, 403, id="nobody"),
            pytest.param({"id": "tom"}, {}, 403, id="signed in, but no reviewer"),
            pytest.param({"id": "root"}, {}, 403, id="root is no reviewer by name"),
            pytest.param(REVIEWER, {"decision": "maybe"}, 400, id="no such decision"),
            pytest.param(REVIEWER, {"note": "x" * 2_001}, 400, id="too long a note"),
        ],
    )
    def test_refused(self, client: Client, actor: dict[str, str] | None, changed: dict[str, str], status: int) -> None:
        form = {**fields(client.get("/-/judge", REVIEWER).text, "decide"), "decision": "same", **changed}
        assert client.post("/-/judge", form, actor).status_code == status
        assert client.post("/-/judge/undo", {"judgement": "x"}, None).status_code == 403
        assert judgements(client) == []

    def test_a_form_of_another_site_is_refused(self, client: Client) -> None:
        form = {**fields(client.get("/-/judge", REVIEWER).text, "decide"), "decision": "same"}
        assert client.post("/-/judge", form, REVIEWER, forged=True).status_code == 403
        assert client.get("/-/judge/undo", REVIEWER).status_code == 405
        assert judgements(client) == []

    def test_the_name_of_the_reviewer_is_not_the_forms(self, client: Client) -> None:
        form = {**fields(client.get("/-/judge", REVIEWER).text, "decide"), "decision": "same", "reviewer": "mallory"}
        client.post("/-/judge", form, REVIEWER)
        assert judgements(client)[0][4] == "rosa"

    def test_a_busy_database_is_told_and_nothing_is_half_written(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        form = {**fields(client.get("/-/judge", REVIEWER).text, "decide"), "decision": "same"}
        monkeypatch.setattr(private, "BUSY_SECONDS", 0.05)
        blocker = sqlite3.connect(client.path, isolation_level=None)
        blocker.execute("BEGIN IMMEDIATE")
        answer = client.post("/-/judge", form, REVIEWER)
        blocker.execute("ROLLBACK")
        blocker.close()
        assert answer.headers["location"] == pair_path(KELLER)
        assert judgements(client) == []
        client.post("/-/judge", form, REVIEWER)
        assert len(judgements(client)) == 1


class TestCollisions:
    def test_what_somebody_decided_meanwhile_is_told_and_stands(self, client: Client) -> None:
        shown = fields(client.get("/-/judge", REVIEWER).text, "decide")
        decide(client, KELLER, "different", actor=OTHER_REVIEWER)
        answer = client.post("/-/judge", {**shown, "decision": "same"}, REVIEWER)
        assert answer.headers["location"] == pair_path(KELLER)
        assert "meanwhile" in message(client, answer)
        assert [row[2:] for row in judgements(client)] == [("different", "", "tom")]
        page = client.get(pair_path(KELLER), REVIEWER).text
        assert "Decided last: different" in page
        assert "by tom" in page

    def test_a_merge_with_a_third_one_counts_too(self, client: Client) -> None:
        shown = fields(client.get("/-/judge", REVIEWER).text, "decide")
        with opened(client) as store:
            store.judge_same("keller-bare", "o-neill", "command line")
        answer = client.post("/-/judge", {**shown, "decision": "same"}, REVIEWER)
        assert "meanwhile" in message(client, answer)
        assert len(judgements(client)) == 1

    def test_an_earlier_judgement_that_forbids_it_is_named(self, client: Client) -> None:
        with opened(client) as store:
            store.judge_different("a-keller", "keller-bare", "command line")
        answer = decide(client, KELLER, "same")
        assert "were judged different; judge those two first" in message(client, answer)
        assert merged(client) == {}

    def test_sending_twice_stores_once(self, client: Client) -> None:
        form = {**fields(client.get("/-/judge", REVIEWER).text, "decide"), "decision": "unsure"}
        for _ in range(2):
            client.post("/-/judge", form, REVIEWER)
        assert len(judgements(client)) == 1

    def test_a_decision_may_be_changed_later(self, client: Client) -> None:
        decide(client, KELLER, "different")
        decide(client, KELLER, "same")
        assert merged(client) == {"keller-bare": "ana-keller"}
        page = client.get(pair_path(KELLER), REVIEWER).text
        assert "Decided: the two are one" in page
        assert 'value="same"' not in page
        decide(client, KELLER, "different")
        assert merged(client) == {}
        assert sound(client)


class TestUndo:
    @pytest.mark.parametrize("decision", ["same", "different", "unsure"])
    def test_undo_is_one_more_judgement_and_opens_the_pair(self, client: Client, decision: str) -> None:
        decide(client, KELLER, decision)
        answer = undo(client)
        assert answer.headers["location"] == pair_path(KELLER)
        assert [row[2] for row in judgements(client)] == [decision, "unsure"]
        assert judgements(client)[1][3:] == (f"taken back: {decision}", "rosa")
        assert merged(client) == {}
        assert KELLER in open_pairs(client)
        assert client.stored("SELECT speaker_id FROM document_speakers WHERE own_id = 'keller-bare'") == [
            ("keller-bare",)
        ]
        assert sound(client)

    def test_undo_goes_back_step_by_step_and_stops(self, client: Client) -> None:
        decide(client, KELLER, "same")
        decide(client, BRANDT, "different")
        assert undo(client).headers["location"] == pair_path(BRANDT)
        assert undo(client).headers["location"] == pair_path(KELLER)
        assert '<form id="undo"' not in client.get("/-/judge", REVIEWER).text
        assert "Nothing to undo" in message(client, undo(client))
        assert len(judgements(client)) == 4
        decide(client, KELLER, "same")
        assert "Undo “same”" in client.get("/-/judge", REVIEWER).text

    def test_only_ones_own_and_only_if_nobody_judged_since(self, client: Client) -> None:
        decide(client, KELLER, "different")
        assert '<form id="undo"' not in client.get("/-/judge", OTHER_REVIEWER).text
        stale = fields(client.get("/-/judge", REVIEWER).text, "undo")
        assert "Nothing to undo" in message(client, client.post("/-/judge/undo", stale, OTHER_REVIEWER))
        decide(client, KELLER, "same", actor=OTHER_REVIEWER)
        assert "Nothing to undo" in message(client, client.post("/-/judge/undo", stale, REVIEWER))
        assert [row[2] for row in judgements(client)] == ["different", "same"]

    def test_pairs_that_went_along_with_a_merge_are_raised_again(self, client: Client) -> None:
        with opened(client) as store:
            store.db.execute("INSERT INTO speakers (id, name, type, added_at) VALUES ('cy', 'Cy Keller', 'person', '')")
            add_names(store.db, "cy", ["Cy Keller"], "person")
            store.db.execute("INSERT INTO speaker_pairs VALUES ('cy', 'keller-bare', 0.2, 'w', 'unsure')")
        decide(client, KELLER, "same")
        assert ("ana-keller", "cy") in open_pairs(client)
        undo(client)
        assert ("cy", "keller-bare") in open_pairs(client)
        assert ("ana-keller", "cy") not in open_pairs(client), "it was about the other's name"


class TestSpeakerPage:
    def test_who_it_is(self, client: Client) -> None:
        page = client.get("/-/speaker/ana-keller").text
        for words in [
            "on a roster",
            'href="https://www.wikidata.org/wiki/Q42"',
            "alderwoman (veldhaven)",
            "by the roster",
            "printed <time",
            "Harbour Post, Northline Daily",
            "first seen &lt;here&gt;",
            'href="/-/judge?speaker=ana-keller"',
            'href="/-/judge?left=ana-keller&amp;right=keller-bare"',
            'href="/quotes/quotation_list?speaker_id=ana-keller&amp;outlet=Harbour%20Post"',
        ]:
            assert words in page, words
        other = client.get("/-/speaker/tom-brandt").text
        assert "not on a roster" in other
        assert "wikidata.org" not in other

    def test_what_contradicts_and_which_questions(self, client: Client) -> None:
        for speaker in ("ana-keller", "water-board"):
            page = client.get(f"/-/speaker/{speaker}").text
            assert "1,200 and 1,450 homes cannot both be right" in page
            assert "How many homes were flooded in Veldhaven?" in page
            assert '<a href="/quotes/claim_list?question_id=qu_homes">3 answers by all</a>' in page

    def test_judgements_show_with_names_and_notes_for_reviewers_only(self, client: Client) -> None:
        decide(client, KELLER, "same", "the <i>mayor</i>")
        page = client.get("/-/speaker/ana-keller", REVIEWER).text
        assert "by rosa" in page
        assert "the &lt;i&gt;mayor&lt;/i&gt;" in page
        for path in ("/-/speaker/ana-keller", pair_path(KELLER), "/quotes/judgements.json"):
            others = client.get(path).text
            assert "same" in others
            assert "rosa" not in others
            assert "mayor&lt;/i&gt;" not in others

    @pytest.mark.parametrize(
        ("item", "address"),
        [
            ("Q42", "https://www.wikidata.org/wiki/Q42"),
            ("Q0", None),
            ("javascript:1", None),
            ("Q1\n", None),
            (None, None),
        ],
    )
    def test_only_an_items_id_becomes_an_address(self, item: str | None, address: str | None) -> None:
        assert wikidata_address(item) == address

    def test_months_without_quotations_are_shown(self) -> None:
        rows = [
            {"value": "2025-02", "quotations": 2},
            {"value": "2024-11", "quotations": 1},
            {"value": "soon", "quotations": 9},
        ]
        found = [(row["value"], row["quotations"]) for row in without_gaps(rows)]
        assert found == [("2024-11", 1), ("2024-12", 0), ("2025-01", 0), ("2025-02", 2)]
        assert without_gaps([]) == []
        assert len(without_gaps([{"value": "1999-01", "quotations": 1}, *rows])) == 24

    def test_a_passage_stays_in_its_paragraph_and_ends_at_blanks(self) -> None:
        found = passage({"before": "Headline\n\nThe mayor, ", "after": " said " + "word " * 40})
        assert found["before"] == "The mayor, "
        assert found["after"].endswith("word …")
        assert passage({"before": None, "after": None}) == {"before": "", "after": ""}


def message(client: Client, answer) -> str:
    """What the answer tells on the next page."""
    cookie = answer.cookies["ds_messages"]
    return " ".join(text for text, _ in client.datasette.unsign(cookie, "messages"))
