"""The lists people browse: set as lists, with all that Datasette's tables can do still in reach."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import site_data
from site_client import Active, Client

from quotes.web.lists import range_words

LISTS = {
    "quotation_list": ("published", "speaker"),
    "claim_list": ("check_worthiness", "asserted_by"),
    "document_list": ("words", "author"),
    "question_list": ("answers", "unit"),
    "speaker_list": ("quotations", "type"),
    "claims_in_conflict": ("score", "question"),
    "related_claims": ("score", "kind"),
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Client:
    return Client(site_data.build(tmp_path_factory.mktemp("site") / "quotes.db"))


@pytest.mark.parametrize("name", LISTS)
class TestEachList:
    def test_it_is_a_list_and_no_view_of_sql_to_its_readers(self, client: Client, name: str) -> None:
        page = client.get(f"/quotes/{name}").text
        assert "list-page" in page
        assert "rows-and-columns" not in page.partition("</style>")[2]
        assert "(view)</h1>" not in page

    def test_it_sorts_and_counts_by_links(self, client: Client, name: str) -> None:
        sort, facet = LISTS[name]
        found = Active(client.get(f"/quotes/{name}?_sort={sort}").text).addresses
        assert any(f"_sort_desc={sort}" in address for address in found)
        assert any(f"_facet={facet}#facet-" in address for address in found)
        facets = client.get(f"/quotes/{name}?_facet={facet}").text
        assert f'id="facet-{facet}"' in facets

    def test_a_plain_table_is_one_link_away_and_leads_back(self, client: Client, name: str) -> None:
        found = Active(client.get(f"/quotes/{name}?_size=1").text).addresses
        plain = next(address for address in found if "_plain=1" in address)
        assert "_size=1" in plain
        page = client.get(plain).text
        assert '<table class="rows-and-columns">' in page
        assert f'href="/quotes/{name}?_size=1" rel="nofollow">As a list to read' in page

    def test_pages_csv_and_json_are_as_they_were(self, client: Client, name: str) -> None:
        rows = client.get(f"/quotes/{name}.json?_shape=array").json()
        assert len(client.get(f"/quotes/{name}.csv?_size=max").text.splitlines()) > len(rows)
        if len(rows) > 1:
            assert ">Next page</a>" in client.get(f"/quotes/{name}?_size=1").text

    def test_columns_can_be_left_out(self, client: Client, name: str) -> None:
        columns = list(client.get(f"/quotes/{name}.json?_shape=array").json()[0])
        for column in columns:
            for asked in (f"_nocol={column}", f"_col={column}"):
                answer = client.get(f"/quotes/{name}?{asked}")
                assert answer.status_code == 200, asked
                assert "Undefined" not in answer.text

    def test_where_nothing_matches_there_is_a_way_back(self, client: Client, name: str) -> None:
        column = LISTS[name][1]
        page = client.get(f"/quotes/{name}?{column}=nowhere").text
        assert f'Nothing matches. <a href="/quotes/{name}">' in page


def test_a_quotation_has_its_speaker_words_place_and_day(client: Client) -> None:
    page = client.get("/quotes/quotation_list?quotation_id=q_spent").text
    for words in [
        '<span class="who"><a href="/-/speaker/ana-keller">Ana Keller</a></span>',
        'class="type-mixed"',
        "“said” · mixed · speech",
        '<time datetime="2025-03-03">2025-03-03</time>',
        'href="/-/document/d_flood#q_spent"',
    ]:
        assert words in page


def test_a_question_has_its_answers_and_how_far_they_go(client: Client) -> None:
    page = client.get("/quotes/question_list?question_id=qu_homes").text
    assert '<b class="figure">1,200–1,450</b>' in page
    assert "in conflict" in page


def test_it_does_not_matter_what_the_file_is_called(client: Client, tmp_path: Path) -> None:
    other = tmp_path / "news of today.db"
    shutil.copy(site_data.build(tmp_path / "built.db"), other)
    named = Client(other)
    path = named.datasette.urls.table("news of today", "claim_list")
    assert "list-page" in named.get(path).text


@pytest.mark.parametrize("table", ["quotations", "claims", "most_quoted", "figure_list", "quotations/q_forty"])
def test_other_tables_stay_tables(client: Client, table: str) -> None:
    page = client.get(f"/quotes/{table}").text
    assert "list-page" not in page
    assert "rows-and-columns" in page


@pytest.mark.parametrize(
    ("low", "high", "unit", "words"),
    [
        (35, 41, "person", "35–41"),
        (9400, 9400, "job", "9,400"),
        (7.5, 8, "percent", "7.5–8%"),
        (3.8e8, 4.1e8, "USD", "USD 380–410 million"),
        (1.5e9, 1.5e9, "EUR", "EUR 1.5 billion"),
        (1 / 3, 0.5, None, "33–50%"),
        (1, 1, None, "1"),
    ],
)
def test_the_range_of_answers_in_words(low: float, high: float, unit: str | None, words: str) -> None:
    assert range_words(low, high, unit) == words
