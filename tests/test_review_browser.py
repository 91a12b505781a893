"""The review desk in a real browser: a hundred claims by keyboard, two people at once, words chosen by selecting them."""

from __future__ import annotations

import json
import re
import sqlite3
import statistics
import time
from contextlib import closing
from pathlib import Path

import pytest
import site_data
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from site_client import REVIEWER, Client
from site_rows import Rows
from test_judge_browser import press, press_in_vain, wait
from test_pages_browser import Served, browser, open_page, served

pytestmark = pytest.mark.browser

__all__ = ["browser", "served"]

MOST_SECONDS = 0.020
"""What a decision may take on the server."""
SLOW_MACHINE = 5
"""How much slower than a desk's a machine that runs tests may be."""


def add_claims(path: Path, number: int) -> None:
    """So many claims more, in articles of ten, more check-worthy than all others."""
    with closing(sqlite3.connect(path)) as connection, connection:
        rows = Rows(connection)
        for first in range(0, number, 10):
            text = "🌊 The council met.\n\n" + "".join(
                f"The ferry to Sandholm carried {n},400 people in week {n}, the harbour said.\n\n"
                for n in range(first, first + 10)
            )
            document = f"d_ferry_{first}"
            rows.document(document, text, title=f"Ferries {first}", outlet="Harbour Post", published="2025-03-07")
            for n in range(first, first + 10):
                words = f"The ferry to Sandholm carried {n},400 people in week {n}"
                rows.claim(f"c_ferry_{n:03}", document, words, "article", 0.99 - n / 10_000)
                rows.figure(f"c_ferry_{n:03}", f"{n},400 people", n * 1000 + 400, n * 1000 + 400, unit="person")


def stored(served: Served, sql: str) -> list[tuple]:
    with closing(sqlite3.connect(served.path)) as connection:
        return connection.execute(sql).fetchall()


def actions(served: Served) -> list[str]:
    return [row[0] for row in stored(served, "SELECT action FROM reviews ORDER BY rowid")]


def item(browser: WebDriver) -> str:
    return browser.find_element(By.ID, "article").get_attribute("data-item")


def progress(browser: WebDriver) -> str:
    return browser.find_element(By.CSS_SELECTOR, ".progress b").text


def keys(browser: WebDriver, *pressed: str) -> None:
    """Keys that lead to no other page."""
    webdriver.ActionChains(browser).send_keys(*pressed).perform()


def select(browser: WebDriver, words: str) -> None:
    """Select words of the article, as a mouse does."""
    browser.execute_script(
        """
        const walker = document.createTreeWalker(document.getElementById("article"), NodeFilter.SHOW_TEXT);
        for (let node; (node = walker.nextNode());) {
          const at = node.data.indexOf(arguments[0]);
          if (at < 0) continue;
          getSelection().setBaseAndExtent(node, at, node, at + arguments[0].length);
          return;
        }
        throw new Error("not in one piece of the article");
        """,
        words,
    )


@pytest.fixture
def reviewing(browser: WebDriver, served: Served) -> WebDriver:
    open_page(browser, served.sign_in)
    open_page(browser, served.address + "/-/review")
    return browser


def test_a_hundred_claims_by_keyboard(browser: WebDriver, served: Served) -> None:
    add_claims(served.path, 100)
    open_page(browser, served.sign_in)
    open_page(browser, served.address + "/-/review?kind=quantity&since=2025-03-07")
    started = time.perf_counter()
    expected: list[str] = []
    for number in range(100):
        assert item(browser) == f"c_ferry_{number:03}"
        assert progress(browser) == f"{number + 1} of 100"
        if number % 10 == 3:
            keys(browser, "f")
            press(browser, "Ana Keller" + Keys.ENTER)
            expected.append("fix")
        elif number % 10 == 5:
            keys(browser, "v")
            keys(browser, " ", Keys.TAB, "The harbour's own count.", Keys.TAB, "https://harbour.example/ferries")
            press(browser, Keys.TAB * 3 + Keys.ENTER)
            expected.append("accept")
        elif number % 10 == 7:
            press(browser, "r")
            press(browser, "z")
            assert item(browser) == f"c_ferry_{number:03}"
            press(browser, "r")
            expected += ["reject", "undo", "reject"]
        elif number == 50:
            press(browser, "k")
            expected.append("skip")
        else:
            press(browser, "a" if number % 2 else "r")
            expected.append("accept" if number % 2 else "reject")
        assert actions(served) == expected, "stored before the next item shows"
    seconds = time.perf_counter() - started
    assert item(browser) == "c_ferry_050", "what was skipped comes round"
    assert progress(browser) == "100 of 100"
    press(browser, "a")
    assert "Nothing open under this filter" in browser.find_element(By.TAG_NAME, "h1").text
    assert stored(served, "SELECT count(*) FROM claims WHERE id LIKE 'c_ferry%' AND review IS NOT NULL") == [(100,)]
    assert stored(served, "SELECT state, rating, count(*) FROM verdicts") == [("published", "True", 10)]
    assert stored(served, "SELECT count(*) FROM claims WHERE asserted_by = 'Ana Keller' AND review = 'fixed'") == [(10,)]
    assert browser.get_log("browser") == []
    print(f"100 claims by keyboard in {seconds:.1f} s")


def test_what_another_decided_meanwhile_is_shown(reviewing: WebDriver, served: Served) -> None:
    other = Client(served.path)
    page = other.get("/-/review?claim=c_homes", REVIEWER).text
    form = dict(re.findall(r'name="(claim|seen)" value="([^"]*)"', page))
    other.post("/-/review/decide", {**form, "action": "reject"}, REVIEWER)
    press(reviewing, "a")
    assert item(reviewing) == "c_homes"
    assert "rosa rejected it meanwhile" in reviewing.find_element(By.CSS_SELECTOR, ".message-error").text
    wait(reviewing, lambda b: "rosa rejected" in b.find_element(By.ID, "status").get_attribute("textContent"))
    assert "reject by rosa" in reviewing.find_element(By.CSS_SELECTOR, ".history").text
    assert actions(served) == ["reject"]
    press(reviewing, "a")
    assert actions(served) == ["reject", "accept"]


def test_words_are_fixed_by_selecting_them(reviewing: WebDriver, served: Served) -> None:
    open_page(reviewing, served.address + "/-/review?quotation=q_script")
    select(reviewing, "12 percent")
    keys(reviewing, "s")
    assert reviewing.find_element(By.ID, "words").get_attribute("value") == "12 percent"
    text = site_data.HOSTILE
    assert reviewing.find_element(By.ID, "at").get_attribute("value") == str(text.index("12 percent"))
    select(reviewing, "<onerror>")
    reviewing.find_element(By.CSS_SELECTOR, '[data-take="add"]').click()
    reviewing.find_element(By.CSS_SELECTOR, "#fix button[name=action]").click()
    wait(reviewing, lambda b: actions(served) == ["fix"])
    (spans,) = stored(served, "SELECT content_spans FROM quotations WHERE id = 'q_script'")[0]
    assert [text[start:end] for start, end in json.loads(spans)] == ["<onerror>", "12 percent"]


def test_names_complete_and_choose_the_answer(reviewing: WebDriver) -> None:
    keys(reviewing, "f")
    keys(reviewing, "tom")
    wait(reviewing, lambda b: b.execute_script("return document.getElementById('speakers-known').options.length"))
    assert reviewing.execute_script(
        "return [...document.getElementById('speakers-known').options].map((option) => option.value)"
    ) == ["Tom Brandt"]
    assert reviewing.find_element(By.CSS_SELECTOR, "#fix input[value=named]").is_selected()


def test_an_open_panel_is_not_lost_by_a_key(reviewing: WebDriver, served: Served) -> None:
    keys(reviewing, "v")
    press_in_vain(reviewing, "a", "r", "k")
    reviewing.find_element(By.TAG_NAME, "h1").click()
    press_in_vain(reviewing, "a", "r", "k")
    assert "close the panel" in reviewing.find_element(By.ID, "status").get_attribute("textContent")
    keys(reviewing, "f")
    assert [each.get_attribute("id") for each in reviewing.find_elements(By.CSS_SELECTOR, ".panel[open]")] == ["fix"]
    wait(reviewing, lambda b: b.execute_script("return document.activeElement.name") == "speaker")
    press_in_vain(reviewing, "a", "r", "z", "?")
    keys(reviewing, Keys.ESCAPE)
    assert reviewing.find_elements(By.CSS_SELECTOR, ".panel[open]") == []
    press(reviewing, "a")
    assert actions(served) == ["accept"]


def test_single_keys_can_be_switched_off_and_stay_off(reviewing: WebDriver, served: Served) -> None:
    keys(reviewing, "?")
    reviewing.find_element(By.ID, "keys-on").click()
    open_page(reviewing, served.address + "/-/review")
    press_in_vain(reviewing, "a", "r", "k", "f", "v")
    assert reviewing.find_elements(By.CSS_SELECTOR, ".panel[open]") == []
    assert actions(served) == []
    reviewing.find_element(By.CSS_SELECTOR, "#keys summary").click()
    reviewing.find_element(By.ID, "keys-on").click()
    press(reviewing, "a")
    assert actions(served) == ["accept"]


@pytest.mark.parametrize("browser", ["phone", "desktop"], indirect=True)
def test_it_fits_the_screen_with_panels_open(reviewing: WebDriver, served: Served) -> None:
    for page in ["claim=c_homes", "quotation=q_script", "speaker=nobody", "outlet=Harbour+Post"]:
        open_page(reviewing, f"{served.address}/-/review?{page}")
        for panel in ("fix", "verdict"):
            reviewing.execute_script("const at = document.getElementById(arguments[0]); if (at) at.open = true", panel)
            width, screen = reviewing.execute_script("return [document.documentElement.scrollWidth, innerWidth]")
            assert width <= screen, (page, panel)
    assert reviewing.get_log("browser") == []


def test_a_decision_is_stored_in_20_ms(tmp_path: Path) -> None:
    """From the form to the redirect, on the server; the connection between browser and server is not counted."""
    path = site_data.build(tmp_path / "quotes.db")
    add_claims(path, 100)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    client = Client(path)
    shown, decided = [], []
    client.get("/-/review", REVIEWER)
    for number in range(41):
        started = time.perf_counter()
        page = client.get("/-/review", REVIEWER).text
        shown.append(time.perf_counter() - started)
        form = dict(re.findall(r'name="(claim|seen)" value="([^"]*)"', page))
        decided.append(client.timed_post("/-/review/decide", {**form, "action": "accept" if number % 2 else "reject"}))
    assert client.stored("SELECT count(*) FROM reviews") == [(41,)]
    median, page_median = statistics.median(decided), statistics.median(shown)
    print(f"a decision {1000 * median:.1f} ms, a page {1000 * page_median:.1f} ms (medians of 41)")
    assert median < MOST_SECONDS * SLOW_MACHINE
    assert page_median < 0.050 * SLOW_MACHINE
