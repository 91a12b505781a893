"""/-/decisions: everything that was decided, newest first, by whom and why; for those who may review and nobody else."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from html import unescape
from pathlib import Path

import pytest
import site_data
from site_client import REVIEWER, Active, Client
from site_rows import Rows
from test_web_review import EDITOR

from quotes.web import decided, private

PATH = "/-/decisions"


def fill(path: Path) -> None:
    """One decision of each kind, a minute apart, and a skip, which is none."""
    with closing(sqlite3.connect(path)) as connection, connection:
        rows = Rows(connection)
        connection.execute("DROP TRIGGER fact_check_decisions_no_delete")
        connection.execute("DELETE FROM fact_check_decisions")
        clock = iter(f"2025-04-01T09:{minute:02}:00Z" for minute in range(60))
        claim = {"target_type": "claim", "target_id": "c_homes", "document_id": "d_flood"}
        said = {"target_type": "quotation", "target_id": "q_forty", "document_id": "d_flood"}

        def review(action: str, target: dict[str, str], note: str = "", who: str = "rosa", change: str = "{}") -> None:
            at = next(clock)
            rows.insert("reviews", id=f"r_{at}", action=action, note=note, reviewer=who, reviewed_at=at,
                        change=change, **target)  # fmt: skip

        def verdict(identifier: str, state: str, who: str, **more: str) -> None:
            given = {"rating": "False", "explanation": "The board counted.", "evidence": '["https://b.example"]'}
            rows.insert("verdicts", id=identifier, claim_id="c_homes", state=state, reviewer=who, decided_at=next(clock),
                        **{**given, **more})  # fmt: skip

        review("accept", claim, "as printed")
        review("fix", said, "she, not he", change='{"speaker_id": "tom-brandt", "type": "mixed"}')
        review("skip", claim, "SKIPPED")
        review("reject", said, "<b>no quotation</b>", who="tom")
        review("undo", said, who="tom")
        review("flag", claim, "look")
        verdict("v_1", "draft", "rosa")
        rows.insert("draft_returns", id="dr_1", verdict_id="v_1", decision="return", note="Link the table.",
                    reviewer="eve", decided_at=next(clock))  # fmt: skip
        verdict("v_2", "published", "eve")
        verdict("v_3", "corrected", "eve", rating="True", correction="We had counted sheds.")
        for subject, left, right, note in [
            ("speaker", "ana-keller", "tom-brandt", "two people"),
            ("question", "qu_homes", "qu_injured", "homes are no people"),
            ("mention", "d_flood/keller", "ana-keller", "her name"),
        ]:
            rows.insert("judgements", id=f"j_{subject}", subject=subject, left_id=left, right_id=right, note=note,
                        decision="different", reviewer="tom", decided_at=next(clock))  # fmt: skip
        rows.insert("fact_check_decisions", id="fd_9", claim_id="c_homes", fact_check_id="f_homes", decision="accept",
                    note="the same storm", reviewer="rosa", decided_at=next(clock))  # fmt: skip


@pytest.fixture
def client(tmp_path: Path) -> Client:
    path = site_data.build(tmp_path / "quotes.db")
    fill(path)
    return Client(path)


def listed(client: Client, query: str = "", actor=REVIEWER) -> list[str]:
    """Each decision in words, without its time."""
    answer = client.get(f"{PATH}{query}", actor)
    assert answer.status_code == 200
    found = re.search(r'<ol class="history decided">(.*?)</ol>', answer.text, re.DOTALL)
    items = re.findall(r"<li>(.*?)</li>", found[1], re.DOTALL) if found else []
    words = [" ".join(unescape(re.sub(r"<[^>]+>", " ", item)).split()) for item in items]
    return [re.sub(r" , 2025-04-01 09:\d\d UTC", ":", each) for each in words]


HOMES = "The storm of last week flooded 1,200 homes in Veldhaven"
FORTY = "“We have seen nothing like it in forty years,” “The dykes held, but only just.”"
ALL = [
    f"fact-check about this claim by rosa: {HOMES} The storm flooded 2,000 homes in Veldhaven the same storm",
    "judged different by tom: what one article calls keller and Ana Keller her name",
    "judged different by tom: How many homes were flooded in Veldhaven? and How many people were injured? "
    "homes are no people",
    "judged different by tom: Ana Keller and Tom Brandt two people",
    f"corrected True by eve: {HOMES} We had counted sheds. The board counted.",
    f"published False by eve: {HOMES} The board counted.",
    f"sent back by eve: {HOMES} Link the table.",
    f"drafted False by rosa: {HOMES} The board counted.",
    f"flagged claim by rosa: {HOMES} look",
    f"taken back quotation by tom: {FORTY}",
    f"rejected quotation by tom: {FORTY} <b>no quotation</b>",
    f"fixed quotation by rosa: {FORTY} speaker: Tom Brandt; type: mixed she, not he",
    f"accepted claim by rosa: {HOMES} as printed",
]


def test_all_of_them_newest_first_with_who_what_and_why(client: Client) -> None:
    assert listed(client) == listed(client, actor=EDITOR) == ALL


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("?by=eve", [4, 5, 6]),
        ("?by=rosa", [0, 7, 8, 11, 12]),
        ("?by=nobody", []),
        ("?action=fix", [11]),
        ("?action=undo", [9]),
        ("?action=draft", [7]),
        ("?action=return", [6]),
        ("?action=different", [1, 2, 3]),
        ("?action=fact-check", [0]),
        ("?action=accept", [12]),
        ("?action=same", []),
        ("?by=tom&action=reject", [10]),
        ("?by=rosa&action=published", []),
    ],
)
def test_by_whom_and_of_what_kind(client: Client, query: str, wanted: list[int]) -> None:
    assert listed(client, query) == [ALL[place] for place in wanted]


def test_one_can_ask_for_everybody_who_decided(client: Client) -> None:
    page = client.get(f"{PATH}?by=tom", REVIEWER).text
    found = re.search(r'<select name="by">(.*?)</select>', page)
    assert found
    assert re.findall(r"<option[^>]*>([^<]+)", found[1]) == ["everybody", "eve", "rosa", "tom"]
    assert "<option selected>tom</option>" in page


@pytest.mark.parametrize("size", [1, 2, 3, 5, 13, 14])
def test_a_page_begins_where_the_last_one_ended(client: Client, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """However many fit on one; also where all were decided in the same second."""
    monkeypatch.setattr(decided, "A_PAGE", size)
    for same_second in (False, True):
        if same_second:
            with closing(sqlite3.connect(client.path)) as connection, connection:
                for table, column in (("reviews", "reviewed_at"), ("verdicts", "decided_at"),
                                      ("judgements", "decided_at"), ("draft_returns", "decided_at"),
                                      ("fact_check_decisions", "decided_at")):  # fmt: skip
                    connection.execute(f"DROP TRIGGER {table}_no_update")
                    connection.execute(f"UPDATE {table} SET {column} = '2025-04-01T09:00:00Z'")
        query, seen, pages = "", [], 0
        while True:
            seen += listed(client, query)
            pages += 1
            older = re.search(r'<a href="([^"]+)" rel="next">', client.get(f"{PATH}{query}", REVIEWER).text)
            if not older:
                break
            query = unescape(older[1]).removeprefix(PATH)
        assert pages == -(-len(ALL) // size)
        assert sorted(seen) == sorted(ALL)
        assert same_second or seen == ALL
    assert "Newest" in client.get(f"{PATH}?before=2025-04-01T09:00:00Z~0~1", REVIEWER).text


@pytest.mark.parametrize("query", ["?action=burn", "?before=x", "?before=2025~a~1", "?before=2025~1~-1"])
def test_what_cannot_be_asked_for(client: Client, query: str) -> None:
    assert client.get(f"{PATH}{query}", REVIEWER).status_code == 400


@pytest.mark.parametrize("actor", [None, {"id": "paul"}, {"role": "editor"}])
def test_nobody_else_sees_it_or_a_way_to_it(client: Client, actor) -> None:
    answer = client.get(PATH, actor)
    assert answer.status_code == 403
    assert "as printed" not in answer.text
    assert PATH not in client.get("/", actor).text
    assert PATH not in client.get("/-/review", actor).text


def test_reviewers_find_it_in_the_menu_and_on_the_desk(client: Client) -> None:
    assert f'href="{PATH}"' in client.get("/", REVIEWER).text
    assert f'href="{PATH}"' in client.get("/-/review", REVIEWER).text


def test_its_links_lead_somewhere_and_its_words_do_nothing(client: Client) -> None:
    active = Active(client.get(PATH, REVIEWER).text)
    assert active.handlers == []
    about = [each for each in active.addresses if each.startswith(("/-/claim", "/-/doc", "/-/judge", "/-/quest"))]
    assert len(set(about)) >= 6
    for each in set(about):
        assert client.get(unescape(each), REVIEWER).status_code == 200, each


def test_no_decisions_yet(tmp_path: Path) -> None:
    path = site_data.build(tmp_path / "quotes.db")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TRIGGER fact_check_decisions_no_delete")
        connection.execute("DELETE FROM fact_check_decisions")
    assert "Nobody has decided anything yet" in Client(path).get(PATH, REVIEWER).text


@pytest.mark.parametrize("query", ["", "?by=rosa", "?before=2025-04-01T09:05:00Z~1~2", "?by=tom&action=different"])
def test_each_kind_is_read_along_an_index_and_never_sorted_whole(
    client: Client, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    plans: list[tuple[str, str]] = []
    read = private._read

    def watched(path: Path, sql: str, parameters):
        if "AS left_id" in sql:
            plans.extend((sql, step["detail"]) for step in read(path, f"EXPLAIN QUERY PLAN {sql}", parameters))
        return read(path, sql, parameters)

    monkeypatch.setattr(private, "_read", watched)
    listed(client, query)
    kinds = [kind for kind in decided._KINDS if any(re.match(rf"(SCAN|SEARCH) {kind.table}\b", s) for _, s in plans)]
    assert kinds
    for kind in kinds:
        steps = [step for _, step in plans if re.match(rf"(SCAN|SEARCH) {kind.table}\b", step)]
        assert all("USING INDEX" in step for step in steps), steps
    # What is sorted is one page of each kind.
    assert len([step for _, step in plans if "TEMP B-TREE" in step]) <= 1, plans
