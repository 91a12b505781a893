"""In a real browser: the data block on a claim's page breaks no policy, and the foot of each page leads to the feeds."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import site_data
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from site_rows import Rows
from test_pages_browser import browser, open_page  # noqa: F401 (a fixture)

pytestmark = pytest.mark.browser

SCRIPT = """
from pathlib import Path
from quotes.web import serve
load = serve.load_metadata
serve.load_metadata = lambda name: {**load(name), "plugins": {"quotes": {"publisher": "Harbour Facts"}}}
serve.serve(Path("quotes.db"), port=0, announce=lambda address: print(address, flush=True))
"""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    path = site_data.build(tmp_path / "quotes.db")
    with closing(sqlite3.connect(path)) as connection, connection:
        Rows(connection).insert(
            "verdicts", id="v_1", claim_id="c_homes", rating="False", state="published", reviewer="rosa",
            explanation="</script><script>document.title = 'run'</script>", evidence='["https://register.example/"]',
            decided_at="2025-04-01T09:00:00Z",
        )  # fmt: skip
    with subprocess.Popen([sys.executable, "-c", SCRIPT], cwd=tmp_path, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield server.stdout.readline().strip().rstrip("/")
        server.terminate()


@pytest.mark.parametrize("browser", ["phone", "desktop"], indirect=True)
def test_the_data_block_is_data(browser: WebDriver, address: str) -> None:  # noqa: F811
    open_page(browser, f"{address}/-/claim/c_homes")
    block = browser.find_element(By.CSS_SELECTOR, 'script[type="application/ld+json"]').get_attribute("textContent")
    assert json.loads(block or "")["@type"] == "ClaimReview"
    assert browser.title.startswith("Claim: ")
    assert browser.get_log("browser") == []
    width, screen = browser.execute_script("return [document.documentElement.scrollWidth, innerWidth]")
    assert width <= screen


def test_the_foot_of_a_page_leads_to_the_feeds(browser: WebDriver, address: str) -> None:  # noqa: F811
    open_page(browser, f"{address}/-/claim/c_homes")
    links = browser.find_elements(By.CSS_SELECTOR, "footer .elsewhere a")
    assert [link.text for link in links] == [
        "Verdicts and corrections",
        "new claims",
        "verdicts",
        "this verdict as ClaimReview",
    ]
    for link in links:
        found = link.get_attribute("href")
        assert found
        status = browser.execute_async_script(
            "const done = arguments[1]; fetch(arguments[0]).then(answer => done(answer.status))", found
        )
        assert status == 200
