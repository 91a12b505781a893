"""The page of verdicts for everybody: what was published, what was corrected and how, and no draft."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import site_data
from site_client import REVIEWER, Client

from quotes.web.verdicts import MOST

EVIDENCE = '["https://example.org/a", "javascript:alert(1)"]'


def give(path: Path, *verdicts: tuple[str, str, str, str, str]) -> None:
    """Store verdicts: claim, rating, explanation, state, correction."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for number, (claim, rating, explanation, state, correction) in enumerate(verdicts):
            connection.execute(
                "INSERT INTO verdicts (id, claim_id, rating, explanation, evidence, state, correction, reviewer,"
                " decided_at) VALUES (?, ?, ?, ?, ?, ?, ?, 'rosa', '2025-03-07T10:00:00+00:00')",
                (f"v_{number}", claim, rating, explanation, EVIDENCE, state, correction),
            )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return site_data.build(tmp_path / "quotes.db")


@pytest.fixture
def client(path: Path) -> Client:
    give(
        path,
        ("c_homes", "True", "The council counted.", "published", ""),
        ("c_staff", "Unproven", "No <b>figures</b> exist.", "published", ""),
        ("c_homes", "False", "The recount has 1,450.", "corrected", "We relied on the first count."),
        ("c_staff", "Misleading", "A draft that nobody is to see.", "draft", ""),
    )
    return Client(path)


def test_verdicts_stand_newest_first_without_drafts(client: Client) -> None:
    page = client.get("/-/verdicts").text
    assert (
        page.index("The recount has 1,450.")
        < page.index("No &lt;b&gt;figures&lt;/b&gt;")
        < page.index("The council counted.")
    )
    for actor in (None, REVIEWER):
        text = client.get("/-/verdicts", actor).text
        assert "draft" not in text.lower()
        assert "Misleading" not in text


def test_a_corrected_verdict_says_so_and_what_was_wrong(client: Client) -> None:
    page = client.get("/-/verdicts").text
    assert "We relied on the first count." in page
    assert "Before: True." in page
    assert page.count("corrected since") == 1


def test_corrections_can_be_read_alone(client: Client) -> None:
    page = client.get("/-/verdicts?corrections=1").text
    assert "We relied on the first count." in page
    assert "Unproven" not in page


def test_only_web_addresses_are_linked_and_nobody_is_named(client: Client) -> None:
    page = client.get("/-/verdicts", REVIEWER).text
    assert 'href="https://example.org/a"' in page
    assert "javascript:" not in page
    assert "by rosa" not in page


def test_without_verdicts_the_page_says_so(path: Path) -> None:
    client = Client(path)
    assert "No verdict is published yet." in client.get("/-/verdicts").text
    assert "Nothing had to be corrected." in client.get("/-/verdicts?corrections=1").text


def test_pages_hold_a_few_and_lead_to_the_rest(path: Path) -> None:
    give(path, *(("c_homes", "True", f"Number {n}.", "published", "") for n in range(MOST + 3)))
    client = Client(path)
    first = client.get("/-/verdicts").text
    assert first.count('<article class="verdict"') == MOST
    address = first.partition('">Earlier ones')[0].rpartition('href="')[2].replace("&amp;", "&")
    rest = client.get(address).text
    assert rest.count('<article class="verdict"') == 3
    assert "Number 0." in rest and "Earlier ones" not in rest


@pytest.mark.parametrize("place", ["x", "-1", "0", "99999999999999999999", "1; DROP"])
def test_a_place_that_no_page_gave_is_refused(path: Path, place: str) -> None:
    assert Client(path).get(f"/-/verdicts?before={place}").status_code == 400
