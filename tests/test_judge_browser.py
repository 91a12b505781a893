"""Judging speakers in a real browser: one key an answer, keys that stay quiet while one writes, a phone's width."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.ui import WebDriverWait
from test_pages_browser import Served, browser, open_page, served

pytestmark = pytest.mark.browser

__all__ = ["browser", "served"]


def decisions(served: Served) -> list[str]:
    with closing(sqlite3.connect(served.path)) as connection:
        return [row[0] for row in connection.execute("SELECT decision FROM judgements ORDER BY rowid")]


def press(browser: WebDriver, key: str) -> None:
    """Press a key that leads to another page, and wait for that."""
    before = browser.find_element(By.TAG_NAME, "html")
    webdriver.ActionChains(browser).send_keys(key).perform()
    wait(browser, lambda b: b.find_element(By.TAG_NAME, "html") != before and complete(b))


def press_in_vain(browser: WebDriver, *keys: str) -> None:
    """Press keys that must do nothing."""
    address = browser.current_url
    browser.execute_script("window.stayed = true")
    webdriver.ActionChains(browser).send_keys(*keys).pause(0.3).perform()
    assert browser.execute_script("return window.stayed") is True
    assert browser.current_url == address


def wait(browser: WebDriver, condition: Callable[[WebDriver], object]) -> None:
    WebDriverWait(browser, 10, 0.05).until(condition)


def complete(browser: WebDriver) -> bool:
    return browser.execute_script("return document.readyState") == "complete"


def kicker(browser: WebDriver) -> str:
    return browser.find_element(By.CSS_SELECTOR, ".kicker").text


@pytest.fixture
def judging(browser: WebDriver, served: Served) -> WebDriver:
    open_page(browser, served.sign_in)
    open_page(browser, served.address + "/-/judge")
    return browser


def test_one_key_an_answer_and_one_to_take_it_back(judging: WebDriver, served: Served) -> None:
    assert kicker(judging) == "1 of 3 open"
    press(judging, "k")
    assert kicker(judging) == "2 of 3 open"
    press(judging, "d")
    assert decisions(served) == ["different"]
    assert kicker(judging) == "2 of 2 open"
    press(judging, "u")
    press(judging, "s")
    assert decisions(served) == ["different", "unsure", "same"]
    assert "Nothing left to judge" in judging.find_element(By.TAG_NAME, "h1").text
    press(judging, "z")
    assert decisions(served)[3:] == ["unsure"]
    assert "Taken back: “same”" in judging.find_element(By.CSS_SELECTOR, ".message-info").text
    assert kicker(judging) == "1 of 1 open"
    assert judging.get_log("browser") == []


def test_keys_stay_quiet_while_one_writes_or_with_ctrl(judging: WebDriver, served: Served) -> None:
    note = judging.find_element(By.NAME, "note")
    note.click()
    press_in_vain(judging, "s", "d", "u", "k", "z", "?", Keys.ENTER)
    assert note.get_attribute("value") == "sdukz?\n"
    judging.execute_script("document.activeElement.blur()")
    for modifier in (Keys.ALT, Keys.META):
        judging.execute_script("window.stayed = true")
        webdriver.ActionChains(judging).key_down(modifier).send_keys("d").key_up(modifier).pause(0.3).perform()
        assert judging.execute_script("return window.stayed") is True
    assert decisions(served) == []


def test_single_keys_can_be_switched_off_and_stay_off(judging: WebDriver, served: Served) -> None:
    webdriver.ActionChains(judging).send_keys("?").perform()
    judging.find_element(By.ID, "keys-on").click()
    open_page(judging, served.address + "/-/judge")
    press_in_vain(judging, "s", "d", "k")
    assert decisions(served) == []
    judging.find_element(By.CSS_SELECTOR, "#keys summary").click()
    judging.find_element(By.ID, "keys-on").click()
    press(judging, "d")
    assert decisions(served) == ["different"]


def test_a_decision_that_came_too_late_is_told(judging: WebDriver, served: Served) -> None:
    with closing(sqlite3.connect(served.path)) as connection, connection:
        connection.execute(
            "INSERT INTO judgements (id, subject, left_id, right_id, decision, reviewer, decided_at)"
            " VALUES ('j', 'speaker', 'ana-keller', 'keller-bare', 'different', 'tom', '2025-03-11T00:00:00Z')"
        )
    press(judging, "s")
    assert "decided or changed meanwhile" in judging.find_element(By.CSS_SELECTOR, ".message-error").text
    assert decisions(served) == ["different"]


@pytest.mark.parametrize("browser", ["phone", "desktop"], indirect=True)
def test_what_has_the_focus_is_seen(judging: WebDriver) -> None:
    """No link of the page hides behind the bar with the buttons when one tabs through."""
    for _ in range(40):
        webdriver.ActionChains(judging).send_keys(Keys.TAB).perform()
        seen = judging.execute_script("""
            const at = document.activeElement, bar = document.querySelector(".deciding").getBoundingClientRect();
            if (at === document.body || at.closest(".deciding")) return true;
            const box = at.getBoundingClientRect();
            return getComputedStyle(at).outlineStyle !== "none" && (box.top < bar.top || box.top >= bar.bottom);
        """)
        assert seen, judging.execute_script("return document.activeElement.outerHTML")
