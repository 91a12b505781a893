"""Flagging a claim: who may, what is written, who sees it; and signing in and out."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import site_data
from site_client import REVIEWER, Client

from quotes.web import private

NOTE = "The board counted 1,450 <b>homes</b>"


@pytest.fixture
def client(tmp_path: Path) -> Client:
    return Client(site_data.build(tmp_path / "quotes.db"))


def reviews(client: Client) -> list[tuple[str, ...]]:
    return client.stored(
        "SELECT target_type, target_id, document_id, action, note, reviewer FROM reviews ORDER BY rowid"
    )


class TestFlagging:
    def test_a_reviewer_flags_a_claim_with_a_note(self, client: Client) -> None:
        answer = client.post("/-/claim/c_homes/flag", {"note": f" {NOTE} ", "reviewer": "mallory"}, REVIEWER)
        assert (answer.status_code, answer.headers["location"]) == (302, "/-/claim/c_homes")
        assert reviews(client) == [("claim", "c_homes", "d_flood", "flag", NOTE, "rosa")]
        assert client.get("/quotes/claim_list.json?_shape=array&is_flagged=1").json()[0]["claim_id"] == "c_homes"
        assert client.get("/quotes/flagged_claims.json?_shape=array").json()[0]["claim_id"] == "c_homes"

    def test_taking_a_flag_back_is_another_row(self, client: Client) -> None:
        client.post("/-/claim/c_homes/flag", {"note": "one"}, REVIEWER)
        client.post("/-/claim/c_homes/unflag", {"note": "two"}, REVIEWER)
        assert [row[3] for row in reviews(client)] == ["flag", "unflag"]
        assert client.get("/quotes/flagged_claims.json?_shape=array").json() == []
        client.post("/-/claim/c_homes/flag", {"note": "three"}, REVIEWER)
        assert len(client.get("/quotes/flagged_claims.json?_shape=array").json()) == 1

    @pytest.mark.parametrize(
        ("actor", "path", "note", "status"),
        [
            pytest.param(None, "/-/claim/c_homes/flag", "x", 403, id="nobody"),
            pytest.param({"id": "tom"}, "/-/claim/c_homes/flag", "x", 403, id="signed in, but no reviewer"),
            pytest.param({"id": "root"}, "/-/claim/c_homes/unflag", "x", 403, id="root is no reviewer by name"),
            pytest.param({"role": "reviewer"}, "/-/claim/c_homes/flag", "x", 403, id="a reviewer without an id"),
            pytest.param(REVIEWER, "/-/claim/nope/flag", "x", 404, id="no such claim"),
            pytest.param(REVIEWER, "/-/claim/c_homes/flag", "x" * 2_001, 400, id="too long a note"),
            pytest.param(REVIEWER, "/-/claim/c_homes/delete", "x", 404, id="no such action"),
        ],
    )
    def test_refused(self, client: Client, actor: dict[str, str] | None, path: str, note: str, status: int) -> None:
        assert client.post(path, {"note": note}, actor).status_code == status
        assert reviews(client) == []

    def test_a_form_of_another_site_is_refused(self, client: Client) -> None:
        assert client.post("/-/claim/c_homes/flag", {"note": "x"}, REVIEWER, forged=True).status_code == 403
        assert reviews(client) == []

    def test_flags_are_posted_not_got(self, client: Client) -> None:
        assert client.get("/-/claim/c_homes/flag", REVIEWER).status_code == 405
        assert reviews(client) == []

    def test_the_longest_note_fits(self, client: Client) -> None:
        client.post("/-/claim/c_homes/flag", {"note": "x" * 2_000}, REVIEWER)
        assert len(reviews(client)[0][4]) == 2_000

    @pytest.mark.parametrize("statement", ["UPDATE reviews SET note = ''", "DELETE FROM reviews"])
    def test_reviews_are_append_only(self, client: Client, statement: str) -> None:
        client.post("/-/claim/c_homes/flag", {"note": "x"}, REVIEWER)
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            client.stored(statement)

    def test_a_busy_database_is_told_and_nothing_is_half_written(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(private, "BUSY_SECONDS", 0.05)
        blocker = sqlite3.connect(client.path, isolation_level=None)
        blocker.execute("BEGIN IMMEDIATE")
        answer = client.post("/-/claim/c_homes/flag", {"note": "x"}, REVIEWER)
        blocker.execute("ROLLBACK")
        blocker.close()
        assert answer.status_code == 302
        assert "ds_messages" in answer.headers["set-cookie"]
        assert reviews(client) == []
        client.post("/-/claim/c_homes/flag", {"note": "again"}, REVIEWER)
        assert [row[4] for row in reviews(client)] == ["again"]


class TestPrivacy:
    @pytest.fixture
    def flagged(self, client: Client) -> Client:
        client.post("/-/claim/c_homes/flag", {"note": NOTE}, REVIEWER)
        return client

    def test_a_reviewer_sees_note_and_name_escaped(self, flagged: Client) -> None:
        page = flagged.get("/-/claim/c_homes", REVIEWER).text
        assert "by rosa" in page
        assert "1,450 &lt;b&gt;homes&lt;/b&gt;" in page

    def test_others_see_that_it_is_flagged(self, flagged: Client) -> None:
        page = flagged.get("/-/claim/c_homes").text
        assert "A fact-checker has flagged this claim" in page
        assert "rosa" not in page
        assert "1,450 &lt;b&gt;" not in page
        assert "<textarea" not in page

    @pytest.mark.parametrize(
        "path",
        [
            "/quotes/reviews.json?_shape=array",
            "/quotes/reviews.csv",
            "/quotes/reviews.json?_facet=reviewer",
            "/quotes/reviews.json?note__contains=board",
            "/quotes.json?sql=select+*+from+reviews",
            "/quotes.json?sql=select+REVIEWER||[note]+from+main.Reviews+as+r",
            "/quotes.json?sql=select+action+from+reviews+where+reviewer='rosa'",
            "/quotes.json?sql=with+x(a,b,c,d,e,f,g,h,i)+as+(select+*+from+reviews)+select+*+from+x",
            "/quotes.json?sql=select+(select+note+from+reviews)+as+n",
            "/quotes/flagged_claims.json",
        ],
    )
    def test_no_query_reads_notes_or_names(self, flagged: Client, path: str) -> None:
        answer = flagged.get(path).text
        assert "rosa" not in answer.replace("reviewer%3D%27rosa", "").replace("reviewer='rosa'", "")
        assert "The board counted" not in answer

    def test_a_condition_on_a_name_finds_nothing(self, flagged: Client) -> None:
        sql = "select+count(*)+as+n+from+reviews+where+"
        assert flagged.get(f"/quotes.json?_shape=array&sql={sql}1").json() == [{"n": 1}]
        assert flagged.get(f"/quotes.json?_shape=array&sql={sql}reviewer='rosa'").json() == [{"n": 0}]

    def test_the_file_cannot_be_downloaded(self, flagged: Client) -> None:
        assert flagged.get("/quotes.db").status_code == 403


class TestSignIn:
    @pytest.fixture
    def invited(self, tmp_path: Path) -> Client:
        return Client(site_data.build(tmp_path / "quotes.db"), reviewer="Ada L")

    def test_the_link_signs_in_once(self, invited: Client) -> None:
        path = invited.site.sign_in_path or ""
        answer = invited.get(path)
        cookie = next(c for c in answer.headers.get_list("set-cookie") if c.startswith("ds_actor="))
        assert answer.status_code == 302
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        signed = invited.datasette.unsign(answer.cookies["ds_actor"], "actor")
        assert signed == {"a": {"id": "Ada L", "role": "editor"}}
        assert invited.get(path).status_code == 403

    @pytest.mark.parametrize("token", ["", "?token=", "?token=wrong", "?token=%C3%A9"])
    def test_a_wrong_token_is_refused_and_uses_nothing_up(self, invited: Client, token: str) -> None:
        assert invited.get(f"/-/sign-in{token}").status_code == 403
        assert invited.get(invited.site.sign_in_path or "").status_code == 302

    @pytest.mark.parametrize("path", ["/-/sign-in", "/-/sign-in?token=", "/-/sign-in?token=None"])
    def test_without_a_reviewer_nobody_can_sign_in(self, client: Client, path: str) -> None:
        assert client.site.sign_in_path is None
        assert client.get(path).status_code == 403

    def test_the_token_is_not_among_the_settings(self, invited: Client) -> None:
        token = (invited.site.sign_in_path or "").partition("=")[2]
        for path in ["/-/metadata.json", "/-/settings.json", "/-/plugins.json", "/"]:
            assert token not in invited.get(path).text

    def test_signing_out(self, client: Client) -> None:
        answer = client.post("/-/sign-out", {}, REVIEWER)
        assert answer.status_code == 302
        assert 'ds_actor=""' in answer.headers["set-cookie"]
        assert client.get("/-/sign-out", REVIEWER).status_code == 405
        assert client.post("/-/sign-out", {}, REVIEWER, forged=True).status_code == 403
