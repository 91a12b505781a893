"""Counts of the front page are kept while nobody writes, and never shown afterwards."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import site_data
from site_client import REVIEWER, Client

from quotes.web import kept


@pytest.fixture(params=["delete", "wal"])
def client(tmp_path: Path, request: pytest.FixtureRequest) -> Client:
    path = site_data.build(tmp_path / "quotes.db")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA journal_mode = {request.param}")
    return Client(path)


def test_the_second_visit_asks_the_database_for_nothing_that_is_known(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = kept.rows

    async def counting(database, sql, parameters):
        asked.append(sql)
        return await real(database, sql, parameters)

    monkeypatch.setattr(kept, "rows", counting)
    first = client.get("/").text
    assert asked
    asked.clear()
    assert client.get("/").text == first
    assert asked == []


def test_what_another_program_writes_shows_at_once(client: Client) -> None:
    assert "<b>9</b> quotations" in client.get("/").text
    with closing(sqlite3.connect(client.path)) as connection, connection:
        connection.execute("UPDATE quotations SET is_current = 0 WHERE id = 'q_final'")
    assert "<b>8</b> quotations" in client.get("/").text


def test_what_a_reviewer_decides_shows_at_once(client: Client) -> None:
    before = client.get("/", REVIEWER).text.count("flagged")
    client.post("/-/claim/c_homes/flag", {"note": "look"}, REVIEWER)
    assert client.get("/", REVIEWER).text.count("flagged") > before


def test_each_speaker_has_tallies_of_its_own(client: Client) -> None:
    for _ in range(2):
        pages = [client.get(f"/-/speaker/{speaker}").text for speaker in ("ana-keller", "tom-brandt")]
        assert ["<title>Ana Keller" in pages[0], "<title>Tom Brandt" in pages[1]] == [True, True]
