"""The review desk through the site: what each form stores, who may, what two reviewers do to each other, filters."""

from __future__ import annotations

import json
import re
import sqlite3
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import site_data
from site_client import FRAME_SCRIPTS, REVIEWER, Active, Client

from quotes.errors import StoreError
from quotes.export.settings import DEFAULT_RATINGS, Rating
from quotes.web import private
from quotes.web.fixing import find, find_all
from quotes.web.item import fix_in_words, shown
from quotes.web.queue import Filters, Progress
from quotes.web.ratings import scale

OTHER = {"id": "tom", "role": "reviewer"}
EDITOR = {"id": "eve", "role": "editor"}
BY_WORTH = ["c_homes", "c_board", "c_spent", "c_fell", "c_injured", "c_sharp", "c_again", "c_staff", "c_up"]
VERDICT = {"rating": "False", "explanation": "The board counted 1,450.", "evidence": "https://board.example/count"}


@pytest.fixture
def client(tmp_path: Path) -> Client:
    return Client(site_data.build(tmp_path / "quotes.db"))


def fields(html: str, form: str) -> dict[str, str]:
    """The hidden fields of a form, or of the form in a panel: what its buttons send without JavaScript."""
    inside = re.split(rf'<(?:form|details)[^>]* id="{form}"', html)[1].partition("</form>")[0]
    found = re.findall(r'<input type="hidden"(?: id="\w+")? name="([^"]+)" value="([^"]*)"', inside)
    return {name: unescape(value) for name, value in found if name != "csrftoken"}


def item_path(item: str) -> str:
    return f"/-/review?{'claim' if item[0] == 'c' else 'quotation'}={item}"


def form_of(client: Client, item: str, form: str = "decide", actor=REVIEWER, query: str = "") -> dict[str, str]:
    return fields(client.get(item_path(item) + query, actor).text, form)


def decide(client: Client, item: str, action: str, actor=REVIEWER, query: str = "", **more: str):
    form = form_of(client, item, "fix" if action == "fix" else "decide", actor, query)
    return client.post("/-/review/decide", {**form, "action": action, **more}, actor)


def judge(client: Client, actor=EDITOR, item: str = "c_homes", **more: str):
    form = form_of(client, item, "verdict", actor)
    return client.post("/-/review/verdict", {**form, **VERDICT, "state": "published", **more}, actor)


def undo(client: Client, actor=REVIEWER):
    return client.post("/-/review/undo", fields(client.get("/-/review", actor).text, "undo"), actor)


def reviews(client: Client) -> list[tuple[str, ...]]:
    return client.stored("SELECT target_id, action, reviewer FROM reviews ORDER BY rowid")


def row(client: Client, table: str, id_: str, *columns: str) -> tuple:
    return client.stored(f"SELECT {', '.join(columns)} FROM {table} WHERE id = '{id_}'")[0]


def message(client: Client, answer) -> str:
    return " ".join(text for text, _ in client.datasette.unsign(answer.cookies["ds_messages"], "messages"))


def shows(answer) -> str:
    """The item that a redirect leads to."""
    query = parse_qs(urlsplit(answer.headers["location"]).query)
    return (query.get("claim") or query.get("quotation") or [""])[0]


def progress(page: str) -> str:
    found = re.search(r'class="progress">(.*?)</p>', page, re.DOTALL)
    assert found
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


class TestReading:
    def test_the_most_check_worthy_claim_comes_first_with_all_one_needs(self, client: Client) -> None:
        page = client.get("/-/review").text
        assert progress(page) == "Claim 1 of 9 0 reviewed"
        for words in [
            'data-item="c_homes"',
            "Storm floods Veldhaven",
            'href="/-/claim/c_homes"',
            'href="/-/document/d_flood#c_homes"',
            'href="/-/speaker/ana-keller"',
            '<b class="figure">1,200 homes</b>',
            "has quantity",
            "+0.30",
            "1,200 and 1,450 homes cannot both be right",
            "The storm flooded 2,000 homes in Veldhaven",
            "by its rule",
        ]:
            assert words in page, words

    def test_the_least_sure_quotation_comes_first_and_thoughts_never(self, client: Client) -> None:
        with sqlite3.connect(client.path) as connection:
            connection.execute("UPDATE quotations SET score = 0.41 WHERE id = 'q_denied'")
            connection.execute("UPDATE quotations SET score = 0.1 WHERE id = 'q_resign'")
        page = client.get("/-/review?queue=quotations").text
        assert 'data-item="q_denied"' in page
        assert progress(page) == "Quotation 1 of 9 0 reviewed"
        assert "0.41" in page
        assert "by name" in page

    def test_who_is_no_reviewer_reads_on_without_a_form(self, client: Client) -> None:
        path, seen = "/-/review", []
        for _ in BY_WORTH:
            page = client.get(path).text
            assert "<form id=" not in page
            assert 'class="panel"' not in page
            seen.append(re.search(r'data-item="([^"]+)"', page)[1])  # type: ignore[index]
            path = unescape(re.search(r'<a href="([^"]+)">Next claim', page)[1])  # type: ignore[index]
        assert seen == BY_WORTH
        assert path == "/-/review", "and from the first again"
        assert "Only reviewers can decide" in page

    def test_the_link_in_the_header_counts_for_reviewers(self, client: Client) -> None:
        assert '<a href="/-/review">Review</a>' in client.get("/").text
        assert re.search(r'href="/-/review">Review <span[^>]*>9</span>', client.get("/", REVIEWER).text)

    def test_nothing_left(self, client: Client) -> None:
        with sqlite3.connect(client.path) as connection:
            connection.execute("UPDATE claims SET review = 'accepted'")
        page = client.get("/-/review", REVIEWER).text
        assert "Nothing left to review" in page
        assert "On to the quotations" in page
        assert "Nothing open under this filter" in client.get("/-/review?speaker=Nobody").text

    @pytest.mark.parametrize("path", ["/-/review?claim=nope", "/-/review?quotation=c_homes", "/-/review?claim=q_forty"])
    def test_what_is_not_there_is_a_404(self, client: Client, path: str) -> None:
        assert client.get(path).status_code == 404

    def test_a_database_older_than_the_desk_keeps_its_pages(self, client: Client) -> None:
        with sqlite3.connect(client.path) as connection:
            for name in ("claims_to_review", "claims_reviewed"):
                connection.execute(f"DROP INDEX {name}")
            connection.execute("ALTER TABLE claims RENAME COLUMN review TO other")
        assert client.get("/-/find", REVIEWER).status_code == 200
        answer = client.get("/-/review", REVIEWER)
        assert answer.status_code == 404
        assert "older than the review desk" in answer.text

    def test_hostile_text_stays_text(self, client: Client) -> None:
        for path in [
            "/-/review?claim=c_staff",
            "/-/review?quotation=q_script",
            "/-/review?outlet=%3Ci%3EOutlet%3C/i%3E",
        ]:
            active = Active(client.get(path, REVIEWER).text)
            assert active.handlers == []
            assert not {"img", "i", "onerror"} & active.tags
            assert active.scripts <= FRAME_SCRIPTS + 2
            assert not [each for each in active.addresses if each.startswith("javascript")]

    def test_only_paragraphs_around_the_words_of_a_long_article(self) -> None:
        text = "\n\n".join(f"Paragraph {number}. " + "word " * 60 for number in range(300))
        start, end = shown(text, (40_000, 40_100), whole=False)
        assert text[start:].startswith("Paragraph ")
        assert 12_000 < end - start < 20_000
        assert start < 40_000 < end
        assert shown(text, (40_000, 40_100), whole=True) == (0, len(text))


class TestFilters:
    @pytest.mark.parametrize(
        ("query", "items"),
        [
            ("outlet=Northline Daily", ["c_board", "c_sharp", "c_again", "c_up"]),
            ("speaker=Ana Keller", ["c_homes", "c_spent"]),
            ("speaker=ana-keller", ["c_homes", "c_spent"]),
            ("kind=change", ["c_fell", "c_staff", "c_up"]),
            ("since=2025-03-05", ["c_board", "c_sharp", "c_again", "c_staff", "c_up"]),
            ("until=2025-03-03", ["c_homes", "c_spent", "c_fell", "c_injured"]),
            ("since=2025-03-04&until=2025-03-05", ["c_board", "c_sharp", "c_again", "c_up"]),
            ("outlet=Harbour Post&kind=quantity&speaker=Keller", ["c_homes", "c_spent"]),
            ("since=yesterday", BY_WORTH),
            ("queue=songs", BY_WORTH),
        ],
    )
    @pytest.mark.parametrize("few", [0, 1_000])
    def test_each_is_the_queue_without_the_others(
        self, client: Client, monkeypatch: pytest.MonkeyPatch, query: str, items: list[str], few: int
    ) -> None:
        """However it is walked: along the filter where few rows pass it, else along the queue."""
        monkeypatch.setattr("quotes.web.queue.FEW_DOCUMENTS", few)
        monkeypatch.setattr("quotes.web.queue.FEW_ROWS", few)
        path, seen = f"/-/review?{query}", []
        for number in range(1, len(items) + 1):
            page = client.get(path).text
            assert progress(page) == f"Claim {number} of {len(items)} 0 reviewed"
            seen.append(re.search(r'data-item="([^"]+)"', page)[1])  # type: ignore[index]
            path = unescape(re.search(r'<a href="([^"]+)">Next claim', page)[1])  # type: ignore[index]
        assert seen == items

    def test_they_stay_while_one_decides(self, client: Client) -> None:
        answer = decide(client, "c_board", "accept", query="&outlet=Northline Daily")
        assert answer.headers["location"] == "/-/review?outlet=Northline+Daily&claim=c_sharp"
        page = client.get(answer.headers["location"], REVIEWER).text
        assert progress(page) == "Claim 2 of 4 1 reviewed"

    def test_a_fixs_speaker_and_kind_are_no_filters(self, client: Client) -> None:
        answer = decide(client, "c_homes", "fix", query="&kind=quantity", speaker="Jo van Dale", kind="change")
        assert answer.headers["location"] == "/-/review?kind=quantity&claim=c_board"

    def test_progress_counts_to_a_thousand(self) -> None:
        assert Progress(33, 87, 0, is_cut=False).number == "34"
        assert Progress(33, 87, 0, is_cut=False).total == "120"
        assert Progress(33, 1_001, 2, is_cut=False).total == "1,000+"
        assert Progress(0, 200, 0, is_cut=True).total == "200+"

    def test_a_kind_of_claims_is_none_of_quotations(self) -> None:
        filters = Filters(kind="change", outlet="X")
        assert filters.of("quotation") == Filters(queue="quotations", outlet="X")
        assert filters.of("claim") is filters

    @pytest.mark.parametrize("queue", ["claims", "quotations"])
    def test_the_queue_is_read_along_its_index_and_never_sorted(self, client: Client, queue: str) -> None:
        import asyncio

        from quotes.web.queue import Place, open_queue

        database = client.datasette.databases["quotes"]
        plans: list[str] = []
        run = database.execute

        async def watched(sql: str, *args: object, **more: object) -> object:
            plan = await run(f"EXPLAIN QUERY PLAN {sql}", *args, **more)
            plans.extend(step["detail"] for step in plan.rows)
            return await run(sql, *args, **more)

        async def ask() -> None:
            opened = await open_queue(database, Filters(queue=queue))
            await opened.after(database, Place(0.5, "x"))
            await opened.progress(database, Place(0.5, "x"))

        database.execute = watched
        asyncio.run(ask())
        assert any(f"{queue}_to_review" in step for step in plans)
        assert not [step for step in plans if "TEMP B-TREE" in step or re.match(rf"SCAN {queue}$", step)]


class TestDeciding:
    @pytest.mark.parametrize(
        ("item", "action", "review"),
        [
            ("c_homes", "accept", "accepted"),
            ("c_homes", "reject", "rejected"),
            ("q_forty", "accept", "accepted"),
            ("q_forty", "reject", "rejected"),
            ("c_homes", "skip", None),
        ],
    )
    def test_it_is_stored_before_the_next_item_shows(
        self, client: Client, item: str, action: str, review: str | None
    ) -> None:
        answer = decide(client, item, action, note=" <b>why</b> ")
        assert answer.status_code == 302
        assert reviews(client) == [(item, action, "rosa")]
        assert client.stored("SELECT note FROM reviews") == [("<b>why</b>",)]
        assert row(client, "claims" if item[0] == "c" else "quotations", item, "review") == (review,)
        assert shows(answer) not in ("", item)

    def test_skipping_moves_on_and_comes_round_again(self, client: Client) -> None:
        seen, path = [], "c_homes"
        for _ in BY_WORTH:
            seen.append(path)
            path = shows(decide(client, path, "skip"))
        assert seen == BY_WORTH
        assert path == "", "the first that is open"

    @pytest.mark.parametrize(
        ("actor", "changed", "status"),
        [
            pytest.param(None, {}, 403, id="nobody"),
            pytest.param({"id": "tom"}, {}, 403, id="signed in, but no reviewer"),
            pytest.param({"id": "root"}, {}, 403, id="root is no reviewer by name"),
            pytest.param(REVIEWER, {"action": "flag"}, 400, id="no such decision"),
            pytest.param(REVIEWER, {"claim": ""}, 400, id="about nothing"),
            pytest.param(REVIEWER, {"claim": "nope"}, 404, id="about what is not there"),
            pytest.param(REVIEWER, {"note": "x" * 2_001}, 400, id="too long a note"),
        ],
    )
    def test_refused(self, client: Client, actor, changed: dict[str, str], status: int) -> None:
        form = {**form_of(client, "c_homes"), "action": "accept", **changed}
        assert client.post("/-/review/decide", form, actor).status_code == status
        assert reviews(client) == []

    def test_a_form_of_another_site_and_a_link_are_refused(self, client: Client) -> None:
        form = {**form_of(client, "c_homes"), "action": "accept", "reviewer": "mallory"}
        assert client.post("/-/review/decide", form, REVIEWER, forged=True).status_code == 403
        for path in ("decide", "verdict", "undo"):
            assert client.get(f"/-/review/{path}", REVIEWER).status_code == 405
        assert reviews(client) == []
        client.post("/-/review/decide", form, REVIEWER)
        assert reviews(client) == [("c_homes", "accept", "rosa")], "the name is the signed-in one's"

    def test_a_busy_database_is_told_and_nothing_is_half_written(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(private, "BUSY_SECONDS", 0.05)
        blocker = sqlite3.connect(client.path, isolation_level=None)
        blocker.execute("BEGIN IMMEDIATE")
        answer = decide(client, "c_homes", "accept")
        blocker.execute("ROLLBACK")
        blocker.close()
        assert "busy" in message(client, answer)
        assert shows(answer) == "c_homes"
        assert reviews(client) == []


class TestTwoReviewers:
    def test_who_comes_second_is_told_and_sees_what_stands(self, client: Client) -> None:
        stale = form_of(client, "c_homes")
        decide(client, "c_homes", "reject", OTHER, note="not in the text")
        answer = client.post("/-/review/decide", {**stale, "action": "accept"}, REVIEWER)
        assert shows(answer) == "c_homes"
        assert "tom rejected it meanwhile" in message(client, answer)
        page = client.get(answer.headers["location"], REVIEWER).text
        assert "<b>reject</b> by tom" in page
        assert "not in the text" in page
        assert "Claim, decided 1 reviewed" in progress(page)
        assert reviews(client) == [("c_homes", "reject", "tom")]
        decide(client, "c_homes", "accept")
        assert row(client, "claims", "c_homes", "review", "is_current") == ("accepted", 1)

    def test_names_and_notes_are_for_reviewers(self, client: Client) -> None:
        decide(client, "c_homes", "fix", OTHER, kind="change", note="secret")
        page = client.get(item_path("c_homes")).text
        assert "<b>fix</b>" in page
        for words in (">tom<", " tom ", "by tom", "secret", "kind: change"):
            assert words not in page.partition("h-history")[2]

    def test_sending_twice_stores_once(self, client: Client) -> None:
        form = {**form_of(client, "c_homes"), "action": "accept"}
        client.post("/-/review/decide", form, REVIEWER)
        assert "you decided on this already" in message(client, client.post("/-/review/decide", form, REVIEWER))
        assert len(reviews(client)) == 1

    def test_a_fix_that_came_too_late_comes_back_as_typed(self, client: Client) -> None:
        stale = form_of(client, "c_homes", "fix")
        decide(client, "c_homes", "accept", OTHER)
        answer = client.post(
            "/-/review/decide", {**stale, "action": "fix", "who": "named", "speaker": "Jo <New>"}, REVIEWER
        )
        assert answer.status_code == 409
        assert "tom accepted it meanwhile" in answer.text
        assert 'value="Jo &lt;New&gt;"' in answer.text
        assert '<details class="panel" id="fix" open>' in answer.text
        assert client.stored("SELECT count(*) FROM speakers WHERE name LIKE 'Jo%'") == [(0,)]


class TestFixing:
    def test_another_speaker_kind_and_words_at_once(self, client: Client) -> None:
        answer = decide(
            client, "c_homes", "fix", who="named", speaker="Tom Brandt", kind="change", words="flooded  1,200\nhomes",
        )  # fmt: skip
        assert answer.status_code == 409, "two lines are two parts, and a claim is one run of words"
        assert reviews(client) == []
        decide(client, "c_homes", "fix", who="named", speaker="Tom Brandt", kind="change", words="flooded  1,200 homes")
        assert row(client, "claims", "c_homes", "asserted_by", "speaker_id", "kind", "text", "review") == (
            "Tom Brandt", "tom-brandt", "change", "flooded 1,200 homes", "fixed",
        )  # fmt: skip
        page = client.get(item_path("c_homes"), REVIEWER).text
        assert "speaker: Tom Brandt; kind: change; words: “flooded 1,200 homes”" in page

    def test_a_new_speaker_is_added(self, client: Client) -> None:
        decide(client, "q_injured", "fix", speaker="Dr Jo van Dale")
        (speaker,) = row(client, "quotations", "q_injured", "speaker_id")
        assert row(client, "speakers", speaker, "name", "type") == ("Dr Jo van Dale", "person")
        decide(client, "q_homes", "fix", speaker="dr jo van dale")
        assert row(client, "quotations", "q_homes", "speaker_id") == (speaker,)

    @pytest.mark.parametrize(
        ("item", "who", "asserted_by"),
        [("c_homes", "nobody", "anonymous"), ("c_homes", "article", "article"), ("c_sharp", "nobody", "anonymous")],
    )
    def test_nobody_named_and_the_article_itself(self, client: Client, item: str, who: str, asserted_by: str) -> None:
        decide(client, item, "fix", who=who)
        assert row(client, "claims", item, "asserted_by", "speaker_id") == (asserted_by, None)

    def test_words_behind_an_emoji_are_counted_in_code_points(self, client: Client) -> None:
        text = site_data.HOSTILE
        decide(client, "q_script", "fix", words="O'Neill", at=str(text.index("O'Neill")), type="mixed")
        spans, content, kind = row(client, "quotations", "q_script", "content_spans", "content", "type")
        assert [text[start:end] for start, end in json.loads(spans)] == ["O'Neill"]
        assert (content, kind) == ("O'Neill", "mixed")

    def test_parts_of_a_quotation_are_lines(self, client: Client) -> None:
        decide(client, "q_forty", "fix", words="The dykes held\nnothing like it in forty years")
        assert row(client, "quotations", "q_forty", "content") == ("nothing like it in forty years The dykes held",)

    @pytest.mark.parametrize(
        ("more", "says"),
        [
            ({}, "nothing differs"),
            ({"who": "named"}, "say who it is"),
            ({"who": "named", "speaker": "Ana Keller"}, "nothing differs"),
            ({"words": "words that are not there"}, "does not stand in this article"),
            ({"kind": "song"}, "kind is one of"),
            ({"speaker": "…"}, "a name has letters"),
        ],
    )
    def test_what_cannot_be_is_told_and_nothing_is_stored(
        self, client: Client, more: dict[str, str], says: str
    ) -> None:
        answer = decide(client, "c_homes", "fix", **more)
        assert answer.status_code == 409
        assert says in unescape(answer.text)
        assert reviews(client) == []

    def test_the_nearest_place_that_has_the_words(self) -> None:
        text = "He said yes. 🌊 She said\nyes. They said yes."
        assert find(text, "said yes", 16) == (19, 27)
        assert text[19:27] == "said\nyes"
        assert find_all(text, ["yes", "yes"], [8, 39], 0) == [(8, 11), (39, 42)]
        with pytest.raises(StoreError, match="does not stand"):
            find(text, "no", 0)

    def test_a_fix_in_words(self) -> None:
        assert fix_in_words({"speaker_id": None, "type": "mixed"}, {}) == "speaker: nobody named; type: mixed"
        assert fix_in_words({"asserted_by": "article"}, {}) == "speaker: the article itself"

    def test_names_complete_themselves(self, client: Client) -> None:
        def asked(words: str) -> list[str]:
            return [each["value"] for each in client.get("/-/speakers.json", params={"q": words}).json()["speakers"]]

        assert asked("ana") == ["Ana Keller"]
        assert asked("kell") == ["Ana Keller", "Keller"]
        assert asked("%") == asked("") == asked("zzz") == []


class TestVerdicts:
    def test_published_with_evidence_and_accepted(self, client: Client) -> None:
        answer = judge(client, accept="1")
        assert "Verdict published: False" in message(client, answer)
        assert shows(answer) == "c_board"
        assert row(client, "claims", "c_homes", "rating", "review") == ("False", "accepted")
        assert client.stored("SELECT state, reviewer, evidence FROM verdicts") == [
            ("published", "eve", '["https://board.example/count"]')
        ]

    def test_without_accepting_it_stays_in_the_queue(self, client: Client) -> None:
        answer = judge(client)
        assert shows(answer) == "c_homes"
        assert row(client, "claims", "c_homes", "rating", "review") == ("False", None)

    def test_a_reviewer_drafts_and_an_editor_publishes(self, client: Client) -> None:
        page = client.get(item_path("c_homes"), REVIEWER).text
        assert 'value="published"' not in page
        assert judge(client, REVIEWER).status_code == 403
        judge(client, REVIEWER, state="draft")
        assert row(client, "claims", "c_homes", "rating") == (None,)
        assert "The board counted" not in client.get(item_path("c_homes")).text, "a draft is nobody else's"
        page = client.get(item_path("c_homes"), EDITOR).text
        assert ">The board counted 1,450.</textarea>" in page
        judge(client, EDITOR)
        assert row(client, "claims", "c_homes", "rating") == ("False",)
        public = client.get(item_path("c_homes")).text
        assert "The board counted 1,450." in public
        assert "eve" not in public.partition("h-verdicts")[2].partition("</section>")[0]

    def test_corrected_in_the_open(self, client: Client) -> None:
        judge(client)
        page = client.get(item_path("c_homes"), EDITOR).text
        assert 'value="corrected"' in page
        assert 'value="published"' not in page
        judge(client, state="corrected", rating="True", correction="We had read another count.")
        assert row(client, "claims", "c_homes", "rating") == ("True",)
        assert "We had read another count." in client.get(item_path("c_homes")).text

    @pytest.mark.parametrize(
        ("more", "says"),
        [
            ({"rating": ""}, "the rating is one of True, Mostly true, Misleading, False, Unproven"),
            ({"evidence": ""}, "at least one link"),
            ({"evidence": "javascript:alert(1)"}, "begins with http"),
            ({"explanation": " "}, "with an explanation"),
            ({"state": "corrected", "correction": "x"}, "only what was published is corrected"),
        ],
    )
    def test_what_is_not_fit_comes_back_as_typed(self, client: Client, more: dict[str, str], says: str) -> None:
        answer = judge(client, **{"explanation": "Typed <with> care.", "accept": "1", **more})
        assert answer.status_code == 409
        assert says in unescape(answer.text)
        if "explanation" not in more:
            assert ">Typed &lt;with&gt; care.</textarea>" in answer.text
        assert client.stored("SELECT 1 FROM verdicts") == reviews(client) == []

    def test_another_verdict_since_is_told(self, client: Client) -> None:
        stale = {**form_of(client, "c_homes", "verdict", EDITOR), **VERDICT, "state": "published"}
        judge(client, REVIEWER, state="draft", rating="True")
        answer = client.post("/-/review/verdict", stale, EDITOR)
        assert answer.status_code == 409
        assert "rosa gave a verdict meanwhile" in answer.text
        assert len(client.stored("SELECT 1 FROM verdicts")) == 1

    def test_when_accepting_comes_too_late_the_verdict_is_not_given_either(self, client: Client) -> None:
        stale = {**form_of(client, "c_homes", "verdict", EDITOR), **VERDICT, "state": "published", "accept": "1"}
        decide(client, "c_homes", "reject", OTHER)
        assert "tom rejected it meanwhile" in client.post("/-/review/verdict", stale, EDITOR).text
        assert client.stored("SELECT 1 FROM verdicts") == []

    @pytest.mark.parametrize(
        ("setting", "expected"),
        [
            (None, DEFAULT_RATINGS),
            ("False", DEFAULT_RATINGS),
            ([], DEFAULT_RATINGS),
            (
                ["Right", {"name": "Wrong", "description": "no", "value": 1}],
                (Rating("Right"), Rating("Wrong", "no", 1.0)),
            ),
            ([True, {"description": "nameless"}, "True"], (Rating("True"),)),
        ],
    )
    def test_the_scale_is_the_settings(self, client: Client, setting, expected) -> None:
        client.set_plugins({"quotes": {"ratings": setting}})
        assert scale(client.datasette) == expected

    @pytest.mark.parametrize(("setting", "may"), [("editors", (True, True)), ("reviewers", (True, False))])
    def test_the_settings_say_who_edits(self, client: Client, setting: str, may: tuple[bool, bool]) -> None:
        client.set_plugins({"quotes": {setting: ["kim"]}})
        page = client.get(item_path("c_homes"), {"id": "kim"}).text
        assert ('value="draft"' in page, 'value="published"' in page) == may
        assert 'value="draft"' not in client.get(item_path("c_homes"), {"id": "lee"}).text


class TestUndo:
    @pytest.mark.parametrize(("item", "action"), [("c_homes", "accept"), ("c_homes", "reject"), ("q_homes", "accept")])
    def test_it_leads_back_to_the_item_as_it_was(self, client: Client, item: str, action: str) -> None:
        decide(client, item, action)
        answer = undo(client)
        assert shows(answer) == item
        assert f"Taken back: “{action}”" in message(client, answer)
        assert reviews(client) == [(item, action, "rosa"), (item, "undo", "rosa")]
        assert row(client, "claims" if item[0] == "c" else "quotations", item, "review") == (None,)

    def test_only_ones_own_and_only_while_nobody_decided_since(self, client: Client) -> None:
        decide(client, "c_homes", "accept")
        assert '<form id="undo"' not in client.get("/-/review", OTHER).text
        stale = fields(client.get("/-/review", REVIEWER).text, "undo")
        assert "Nothing to undo" in message(client, client.post("/-/review/undo", stale, OTHER))
        decide(client, "c_homes", "reject", OTHER)
        assert "Nothing to undo" in message(client, client.post("/-/review/undo", stale, REVIEWER))
        assert [action for _, action, _ in reviews(client)] == ["accept", "reject"]
