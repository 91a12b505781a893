"""What tables and pages make of the words of an article: readable, linked, and never markup."""

from __future__ import annotations

import pytest
import site_data
from site_client import FRAME_SCRIPTS, OUR_PAGES, Active, Client

from quotes.web import cells
from quotes.web.article import safe_address
from quotes.web.find import first_hit, fts_query, marked, text_fragment
from quotes.web.prints import letters, once
from quotes.web.releases import IS_1


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Client:
    return Client(site_data.build(tmp_path_factory.mktemp("site") / "quotes.db"))


class TestHostileText:
    @pytest.mark.parametrize(
        "path",
        [
            *OUR_PAGES,
            "/quotes/quotation_list",
            "/quotes/claim_list",
            "/quotes/speaker_list",
            "/quotes/document_list",
            "/quotes/quotations",
            "/quotes/claims",
            "/quotes/documents",
            "/quotes/quotations/q_script",
            "/quotes/documents/d_hostile",
            "/quotes/quotes_on_a_topic?words=script",
        ],
    )
    def test_no_word_of_an_article_becomes_markup(self, client: Client, path: str) -> None:
        found = Active(client.get(path).text)
        # Datasette 1.0 has a button of its own with a handler on its pages.
        assert set(found.handlers) <= ({"onclick"} if IS_1 and path not in OUR_PAGES else set())
        assert "i" not in found.tags
        assert not [address for address in found.addresses if address.lower().startswith(("javascript:", "data:"))]
        if path in OUR_PAGES:
            assert "img" not in found.tags
            # What there is to read or review has a script of its own.
            more = "document" in path or (path.startswith("/-/review") and path != "/-/review?speaker=nobody")
            assert found.scripts == FRAME_SCRIPTS + bool(more)

    def test_the_words_are_all_there(self, client: Client) -> None:
        page = client.get("/-/document/d_hostile").text
        assert "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;" in page
        assert "🌊" in page

    @pytest.mark.parametrize(
        ("address", "linked"),
        [
            ("https://example.org/a", True),
            ("HTTP://example.org", True),
            ("javascript:alert(1)", False),
            ("data:text/html,x", False),
            ("//example.org", False),
            ("", False),
            (None, False),
        ],
    )
    def test_only_web_addresses_are_linked(self, address: str | None, *, linked: bool) -> None:
        assert (safe_address(address) is not None) is linked

    def test_a_snippet_marks_hits_and_escapes_the_rest(self) -> None:
        assert marked("a \x02<b>\x03 & \x02c") == "a <mark>&lt;b&gt;</mark> &amp; c"

    def test_search_words_are_taken_literally(self) -> None:
        assert fts_query('say "no" OR*') == '"say" """no""" "OR*"'


def hit(words: str, outlet: str | None, published: str | None) -> dict[str, object]:
    return {"words": words, "outlet": outlet, "published": published}


class TestFind:
    def test_a_story_that_several_outlets_print_is_one_hit_where_it_was_first(self) -> None:
        hits = [
            hit("Dykes held!", "Post", "2025-03-04"),
            hit("Rain", "Post", None),
            hit("“Dykes held”", "Wire", "2025"),
        ]
        found = once(hits, lambda each: (letters(each["words"]),))
        assert [(each["words"], [name for name, _ in each["outlets"]]) for each in found] == [
            ("“Dykes held”", ["Post"]),
            ("Rain", []),
        ]

    def test_an_outlet_that_prints_it_twice_or_is_not_known_is_not_named_beside(self) -> None:
        hits = [hit("a", "Post", "2025-01-01"), hit("a", "Post", "2025-01-02"), hit("a", None, "2025-01-03")]
        assert [(each["outlets"], len(each["copies"])) for each in once(hits, lambda each: (each["words"],))] == [
            ([], 2)
        ]

    def test_a_document_is_opened_at_the_words(self) -> None:
        assert text_fragment(first_hit("the \x02dyke-side\x03 road")) == "#:~:text=dyke%2Dside"
        assert text_fragment(first_hit("no hit")) == ""

    def test_a_hit_leads_to_its_place_and_to_the_list_with_the_number_of_all(self, client: Client) -> None:
        page = client.get("/-/find?q=flooded+homes").text
        assert 'href="/-/document/d_flood#q_homes"' in page
        assert 'href="/-/document/d_flood#c_homes"' in page
        assert '<a href="/quotes/claim_list?_search=flooded%20homes">All 3 claims with these words</a>' in page
        assert len(client.get("/quotes/claim_list.json?_shape=array&_search=flooded+homes").json()) == 3

    def test_a_speaker_comes_with_the_number_of_quotations(self, client: Client) -> None:
        page = client.get("/-/find?q=keller").text
        number = client.stored("SELECT quotations FROM speaker_list WHERE speaker_id = 'ana-keller'")[0][0]
        assert f'Ana Keller</a> <span class="number">{number} quotations</span>' in page

    def test_where_nothing_is_found_there_is_a_way_on(self, client: Client) -> None:
        page = client.get("/-/find?q=xyzzy").text
        assert "Nothing is found for “xyzzy”" in page
        assert 'href="/quotes/speaker_list"' in page


class TestCells:
    def test_a_quotation_leads_to_its_place(self, client: Client) -> None:
        page = client.get("/quotes/quotation_list").text
        assert '<blockquote class="quotation-cell">' in page
        assert 'href="/-/document/d_flood#q_forty">in context</a>' in page
        assert '<a href="/-/speaker/ana-keller">Ana Keller</a>' in page
        assert '<span class="nobody">not named</span>' in page

    def test_foreign_keys_in_tables_are_links_with_names(self, client: Client) -> None:
        page = client.get("/quotes/quotations").text
        assert '<a href="/-/speaker/ana-keller">Ana Keller</a>' in page
        assert '<a href="/-/document/d_flood">Storm floods Veldhaven</a>' in page
        assert "{" not in "".join(link for link in Active(page).addresses if "/-/document" in link)

    def test_check_worthiness_is_a_meter_with_its_number(self, client: Client) -> None:
        assert '<meter min="0" max="1" value="0.82">0.82</meter> 0.82' in client.get("/quotes/claim_list").text

    def test_an_article_is_cut_short_and_linked(self, client: Client) -> None:
        assert '… <a href="/-/document/d_flood">read the article</a>' in client.get("/quotes/documents").text

    def test_claims_of_a_conflict_each_lead_to_their_page(self, client: Client) -> None:
        page = client.get("/quotes/claims_in_conflict").text
        assert '<a href="/-/claim/c_homes">' in page
        assert '<a href="/-/claim/c_board">' in page
        assert 'href="/-/document/d_later#c_board">in context</a>' in page

    def test_json_keeps_plain_values(self, client: Client) -> None:
        row = client.get("/quotes/quotation_list.json?_shape=array&quotation_id=q_forty").json()[0]
        assert row["speaker"] == "Ana Keller"
        assert row["quotation"].startswith("“We have seen")

    def test_search_boxes_search(self, client: Client) -> None:
        rows = client.get("/quotes/claim_list.json?_shape=array&_search=flooded").json()
        assert {row["claim_id"] for row in rows} == {"c_homes", "c_board", "c_again"}
        rows = client.get("/quotes/quotations.json?_shape=array&_search=dykes").json()
        assert [row["id"] for row in rows] == ["q_forty"]

    def test_a_question_leads_to_its_answers(self, client: Client) -> None:
        link = '<a href="/-/question/qu_homes">How many homes were flooded in Veldhaven?</a>'
        for page in ("questions", "claims", "claims_in_conflict"):
            assert link in client.get(f"/quotes/{page}").text, page

    def test_a_figure_is_set_as_a_figure(self, client: Client) -> None:
        assert '<b class="figure">1,200 homes</b>' in client.get("/quotes/figure_list").text

    def test_a_decision_is_a_sign_with_its_word_and_a_rating_stands_out(self, client: Client) -> None:
        def cell(column: str, value: object) -> object:
            return cells.render(client.datasette, {column: value}, value, column, "claims")

        assert cell("review", "accepted") == '<span class="state reviewed">✓ accepted</span>'
        assert cell("review", "rejected") == '<span class="state rejected">✗ rejected</span>'
        assert cell("review", None) is None
        assert cell("rating", "<b>") == '<span class="state rating">&lt;b&gt;</span>'
