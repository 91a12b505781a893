"""Every page names its language, every field of a filter has a name; the mends meet what they mend."""

from __future__ import annotations

from pathlib import Path

import datasette
import pytest
import site_data
from site_client import OUR_PAGES, Client

from quotes.web.mended import MENDS

TEMPLATES = Path(datasette.__file__).with_name("templates")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Client:
    return Client(site_data.build(tmp_path_factory.mktemp("mended") / "quotes.db"))


@pytest.mark.parametrize("path", [*OUR_PAGES, "/quotes", "/quotes/claim_list", "/quotes/most_quoted", "/nope"])
def test_every_page_names_its_language(client: Client, path: str) -> None:
    assert '<html lang="en">' in client.get(path).text


def test_the_fields_of_a_filter_have_names(client: Client) -> None:
    page = client.get("/quotes/claim_list?claim__contains=homes").text
    # One filter that is set, one that is empty.
    for label in ("Column to filter by", "How to compare", "Value"):
        assert page.count(f'aria-label="{label}"') == 2


@pytest.mark.parametrize("template", MENDS)
def test_what_is_mended_is_there_to_be_mended(template: str) -> None:
    source = (TEMPLATES / template).read_text(encoding="utf-8")
    for old, _ in MENDS[template]:
        assert old in source
