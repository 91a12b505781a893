"""The pages of claims and questions: answers over time, relations with why, verdicts, decisions on fact-checks."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import site_data
from site_client import REVIEWER, Client

from quotes.web.question import copies_once, interval, unit_of
from quotes.web.speaker import TALLY

VERDICTS = [
    ("v_1", "Mostly true", "The count was early.", '["https://example.org/count"]', "published", ""),
    ("v_2", "False", "The board counts 1,450.", '["https://example.org/count", "javascript:alert(1)"]', "corrected",
     "An early count was taken for the last."),
    ("v_3", "Misleading", "A draft that nobody is to see.", "[]", "draft", ""),
]  # fmt: skip


@pytest.fixture
def client(tmp_path: Path) -> Client:
    path = site_data.build(tmp_path / "quotes.db")
    with closing(sqlite3.connect(path)) as connection, connection:
        for row in VERDICTS:
            connection.execute(
                "INSERT INTO verdicts (id, claim_id, rating, explanation, evidence, state, correction, reviewer,"
                " decided_at) VALUES (?, 'c_homes', ?, ?, ?, ?, ?, 'rosa', '2025-03-07T10:00:00+00:00')",
                row,
            )
        connection.execute("UPDATE claims SET rating = 'False' WHERE id = 'c_homes'")
        connection.execute(
            "INSERT INTO judgements (id, subject, left_id, right_id, decision, note, reviewer, decided_at)"
            " VALUES ('j_1', 'question', 'qu_homes', 'qu_injured', 'different', 'secret', 'rosa', '2025-03-07')"
        )
    return Client(path)


class TestQuestion:
    def test_all_answers_are_drawn_and_listed_in_order_of_time(self, client: Client) -> None:
        page = client.get("/-/question/qu_homes").text
        picture, _, table = page.partition("</svg></div></section>")
        for part in (picture.partition('<svg class="chart"')[2], table):
            places = [part.find(f"/-/claim/{claim}") for claim in ("c_homes", "c_board", "c_again")]
            assert -1 not in places and places == sorted(places)
        assert "How many homes were flooded in Veldhaven?" in page

    def test_relations_stand_with_their_why_and_conflicts_come_first(self, client: Client) -> None:
        page = client.get("/-/question/qu_homes").text
        assert "Why: 1,200 and 1,450 homes cannot both be right" in page
        assert page.index("Answers that contradict") < page.index("The same answer, given again")
        drift = client.get("/-/question/qu_injured").text
        assert "precision drifts" in drift and "“at least 35” became “35”" in drift

    def test_judgements_are_public_their_notes_and_names_are_not(self, client: Client) -> None:
        public, private = client.get("/-/question/qu_homes").text, client.get("/-/question/qu_homes", REVIEWER).text
        assert "<b>different</b>" in public
        assert "secret" not in public and "rosa" not in public
        assert "secret" in private and "by rosa" in private

    def test_a_fact_check_stands_once_with_the_answer_that_a_person_chose(self, client: Client) -> None:
        page = client.get("/-/question/qu_homes").text
        assert page.count("The storm flooded 2,000 homes in Veldhaven") == 1
        assert '<span class="state">about this claim</span>' in page
        assert 'Matched with <a href="/-/claim/c_board#h-checks">' in page
        assert "secret note" not in page

    def test_a_question_that_is_not_there_is_a_404(self, client: Client) -> None:
        assert client.get("/-/question/nope").status_code == 404

    def test_a_story_that_two_outlets_print_is_one_answer(self) -> None:
        base = {"sentence": "It rained  40 mm.", "claim": "40 mm", "kind": "quantity", "asserted_by": "article"}
        prints = [{**base, "id": "c_1", "outlet": "Post"}, {**base, "id": "c_2", "outlet": "Daily"}]
        other = {**base, "id": "c_3", "outlet": "Post", "asserted_by": "Ana Keller"}
        found = copies_once([*prints, other])
        assert [(row["id"], row["ids"], row["outlets"]) for row in found] == [
            ("c_1", ["c_1", "c_2"], ["Post", "Daily"]),
            ("c_3", ["c_3"], ["Post"]),
        ]

    @pytest.mark.parametrize(
        ("direction", "role", "expected"),
        [
            ("down", "delta", (-40, None)),
            ("up", "delta", (None, 40)),
            (None, "level", (None, 40)),
            ("down", "to", (None, 40)),
        ],
    )
    def test_a_fall_lies_below_zero(
        self, direction: str | None, role: str, expected: tuple[float | None, float | None]
    ) -> None:
        figure = {"figure": "40", "value_min": None, "value_max": 40, "direction": direction, "unit": "x", "role": role}
        found = interval([figure], "x")
        assert (found["low"], found["high"]) == expected

    def test_only_figures_of_one_unit_share_a_scale(self) -> None:
        assert unit_of("home", {"c_1": [{"unit": "home"}], "c_2": [{"unit": "EUR"}, {"unit": "EUR"}]}) == "home"
        assert unit_of("home", {"c_1": [{"unit": "person"}], "c_2": [{"unit": "EUR"}, {"unit": "EUR"}]}) == "EUR"


class TestVerdict:
    def test_what_was_published_last_stands_on_top_with_evidence_and_correction(self, client: Client) -> None:
        page = client.get("/-/claim/c_homes").text
        top = page.partition("In context")[0]
        for words in ("False", "The board counts 1,450.", "An early count was taken for the last.", "2025-03-07"):
            assert words in top
        assert '<a href="https://example.org/count" rel="noopener noreferrer nofollow">' in top
        assert "javascript:" not in page

    def test_the_corrections_are_public_drafts_and_names_are_not(self, client: Client) -> None:
        public, private = client.get("/-/claim/c_homes").text, client.get("/-/claim/c_homes", REVIEWER).text
        assert "Mostly true" in public and "Correction: An early count" in public
        assert "nobody is to see" not in public and "rosa" not in public
        assert "nobody is to see" in private and "by rosa" in private


class TestFactChecks:
    @pytest.mark.parametrize(
        ("decision", "words"), [("accept", "about this claim"), ("reject", "not about this claim")]
    )
    def test_a_reviewer_says_what_one_is_about(self, client: Client, decision: str, words: str) -> None:
        form = {"fact_check": "f_homes", "decision": decision, "note": "read it", "reviewer": "forged"}
        assert client.post("/-/claim/c_homes/fact-check", form, REVIEWER).status_code == 302
        sql = "SELECT decision, note, reviewer FROM fact_check_decisions WHERE claim_id = 'c_homes'"
        assert client.stored(sql) == [(decision, "read it", "rosa")]
        assert f'<span class="state">{words}</span>' in client.get("/-/claim/c_homes").text

    @pytest.mark.parametrize(
        ("form", "status"),
        [({"fact_check": "f_homes", "decision": "maybe"}, 400), ({"fact_check": "nope", "decision": "accept"}, 302)],
    )
    def test_nonsense_is_not_stored(self, client: Client, form: dict[str, str], status: int) -> None:
        assert client.post("/-/claim/c_homes/fact-check", form, REVIEWER).status_code == status
        assert client.stored("SELECT count(*) FROM fact_check_decisions") == [(1,)]

    def test_nobody_else_decides(self, client: Client) -> None:
        form = {"fact_check": "f_homes", "decision": "accept"}
        assert client.post("/-/claim/c_homes/fact-check", form).status_code == 403
        assert client.post("/-/claim/c_homes/fact-check", form, REVIEWER, forged=True).status_code == 403
        assert client.get("/-/claim/c_homes/fact-check", REVIEWER).status_code == 405
        assert "fact-check-form" not in client.get("/-/claim/c_homes").text


class TestArticle:
    """Decisions beside the words they are on."""

    @pytest.fixture
    def page(self, client: Client) -> str:
        with closing(sqlite3.connect(client.path)) as connection, connection:
            connection.execute("UPDATE quotations SET review = 'accepted' WHERE id = 'q_forty'")
            connection.execute("UPDATE quotations SET review = 'rejected', is_current = 0 WHERE id = 'q_denied'")
            connection.execute("UPDATE claims SET review = 'fixed' WHERE id = 'c_spent'")
        return client.get("/-/document/d_flood").text

    def test_what_was_accepted_and_fixed_says_so_on_card_and_mark(self, page: str) -> None:
        assert 'id="q_forty" data-label="2 ✓"' in page
        assert 'id="c_spent" data-label="C2 ✎"' in page
        assert page.count("✓ accepted") == 1 and page.count("✎ fixed") == 1

    def test_what_was_rejected_is_listed_apart_and_not_marked(self, page: str) -> None:
        assert 'id="q_denied"' not in page
        assert "that spending fell by 40 percent" in page.partition("1 rejected by a reviewer")[2]

    def test_a_claims_rating_stands_on_its_card(self, page: str) -> None:
        assert '<span class="state rating">False</span>' in page

    def test_only_reviewers_are_led_to_the_review_desk(self, client: Client) -> None:
        assert "/-/review?quotation=q_forty" in client.get("/-/document/d_flood", REVIEWER).text
        assert "/-/review?quotation=" not in client.get("/-/document/d_flood").text


class TestHome:
    def test_progress_verdicts_and_runs(self, client: Client) -> None:
        page = client.get("/").text
        latest = page.partition("Latest verdicts")[2].partition("</section>")[0]
        assert '<span class="state rating">False</span>' in latest and "/-/claim/c_homes" in latest
        assert "Misleading" not in page
        assert "0 of 9 claims" in page
        assert "quotes 0.1.0 with en 3.8.0" in page

    def test_what_was_reviewed_is_no_longer_on_top(self, client: Client) -> None:
        assert "/-/claim/c_board" in client.get("/").text.partition("Claims that disagree")[0]
        with closing(sqlite3.connect(client.path)) as connection, connection:
            connection.execute("UPDATE claims SET review = 'accepted' WHERE id = 'c_board'")
        page = client.get("/").text
        assert "/-/claim/c_board" not in page.partition("Claims that disagree")[0]
        assert "1 of 9 claims" in page


def test_all_quotations_of_a_speaker_are_counted_along_an_index(client: Client) -> None:
    """Of who is quoted in 20,000 articles, no row is read to be counted."""
    with closing(sqlite3.connect(client.path)) as connection:
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {TALLY}", {"id": "ana-keller"})]
    assert not any("INDEX quotations_speaker_id" in step for step in plan), plan
    assert any("COVERING INDEX quotations_speaker_act" in step for step in plan), plan
