"""The site on what `quotes add` really makes of the seeds: every page, list and question answers."""

from __future__ import annotations

import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
from site_client import Client

from quotes.web.serve import load_metadata

pytestmark = pytest.mark.model

DATABASE = load_metadata("quotes")["databases"]["quotes"]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, seeds: Path) -> Client:
    path = tmp_path_factory.mktemp("seeds") / "quotes.db"
    command = [sys.executable, "-m", "quotes", "add", str(path), str(seeds / "documents")]
    subprocess.run(command, check=True, capture_output=True)
    return Client(path)


def test_every_document_shows_all_its_text_and_marks(client: Client) -> None:
    for identifier, text in client.stored("SELECT id, text FROM documents"):
        page = client.get(f"/-/document/{quote(identifier)}?thoughts=1")
        assert page.status_code == 200
        first_line = text.strip().splitlines()[0][:30]
        assert first_line.split()[0] in unescape(page.text)
        for (row,) in client.stored(f"SELECT id FROM quotations WHERE document_id = '{identifier}' AND is_current = 1"):
            assert page.text.count(f'id="{row}"') == 1
        for (row,) in client.stored(f"SELECT id FROM claims WHERE document_id = '{identifier}' AND is_current = 1"):
            assert page.text.count(f'id="{row}"') == 1


@pytest.mark.parametrize(("table", "kind"), [("speakers", "speaker"), ("claims", "claim"), ("questions", "question")])
def test_every_speaker_claim_and_question_has_a_page(client: Client, table: str, kind: str) -> None:
    found = client.stored(f"SELECT id FROM {table}")
    assert found
    for (identifier,) in found:
        assert client.get(f"/-/{kind}/{quote(identifier)}", follow_redirects=True).status_code == 200, identifier


@pytest.mark.parametrize("name", sorted({*DATABASE["tables"], *DATABASE["queries"]}))
def test_every_list_and_question_answers(client: Client, name: str) -> None:
    assert client.get(f"/quotes/{name}").status_code == 200


def test_a_figure_is_in_words(client: Client) -> None:
    figures = {row["figure"] for row in client.get("/quotes/figure_list.json?_shape=array&_size=max").json()}
    assert {"down 90 percent", "more than 80,000 people"} <= figures


def test_a_wire_story_stands_once_among_the_claims_worth_checking(client: Client) -> None:
    twice = client.stored("SELECT claim FROM claim_list GROUP BY claim, figures HAVING count(*) > 1")
    assert twice, "the seeds no longer show the case"
    worth = client.get("/").text.partition("Claims that disagree")[0]
    for (claim,) in twice:
        assert unescape(worth).count(f">{claim}<") <= 1


def test_what_is_said_on_behalf_of_a_body_stands_on_its_page(client: Client) -> None:
    said = client.stored(
        "SELECT on_behalf_of_id, content FROM quotations WHERE on_behalf_of_id IS NOT NULL AND act = 'speech'"
    )
    assert said, "the seeds no longer show the case"
    body, words = said[0]
    page = unescape(client.get(f"/-/speaker/{quote(body)}").text)
    assert "Said on behalf of" in page and words[:40] in page


def test_a_speaker_page_has_what_several_outlets_print_once(client: Client) -> None:
    speaker = client.stored("SELECT speaker_id FROM quotation_list WHERE quotation = 'Oduya’s resignation' LIMIT 1")[0][
        0
    ]
    page = client.get(f"/-/speaker/{speaker}").text
    assert page.count("<p>Oduya’s resignation</p>") == 1
    assert 'also in <a href="/-/document/' in page


def test_the_front_page_tells_of_each_disagreement_once(client: Client) -> None:
    page = client.get("/").text
    asked = re.findall(r'<p class="question"><a href="([^"]+)"', page)
    assert len(asked) > 2
    assert len(asked) == len(set(asked))
    assert "more pairs of answers to it contradict" in page
