"""The queue of drafts in a real browser: an editor's keys, a note that must be written, two editors, a phone's width."""

from __future__ import annotations

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.ui import Select
from site_client import REVIEWER, Client
from test_judge_browser import complete, press, press_in_vain, wait
from test_pages_browser import Served, browser, open_page, served
from test_review_browser import item, keys, progress, stored
from test_web_drafts import draft, handle
from test_web_review import EDITOR

pytestmark = pytest.mark.browser

__all__ = ["browser", "served"]


@pytest.fixture
def editing(browser: WebDriver, served: Served) -> WebDriver:
    """Three drafts wait, the second of a correction, the third without evidence."""
    client = Client(served.path)
    draft(client, "c_homes", "2025-03-01")
    draft(client, "c_board", actor=EDITOR, rating="True")
    handle(client, "c_board", "publish")
    draft(client, "c_board", "2025-03-02", correction="We had counted sheds.")
    draft(client, "c_spent", "2025-03-03", evidence="")
    open_page(browser, served.sign_in)
    open_page(browser, f"{served.address}/-/review?queue=drafts")
    return browser


def verdicts(served: Served) -> list[tuple]:
    return stored(served, "SELECT claim_id, state, reviewer FROM verdicts WHERE reviewer = 'Ada' ORDER BY rowid")


def pills(driver: WebDriver) -> str:
    return " ".join(driver.find_element(By.CSS_SELECTOR, ".queues").text.split())


def test_publish_send_back_undo_edit_and_skip_by_keyboard(editing: WebDriver, served: Served) -> None:
    assert (item(editing), progress(editing)) == ("c_homes", "1 of 3")
    press(editing, "k")
    assert (item(editing), progress(editing)) == ("c_board", "2 of 3")
    press(editing, "p")
    assert verdicts(served) == [("c_board", "corrected", "Ada")]
    assert (item(editing), progress(editing)) == ("c_spent", "2 of 2")
    assert "at least one link" in editing.find_element(By.CSS_SELECTOR, ".deciding").text
    press_in_vain(editing, "p")
    keys(editing, "b")
    wait(editing, lambda b: b.execute_script("return document.activeElement.name") == "note")
    press_in_vain(editing, "k", "p", "z")
    before = editing.find_element(By.TAG_NAME, "html")
    webdriver.ActionChains(editing).key_down(Keys.CONTROL).send_keys(Keys.ENTER).key_up(Keys.CONTROL).perform()
    wait(editing, lambda b: b.find_element(By.TAG_NAME, "html") != before and complete(b))
    assert stored(served, "SELECT decision, note FROM draft_returns") == [("return", "kpz")]
    assert item(editing) == "c_homes", "what was skipped comes round"
    assert pills(editing) == "Claims Quotations Drafts 1 Sent back 1"
    press(editing, "z")
    assert (item(editing), pills(editing)) == ("c_spent", "Claims Quotations Drafts 2")
    keys(editing, "v")
    keys(editing, Keys.TAB, Keys.TAB, "https://ledger.example/2020")
    press(editing, Keys.TAB * 3 + Keys.ENTER)
    assert verdicts(served) == [("c_board", "corrected", "Ada"), ("c_spent", "published", "Ada")]
    press(editing, "p")
    assert "No draft waits" in editing.find_element(By.TAG_NAME, "h1").text
    assert stored(served, "SELECT count(*) FROM claims WHERE draft IS NOT NULL") == [(0,)]
    assert editing.get_log("browser") == []


def test_what_another_editor_did_meanwhile_is_shown(editing: WebDriver, served: Served) -> None:
    handle(Client(served.path), "c_homes", "return", note="Which count?")
    press(editing, "p")
    assert "eve sent the draft back meanwhile" in editing.find_element(By.CSS_SELECTOR, ".message-error").text
    assert "Which count?" in editing.find_element(By.CSS_SELECTOR, ".returned").text
    assert verdicts(served) == []
    press(editing, "k")
    assert item(editing) == "c_board"


def test_an_open_panel_is_not_lost_by_a_key(editing: WebDriver, served: Served) -> None:
    keys(editing, "v")
    editing.find_element(By.TAG_NAME, "h1").click()
    press_in_vain(editing, "p", "b", "k")
    assert verdicts(served) == []
    assert "close the panel" in editing.find_element(By.ID, "status").get_attribute("textContent")


def test_a_reviewer_works_over_what_was_sent_back(browser: WebDriver, served: Served) -> None:
    client = Client(served.path)
    draft(client, "c_homes")
    handle(client, "c_homes", "return", note="Link the table.")
    page = client.get("/-/review", REVIEWER).text
    assert "/-/review?queue=returned" in page
    open_page(browser, served.sign_in)
    open_page(browser, f"{served.address}/-/review?queue=returned")
    assert "Link the table." in browser.find_element(By.CSS_SELECTOR, ".draft-verdict").text
    keys(browser, "v")
    keys(browser, Keys.TAB, " The table is linked.")
    before = browser.find_element(By.TAG_NAME, "html")
    webdriver.ActionChains(browser).key_down(Keys.CONTROL).send_keys(Keys.ENTER).key_up(Keys.CONTROL).perform()
    wait(browser, lambda b: b.find_element(By.TAG_NAME, "html") != before and complete(b))
    assert "No draft was sent back" in browser.find_element(By.TAG_NAME, "h1").text
    assert stored(served, "SELECT draft FROM claims WHERE id = 'c_homes'") == [("waiting",)]


def test_what_a_speaker_is_is_asked_of_new_ones_only(browser: WebDriver, served: Served) -> None:
    open_page(browser, served.sign_in)
    open_page(browser, f"{served.address}/-/review?claim=c_homes")
    keys(browser, "f")
    asked = browser.find_element(By.CSS_SELECTOR, ".new-speaker")
    assert not asked.is_displayed()
    keys(browser, "tom brandt")
    wait(browser, lambda b: b.execute_script("return document.getElementById('speakers-known').options.length"))
    assert not asked.is_displayed()
    keys(browser, "ner")
    wait(browser, lambda b: asked.is_displayed())
    Select(asked.find_element(By.TAG_NAME, "select")).select_by_visible_text("group")
    browser.find_element(By.CSS_SELECTOR, "#fix input.name").send_keys(Keys.ENTER)
    wait(browser, lambda b: stored(served, "SELECT 1 FROM reviews"))
    assert stored(served, "SELECT type FROM speakers WHERE name = 'tom brandtner'") == [("group",)]


@pytest.mark.parametrize("browser", ["phone", "desktop"], indirect=True)
def test_it_fits_the_screen_with_the_panel_open(editing: WebDriver, served: Served) -> None:
    handle(Client(served.path), "c_homes", "return", note="Which " + "count" * 20 + "?")
    for page in ["review?queue=drafts", "review?queue=returned", "review?queue=drafts&claim=c_spent", "decisions"]:
        open_page(editing, f"{served.address}/-/{page}")
        editing.execute_script("const at = document.getElementById('verdict'); if (at) at.open = true")
        width, screen = editing.execute_script("return [document.documentElement.scrollWidth, innerWidth]")
        assert width <= screen, page
    assert editing.get_log("browser") == []


def test_it_keeps_nobody_out(editing: WebDriver, served: Served) -> None:
    accessibility = pytest.importorskip("test_accessibility", reason="needs axe-playwright-python")
    handle(Client(served.path), "c_homes", "return", note="Which count?")
    for page in ["review?queue=drafts", "review?queue=returned", "decisions"]:
        for scheme in ("light", "dark"):
            accessibility.use_scheme(editing, scheme)
            open_page(editing, f"{served.address}/-/{page}")
            # Fields that the bar at the bottom covers are no targets; here none is behind it.
            editing.execute_script(
                "const at = document.getElementById('verdict'); if (at) { at.open = true; at.scrollIntoView(); }"
            )
            assert accessibility.told(accessibility.violations(editing)) == [], (page, scheme)
